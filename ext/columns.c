/*
** The columns of `cables`: see columns.h.
*/
#include "columns.h"

#include "result.h"

/* Addressees of one kind; those that are excluded (XMT) get no copy. */
static void emit_addressees(sqlite3_context *context, const CablesTelegram *t,
                            bool action) {
  CablesBuf b = {0};
  for (size_t i = 0; i < t->n_addressees; i++) {
    const CablesAddressee *a = &t->addressees[i];
    if (a->action != action || a->excluded) continue;
    cables_json_element(&b, a->plad);
  }
  cables_result_json_array(context, &b);
}

static void emit_action(sqlite3_context *context, const CablesTelegram *t) {
  emit_addressees(context, t, true);
}

static void emit_info(sqlite3_context *context, const CablesTelegram *t) {
  emit_addressees(context, t, false);
}

static void emit_refs(sqlite3_context *context, const CablesTelegram *t) {
  CablesBuf b = {0};
  for (size_t i = 0; i < t->n_references; i++) {
    CablesSpan refid = t->references[i].refid;
    if (refid.z != NULL) cables_json_element(&b, refid);
  }
  cables_result_json_array(context, &b);
}

static void emit_date(sqlite3_context *context, bool known, CablesDate d) {
  if (!known || d.year == 0) {
    sqlite3_result_null(context);
  } else {
    CablesBuf b = {0};
    cables_date_print(&b, d);
    cables_result_buf(context, &b, false);
  }
}

static void emit_declass_date(sqlite3_context *context,
                              const CablesTelegram *t) {
  emit_date(context, t->has_declass, t->declass.date);
}

static void emit_declass_review(sqlite3_context *context,
                                const CablesTelegram *t) {
  emit_date(context, t->has_declass, t->declass.review);
}

static void emit_declass_kind(sqlite3_context *context,
                              const CablesTelegram *t) {
  cables_result_constant(
      context,
      t->has_declass ? cables_declass_kind_name(t->declass.kind) : NULL);
}

static void emit_declass_event(sqlite3_context *context,
                               const CablesTelegram *t) {
  cables_result_span(context,
                     t->has_declass ? t->declass.event : CABLES_NO_SPAN);
}

static void emit_declass_exemption(sqlite3_context *context,
                                   const CablesTelegram *t) {
  cables_result_span(context,
                     t->has_declass ? t->declass.exemption : CABLES_NO_SPAN);
}

static void emit_sections(sqlite3_context *context, const CablesTelegram *t) {
  cables_result_number(context, t->sections);
}

/* A count, which may be 0, of a text that holds a telegram. */
static void emit_count(sqlite3_context *context, const CablesTelegram *t,
                       size_t n) {
  if (t->found)
    cables_result_size(context, n);
  else
    sqlite3_result_null(context);
}

static void emit_paragraphs(sqlite3_context *context, const CablesTelegram *t) {
  emit_count(context, t, (size_t)t->n_numbered);
}

static void emit_redactions(sqlite3_context *context, const CablesTelegram *t) {
  emit_count(context, t, t->n_redactions);
}

static void emit_complete(sqlite3_context *context, const CablesTelegram *t) {
  emit_count(context, t, t->complete != 0);
}

static void emit_anomalies(sqlite3_context *context, const CablesTelegram *t) {
  CablesBuf b = {0};
  for (size_t i = 0; i < t->n_anomalies; i++)
    cables_json_element(&b, t->anomalies[i].message);
  cables_result_json_array(context, &b);
}

static void emit_attributes(sqlite3_context *context, const CablesTelegram *t) {
  CablesBuf b = {0};
  if (t->n_attributes == 0) {
    sqlite3_result_null(context);
    return;
  }
  for (size_t i = 0; i < t->n_attributes; i++) {
    cables_buf_byte(&b, i == 0 ? '{' : ',');
    cables_json_string(&b, t->attributes[i].name);
    cables_buf_byte(&b, ':');
    cables_json_string(&b, t->attributes[i].value);
  }
  cables_buf_byte(&b, '}');
  cables_result_buf(context, &b, true);
}

