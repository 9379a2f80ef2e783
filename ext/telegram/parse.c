/*
** The parser's frame: memory, order of work, and the fields that are put
** together from several places.  See parse.h and telegram.h.
*/
#include "parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../base/mem.h"
#include "reference.h"
#include "refid.h"
#include "words.h"

CablesParser *cables_parser_like(const CablesParser *other) {
  CablesParser *p = cables_malloc(sizeof(*p));
  if (p == NULL) return NULL;
  memset(p, 0, sizeof(*p));
  p->patterns = cables_patterns_like(other != NULL ? other->patterns : NULL);
  if (p->patterns == NULL) {
    cables_parser_free(p);
    return NULL;
  }
  return p;
}

CablesParser *cables_parser_new(void) { return cables_parser_like(NULL); }

void cables_parser_free(CablesParser *p) {
  if (p == NULL) return;
  cables_patterns_free(p->patterns);
  cables_arena_free(&p->arena);
  cables_free(p->lines);
  cables_free(p);
}

/* --- helpers that the other files share */

CablesSpan cables_folded(CablesParser *p, CablesSpan s) {
  if (s.z == NULL) return CABLES_NO_SPAN;
  s = cables_trim(s);
  if (s.n == 0) return CABLES_NO_SPAN;
  char *z = cables_arena_alloc(&p->arena, s.n);
  if (z == NULL) return CABLES_NO_SPAN;
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    bool space = cables_is_space(s.z[i]);
    if (!space) {
      z[n++] = s.z[i];
    } else if (z[n - 1] != ' ') {
      z[n++] = ' ';
    }
  }
  return (CablesSpan){z, n};
}

CablesSpan cables_upper(CablesParser *p, CablesSpan s) {
  if (s.z == NULL) return CABLES_NO_SPAN;
  char *z = cables_arena_alloc(&p->arena, s.n);
  if (z == NULL) return CABLES_NO_SPAN;
  for (size_t i = 0; i < s.n; i++) z[i] = cables_to_upper(s.z[i]);
  return (CablesSpan){z, s.n};
}

CablesSpan cables_format(CablesParser *p, const char *format, ...) {
  char most[256]; /* nearly every message fits: it is formatted once then */
  va_list args;
  va_start(args, format);
  int n = vsnprintf(most, sizeof(most), format, args);
  va_end(args);
  if (n < 0) return CABLES_NO_SPAN;
  if ((size_t)n < sizeof(most)) {
    return cables_arena_copy(&p->arena, (CablesSpan){most, (size_t)n});
  }
  char *z = cables_arena_alloc(&p->arena, (size_t)n + 1);
  if (z == NULL) return CABLES_NO_SPAN;
  va_start(args, format);
  (void)vsnprintf(z, (size_t)n + 1, format, args);
  va_end(args);
  return (CablesSpan){z, (size_t)n};
}

CablesSpan cables_moment(CablesParser *p, CablesDate d, CablesSpan time) {
  char *z = cables_arena_alloc(&p->arena, CABLES_DATE_LENGTH + time.n);
  if (z == NULL) return CABLES_NO_SPAN;
  cables_date_write(z, d);
  if (time.n > 0) memcpy(z + CABLES_DATE_LENGTH, time.z, time.n);
  return (CablesSpan){z, CABLES_DATE_LENGTH + time.n};
}

/* No list of a heading is longer; what a hostile text adds is left out. */
enum { MAX_LIST = 500 };

void cables_texts_add(CablesParser *p, CablesTexts *list, CablesSpan s) {
  if (s.z == NULL || list->n >= MAX_LIST) return;
  for (size_t i = 0; i < list->n; i++) {
    if (cables_equal(list->items[i], s)) return;
  }
  CablesSpan *items =
      cables_arena_grow(&p->arena, list->items, list->n, sizeof(s));
  if (items == NULL) return;
  list->items = items;
  list->items[list->n++] = s;
}

void cables_note(CablesParser *p, const char *field, CablesSpan value,
                 const char *rule, size_t start, size_t length) {
  if (!(p->options.want & CABLES_WANT_TRACE) || value.z == NULL) return;
  CablesTelegram *t = &p->t;
  CablesTrace *grown =
      cables_arena_grow(&p->arena, t->trace, t->n_trace, sizeof(*grown));
  if (grown == NULL) return;
  t->trace = grown;
  t->trace[t->n_trace++] = (CablesTrace){field, value, rule, start, length};
}

