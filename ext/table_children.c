/*
** Table-valued functions over a telegram's text: see table_children.h.
*/
#include "table_children.h"

#include "base/mem.h"
#include "packed.h"
#include "result.h"

typedef struct Table {
  sqlite3_vtab base;
  CablesDb *db;
  const CablesChild *child;
} Table;

typedef struct Cursor {
  sqlite3_vtab_cursor base;
  sqlite3_value *telegram;    /* the argument, kept */
  sqlite3_value *option;      /* the second argument, kept, or NULL */
  CablesSpan text;            /* bytes of the argument */
  CablesParseOptions options; /* what it is parsed with */
  CablesCached cached;        /* the telegram */
  bool is_packed;             /* the argument is a blob of parsed rows */
  CablesPacked packed;        /* then: rows behind this one */
  CablesCell cells[CABLES_PACKED_COLUMNS]; /* then: of this row */
  size_t n;                                /* rows */
  size_t i;                                /* the row */
  sqlite3_uint64 hash; /* of the arguments; 0: not yet known */
} Cursor;

/* Bits of a plan's number. */
enum { WITH_TEXT = 1, WITH_OPTION = 2 };

enum { PLACE_BITS = 24 }; /* of a rowid: the place in the list */

static Table *table_of(sqlite3_vtab_cursor *cursor) {
  return (Table *)cursor->pVtab;
}

/* Number of the column that holds the first argument. */
static int argument_column(const CablesChild *child) {
  int n = (int)child->table.n_fields;
  return child->option == CABLES_CHILD_NONE ? n - 1 : n - 2;
}

static int child_disconnect(sqlite3_vtab *base) {
  cables_free(base);
  return SQLITE_OK;
}

static int child_connect(sqlite3 *sqlite, void *aux, int argc,
                         const char *const *argv, sqlite3_vtab **out,
                         char **error) {
  const CablesBinding *binding = aux;
  (void)argc;
  (void)argv;
  (void)error;
  const CablesChild *child = binding->item;
  int rc = cables_schema_declare(sqlite, &child->table);
  /* Of a text alone: harmless in the schema of a stranger. */
  if (rc == SQLITE_OK) rc = sqlite3_vtab_config(sqlite, SQLITE_VTAB_INNOCUOUS);
  if (rc != SQLITE_OK) return rc;
  Table *table = cables_malloc(sizeof(*table));
  if (table == NULL) return SQLITE_NOMEM;
  *table = (Table){.db = binding->db, .child = child};
  *out = &table->base;
  return SQLITE_OK;
}

/* The equality on a column: its index; -1 when there is none; -2 when there is
** but it cannot be used. */
static int find_equality(const sqlite3_index_info *info, int column) {
  int found = -1;
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *c = &info->aConstraint[i];
    if (c->op != SQLITE_INDEX_CONSTRAINT_EQ || c->iColumn != column) continue;
    if (c->usable) return i;
    found = -2;
  }
  return found;
}

static int child_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  const CablesChild *child = ((Table *)base)->child;
  int column = argument_column(child);
  int argument = find_equality(info, column);
  int option =
      child->option == CABLES_CHILD_NONE ? -1 : find_equality(info, column + 1);
  if (argument == -2 || option == -2) return SQLITE_CONSTRAINT;
  /* SQLite also asks what each side of an OR would cost alone, without the
  ** argument: it must be no error, but at a cost that is never taken. */
  if (argument == -1) return SQLITE_OK;
  info->aConstraintUsage[argument].argvIndex = 1;
  info->aConstraintUsage[argument].omit = 1;
  if (option >= 0) {
    info->aConstraintUsage[option].argvIndex = 2;
    info->aConstraintUsage[option].omit = 1;
    info->idxNum |= WITH_OPTION;
  }
  info->idxNum |= WITH_TEXT;
  info->estimatedCost = 20;
  info->estimatedRows = 20;
  return SQLITE_OK;
}

static int child_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out) {
  (void)base;
  Cursor *cursor = cables_malloc(sizeof(*cursor));
  if (cursor == NULL) return SQLITE_NOMEM;
  *cursor = (Cursor){.n = 0};
  *out = &cursor->base;
  return SQLITE_OK;
}

/* Forgets the arguments and what was parsed of them. */
static void reset(Cursor *cursor) {
  sqlite3_value_free(cursor->telegram);
  sqlite3_value_free(cursor->option);
  cursor->telegram = NULL;
  cursor->option = NULL;
  cursor->text = CABLES_NO_SPAN;
  cursor->is_packed = false;
  cursor->n = 0;
  cursor->i = 0;
  cursor->hash = 0;
}

static int child_close(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)base;
  reset(cursor);
  cables_free(cursor);
  return SQLITE_OK;
}

/* Reads the second argument into the options; NULL says nothing. */
static int read_option(Cursor *cursor, CablesChildOption option) {
  if (option == CABLES_CHILD_REFID)
    return cables_value_span(cursor->option, &cursor->options.refid);
  sqlite3_int64 year = sqlite3_value_int64(cursor->option);
  if (year > 0 && year <= 9999) cursor->options.year = (int)year;
  return SQLITE_OK;
}

/* A query without the first argument, or with one that is of no use. */
static int refuse(Table *table, const char *why) {
  sqlite3_free(table->base.zErrMsg);
  table->base.zErrMsg =
      sqlite3_mprintf("cables: %s: %s", why, table->child->table.signature);
  return table->base.zErrMsg != NULL ? SQLITE_ERROR : SQLITE_NOMEM;
}