static void emit_text(sqlite3_context *context, const CablesTelegram *t) {
  CablesBuf b = {0};
  if (!cables_clean(t->text, &b)) b.oom = true;
  if (b.oom) {
    cables_result_buf(context, &b, false);
  } else {
    cables_result_span(context, cables_buf_get(&b));
    cables_buf_free(&b);
  }
}

static const CablesField fields[] = {
    [CABLES_COLUMN_REFID] = {"refid", "TEXT",
                             "canonical reference id: 06MOSCOW3687"},
    [CABLES_COLUMN_CREATED] =
        {"created", "TEXT",
         "when it was sent, UTC, by the date-time group; by the source's own "
         "record where there is no group or the two lie more than a day apart"},
    [CABLES_COLUMN_RELEASED] = {"released", "TEXT",
                                "when the source published it"},
    [CABLES_COLUMN_CLASSIFICATION] = {"classification", "TEXT",
                                      "level and handling: SECRET//NOFORN"},
    [CABLES_COLUMN_ORIGIN] = {"origin", "TEXT",
                              "the sending post in words: Embassy Moscow"},
    [CABLES_COLUMN_PRECEDENCE] = {"precedence", "TEXT",
                                  "of the message, the highest: IMMEDIATE"},
    [CABLES_COLUMN_DTG] = {"dtg", "TEXT",
                           "date-time group as printed: 071707Z APR 06"},
    [CABLES_COLUMN_SENDER] = {"sender", "TEXT",
                              "address of the FM line: AMEMBASSY MOSCOW"},
    [CABLES_COLUMN_DRAFTED_BY] = {"drafted_by", "TEXT",
                                  "who drafted it, as printed (1970s)"},
    [CABLES_COLUMN_APPROVED_BY] = {"approved_by", "TEXT",
                                   "who approved it, as printed (1970s)"},
    [CABLES_COLUMN_ACTION] = {"action", "JSON", "addressees of TO"},
    [CABLES_COLUMN_INFO] = {"info", "JSON", "addressees of INFO"},
    [CABLES_COLUMN_SUBJECT] = {"subject", "TEXT",
                               "on one line, without its portion marking"},
    [CABLES_COLUMN_SUBJECT_MARKING] =
        {"subject_marking", "TEXT",
         "portion marking that stood before the subject: S/NF"},
    [CABLES_COLUMN_TAGS] =
        {"tags", "JSON",
         "TAGS in the order printed, each once, put right: codes that run "
         "together taken apart, misspellings and old codes replaced"},
    [CABLES_COLUMN_TAGS_PRINTED] = {"tags_printed", "TEXT",
                                    "the TAGS line as printed, on one line"},
    [CABLES_COLUMN_REFS] =
        {"refs", "JSON",
         "canonical reference ids of the cables in the REF line, in order"},
    [CABLES_COLUMN_CAPTIONS] = {"captions", "JSON",
                                "handling captions: SIPDIS, NOFORN"},
    [CABLES_COLUMN_PASS] = {"pass", "JSON", "whom it is to be passed to"},
    [CABLES_COLUMN_EXECUTIVE_ORDER] =
        {"executive_order", "TEXT",
         "the order by which it is classified: 12958"},
    [CABLES_COLUMN_DECLASS_DATE] =
        {"declass_date", "TEXT",
         "day on which the cable's own marking declassifies it"},
    [CABLES_COLUMN_DECLASS_KIND] =
        {"declass_kind", "TEXT",
         "how that marking was read: date, schedule, computed, event, exempt, "
         "indefinite, review, downgrade, declassified, not_classified, "
         "missing, invalid_date, unknown_level, unknown_date, unparsed"},
    [CABLES_COLUMN_DECLASS_EVENT] =
        {"declass_event", "TEXT",
         "the event, where the marking names one instead of a date"},
    [CABLES_COLUMN_DECLASS_EXEMPTION] = {"declass_exemption", "TEXT",
                                         "X1, 25X1, XGDS-2, OADR, ..."},
    [CABLES_COLUMN_DECLASS_REVIEW] =
        {"declass_review", "TEXT",
         "day set for a review, which declassifies nothing by itself"},
    [CABLES_COLUMN_CLASSIFIED_BY] = {"classified_by", "TEXT",
                                     "name and office as printed"},
    [CABLES_COLUMN_REASONS] = {"reasons", "JSON",
                               "classification reasons: 1.4(b)"},
    [CABLES_COLUMN_SECTIONS] =
        {"sections", "INTEGER",
         "number of sections that the header announces; 1 if unsectioned"},
    [CABLES_COLUMN_SIGNER] = {"signer", "TEXT", "signature at the end"},
    [CABLES_COLUMN_SUMMARY] = {"summary", "TEXT",
                               "text of the summary, reflowed"},
    [CABLES_COLUMN_PARAGRAPHS] = {"paragraphs", "INTEGER",
                                  "number of numbered paragraphs"},
    [CABLES_COLUMN_REDACTIONS] = {"redactions", "INTEGER",
                                  "number of passages taken out"},
    [CABLES_COLUMN_COMPLETE] =
        {"complete", "INTEGER",
         "1 if every announced section is there and the text ends as a "
         "telegram ends, else 0"},
    [CABLES_COLUMN_ANOMALIES] =
        {"anomalies", "JSON",
         "what was odd, each a short sentence; NULL when nothing was"},
    [CABLES_COLUMN_ATTRIBUTES] =
        {"attributes", "JSON",
         "the archive's own record of the cable, name by name (1970s)"},
    [CABLES_COLUMN_TEXT] = {"text", "TEXT",
                            "the telegram alone, otherwise as printed"},
    [CABLES_COLUMN_BODY] =
        {"body", "TEXT",
         "from the first paragraph to the signature, page breaks taken out"},
    [CABLES_COLUMN_FORMAT] =
        {"format", "TEXT",
         "what the document is: telegram, page-text, page, bulk"},
    [CABLES_COLUMN_PATH] = {"path", "TEXT", "file, as reached from the source"},
    [CABLES_COLUMN_ENTRY] =
        {"entry", "TEXT",
         "member of an archive, or number of a record; NULL for a file"},
    [CABLES_COLUMN_OFFSET] =
        {"offset", "INTEGER",
         "where the document starts in its file, in bytes; NULL where that "
         "cannot be told, as inside what is compressed"},
    [CABLES_COLUMN_LENGTH] = {"length", "INTEGER",
                              "how many bytes it takes up there"},
    [CABLES_COLUMN_BYTES] = {"bytes", "INTEGER", "size of the document"},
    [CABLES_COLUMN_MTIME] = {"mtime", "TEXT", "last change of the file, UTC"},
    [CABLES_COLUMN_SOURCE] = {"source", "TEXT HIDDEN", "the argument"},
    [CABLES_COLUMN_PARSED] = {"parsed", "BLOB HIDDEN",
                              "what child tables take in place of text, so "
                              "that it is not parsed again; printed of "
                              "cable_paragraphs is not in it"},
    [CABLES_COLUMN_ITEM] = {"item", "TEXT HIDDEN NOT NULL",
                            "entry, or '' for a file: with path the identity "
                            "of the row"},
};

