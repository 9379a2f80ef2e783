/*
** A JSON array of strings, strictly read.
*/
#ifndef CABLES_SOURCE_JSON_H
#define CABLES_SOURCE_JSON_H

#include "source.h"

/* Called for each string of the array, decoded; anything but
** CABLES_SOURCE_OK ends the reading and becomes its result. */
typedef CablesSourceResult CablesJsonItem(void *arg, CablesSpan item);

/* Reads text, which has to be one JSON array of strings.  error: filled for
** CABLES_SOURCE_ERROR with what was expected and at which byte, counted from
** 1. */
CablesSourceResult cables_json_strings(CablesSpan text, CablesJsonItem *item,
                                       void *arg, CablesBuf *error);

#endif
