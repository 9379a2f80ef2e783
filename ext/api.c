/*
** Newer calls of SQLite, guarded: see api.h.
*/
#include "api.h"

#if SQLITE_VERSION_NUMBER >= 3041000
bool cables_api_interrupted(sqlite3 *db) {
  return sqlite3_libversion_number() >= 3041000 &&
         sqlite3_is_interrupted(db) != 0;
}
#else
bool cables_api_interrupted(sqlite3 *db) {
  (void)db;
  return false;
}
#endif

#if SQLITE_VERSION_NUMBER >= 3038000
static bool has_in(void) { return sqlite3_libversion_number() >= 3038000; }

bool cables_api_is_in(sqlite3_index_info *info, int i) {
  return has_in() && sqlite3_vtab_in(info, i, -1) != 0;
}

void cables_api_take_in(sqlite3_index_info *info, int i) {
  (void)sqlite3_vtab_in(info, i, 1);
}

int cables_api_in_first(sqlite3_value *list, sqlite3_value **value) {
  return sqlite3_vtab_in_first(list, value);
}

int cables_api_in_next(sqlite3_value *list, sqlite3_value **value) {
  return sqlite3_vtab_in_next(list, value);
}
#else
bool cables_api_is_in(sqlite3_index_info *info, int i) {
  (void)info;
  (void)i;
  return false;
}

void cables_api_take_in(sqlite3_index_info *info, int i) {
  (void)info;
  (void)i;
}

int cables_api_in_first(sqlite3_value *list, sqlite3_value **value) {
  (void)list;
  *value = NULL;
  return SQLITE_MISUSE;
}

int cables_api_in_next(sqlite3_value *list, sqlite3_value **value) {
  return cables_api_in_first(list, value);
}
#endif
