/*
** Reference ids: 06MOSCOW3687, from any spelling and back
** (shared/format/modern.md 7.4 and 10.2, 1970s.md 9).
*/
#ifndef CABLES_TELEGRAM_REFID_H
#define CABLES_TELEGRAM_REFID_H

#include "../base/arena.h"
#include "../base/buf.h"
#include "../base/span.h"

/* The parts of a reference id. */
typedef struct CablesRefid {
  int year;        /* four digits */
  CablesSpan post; /* canonical: upper case letters, no blanks; a constant of
                   ** the posts table or memory of the arena */
  long serial;     /* number without leading zeros; 0 is no serial */
} CablesRefid;

/* Reads one reference id in any spelling: "06 MOSCOW 3687", "#06MOSCOW3687",
** "2006 MOSCOW 003687", "1974STATE262518", "1975NEWDE01234_b", "O4 CHENNAI
** 944", "MOSCOW 3510" (needs year), "DOHA 152 (08)", "AMMAN 5049-01",
** "05-OTTAWA-57".
**   year     four or two digits for an id that names none; 0 when unknown
** A name that is in no table is taken only beside a year in the text itself,
** and as a single word: 07XYZZY5 is an id, "XYZZY 5" and "JULY 15" are none.
** Behind the serial there may be a year, a short note in parentheses (NOTAL),
** or what ids made by machine have kept there (10.2); other words make it no
** id.
** False when it is no reference id, and when memory is out (arena->oom). */
bool cables_refid_read(CablesSpan text, int year, CablesArena *arena,
                       CablesRefid *out);

/* The post's canonical code from any spelling of its name: case, blanks and
** punctuation dropped, station words (AMEMBASSY, AMCONSUL, EMBASSY, ...)
** dropped, aliases resolved, zero for O and O for zero, one wrong, missing,
** surplus or swapped letter put right where exactly one post fits.  known:
** set to whether the post is in the table (may be NULL).  Unknown span when
** nothing is left of the name. */
CablesSpan cables_post_canonical(CablesSpan name, CablesArena *arena,
                                 bool *known);

/* The post of an id whose post's name is in no table, from its letters: so
** that what is printed is what cables_refid_read() reads.  Unknown when no id
** can hold it, and when memory is out (arena->oom). */
CablesSpan cables_refid_post(CablesSpan letters, CablesArena *arena);

/* Appends the canonical form: two-digit year, post, serial. */
void cables_refid_print(CablesBuf *b, CablesRefid id);

/* Appends the NARA form: 1974STATE262518, 1975NEWDE01234: four-digit year,
** first six letters of the spaced post name less blanks, serial padded to five
** digits, six for STATE. */
void cables_refid_print_nara(CablesBuf *b, CablesRefid id);

/* A two-digit year of a telegram in full: 66..99 -> 19yy, 00..65 -> 20yy. */
int cables_full_year(int yy);

#endif
