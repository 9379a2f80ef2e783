/*
** Words, codes and durations of a marking (declassification.md 3.2, 4, 6,
** 7.2, 7.4): XGDS-2, XDS-3, RDS-1, X5, 1.6X6, 25X1-HUMAN, GROUP 3, TEN YEARS.
*/
#include <stdio.h>
#include <string.h>

#include "declass_parts.h"

enum { CODE_LENGTH = 12, CODES = 16 };

/* The codes of one marking, each once, in their order. */
typedef struct Codes {
  char z[CODES][CODE_LENGTH]; /* NUL-terminated; the unused ones are empty */
  size_t count;               /* used */
} Codes;

static char at(CablesSpan v, size_t i) { return i < v.n ? v.z[i] : '\0'; }

CablesSpan cables_declass_word(CablesSpan value, size_t *i) {
  while (*i < value.n && !cables_is_alnum(value.z[*i])) (*i)++;
  size_t start = *i;
  while (*i < value.n && cables_is_alnum(value.z[*i])) (*i)++;
  return cables_sub(value, start, *i - start);
}

bool cables_declass_is(CablesSpan word, const char *text) {
  return cables_equal(word, cables_span(text));
}

size_t cables_declass_find(CablesSpan value, size_t from, const char *text) {
  size_t i = from;
  for (;;) {
    CablesSpan word = cables_declass_word(value, &i);
    if (word.n == 0) return (size_t)-1;
    if (cables_declass_is(word, text)) return i - word.n;
  }
}

bool cables_declass_is_lead(CablesSpan word) {
  if (cables_declass_is(word, "DECL") || cables_declass_is(word, "DECLL")) {
    return true;
  }
  if (word.n > 16 || cables_declass_is(word, "DECLASSIFIED")) return false;
  return cables_starts(word, CABLES_LIT("DECLAS"));
}

/* The digit, from 1 to `most`, that belongs to the code whose letters end at
** offset i: glued, or behind "-", a blank or "(".  0 when there is none, or
** when it opens a date ("GDS 1/17/85"). */
static char category(CablesSpan v, size_t i, char most) {
  for (size_t k = 0; k < 3; k++) {
    char c = at(v, i);
    if (c != '-' && c != ' ' && c != '(') break;
    i++;
  }
  char c = at(v, i);
  if (c < '1' || c > most || cables_is_alnum(at(v, i + 1))) return 0;
  size_t chain = cables_declass_chain(v, i);
  return chain == 3 || (chain > 1 && at(v, i + 1) != '-') ? '\0' : c;
}

/* Adds prefix, digit (or 0) and suffix as one code, unless it is there
** already.  No code is longer than "50X1-HUMAN". */
static void add(Codes *c, const char *prefix, char digit, const char *suffix) {
  char code[CODE_LENGTH];
  (void)snprintf(code, sizeof(code), "%s%.1s%s", prefix, (char[]){digit, '\0'},
                 suffix);
  for (size_t i = 0; i < CODES; i++) {
    if (c->z[i][0] == '\0') {
      memcpy(c->z[c->count++], code, CODE_LENGTH);
      return;
    }
    if (strcmp(c->z[i], code) == 0) return;
  }
}

/* Takes XGDS (four categories, E.O. 11652 sec. 5(B)), XDS and RDS (seven
** reasons, E.O. 12065 sec. 1-402). */
static bool take_schedule_code(Codes *c, CablesSpan v, CablesSpan w,
                               size_t end) {
  static const struct {
    const char *letters, *prefix;
    char most;
  } kinds[] = {
      {"XGDS", "XGDS-", '4'}, {"XDS", "XDS-", '7'}, {"RDS", "RDS-", '7'}};
  size_t start = end - w.n;
  /* "(RDS, W.)" is a name. */
  if (start > 0 && v.z[start - 1] == '(' && w.n == 3) return false;
  for (size_t k = 0; k < 3; k++) {
    size_t n = strlen(kinds[k].letters);
    if (!cables_starts(w, cables_span(kinds[k].letters))) continue;
    if (w.n > n + 1 || (w.n > n && !cables_is_digit(w.z[n]))) continue;
    char digit = category(v, start + n, kinds[k].most);
    add(c, digit ? kinds[k].prefix : kinds[k].letters, digit, "");
    return true;
  }
  return false;
}

