/*
** A telegram whose document was trimmed after it was parsed: what it holds is
** the same, its places are those of the text that is left.
*/
#ifndef CABLES_TRIMMED_H
#define CABLES_TRIMMED_H

#include "base/arena.h"
#include "telegram/telegram.h"

/* Makes *out the telegram t, parsed from `whole`, with the places of `text`.
**   text   `whole` without the blanks at its line ends, and without the blank
**          lines above and below
**   arena  gets what *out does not share with t; reset by the call
** False when text is anything else, or memory is out: then *out is not set. */
bool cables_trimmed(const CablesTelegram *t, CablesSpan whole, CablesSpan text,
                    CablesArena *arena, CablesTelegram *out);

#endif