/* Goes to the next row of a blob. */
static int next_packed(Cursor *cursor) {
  if (cursor->packed.n_left == 0 ||
      cables_packed_next(&cursor->packed, cursor->cells))
    return SQLITE_OK;
  cursor->n = 0;
  return refuse(table_of(&cursor->base), "a damaged blob of parsed rows");
}

/* Starts with the rows of a blob. */
static int start_packed(Cursor *cursor) {
  Table *table = table_of(&cursor->base);
  if (!table->child->packs) return refuse(table, "a text is needed");
  if (!cables_packed_open(&cursor->packed, cursor->text, table->child))
    return refuse(table, "a damaged blob of parsed rows");
  cursor->is_packed = true;
  cursor->n = cursor->packed.n_left;
  return next_packed(cursor);
}

static int child_filter(sqlite3_vtab_cursor *base, int number, const char *plan,
                        int n_values, sqlite3_value **values) {
  Cursor *cursor = (Cursor *)base;
  Table *table = table_of(base);
  const CablesChild *child = table->child;
  (void)plan;
  (void)n_values;
  reset(cursor);
  cursor->options = (CablesParseOptions){.want = child->want};
  if ((number & WITH_TEXT) == 0) return refuse(table, "a text is needed");
  cursor->telegram = sqlite3_value_dup(values[0]);
  if (cursor->telegram == NULL) return SQLITE_NOMEM;
  int rc = cables_value_span(cursor->telegram, &cursor->text);
  if (rc == SQLITE_OK && (number & WITH_OPTION) != 0) {
    cursor->option = sqlite3_value_dup(values[1]);
    if (cursor->option == NULL) return SQLITE_NOMEM;
    rc = read_option(cursor, child->option);
  }
  if (rc != SQLITE_OK || cursor->text.z == NULL) return rc;
  if (cables_packed_is(cursor->text)) return start_packed(cursor);
  const CablesTelegram *t =
      cables_db_parse(table->db, cursor->text, &cursor->options);
  if (t == NULL) return SQLITE_NOMEM;
  cursor->cached = cables_db_cached(table->db);
  cursor->n = child->count(t);
  return SQLITE_OK;
}

/* The telegram, which the cache may have given up for others that were looked
** at in between: then it is parsed anew.  NULL when memory is out. */
static const CablesTelegram *telegram_of(Cursor *cursor) {
  CablesDb *db = table_of(&cursor->base)->db;
  const CablesTelegram *t = cables_db_recall(db, cursor->cached);
  if (t != NULL) return t;
  t = cables_db_parse(db, cursor->text, &cursor->options);
  if (t != NULL) cursor->cached = cables_db_cached(db);
  return t;
}

static int child_next(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)base;
  cursor->i++;
  return cursor->is_packed ? next_packed(cursor) : SQLITE_OK;
}

static int child_eof(sqlite3_vtab_cursor *base) {
  const Cursor *cursor = (const Cursor *)base;
  return cursor->i >= cursor->n;
}

static int child_column(sqlite3_vtab_cursor *base, sqlite3_context *context,
                        int column) {
  Cursor *cursor = (Cursor *)base;
  const CablesChild *child = table_of(base)->child;
  int argument = argument_column(child);
  if (column == argument) {
    sqlite3_result_value(context, cursor->telegram);
  } else if (column > argument) {
    if (cursor->option != NULL) sqlite3_result_value(context, cursor->option);
  } else if (cursor->is_packed) {
    cables_cell_result(context, &cursor->cells[column]);
  } else {
    const CablesTelegram *t = telegram_of(cursor);
    if (t == NULL) return SQLITE_NOMEM;
    CablesCell cell = child->cell(t, cursor->text, cursor->i, column);
    cables_cell_result(context, &cell);
  }
  return SQLITE_OK;
}

/* Appends a text to a hash (FNV-1a). */
static sqlite3_uint64 hash(sqlite3_uint64 h, CablesSpan s) {
  for (size_t i = 0; i < s.n; i++)
    h = (h ^ (unsigned char)s.z[i]) * 1099511628211u;
  return h;
}

/* Of the arguments and the place in the list, not of the scan: SQLite takes
** rows of one rowid for the same row when it joins the sides of an OR, which
** may have arguments of their own. */
static int child_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  Cursor *cursor = (Cursor *)base;
  CablesSpan option = CABLES_NO_SPAN;
  if (cursor->option != NULL &&
      cables_value_span(cursor->option, &option) != SQLITE_OK)
    return SQLITE_NOMEM;
  if (cursor->hash == 0)
    cursor->hash = hash(hash(14695981039346656037u, cursor->text), option) | 1;
  *rowid = (sqlite3_int64)((cursor->hash << PLACE_BITS >> 1) +
                           (sqlite3_uint64)cursor->i);
  return SQLITE_OK;
}

/* Without xCreate: a table-valued function only. */
static const sqlite3_module module = {
    .xConnect = child_connect,
    .xBestIndex = child_best_index,
    .xDisconnect = child_disconnect,
    .xOpen = child_open,
    .xClose = child_close,
    .xFilter = child_filter,
    .xNext = child_next,
    .xEof = child_eof,
    .xColumn = child_column,
    .xRowid = child_rowid,
};

int cables_children_register(sqlite3 *sqlite, CablesDb *db) {
  int rc = SQLITE_OK;
  for (size_t i = 0; rc == SQLITE_OK && i < cables_n_children; i++) {
    const CablesChild *child = &cables_children[i];
    CablesBinding *binding = cables_binding_new(db, child);
    if (binding == NULL) return SQLITE_NOMEM;
    rc = sqlite3_create_module_v2(sqlite, child->table.name, &module, binding,
                                  cables_binding_free);
  }
  return rc;
}
