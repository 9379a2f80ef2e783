/*
** The scalar functions: those of the columns, and the table of the others.
** What a function may do stands in that table, with its flags.
*/
#include "functions.h"

#include "cables.h"
#include "cite.h"
#include "columns.h"
#include "result.h"
#include "source/archive.h"
#include "telegram/patterns.h"
#include "telegram/refid.h"

static CablesDb *db_of(sqlite3_context *context) {
  const CablesBinding *binding = sqlite3_user_data(context);
  return binding->db;
}

/* An argument as a span: false, with the result set, when it is NULL or memory
** is out. */
static bool argument(sqlite3_context *context, sqlite3_value *value,
                     CablesSpan *out) {
  if (cables_value_span(value, out) != SQLITE_OK)
    sqlite3_result_error_nomem(context);
  else if (out->z == NULL)
    sqlite3_result_null(context);
  else
    return true;
  return false;
}

/* Whether an optional year is there: false, with the result set, when it is
** NULL. */
static bool year_argument(sqlite3_context *context, int n_args,
                          sqlite3_value **args, int *year) {
  *year = 0;
  if (n_args < 2) return true;
  if (sqlite3_value_type(args[1]) == SQLITE_NULL) {
    sqlite3_result_null(context);
    return false;
  }
  sqlite3_int64 n = sqlite3_value_int64(args[1]);
  if (n > 0 && n <= 9999) *year = (int)n;
  return true;
}

/* cable_subject(text) and all other functions of a column; refs takes a year
** too. */
static void call_column(sqlite3_context *context, int n_args,
                        sqlite3_value **args) {
  const CablesBinding *binding = sqlite3_user_data(context);
  const CablesColumn *column = binding->item;
  CablesSpan text;
  int year;
  if (!argument(context, args[0], &text)) return;
  if (!year_argument(context, n_args, args, &year)) return;
  CablesParseOptions options = {.want = column->want, .year = year};
  const CablesTelegram *t = cables_db_parse(binding->db, text, &options);
  if (t == NULL)
    sqlite3_result_error_nomem(context);
  else
    cables_column_emit((CablesColumnId)(column - cables_columns), context, t);
}

/* The telegram with its heading; NULL when memory is out. */
static const CablesTelegram *parse_heading(sqlite3_context *context,
                                           CablesSpan text) {
  CablesParseOptions options = {.want = CABLES_WANT_HEADER};
  return cables_db_parse(db_of(context), text, &options);
}

static void call_declass_basis(sqlite3_context *context, int n_args,
                               sqlite3_value **args) {
  CablesSpan text;
  (void)n_args;
  if (!argument(context, args[0], &text)) return;
  const CablesTelegram *t = parse_heading(context, text);
  if (t == NULL)
    sqlite3_result_error_nomem(context);
  else
    cables_result_span(context,
                       t->has_declass ? t->declass.basis : CABLES_NO_SPAN);
}

static void call_version(sqlite3_context *context, int n_args,
                         sqlite3_value **args) {
  (void)n_args;
  (void)args;
  cables_result_constant(context, CABLES_VERSION);
}

static void call_debug(sqlite3_context *context, int n_args,
                       sqlite3_value **args) {
  (void)n_args;
  (void)args;
  CablesBuf b = {0};
  cables_buf_format(&b, "cables %s\n", CABLES_VERSION);
#if defined(__VERSION__)
  cables_buf_format(&b, "compiler: %s\n", __VERSION__);
#endif
#if defined(NDEBUG)
  cables_buf_text(&b, "assertions: no\n");
#else
  cables_buf_text(&b, "assertions: yes\n");
#endif
  cables_buf_format(&b, "PCRE2: %s, JIT: %s\n", cables_pcre2_version(),
                    cables_pcre2_jit() ? "yes" : "no");
  cables_buf_format(&b, "SQLite: %s, headers: %s\n", sqlite3_libversion(),
                    SQLITE_VERSION);
  cables_buf_format(&b, "archives: %s", cables_archive_library());
  cables_result_buf(context, &b, false);
}

static void call_stats(sqlite3_context *context, int n_args,
                       sqlite3_value **args) {
  (void)n_args;
  (void)args;
  CablesBuf b = {0};
  cables_db_stats(db_of(context), &b);
  cables_result_buf(context, &b, true);
}

