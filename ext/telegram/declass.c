/*
** What a declassification marking means: the algorithm of
** declassification.md 8, step by step.  The searches it needs live in
** declass_dates.c and declass_codes.c, the orders in declass_orders.c.
*/
#include "declass.h"

#include <string.h>

#include "declass_parts.h"

static const CablesDate no_date = {0, 0, 0};

/* How the value was led in. */
enum { NO_LEAD, DECL_LEAD, DECLAS_LEAD };

/* A marking on its way to an answer. */
typedef struct Reading {
  CablesSpan printed;     /* the value as printed, white space folded */
  CablesSpan v;           /* the same in upper case, byte for byte */
  CablesSpan head;        /* v up to the names in parentheses */
  int lead;               /* what stood ahead of the value */
  size_t inner_at;        /* offset of a later DECLAS word, or 0 */
  size_t inner;           /* offset of what that word leads in, or 0 */
  int level;              /* rank, or -1 */
  CablesDate created;     /* or unknown: before every day */
  CablesDeclassRule rule; /* for the sentence */
  CablesArena *arena;     /* for texts */
  CablesDeclass *out;     /* the answer */
} Reading;

static char at(CablesSpan v, size_t i) { return i < v.n ? v.z[i] : '\0'; }

/* The rest of s from offset i on. */
static CablesSpan from(CablesSpan s, size_t i) { return cables_sub(s, i, s.n); }

/* ---- step 1: the value ---- */

/* Copies the marking into r->printed and r->v; false when memory is out. */
static bool fold(Reading *r, CablesSpan marking) {
  marking = cables_trim(marking);
  char *printed = cables_arena_alloc(r->arena, marking.n);
  char *upper = cables_arena_alloc(r->arena, marking.n);
  size_t n = 0;
  if (printed == NULL || upper == NULL) return false;
  for (size_t i = 0; i < marking.n; i++) {
    char c = marking.z[i];
    if (cables_is_space(c)) {
      if (printed[n - 1] == ' ') continue; /* n > 0: trimmed */
      c = ' ';
    }
    printed[n] = c;
    upper[n++] = cables_to_upper(c);
  }
  r->printed = (CablesSpan){printed, n};
  r->v = (CablesSpan){upper, n};
  return true;
}

/* Offset behind blanks and marks from offset i on. */
static size_t skip_marks(CablesSpan v, size_t i) {
  while (i < v.n && strchr(" :;,.-", v.z[i]) != NULL) i++;
  return i;
}

/* Offset behind a lead-in word that ends at offset i: marks and "ON". */
static size_t behind_lead(CablesSpan v, size_t i) {
  i = skip_marks(v, i);
  if (at(v, i) == 'O' && at(v, i + 1) == 'N' &&
      !cables_is_alnum(at(v, i + 2))) {
    i = skip_marks(v, i + 2);
  }
  return i;
}

/* Offset behind "E.O. 11652:" or "11652" that opens v, or 0; *number becomes
** the number if there is one. */
static size_t behind_order(CablesSpan v, CablesSpan *number) {
  size_t i = 0;
  if (at(v, i) == 'E') i++;
  while (at(v, i) == '.' || at(v, i) == ' ') i++;
  if (at(v, i) == 'O') i++;
  CablesSpan word = cables_declass_word(v, &i);
  if (word.n != 5 || !cables_declass_order_known(cables_number(word))) return 0;
  /* "E.O. 12958-10-12" is no order. */
  if (at(v, i) == '/' || (at(v, i) == '-' && i + 1 < v.n)) return 0;
  *number = word;
  return i;
}

