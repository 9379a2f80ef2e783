/*
** The virtual table cables_files(source): one row for each file of a source,
** none of which is opened.
*/
#ifndef CABLES_TABLE_FILES_H
#define CABLES_TABLE_FILES_H

#include "db.h"
#include "schema.h"

/* Its description. */
extern const CablesTable cables_files_table;

/* Registers the module: a table-valued function only.  SQLite's result code.
 */
int cables_files_register(sqlite3 *sqlite, CablesDb *db);

#endif
