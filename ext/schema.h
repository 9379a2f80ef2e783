/*
** How a table describes itself: its schema is declared from this, and
** cables_help is printed from it.
*/
#ifndef CABLES_SCHEMA_H
#define CABLES_SCHEMA_H

#include "api.h"

/* A column. */
typedef struct CablesField {
  const char *name;
  const char *type; /* declared: TEXT, JSON, INTEGER, REAL; with HIDDEN for an
                    ** argument */
  const char *meaning;
} CablesField;

/* A table. */
typedef struct CablesTable {
  const char *name;
  const char *signature; /* as one writes it: cables(source) */
  const char *meaning;
  const char *example; /* SQL that runs */
  const CablesField *fields;
  size_t n_fields;
  const char *tail; /* of the schema, behind the columns: a primary key and
                    ** what follows the bracket */
} CablesTable;

/* The number of elements of an array. */
#define CABLES_COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Declares the table's schema.  To be called in xConnect; gives SQLite's
** result code. */
int cables_schema_declare(sqlite3 *db, const CablesTable *table);

#endif