/* Every column must have a field. */
typedef char
    every_column_has_a_field[CABLES_COUNT(fields) == CABLES_N_COLUMNS ? 1 : -1];

/* item stands for entry in the key: SQLite takes the columns of a primary key
** for NOT NULL, and would answer `entry IS NULL` without looking. */
const CablesTable cables_table = {
    .name = "cables",
    .signature = "cables(source)",
    .meaning =
        "one row for each telegram of a file, a folder, a glob or a JSON array "
        "of those; also CREATE VIRTUAL TABLE name USING cables('source')",
    .example =
        "SELECT refid, created, subject "
        "FROM cables('examples/telegrams')",
    .fields = fields,
    .n_fields = CABLES_N_COLUMNS,
    .tail = ", PRIMARY KEY(path, item)) WITHOUT ROWID",
};

/* The member of a telegram that is the value. */
#define OFFSET(member) (offsetof(CablesTelegram, member) + 1)
#define SPAN(member) .span = OFFSET(member)
#define TEXTS(member) .texts = OFFSET(member)

/* Depths, and what is wanted. */
#define HEADER (CABLES_DEPTH_HEADER)
#define WHOLE (CABLES_DEPTH_WHOLE)
#define HEADING (CABLES_WANT_HEADER)
#define BODY (CABLES_WANT_BODY)

