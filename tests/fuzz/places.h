/*
** What holds of every telegram: its rows are in order, lie inside the text,
** and what they print stands where they say.
*/
#ifndef CABLES_TESTS_FUZZ_PLACES_H
#define CABLES_TESTS_FUZZ_PLACES_H

#include "../../ext/telegram/telegram.h"

/* Ends the run unless it does; text: what was parsed. */
void fuzz_check_places(const CablesTelegram *t, CablesSpan text);

#endif
