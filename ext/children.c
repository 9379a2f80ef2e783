/*
** The children of a telegram, table by table: columns, rows and values.  The
** machinery around them is table_children.c.
*/
#include "table_children.h"

/* Texts that the examples are tried on. */
#define HEADING                                                               \
  "'R 071707Z APR 06' || char(10) || 'FM AMEMBASSY MOSCOW' || char(10) || "   \
  "'TO RUEHC/SECSTATE WASHDC PRIORITY 1234' || char(10) || "                  \
  "'C O N F I D E N T I A L MOSCOW 003687' || char(10) || 'E.O. 12958: DECL:" \
  " 04/07/2016' || char(10) || 'REF: A. 05 MOSCOW 1234 (NOTAL)' || char(10)"
#define BODY                                                                \
  HEADING                                                                   \
  " || char(10) || '1. (C) SUMMARY: He recalled ref A and 06 KYIV 12.' || " \
  "char(10) "                                                               \
  "|| char(10) || '2. (U) XXXXXXXXXXXX agreed.' || char(10) || 'BURNS'"

/* Paragraph 2 is missing. */
#define GAP                                                               \
  HEADING                                                                 \
  " || char(10) || '1. (C) He came.' || char(10) || char(10) || '3. (C) " \
  "He left.' || char(10) || 'BURNS'"

#define HIDDEN_TEXT \
  { "telegram", "HIDDEN", "the argument: a telegram's text" }

/* Where something lies in the argument; nothing where it has no place. */
static CablesCell place_cell(size_t n, size_t length) {
  return length == 0 ? cables_cell_span(CABLES_NO_SPAN) : cables_cell_size(n);
}

/* The bytes of the argument there. */
static CablesCell slice_cell(CablesSpan text, size_t start, size_t length) {
  return cables_cell_span(length == 0 ? CABLES_NO_SPAN
                                      : cables_sub(text, start, length));
}

/* cable_paragraphs */

enum {
  PARAGRAPH_KEY,
  PARAGRAPH_ORDINAL,
  PARAGRAPH_NUMBER,
  PARAGRAPH_KIND,
  PARAGRAPH_MARKING,
  PARAGRAPH_CLASSIFICATION,
  PARAGRAPH_ROLE,
  PARAGRAPH_HEADING,
  PARAGRAPH_SECTION,
  PARAGRAPH_TEXT,
  PARAGRAPH_PRINTED,
  PARAGRAPH_START,
  PARAGRAPH_LENGTH,
  PARAGRAPH_COPY,
  PARAGRAPH_PLAIN
};

static const CablesField paragraph_fields[] = {
    [PARAGRAPH_KEY] = {"key", "TEXT",
                       "stable name of a numbered paragraph: 06MOSCOW3687#7; "
                       "the second of the same number is 06MOSCOW3687#7.2"},
    [PARAGRAPH_ORDINAL] = {"ordinal", "INTEGER",
                           "1, 2, 3 ... in the order printed"},
    [PARAGRAPH_NUMBER] = {"number", "INTEGER",
                          "the printed number, NULL if none"},
    [PARAGRAPH_KIND] = {"kind", "TEXT",
                        "paragraph, heading, list, table, signature"},
    [PARAGRAPH_MARKING] = {"marking", "TEXT",
                           "portion marking as printed, without brackets"},
    [PARAGRAPH_CLASSIFICATION] = {"classification", "TEXT",
                                  "the marking spelled out"},
    [PARAGRAPH_ROLE] = {"role", "TEXT", "summary, comment, action request"},
    [PARAGRAPH_HEADING] = {"heading", "TEXT",
                           "the heading that it stands under"},
    [PARAGRAPH_SECTION] = {"section", "INTEGER",
                           "the transmission section it starts in"},
    [PARAGRAPH_TEXT] = {"text", "TEXT",
                        "on one line; marking, number and page breaks taken "
                        "out"},
    [PARAGRAPH_PRINTED] = {"printed", "TEXT", "as printed"},
    [PARAGRAPH_START] = {"start", "INTEGER",
                         "where it lies in the argument, bytes before it"},
    [PARAGRAPH_LENGTH] = {"length", "INTEGER", "its length in bytes"},
    [PARAGRAPH_COPY] = {"copy", "INTEGER",
                        "1, or 2 for the second paragraph of the same number; "
                        "NULL without one"},
    [PARAGRAPH_PLAIN] = {"plain", "INTEGER",
                         "1 if text is the end of printed once its line ends "
                         "are blanks, and then two blanks one; else 0"},
    HIDDEN_TEXT,
    {"refid", "HIDDEN",
     "the second argument: reference id where the text tells none"},
};