/* Takes everything off that stands ahead of the value.  *order becomes a
** number that the marking repeats, when it was unknown. */
static void strip_lead(Reading *r, CablesSpan *order) {
  size_t i = skip_marks(r->v, 0);
  CablesSpan number = CABLES_NO_SPAN;
  size_t behind = behind_order(from(r->v, i), &number);
  if (cables_trim(*order).n == 0) *order = number;
  i = skip_marks(r->v, i + behind);
  for (;;) {
    size_t end = i;
    CablesSpan word = cables_declass_word(r->v, &end);
    if (end - word.n != i) break;
    if (cables_declass_is_lead(word) ||
        (cables_declass_is(word, "DEC") && at(r->v, end) == ':')) {
      bool plain = word.n < 6;
      if (r->lead == NO_LEAD) r->lead = plain ? DECL_LEAD : DECLAS_LEAD;
      i = behind_lead(r->v, end);
    } else if (cables_starts(from(r->v, i), CABLES_LIT("AS AMENDED"))) {
      i = skip_marks(r->v, i + 10);
    } else {
      break;
    }
  }
  r->v = from(r->v, i);
  r->printed = from(r->printed, i);
}

/* Finds the names and a later lead-in ("XGDS-3 DECLAS UPON ..."). */
static void divide(Reading *r) {
  size_t i = 1;
  while (i < r->v.n && r->v.z[i] != '(') i++;
  r->head = cables_trim(cables_sub(r->v, 0, i));
  for (i = 0; r->inner == 0;) {
    CablesSpan word = cables_declass_word(r->v, &i);
    if (word.n == 0) return;
    if (!cables_declass_is_lead(word)) continue;
    r->inner_at = i - word.n;
    r->inner = behind_lead(r->v, i);
  }
}

/* ---- answers ---- */

static bool answer(Reading *r, CablesDeclassKind kind) {
  r->out->kind = kind;
  return true;
}

/* Sets the flags that a day calls for (declassification.md 9.5). */
static void flag(Reading *r, CablesDate d, unsigned flags) {
  CablesDeclass *out = r->out;
  CablesDate limit =
      cables_declass_limit(out->order, out->exemption, r->created);
  out->flags |= flags;
  if (cables_date_compare(d, r->created) <= 0) {
    out->flags |= CABLES_DECLASS_SUSPICIOUS;
  }
  if (limit.year != 0 && cables_date_compare(d, limit) > 0) {
    out->flags |= CABLES_DECLASS_BEYOND_LIMIT;
  }
}

/* Answers with a day that is n years after creation. */
static bool answer_years(Reading *r, int n, CablesDeclassRule rule) {
  if (r->created.year == 0) return answer(r, CABLES_DECLASS_UNKNOWN_DATE);
  CablesDate d = cables_date_add_years(r->created, n);
  if (d.year == 0) return answer(r, CABLES_DECLASS_UNPARSED);
  r->out->date = d;
  r->rule = rule;
  flag(r, d, 0);
  return answer(r, CABLES_DECLASS_COMPUTED);
}

/* The date in a part of the value.  The day of a source ("DATE OF SOURCE:
** 3/4/1985") is not one of declassification. */
static CablesDeclassFound date_in(const Reading *r, CablesSpan part) {
  size_t source = cables_find(part, CABLES_LIT("DATE OF SOURCE"));
  part = cables_sub(part, 0, source);
  return cables_declass_find_date(part, r->out->order, r->created);
}

/* The date of the value: the one that a later DECLAS leads in, or any. */
static CablesDeclassFound date_of(const Reading *r, size_t lead_in) {
  CablesDeclassFound found = date_in(r, from(r->v, lead_in));
  return found.date.year != 0 ? found : date_in(r, r->v);
}

/* ---- steps 2 to 7 ---- */

/* s without blanks and marks behind it; its first byte is none, as all of them
** are off the value's front. */
static CablesSpan bare(CablesSpan s) {
  while (strchr(" :;,.-", s.z[s.n - 1]) != NULL) s.n--;
  return s;
}

static bool is_one_of(CablesSpan s, const char *const *texts, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (cables_declass_is(s, texts[i])) return true;
  }
  return false;
}

