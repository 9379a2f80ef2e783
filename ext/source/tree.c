/*
** The files below one folder: see tree.h.  Knows no file's content.
**
** A stack of folders, the one being read on top.  Each has its names read and
** sorted when it is entered.  The uppermost folders keep their handles; below
** them a folder's handle is closed while the walk is deeper, and found again
** through ".." or its path, so that a deep tree does not use up the process's
** handles.
*/
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../base/mem.h"
#include "names.h"
#include "open.h"

enum {
  MAX_DEPTH = 128, /* folders below one another */
  KEEP_OPEN = 16   /* of these the upper ones keep their handles */
};

/* A folder under way. */
typedef struct Folder {
  int fd;            /* handle, -1 while closed */
  dev_t dev;         /* with ino: which folder this is */
  ino_t ino;         /* see dev */
  size_t path_n;     /* length of its path, slash included */
  CablesNames names; /* what is in it */
  size_t next;       /* the name whose turn it is */
  uint64_t state;    /* of the glob */
} Folder;

struct CablesTree {
  CablesSpan base;                    /* path of the folder */
  const CablesGlob *glob;             /* which files come, or NULL */
  CablesSpan only;                    /* the only path, or unknown */
  const CablesSourceOptions *options; /* settings */
  bool started;                       /* the base was entered */
  Folder *folders;                    /* the stack, MAX_DEPTH of them */
  size_t n_folders;                   /* its height */
  CablesBuf path;                     /* path of what is being looked at */
  CablesBuf trouble;                  /* why a folder could not be read */
  CablesPlace place;                  /* where a link below the root leads */
};

CablesTree *cables_tree_new(CablesSpan base, const CablesGlob *glob,
                            CablesSpan only,
                            const CablesSourceOptions *options) {
  CablesTree *tree = cables_malloc(sizeof(*tree));
  if (tree == NULL) return NULL;
  *tree = (CablesTree){.base = base,
                       .glob = glob,
                       .only = only,
                       .options = options,
                       .place = {.dir = AT_FDCWD}};
  tree->folders = cables_malloc(MAX_DEPTH * sizeof(*tree->folders));
  if (tree->folders == NULL) {
    cables_free(tree);
    return NULL;
  }
  return tree;
}

/* Takes the top folder off the stack and closes it. */
static void drop(CablesTree *tree) {
  Folder *folder = &tree->folders[--tree->n_folders];
  if (folder->fd >= 0) close(folder->fd);
  cables_names_free(&folder->names);
}

void cables_tree_free(CablesTree *tree) {
  if (tree == NULL) return;
  while (tree->n_folders > 0) drop(tree);
  cables_place_free(&tree->place);
  cables_buf_free(&tree->path);
  cables_buf_free(&tree->trouble);
  cables_free(tree->folders);
  cables_free(tree);
}

/* Notes that the folder at tree->path cannot be read. */
static void complain(CablesTree *tree, int err) {
  tree->trouble.n = 0;
  cables_reason(&tree->trouble, "folder cannot be read", err);
}

/* Whether a folder's error says only that it is not there any more, or is no
** folder any more. */
static bool is_gone(int err) {
  return err == ENOENT || err == ENOTDIR || err == ELOOP;
}

/* tree->path as NUL-terminated text; NULL when memory is out. */
static const char *path_text(CablesTree *tree) {
  if (!cables_buf_reserve(&tree->path, 1)) return NULL;
  tree->path.z[tree->path.n] = '\0';
  return tree->path.z;
}

/* Opens what a path leads to, below the root; a handle or -1 with errno. */
static int open_path(CablesTree *tree, const char *path) {
  CablesPlace place;
  int err = cables_place_find(&place, tree->options->root, path);
  int fd = -1;
  if (err == 0) {
    /* The base itself may be a link; below a root it was resolved. */
    fd = cables_open_folder(place.dir, place.name, tree->options->root == NULL);
    err = fd < 0 ? errno : 0;
  }
  cables_place_free(&place);
  errno = err == CABLES_NO_MEMORY ? ENOMEM
          : err == CABLES_OUTSIDE ? ENOENT
                                  : err;
  return fd;
}

/* Whether the walk is inside this folder already. */
static bool is_loop(const CablesTree *tree, const struct stat *st) {
  for (size_t i = 0; i < tree->n_folders; i++)
    if (tree->folders[i].dev == st->st_dev &&
        tree->folders[i].ino == st->st_ino)
      return true;
  return false;
}

