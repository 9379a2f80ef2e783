/*
** How a table describes itself: see schema.h.
*/
#include "schema.h"

int cables_schema_declare(sqlite3 *db, const CablesTable *table) {
  CablesBuf b = {0};
  cables_buf_text(&b, "CREATE TABLE x(");
  for (size_t i = 0; i < table->n_fields; i++) {
    cables_buf_format(&b, "%s\"%s\" %s", i > 0 ? "," : "",
                      table->fields[i].name, table->fields[i].type);
  }
  cables_buf_text(&b, table->tail);
  cables_buf_byte(&b, '\0');
  int rc = b.oom ? SQLITE_NOMEM : sqlite3_declare_vtab(db, b.z);
  cables_buf_free(&b);
  return rc;
}
