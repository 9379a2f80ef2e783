/*
** The virtual table cables_files(source): see table_files.h.  A list of the
** source layer, row by row; what a file holds it never asks.
**
**   SELECT path, bytes, mtime FROM cables_files('archive');
*/
#include "table_files.h"

#include "ahead.h"
#include "base/mem.h"
#include "filter.h"
#include "poll.h"
#include "pool.h"
#include "result.h"
#include "source/list.h"

typedef struct Table {
  sqlite3_vtab base;
  sqlite3 *sqlite;
  CablesDb *db;
} Table;

typedef struct Cursor {
  sqlite3_vtab_cursor base;
  CablesPoll poll;
  CablesBuf error;    /* what the list says went wrong */
  CablesFilter shown; /* for paths whose bytes are no text */

  /* From here on reset by cursor_stop(). */
  CablesSourceOptions options; /* settings as they were at the start */
  CablesList *list;
  CablesAhead *ahead;    /* walks the list; NULL: the cursor does */
  int n_alone;           /* files until that is tried; 0: never */
  CablesFile *file;      /* the row; NULL at the end */
  sqlite3_value *source; /* the argument, kept */
} Cursor;

typedef enum Column {
  COLUMN_PATH,
  COLUMN_BYTES,
  COLUMN_MTIME,
  COLUMN_ERROR,
  COLUMN_SOURCE
} Column;

/* Bits of the number of a plan. */
enum {
  WITH_SOURCE = 1, /* it has one */
  WITH_STAT = 2    /* size or time are asked for */
};

enum { ALONE = 64 }; /* files that a thread is not worth while for */

static const CablesField fields[] = {
    [COLUMN_PATH] = {"path", "TEXT NOT NULL",
                     "the file, as reached from the source"},
    [COLUMN_BYTES] = {"bytes", "INTEGER", "its size"},
    [COLUMN_MTIME] = {"mtime", "TEXT", "its last change"},
    [COLUMN_ERROR] = {"error", "TEXT",
                      "why this folder cannot be listed; NULL of a file"},
    [COLUMN_SOURCE] = {"source", "HIDDEN NOT NULL",
                       "the argument: file, folder, glob or JSON array"},
};

const CablesTable cables_files_table = {
    .name = "cables_files",
    .signature = "cables_files(source)",
    .meaning =
        "one row for each file of a source, in byte order of path, "
        "whatever it holds; none is opened",
    .example = "SELECT path, bytes FROM cables_files('examples/telegrams')",
    .fields = fields,
    .n_fields = CABLES_COUNT(fields),
    .tail = ", PRIMARY KEY(source, path)) WITHOUT ROWID",
};

static int files_disconnect(sqlite3_vtab *base) {
  cables_free(base);
  return SQLITE_OK;
}

static int files_connect(sqlite3 *sqlite, void *aux, int argc,
                         const char *const *argv, sqlite3_vtab **out,
                         char **error) {
  const CablesBinding *binding = aux;
  (void)argc;
  (void)argv;
  (void)error;
  int rc = cables_schema_declare(sqlite, &cables_files_table);
  /* It tells what lies outside the database: no stored view or trigger may. */
  if (rc == SQLITE_OK) rc = sqlite3_vtab_config(sqlite, SQLITE_VTAB_DIRECTONLY);
  if (rc != SQLITE_OK) return rc;
  Table *table = cables_malloc(sizeof(*table));
  if (table == NULL) return SQLITE_NOMEM;
  *table = (Table){.sqlite = sqlite, .db = binding->db};
  *out = &table->base;
  return SQLITE_OK;
}

/* Whether rows in byte order of path are what the query wants. */
static bool is_sorted(const sqlite3_index_info *info) {
  return info->nOrderBy == 1 && !info->aOrderBy[0].desc &&
         info->aOrderBy[0].iColumn == COLUMN_PATH;
}