/* Texts that the help tries the functions on. */
#define ENVELOPE                                                             \
  "'R 071707Z APR 06' || char(10) || 'FM AMEMBASSY MOSCOW' || char(10) || "  \
  "'TO SECSTATE WASHDC PRIORITY 1234' || char(10) || 'INFO AMEMBASSY KYIV' " \
  "|| char(10) || 'C O N F I D E N T I A L MOSCOW 003687' || char(10) || "   \
  "'SIPDIS'"
#define SAMPLE_EO \
  ENVELOPE        \
  " || char(10) || 'E.O. 12958: DECL: 04/07/2016'"
#define SAMPLE_BODY                                                         \
  ENVELOPE                                                                  \
  " || char(10) || 'SUBJECT: A VISIT' || char(10) || char(10) || '1. (C) "  \
  "Summary: A minister came. End summary.' || char(10) || char(10) || '2. " \
  "(C) He left again.' || char(10) || 'BURNS'"

const CablesColumn cables_columns[CABLES_N_COLUMNS] = {
    [CABLES_COLUMN_REFID] = {HEADER, HEADING, SPAN(refid),
                             .function = "cable_refid", .sample = ENVELOPE},
    [CABLES_COLUMN_CREATED] = {HEADER, HEADING, SPAN(created),
                               .function = "cable_created", .sample = ENVELOPE},
    [CABLES_COLUMN_RELEASED] =
        {HEADER, HEADING, SPAN(released), .function = "cable_released",
         .sample =
             "'06MOSCOW3687 2006-04-07 17:05 2010-12-01 21:00 CONFIDENTIAL'"},
    [CABLES_COLUMN_CLASSIFICATION] = {HEADER, HEADING, SPAN(classification),
                                      .function = "cable_classification",
                                      .sample = ENVELOPE},
    [CABLES_COLUMN_ORIGIN] = {HEADER, HEADING, SPAN(origin),
                              .function = "cable_origin", .sample = ENVELOPE},
    [CABLES_COLUMN_PRECEDENCE] = {HEADER, HEADING, SPAN(precedence),
                                  .function = "cable_precedence",
                                  .sample = ENVELOPE},
    [CABLES_COLUMN_DTG] = {HEADER, HEADING, SPAN(dtg), .function = "cable_dtg",
                           .sample = ENVELOPE},
    [CABLES_COLUMN_SENDER] = {HEADER, HEADING, SPAN(sender),
                              .function = "cable_sender", .sample = ENVELOPE},
    [CABLES_COLUMN_DRAFTED_BY] =
        {HEADER, HEADING, SPAN(drafted_by), .function = "cable_drafted_by",
         .sample =
             "'FM SECSTATE WASHDC' || char(10) || 'DRAFTED BY EUR/SOV:JSMITH'"},
    [CABLES_COLUMN_APPROVED_BY] =
        {HEADER, HEADING, SPAN(approved_by), .function = "cable_approved_by",
         .sample =
             "'FM SECSTATE WASHDC' || char(10) || 'APPROVED BY EUR:JSMITH'"},
    [CABLES_COLUMN_ACTION] = {HEADER, HEADING, .emit = emit_action,
                              .function = "cable_action", .sample = ENVELOPE},
    [CABLES_COLUMN_INFO] = {HEADER, HEADING, .emit = emit_info,
                            .function = "cable_info", .sample = ENVELOPE},
    [CABLES_COLUMN_SUBJECT] = {HEADER, HEADING, SPAN(subject),
                               .function = "cable_subject",
                               .sample = "'SUBJECT: A VISIT'"},
    [CABLES_COLUMN_SUBJECT_MARKING] = {HEADER, HEADING, SPAN(subject_marking),
                                       .function = "cable_subject_marking",
                                       .sample = "'SUBJECT: (C) A VISIT'"},
    [CABLES_COLUMN_TAGS] = {HEADER, HEADING, TEXTS(tags),
                            .function = "cable_tags",
                            .sample = "'TAGS: PREL, RS'"},
    [CABLES_COLUMN_TAGS_PRINTED] = {HEADER, HEADING, SPAN(tags_printed),
                                    .function = "cable_tags_printed",
                                    .sample = "'TAGS: PREL, RS'"},
    [CABLES_COLUMN_REFS] = {HEADER, HEADING, .emit = emit_refs,
                            .function = "cable_refs",
                            .sample = "'REF: A. 06 MOSCOW 3510'"},
    [CABLES_COLUMN_CAPTIONS] = {HEADER, HEADING, TEXTS(captions),
                                .function = "cable_captions",
                                .sample = ENVELOPE},
    [CABLES_COLUMN_PASS] = {HEADER, HEADING, TEXTS(pass),
                            .function = "cable_pass",
                            .sample = "'DEPT PASS USTR'"},
    [CABLES_COLUMN_EXECUTIVE_ORDER] = {HEADER, HEADING, SPAN(executive_order),
                                       .function = "cable_executive_order",
                                       .sample = SAMPLE_EO},
    [CABLES_COLUMN_DECLASS_DATE] = {HEADER, HEADING, .emit = emit_declass_date,
                                    .function = "declass_date",
                                    .sample = SAMPLE_EO},
    [CABLES_COLUMN_DECLASS_KIND] = {HEADER, HEADING, .emit = emit_declass_kind,
                                    .function = "declass_kind",
                                    .sample = SAMPLE_EO},
    [CABLES_COLUMN_DECLASS_EVENT] = {HEADER, HEADING,
                                     .emit = emit_declass_event,
                                     .function = "declass_event",
                                     .sample =
                                         "'E.O. 12958: DECL: UPON WITHDRAWAL'"},
    [CABLES_COLUMN_DECLASS_EXEMPTION] = {HEADER, HEADING,
                                         .emit = emit_declass_exemption,
                                         .function = "declass_exemption",
                                         .sample = "'E.O. 12958: DECL: X1'"},
    [CABLES_COLUMN_DECLASS_REVIEW] = {HEADER, HEADING,
                                      .emit = emit_declass_review,
                                      .function = "declass_review",
                                      .sample = "'E.O. 12065: RDS-1 4/7/96'"},
    [CABLES_COLUMN_CLASSIFIED_BY] =
        {HEADER, HEADING, SPAN(classified_by),
         .function = "cable_classified_by",
         .sample = "'Classified By: A/DCM Jane Doe. Reasons 1.4 (b, d).'"},
    [CABLES_COLUMN_REASONS] =
        {HEADER, HEADING, TEXTS(reasons), .function = "cable_reasons",
         .sample = "'Classified By: A/DCM Jane Doe. Reasons 1.4 (b, d).'"},
    [CABLES_COLUMN_SECTIONS] = {HEADER, HEADING, .emit = emit_sections,
                                .function = "cable_sections",
                                .sample = ENVELOPE},
    [CABLES_COLUMN_SIGNER] = {WHOLE, BODY, SPAN(signer),
                              .function = "cable_signer",
                              .sample = SAMPLE_BODY},
    [CABLES_COLUMN_SUMMARY] = {WHOLE, BODY, SPAN(summary),
                               .function = "cable_summary",
                               .sample = SAMPLE_BODY},
    [CABLES_COLUMN_PARAGRAPHS] = {WHOLE, BODY, .emit = emit_paragraphs,
                                  .function = "cable_paragraphs",
                                  .sample = SAMPLE_BODY},
    [CABLES_COLUMN_REDACTIONS] = {WHOLE, BODY | CABLES_WANT_REDACTIONS,
                                  .emit = emit_redactions,
                                  .function = "cable_redactions",
                                  .sample = SAMPLE_BODY},
    [CABLES_COLUMN_COMPLETE] = {WHOLE, BODY, .emit = emit_complete,
                                .function = "cable_complete",
                                .sample = SAMPLE_BODY},
    [CABLES_COLUMN_ANOMALIES] = {WHOLE, BODY, .emit = emit_anomalies,
                                 .function = "cable_anomalies",
                                 .sample = SAMPLE_BODY},
    [CABLES_COLUMN_ATTRIBUTES] = {WHOLE, CABLES_WANT_TEXT,
                                  .emit = emit_attributes,
                                  .function = "cable_attributes",
                                  .sample = ENVELOPE
                                  " || char(10) || 'Message Attributes' || "
                                  "char(10) || 'Film Number: D750123-0456'"},
    [CABLES_COLUMN_TEXT] = {WHOLE, CABLES_WANT_TEXT, .emit = emit_text,
                            .function = "cable_text", .sample = SAMPLE_BODY},
    [CABLES_COLUMN_BODY] = {WHOLE, BODY, SPAN(body), .function = "cable_body",
                            .sample = SAMPLE_BODY},
    [CABLES_COLUMN_FORMAT] = {.depth = HEADER},
    [CABLES_COLUMN_PARSED] = {.depth = WHOLE,
                              .want = BODY | CABLES_WANT_CITATIONS |
                                      CABLES_WANT_REDACTIONS |
                                      CABLES_WANT_TEXT},
};