static size_t count_paragraphs(const CablesTelegram *t) {
  return t->n_paragraphs;
}

/* Whether the text is the end of what is printed, as SQL makes it with
** replace(replace(printed, char(10), ' '), '  ', ' '): who keeps the telegram's
** text need not keep that of the paragraph. */
static bool is_plain(CablesSpan printed, CablesSpan text) {
  size_t i = printed.n;
  size_t j = text.n;
  while (j > 0) {
    char c = text.z[j - 1];
    if (i > 0 && printed.z[i - 1] == c && c != ' ' && c != '\n') {
      i--;
      j--;
      continue;
    }
    size_t run = 0;
    while (i > 0 && (printed.z[i - 1] == ' ' || printed.z[i - 1] == '\n')) {
      run++;
      i--;
    }
    for (size_t n = (run + 1) / 2; n > 0 && j > 0; n--) {
      if (text.z[--j] != ' ') return false;
    }
    if (run == 0) return false;
  }
  return text.n > 0;
}

static CablesCell paragraph_cell(const CablesTelegram *t, CablesSpan text,
                                 size_t i, int column) {
  const CablesParagraph *p = &t->paragraphs[i];
  switch (column) {
    case PARAGRAPH_KEY:
      return cables_cell_span(p->key);
    case PARAGRAPH_ORDINAL:
      return cables_cell_size(i + 1);
    case PARAGRAPH_NUMBER:
      return cables_cell_number(p->number);
    case PARAGRAPH_KIND:
      return cables_cell_constant(p->kind);
    case PARAGRAPH_MARKING:
      return cables_cell_span(p->marking);
    case PARAGRAPH_CLASSIFICATION:
      return cables_cell_span(p->classification);
    case PARAGRAPH_ROLE:
      return cables_cell_constant(p->role);
    case PARAGRAPH_HEADING:
      return cables_cell_span(p->heading);
    case PARAGRAPH_SECTION:
      return cables_cell_number(p->section);
    case PARAGRAPH_TEXT:
      return cables_cell_span(p->text);
    case PARAGRAPH_PRINTED:
      return slice_cell(text, p->start, p->length);
    case PARAGRAPH_START:
      return cables_cell_size(p->start);
    case PARAGRAPH_LENGTH:
      return cables_cell_size(p->length);
    case PARAGRAPH_COPY:
      return cables_cell_number(p->number > 0 ? p->repeat : 0);
    default:
      return cables_cell_size(
          is_plain(cables_sub(text, p->start, p->length), p->text));
  }
}

/* cable_references */

static const CablesField reference_fields[] = {
    {"ordinal", "INTEGER", "1, 2, 3 ... in the order printed"},
    {"label", "TEXT", "A, B, ..., NULL if none"},
    {"kind", "TEXT", "cable, dtg, email, telcon, report, other"},
    {"refid", "TEXT", "canonical reference id, NULL if it is no cable"},
    {"note", "TEXT", "NOTAL, AND PREVIOUS"},
    {"printed", "TEXT", "as printed, on one line"},
    HIDDEN_TEXT,
    {"year", "HIDDEN",
     "the second argument: year of the telegram where its text tells none"},
};

static size_t count_references(const CablesTelegram *t) {
  return t->n_references;
}

static CablesCell reference_cell(const CablesTelegram *t, CablesSpan text,
                                 size_t i, int column) {
  const CablesReference *r = &t->references[i];
  (void)text;
  switch (column) {
    case 0:
      return cables_cell_size(i + 1);
    case 1:
      return cables_cell_span(r->label);
    case 2:
      return cables_cell_constant(r->kind);
    case 3:
      return cables_cell_span(r->refid);
    case 4:
      return cables_cell_span(r->note);
    default:
      return cables_cell_span(r->printed);
  }
}

/* cable_addressees */