/* "N/A" and its typing errors; "N/A TO RD/FRD PORTIONS" (32 CFR 2001.21). */
static bool not_applicable(Reading *r) {
  static const char *const texts[] = {"N/A", "NA",    "C/A",
                                      "N.A", "N / A", "NOT APPLICABLE"};
  CablesSpan rest = from(r->v, 7);
  size_t portions = cables_find(rest, CABLES_LIT(" PORTION"));
  if (cables_starts(r->v, CABLES_LIT("N/A TO ")) && portions != (size_t)-1) {
    r->out->exemption = cables_sub(rest, 0, portions);
    return answer(r, CABLES_DECLASS_EXEMPT);
  }
  if (!is_one_of(bare(r->head), texts, sizeof(texts) / sizeof(texts[0]))) {
    return false;
  }
  return answer(r, CABLES_DECLASS_NOT_CLASSIFIED);
}

/* The level that the words of "CO 01/26/2021" or "TO CONFIDENTIAL ON ..."
** name, or unknown. */
static CablesSpan downgrade_level(CablesSpan s) {
  static const CablesSpan levels[] = {
      {"UNCLASSIFIED", 12}, {"LIMITED OFFICIAL USE", 20}, {"CONFIDENTIAL", 12},
      {"SECRET", 6},        {"TOP SECRET", 10},
  };
  size_t i = 0;
  for (int k = 0; k < 3; k++) {
    CablesSpan w = cables_declass_word(s, &i);
    int rank = cables_classification_rank(w);
    if (cables_declass_is(w, "CO") || cables_declass_is(w, "CONF")) rank = 2;
    if (cables_declass_is(w, "SE")) rank = 3;
    if (rank >= 0) return levels[rank];
  }
  return CABLES_NO_SPAN;
}

/* "DNG: CO 01/26/2021": a day of downgrading.  Only a DECL of its own beside
** it gives a day of declassification. */
static bool downgrading(Reading *r) {
  size_t i = 0;
  CablesSpan w;
  do {
    w = cables_declass_word(r->head, &i);
    if (w.n == 0) return false;
  } while (!cables_declass_is(w, "DNG") && !cables_declass_is(w, "DWNG") &&
           !cables_starts(w, CABLES_LIT("DOWNGRAD")));
  size_t start = i - w.n;
  bool later = r->inner_at > start;
  CablesSpan part = cables_sub(r->v, i, (later ? r->inner_at : r->v.n) - i);
  CablesDeclassFound down = date_in(r, part);
  r->out->downgrade_level = downgrade_level(part);
  r->out->downgrade = down.date;
  if (down.date.year != 0) flag(r, down.date, down.flags);
  CablesSpan rest = later ? from(r->v, r->inner) : cables_sub(r->v, 0, start);
  CablesDeclassFound found = date_in(r, rest);
  if (found.date.year == 0) return answer(r, CABLES_DECLASS_DOWNGRADE);
  r->out->date = found.date;
  flag(r, found.date, found.flags);
  return answer(r, CABLES_DECLASS_DATE);
}

/* "DECLASSIFIED JUNE 21, 2006": what was done. */
static bool declassified(Reading *r) {
  size_t word = cables_declass_find(r->v, 0, "DECLASSIFIED");
  if (word == (size_t)-1) return false;
  CablesDeclassFound found = date_of(r, word + 12);
  if (found.date.year == 0) return false;
  r->out->date = found.date;
  r->out->flags |= found.flags;
  if (cables_date_compare(found.date, r->created) <= 0) {
    r->out->flags |= CABLES_DECLASS_SUSPICIOUS;
  }
  return answer(r, CABLES_DECLASS_DECLASSIFIED);
}

/* "RDS-1 3/15/00": a day for review (E.O. 12065 sec. 1-402). */
static bool review(Reading *r) {
  if (!cables_declass_is_review(r->v)) return false;
  if (r->inner > 0 && r->out->exemption.n == 0) return false;
  CablesDeclassFound found = date_of(r, 0);
  r->out->review = found.date;
  if (found.date.year != 0) flag(r, found.date, found.flags);
  return answer(r, CABLES_DECLASS_REVIEW);
}

