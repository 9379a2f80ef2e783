/*
** The children of a telegram, table by table: columns, rows and values.  The
** machinery around them is table_children.c.
*/
#include "result.h"
#include "table_children.h"

/* Texts that the examples are tried on. */
#define HEADING                                                               \
  "'R 071707Z APR 06' || char(10) || 'FM AMEMBASSY MOSCOW' || char(10) || "   \
  "'TO RUEHC/SECSTATE WASHDC PRIORITY 1234' || char(10) || "                  \
  "'C O N F I D E N T I A L MOSCOW 003687' || char(10) || 'E.O. 12958: DECL:" \
  " 04/07/2016' || char(10) || 'REF: A. 05 MOSCOW 1234' || char(10)"
#define BODY                                                                \
  HEADING                                                                   \
  " || char(10) || '1. (C) He recalled ref A and 06 KYIV 12.' || char(10) " \
  "|| char(10) || '2. (U) XXXXXXXXXXXX agreed.' || char(10) || 'BURNS'"

#define HIDDEN_TEXT \
  { "telegram", "HIDDEN", "the argument: a telegram's text" }

/* Where something lies in the argument; nothing where it has no place. */
static void emit_place(sqlite3_context *context, size_t n, size_t length) {
  if (length == 0)
    sqlite3_result_null(context);
  else
    cables_result_size(context, n);
}

/* The bytes of the argument there. */
static void emit_slice(sqlite3_context *context, CablesSpan text, size_t start,
                       size_t length) {
  if (length == 0)
    sqlite3_result_null(context);
  else
    cables_result_span(context, cables_sub(text, start, length));
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
  PARAGRAPH_LENGTH
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
    HIDDEN_TEXT,
    {"refid", "HIDDEN",
     "the second argument: reference id where the text tells none"},
};

static size_t count_paragraphs(const CablesTelegram *t) {
  return t->n_paragraphs;
}