/* Takes the source.  That there is none is no error yet: SQLite also asks what
** each side of an OR would cost alone. */
static int files_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  bool refused = false;
  (void)base;
  for (int i = 0; i < info->nConstraint && info->idxNum == 0; i++) {
    const struct sqlite3_index_constraint *c = &info->aConstraint[i];
    if (c->op != SQLITE_INDEX_CONSTRAINT_EQ || c->iColumn != COLUMN_SOURCE)
      continue;
    refused = !c->usable;
    if (!c->usable) continue;
    info->aConstraintUsage[i].argvIndex = 1;
    info->aConstraintUsage[i].omit = 1;
    info->idxNum = WITH_SOURCE;
  }
  if (refused && info->idxNum == 0) return SQLITE_CONSTRAINT;
  info->orderByConsumed = is_sorted(info);
  if (info->idxNum == 0) return SQLITE_OK; /* costs are huge yet */
  const sqlite3_uint64 stat = 1u << COLUMN_BYTES | 1u << COLUMN_MTIME;
  if ((info->colUsed & stat) != 0) info->idxNum |= WITH_STAT;
  info->estimatedCost = 10000;
  info->estimatedRows = 10000;
  return SQLITE_OK;
}

static int files_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
  (void)base;
  Cursor *cursor = cables_malloc(sizeof(*cursor));
  if (cursor == NULL) return SQLITE_NOMEM;
  *cursor = (Cursor){.file = NULL};
  *out = &cursor->base;
  return SQLITE_OK;
}

/* Forgets the list and its argument. */
static void cursor_stop(Cursor *cursor) {
  cables_ahead_stop(cursor->ahead);
  cables_list_close(cursor->list);
  sqlite3_value_free(cursor->source);
  cursor->ahead = NULL;
  cursor->list = NULL;
  cursor->file = NULL;
  cursor->source = NULL;
}

static int files_close(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)base;
  cursor_stop(cursor);
  cables_poll_end(&cursor->poll);
  cables_filter_free(&cursor->shown);
  cables_buf_free(&cursor->error);
  cables_free(cursor);
  return SQLITE_OK;
}

/* Fails with "cables: " and what stands in cursor->error. */
static int fail(Cursor *cursor) {
  sqlite3_vtab *table = cursor->base.pVtab;
  if (cursor->error.oom) return SQLITE_NOMEM;
  sqlite3_free(table->zErrMsg);
  table->zErrMsg =
      sqlite3_mprintf("cables: %.*s", (int)cursor->error.n, cursor->error.z);
  return table->zErrMsg != NULL ? SQLITE_ERROR : SQLITE_NOMEM;
}

/* The path of the row as text; the unknown span when memory is out. */
static CablesSpan path_of(Cursor *cursor) {
  return cables_filter_shown(&cursor->shown, cursor->file->path);
}

/* In strict mode a folder that cannot be listed is an error of the query. */
static int check_strict(Cursor *cursor) {
  const Table *table = (const Table *)cursor->base.pVtab;
  if (table->db->settings.strict == 0 || cursor->file->error.z == NULL)
    return SQLITE_OK;
  CablesSpan path = path_of(cursor);
  if (path.z == NULL) return SQLITE_NOMEM;
  cursor->error.n = 0;
  cables_buf_byte(&cursor->error, '\'');
  cables_buf_span(&cursor->error, path);
  cables_buf_text(&cursor->error, "': ");
  cables_buf_span(&cursor->error, cursor->file->error);
  return fail(cursor);
}

/* SQLite's result code for one of the list. */
static int result_code(Cursor *cursor, CablesSourceResult result) {
  int rc = cables_poll_code(&cursor->poll, result);
  return rc == SQLITE_ERROR ? fail(cursor) : rc;
}

/* The next file of the list, which a thread walks once it is long. */
static CablesSourceResult next_file(Cursor *cursor) {
  if (cursor->n_alone > 0 && --cursor->n_alone == 0)
    cursor->ahead = cables_ahead_start(cursor->list, &cursor->options);
  return cursor->ahead != NULL
             ? cables_ahead_next(cursor->ahead, &cursor->file)
             : cables_list_next(cursor->list, &cursor->file, &cursor->error);
}

