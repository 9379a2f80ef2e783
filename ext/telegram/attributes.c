/*
** The archive's own record of a telegram: the block "Message Attributes" behind
** the text, and what it gives where the telegram itself is silent.  Source:
** 1970s.md 2, 8.
*/
#include <string.h>

#include "parse.h"
#include "reference.h"
#include "refid.h"

/* Names of attributes (1970s.md 8).  A value may go on at the first column
** until the next of these. */
static const char *const names[] = {"Automatic Decaptioning",
                                    "Capture Date",
                                    "Channel Indicators",
                                    "Concepts",
                                    "Control Number",
                                    "Copy",
                                    "Current Classification",
                                    "Decaption Date",
                                    "Decaption Note",
                                    "Disposition Action",
                                    "Disposition Approved on Date",
                                    "Disposition Authority",
                                    "Disposition Case Number",
                                    "Disposition Comment",
                                    "Disposition Date",
                                    "Disposition Event",
                                    "Disposition History",
                                    "Disposition Reason",
                                    "Disposition Remarks",
                                    "Document Number",
                                    "Document Source",
                                    "Document Unique ID",
                                    "Draft Date",
                                    "Sent Date",
                                    "Drafter",
                                    "Enclosure",
                                    "Errors",
                                    "Executive Order",
                                    "Expiration",
                                    "Film Number",
                                    "From",
                                    "Handling Restrictions",
                                    "Image Path",
                                    "ISecure",
                                    "Legacy Key",
                                    "Line Count",
                                    "Litigation History",
                                    "Locator",
                                    "Markings",
                                    "Message ID",
                                    "Office",
                                    "Original Classification",
                                    "Original Handling Restrictions",
                                    "Original Previous Classification",
                                    "Original Previous Handling Restrictions",
                                    "Page Count",
                                    "Previous Channel Indicators",
                                    "Previous Classification",
                                    "Previous Handling Restrictions",
                                    "Reference",
                                    "Retention",
                                    "Review Action",
                                    "Review Authority",
                                    "Review Comment",
                                    "Review Content Flags",
                                    "Review Date",
                                    "Review Event",
                                    "Review Exemptions",
                                    "Review History",
                                    "Review Markings",
                                    "Review Media Identifier",
                                    "Review Release Date",
                                    "Review Release Event",
                                    "Review Transfer Date",
                                    "Review Withdrawn Fields",
                                    "SAS ID",
                                    "Secure",
                                    "Status",
                                    "Subject",
                                    "TAGS",
                                    "To",
                                    "Type",
                                    "vdkvgwkey"};

/* The attribute that the line names, as the list spells it; *value: what
** stands behind the colon. */
static CablesSpan name_at(CablesSpan line, CablesSpan *value) {
  const char *colon = memchr(line.z, ':', line.n);
  if (colon == NULL) return CABLES_NO_SPAN;
  CablesSpan name = cables_trim((CablesSpan){line.z, (size_t)(colon - line.z)});
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
    if (cables_equal_nocase(name, cables_span(names[i]))) {
      size_t at = (size_t)(colon - line.z) + 1;
      *value = cables_trim(cables_sub(line, at, line.n));
      return cables_span(names[i]);
    }
  }
  return CABLES_NO_SPAN;
}

/* Whether a value says that there is none: n/a, the null date of the archive.
 */
static bool is_null(CablesSpan value) {
  return cables_equal_nocase(value, CABLES_LIT("N/A")) ||
         cables_equal_nocase(value, CABLES_LIT("01 JAN 1960")) ||
         cables_starts(value, CABLES_LIT("--"));
}

void cables_attribute_add(CablesParser *p, CablesSpan name, CablesSpan value) {
  if (name.z == NULL || value.z == NULL || is_null(value)) return;
  CablesTelegram *t = &p->t;
  CablesAttribute *grown = cables_arena_grow(&p->arena, t->attributes,
                                             t->n_attributes, sizeof(*grown));
  if (grown == NULL) return;
  t->attributes = grown;
  t->attributes[t->n_attributes++] = (CablesAttribute){name, value};
}

