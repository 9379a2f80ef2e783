/*
** The search for a calendar date in a marking (declassification.md 9.1, 9.2).
** Numeric dates are month first unless the first part is a year; nothing is
** ever swapped to rescue a date that does not exist.  One pass, every byte is
** looked at a bounded number of times.
*/
#include <stdlib.h>

#include "declass_parts.h"

enum { CHAIN_MAX = 5, TOO_BIG = 999999999, SPAN_OF_YEARS = 75 };

/* A run of digits. */
typedef struct Number {
  long value; /* at most TOO_BIG */
  size_t n;   /* digits */
} Number;

/* Numbers joined by '/', '-' or '.'. */
typedef struct Chain {
  Number a[CHAIN_MAX]; /* the first ones; what there is not has no digit */
  size_t count;        /* how many, all told */
  size_t end;          /* offset behind the last */
  bool points;         /* a '.' joins some */
} Chain;

/* What the search knows. */
typedef struct Search {
  CablesSpan v;       /* the value */
  int order;          /* for the pivot */
  CablesDate created; /* or unknown */
  CablesDeclassFound found;
} Search;

static char at(CablesSpan v, size_t i) { return i < v.n ? v.z[i] : '\0'; }

static Number read_number(CablesSpan v, size_t *i) {
  Number x = {0, 0};
  for (; cables_is_digit(at(v, *i)); (*i)++, x.n++) {
    x.value =
        x.value > TOO_BIG / 10 - 1 ? TOO_BIG : x.value * 10 + (v.z[*i] - '0');
  }
  return x;
}

/* The joint at offset i ('/', '-', '.', or '/' between blanks) if a digit
** follows it, else 0; *next is where the digit stands. */
static char joint(CablesSpan v, size_t i, size_t *next) {
  if (at(v, i) == ' ' && at(v, i + 1) == '/') i++;
  char c = at(v, i);
  if (c != '/' && c != '-' && c != '.') return 0;
  i++;
  if (c == '/' && at(v, i) == ' ') i++;
  *next = i;
  return cables_is_digit(at(v, i)) ? c : '\0';
}

static Chain read_chain(CablesSpan v, size_t i) {
  Chain c = {.count = 0};
  for (;;) {
    Number x = read_number(v, &i);
    if (c.count < CHAIN_MAX) c.a[c.count] = x;
    c.count++;
    c.end = i;
    char by = joint(v, c.end, &i);
    if (by == 0) return c;
    if (by == '.') c.points = true;
  }
}

size_t cables_declass_chain(CablesSpan value, size_t i) {
  if (!cables_is_digit(at(value, i))) return 0;
  /* No chain of interest is longer than this. */
  return read_chain(cables_sub(value, 0, i + 40), i).count;
}

/* Keeps a date when it is the first real one. */
static void keep(Search *s, CablesDate d, unsigned flags) {
  if (s->found.date.year != 0) return;
  if (!cables_date_valid(d)) {
    s->found.looks = true;
    return;
  }
  s->found.date = d;
  s->found.flags = flags;
}

/* How far two days are apart. */
static long distance(CablesDate a, CablesDate b) {
  return labs(cables_date_days(a) - cables_date_days(b));
}

/* Gives a date with a two-digit year its century (declassification.md 9.2). */
static void keep_short(Search *s, CablesDate d, unsigned flags) {
  CablesDate a = {1900 + d.year, d.month, d.day};
  CablesDate b = {2000 + d.year, d.month, d.day};
  if (s->created.year == 0) {
    int first = cables_declass_first_year(s->order);
    int year = first / 100 * 100 + d.year;
    d.year = year < first ? year + 100 : year;
    keep(s, d, flags);
    return;
  }
  CablesDate last = {s->created.year + SPAN_OF_YEARS, s->created.month,
                     s->created.day};
  const CablesDate candidates[] = {a, b};
  for (int i = 0; i < 2; i++) {
    CablesDate c = candidates[i];
    if (cables_date_valid(c) && cables_date_compare(c, s->created) >= 0 &&
        cables_date_compare(c, last) <= 0) {
      keep(s, c, flags);
      return;
    }
  }
  /* A day of this century that does not exist did not in the last one. */
  bool later = !cables_date_valid(a) ||
               distance(b, s->created) < distance(a, s->created);
  keep(s, later ? b : a, flags | CABLES_DECLASS_SUSPICIOUS);
}

/* Keeps the date of three numbers whose year is y. */
static void keep_numbers(Search *s, Number y, Number m, Number d) {
  unsigned flags = 0;
  if (m.n > 2 || d.n > 2 || (y.n != 2 && y.n != 4)) {
    flags = CABLES_DECLASS_REPAIRED;
  }
  CablesDate date = {(int)y.value, (int)m.value, (int)d.value};
  bool two = y.value < 100 && y.n < 4;
  if (y.n == 1 || (!two && y.value < 1000)) {
    s->found.looks = true;
  } else if (two) {
    keep_short(s, date, flags);
  } else {
    keep(s, date, flags);
  }
}

