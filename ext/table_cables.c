/*
** The virtual table cables(source): see table_cables.h.  Knows SQLite's
** protocol and nothing of files: plan.c says what a query asks, scan.c walks.
*/
#include "table_cables.h"

#include "base/mem.h"
#include "columns.h"
#include "packed.h"
#include "result.h"
#include "scan.h"
#include "trimmed.h"

typedef struct Table {
  sqlite3_vtab base;
  sqlite3 *sqlite;
  CablesDb *db;
  CablesBuf source; /* argument of CREATE VIRTUAL TABLE */
  bool has_source;  /* there was one */
} Table;

typedef struct Cursor {
  sqlite3_vtab_cursor base;
  CablesScan scan;
  sqlite3_value *source; /* argument of the query, or NULL */
  CablesBuf text;        /* of the row, as the column gives it */
  bool has_text;         /* that is made */
  CablesArena arena;     /* of what is made of the row's telegram */
} Cursor;

static Table *table_of(sqlite3_vtab_cursor *cursor) {
  return (Table *)cursor->pVtab;
}

/* Sets the table's error text to "cables: " and the scan's; passes rc on. */
static int report(Table *table, CablesScan *scan, int rc) {
  if (rc != SQLITE_ERROR) return rc;
  sqlite3_free(table->base.zErrMsg);
  table->base.zErrMsg =
      sqlite3_mprintf("cables: %.*s", (int)scan->error.n, scan->error.z);
  return table->base.zErrMsg != NULL ? rc : SQLITE_NOMEM;
}

/* Reads an argument of CREATE VIRTUAL TABLE: SQL's quotes around it are taken
** off, doubled ones inside halved. */
static void unquote(const char *z, CablesBuf *out) {
  CablesSpan s = cables_trim(cables_span(z));
  char quote = s.n > 0 ? s.z[0] : '\0';
  if (quote == '[') quote = ']';
  bool quoted = s.n >= 2 &&
                (quote == '\'' || quote == '"' || quote == '`' || quote == ']');
  if (!quoted || s.z[s.n - 1] != quote) {
    cables_buf_span(out, s);
    return;
  }
  for (size_t i = 1; i < s.n - 1; i++) {
    cables_buf_byte(out, s.z[i]);
    if (s.z[i] == quote && s.z[i + 1] == quote && i + 1 < s.n - 1) i++;
  }
}

/* An error that says why; SQLITE_NOMEM where it cannot. */
static int refuse(char **error, const char *why) {
  *error = sqlite3_mprintf("cables: %s", why);
  return *error != NULL ? SQLITE_ERROR : SQLITE_NOMEM;
}

/* Takes the arguments behind module, database and table name. */
static int read_arguments(Table *table, int argc, const char *const *argv,
                          char **error) {
  if (argc > 4)
    return refuse(error,
                  "one source is needed: several go into a JSON array: "
                  "cables('[\"1973\",\"1974\"]')");
  if (argc == 4) unquote(argv[3], &table->source);
  if (table->source.oom) return SQLITE_NOMEM;
  table->has_source = table->source.n > 0;
  bool is_function = argc == 3 && sqlite3_stricmp(argv[0], argv[2]) == 0;
  if (table->has_source || is_function) return SQLITE_OK;
  return refuse(error,
                "a source is needed: CREATE VIRTUAL TABLE name "
                "USING cables('folder')");
}

static int table_disconnect(sqlite3_vtab *base) {
  Table *table = (Table *)base;
  cables_buf_free(&table->source);
  cables_free(table);
  return SQLITE_OK;
}

/* Touches no file: a table whose folder is gone can still be dropped. */
static int table_connect(sqlite3 *sqlite, void *aux, int argc,
                         const char *const *argv, sqlite3_vtab **out,
                         char **error) {
  const CablesBinding *binding = aux;
  Table *table = cables_malloc(sizeof(*table));
  if (table == NULL) return SQLITE_NOMEM;
  *table = (Table){.sqlite = sqlite, .db = binding->db};
  int rc = read_arguments(table, argc, argv, error);
  if (rc == SQLITE_OK) rc = cables_schema_declare(sqlite, &cables_table);
  /* It tells what lies outside the database: no stored view or trigger may. */
  if (rc == SQLITE_OK) rc = sqlite3_vtab_config(sqlite, SQLITE_VTAB_DIRECTONLY);
  if (rc == SQLITE_OK)
    *out = &table->base;
  else
    table_disconnect(&table->base);
  return rc;
}

static int table_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  return cables_plan_best(info, ((Table *)base)->has_source);
}

static int table_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
  Table *table = (Table *)base;
  Cursor *cursor = cables_malloc(sizeof(*cursor));
  if (cursor == NULL) return SQLITE_NOMEM;
  *cursor = (Cursor){.scan = {.db = table->db, .sqlite = table->sqlite}};
  *out = &cursor->base;
  return SQLITE_OK;
}

static int table_close(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)base;
  cables_scan_free(&cursor->scan);
  sqlite3_value_free(cursor->source);
  cables_buf_free(&cursor->text);
  cables_arena_free(&cursor->arena);
  cables_free(cursor);
  return SQLITE_OK;
}