/* Reads the block that begins at an offset of the argument. */
static void read_block(CablesParser *p, size_t at) {
  CablesSpan name = CABLES_NO_SPAN;
  CablesSpan value = CABLES_NO_SPAN;
  while (at < p->text.n) {
    const char *z = p->text.z + at;
    const char *nl = memchr(z, '\n', p->text.n - at);
    size_t n = nl ? (size_t)(nl - z) : p->text.n - at;
    CablesSpan line = cables_trim((CablesSpan){z, n});
    at += nl ? n + 1 : n;
    if (cables_equal(line, CABLES_LIT("Message Text"))) break;
    CablesSpan rest;
    CablesSpan next = line.n > 0 ? name_at(line, &rest) : CABLES_NO_SPAN;
    if (next.z != NULL || line.n == 0) {
      cables_attribute_add(p, name, value.z ? cables_folded(p, value) : value);
      name = next;
      value = next.z ? rest : CABLES_NO_SPAN;
    } else if (name.z != NULL) {
      /* The value goes on: as one slice, folded when it is added. */
      value.n = (size_t)(line.z + line.n - value.z);
    }
  }
  cables_attribute_add(p, name, value.z ? cables_folded(p, value) : value);
}

CablesSpan cables_attribute(const CablesParser *p, const char *name) {
  for (size_t i = 0; i < p->t.n_attributes; i++) {
    if (cables_equal(p->t.attributes[i].name, cables_span(name))) {
      return p->t.attributes[i].value;
    }
  }
  return CABLES_NO_SPAN;
}

/* A day as the archive writes it: 04 MAY 1976, 06 dec 1978, 01-Jan-1994. */
static CablesDate archive_date(CablesSpan s) {
  CablesDate d = {0};
  if (s.n < 11) return d;
  d.day = (int)cables_number(cables_sub(s, 0, 2));
  d.month = cables_month_from_name(cables_sub(s, 3, 3));
  d.year = (int)cables_number(cables_sub(s, 7, 4));
  return cables_date_valid(d) ? d : (CablesDate){0};
}

/* The date of the record, where no date-time group tells one. */
static void take_date(CablesParser *p) {
  CablesSpan s = cables_attribute(p, "Draft Date");
  if (s.z == NULL) s = cables_attribute(p, "Sent Date");
  CablesDate d = s.z ? archive_date(s) : (CablesDate){0};
  if (d.year == 0 || p->date.year > 0) return;
  p->date = d;
  p->t.year = d.year;
  p->t.created = cables_moment(p, d, CABLES_LIT(" 00:00:00"));
  cables_note(p, "created", p->t.created, "attribute", p->attributes, 0);
}

void cables_parse_attributes(CablesParser *p) {
  if (p->attributes == 0) return;
  read_block(p, p->attributes);
  take_date(p);
  p->page_refid = cables_attribute(p, "Document Number");
  CablesSpan level = cables_attribute(p, "Original Classification");
  /* Garbage stands there too: SECRETARY, (B). */
  if (p->level < 0 && cables_classification_rank(level) >= 0) {
    p->page_classification = level;
  }
  if (p->t.subject.z == NULL) p->t.subject = cables_attribute(p, "Subject");
  if (p->t.tags.n == 0 && p->tags.text.z == NULL) {
    p->tags.text = cables_attribute(p, "TAGS");
    p->tags.start = p->tags.end = p->attributes;
    cables_parse_tags(p);
  }
}

void cables_parse_late_attributes(CablesParser *p) {
  if (p->behind == 0 || p->t.n_attributes > 0) return;
  CablesSpan line =
      cables_trim(cables_sub(p->text, p->end, p->behind - p->end));
  if (cables_equal(line, CABLES_LIT("Message Attributes"))) {
    read_block(p, p->behind);
  }
}