static const CablesField addressee_fields[] = {
    {"ordinal", "INTEGER", "1, 2, 3 ... in the order printed"},
    {"role", "TEXT", "action, info"},
    {"precedence", "TEXT", "of the copy for this addressee"},
    {"routing", "TEXT", "routing indicator: RUEHC"},
    {"plad", "TEXT", "plain-language address: SECSTATE WASHDC"},
    {"mcn", "TEXT", "message continuity number"},
    {"excluded", "INTEGER", "1 for an address that gets no copy (XMT), else 0"},
    {"printed", "TEXT", "as printed"},
    HIDDEN_TEXT,
};

static size_t count_addressees(const CablesTelegram *t) {
  return t->n_addressees;
}

static CablesCell addressee_cell(const CablesTelegram *t, CablesSpan text,
                                 size_t i, int column) {
  const CablesAddressee *a = &t->addressees[i];
  (void)text;
  switch (column) {
    case 0:
      return cables_cell_size(i + 1);
    case 1:
      return cables_cell_constant(a->action ? "action" : "info");
    case 2:
      return cables_cell_span(a->precedence);
    case 3:
      return cables_cell_span(a->routing);
    case 4:
      return cables_cell_span(a->plad);
    case 5:
      return cables_cell_span(a->mcn);
    case 6:
      return cables_cell_size(a->excluded);
    default:
      return cables_cell_span(a->printed);
  }
}

/* cable_citations */

static const CablesField citation_fields[] = {
    {"ordinal", "INTEGER", "1, 2, 3 ... in the order printed"},
    {"paragraph", "INTEGER", "number of the paragraph, NULL if none"},
    {"printed", "TEXT", "as printed, on one line: ref A, 05 MOSCOW 1234"},
    {"refid", "TEXT",
     "canonical reference id; ref A is looked up in the REF line"},
    {"start", "INTEGER", "where it lies in the argument, bytes before it"},
    {"length", "INTEGER", "its length in bytes"},
    HIDDEN_TEXT,
};

static size_t count_citations(const CablesTelegram *t) {
  return t->n_citations;
}

static CablesCell citation_cell(const CablesTelegram *t, CablesSpan text,
                                size_t i, int column) {
  const CablesCitation *c = &t->citations[i];
  (void)text;
  switch (column) {
    case 0:
      return cables_cell_size(i + 1);
    case 1:
      return cables_cell_number(c->paragraph);
    case 2:
      return cables_cell_span(c->printed);
    case 3:
      return cables_cell_span(c->refid);
    case 4:
      return cables_cell_size(c->start);
    default:
      return cables_cell_size(c->length);
  }
}

/* cable_anomalies */

static const CablesField anomaly_fields[] = {
    {"part", "TEXT", "envelope, heading, body, references, declassification"},
    {"message", "TEXT", "what is odd, a short sentence"},
    {"start", "INTEGER",
     "where it lies in the argument, bytes before it; NULL if nowhere"},
    {"length", "INTEGER", "its length in bytes"},
    HIDDEN_TEXT,
};

static size_t count_anomalies(const CablesTelegram *t) {
  return t->n_anomalies;
}

static CablesCell anomaly_cell(const CablesTelegram *t, CablesSpan text,
                               size_t i, int column) {
  const CablesAnomaly *a = &t->anomalies[i];
  (void)text;
  switch (column) {
    case 0:
      return cables_cell_constant(a->part);
    case 1:
      return cables_cell_span(a->message);
    case 2:
      return place_cell(a->start, a->length);
    default:
      return place_cell(a->length, a->length);
  }
}

/* cable_explain */

static const CablesField trace_fields[] = {
    {"field", "TEXT", "column of cables"},
    {"value", "TEXT", "its value"},
    {"rule", "TEXT", "name of the pattern or rule that gave it"},
    {"start", "INTEGER",
     "where it lies in the argument, bytes before it; NULL if nowhere"},
    {"length", "INTEGER", "its length in bytes"},
    {"printed", "TEXT", "what is printed there"},
    HIDDEN_TEXT,
};

static size_t count_trace(const CablesTelegram *t) { return t->n_trace; }

static CablesCell trace_cell(const CablesTelegram *t, CablesSpan text, size_t i,
                             int column) {
  const CablesTrace *r = &t->trace[i];
  switch (column) {
    case 0:
      return cables_cell_constant(r->field);
    case 1:
      return cables_cell_span(r->value);
    case 2:
      return cables_cell_constant(r->rule);
    case 3:
      return place_cell(r->start, r->length);
    case 4:
      return place_cell(r->length, r->length);
    default:
      return slice_cell(text, r->start, r->length);
  }
}