static int files_next(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)base;
  cursor->error.n = 0;
  CablesSourceResult result = next_file(cursor);
  if (result == CABLES_SOURCE_OK) return check_strict(cursor);
  cursor->file = NULL;
  return result_code(cursor, result);
}

static int files_filter(sqlite3_vtab_cursor *base, int number, const char *plan,
                        int n_values, sqlite3_value **values) {
  Cursor *cursor = (Cursor *)base;
  Table *table = (Table *)base->pVtab;
  const CablesSettings *settings = &table->db->settings;
  CablesSpan source;
  (void)plan;
  (void)n_values;
  cursor_stop(cursor);
  cursor->error.n = 0;
  if ((number & WITH_SOURCE) == 0) {
    cables_buf_text(&cursor->error,
                    "a source is needed: cables_files('folder')");
    return fail(cursor);
  }
  cursor->source = sqlite3_value_dup(values[0]);
  if (cursor->source == NULL) return SQLITE_NOMEM;
  int rc = cables_value_span(cursor->source, &source);
  if (rc != SQLITE_OK || source.z == NULL) return rc;
  cursor->options =
      (CablesSourceOptions){.root = settings->root,
                            .follow_links = settings->follow_links != 0,
                            .counters = &table->db->counters,
                            .poll = cables_poll,
                            .poll_arg = &cursor->poll};
  cables_poll_start(&cursor->poll, table->sqlite);
  CablesSourceResult result =
      cables_list_open(&cursor->list, source, &cursor->options, &cursor->error);
  if (result != CABLES_SOURCE_OK) return result_code(cursor, result);
  bool is_shared = (number & WITH_STAT) != 0 && settings->threads > 1 &&
                   cables_pool_is_possible();
  cursor->n_alone = is_shared ? ALONE : 0;
  return files_next(base);
}

static int files_eof(sqlite3_vtab_cursor *base) {
  return ((Cursor *)base)->file == NULL;
}

/* A fact that the folder's entry does not tell: the file is looked at once.
** One that a thread has looked at has no name. */
static bool has_stat(CablesFile *file) {
  if (!file->has_stat && file->name != NULL) cables_file_stat(file);
  return file->has_stat;
}

static int files_column(sqlite3_vtab_cursor *base, sqlite3_context *context,
                        int column) {
  Cursor *cursor = (Cursor *)base;
  CablesFile *file = cursor->file;
  char moment[CABLES_MOMENT_SIZE];
  CablesSpan path;
  switch ((Column)column) {
    case COLUMN_PATH:
      path = path_of(cursor);
      if (path.z == NULL) return SQLITE_NOMEM;
      cables_result_span(context, path);
      break;
    case COLUMN_BYTES:
      if (has_stat(file)) sqlite3_result_int64(context, file->bytes);
      break;
    case COLUMN_MTIME:
      if (!has_stat(file)) break;
      cables_moment_print(file->mtime, moment);
      cables_result_span(context, cables_span(moment));
      break;
    case COLUMN_ERROR:
      cables_result_span(context, file->error);
      break;
    default: /* source */
      sqlite3_result_value(context, cursor->source);
      break;
  }
  return SQLITE_OK;
}

/* A WITHOUT ROWID table is never asked. */
static int files_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  (void)base;
  *rowid = 0;
  return SQLITE_OK;
}

/* Without xCreate: a table-valued function only. */
static const sqlite3_module module = {
    .xConnect = files_connect,
    .xBestIndex = files_best_index,
    .xDisconnect = files_disconnect,
    .xOpen = files_open,
    .xClose = files_close,
    .xFilter = files_filter,
    .xNext = files_next,
    .xEof = files_eof,
    .xColumn = files_column,
    .xRowid = files_rowid,
};

int cables_files_register(sqlite3 *sqlite, CablesDb *db) {
  CablesBinding *binding = cables_binding_new(db, &cables_files_table);
  if (binding == NULL) return SQLITE_NOMEM;
  return sqlite3_create_module_v2(sqlite, cables_files_table.name, &module,
                                  binding, cables_binding_free);
}