/* The suffix of a 25X or 50X mark behind offset i ("-HUMAN"), or "". */
static const char *suffix_at(CablesSpan v, size_t i) {
  if (at(v, i) != '-' && at(v, i) != ' ') return "";
  size_t k = i + 1;
  CablesSpan next = cables_declass_word(cables_sub(v, 0, i + 8), &k);
  if (k - next.n != i + 1) return "";
  if (cables_declass_is(next, "HUMAN")) return "-HUMAN";
  if (cables_declass_is(next, "HUM")) return "-HUM";
  return cables_declass_is(next, "WMD") ? "-WMD" : "";
}

/* Takes 25X1..25X9, 50X, 75X (E.O. 12958 sec. 3.4, 13526 sec. 3.3). */
static bool take_years_code(Codes *c, CablesSpan v, CablesSpan w, size_t end) {
  static const char *const prefixes[] = {"25X", "50X", "75X"};
  for (size_t k = 0; k < 3; k++) {
    if (!cables_starts(w, cables_span(prefixes[k])) || w.n > 4) continue;
    char digit = w.n == 4 ? w.z[3] : '\0';
    if (digit != '\0' && (digit < '1' || digit > '9')) continue;
    add(c, prefixes[k], digit, suffix_at(v, end));
    return true;
  }
  return false;
}

/* Takes X1..X8 (E.O. 12958 sec. 1.6(d)), also as "1.6X6".  The archive writes
** X1..X4 for XGDS-1..4 of E.O. 11652. */
static void take_x_code(Codes *c, CablesSpan v, CablesSpan w, size_t end,
                        int order) {
  size_t start = end - w.n;
  char digit = 0;
  if (w.n == 2 && w.z[0] == 'X') {
    digit = w.z[1];
  } else if (w.n == 3 && cables_is_digit(w.z[0]) && w.z[1] == 'X' &&
             start > 0 && v.z[start - 1] == '.') {
    digit = w.z[2];
  } else if (cables_declass_is(w, "X") && at(v, end) == '-') {
    digit = category(v, end, '8');
  }
  if (digit < '1' || digit > '8') return;
  bool archive = order == 11652 && digit <= '4';
  add(c, archive ? "XGDS-" : "X", digit, "");
}

int cables_declass_group(CablesSpan value) {
  static const char *const names[] = {"GROUP", "GRP", "GP"};
  size_t i = 0;
  for (;;) {
    CablesSpan w = cables_declass_word(value, &i);
    if (w.n == 0) return 0;
    for (size_t k = 0; k < 3; k++) {
      CablesSpan name = cables_span(names[k]);
      if (!cables_starts(w, name) || w.n > name.n + 1) continue;
      char digit = category(value, i - w.n + name.n, '4');
      if (digit != 0) return digit - '0';
    }
  }
}

/* Joins the codes with ", " in the arena. */
static CablesSpan join(const Codes *c, CablesArena *arena) {
  char z[CODES * (CODE_LENGTH + 2)];
  size_t n = 0;
  if (c->count == 0) return CABLES_NO_SPAN;
  for (size_t i = 0; i < c->count; i++) {
    size_t length = strlen(c->z[i]);
    if (i > 0) {
      z[n++] = ',';
      z[n++] = ' ';
    }
    memcpy(z + n, c->z[i], length);
    n += length;
  }
  return cables_arena_copy(arena, (CablesSpan){z, n});
}

CablesSpan cables_declass_exemption(CablesSpan value, int order,
                                    CablesArena *arena) {
  Codes c = {.count = 0};
  size_t i = 0;
  for (;;) {
    CablesSpan w = cables_declass_word(value, &i);
    if (w.n == 0) break;
    if (take_schedule_code(&c, value, w, i)) continue;
    if (take_years_code(&c, value, w, i)) continue;
    take_x_code(&c, value, w, i, order);
  }
  int group = cables_declass_group(value);
  if (group >= 1 && group <= 3) add(&c, "GROUP ", (char)('0' + group), "");
  return join(&c, arena);
}