static void call_config(sqlite3_context *context, int n_args,
                        sqlite3_value **args) {
  cables_settings_call(&db_of(context)->settings, context, args[0],
                       n_args > 1 ? args[1] : NULL);
}

/* Reads a reference id; false, with the result set, when there is none. */
static bool read_refid(sqlite3_context *context, int n_args,
                       sqlite3_value **args, CablesArena *arena,
                       CablesRefid *id) {
  CablesSpan text;
  int year;
  if (!argument(context, args[0], &text)) return false;
  if (!year_argument(context, n_args, args, &year)) return false;
  if (cables_refid_read(text, year, arena, id)) return true;
  if (arena->oom)
    sqlite3_result_error_nomem(context);
  else
    sqlite3_result_null(context);
  return false;
}

static void call_normalize(sqlite3_context *context, int n_args,
                           sqlite3_value **args) {
  CablesArena arena = {0};
  CablesRefid id;
  if (read_refid(context, n_args, args, &arena, &id)) {
    CablesBuf b = {0};
    cables_refid_print(&b, id);
    cables_result_buf(context, &b, false);
  }
  cables_arena_free(&arena);
}

static void call_nara(sqlite3_context *context, int n_args,
                      sqlite3_value **args) {
  CablesArena arena = {0};
  CablesRefid id;
  if (read_refid(context, n_args, args, &arena, &id)) {
    CablesBuf b = {0};
    cables_refid_print_nara(&b, id);
    cables_result_buf(context, &b, false);
  }
  cables_arena_free(&arena);
}

/* Gives what cite.c made of a request. */
static void result_cite(sqlite3_context *context, CablesCiteResult result,
                        CablesBuf *b) {
  if (b->oom || result == CABLES_CITE_OK) {
    cables_result_buf(context, b, false);
    return;
  }
  if (result == CABLES_CITE_FAULT) {
    char *message = sqlite3_mprintf("cables: %.*s", (int)b->n, b->z);
    if (message != NULL)
      sqlite3_result_error(context, message, -1);
    else
      sqlite3_result_error_nomem(context);
    sqlite3_free(message);
  } else {
    sqlite3_result_null(context);
  }
  cables_buf_free(b);
}

/* refid_url(ref [, site [, created]]). */
static void call_url(sqlite3_context *context, int n_args,
                     sqlite3_value **args) {
  CablesBuf b = {0};
  CablesSpan ref;
  CablesSpan site = CABLES_LIT("plusd");
  CablesSpan created = CABLES_NO_SPAN;
  if (!argument(context, args[0], &ref)) return;
  if (n_args > 1 && !argument(context, args[1], &site)) return;
  if (n_args > 2 && !argument(context, args[2], &created)) return;
  CablesDate sent = cables_date_from_iso(created);
  result_cite(context, cables_cite_url(ref, site, sent, &b), &b);
}

/* cable_cite(text, style). */
static void call_cite(sqlite3_context *context, int n_args,
                      sqlite3_value **args) {
  CablesSpan text;
  CablesSpan style;
  CablesBuf b = {0};
  (void)n_args;
  if (!argument(context, args[0], &text) || !argument(context, args[1], &style))
    return;
  const CablesTelegram *t = parse_heading(context, text);
  if (t == NULL)
    sqlite3_result_error_nomem(context);
  else
    result_cite(context, cables_cite_print(t, style, &b), &b);
}

static void call_refid_year(sqlite3_context *context, int n_args,
                            sqlite3_value **args) {
  CablesArena arena = {0};
  CablesRefid id;
  if (read_refid(context, n_args, args, &arena, &id))
    cables_result_number(context, id.year);
  cables_arena_free(&arena);
}

static void call_refid_post(sqlite3_context *context, int n_args,
                            sqlite3_value **args) {
  CablesArena arena = {0};
  CablesRefid id;
  if (read_refid(context, n_args, args, &arena, &id))
    cables_result_span(context, id.post);
  cables_arena_free(&arena);
}

