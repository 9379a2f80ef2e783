/*
** Confined opening: see open.h.  Knows paths and handles, not what is in the
** files.
**
** The walk below a root has two modes.  Inside, it holds a stack of handles
** from the root down to where it is.  Outside, it only compares names with
** those of the root and touches nothing: it gets inside again when the names
** are the root's.  That is sound since the root is given resolved: its names
** hold no link.
*/
#include "open.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

#include "../base/mem.h"

enum {
  MAX_LINKS = 40,   /* as in the kernel */
  MAX_HANDLES = 256 /* folders from the root down to a path's end */
};

/* A walk under way. */
typedef struct Walk {
  CablesSpan root;  /* names of the root, with slashes, without the last */
  CablesBuf todo;   /* names still to walk, NUL-terminated */
  size_t at;        /* offset in todo */
  CablesBuf outer;  /* outside: "/name/name" of where the walk is */
  int *fds;         /* inside: handles from the root down */
  size_t n_fds;     /* 0 while outside */
  unsigned n_links; /* links met */
} Walk;

bool cables_stopped(const CablesSourceOptions *options) {
  return options->poll != NULL && options->poll(options->poll_arg) != 0;
}

void cables_reason(CablesBuf *out, const char *what, int err) {
  char words[128];
  if (strerror_r(err, words, sizeof(words)) != 0)
    (void)snprintf(words, sizeof(words), "error %d", err);
  cables_buf_format(out, "%s: %s", what, words);
}