/* cable_redactions */

static const CablesField redaction_fields[] = {
    {"ordinal", "INTEGER", "1, 2, 3 ... in the order printed"},
    {"kind", "TEXT", "crossed out, omission, exemption"},
    {"paragraph", "INTEGER", "number of the paragraph, NULL if none"},
    {"printed", "TEXT", "what stands in its place"},
    {"start", "INTEGER", "where it lies in the argument, bytes before it"},
    {"length", "INTEGER", "its length in bytes"},
    HIDDEN_TEXT,
};

static size_t count_redactions(const CablesTelegram *t) {
  return t->n_redactions;
}

static CablesCell redaction_cell(const CablesTelegram *t, CablesSpan text,
                                 size_t i, int column) {
  const CablesRedaction *r = &t->redactions[i];
  (void)text;
  switch (column) {
    case 0:
      return cables_cell_size(i + 1);
    case 1:
      return cables_cell_constant(r->kind);
    case 2:
      return cables_cell_number(r->paragraph);
    case 3:
      return cables_cell_span(r->printed);
    case 4:
      return cables_cell_size(r->start);
    default:
      return cables_cell_size(r->length);
  }
}

#define TABLE(name, arguments, meaning, example, fields) \
  { name, name arguments, meaning, example, fields, CABLES_COUNT(fields), ")" }

/* Paragraphs, and what their keys need. */
#define PARAGRAPHS_ONLY \
  (CABLES_WANT_BODY | CABLES_WITHOUT_ALL | CABLES_WITHOUT_BODY_TEXT)

const CablesChild cables_children[] = {
    {TABLE("cable_paragraphs", "(text [, refid])",
           "one row for each paragraph, heading, list, table and signature",
           "SELECT number, text FROM cable_paragraphs(" BODY ")",
           paragraph_fields),
     CABLES_CHILD_REFID, PARAGRAPHS_ONLY, count_paragraphs, paragraph_cell,
     true, PARAGRAPH_PRINTED},
    {TABLE("cable_references", "(text [, year])",
           "one row for each item of the REF line",
           "SELECT label, refid FROM cable_references(" HEADING ")",
           reference_fields),
     CABLES_CHILD_YEAR, CABLES_WANT_HEADER, count_references, reference_cell,
     true, -1},
    {TABLE("cable_addressees", "(text)",
           "one row for each addressee of TO, INFO and XMT",
           "SELECT role, plad FROM cable_addressees(" HEADING ")",
           addressee_fields),
     CABLES_CHILD_NONE, CABLES_WANT_HEADER, count_addressees, addressee_cell,
     true, -1},
    {TABLE("cable_citations", "(text)",
           "one row for each mention of another cable in the body",
           "SELECT printed, refid FROM cable_citations(" BODY ")",
           citation_fields),
     CABLES_CHILD_NONE,
     CABLES_WANT_BODY | CABLES_WANT_CITATIONS | CABLES_WITHOUT_BODY_TEXT,
     count_citations, citation_cell, true, -1},
    {TABLE("cable_anomalies", "(text)", "one row for everything that is odd",
           "SELECT part, message FROM cable_anomalies(" GAP ")",
           anomaly_fields),
     CABLES_CHILD_NONE, CABLES_WANT_BODY, count_anomalies, anomaly_cell, true,
     -1},
    {TABLE("cable_explain", "(text)",
           "where each value comes from: its place in the text and its rule",
           "SELECT field, value, rule FROM cable_explain(" HEADING ")",
           trace_fields),
     CABLES_CHILD_NONE, CABLES_WANT_BODY | CABLES_WANT_TRACE, count_trace,
     trace_cell, false, -1},
    {TABLE("cable_redactions", "(text)",
           "one row for each passage that was taken out",
           "SELECT kind, printed FROM cable_redactions(" BODY ")",
           redaction_fields),
     CABLES_CHILD_NONE, CABLES_WANT_BODY | CABLES_WANT_REDACTIONS,
     count_redactions, redaction_cell, true, -1},
};
const size_t cables_n_children = CABLES_COUNT(cables_children);