bool cables_declass_is_review(CablesSpan value) {
  size_t i = 0;
  for (bool first = true;; first = false) {
    CablesSpan w = cables_declass_word(value, &i);
    if (w.n == 0) return false;
    size_t open = i - w.n;
    if (open > 0 && value.z[open - 1] == '(') return false;
    if (first &&
        (cables_declass_is(w, "REVIEW") || cables_declass_is(w, "REVW") ||
         cables_declass_is(w, "RVW"))) {
      return true;
    }
    if (!cables_starts(w, CABLES_LIT("RDS"))) continue;
    if (w.n == 3 || (w.n == 4 && cables_is_digit(w.z[3]))) return true;
  }
}

size_t cables_declass_codes_ahead(CablesSpan value) {
  size_t skip = 0;
  for (;;) {
    size_t i = skip;
    CablesSpan w = cables_declass_word(value, &i);
    Codes c = {.count = 0};
    if (w.n == 0) return skip;
    if (take_schedule_code(&c, value, w, i)) {
      char digit = c.z[0][strlen(c.z[0]) - 1];
      while (cables_is_digit(digit) && value.z[i - 1] != digit) i++;
    } else if (!take_years_code(&c, value, w, i) &&
               !cables_declass_is(w, "GDS") && !cables_declass_is(w, "ADS") &&
               !cables_declass_is(w, "AGDS")) {
      return skip;
    }
    while (i < value.n && strchr(" ,;:.-", value.z[i]) != NULL) i++;
    skip = i;
  }
}

/* The number of a word below one hundred that English spells out, or 0. */
static int spelled(CablesSpan w) {
  static const char *const names[] = {
      "ONE",      "TWO",      "THREE",   "FOUR",    "FIVE",      "SIX",
      "SEVEN",    "EIGHT",    "NINE",    "TEN",     "ELEVEN",    "TWELVE",
      "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN",
      "NINETEEN", "TWENTY",   "THIRTY",  "FORTY",   "FIFTY",     "SIXTY",
      "SEVENTY",  "EIGHTY",   "NINETY"};
  for (int i = 0; i < 27; i++) {
    if (cables_declass_is(w, names[i])) return i < 20 ? i + 1 : (i - 17) * 10;
  }
  return 0;
}

/* Splits "10YEARS" into its digits and *unit; 0 when there are none, or more
** than four. */
static long leading_number(CablesSpan w, CablesSpan *unit) {
  size_t n = 0;
  while (n < w.n && cables_is_digit(w.z[n])) n++;
  *unit = cables_sub(w, n, w.n);
  return n >= 1 && n <= 4 ? cables_number(cables_sub(w, 0, n)) : 0;
}

int cables_declass_years(CablesSpan value) {
  static const char *const units[] = {"YEARS", "YEAR", "YRS", "YR"};
  size_t i = 0;
  CablesSpan w = cables_declass_word(value, &i);
  CablesSpan unit = CABLES_NO_SPAN;
  long n = leading_number(w, &unit);
  if (n == 0) {
    n = spelled(w);
    unit = cables_declass_word(value, &i);
    int more = spelled(unit);
    if (n >= 20 && more >= 1 && more <= 9) {
      n += more;
      unit = cables_declass_word(value, &i);
    }
  } else if (unit.n == 0) {
    unit = cables_declass_word(value, &i);
  }
  if (n == 0) return 0;
  /* "TEN (10) YEARS" says it twice. */
  if (cables_number(unit) == n) unit = cables_declass_word(value, &i);
  for (size_t k = 0; k < 4; k++) {
    if (!cables_declass_is(unit, units[k])) continue;
    return cables_declass_word(value, &i).n == 0 ? (int)n : 0;
  }
  return 0;
}