/* Forgets the text of the row; a long one's memory too. */
static void forget_text(Cursor *cursor) {
  cursor->has_text = false;
  cursor->text.n = 0;
  if (cursor->text.cap > CABLES_CACHE_LARGE || cursor->text.oom)
    cables_buf_free(&cursor->text);
}

/* Keeps the query's source, as values die when xFilter returns.  There must be
** one. */
static int take_source(Cursor *cursor, sqlite3_value **values,
                       CablesSpan *source) {
  Table *table = table_of(&cursor->base);
  const CablesPlan *plan = &cursor->scan.plan;
  sqlite3_value_free(cursor->source);
  cursor->source = NULL;
  if (table->has_source) {
    *source = cables_buf_get(&table->source);
    return SQLITE_OK;
  }
  for (int i = 0; i < plan->n_terms; i++) {
    if (plan->terms[i].column != CABLES_COLUMN_SOURCE) continue;
    cursor->source = sqlite3_value_dup(values[i]);
    if (cursor->source == NULL) return SQLITE_NOMEM;
    return cables_value_span(cursor->source, source);
  }
  cables_buf_text(&cursor->scan.error, "a source is needed: cables('folder')");
  return cursor->scan.error.oom ? SQLITE_NOMEM : SQLITE_ERROR;
}

static int table_filter(sqlite3_vtab_cursor *base, int number, const char *text,
                        int n_values, sqlite3_value **values) {
  Cursor *cursor = (Cursor *)base;
  CablesScan *scan = &cursor->scan;
  CablesSpan source;
  (void)n_values;
  forget_text(cursor);
  cables_scan_stop(scan);
  cables_plan_read(text, number, &scan->plan);
  int rc = take_source(cursor, values, &source);
  if (rc == SQLITE_OK) rc = cables_scan_start(scan, source, values);
  return report(table_of(base), scan, rc);
}

static int table_next(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)base;
  forget_text(cursor);
  return report(table_of(base), &cursor->scan, cables_scan_next(&cursor->scan));
}

static int table_eof(sqlite3_vtab_cursor *base) {
  return ((Cursor *)base)->scan.at_end;
}

/* What was odd: of the file, then of the telegram. */
static void emit_anomalies(sqlite3_context *context, const CablesScan *scan,
                           const CablesTelegram *t) {
  CablesBuf b = {0};
  const CablesDocument *d = scan->row->document;
  if (d == NULL) cables_json_element(&b, scan->row->file.error);
  for (size_t i = 0; d != NULL && i < d->n_notes; i++)
    cables_json_element(&b, d->notes[i]);
  for (size_t i = 0; t != NULL && i < t->n_anomalies; i++)
    cables_json_element(&b, t->anomalies[i].message);
  cables_result_json_array(context, &b);
}

static void emit_format(sqlite3_context *context, const CablesScan *scan,
                        const CablesTelegram *t) {
  const char *format = NULL;
  if (t != NULL && t->found) {
    CablesDocumentKind kind = scan->row->document->kind;
    format = kind == CABLES_DOCUMENT_HTML        ? "page"
             : kind == CABLES_DOCUMENT_BULK      ? "bulk"
             : t->carrier == CABLES_CARRIER_PAGE ? "page-text"
                                                 : "telegram";
  }
  cables_result_constant(context, format);
}

static void emit_path(sqlite3_context *context, CablesScan *scan) {
  CablesSpan path = cables_filter_shown(&scan->filter, scan->row->file.path);
  if (path.z == NULL)
    sqlite3_result_error_nomem(context);
  else
    cables_result_span(context, path);
}

static void emit_bytes(sqlite3_context *context, CablesScan *scan) {
  sqlite3_int64 bytes;
  if (cables_scan_bytes(scan, &bytes))
    sqlite3_result_int64(context, bytes);
  else
    sqlite3_result_null(context);
}

static void emit_mtime(sqlite3_context *context, CablesScan *scan) {
  sqlite3_int64 mtime;
  char moment[CABLES_MOMENT_SIZE];
  if (cables_scan_mtime(scan, &mtime)) {
    cables_moment_print(mtime, moment);
    cables_result_span(context, cables_span(moment));
  } else {
    sqlite3_result_null(context);
  }
}

/* Where the document lies in its file; -1 is unknown. */
static void emit_place(sqlite3_context *context, int64_t n) {
  if (n >= 0)
    sqlite3_result_int64(context, n);
  else
    sqlite3_result_null(context);
}

/* The argument as it was given, for SQLite may test it again. */
static void emit_source(sqlite3_context *context, Cursor *cursor) {
  if (cursor->source != NULL)
    sqlite3_result_value(context, cursor->source);
  else
    cables_result_span(context, cursor->scan.source);
}

/* The telegram's text, made when it is first asked for; false when memory is
** out. */
static bool make_text(Cursor *cursor, const CablesTelegram *t) {
  if (cursor->has_text) return true;
  cursor->text.n = 0;
  cursor->has_text = cables_clean(t->text, &cursor->text);
  return cursor->has_text;
}