/* Reads the names of the folder on top. */
static CablesSourceResult read_names(CablesTree *tree, Folder *folder) {
  CablesSpan path = cables_buf_get(&tree->path);
  CablesSpan rest = cables_sub(tree->only, path.n, tree->only.n);
  if (tree->only.z != NULL && rest.n > 0) {
    size_t n = cables_find(rest, CABLES_LIT("/"));
    return cables_names_one(&folder->names, folder->fd, path,
                            cables_sub(rest, 0, n), tree->options);
  }
  int err = 0;
  CablesSourceResult rc =
      cables_names_read(&folder->names, folder->fd, path, tree->options, &err);
  if (rc == CABLES_SOURCE_OK && err != 0) complain(tree, err);
  return rc;
}

/* Enters the folder at tree->path (slash included), opened as fd (or -1 with
** errno), which it owns from then on.  by_link: it was reached by a link, so
** that its ".." is not the folder the walk came from. */
static CablesSourceResult enter(CablesTree *tree, int fd, bool by_link,
                                uint64_t state) {
  struct stat st;
  if (fd < 0 || fstat(fd, &st) != 0) {
    int err = errno;
    if (fd >= 0) close(fd);
    if (!is_gone(err)) complain(tree, err);
    return err == ENOMEM ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
  }
  if (tree->options->follow_links && is_loop(tree, &st)) {
    close(fd);
    return CABLES_SOURCE_OK;
  }
  /* Only where the walk begins, and where another file system does. */
  bool mounts = tree->n_folders == 0 ||
                tree->folders[tree->n_folders - 1].dev != st.st_dev;
  if (mounts && cables_is_of_kernel(fd)) {
    close(fd);
    tree->trouble.n = 0;
    cables_buf_text(&tree->trouble,
                    "folder cannot be read: it holds no files but the "
                    "kernel's");
    return CABLES_SOURCE_OK;
  }
  if (tree->n_folders == MAX_DEPTH) {
    close(fd);
    tree->trouble.n = 0;
    cables_buf_format(&tree->trouble,
                      "folder cannot be read: more than %d folders deep",
                      MAX_DEPTH);
    return CABLES_SOURCE_OK;
  }
  if (tree->n_folders > KEEP_OPEN && !by_link) {
    Folder *parent = &tree->folders[tree->n_folders - 1];
    close(parent->fd);
    parent->fd = -1;
  }
  Folder *folder = &tree->folders[tree->n_folders++];
  *folder = (Folder){.fd = fd,
                     .dev = st.st_dev,
                     .ino = st.st_ino,
                     .path_n = tree->path.n,
                     .state = state};
  return read_names(tree, folder);
}

/* Whether a handle is of a folder that the walk has been in. */
static bool is_same(int fd, const Folder *folder) {
  struct stat st;
  return fstat(fd, &st) == 0 && st.st_dev == folder->dev &&
         st.st_ino == folder->ino;
}

/* Opens the folder from which the one on top was entered again; -1 with errno.
** Its "..", which may be anything where the folder on top was moved meanwhile,
** and then its path, are compared with what it was. */
static int reopen(CablesTree *tree, const Folder *folder) {
  const Folder *top = &tree->folders[tree->n_folders - 1];
  int fd = cables_open_folder(top->fd, "..", false);
  if (fd >= 0 && is_same(fd, folder)) return fd;
  if (fd >= 0) close(fd);
  tree->path.n = folder->path_n;
  tree->path.z[tree->path.n] = '\0'; /* there is room: it was longer */
  fd = open_path(tree, tree->path.z);
  if (fd < 0 || is_same(fd, folder)) return fd;
  close(fd);
  errno = ENOENT;
  return -1;
}

/* Leaves the top folder for the one below it, whose handle is opened again
** when it was closed and there are names left in it. */
static void leave(CablesTree *tree) {
  if (tree->n_folders > 1) {
    Folder *parent = &tree->folders[tree->n_folders - 2];
    if (parent->fd < 0) {
      parent->fd = reopen(tree, parent);
      if (parent->fd < 0 && parent->next < parent->names.n) {
        parent->next = parent->names.n;
        complain(tree, errno);
      }
    }
  }
  drop(tree);
}

/* Enters the base. */
static CablesSourceResult start(CablesTree *tree) {
  tree->started = true;
  cables_buf_span(&tree->path, tree->base);
  const char *path = path_text(tree);
  if (path == NULL) return CABLES_SOURCE_NOMEM;
  int fd = open_path(tree, path[0] ? path : ".");
  return enter(tree, fd, true, tree->glob ? tree->glob->start : 0);
}

/* Descends into the folder `name` of the top folder, if anything wanted can be
** in it. */
static CablesSourceResult descend(CablesTree *tree, const CablesName *name) {
  const Folder *folder = &tree->folders[tree->n_folders - 1];
  uint64_t state = 0;
  if (tree->glob != NULL) {
    state = cables_glob_enter(tree->glob, folder->state,
                              (CablesSpan){name->z, name->n});
    if (state == 0) return CABLES_SOURCE_OK;
  }
  cables_buf_byte(&tree->path, '/');
  const char *path = path_text(tree);
  if (path == NULL) return CABLES_SOURCE_NOMEM;
  if (tree->only.z != NULL &&
      !cables_starts(tree->only, cables_buf_get(&tree->path)))
    return CABLES_SOURCE_OK;
  bool resolve = name->is_link && tree->options->root != NULL;
  int fd = resolve ? open_path(tree, path)
                   : cables_open_folder(folder->fd, name->z, name->is_link);
  return enter(tree, fd, name->is_link, state);
}

