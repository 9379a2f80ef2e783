/*
** cables: diplomatic telegrams as SQLite tables.  The public header.
**
** As a loadable extension there is nothing to include: `.load ./cables`.
** Linked statically (compiled with SQLITE_CORE), a program registers it once
** for every connection that it opens from then on:
**
**   sqlite3_auto_extension((void (*)(void))sqlite3_cables_init);
*/
#ifndef CABLES_H
#define CABLES_H

#include <sqlite3.h>

#define CABLES_VERSION "0.1.0"

/* SQLite older than this is refused. */
#define CABLES_SQLITE_MINIMUM 3031000
#define CABLES_SQLITE_MINIMUM_TEXT "3.31.0"

#if defined(_WIN32)
#define CABLES_EXPORT __declspec(dllexport)
#else
#define CABLES_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct sqlite3_api_routines;

/* Registers everything on one connection. */
CABLES_EXPORT int sqlite3_cables_init(sqlite3 *db, char **error,
                                      const struct sqlite3_api_routines *api);

/* Registers everything that reads no file: for hosts that run the SQL of
** strangers. */
CABLES_EXPORT int sqlite3_cables_nofs_init(
    sqlite3 *db, char **error, const struct sqlite3_api_routines *api);

#ifdef __cplusplus
}
#endif

#endif