static void emit_text(sqlite3_context *context, Cursor *cursor,
                      const CablesTelegram *t) {
  if (make_text(cursor, t))
    cables_result_span(context, cables_buf_get(&cursor->text));
  else
    sqlite3_result_error_nomem(context);
}

/* The telegram at the places of its text.  Where the document is no more than
** that, it is the one that was parsed already; of what stands around it in a
** page, or beside it in a record, it is parsed from its text, with what these
** tell of it.  NULL when memory is out. */
static const CablesTelegram *telegram_of_text(Cursor *cursor,
                                              const CablesTelegram *t,
                                              CablesTelegram *trimmed) {
  const CablesRow *row = cursor->scan.row;
  CablesSpan text = cables_buf_get(&cursor->text);
  if (t->carrier == CABLES_CARRIER_TELEGRAM && !row->has_known &&
      cables_trimmed(t, row->document->text, text, &cursor->arena, trimmed))
    return trimmed;
  CablesParseOptions options = {
      .want = cables_columns[CABLES_COLUMN_PARSED].want |
              CABLES_WITHOUT_CLASSIFIER | CABLES_WITHOUT_BODY_TEXT,
      .year = t->year,
      .refid = t->refid};
  return cables_db_parse(cursor->scan.db, text, &options);
}

/* The child rows. */
static void emit_parsed(sqlite3_context *context, Cursor *cursor,
                        const CablesTelegram *t) {
  CablesBuf b = {0};
  CablesTelegram trimmed;
  const CablesTelegram *of_text =
      make_text(cursor, t) ? telegram_of_text(cursor, t, &trimmed) : NULL;
  if (of_text != NULL) cables_pack(&b, of_text, cables_buf_get(&cursor->text));
  if (of_text == NULL || b.oom) {
    cables_buf_free(&b);
    sqlite3_result_error_nomem(context);
  } else {
    sqlite3_result_blob64(context, b.z, b.n, cables_free);
  }
}

/* The columns that need no telegram; false for the others. */
static bool emit_fact(sqlite3_context *context, Cursor *cursor, int column) {
  CablesScan *scan = &cursor->scan;
  const CablesDocument *d = scan->row->document;
  CablesSpan entry = d != NULL ? d->entry : CABLES_NO_SPAN;
  switch (column) {
    case CABLES_COLUMN_PATH:
      emit_path(context, scan);
      return true;
    case CABLES_COLUMN_ENTRY:
      cables_result_span(context, entry);
      return true;
    case CABLES_COLUMN_ITEM:
      cables_result_span(context, entry.z != NULL ? entry : CABLES_LIT(""));
      return true;
    case CABLES_COLUMN_OFFSET:
      emit_place(context, d != NULL ? d->offset : -1);
      return true;
    case CABLES_COLUMN_LENGTH:
      emit_place(context, d != NULL ? d->length : -1);
      return true;
    case CABLES_COLUMN_BYTES:
      emit_bytes(context, scan);
      return true;
    case CABLES_COLUMN_MTIME:
      emit_mtime(context, scan);
      return true;
    case CABLES_COLUMN_SOURCE:
      emit_source(context, cursor);
      return true;
    default:
      return false;
  }
}

static int table_column(sqlite3_vtab_cursor *base, sqlite3_context *context,
                        int column) {
  Cursor *cursor = (Cursor *)base;
  CablesScan *scan = &cursor->scan;
  const CablesTelegram *t;
  if (emit_fact(context, cursor, column)) return SQLITE_OK;
  int rc = cables_scan_telegram(scan, cables_columns[column].depth, &t);
  if (rc != SQLITE_OK) return report(table_of(base), scan, rc);
  if (column == CABLES_COLUMN_ANOMALIES)
    emit_anomalies(context, scan, t);
  else if (column == CABLES_COLUMN_FORMAT)
    emit_format(context, scan, t);
  else if (t == NULL)
    sqlite3_result_null(context);
  else if (column == CABLES_COLUMN_TEXT)
    emit_text(context, cursor, t);
  else if (column == CABLES_COLUMN_PARSED)
    emit_parsed(context, cursor, t);
  else
    cables_column_emit((CablesColumnId)column, context, t);
  return SQLITE_OK;
}

/* A WITHOUT ROWID table is never asked. */
static int table_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  (void)base;
  *rowid = 0;
  return SQLITE_OK;
}

static const sqlite3_module module = {
    .xCreate = table_connect,
    .xConnect = table_connect,
    .xBestIndex = table_best_index,
    .xDisconnect = table_disconnect,
    .xDestroy = table_disconnect,
    .xOpen = table_open,
    .xClose = table_close,
    .xFilter = table_filter,
    .xNext = table_next,
    .xEof = table_eof,
    .xColumn = table_column,
    .xRowid = table_rowid,
};

int cables_table_register(sqlite3 *sqlite, CablesDb *db) {
  CablesBinding *binding = cables_binding_new(db, &cables_table);
  if (binding == NULL) return SQLITE_NOMEM;
  return sqlite3_create_module_v2(sqlite, cables_table.name, &module, binding,
                                  cables_binding_free);
}