static void emit_paragraph(sqlite3_context *context, const CablesTelegram *t,
                           CablesSpan text, size_t i, int column) {
  const CablesParagraph *p = &t->paragraphs[i];
  switch (column) {
    case PARAGRAPH_KEY:
      cables_result_span(context, p->key);
      break;
    case PARAGRAPH_ORDINAL:
      cables_result_size(context, i + 1);
      break;
    case PARAGRAPH_NUMBER:
      cables_result_number(context, p->number);
      break;
    case PARAGRAPH_KIND:
      cables_result_constant(context, p->kind);
      break;
    case PARAGRAPH_MARKING:
      cables_result_span(context, p->marking);
      break;
    case PARAGRAPH_CLASSIFICATION:
      cables_result_span(context, p->classification);
      break;
    case PARAGRAPH_ROLE:
      cables_result_constant(context, p->role);
      break;
    case PARAGRAPH_HEADING:
      cables_result_span(context, p->heading);
      break;
    case PARAGRAPH_SECTION:
      cables_result_number(context, p->section);
      break;
    case PARAGRAPH_TEXT:
      cables_result_span(context, p->text);
      break;
    case PARAGRAPH_PRINTED:
      emit_slice(context, text, p->start, p->length);
      break;
    case PARAGRAPH_START:
      cables_result_size(context, p->start);
      break;
    default:
      cables_result_size(context, p->length);
      break;
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

static void emit_reference(sqlite3_context *context, const CablesTelegram *t,
                           CablesSpan text, size_t i, int column) {
  const CablesReference *r = &t->references[i];
  (void)text;
  switch (column) {
    case 0:
      cables_result_size(context, i + 1);
      break;
    case 1:
      cables_result_span(context, r->label);
      break;
    case 2:
      cables_result_constant(context, r->kind);
      break;
    case 3:
      cables_result_span(context, r->refid);
      break;
    case 4:
      cables_result_span(context, r->note);
      break;
    default:
      cables_result_span(context, r->printed);
      break;
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

static void emit_addressee(sqlite3_context *context, const CablesTelegram *t,
                           CablesSpan text, size_t i, int column) {
  const CablesAddressee *a = &t->addressees[i];
  (void)text;
  switch (column) {
    case 0:
      cables_result_size(context, i + 1);
      break;
    case 1:
      cables_result_constant(context, a->action ? "action" : "info");
      break;
    case 2:
      cables_result_span(context, a->precedence);
      break;
    case 3:
      cables_result_span(context, a->routing);
      break;
    case 4:
      cables_result_span(context, a->plad);
      break;
    case 5:
      cables_result_span(context, a->mcn);
      break;
    case 6:
      sqlite3_result_int(context, a->excluded);
      break;
    default:
      cables_result_span(context, a->printed);
      break;
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

static void emit_citation(sqlite3_context *context, const CablesTelegram *t,
                          CablesSpan text, size_t i, int column) {
  const CablesCitation *c = &t->citations[i];
  (void)text;
  switch (column) {
    case 0:
      cables_result_size(context, i + 1);
      break;
    case 1:
      cables_result_number(context, c->paragraph);
      break;
    case 2:
      cables_result_span(context, c->printed);
      break;
    case 3:
      cables_result_span(context, c->refid);
      break;
    case 4:
      cables_result_size(context, c->start);
      break;
    default:
      cables_result_size(context, c->length);
      break;
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

static void emit_anomaly(sqlite3_context *context, const CablesTelegram *t,
                         CablesSpan text, size_t i, int column) {
  const CablesAnomaly *a = &t->anomalies[i];
  (void)text;
  switch (column) {
    case 0:
      cables_result_constant(context, a->part);
      break;
    case 1:
      cables_result_span(context, a->message);
      break;
    case 2:
      emit_place(context, a->start, a->length);
      break;
    default:
      emit_place(context, a->length, a->length);
      break;
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

static void emit_trace(sqlite3_context *context, const CablesTelegram *t,
                       CablesSpan text, size_t i, int column) {
  const CablesTrace *r = &t->trace[i];
  switch (column) {
    case 0:
      cables_result_constant(context, r->field);
      break;
    case 1:
      cables_result_span(context, r->value);
      break;
    case 2:
      cables_result_constant(context, r->rule);
      break;
    case 3:
      emit_place(context, r->start, r->length);
      break;
    case 4:
      emit_place(context, r->length, r->length);
      break;
    default:
      emit_slice(context, text, r->start, r->length);
      break;
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

static void emit_redaction(sqlite3_context *context, const CablesTelegram *t,
                           CablesSpan text, size_t i, int column) {
  const CablesRedaction *r = &t->redactions[i];
  (void)text;
  switch (column) {
    case 0:
      cables_result_size(context, i + 1);
      break;
    case 1:
      cables_result_constant(context, r->kind);
      break;
    case 2:
      cables_result_number(context, r->paragraph);
      break;
    case 3:
      cables_result_span(context, r->printed);
      break;
    case 4:
      cables_result_size(context, r->start);
      break;
    default:
      cables_result_size(context, r->length);
      break;
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
     CABLES_CHILD_REFID, PARAGRAPHS_ONLY, count_paragraphs, emit_paragraph},
    {TABLE("cable_references", "(text [, year])",
           "one row for each item of the REF line",
           "SELECT label, refid FROM cable_references(" HEADING ")",
           reference_fields),
     CABLES_CHILD_YEAR, CABLES_WANT_HEADER, count_references, emit_reference},
    {TABLE("cable_addressees", "(text)",
           "one row for each addressee of TO, INFO and XMT",
           "SELECT role, plad FROM cable_addressees(" HEADING ")",
           addressee_fields),
     CABLES_CHILD_NONE, CABLES_WANT_HEADER, count_addressees, emit_addressee},
    {TABLE("cable_citations", "(text)",
           "one row for each mention of another cable in the body",
           "SELECT printed, refid FROM cable_citations(" BODY ")",
           citation_fields),
     CABLES_CHILD_NONE,
     CABLES_WANT_BODY | CABLES_WANT_CITATIONS | CABLES_WITHOUT_BODY_TEXT,
     count_citations, emit_citation},
    {TABLE("cable_anomalies", "(text)", "one row for everything that is odd",
           "SELECT part, message FROM cable_anomalies(" BODY ")",
           anomaly_fields),
     CABLES_CHILD_NONE, CABLES_WANT_BODY, count_anomalies, emit_anomaly},
    {TABLE("cable_explain", "(text)",
           "where each value comes from: its place in the text and its rule",
           "SELECT field, value, rule FROM cable_explain(" HEADING ")",
           trace_fields),
     CABLES_CHILD_NONE, CABLES_WANT_BODY | CABLES_WANT_TRACE, count_trace,
     emit_trace},
    {TABLE("cable_redactions", "(text)",
           "one row for each passage that was taken out",
           "SELECT kind, printed FROM cable_redactions(" BODY ")",
           redaction_fields),
     CABLES_CHILD_NONE, CABLES_WANT_BODY | CABLES_WANT_REDACTIONS,
     count_redactions, emit_redaction},
};
const size_t cables_n_children = CABLES_COUNT(cables_children);