void cables_odd(CablesParser *p, const char *part, CablesSpan message,
                size_t start, size_t length) {
  if (message.z == NULL) return;
  CablesTelegram *t = &p->t;
  CablesAnomaly *grown = cables_arena_grow(&p->arena, t->anomalies,
                                           t->n_anomalies, sizeof(*grown));
  if (grown == NULL) return;
  t->anomalies = grown;
  t->anomalies[t->n_anomalies++] =
      (CablesAnomaly){part, message, start, length};
}

/* --- fields put together from several places */

/* Whether a post's name was crossed out: XXXXXXXXXXXX (modern.md 0.4). */
static bool is_crossed_out(CablesSpan post) {
  for (size_t i = 0; i < post.n; i++) {
    if (post.z[i] != 'X') return false;
  }
  return post.n >= 4;
}

/* The telegram's own id: as the page says; else post and serial of the
** classification line (1970s.md 5.6) with the year of the date-time group. */
static void take_refid(CablesParser *p) {
  CablesRefid id;
  CablesBuf b = {0};
  bool own = p->class_post.n > 0 && !is_crossed_out(p->class_post) &&
             p->class_serial > 0 && p->t.year > 0;
  if (p->page_refid.z != NULL && !(p->attributes > 0 && own)) {
    if (cables_refid_read(p->page_refid, 0, &p->arena, &id)) {
      cables_refid_print(&b, id);
    } else {
      cables_buf_span(&b, p->page_refid);
    }
  } else if (own) {
    bool known;
    id = (CablesRefid){p->t.year,
                       cables_post_canonical(p->class_post, &p->arena, &known),
                       p->class_serial};
    if (id.post.z != NULL) cables_refid_print(&b, id);
  }
  p->t.has_own_refid = b.n > 0;
  if (p->t.has_own_refid) {
    p->t.refid = cables_arena_copy(&p->arena, cables_buf_get(&b));
  } else {
    p->t.refid = cables_arena_copy(&p->arena, p->options.refid);
  }
  if (b.oom) p->arena.oom = true;
  cables_buf_free(&b);
  CablesSpan from = p->page_refid.z ? p->page_refid : p->class_post;
  if (p->page_refid.z != NULL) {
    cables_note(p, "refid", p->t.refid, "page_table", 0, 0);
  } else if (from.z != NULL) {
    cables_note(p, "refid", p->t.refid, "classification_line",
                cables_offset(p, from), from.n);
  }
}

/* Whether a list holds a text. */
static bool holds(const CablesTexts *list, CablesSpan s) {
  for (size_t i = 0; i < list->n; i++) {
    if (cables_equal(list->items[i], s)) return true;
  }
  return false;
}

/* Level and handling: as the page states it, else from the classification
** line and the captions (modern.md 10.1). */
static void take_classification(CablesParser *p) {
  if (p->page_classification.z != NULL) {
    p->t.classification = p->page_classification;
    cables_note(p, "classification", p->t.classification, "page_table", 0, 0);
    return;
  }
  CablesSpan level = cables_level_name(p->level);
  if (level.z == NULL) return;
  CablesSpan value = level;
  if (p->level >= 2 && holds(&p->t.captions, CABLES_LIT("NOFORN"))) {
    value = cables_format(p, "%.*s//NOFORN", (int)level.n, level.z);
  } else if (p->level == 0 &&
             (holds(&p->t.captions, CABLES_LIT("SENSITIVE")) ||
              holds(&p->t.captions, CABLES_LIT("SBU")) ||
              holds(&p->t.captions,
                    CABLES_LIT("SENSITIVE BUT UNCLASSIFIED")))) {
    value = CABLES_LIT("UNCLASSIFIED//FOR OFFICIAL USE ONLY");
  }
  p->t.classification = value;
  const Line *line = &p->lines[p->class_line];
  cables_note(p, "classification", value, "classification_line", line->start,
              line->n);
}

/* The post in words: the page's, else from the table of posts; of two
** displays the first. */
static void take_origin(CablesParser *p) {
  if (p->page_origin.z != NULL) {
    p->t.origin = cables_folded(p, p->page_origin);
    cables_note(p, "origin", p->t.origin, "page_table", 0, 0);
    return;
  }
  bool known = false;
  bool of_class_line = p->class_post.n > 0;
  CablesSpan name = of_class_line ? p->class_post : p->t.sender;
  if (name.z == NULL) return;
  CablesSpan post = cables_post_canonical(name, &p->arena, &known);
  const CablesPost *row = known ? cables_post_find(post) : NULL;
  if (row == NULL) return;
  CablesSpan display = cables_span(row->display);
  display = cables_sub(display, 0, cables_find(display, CABLES_LIT(";")));
  p->t.origin = display;
  if (of_class_line) {
    cables_note(p, "origin", display, "post_table", cables_offset(p, name),
                name.n);
  }
}

