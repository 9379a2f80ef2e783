/*
** The table cables_help, gathered from the tables that everything is
** registered from: it cannot tell of what is not there, nor miss what is.
*/
#include "help.h"

#include "columns.h"
#include "functions.h"
#include "result.h"
#include "table_children.h"
#include "table_files.h"
#include "table_reference.h"

/* One row.  What is NULL is made up from the others. */
typedef struct Row {
  const char *kind;           /* table, column, function, setting */
  const CablesTable *table;   /* of a table or column */
  const CablesField *field;   /* of a column */
  const CablesColumn *column; /* of a column's function, and of cables */
  const CablesFunction *function;
  const CablesSettingInfo *setting;
} Row;

static const CablesField fields[] = {
    {"name", "TEXT", "its name; of a column table.column"},
    {"kind", "TEXT", "table, column, function, setting"},
    {"signature", "TEXT", "how to write it"},
    {"meaning", "TEXT", "what it gives"},
    {"example", "TEXT", "SQL that runs"},
};

/* Whether i is among the first n; if not, takes n from it. */
static bool among(size_t *i, size_t n) {
  if (*i < n) return true;
  *i -= n;
  return false;
}

/* Row *i of a table and its columns. */
static bool of_table(size_t *i, const CablesTable *table, Row *row) {
  if (!among(i, 1 + table->n_fields)) return false;
  *row = (Row){.kind = *i == 0 ? "table" : "column", .table = table};
  if (*i > 0) row->field = &table->fields[*i - 1];
  return true;
}

static bool of_functions(size_t *i, bool files, Row *row) {
  for (size_t k = 0; k < cables_n_functions; k++) {
    const CablesFunction *f = &cables_functions[k];
    if (f->signature == NULL || (f->files && !files) || !among(i, 1)) {
      continue;
    }
    *row = (Row){.kind = "function", .function = f};
    return true;
  }
  for (size_t k = 0; k < CABLES_N_COLUMNS; k++) {
    if (cables_columns[k].function == NULL || !among(i, 1)) continue;
    *row = (Row){.kind = "function",
                 .field = &cables_table.fields[k],
                 .column = &cables_columns[k]};
    return true;
  }
  return false;
}

/* Row i, with or without what has to do with files; false behind the last. */
static bool find_row(size_t i, bool files, Row *row) {
  if (files && of_table(&i, &cables_table, row)) return true;
  if (files && of_table(&i, &cables_files_table, row)) return true;
  for (size_t k = 0; k < cables_n_children; k++) {
    if (of_table(&i, &cables_children[k].table, row)) return true;
  }
  for (size_t k = 0; k < cables_n_reference_tables; k++) {
    if (of_table(&i, &cables_reference_tables[k].table, row)) return true;
  }
  if (of_table(&i, &cables_help.table, row)) return true;
  if (of_functions(&i, files, row)) return true;
  if (!files || i >= cables_n_settings) return false;
  *row = (Row){.kind = "setting", .setting = &cables_settings[i]};
  return true;
}

static void print_name(const Row *row, CablesBuf *b) {
  if (row->function != NULL)
    cables_buf_text(b, row->function->name);
  else if (row->column != NULL)
    cables_buf_text(b, row->column->function);
  else if (row->setting != NULL)
    cables_buf_text(b, row->setting->name);
  else if (row->field != NULL)
    cables_buf_format(b, "%s.%s", row->table->name, row->field->name);
  else
    cables_buf_text(b, row->table->name);
}

static void print_signature(const Row *row, CablesBuf *b) {
  if (row->function != NULL)
    cables_buf_text(b, row->function->signature);
  else if (row->column == &cables_columns[CABLES_COLUMN_REFS])
    cables_buf_format(b, "%s(text [, year])", row->column->function);
  else if (row->column != NULL)
    cables_buf_format(b, "%s(text)", row->column->function);
  else if (row->setting != NULL)
    cables_buf_format(b, "cables_config('%s' [, value])", row->setting->name);
  else if (row->field != NULL)
    cables_buf_format(b, "%s %s", row->field->name, row->field->type);
  else
    cables_buf_text(b, row->table->signature);
}

static void print_meaning(const Row *row, CablesBuf *b) {
  if (row->function != NULL)
    cables_buf_text(b, row->function->meaning);
  else if (row->setting != NULL)
    cables_buf_text(b, row->setting->meaning);
  else if (row->field != NULL)
    cables_buf_text(b, row->field->meaning);
  else
    cables_buf_text(b, row->table->meaning);
}

/* The example of a column: the table's own, with the column alone. */
static void print_column_example(const Row *row, CablesBuf *b) {
  CablesSpan example = cables_span(row->table->example);
  size_t from = cables_find(example, CABLES_LIT(" FROM "));
  cables_buf_format(b, "SELECT \"%s\"", row->field->name);
  cables_buf_span(b, cables_sub(example, from, example.n));
}

static void print_example(const Row *row, CablesBuf *b) {
  if (row->function != NULL)
    cables_buf_text(b, row->function->example);
  else if (row->column != NULL)
    cables_buf_format(b, "SELECT %s(%s)", row->column->function,
                      row->column->sample);
  else if (row->setting != NULL)
    cables_buf_text(b, row->setting->example);
  else if (row->field != NULL)
    print_column_example(row, b);
  else
    cables_buf_text(b, row->table->example);
}

static size_t count_rows(bool files) {
  size_t n = 0;
  Row row;
  while (find_row(n, files, &row)) n++;
  return n;
}

static void emit_row(sqlite3_context *context, size_t i, bool files,
                     int column) {
  static void (*const prints[])(const Row *, CablesBuf *) = {
      print_signature, print_meaning, print_example};
  CablesBuf b = {0};
  Row row;
  if (!find_row(i, files, &row)) return;
  if (column == 1) {
    cables_result_constant(context, row.kind);
    return;
  }
  if (column == 0)
    print_name(&row, &b);
  else
    prints[column - 2](&row, &b);
  cables_result_buf(context, &b, false);
}

static size_t count_all(void) { return count_rows(true); }

static void emit_all(sqlite3_context *context, size_t i, int column) {
  emit_row(context, i, true, column);
}

static size_t count_nofs(void) { return count_rows(false); }

static void emit_nofs(sqlite3_context *context, size_t i, int column) {
  emit_row(context, i, false, column);
}

#define TABLE                                                                 \
  {                                                                           \
    "cables_help", "cables_help",                                             \
        "every table, column, function and setting, with an example that "    \
        "runs",                                                               \
        "SELECT signature, meaning FROM cables_help WHERE kind = 'function'", \
        fields, CABLES_COUNT(fields), ")"                                     \
  }

const CablesStatic cables_help = {TABLE, false, count_all, NULL, emit_all};
const CablesStatic cables_help_nofs = {TABLE, false, count_nofs, NULL,
                                       emit_nofs};