static void call_refid_serial(sqlite3_context *context, int n_args,
                              sqlite3_value **args) {
  CablesArena arena = {0};
  CablesRefid id;
  if (read_refid(context, n_args, args, &arena, &id))
    sqlite3_result_int64(context, id.serial);
  cables_arena_free(&arena);
}

static void call_rank(sqlite3_context *context, int n_args,
                      sqlite3_value **args) {
  CablesSpan marking;
  (void)n_args;
  if (!argument(context, args[0], &marking)) return;
  int rank = cables_classification_rank(marking);
  if (rank < 0)
    sqlite3_result_null(context);
  else
    sqlite3_result_int(context, rank);
}

static void result_date(sqlite3_context *context, CablesDate d) {
  if (d.year == 0) {
    sqlite3_result_null(context);
    return;
  }
  CablesBuf b = {0};
  cables_date_print(&b, d);
  cables_result_buf(context, &b, false);
}

/* Reads order, marking, level, created; only the marking must not be NULL: of
** the others NULL means that they are not known.  False, with the result set,
** when there is nothing to give. */
static bool read_schedule(sqlite3_context *context, sqlite3_value **args,
                          CablesArena *arena, CablesDeclass *out) {
  CablesSpan part[4];
  for (int i = 0; i < 4; i++) {
    if (cables_value_span(args[i], &part[i]) != SQLITE_OK) {
      sqlite3_result_error_nomem(context);
      return false;
    }
  }
  if (part[1].z == NULL) {
    sqlite3_result_null(context);
    return false;
  }
  int level = part[2].z == NULL ? -1 : cables_classification_rank(part[2]);
  CablesDate created = {0};
  if (part[3].z != NULL) created = cables_date_from_iso(part[3]);
  cables_declass_read(part[0], part[1], level, created, arena, out);
  if (!arena->oom) return true;
  sqlite3_result_error_nomem(context);
  return false;
}

static void call_schedule(sqlite3_context *context, int n_args,
                          sqlite3_value **args) {
  CablesArena arena = {0};
  CablesDeclass d = {0};
  (void)n_args;
  if (read_schedule(context, args, &arena, &d)) result_date(context, d.date);
  cables_arena_free(&arena);
}

static void call_schedule_review(sqlite3_context *context, int n_args,
                                 sqlite3_value **args) {
  CablesArena arena = {0};
  CablesDeclass d = {0};
  (void)n_args;
  if (read_schedule(context, args, &arena, &d)) result_date(context, d.review);
  cables_arena_free(&arena);
}

static void call_schedule_kind(sqlite3_context *context, int n_args,
                               sqlite3_value **args) {
  CablesArena arena = {0};
  CablesDeclass d = {0};
  (void)n_args;
  if (read_schedule(context, args, &arena, &d))
    cables_result_constant(context, cables_declass_kind_name(d.kind));
  cables_arena_free(&arena);
}

static void call_automatic(sqlite3_context *context, int n_args,
                           sqlite3_value **args) {
  CablesSpan created;
  (void)n_args;
  if (argument(context, args[0], &created))
    result_date(context,
                cables_declass_automatic(cables_date_from_iso(created)));
}

/* A function of a text that gives a text. */
static void call_text(sqlite3_context *context, sqlite3_value *arg,
                      bool (*make)(CablesSpan, CablesBuf *)) {
  CablesSpan text;
  CablesBuf b = {0};
  if (!argument(context, arg, &text)) return;
  if (!make(text, &b)) b.oom = true;
  if (b.oom) {
    cables_result_buf(context, &b, false);
  } else {
    cables_result_span(context, cables_buf_get(&b));
    cables_buf_free(&b);
  }
}

static void call_reflow(sqlite3_context *context, int n_args,
                        sqlite3_value **args) {
  (void)n_args;
  call_text(context, args[0], cables_reflow);
}

static void call_repair(sqlite3_context *context, int n_args,
                        sqlite3_value **args) {
  (void)n_args;
  call_text(context, args[0], cables_repair);
}

static void call_progress(sqlite3_context *context, int n_args,
                          sqlite3_value **args) {
  CablesDb *db = db_of(context);
  (void)n_args;
  sqlite3_result_value(context, args[0]);
  if (db->settings.progress == 0) return;
  if (sqlite3_value_type(args[0]) == SQLITE_NULL)
    cables_tally_end(&db->tally);
  else
    cables_tally(&db->tally, sqlite3_value_int64(args[0]),
                 sqlite3_value_int64(args[1]));
}