/* A moment of a page, with seconds; unknown when no day has that date or
** time. */
static CablesSpan with_seconds(CablesParser *p, CablesSpan s) {
  if (cables_date_from_iso(s).year == 0) return CABLES_NO_SPAN;
  return cables_format(p, "%.*s:00", (int)s.n, s.z);
}

/* created: the date-time group; the page's own record where there is none or
** the two lie more than a day apart (interface.md; modern.md 10.1: the page's
** minutes are false). */
static void take_dates(CablesParser *p) {
  p->t.released = with_seconds(p, p->page_released);
  cables_note(p, "released", p->t.released, "page_table", 0, 0);
  CablesSpan page = with_seconds(p, p->page_created);
  if (page.z == NULL) return;
  CablesDate day = cables_date_from_iso(page);
  long apart =
      p->date.year == 0 ? 0 : cables_date_days(day) - cables_date_days(p->date);
  if (p->t.created.z != NULL && apart >= -1 && apart <= 1) return;
  if (p->t.created.z != NULL) {
    cables_odd(
        p, "envelope",
        cables_format(p, "date-time group and created differ by %ld days",
                      apart < 0 ? -apart : apart),
        0, 0);
  }
  p->t.created = page;
  cables_note(p, "created", page, "page_table", 0, 0);
  p->date = day;
  p->t.year = day.year;
}

/* The number of an order as text; the number that is printed is a slice. */
static CablesSpan order_name(CablesParser *p, int order) {
  if (cables_number(p->eo_number) == order) return p->eo_number;
  return cables_format(p, "%d", order);
}

/* The order and what its marking gives. */
static void take_declassification(CablesParser *p) {
  if (!p->t.has_declass) return;
  int rank = p->level;
  if (rank < 0 && p->t.classification.z != NULL) {
    rank = cables_classification_rank(p->t.classification);
  }
  cables_declass_read(p->eo_number, p->eo.text, rank, p->date, &p->arena,
                      &p->t.declass);
  if (p->t.declass.order > 0) {
    p->t.executive_order = order_name(p, p->t.declass.order);
  } else {
    p->t.executive_order = p->eo_number;
  }
  size_t at = cables_offset(p, p->eo_number);
  cables_note(p, "executive_order", p->t.executive_order, "eo_line", at,
              p->eo_number.n);
  if (p->t.declass.date.year > 0) {
    CablesDate d = p->t.declass.date;
    cables_note(p, "declass_date", cables_moment(p, d, CABLES_NO_SPAN),
                cables_declass_kind_name(p->t.declass.kind), p->eo.start,
                p->eo.end - p->eo.start);
  }
}

/* --- the parse */

/* Whether the line [from, to) is in lower case altogether. */
static bool is_lower_line(CablesSpan text, size_t from, size_t to) {
  size_t letters = 0;
  for (size_t i = from; i < to; i++) {
    if (cables_is_upper(text.z[i])) return false;
    letters += cables_is_lower(text.z[i]);
  }
  return letters > 0;
}

/* Some telegrams were lower-cased as a whole (modern.md 2.2): their envelope
** is read as if it were printed in capitals.  The lines from begin on that are
** in lower case altogether are the envelope. */
static void raise_envelope(CablesParser *p) {
  size_t at = p->begin;
  if (!cables_starts(cables_sub(p->text, at, 4), CABLES_LIT("vzcz"))) return;
  while (at < p->end) {
    const char *nl = memchr(p->text.z + at, '\n', p->end - at);
    size_t to = nl ? (size_t)(nl - p->text.z) : p->end;
    bool blank = cables_trim(cables_sub(p->text, at, to - at)).n == 0;
    if (!blank && !is_lower_line(p->text, at, to)) break;
    at = nl ? to + 1 : to;
  }
  char *z = cables_arena_alloc(&p->arena, p->text.n);
  if (z == NULL) return;
  memcpy(z, p->text.z, p->text.n);
  for (size_t i = p->begin; i < at; i++) z[i] = cables_to_upper(z[i]);
  p->text.z = z;
}

