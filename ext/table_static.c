/*
** Tables that are compiled in: see table_static.h.
*/
#include "table_static.h"

#include "base/mem.h"
#include "result.h"

typedef struct Table {
  sqlite3_vtab base;
  const CablesStatic *item;
} Table;

typedef struct Cursor {
  sqlite3_vtab_cursor base;
  size_t i;   /* the row */
  size_t end; /* behind the last one */
} Cursor;

enum { LOOK_UP = 1 }; /* number of the plan that has a key */

static const CablesStatic *item_of(sqlite3_vtab_cursor *cursor) {
  return ((Table *)cursor->pVtab)->item;
}

static int static_disconnect(sqlite3_vtab *base) {
  cables_free(base);
  return SQLITE_OK;
}

static int static_connect(sqlite3 *sqlite, void *aux, int argc,
                          const char *const *argv, sqlite3_vtab **out,
                          char **error) {
  const CablesBinding *binding = aux;
  const CablesStatic *item = binding->item;
  (void)argc;
  (void)argv;
  (void)error;
  int rc = cables_schema_declare(sqlite, &item->table);
  /* Constants: harmless in the schema of a stranger. */
  if (rc == SQLITE_OK) rc = sqlite3_vtab_config(sqlite, SQLITE_VTAB_INNOCUOUS);
  if (rc != SQLITE_OK) return rc;
  Table *table = cables_malloc(sizeof(*table));
  if (table == NULL) return SQLITE_NOMEM;
  *table = (Table){.item = item};
  *out = &table->base;
  return SQLITE_OK;
}

static int static_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  const CablesStatic *item = ((Table *)base)->item;
  info->estimatedRows = (sqlite3_int64)item->count();
  info->estimatedCost = (double)info->estimatedRows;
  for (int i = 0; item->sorted && i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *c = &info->aConstraint[i];
    if (c->op != SQLITE_INDEX_CONSTRAINT_EQ || c->iColumn != 0 || !c->usable)
      continue;
    const char *collation = sqlite3_vtab_collation(info, i);
    if (sqlite3_stricmp(collation, "BINARY") != 0) continue;
    info->aConstraintUsage[i].argvIndex = 1;
    info->idxNum = LOOK_UP;
    info->estimatedCost = 5;
    info->estimatedRows = 1;
    break;
  }
  return SQLITE_OK;
}

static int static_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
  (void)base;
  Cursor *cursor = cables_malloc(sizeof(*cursor));
  if (cursor == NULL) return SQLITE_NOMEM;
  *cursor = (Cursor){.i = 0};
  *out = &cursor->base;
  return SQLITE_OK;
}

static int static_close(sqlite3_vtab_cursor *base) {
  cables_free(base);
  return SQLITE_OK;
}

/* The first row from `from` on whose key is not before (after == 0) or is
** behind (after == 1) the given one. */
static size_t bound(const CablesStatic *item, size_t from, size_t end,
                    CablesSpan key, int after) {
  while (from < end) {
    size_t middle = from + (end - from) / 2;
    if (cables_compare(item->key(middle), key) < after)
      from = middle + 1;
    else
      end = middle;
  }
  return from;
}

static int static_filter(sqlite3_vtab_cursor *base, int number,
                         const char *plan, int n_values,
                         sqlite3_value **values) {
  Cursor *cursor = (Cursor *)base;
  const CablesStatic *item = item_of(base);
  CablesSpan key;
  (void)plan;
  (void)n_values;
  cursor->i = 0;
  cursor->end = item->count();
  if (number != LOOK_UP) return SQLITE_OK;
  if (cables_value_span(values[0], &key) != SQLITE_OK) return SQLITE_NOMEM;
  if (key.z == NULL) {
    cursor->end = 0;
    return SQLITE_OK;
  }
  cursor->i = bound(item, 0, cursor->end, key, 0);
  cursor->end = bound(item, cursor->i, cursor->end, key, 1);
  return SQLITE_OK;
}

static int static_next(sqlite3_vtab_cursor *base) {
  ((Cursor *)base)->i++;
  return SQLITE_OK;
}

static int static_eof(sqlite3_vtab_cursor *base) {
  const Cursor *cursor = (const Cursor *)base;
  return cursor->i >= cursor->end;
}

static int static_column(sqlite3_vtab_cursor *base, sqlite3_context *context,
                         int column) {
  item_of(base)->emit(context, ((Cursor *)base)->i, column);
  return SQLITE_OK;
}

/* The place in the table, which never changes. */
static int static_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  *rowid = (sqlite3_int64)((Cursor *)base)->i + 1;
  return SQLITE_OK;
}

static const sqlite3_module module = {
    .xConnect = static_connect,
    .xBestIndex = static_best_index,
    .xDisconnect = static_disconnect,
    .xOpen = static_open,
    .xClose = static_close,
    .xFilter = static_filter,
    .xNext = static_next,
    .xEof = static_eof,
    .xColumn = static_column,
    .xRowid = static_rowid,
};

int cables_static_register(sqlite3 *sqlite, CablesDb *db,
                           const CablesStatic *table) {
  CablesBinding *binding = cables_binding_new(db, table);
  if (binding == NULL) return SQLITE_NOMEM;
  return sqlite3_create_module_v2(sqlite, table->table.name, &module, binding,
                                  cables_binding_free);
}
