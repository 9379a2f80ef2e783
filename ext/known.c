/*
** Columns of a record: see known.h.
*/
#include "known.h"

#include <stdio.h>

enum { NAME = 32, MOMENT = 20 };

/* The columns that say something, by their names without what is no letter. */
static const struct {
  const char *name;
  size_t member; /* of CablesKnown */
  bool is_moment;
} columns[] = {
    {"refid", offsetof(CablesKnown, refid), false},
    {"docid", offsetof(CablesKnown, refid), false},
    {"docnbr", offsetof(CablesKnown, refid), false},
    {"docnumber", offsetof(CablesKnown, refid), false},
    {"documentnumber", offsetof(CablesKnown, refid), false},
    {"created", offsetof(CablesKnown, created), true},
    {"date", offsetof(CablesKnown, created), true},
    {"draftdate", offsetof(CablesKnown, created), true},
    {"released", offsetof(CablesKnown, released), true},
    {"origin", offsetof(CablesKnown, origin), false},
    {"classification", offsetof(CablesKnown, classification), false},
    {"originalclassification", offsetof(CablesKnown, classification), false},
};

/* Takes a number of one to `most` digits off the front of s. */
static bool take_number(CablesSpan *s, size_t most, int *out) {
  size_t n = 0;
  while (n < s->n && n < most && cables_is_digit(s->z[n])) n++;
  if (n == 0) return false;
  *out = (int)cables_number(cables_sub(*s, 0, n));
  *s = cables_sub(*s, n, s->n);
  return true;
}

static bool take_byte(CablesSpan *s, char c) {
  if (s->n == 0 || s->z[0] != c) return false;
  *s = cables_sub(*s, 1, s->n);
  return true;
}

/* A date as 12/31/1999 or 1999-12-31. */
static bool take_date(CablesSpan *s, CablesDate *d) {
  int first;
  if (!take_number(s, 4, &first)) return false;
  if (take_byte(s, '/')) {
    d->month = first;
    return take_number(s, 2, &d->day) && take_byte(s, '/') &&
           take_number(s, 4, &d->year);
  }
  d->year = first;
  return take_byte(s, '-') && take_number(s, 2, &d->month) &&
         take_byte(s, '-') && take_number(s, 2, &d->day);
}

/* A moment as "12/31/1999 9:05" or "1999-12-31 09:05", seconds or the whole
** time of day left out or not, printed in the second way: a day without a time
** stays one.  Unknown when it is none. */
static CablesSpan read_moment(CablesSpan s, CablesArena *arena) {
  CablesDate d = {0, 0, 0};
  int hour = 0;
  int minute = 0;
  int second = 0;
  char z[MOMENT];
  if (!take_date(&s, &d) || d.year < 1000 || !cables_date_valid(d))
    return CABLES_NO_SPAN;
  if (s.n == 0) {
    cables_date_text(d, z);
    return cables_arena_copy(arena, cables_span(z));
  }
  if (!take_byte(&s, ' ') && !take_byte(&s, 'T')) return CABLES_NO_SPAN;
  if (!take_number(&s, 2, &hour) || !take_byte(&s, ':') ||
      !take_number(&s, 2, &minute))
    return CABLES_NO_SPAN;
  if (take_byte(&s, ':') && !take_number(&s, 2, &second))
    return CABLES_NO_SPAN;
  (void)take_byte(&s, 'Z');
  if (s.n > 0 || hour > 23 || minute > 59 || second > 60)
    return CABLES_NO_SPAN;
  (void)snprintf(z, sizeof(z), "%04u-%02u-%02u %02u:%02u",
                 (unsigned)d.year % 10000, (unsigned)d.month % 100,
                 (unsigned)d.day % 100, (unsigned)hour % 100,
                 (unsigned)minute % 100);
  return cables_arena_copy(arena, cables_span(z));
}