/* The member of a telegram at an offset plus one. */
static const void *member(const CablesTelegram *t, size_t offset) {
  return (const char *)t + (offset - 1);
}

void cables_column_emit(CablesColumnId id, sqlite3_context *context,
                        const CablesTelegram *t) {
  const CablesColumn *column = &cables_columns[id];
  if (column->span > 0) {
    const CablesSpan *s = member(t, column->span);
    cables_result_span(context, *s);
  } else if (column->texts > 0) {
    const CablesTexts *texts = member(t, column->texts);
    cables_result_texts(context, texts->items, texts->n);
  } else {
    column->emit(context, t);
  }
}

CablesDepth cables_columns_depth(sqlite3_uint64 used) {
  CablesDepth depth = CABLES_DEPTH_FOUND;
  for (size_t i = 0; i < CABLES_N_COLUMNS; i++) {
    if ((used >> i & 1) != 0 && cables_columns[i].depth > depth)
      depth = cables_columns[i].depth;
  }
  return depth;
}

#define USED(id) ((sqlite3_uint64)1 << CABLES_COLUMN_##id)

/* What a telegram need not be parsed for, and the columns that need it. */
static const struct {
  unsigned without;
  sqlite3_uint64 columns;
} optional[] = {
    {CABLES_WITHOUT_ADDRESSEES, USED(ACTION) | USED(INFO) | USED(PARSED)},
    {CABLES_WITHOUT_REFERENCES, USED(REFS) | USED(PARSED)},
    {CABLES_WITHOUT_CLASSIFIER, USED(CLASSIFIED_BY) | USED(REASONS)},
    {CABLES_WITHOUT_ANOMALIES, USED(ANOMALIES) | USED(COMPLETE) | USED(PARSED)},
    {CABLES_WITHOUT_BODY_TEXT, USED(BODY) | USED(SUMMARY)},
};

unsigned cables_columns_want(sqlite3_uint64 used) {
  unsigned want = CABLES_WANT_HEADER;
  for (size_t i = 0; i < CABLES_COUNT(optional); i++) {
    if ((used & optional[i].columns) == 0) want |= optional[i].without;
  }
  for (size_t i = 0; i < CABLES_N_COLUMNS; i++) {
    if ((used >> i & 1) != 0) want |= cables_columns[i].want;
  }
  return want;
}