/* Fills file with the file `name` of the top folder, or gives
** CABLES_SOURCE_END when it is not wanted. */
static CablesSourceResult take_file(CablesTree *tree, const CablesName *name,
                                    CablesFile *file) {
  const Folder *folder = &tree->folders[tree->n_folders - 1];
  CablesSpan path = cables_buf_get(&tree->path);
  if (tree->only.z != NULL && !cables_equal(path, tree->only))
    return CABLES_SOURCE_END;
  if (tree->glob != NULL && !cables_glob_file(tree->glob, folder->state,
                                              (CablesSpan){name->z, name->n}))
    return CABLES_SOURCE_END;
  const char *text = path_text(tree);
  if (text == NULL) return CABLES_SOURCE_NOMEM;
  *file = (CablesFile){.path = cables_buf_get(&tree->path),
                       .dir = folder->fd,
                       .name = name->z,
                       .is_link = name->is_link};
  if (!name->is_link || tree->options->root == NULL) return CABLES_SOURCE_OK;
  cables_place_free(&tree->place);
  int err = cables_place_find(&tree->place, tree->options->root, text);
  if (err == CABLES_NO_MEMORY) return CABLES_SOURCE_NOMEM;
  if (err != 0 || !S_ISREG(tree->place.st.st_mode)) return CABLES_SOURCE_END;
  file->dir = tree->place.dir;
  file->name = tree->place.name;
  file->is_link = false;
  return CABLES_SOURCE_OK;
}

/* Notes that the name at tree->path could not be looked at, if it may be or
** hold what is wanted. */
static void take_unsure(CablesTree *tree, const CablesName *name) {
  const Folder *folder = &tree->folders[tree->n_folders - 1];
  CablesSpan z = {name->z, name->n};
  if (tree->glob != NULL && !cables_glob_file(tree->glob, folder->state, z) &&
      cables_glob_enter(tree->glob, folder->state, z) == 0)
    return;
  tree->trouble.n = 0;
  cables_reason(&tree->trouble, "file cannot be read", name->err);
}

/* Looks at the next name; CABLES_SOURCE_END when no file came of it. */
static CablesSourceResult step(CablesTree *tree, CablesFile *file) {
  Folder *folder = &tree->folders[tree->n_folders - 1];
  if (folder->next == folder->names.n) {
    leave(tree);
    return CABLES_SOURCE_END;
  }
  const CablesName *name = &folder->names.items[folder->next++];
  tree->path.n = folder->path_n;
  cables_buf_span(&tree->path, (CablesSpan){name->z, name->n});
  if (tree->path.oom) return CABLES_SOURCE_NOMEM;
  if (name->kind == CABLES_NAME_FILE) return take_file(tree, name, file);
  if (name->kind == CABLES_NAME_UNSURE) {
    take_unsure(tree, name);
    return CABLES_SOURCE_END;
  }
  CablesSourceResult rc = descend(tree, name);
  return rc == CABLES_SOURCE_OK ? CABLES_SOURCE_END : rc;
}

/* Makes a file of the trouble that was noted. */
static CablesSourceResult take_trouble(CablesTree *tree, CablesFile *file) {
  if (tree->path.n == 0) cables_buf_text(&tree->path, "./");
  if (path_text(tree) == NULL || tree->trouble.oom) return CABLES_SOURCE_NOMEM;
  *file = (CablesFile){.path = cables_buf_get(&tree->path),
                       .dir = AT_FDCWD,
                       .name = tree->path.z,
                       .error = cables_buf_get(&tree->trouble)};
  tree->trouble.n = 0;
  return CABLES_SOURCE_OK;
}

CablesSourceResult cables_tree_next(CablesTree *tree, CablesFile *file) {
  for (;;) {
    if (cables_stopped(tree->options)) return CABLES_SOURCE_STOP;
    CablesSourceResult rc = CABLES_SOURCE_END;
    if (!tree->started) {
      rc = start(tree);
      if (rc == CABLES_SOURCE_OK) rc = CABLES_SOURCE_END;
    } else if (tree->n_folders > 0) {
      rc = step(tree, file);
    } else {
      return CABLES_SOURCE_END;
    }
    if (rc == CABLES_SOURCE_END && (tree->trouble.n > 0 || tree->trouble.oom))
      rc = take_trouble(tree, file);
    if (rc != CABLES_SOURCE_END) return rc;
  }
}
