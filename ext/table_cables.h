/*
** The virtual table cables(source): one row for each telegram.
*/
#ifndef CABLES_TABLE_CABLES_H
#define CABLES_TABLE_CABLES_H

#include "db.h"

/* Registers the module: as a table-valued function, and for CREATE VIRTUAL
** TABLE name USING cables('source').  SQLite's result code. */
int cables_table_register(sqlite3 *sqlite, CablesDb *db);

#endif
