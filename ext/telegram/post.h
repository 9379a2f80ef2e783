/*
** Names of posts in any spelling; what refid.c needs of it beyond
** cables_post_canonical() of refid.h.
*/
#ifndef CABLES_TELEGRAM_POST_H
#define CABLES_TELEGRAM_POST_H

#include "../base/span.h"
#include "reference.h"

enum { CABLES_POST_LETTERS = 64 }; /* longer names are no post's */

/* Writes the letters of a name into z: upper case, accents of Latin-1 letters
** in UTF-8 dropped, zero read as the letter O, all other bytes left out.
** Writes `room` letters at most; gives the number of letters there are. */
size_t cables_post_letters(CablesSpan name, char *z, size_t room);

/* The post of a code or alias, given as letters, station words in front
** dropped; no misspellings.  NULL when it is none.  *rest: the letters without
** station words (may be NULL). */
const CablesPost *cables_post_spelled(CablesSpan letters, CablesSpan *rest);

/* The post that misspelt letters stand for, or NULL when it is not sure.  The
** letters, CABLES_POST_LETTERS of them at most, are the *rest of
** cables_post_spelled() when that gave NULL. */
const CablesPost *cables_post_guess(CablesSpan letters);

/* Whether the letters are a word that stands before numbers in telegrams but
** is no post: months, REPORT, SECTION, TELCON (modern.md 7.4). */
bool cables_post_is_word(CablesSpan letters);

#endif
