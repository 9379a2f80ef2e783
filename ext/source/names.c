/*
** The names in one folder: see names.h.  Knows one folder at a time; the way
** through the tree is walk.c's.
*/
#include "names.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/mem.h"
#include "open.h"

/* Type by readdir() is in POSIX only since 2024; every system with the macros
** has the field. */
#ifdef DT_UNKNOWN
#define ENTRY_TYPE(entry) ((entry)->d_type)
enum { TYPE_REG = DT_REG, TYPE_DIR = DT_DIR, TYPE_LNK = DT_LNK };
enum { TYPE_UNKNOWN = DT_UNKNOWN };
#elif defined(__linux__) || defined(__APPLE__) || defined(__FreeBSD__)
/* The strict POSIX mode of glibc hides the macros but not the field. */
#define ENTRY_TYPE(entry) ((entry)->d_type)
enum { TYPE_UNKNOWN = 0, TYPE_DIR = 4, TYPE_REG = 8, TYPE_LNK = 10 };
#else
#define ENTRY_TYPE(entry) 0
enum { TYPE_UNKNOWN = 0, TYPE_DIR = 4, TYPE_REG = 8, TYPE_LNK = 10 };
#endif

/* The kind of what stat() described. */
static CablesNameKind kind_of(const struct stat *st) {
  return S_ISREG(st->st_mode)   ? CABLES_NAME_FILE
         : S_ISDIR(st->st_mode) ? CABLES_NAME_FOLDER
                                : CABLES_NAME_OTHER;
}

/* Sets the kind of a name that stat() failed on; what is gone is nothing. */
static void set_failure(CablesName *name, int err) {
  bool gone = err == ENOENT || err == ENOTDIR || err == ENAMETOOLONG ||
              err == ELOOP || err == CABLES_OUTSIDE;
  name->kind = gone ? CABLES_NAME_OTHER : CABLES_NAME_UNSURE;
  name->err = err;
}

/* Finds the kind of what the last name's link leads to.  Below a root that is
** asked of the resolver, so that not even stat() leaves the root. */
static CablesSourceResult resolve(CablesNames *names, CablesName *name, int fd,
                                  CablesSpan path, const char *root) {
  struct stat st;
  if (root == NULL) {
    if (fstatat(fd, names->text.z + name->at, &st, 0) == 0)
      name->kind = kind_of(&st);
    else
      set_failure(name, errno);
    return CABLES_SOURCE_OK;
  }
  CablesBuf whole = {0};
  cables_buf_span(&whole, path);
  cables_buf_text(&whole, names->text.z + name->at);
  cables_buf_byte(&whole, '\0');
  if (whole.oom) {
    cables_buf_free(&whole);
    return CABLES_SOURCE_NOMEM;
  }
  CablesPlace place;
  int err = cables_place_find(&place, root, whole.z);
  if (err == 0)
    name->kind = kind_of(&place.st);
  else if (err != CABLES_NO_MEMORY)
    set_failure(name, err);
  cables_place_free(&place);
  cables_buf_free(&whole);
  return err == CABLES_NO_MEMORY ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
}

