/*
** Anomalies: what contradicts itself, what is missing.  Sources: modern.md
** 11.2 (checks that hold), 2.5, 9.1; declassification.md 9.5.
*/
#include <stdlib.h>
#include <string.h>

#include "parse.h"
#include "post.h"
#include "reference.h"
#include "refid.h"
#include "words.h"

/* At most this many anomalies of one sort are told. */
enum { MAX_TOLD = 20 };

/* The day of the year of a date, from 1. */
static long day_of_year(CablesDate d) {
  return cables_date_days(d) - cables_date_days((CablesDate){d.year, 1, 1}) + 1;
}

/* The DE line against the date-time group and the id. */
static void check_de_line(CablesParser *p) {
  long day = p->de_day.z ? cables_number(p->de_day) : 0;
  if (day > 0 && p->date.year > 0) {
    long apart = labs(day - day_of_year(p->date));
    if (apart > 1 && apart < 364) {
      cables_odd(p, "envelope",
                 cables_format(p,
                               "day of the DE line and date-time group differ "
                               "by %ld days",
                               apart),
                 cables_offset(p, p->de_day), p->de_day.n);
    }
  }
  if (p->de_serial.z != NULL && p->de_serial.n == 4 && p->class_serial > 0 &&
      cables_number(p->de_serial) != p->class_serial % 10000) {
    cables_odd(p, "envelope",
               CABLES_LIT("serial of the DE line is not that of the "
                          "classification line"),
               cables_offset(p, p->de_serial), p->de_serial.n);
  }
}

/* The page's id against the classification line (modern.md 2.5). */
static void check_identity(CablesParser *p) {
  CablesRefid id;
  if (p->class_line == NO_LINE) {
    if (p->t.carrier == CABLES_CARRIER_PAGE || p->t.dtg.z != NULL) {
      cables_odd(p, "heading", CABLES_LIT("no classification line"), 0, 0);
    }
    return;
  }
  if (p->page_refid.z == NULL || p->class_post.n == 0 || p->attributes > 0 ||
      !cables_refid_read(p->page_refid, 0, &p->arena, &id)) {
    return;
  }
  bool known = false;
  CablesSpan post = cables_post_canonical(p->class_post, &p->arena, &known);
  /* A post crossed out, as any other that is unknown, says nothing. */
  bool same = !known || cables_equal(post, id.post);
  if (!same || p->class_serial != id.serial) {
    cables_odd(p, "heading",
               CABLES_LIT("classification line is of another telegram"),
               p->lines[p->class_line].start, p->lines[p->class_line].n);
  }
}

/* The classification line's level against the page's. */
static void check_level(CablesParser *p) {
  if (p->page_classification.z == NULL || p->level < 0) return;
  int rank = cables_classification_rank(p->page_classification);
  int level = p->level == 1 ? 0 : p->level;
  if ((rank == 1 ? 0 : rank) != level) {
    cables_odd(p, "heading",
               CABLES_LIT("classification line and the page's classification "
                          "differ"),
               p->lines[p->class_line].start, p->lines[p->class_line].n);
  }
}

/* Codes of the TAGS line that no list has. */
static void check_tags(CablesParser *p) {
  int told = 0;
  for (size_t i = 0; i < p->t.tags.n && told < MAX_TOLD; i++) {
    CablesSpan tag = p->t.tags.items[i];
    if (tag.n > 4 || cables_tag_find(tag) != NULL) continue;
    told++;
    cables_odd(p, "heading",
               cables_format(p, "unknown TAGS code: %.*s", (int)tag.n, tag.z),
               p->tags.start, p->tags.end - p->tags.start);
  }
}

/* A post of the classification line that no table has. */
static void check_post(CablesParser *p) {
  bool known = false;
  if (p->class_post.n == 0 || p->class_post.z[0] == 'X') return;
  CablesSpan post = cables_post_canonical(p->class_post, &p->arena, &known);
  if (known || post.z == NULL) return;
  cables_odd(p, "heading",
             cables_format(p, "unknown post: %.*s", (int)post.n, post.z),
             cables_offset(p, p->class_post), p->class_post.n);
}

/* Days on which markings came to an end: OADR with E.O. 12356, X1-X8 by the
** notice of 2003 (declassification.md 5, 6). */
static const CablesDate end_of_x = {2003, 9, 22};

