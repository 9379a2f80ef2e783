/*
** Settings of one connection: see settings.h.
*/
/* For realpath().  NOLINTNEXTLINE(bugprone-reserved-identifier) */
#define _XOPEN_SOURCE 700

#include "settings.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pool.h"
#include "result.h"

enum { DEFAULT_MAX_BYTES = 64 * 1024 * 1024, DEFAULT_MAX_RATIO = 100 };

/* The names come in the order in which errors list them; root, the first, is
** the only one that is no number. */
const CablesSettingInfo cables_settings[] = {
    {"root",
     "folder that no file may lie outside of, links resolved; can be set once, "
     "here or by the environment variable CABLES_ROOT",
     "SELECT cables_config('root')"},
    {"strict",
     "1: the first file that cannot be read is an error of the query; 0: it is "
     "a row with an anomaly",
     "SELECT cables_config('strict', 0)"},
    {"threads",
     "threads that work on a scan, the calling one among them: the machine's "
     "cores, at most 8; with 1 no thread is made",
     "SELECT cables_config('threads')"},
    {"progress",
     "1: a line on standard error while a scan lasts, if that is a terminal",
     "SELECT cables_config('progress')"},
    {"max_bytes",
     "size of the largest document that is read whole; a longer one is read so "
     "far and gets an anomaly",
     "SELECT cables_config('max_bytes')"},
    {"max_ratio",
     "how many bytes are read at most out of each byte of an archive; 0: no "
     "limit",
     "SELECT cables_config('max_ratio')"},
    {"follow_links", "1: symbolic links inside folders are followed",
     "SELECT cables_config('follow_links')"},
};
const size_t cables_n_settings =
    sizeof(cables_settings) / sizeof(cables_settings[0]);

/* A setting that is a number: where it lies and what it may be. */
typedef struct Number {
  const char *name;
  sqlite3_int64 *at;
  sqlite3_int64 least;
  sqlite3_int64 most;
} Number;

static bool find_number(CablesSettings *s, CablesSpan name, Number *out) {
  const Number numbers[] = {
      {"strict", &s->strict, 0, 1},
      {"threads", &s->threads, 1, CABLES_POOL_THREADS},
      {"progress", &s->progress, 0, 1},
      {"max_bytes", &s->max_bytes, 1, INT_MAX},
      {"max_ratio", &s->max_ratio, 0, INT_MAX},
      {"follow_links", &s->follow_links, 0, 1},
  };
  for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
    if (cables_equal(name, cables_span(numbers[i].name))) {
      *out = numbers[i];
      return true;
    }
  }
  return false;
}

/* The resolved path of a folder in libc's memory, or NULL. */
static char *resolve_folder(const char *path) {
  char *resolved = realpath(path, NULL);
  struct stat st;
  if (resolved != NULL && (stat(resolved, &st) != 0 || !S_ISDIR(st.st_mode))) {
    free(resolved);
    resolved = NULL;
  }
  return resolved;
}

/* Sets the root: SQLITE_OK; SQLITE_ERROR when it is no folder or another one
** is set already; SQLITE_NOMEM.  Setting it again to the same folder is no
** change. */
static int set_root(CablesSettings *settings, const char *path) {
  int rc = SQLITE_ERROR;
  char *resolved = resolve_folder(path);
  if (resolved == NULL) return SQLITE_ERROR;
  if (settings->root == NULL) {
    settings->root = sqlite3_mprintf("%s", resolved);
    rc = settings->root != NULL ? SQLITE_OK : SQLITE_NOMEM;
  } else if (strcmp(settings->root, resolved) == 0) {
    rc = SQLITE_OK;
  }
  free(resolved);
  return rc;
}

/* The machine's cores, between 1 and 8. */
static sqlite3_int64 default_threads(void) {
  long n = 1;
#ifdef _SC_NPROCESSORS_ONLN
  n = sysconf(_SC_NPROCESSORS_ONLN);
#endif
  return n < 1 ? 1 : n > 8 ? 8 : n;
}