/* Of texts and numbers alone: the same for the same arguments, bounded, and
** harmless in the schema of a stranger. */
#define PURE (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS)
/* Tells of the program only what it is built from. */
#define ABOUT (SQLITE_UTF8 | SQLITE_INNOCUOUS)
/* Tells what the connection did: changes from call to call. */
#define COUNTERS (SQLITE_UTF8 | SQLITE_RESULT_SUBTYPE)
/* Writes figures for the eye, and only where the application wants to see
** them: also from a trigger of a database that is not trusted. */
#define SHOWS (SQLITE_UTF8 | SQLITE_INNOCUOUS)
/* Changes what may be read: for the SQL of the application alone. */
#define DIRECT (SQLITE_UTF8 | SQLITE_DIRECTONLY)

const CablesFunction cables_functions[] = {
    {"cables_version", 0, PURE, false, call_version, "cables_version()",
     "version of this extension: MAJOR.MINOR.PATCH", "SELECT cables_version()"},
    {"cables_debug", 0, ABOUT, false, call_debug, "cables_debug()",
     "version, build, PCRE2, SQLite and archive support, line by line",
     "SELECT cables_debug()"},
    {"cables_stats", 0, COUNTERS, false, call_stats, "cables_stats()",
     "JSON object of this connection's counters: files_listed, files_opened, "
     "bytes_read, documents_parsed, parses",
     "SELECT cables_stats()"},
    {"cables_config", 1, DIRECT, true, call_config,
     "cables_config(name [, value])",
     "reads or sets a setting of this connection; gives its value",
     "SELECT cables_config('max_bytes')"},
    {"cables_config", 2, DIRECT, true, call_config, NULL, NULL, NULL},
    {"cables_progress", 2, SHOWS, false, call_progress,
     "cables_progress(done, total)",
     "shows how many rows a long statement has stored, as a line on standard "
     "error if the setting progress is 1 and that is a terminal; done is NULL "
     "at the end; gives done",
     "SELECT cables_progress(1, 25000)"},
    {"refid_normalize", 1, PURE, false, call_normalize,
     "refid_normalize(ref [, year])",
     "canonical reference id from any spelling; the year serves where the "
     "spelling has none; NULL if it is none",
     "SELECT refid_normalize('06 MOSCOW 003687')"},
    {"refid_normalize", 2, PURE, false, call_normalize, NULL, NULL, NULL},
    {"refid_year", 1, PURE, false, call_refid_year, "refid_year(ref)",
     "year of a reference id, four digits",
     "SELECT refid_year('06MOSCOW3687')"},
    {"refid_post", 1, PURE, false, call_refid_post, "refid_post(ref)",
     "post of a reference id", "SELECT refid_post('06MOSCOW3687')"},
    {"refid_serial", 1, PURE, false, call_refid_serial, "refid_serial(ref)",
     "number of a reference id", "SELECT refid_serial('06MOSCOW3687')"},
    {"refid_nara", 1, PURE, false, call_nara, "refid_nara(ref)",
     "reference id as the National Archives write it: 1974STATE262518",
     "SELECT refid_nara('74STATE262518')"},
    {"refid_url", 1, PURE, false, call_url,
     "refid_url(ref [, site [, created]])",
     "address of its page on a public site: plusd (the default) or cablegate, "
     "whose addresses hold the month it was sent in; whether there is a page "
     "it does not know, and of 1973-76 some ids have no _b there",
     "SELECT refid_url('1977TOKYO13557')"},
    {"refid_url", 2, PURE, false, call_url, NULL, NULL, NULL},
    {"refid_url", 3, PURE, false, call_url, NULL, NULL, NULL},
    {"classification_rank", 1, PURE, false, call_rank,
     "classification_rank(marking)",
     "0 unclassified, 1 restricted handling, 2 confidential, 3 secret, 4 top "
     "secret; takes levels, full markings and portion markings; NULL if none",
     "SELECT classification_rank('S/NF')"},
    {"declass_schedule", 4, PURE, false, call_schedule,
     "declass_schedule(order, marking, level, created)",
     "day that an executive order's marking declassifies on; a NULL order, "
     "level or created is one that is not known, a NULL marking gives NULL",
     "SELECT declass_schedule('11652', 'GDS', 'SECRET', '1974-03-01')"},
    {"declass_schedule_kind", 4, PURE, false, call_schedule_kind,
     "declass_schedule_kind(order, marking, level, created)",
     "how the marking was read, as in the column declass_kind",
     "SELECT declass_schedule_kind('11652', 'GDS', 'SECRET', '1974-03-01')"},
    {"declass_schedule_review", 4, PURE, false, call_schedule_review,
     "declass_schedule_review(order, marking, level, created)",
     "day set for a review",
     "SELECT declass_schedule_review('12065', 'RDS-1 3/1/99', 'SECRET', "
     "'1979-03-01')"},
    {"declass_automatic", 1, PURE, false, call_automatic,
     "declass_automatic(created)",
     "31 December, 25 years on: the automatic date of E.O. 12958 and 13526",
     "SELECT declass_automatic('1974-03-01')"},
    {"declass_basis", 1, PURE, false, call_declass_basis, "declass_basis(text)",
     "the rule of the order that gave declass_date, in a short sentence",
     "SELECT declass_basis('E.O. 12958: DECL: 04/07/2016')"},
    {"cable_cite", 2, PURE, false, call_cite, "cable_cite(text, style)",
     "a citation of the telegram: chicago (a note), nara (as the National "
     "Archives want it), bibtex (an entry); NULL without a reference id",
     "SELECT cable_cite('R 071707Z APR 06' || char(10) || 'FM AMEMBASSY "
     "MOSCOW' || char(10) || 'C O N F I D E N T I A L MOSCOW 003687' || "
     "char(10) || 'SUBJECT: A VISIT', 'chicago')"},
    {"cable_reflow", 1, PURE, false, call_reflow, "cable_reflow(text)",
     "hard-wrapped lines joined into paragraphs",
     "SELECT cable_reflow('one' || char(10) || 'two')"},
    {"cable_repair", 1, PURE, false, call_repair, "cable_repair(text)",
     "apostrophes, quotation marks and dashes put right that the message "
     "system damaged, where the place leaves no doubt",
     "SELECT cable_repair('The President,s &window8 ) closed')"},
};
const size_t cables_n_functions = CABLES_COUNT(cables_functions);

