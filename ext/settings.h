/*
** Settings of one connection, read and set by cables_config().
*/
#ifndef CABLES_SETTINGS_H
#define CABLES_SETTINGS_H

#include "api.h"

typedef struct CablesSettings {
  char *root;              /* resolved folder that nothing may leave, or NULL;
                           ** once set it never changes */
  sqlite3_int64 strict;    /* 1: a file that cannot be read is an error */
  sqlite3_int64 threads;   /* workers of a scan */
  sqlite3_int64 progress;  /* 1: a progress line on a terminal */
  sqlite3_int64 max_bytes; /* largest document read */
  sqlite3_int64 max_ratio; /* bytes read at most out of each of an archive */
  sqlite3_int64 follow_links; /* 1: follow symbolic links inside folders */
} CablesSettings;

/* What a setting is called and means, for the help. */
typedef struct CablesSettingInfo {
  const char *name;
  const char *meaning;
  const char *example;
} CablesSettingInfo;

extern const CablesSettingInfo cables_settings[];
extern const size_t cables_n_settings;

/* The defaults, and the root that the environment variable CABLES_ROOT names.
** False, with *error set (sqlite3_free() it), when that folder cannot be
** resolved: a latch that cannot close must not stay open. */
bool cables_settings_init(CablesSettings *settings, char **error);

/* Gives memory back. */
void cables_settings_free(CablesSettings *settings);

/* cables_config(name), cables_config(name, value): value is NULL for the
** first.  Sets the result of the context. */
void cables_settings_call(CablesSettings *settings, sqlite3_context *context,
                          sqlite3_value *name, sqlite3_value *value);

#endif