/* Whether s ends with a text. */
static bool ends(CablesSpan s, const char *text) {
  CablesSpan t = cables_span(text);
  return s.n >= t.n && cables_equal(from(s, s.n - t.n), t);
}

/* OADR (E.O. 12356 sec. 1.5(a)(4)), MR and the like, as the whole value; with
** anywhere, also as what a source was marked with. */
static bool indefinite(Reading *r, bool anywhere) {
  CablesSpan s = bare(r->head);
  CablesSpan code = CABLES_NO_SPAN;
  if (cables_declass_is(s, "OADR") ||
      cables_starts(s, CABLES_LIT("ORIGINATING AGENC")) ||
      (anywhere && cables_declass_find(s, 0, "OADR") != (size_t)-1)) {
    code = CABLES_LIT("OADR");
  } else if (cables_declass_is(s, "MR") ||
             cables_declass_is(s, "MANUAL REVIEW") ||
             (anywhere && ends(s, "MARKED MR"))) {
    code = CABLES_LIT("MR");
  } else if (cables_declass_is(s, "DCI ONLY")) {
    code = CABLES_LIT("DCI ONLY");
  } else if (cables_declass_is(s, "DNI ONLY")) {
    code = CABLES_LIT("DNI ONLY");
  }
  if (code.n == 0) return false;
  r->out->exemption = code;
  return answer(r, CABLES_DECLASS_INDEFINITE);
}

/* A calendar date anywhere, or what looks like one. */
static bool dated(Reading *r) {
  CablesDeclassFound found = date_of(r, r->inner);
  if (found.date.year != 0) {
    r->out->date = found.date;
    flag(r, found.date, found.flags);
    return answer(r, CABLES_DECLASS_DATE);
  }
  if (!found.looks) return false;
  return answer(r, CABLES_DECLASS_INVALID_DATE);
}

/* ---- steps 8 to 12 ---- */

/* Whether a word is one of a language rather than a code: three letters or
** more, a vowel among them. */
static bool is_wordy(CablesSpan w) {
  bool vowel = false;
  for (size_t i = 0; i < w.n; i++) {
    if (!cables_is_alpha(w.z[i])) return false;
    if (strchr("AEIOUY", w.z[i]) != NULL) vowel = true;
  }
  return vowel && w.n >= 3;
}

/* Whether a part of the value has at least n words, before any names. */
static bool has_words(CablesSpan part, size_t n) {
  size_t i = 0;
  while (n > 0) {
    CablesSpan w = cables_declass_word(part, &i);
    if (w.n == 0) return false;
    if (is_wordy(w)) n--;
  }
  return true;
}

/* Answers with the event that starts at offset i. */
static bool answer_event(Reading *r, size_t i) {
  r->out->event = cables_trim(from(r->printed, i));
  return answer(r, CABLES_DECLASS_EVENT);
}

/* "UPON COMPLETION OF NEGOTIATIONS", also behind a code and DECLAS. */
static bool event(Reading *r) {
  static const char *const words[] = {"AFTER",      "UPON",      "WHEN",
                                      "COMPLETION", "UNTIL",     "WITHDRAWAL",
                                      "CONCLUSION", "FOLLOWING", "TERMINATION"};
  CablesSpan head = r->head;
  size_t at_end = cables_find(head, CABLES_LIT("AT END"));
  bool found = at_end != (size_t)-1;
  size_t i = 0;
  while (!found) {
    CablesSpan w = cables_declass_word(head, &i);
    if (w.n == 0) break;
    found = is_one_of(w, words, sizeof(words) / sizeof(words[0]));
  }
  if (found) {
    bool led = r->inner > 0 && r->inner < r->v.n;
    return answer_event(r, led ? r->inner : cables_declass_codes_ahead(r->v));
  }
  if (r->inner == 0) return false;
  CablesSpan rest = from(r->head, r->inner); /* empty: it is a name's */
  if (!has_words(rest, 1) || cables_declass_years(rest) > 0) return false;
  return answer_event(r, r->inner);
}