/* What is wrong with a code that belongs to another order than the one that is
** printed, or that was abolished; NULL when nothing is (declassification.md
** 3.2, 4, 5, 6). */
static const char *foreign_code(const CablesParser *p) {
  const CablesDeclass *d = &p->t.declass;
  CablesSpan code = d->exemption;
  if (code.n == 0) return NULL;
  bool oadr = cables_equal(code, CABLES_LIT("OADR"));
  bool xgds = cables_starts(code, CABLES_LIT("XGDS"));
  bool x = code.z[0] == 'X' && code.n > 1 && cables_is_digit(code.z[1]);
  bool numbered = cables_is_digit(code.z[0]);
  if ((oadr && d->order != 12356) || (xgds && d->order != 11652) ||
      (x && d->order < 12958) || (numbered && d->order < 12958)) {
    return "declassification marking is of another order";
  }
  if (x && cables_date_compare(p->date, end_of_x) > 0) {
    return "declassification marking was abolished on 22 September 2003";
  }
  return NULL;
}

/* The marking of the executive order. */
static void check_declassification(CablesParser *p) {
  const CablesDeclass *d = &p->t.declass;
  if (!p->t.has_declass) {
    if (p->level >= 2 && p->t.header_complete) {
      cables_odd(p, "declassification", CABLES_LIT("no E.O. line"), 0, 0);
    }
    return;
  }
  const char *message = NULL;
  if (d->kind == CABLES_DECLASS_INVALID_DATE) {
    message = "declassification date does not exist";
  } else if (d->kind == CABLES_DECLASS_UNPARSED) {
    message = "declassification marking is not understood";
  } else if (d->kind == CABLES_DECLASS_MISSING && p->level >= 2) {
    message = "declassification marking is empty";
  } else if (d->flags & CABLES_DECLASS_SUSPICIOUS) {
    message = "declassification date is not after the telegram";
  } else if (d->flags & CABLES_DECLASS_BEYOND_LIMIT) {
    message = "declassification date is beyond the limit of its order";
  } else {
    message = foreign_code(p);
  }
  if (message != NULL) {
    cables_odd(p, "declassification", cables_span(message), p->eo.start,
               p->eo.end - p->eo.start);
  }
  if (!cables_equal(p->t.executive_order, p->eo_number)) {
    cables_odd(p, "declassification",
               cables_format(p, "executive order misprinted: %.*s",
                             (int)p->eo_number.n, p->eo_number.z),
               cables_offset(p, p->eo_number), p->eo_number.n);
  }
}

/* Missing and doubled paragraph numbers. */
static void check_numbers(CablesParser *p) {
  const CablesTelegram *t = &p->t;
  int last = 0;
  int told = 0;
  for (size_t i = 0; i < t->n_paragraphs && told < MAX_TOLD; i++) {
    const CablesParagraph *row = &t->paragraphs[i];
    if (row->number == 0) continue;
    if (row->repeat > 1) {
      told++;
      cables_odd(p, "body",
                 cables_format(p, "paragraph %d is doubled", row->number),
                 row->start, row->length);
    }
    for (int n = last + 1; n < row->number && told < MAX_TOLD; n++) {
      told++;
      cables_odd(p, "body", cables_format(p, "paragraph %d is missing", n),
                 row->start, 0);
    }
    if (row->number > last) last = row->number;
  }
}

/* Portion markings above the overall classification. */
static void check_portions(CablesParser *p) {
  int overall = cables_classification_rank(p->t.classification);
  if (overall < 0) return;
  if (overall < 2) overall = 1;
  for (size_t i = 0; i < p->t.n_paragraphs; i++) {
    const CablesParagraph *row = &p->t.paragraphs[i];
    if (row->marking.z == NULL) continue;
    if (cables_classification_rank(row->marking) > overall) {
      cables_odd(p, "body",
                 CABLES_LIT("portion marking above the overall classification"),
                 row->start, row->length);
      return;
    }
  }
}

/* Whether the last row ends as a sentence ends. */
static bool ends_well(const CablesParser *p) {
  CablesSpan s = CABLES_NO_SPAN;
  for (size_t i = p->t.n_paragraphs; i > 0 && s.n == 0; i--) {
    s = p->t.paragraphs[i - 1].text;
  }
  if (s.n >= 3 && memcmp(s.z + s.n - 3, "...", 3) == 0) return false;
  while (s.n > 0 && strchr(")\"']#/*-", s.z[s.n - 1]) != NULL) s.n--;
  return s.n > 0 && strchr(".!?\x9d", s.z[s.n - 1]) != NULL;
}