int cables_open_folder(int dir, const char *name, bool follow) {
  int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
  int fd;
  do {
    fd = openat(dir, name, follow ? flags : flags | O_NOFOLLOW);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

#ifdef __linux__
bool cables_is_of_kernel(int fd) {
  /* proc, sysfs, debugfs, tracefs: linux/magic.h */
  static const unsigned long kinds[] = {0x9fa0, 0x62656572, 0x64626720,
                                        0x74726163};
  struct statfs fs;
  if (fstatfs(fd, &fs) != 0) return false;
  for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
    if ((unsigned long)fs.f_type == kinds[i]) return true;
  return false;
}
#else
bool cables_is_of_kernel(int fd) {
  (void)fd;
  return false;
}
#endif

void cables_place_free(CablesPlace *place) {
  if (place->owns_dir) close(place->dir);
  cables_free(place->name);
  *place = (CablesPlace){.dir = AT_FDCWD};
}

/* Sets the place's name; false when memory is out. */
static bool set_name(CablesPlace *place, CablesSpan name) {
  place->name = cables_malloc(name.n + 1);
  if (place->name == NULL) return false;
  memcpy(place->name, name.z, name.n);
  place->name[name.n] = '\0';
  return true;
}

/* cables_place_find() where nothing confines. */
static int find_anywhere(CablesPlace *place, const char *path) {
  struct stat link;
  if (stat(path, &place->st) != 0 || lstat(path, &link) != 0) return errno;
  place->is_link = S_ISLNK(link.st_mode);
  return set_name(place, cables_span(path)) ? 0 : CABLES_NO_MEMORY;
}

/* Puts a handle on the stack and owns it from then on. */
static int push_handle(Walk *w, int fd) {
  if (fd < 0) return errno;
  if (w->n_fds == MAX_HANDLES) {
    close(fd);
    return ENAMETOOLONG;
  }
  w->fds[w->n_fds++] = fd;
  return 0;
}

/* Leaves every folder: the walk is outside, at the given names. */
static void go_outside(Walk *w, CablesSpan names) {
  while (w->n_fds > 0) close(w->fds[--w->n_fds]);
  w->outer.n = 0;
  cables_buf_span(&w->outer, names);
}

/* Goes inside when the walk has come to the root. */
static int try_inside(Walk *w, const char *root) {
  if (!cables_equal(cables_buf_get(&w->outer), w->root)) return 0;
  return push_handle(w, cables_open_folder(AT_FDCWD, root, false));
}

/* Goes up one folder, also out of the root. */
static int go_up(Walk *w, const char *root) {
  if (w->n_fds > 1) {
    close(w->fds[--w->n_fds]);
    return 0;
  }
  if (w->n_fds == 1) {
    if (w->root.n == 0) return 0; /* above "/" is "/" */
    go_outside(w, w->root);
  }
  while (w->outer.n > 0 && w->outer.z[--w->outer.n] != '/') continue;
  return try_inside(w, root);
}

/* Replaces the link `name` by the names that it holds. */
static int walk_link(Walk *w, const char *name, const char *root) {
  if (++w->n_links > MAX_LINKS) return ELOOP;
  CablesBuf names = {0};
  if (!cables_buf_reserve(&names, PATH_MAX)) return CABLES_NO_MEMORY;
  ssize_t n = readlinkat(w->fds[w->n_fds - 1], name, names.z, PATH_MAX);
  int err = n < 0 ? errno : n == 0 ? ENOENT : n == PATH_MAX ? ENAMETOOLONG : 0;
  if (err == 0) {
    names.n = (size_t)n;
    bool absolute = names.z[0] == '/';
    cables_buf_byte(&names, '/');
    cables_buf_text(&names, w->todo.z + w->at);
    cables_buf_byte(&names, '\0');
    if (names.oom) {
      err = CABLES_NO_MEMORY;
    } else {
      CablesBuf old = w->todo;
      w->todo = names;
      names = old;
      w->at = 0;
      if (absolute) {
        go_outside(w, CABLES_LIT(""));
        err = try_inside(w, root);
      }
    }
  }
  cables_buf_free(&names);
  return err;
}

/* Takes the next name from todo: NUL-terminated in place, with `last` set when
** no other follows; NULL at the end. */
static char *next_name(Walk *w, bool *last) {
  char *z = w->todo.z + w->at;
  while (*z == '/') z++;
  if (*z == '\0') return NULL;
  size_t n = strcspn(z, "/");
  size_t more = n + strspn(z + n, "/");
  *last = z[more] == '\0';
  bool slash = z[n] == '/';
  z[n] = '\0';
  w->at = (size_t)(z - w->todo.z) + n + (slash ? 1 : 0);
  return z;
}

/* Walks one name inside the root; sets *found when it ends the walk. */
static int walk_name(Walk *w, const char *name, bool last, const char *root,
                     CablesPlace *place, bool *found) {
  int dir = w->fds[w->n_fds - 1];
  if (fstatat(dir, name, &place->st, AT_SYMLINK_NOFOLLOW) != 0) return errno;
  if (S_ISLNK(place->st.st_mode)) return walk_link(w, name, root);
  if (!last) return push_handle(w, cables_open_folder(dir, name, false));
  *found = true;
  return set_name(place, cables_span(name)) ? 0 : CABLES_NO_MEMORY;
}

/* Walks todo to its end. */
static int walk_path(Walk *w, const char *root, CablesPlace *place) {
  int err = try_inside(w, root);
  bool found = false;
  bool last = false;
  while (err == 0 && !found) {
    const char *name = next_name(w, &last);
    if (name == NULL) break;
    if (strcmp(name, ".") == 0) continue;
    if (strcmp(name, "..") == 0) {
      err = go_up(w, root);
    } else if (w->n_fds > 0) {
      err = walk_name(w, name, last, root, place, &found);
    } else {
      cables_buf_byte(&w->outer, '/');
      cables_buf_text(&w->outer, name);
      err = w->outer.oom ? CABLES_NO_MEMORY : try_inside(w, root);
    }
  }
  if (err != 0) return err;
  if (w->n_fds == 0) return CABLES_OUTSIDE;
  place->dir = w->fds[--w->n_fds];
  place->owns_dir = true;
  if (found) return 0;
  /* The path ends in a folder that the walk has entered already. */
  if (fstat(place->dir, &place->st) != 0) return errno;
  return set_name(place, CABLES_LIT(".")) ? 0 : CABLES_NO_MEMORY;
}

/* Puts the absolute form of path into todo. */
static int make_absolute(CablesBuf *todo, const char *path) {
  if (path[0] != '/') {
    if (!cables_buf_reserve(todo, PATH_MAX)) return CABLES_NO_MEMORY;
    /* A folder too deep to name, or removed, cannot be compared with the
    ** root. */
    if (getcwd(todo->z, PATH_MAX) == NULL)
      return errno == ERANGE || errno == ENOENT ? CABLES_OUTSIDE : errno;
    todo->n = strlen(todo->z);
    cables_buf_byte(todo, '/');
  }
  cables_buf_text(todo, path);
  cables_buf_byte(todo, '\0');
  return todo->oom ? CABLES_NO_MEMORY : 0;
}

int cables_place_find(CablesPlace *place, const char *root, const char *path) {
  *place = (CablesPlace){.dir = AT_FDCWD};
  if (path[0] == '\0') return ENOENT;
  if (root == NULL) return find_anywhere(place, path);
  Walk w = {.root = cables_span(root)};
  while (w.root.n > 0 && w.root.z[w.root.n - 1] == '/') w.root.n--;
  w.fds = cables_malloc(MAX_HANDLES * sizeof(*w.fds));
  int err = w.fds ? make_absolute(&w.todo, path) : CABLES_NO_MEMORY;
  if (err == 0) err = walk_path(&w, root, place);
  if (err == 0 && path[strlen(path) - 1] == '/' && !S_ISDIR(place->st.st_mode))
    err = ENOTDIR;
  while (w.n_fds > 0) close(w.fds[--w.n_fds]);
  cables_free(w.fds);
  cables_buf_free(&w.todo);
  cables_buf_free(&w.outer);
  return err;
}