/* Lines whose memory is kept for the next telegram. */
enum { MAX_KEPT_LINES = 16384 };

/* Forgets the telegram before. */
static void reset(CablesParser *p, CablesSpan text,
                  const CablesParseOptions *options) {
  CablesParser kept = *p;
  memset(p, 0, sizeof(*p));
  p->arena = kept.arena;
  p->patterns = kept.patterns;
  if (kept.cap_lines > MAX_KEPT_LINES) {
    cables_free(kept.lines);
  } else {
    p->lines = kept.lines;
    p->cap_lines = kept.cap_lines;
  }
  cables_arena_reset(&p->arena);
  p->text = text.z ? text : CABLES_LIT("");
  p->options = *options;
  p->class_line = NO_LINE;
  p->class_serial = -1;
  p->level = -1;
}

/* Whether anything at all was found. */
static bool found_any(const CablesParser *p) {
  const CablesTelegram *t = &p->t;
  return p->level >= 0 || t->dtg.z != NULL || t->n_addressees > 0 ||
         t->has_declass || t->tags_printed.z != NULL || t->subject.z != NULL ||
         t->n_references > 0 || t->classified_by.z != NULL ||
         t->sender.z != NULL || t->n_paragraphs > 0;
}

/* What the source says stands where a page's table would, which it may be. */
static void take_known(CablesParser *p) {
  const CablesKnown *known = &p->options.known;
  if (p->page_refid.z == NULL) p->page_refid = known->refid;
  if (p->page_created.z == NULL) {
    p->page_created = cables_sub(known->created, 0, 16);
  }
  if (p->page_released.z == NULL) {
    p->page_released = cables_sub(known->released, 0, 16);
  }
  if (p->page_classification.z == NULL) {
    p->page_classification = known->classification;
  }
  if (p->page_origin.z == NULL) p->page_origin = known->origin;
}

/* Everything above paragraph 1. */
static void parse_header(CablesParser *p) {
  cables_find_boundary(p);
  cables_parse_envelope(p);
  take_dates(p);
  cables_parse_heading(p);
  cables_parse_attributes(p);
  p->t.has_own_year = p->t.year != 0;
  if (!p->t.has_own_year) p->t.year = p->options.year;
  take_refid(p);
  take_classification(p);
  take_origin(p);
  take_declassification(p);
  unsigned want = p->options.want;
  if (!(want & CABLES_WITHOUT_REFERENCES)) cables_parse_references(p);
  if (!(want & CABLES_WITHOUT_CLASSIFIER)) cables_parse_classifier(p);
  /* What a record's telegram does not tell its attributes may, and they stand
  ** at the end. */
  if (p->record && p->options.more) p->t.header_complete = false;
}

const CablesTelegram *cables_parse(CablesParser *p, CablesSpan text,
                                   const CablesParseOptions *options) {
  reset(p, text, options);
  CablesSpan argument = p->text;
  bool mark = cables_find_telegram(p);
  raise_envelope(p);
  take_known(p);
  p->next = p->begin;
  p->n_lines = 0;
  parse_header(p);
  unsigned body =
      CABLES_WANT_BODY | CABLES_WANT_CITATIONS | CABLES_WANT_REDACTIONS;
  /* The end of a telegram shows when its lines are cut. */
  if (options->want & (body | CABLES_WANT_TEXT)) cables_parse_closing(p);
  if (options->want & body) {
    cables_parse_body(p);
    if (!(options->want & CABLES_WITHOUT_BODY_TEXT)) cables_parse_summary(p);
    if (options->want & CABLES_WANT_CITATIONS) cables_parse_citations(p);
    if (options->want & CABLES_WANT_REDACTIONS) cables_parse_redactions(p);
  }
  cables_parse_late_attributes(p);
  if (!(options->want & CABLES_WITHOUT_ANOMALIES)) cables_check(p);
  size_t end = p->end > p->begin ? p->end : p->begin;
  p->t.text = (CablesSpan){argument.z + p->begin, end - p->begin};
  p->t.recognised = mark;
  /* What begins further down would make another telegram of it. */
  if (!mark && options->more) p->t.header_complete = false;
  p->t.found = mark || found_any(p);
  /* asked first, so that it does not tell again in the next parse */
  bool oom = cables_patterns_oom(p->patterns) || p->arena.oom || p->oom;
  return oom ? NULL : &p->t;
}