/* Whether paragraph numbers are missing where the text jumps over section s.
 */
static bool numbers_jump(const CablesTelegram *t, int s) {
  int last = 0;
  for (size_t i = 0; i < t->n_paragraphs; i++) {
    const CablesParagraph *row = &t->paragraphs[i];
    if (row->number == 0) continue;
    if (row->section > s) return row->number > last + 1;
    last = row->number;
  }
  return false;
}

/* Joints are lost often (modern.md 9.5): a section counts as missing only
** where the text does not end as a telegram ends, or where paragraph numbers
** are missing in its place.  Gives whether one is. */
static bool check_sections(CablesParser *p) {
  CablesTelegram *t = &p->t;
  bool missing = false;
  for (int s = 2; s <= t->sections && s < 64; s++) {
    if (p->sections >> s & 1) continue;
    if (s < p->last_section ? !numbers_jump(t, s) : p->ended) continue;
    missing = true;
    cables_odd(p, "body",
               cables_format(p, "section %d of %d is missing", s, t->sections),
               0, 0);
  }
  return missing;
}

/* Sections and the end: sets complete. */
static void check_end(CablesParser *p) {
  CablesTelegram *t = &p->t;
  bool whole = true;
  bool body = t->n_paragraphs > 0;
  if (!body) {
    cables_odd(p, "body", CABLES_LIT("no text"), 0, 0);
    whole = false;
  } else if (!p->ended && !ends_well(p)) {
    const CablesParagraph *last = &t->paragraphs[t->n_paragraphs - 1];
    CablesSpan message = CABLES_LIT("text ends inside a paragraph");
    if (last->number > 0) {
      message = cables_format(p, "text ends inside paragraph %d", last->number);
    }
    cables_odd(p, "body", message, last->start, last->length);
    whole = false;
  }
  if (check_sections(p)) whole = false;
  t->complete = whole;
}

/* The notice of a partial extract (modern.md 1.1). */
static void check_extract(CablesParser *p) {
  CablesSpan notice = CABLES_LIT("This record is a partial extract");
  for (size_t i = 0; i < p->n_lines && i <= p->boundary; i++) {
    if (cables_starts(cables_line_text(p, &p->lines[i]), notice)) {
      cables_odd(p, "envelope", CABLES_LIT("partial extract without envelope"),
                 p->lines[i].start, p->lines[i].n);
      return;
    }
  }
}

/* Tells that an attribute of the archive's record is not what the telegram
** says. */
static void differs(CablesParser *p, const char *name) {
  cables_odd(p, "attributes",
             cables_format(p, "attribute %s and telegram differ", name), 0, 0);
}

/* The archive's record against the telegram (1970s.md 8): number,
** classification and subject. */
static void check_attributes(CablesParser *p) {
  CablesRefid id;
  CablesSpan number = cables_attribute(p, "Document Number");
  if (number.z != NULL && p->class_serial > 0 &&
      cables_refid_read(number, 0, &p->arena, &id) &&
      id.serial != p->class_serial) {
    differs(p, "Document Number");
  }
  CablesSpan level = cables_attribute(p, "Original Classification");
  int rank = level.z ? cables_classification_rank(level) : -1;
  if (rank >= 0 && p->level >= 0 && rank != p->level) {
    differs(p, "Original Classification");
  }
  /* The record's subject may be cut: it begins as the telegram's does. */
  CablesSpan subject = cables_attribute(p, "Subject");
  if (subject.z != NULL && !cables_starts_nocase(p->t.subject, subject) &&
      !cables_starts_nocase(subject, p->t.subject)) {
    differs(p, "Subject");
  }
}

void cables_check(CablesParser *p) {
  check_attributes(p);
  check_extract(p);
  check_de_line(p);
  check_identity(p);
  check_level(p);
  check_post(p);
  check_tags(p);
  check_declassification(p);
  if (p->options.want & CABLES_WANT_BODY) {
    check_numbers(p);
    check_portions(p);
    check_end(p);
  }
  const char *runaway = cables_patterns_runaway(p->patterns);
  if (runaway != NULL) {
    cables_odd(p, "parser",
               cables_format(p, "pattern %s reached its limit", runaway), 0, 0);
  }
}