/* Registers one; the destructor is called on failure too. */
static int create(sqlite3 *sqlite, CablesDb *db, const char *name, int n_args,
                  int flags, const void *item,
                  void (*call)(sqlite3_context *, int, sqlite3_value **)) {
  CablesBinding *binding = cables_binding_new(db, item);
  if (binding == NULL) return SQLITE_NOMEM;
  return sqlite3_create_function_v2(sqlite, name, n_args, flags, binding, call,
                                    NULL, NULL, cables_binding_free);
}

/* Whether the column is declared as JSON. */
static bool is_json(size_t column) {
  return cables_equal(cables_span(cables_table.fields[column].type),
                      CABLES_LIT("JSON"));
}

int cables_functions_register(sqlite3 *sqlite, CablesDb *db, bool files) {
  int rc = SQLITE_OK;
  for (size_t i = 0; rc == SQLITE_OK && i < cables_n_functions; i++) {
    const CablesFunction *f = &cables_functions[i];
    if (f->files && !files) continue;
    rc = create(sqlite, db, f->name, f->n_args, f->flags, f, f->call);
  }
  for (size_t i = 0; rc == SQLITE_OK && i < CABLES_N_COLUMNS; i++) {
    const CablesColumn *column = &cables_columns[i];
    if (column->function == NULL) continue;
    int flags = PURE | (is_json(i) ? SQLITE_RESULT_SUBTYPE : 0);
    rc = create(sqlite, db, column->function, 1, flags, column, call_column);
    if (rc == SQLITE_OK && i == CABLES_COLUMN_REFS)
      rc = create(sqlite, db, column->function, 2, flags, column, call_column);
  }
  return rc;
}