bool cables_settings_init(CablesSettings *settings, char **error) {
  *settings = (CablesSettings){.threads = default_threads(),
                               .max_bytes = DEFAULT_MAX_BYTES,
                               .max_ratio = DEFAULT_MAX_RATIO};
  const char *root = getenv("CABLES_ROOT");
  if (root == NULL || root[0] == '\0') return true;
  if (set_root(settings, root) == SQLITE_OK) return true;
  *error = sqlite3_mprintf(
      "cables: the folder of the environment variable "
      "'CABLES_ROOT' cannot be resolved");
  return false;
}

void cables_settings_free(CablesSettings *settings) {
  sqlite3_free(settings->root);
  settings->root = NULL;
}

/* Sets an error that is printf-formatted with one text. */
static void fail(sqlite3_context *context, const char *format, const char *z) {
  char *message = sqlite3_mprintf(format, z);
  if (message == NULL)
    sqlite3_result_error_nomem(context);
  else
    sqlite3_result_error(context, message, -1);
  sqlite3_free(message);
}

static void fail_unknown(sqlite3_context *context, CablesSpan name) {
  CablesBuf b = {0};
  cables_buf_text(&b, "cables: no such setting '");
  cables_buf_span(&b, cables_sub(name, 0, 40));
  cables_buf_text(&b, "': known are ");
  for (size_t i = 0; i < cables_n_settings; i++) {
    if (i > 0) cables_buf_text(&b, ", ");
    cables_buf_text(&b, cables_settings[i].name);
  }
  if (b.oom)
    sqlite3_result_error_nomem(context);
  else
    sqlite3_result_error(context, b.z, (int)b.n);
  cables_buf_free(&b);
}

static void call_root(CablesSettings *settings, sqlite3_context *context,
                      sqlite3_value *value) {
  if (value != NULL) {
    bool set = settings->root != NULL;
    const char *path = (const char *)sqlite3_value_text(value);
    int rc = SQLITE_ERROR;
    if (sqlite3_value_type(value) == SQLITE_TEXT) {
      if (path == NULL)
        rc = SQLITE_NOMEM;
      else if (strlen(path) == (size_t)sqlite3_value_bytes(value))
        rc = set_root(settings, path);
    }
    if (rc == SQLITE_NOMEM) {
      sqlite3_result_error_nomem(context);
      return;
    }
    if (rc != SQLITE_OK) {
      fail(context, "cables: cannot set 'root': %s",
           set ? "it is set already and cannot be changed"
               : "a folder that exists is needed");
      return;
    }
  }
  cables_result_span(context, cables_span(settings->root));
}

static void call_number(sqlite3_context *context, const Number *number,
                        sqlite3_value *value) {
  if (value != NULL) {
    bool whole = sqlite3_value_numeric_type(value) == SQLITE_INTEGER;
    sqlite3_int64 n = sqlite3_value_int64(value);
    if (!whole || n < number->least || n > number->most) {
      char *message = sqlite3_mprintf(
          "cables: cannot set '%s': a whole number from %lld to %lld is needed",
          number->name, number->least, number->most);
      if (message == NULL)
        sqlite3_result_error_nomem(context);
      else
        sqlite3_result_error(context, message, -1);
      sqlite3_free(message);
      return;
    }
    *number->at = n;
  }
  sqlite3_result_int64(context, *number->at);
}

void cables_settings_call(CablesSettings *settings, sqlite3_context *context,
                          sqlite3_value *name, sqlite3_value *value) {
  CablesSpan s;
  Number number;
  if (cables_value_span(name, &s) != SQLITE_OK)
    sqlite3_result_error_nomem(context);
  else if (s.z == NULL)
    sqlite3_result_null(context);
  else if (cables_equal(s, CABLES_LIT("root")))
    call_root(settings, context, value);
  else if (find_number(settings, s, &number))
    call_number(context, &number, value);
  else
    fail_unknown(context, s);
}
