/*
** Files for the unit tests of the source layer: see files.h.
*/
#define _XOPEN_SOURCE 700
#include "files.h"

#include <assert.h>
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int test_files_begin(void **state) {
  char path[] = "/tmp/cables-test-XXXXXX";
  if (mkdtemp(path) == NULL || chdir(path) != 0) return -1;
  *state = realpath(path, NULL);
  return *state ? 0 : -1;
}

/* Removes one thing on the way out of a tree. */
static int remove_one(const char *path, const struct stat *st, int kind,
                      struct FTW *where) {
  (void)st;
  (void)kind;
  (void)where;
  return remove(path);
}

int test_files_end(void **state) {
  if (chdir("/") != 0) return -1;
  int rc = nftw(*state, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  free(*state);
  return rc;
}

void test_mkdir(const char *path) {
  char part[PATH_MAX];
  for (size_t i = 0; i <= strlen(path); i++) {
    if (i == 0 || (path[i] != '/' && path[i] != '\0')) continue;
    memcpy(part, path, i);
    part[i] = '\0';
    int rc = mkdir(part, 0777);
    assert(rc == 0 || errno == EEXIST);
    (void)rc;
  }
}

void test_write(const char *path, const char *bytes, size_t n) {
  const char *slash = strrchr(path, '/');
  if (slash != NULL && slash != path) {
    char folder[PATH_MAX];
    memcpy(folder, path, (size_t)(slash - path));
    folder[slash - path] = '\0';
    test_mkdir(folder);
  }
  FILE *f = fopen(path, "wb");
  assert(f != NULL);
  size_t done = fwrite(bytes, 1, n, f);
  int rc = fclose(f);
  assert(done == n && rc == 0);
  (void)done;
  (void)rc;
}

void test_touch(const char *path) { test_write(path, path, strlen(path)); }