/* Keeps the date of three joined numbers, if they can be one. */
static void keep_three(Search *s, const Number *a, bool points) {
  if (a[0].value > 9999 || a[1].value > 9999 || a[2].value > 9999) return;
  if (points && a[0].n != 4 && a[2].n != 4) return;
  if (a[0].n == 4 && a[0].value >= 1000) {
    keep_numbers(s, a[0], a[1], a[2]);
  } else {
    keep_numbers(s, a[2], a[0], a[1]);
  }
}

/* Takes the chain at offset i: m/d/y, y/m/d, a code's digit and one of these
** ("XGDS-1-12-31-84"), or a yyyymmdd among its parts. */
static void take_chain(Search *s, const Chain *c, size_t i) {
  char before = i > 0 ? s->v.z[i - 1] : ' ';
  bool glued = cables_is_alpha(before);
  bool hyphen = before == '-' && i > 1 && cables_is_alpha(s->v.z[i - 2]);
  bool letter = glued && (i < 2 || !cables_is_alpha(s->v.z[i - 2]));
  if (c->count == 3 && !letter) keep_three(s, c->a, c->points);
  if (c->count == 4 && (glued || hyphen)) {
    keep_three(s, c->a + 1, c->points);
  }
  for (size_t k = 0; k < CHAIN_MAX; k++) {
    if (c->a[k].n != 8) continue;
    long v = c->a[k].value;
    keep(s,
         (CablesDate){(int)(v / 10000), (int)(v / 100 % 100), (int)(v % 100)},
         0);
  }
}

/* Offset of the next part of a date: skips an ordinal ending when there may be
** one, and up to three blanks and marks. */
static size_t next_part(CablesSpan v, size_t i, bool ordinal) {
  static const char *const endings[] = {"ST", "ND", "RD", "TH"};
  for (size_t k = 0; ordinal && k < 4; k++) {
    if (!cables_equal(cables_sub(v, i, 2), cables_span(endings[k]))) continue;
    if (!cables_is_alnum(at(v, i + 2))) i += 2;
    break;
  }
  for (size_t k = 0; k < 3; k++) {
    char c = at(v, i);
    if (c != ' ' && c != ',' && c != '.' && c != '-' && c != '/' && c != '\'') {
      break;
    }
    i++;
  }
  return i;
}

/* The month whose name opens v at offset *i, which moves behind it, or 0. */
static int read_month(CablesSpan v, size_t *i) {
  size_t n = 0;
  while (cables_is_alpha(at(v, *i + n))) n++;
  int month = cables_month_from_name(cables_sub(v, *i, n));
  if (month != 0) *i += n;
  return month;
}

/* Takes "31 DEC 2030" whose day ends at offset i; gives the offset behind it,
** or i. */
static size_t take_day_first(Search *s, Number day, size_t i) {
  size_t k = next_part(s->v, i, true);
  int month = read_month(s->v, &k);
  if (month == 0) return i;
  k = next_part(s->v, k, false);
  if (cables_declass_chain(s->v, k) != 1) return i;
  Number year = read_number(s->v, &k);
  if (year.n != 2 && year.n != 4) return i;
  keep_numbers(s, year, (Number){month, 2}, day);
  return k;
}

/* Takes "JUNE 30, 1975" at offset i; gives the offset behind it, or i. */
static size_t take_month_first(Search *s, size_t i) {
  size_t k = i;
  int month = read_month(s->v, &k);
  if (month == 0) return i;
  k = next_part(s->v, k, false);
  size_t parts = cables_declass_chain(s->v, k);
  if (parts != 1 && parts != 2) return i;
  Number day = read_number(s->v, &k);
  k = next_part(s->v, k, true);
  Number year = read_number(s->v, &k);
  if (day.n > 2 || (year.n != 2 && year.n != 4)) return i;
  keep_numbers(s, year, (Number){month, 2}, day);
  return k;
}

CablesDeclassFound cables_declass_find_date(CablesSpan value, int order,
                                            CablesDate created) {
  Search s = {.v = value, .order = order, .created = created};
  size_t i = 0;
  while (i < value.n && s.found.date.year == 0) {
    if (cables_is_digit(value.z[i])) {
      Chain c = read_chain(value, i);
      size_t end = c.end;
      if (c.count == 1 && c.a[0].n <= 2) {
        end = take_day_first(&s, c.a[0], c.end);
      }
      if (end == c.end) take_chain(&s, &c, i);
      i = end;
    } else if (cables_is_alpha(value.z[i])) {
      size_t end = take_month_first(&s, i);
      if (end == i) {
        while (cables_is_alpha(at(value, end))) end++;
      }
      i = end;
    } else {
      i++;
    }
  }
  return s.found;
}
