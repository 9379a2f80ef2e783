/*
** What the files declass*.c share and nobody else includes.  A "value" below
** is the marking in upper case, white space folded, without its lead-in.
*/
#ifndef CABLES_TELEGRAM_DECLASS_PARTS_H
#define CABLES_TELEGRAM_DECLASS_PARTS_H

#include "declass.h"

/* ---- words (declass_codes.c) ---- */

/* The next run of letters and digits from offset *i on, which moves behind
** it; n == 0 at the end of the value. */
CablesSpan cables_declass_word(CablesSpan value, size_t *i);

/* Whether a word is that upper-case text. */
bool cables_declass_is(CablesSpan word, const char *text);

/* Offset of the first whole word from offset `from` on, or (size_t)-1. */
size_t cables_declass_find(CablesSpan value, size_t from, const char *text);

/* Whether a word is DECL, DECLL, DECLAS, DECLASSIFY, ... (not the record of a
** deed, DECLASSIFIED). */
bool cables_declass_is_lead(CablesSpan word);

/* Length of the schedule codes that open a value ("XGDS-3 ", "ADS, "). */
size_t cables_declass_codes_ahead(CablesSpan value);

/* ---- codes (declass_codes.c) ---- */

/* The exemption codes of a value, canonical and joined with ", "; unknown when
** there are none.  Lives in the arena. */
CablesSpan cables_declass_exemption(CablesSpan value, int order,
                                    CablesArena *arena);

/* The group of E.O. 10501 as amended by E.O. 10964 ("GROUP 4", "GP-4"); 0 when
** the value names none. */
int cables_declass_group(CablesSpan value);

/* Whether the value holds a review code of E.O. 12065, "RDS" or "RDS-1",
** outside of names. */
bool cables_declass_is_review(CablesSpan value);

/* n of a value that is "<n> YEARS" and nothing else; 0 when it is not. */
int cables_declass_years(CablesSpan value);

/* ---- dates (declass_dates.c) ---- */

typedef struct CablesDeclassFound {
  CablesDate date; /* the first real date, or unknown */
  bool looks;      /* something looked like a date and was none */
  unsigned flags;  /* CABLES_DECLASS_REPAIRED, ..._SUSPICIOUS */
} CablesDeclassFound;

/* Numbers that '/', '-' or '.' join at offset i: 3 for "12-31-84"; of more than
** 40 bytes only what they hold. */
size_t cables_declass_chain(CablesSpan value, size_t i);

/* The first date anywhere in a value (declassification.md 9.1, 9.2). */
CablesDeclassFound cables_declass_find_date(CablesSpan value, int order,
                                            CablesDate created);

/* ---- orders (declass_orders.c) ---- */

/* The order that a printed number means; *repaired is set when the number is
** not that order's (declassification.md 8.1). */
int cables_declass_order(CablesSpan printed, CablesDate created,
                         bool *repaired);

/* Whether n is the number of one of the seven orders. */
bool cables_declass_order_known(long n);

/* The year from which a two-digit year counts when the day of creation is
** unknown (declassification.md 9.2). */
int cables_declass_first_year(int order);

/* The last day that an order allows (declassification.md 9.5), or unknown. */
CablesDate cables_declass_limit(int order, CablesSpan exemption,
                                CablesDate created);

/* ---- sentences (declass_basis.c) ---- */

/* Which rule gave the answer, where the kind alone does not tell. */
typedef enum CablesDeclassRule {
  CABLES_DECLASS_BY_KIND, /* the kind tells */
  CABLES_DECLASS_GROUP4,  /* E.O. 10501: 12 years */
  CABLES_DECLASS_GDS,     /* E.O. 12065: six years */
  CABLES_DECLASS_YEARS    /* "<n> YEARS" */
} CablesDeclassRule;

/* The sentence for out->basis; a constant. */
CablesSpan cables_declass_basis(const CablesDeclass *d, CablesDeclassRule rule,
                                int level);

#endif
