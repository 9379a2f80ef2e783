/*
** SQLite, as the files of ext/ see it: through the table of pointers that the
** host hands to the entry point, or directly when compiled with SQLITE_CORE.
** What came after the oldest supported version is wrapped here, and is used
** only when both the headers at compile time and the host at run time have it.
*/
#ifndef CABLES_API_H
#define CABLES_API_H

#include <sqlite3ext.h>

#include "base/buf.h"
#include "base/span.h"

#ifndef SQLITE_CORE
extern const sqlite3_api_routines *sqlite3_api;
#endif

/* Of 3.45; older hosts ignore the bit. */
#ifndef SQLITE_RESULT_SUBTYPE
#define SQLITE_RESULT_SUBTYPE 0x001000000
#endif

/* Of 3.38; older hosts never send it. */
#ifndef SQLITE_INDEX_CONSTRAINT_LIMIT
#define SQLITE_INDEX_CONSTRAINT_LIMIT 73
#define SQLITE_INDEX_CONSTRAINT_OFFSET 74
#endif

/* The subtype of a JSON text. */
#define CABLES_SUBTYPE_JSON 74

/* Whether sqlite3_interrupt() was called (3.41; false on older hosts). */
bool cables_api_interrupted(sqlite3 *db);

/* Whether constraint i is an IN whose values can come all at once (3.38; false
** on older hosts). */
bool cables_api_is_in(sqlite3_index_info *info, int i);

/* Asks for the values of such a constraint to come so.  Its argvIndex must be
** set. */
void cables_api_take_in(sqlite3_index_info *info, int i);

/* The first and the next value of an IN taken all at once: SQLITE_OK, or
** SQLITE_DONE after the last one, or an error. */
int cables_api_in_first(sqlite3_value *list, sqlite3_value **value);
int cables_api_in_next(sqlite3_value *list, sqlite3_value **value);

#endif
