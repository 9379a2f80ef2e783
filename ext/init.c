/*
** The entry points: what a host calls to get the tables and functions on one
** connection.
*/
#include "api.h"
#include "cables.h"
#include "db.h"
#include "functions.h"
#include "help.h"
#include "table_cables.h"
#include "table_children.h"
#include "table_files.h"
#include "table_reference.h"
#include "table_static.h"

#ifndef SQLITE_CORE
const sqlite3_api_routines *sqlite3_api = NULL;
#endif

/* Takes over the host's table of pointers.  There is one such table in a
** process: a second SQLite library that loads the same file would make every
** call of the first one's connections end up in the second.  SQLITE_ERROR, with
** a text, then and when SQLite is too old. */
static int take_api(char **error, const sqlite3_api_routines *api) {
#ifndef SQLITE_CORE
  /* Two threads may load it at once, each into its own connection. */
  const sqlite3_api_routines *known =
      __atomic_load_n(&sqlite3_api, __ATOMIC_ACQUIRE);
  if (known != NULL && known != api) {
    if (error != NULL)
      *error = api->mprintf(
          "cables: another SQLite library of this process has loaded this "
          "file: load a copy of it");
    return SQLITE_ERROR;
  }
  if (known == NULL) __atomic_store_n(&sqlite3_api, api, __ATOMIC_RELEASE);
#else
  (void)api;
#endif
  if (sqlite3_libversion_number() >= CABLES_SQLITE_MINIMUM) return SQLITE_OK;
  if (error != NULL)
    *error = sqlite3_mprintf("cables: SQLite %s or newer is needed, not %s",
                             CABLES_SQLITE_MINIMUM_TEXT, sqlite3_libversion());
  return SQLITE_ERROR;
}

/* Registers all; without `files` what reads no file. */
static int register_all(sqlite3 *sqlite, CablesDb *db, bool files) {
  int rc = cables_functions_register(sqlite, db, files);
  if (rc == SQLITE_OK && files) rc = cables_table_register(sqlite, db);
  if (rc == SQLITE_OK && files) rc = cables_files_register(sqlite, db);
  if (rc == SQLITE_OK) rc = cables_children_register(sqlite, db);
  for (size_t i = 0; rc == SQLITE_OK && i < cables_n_reference_tables; i++)
    rc = cables_static_register(sqlite, db, &cables_reference_tables[i]);
  if (rc == SQLITE_OK)
    rc = cables_static_register(sqlite, db,
                                files ? &cables_help : &cables_help_nofs);
  return rc;
}

static int init(sqlite3 *sqlite, char **error, const sqlite3_api_routines *api,
                bool files) {
  char *message = NULL;
  int rc = take_api(error, api);
  if (rc != SQLITE_OK) return rc;
  CablesDb *db = cables_db_new(files, &message);
  if (db == NULL) {
    if (error != NULL)
      *error = message;
    else
      sqlite3_free(message);
    return message != NULL ? SQLITE_ERROR : SQLITE_NOMEM;
  }
  rc = register_all(sqlite, db, files);
  cables_db_release(db);
  return rc;
}

int sqlite3_cables_init(sqlite3 *sqlite, char **error,
                        const sqlite3_api_routines *api) {
  return init(sqlite, error, api, true);
}

int sqlite3_cables_nofs_init(sqlite3 *sqlite, char **error,
                             const sqlite3_api_routines *api) {
  return init(sqlite, error, api, false);
}