/* Appends a name unless it stands for nothing readable. */
static CablesSourceResult add(CablesNames *names, int fd, CablesSpan path,
                              CablesSpan z, unsigned type,
                              const CablesSourceOptions *options) {
  if (names->n == names->cap) {
    size_t cap = names->cap > 0 ? names->cap * 2 : 32;
    CablesName *items = cables_realloc(names->items, cap * sizeof(*items));
    if (items == NULL) return CABLES_SOURCE_NOMEM;
    names->items = items;
    names->cap = cap;
  }
  CablesName *name = &names->items[names->n];
  *name = (CablesName){.at = names->text.n, .n = z.n};
  cables_buf_span(&names->text, z);
  cables_buf_byte(&names->text, '\0');
  if (names->text.oom) return CABLES_SOURCE_NOMEM;
  if (type == TYPE_UNKNOWN) {
    struct stat st;
    const char *text = names->text.z + name->at;
    if (fstatat(fd, text, &st, AT_SYMLINK_NOFOLLOW) == 0) {
      name->kind = kind_of(&st);
      name->is_link = S_ISLNK(st.st_mode);
    } else {
      set_failure(name, errno);
    }
  } else {
    name->kind = type == TYPE_REG   ? CABLES_NAME_FILE
                 : type == TYPE_DIR ? CABLES_NAME_FOLDER
                                    : CABLES_NAME_OTHER;
    name->is_link = type == TYPE_LNK;
  }
  CablesSourceResult rc = CABLES_SOURCE_OK;
  if (name->is_link && options->follow_links)
    rc = resolve(names, name, fd, path, options->root);
  if (name->kind != CABLES_NAME_OTHER) {
    names->n++;
  } else {
    names->text.n = name->at;
  }
  return rc;
}

/* Byte order of the whole path: a folder counts with the slash that follows
** its name there. */
static int compare_names(const void *left, const void *right) {
  const CablesName *a = left;
  const CablesName *b = right;
  size_t n = a->n < b->n ? a->n : b->n;
  int c = memcmp(a->z, b->z, n);
  if (c != 0) return c;
  int ca = a->n > n                        ? (unsigned char)a->z[n]
           : a->kind == CABLES_NAME_FOLDER ? '/'
                                           : -1;
  int cb = b->n > n                        ? (unsigned char)b->z[n]
           : b->kind == CABLES_NAME_FOLDER ? '/'
                                           : -1;
  return ca - cb;
}

CablesSourceResult cables_names_read(CablesNames *names, int fd,
                                     CablesSpan path,
                                     const CablesSourceOptions *options,
                                     int *err) {
  *err = 0;
  /* closedir() closes its handle, and ours has to stay. */
  int again = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  DIR *dir = again >= 0 ? fdopendir(again) : NULL;
  if (dir == NULL) {
    *err = errno;
    if (again >= 0) close(again);
    return CABLES_SOURCE_OK;
  }
  CablesSourceResult rc = CABLES_SOURCE_OK;
  for (size_t i = 0; rc == CABLES_SOURCE_OK; i++) {
    errno = 0;
    const struct dirent *entry = readdir(dir);
    if (entry == NULL) {
      *err = errno;
      break;
    }
    CablesSpan z = cables_span(entry->d_name);
    if (cables_equal(z, CABLES_LIT(".")) || cables_equal(z, CABLES_LIT("..")))
      continue;
    rc = add(names, fd, path, z, ENTRY_TYPE(entry), options);
    if (i % 1024 == 0 && rc == CABLES_SOURCE_OK && cables_stopped(options))
      rc = CABLES_SOURCE_STOP;
  }
  closedir(dir);
  for (size_t i = 0; i < names->n; i++)
    names->items[i].z = names->text.z + names->items[i].at;
  if (names->n > 1)
    qsort(names->items, names->n, sizeof(*names->items), compare_names);
  return rc;
}

CablesSourceResult cables_names_one(CablesNames *names, int fd, CablesSpan path,
                                    CablesSpan name,
                                    const CablesSourceOptions *options) {
  /* What a folder never lists is not there, whatever the kernel says. */
  if (name.n == 0 || cables_equal(name, CABLES_LIT(".")) ||
      cables_equal(name, CABLES_LIT("..")) || memchr(name.z, '\0', name.n))
    return CABLES_SOURCE_OK;
  CablesSourceResult rc = add(names, fd, path, name, TYPE_UNKNOWN, options);
  if (names->n > 0) names->items[0].z = names->text.z;
  return rc;
}

void cables_names_free(CablesNames *names) {
  cables_buf_free(&names->text);
  cables_free(names->items);
  *names = (CablesNames){0};
}