/* GDS: E.O. 11652 sec. 5(A) by level, E.O. 12065 sec. 1-401 six years. */
static bool schedule(Reading *r) {
  static const int years[] = {0, 0, 6, 8, 10};
  size_t start = 0;
  bool archive = r->out->order == 11652 &&
                 cables_declass_is(cables_declass_word(r->head, &start), "GS");
  if (!archive && cables_declass_find(r->head, 0, "GDS") == (size_t)-1) {
    return false;
  }
  if (r->level == 0 || r->level == 1) {
    return answer(r, CABLES_DECLASS_NOT_CLASSIFIED);
  }
  if (r->out->order == 12065) return answer_years(r, 6, CABLES_DECLASS_GDS);
  if (r->out->order == 0) return answer(r, CABLES_DECLASS_UNKNOWN_DATE);
  if (r->out->order != 11652) return false;
  if (r->level < 2 || r->level > 4) {
    return answer(r, CABLES_DECLASS_UNKNOWN_LEVEL);
  }
  if (r->created.year == 0) return answer(r, CABLES_DECLASS_UNKNOWN_DATE);
  r->out->date = (CablesDate){r->created.year + years[r->level], 12, 31};
  if (!cables_date_valid(r->out->date)) {
    r->out->date = no_date;
    return false;
  }
  return answer(r, CABLES_DECLASS_SCHEDULE);
}

/* "10 YEARS" and nothing else, but for codes ahead and names behind. */
static bool duration(Reading *r) {
  size_t start = cables_declass_codes_ahead(r->head);
  if (r->inner > 0) start = r->inner;
  CablesSpan rest = from(r->head, start);
  /* "TEN (10) YEARS" is no name. */
  int n = cables_declass_years(rest);
  if (n == 0) n = cables_declass_years(from(r->v, start));
  if (n == 0) return false;
  return answer_years(r, n, CABLES_DECLASS_YEARS);
}

/* Words behind DECL that no rule reads are an event ("CLOSURE OF ICTY"); a
** single word is only behind the longer DECLAS. */
static bool led_words(Reading *r) {
  if (r->lead == NO_LEAD || cables_classification_rank(r->v) >= 0) return false;
  if (!has_words(r->head, r->lead == DECL_LEAD ? 2 : 1)) return false;
  return answer_event(r, 0);
}

static bool take_steps(Reading *r) {
  CablesDeclass *out = r->out;
  if (not_applicable(r)) return true;
  out->exemption = cables_declass_exemption(r->v, out->order, r->arena);
  if (downgrading(r) || declassified(r) || review(r)) return true;
  if (indefinite(r, false) || dated(r) || event(r)) return true;
  int group = cables_declass_group(r->v);
  if (group == 4) return answer_years(r, 12, CABLES_DECLASS_GROUP4);
  if (out->exemption.n > 0) return answer(r, CABLES_DECLASS_EXEMPT);
  if (schedule(r) || duration(r) || indefinite(r, true)) return true;
  if (cables_declass_find(r->v, 0, "DECLASSIFIED") != (size_t)-1) {
    return answer(r, CABLES_DECLASS_DECLASSIFIED);
  }
  if (led_words(r)) return true;
  return answer(r, CABLES_DECLASS_UNPARSED);
}

void cables_declass_read(CablesSpan order, CablesSpan marking, int level,
                         CablesDate created, CablesArena *arena,
                         CablesDeclass *out) {
  Reading r = {.level = level, .arena = arena, .out = out};
  bool repaired = false;
  memset(out, 0, sizeof(*out));
  out->kind = CABLES_DECLASS_UNPARSED;
  if (cables_date_valid(created)) r.created = created;
  if (!fold(&r, marking)) return;
  strip_lead(&r, &order);
  out->order = cables_declass_order(order, r.created, &repaired);
  if (repaired) out->flags |= CABLES_DECLASS_REPAIRED;
  if (r.v.n == 0) {
    answer(&r, CABLES_DECLASS_MISSING);
  } else {
    divide(&r);
    take_steps(&r);
  }
  out->basis = cables_declass_basis(out, r.rule, level);
}
