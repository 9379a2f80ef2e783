/*
** The children of a telegram: table-valued functions over its text, after the
** manner of json_each.  Their descriptions stand in children.c.
*/
#ifndef CABLES_TABLE_CHILDREN_H
#define CABLES_TABLE_CHILDREN_H

#include "cell.h"
#include "db.h"
#include "schema.h"

/* The second argument. */
typedef enum CablesChildOption {
  CABLES_CHILD_NONE,
  CABLES_CHILD_REFID, /* id of the telegram, where the text tells none */
  CABLES_CHILD_YEAR   /* its year, likewise */
} CablesChildOption;

/* One table.  The last fields are the arguments: `telegram`, then the option.
 */
typedef struct CablesChild {
  CablesTable table;
  CablesChildOption option;
  unsigned want; /* CABLES_WANT_... */
  size_t (*count)(const CablesTelegram *t);
  /* A column of row i; text is the argument. */
  CablesCell (*cell)(const CablesTelegram *t, CablesSpan text, size_t i,
                     int column);
  bool packs;   /* its rows are in a blob of parsed rows (packed.h) */
  int left_out; /* but for this column, which the text tells; or -1 */
} CablesChild;

extern const CablesChild cables_children[];
extern const size_t cables_n_children;

/* Registers them.  SQLite's result code. */
int cables_children_register(sqlite3 *sqlite, CablesDb *db);

#endif
