/*
** Words of the heading: levels, captions, pass lines, handling sentences.
*/
#ifndef CABLES_TELEGRAM_WORDS_H
#define CABLES_TELEGRAM_WORDS_H

#include "parse.h"

/* Rank (0..4) of the level at the start of a classification line, spaced out,
** damaged or followed by other words; -1 when it is none (modern.md 2.2). */
int cables_level_rank(CablesSpan s);

/* Whether the level that PATTERN_CLASS_LINE matched is printed as levels are:
** spaced out, in capitals, or with the sections behind it; "Confidential
** sources told us that 12 ..." is a sentence. */
bool cables_is_level_printed(const CablesMatch *m);

/* The level of a rank in full: "CONFIDENTIAL"; unknown for -1. */
CablesSpan cables_level_name(int rank);

/* Takes captions off the front of s and appends them to list; gives the bytes
** used, separators included (modern.md 3.1). */
size_t cables_captions_take(CablesParser *p, CablesSpan s, CablesTexts *list);

/* A line between the classification line and the subject: its captions and
** whom it is passed to are added to the telegram.  apart: a blank line stands
** before it (modern.md 3.3). */
void cables_caption_or_pass(CablesParser *p, CablesSpan s, bool apart);

/* Whether s tells who should read the telegram (1970s.md 6.2). */
bool cables_is_pass_line(CablesSpan s);

/* Whether s is a handling sentence ("SENSITIVE BUT UNCLASSIFIED - PLEASE
** PROTECT ACCORDINGLY", "NOT FOR INTERNET DISTRIBUTION"). */
bool cables_is_handling(CablesSpan s);

/* Whether line i goes on with the TAGS of line `last` (modern.md 5.2). */
bool cables_tags_continue(CablesParser *p, size_t last, size_t i);

/* Whether s begins with a reference: "08 STATE 12345", "OSLO 374". */
bool cables_is_reference_start(CablesParser *p, CablesSpan s);

/* Whether s is an item of a REF block that looks like a paragraph: "1. STATE
** 109337", "(C) 03 BRASILIA 3347". */
bool cables_is_listed_reference(CablesParser *p, CablesSpan s);

#endif
