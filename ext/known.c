/*
** Columns of a record: see known.h.
*/
#include "known.h"

#include <stddef.h>
#include <stdio.h>

enum { NAME = 32, MOMENT = 20 };

#define TEXT(s) \
  { (s), sizeof(s) - 1 }

/* The columns that say something, by their names without what is no letter. */
static const struct {
  CablesSpan name;
  size_t member; /* of CablesKnown */
  bool is_moment;
} columns[] = {
    {TEXT("refid"), offsetof(CablesKnown, refid), false},
    {TEXT("docid"), offsetof(CablesKnown, refid), false},
    {TEXT("docnbr"), offsetof(CablesKnown, refid), false},
    {TEXT("docnumber"), offsetof(CablesKnown, refid), false},
    {TEXT("docno"), offsetof(CablesKnown, refid), false},
    {TEXT("documentnumber"), offsetof(CablesKnown, refid), false},
    {TEXT("documentid"), offsetof(CablesKnown, refid), false},
    {TEXT("mrn"), offsetof(CablesKnown, refid), false},
    {TEXT("referenceid"), offsetof(CablesKnown, refid), false},
    {TEXT("created"), offsetof(CablesKnown, created), true},
    {TEXT("date"), offsetof(CablesKnown, created), true},
    {TEXT("datetime"), offsetof(CablesKnown, created), true},
    {TEXT("docdate"), offsetof(CablesKnown, created), true},
    {TEXT("documentdate"), offsetof(CablesKnown, created), true},
    {TEXT("sentdate"), offsetof(CablesKnown, created), true},
    {TEXT("datesent"), offsetof(CablesKnown, created), true},
    {TEXT("draftdate"), offsetof(CablesKnown, created), true},
    {TEXT("released"), offsetof(CablesKnown, released), true},
    {TEXT("origin"), offsetof(CablesKnown, origin), false},
    {TEXT("classification"), offsetof(CablesKnown, classification), false},
    {TEXT("origclass"), offsetof(CablesKnown, classification), false},
    {TEXT("originalclassification"), offsetof(CablesKnown, classification),
     false},
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

/* The first three letters of a month's name. */
static bool take_month(CablesSpan *s, int *month) {
  static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
  CablesSpan name = cables_sub(*s, 0, 3);
  for (int i = 0; name.n == 3 && i < 12; i++) {
    if (!cables_equal_nocase(name, (CablesSpan){names + 3 * i, 3})) continue;
    *month = i + 1;
    *s = cables_sub(*s, 3, s->n);
    return true;
  }
  return false;
}

/* A date as 12/31/1999, 1999-12-31, 31 DEC 1999 or 31-Dec-1999. */
static bool take_date(CablesSpan *s, CablesDate *d) {
  int first;
  if (!take_number(s, 4, &first)) return false;
  CablesSpan month = *s;
  if ((take_byte(&month, ' ') || take_byte(&month, '-')) &&
      take_month(&month, &d->month)) {
    d->day = first;
    *s = month;
    return (take_byte(s, ' ') || take_byte(s, '-')) &&
           take_number(s, 4, &d->year);
  }
  if (take_byte(s, '/')) {
    d->month = first;
    return take_number(s, 2, &d->day) && take_byte(s, '/') &&
           take_number(s, 4, &d->year);
  }
  d->year = first;
  return take_byte(s, '-') && take_number(s, 2, &d->month) &&
         take_byte(s, '-') && take_number(s, 2, &d->day);
}

/* The time of day as " 9:05" or "T09:05:59Z"; true also when there is none. */
static bool take_time(CablesSpan *s, int *hour, int *minute) {
  int second = 0;
  if (s->n == 0) return true;
  if (!take_byte(s, ' ') && !take_byte(s, 'T')) return false;
  if (!take_number(s, 2, hour) || !take_byte(s, ':') ||
      !take_number(s, 2, minute))
    return false;
  if (take_byte(s, ':') && !take_number(s, 2, &second)) return false;
  (void)take_byte(s, 'Z');
  return *hour < 24 && *minute < 60 && second < 60;
}

/* A moment as "12/31/1999 9:05" or "1999-12-31 09:05", printed in the second
** way without seconds; a day without a time starts at midnight.  Unknown when
** it is none. */
static CablesSpan read_moment(CablesSpan s, CablesArena *arena) {
  CablesDate d = {0, 0, 0};
  int hour = 0;
  int minute = 0;
  char z[MOMENT];
  if (!take_date(&s, &d) || d.year < 1000 || !cables_date_valid(d) ||
      !take_time(&s, &hour, &minute) || s.n > 0)
    return CABLES_NO_SPAN;
  (void)snprintf(z, sizeof(z), "%04u-%02u-%02u %02u:%02u",
                 (unsigned)d.year % 10000, (unsigned)d.month % 100,
                 (unsigned)d.day % 100, (unsigned)hour % 100,
                 (unsigned)minute % 100);
  return cables_arena_copy(arena, cables_span(z));
}

/* A name in lower case without blanks and underscores; false when it is too
** long to be one of ours. */
static bool fold_name(CablesSpan name, char out[NAME], CablesSpan *folded) {
  size_t n = 0;
  for (size_t i = 0; i < name.n; i++) {
    char c = cables_to_upper(name.z[i]);
    if (!cables_is_alnum(c)) continue;
    if (n == NAME - 1) return false;
    out[n++] = cables_is_upper(c) ? (char)(c - 'A' + 'a') : c;
  }
  *folded = (CablesSpan){out, n};
  return true;
}

/* Takes the value of one column over, unless an earlier one told it. */
static void read_field(const CablesRecordField *field, CablesArena *arena,
                       CablesKnown *known) {
  char z[NAME];
  CablesSpan name;
  CablesSpan value = cables_trim(field->value);
  if (value.n == 0 || !fold_name(field->name, z, &name)) return;
  for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
    if (!cables_equal(name, columns[i].name)) continue;
    CablesSpan *member = (CablesSpan *)((char *)known + columns[i].member);
    if (member->z == NULL)
      *member = columns[i].is_moment ? read_moment(value, arena) : value;
  }
}

bool cables_known_read(const CablesRecordField *fields, size_t n,
                       CablesArena *arena, CablesKnown *known) {
  *known = (CablesKnown){0};
  for (size_t i = 0; i < n; i++) read_field(&fields[i], arena, known);
  return !arena->oom;
}
