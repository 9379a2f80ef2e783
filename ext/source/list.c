/*
** From a source argument to files: see list.h.  Knows no file's content.
**
** Every argument is a part: one file, or one tree.  A binary heap over the
** parts merges them in byte order of path.  A tree is entered only when its
** turn comes: until then its base, which all its paths start with, stands for
** its first path.  So an array of ten thousand folders opens one at a time.
*/
#include "list.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "../base/mem.h"
#include "glob.h"
#include "json.h"
#include "open.h"
#include "tree.h"

/* One argument. */
typedef struct Part {
  char *text;       /* a file's path, a folder's path with a slash, a glob */
  CablesSpan base;  /* what all its paths start with */
  bool is_tree;     /* else one file */
  bool is_link;     /* the file is a link */
  bool is_odd;      /* the file is there but is no regular file */
  int err;          /* why it could not be looked at (it may be a folder), or
                    ** 0; an errno */
  CablesGlob *glob; /* of a tree, or NULL */
  CablesTree *tree; /* once started */
  bool started;     /* file holds its next file */
  CablesFile file;  /* that file */
} Part;

struct CablesList {
  const CablesSourceOptions *options; /* settings */
  Part **parts;                       /* heap: the next path is at 0 */
  size_t n_parts;                     /* its size */
  size_t cap;                         /* room in parts */
  bool merges;                        /* there was more than one part */
  bool yielded;                       /* the file at 0 was given out */
  CablesBuf last;                     /* path given out last */
  CablesBuf only;                     /* the only path wanted */
  bool has_only;                      /* only counts */
  CablesPlace place;                  /* of a file below the root */
  CablesBuf trouble;                  /* why a file cannot be read */
  CablesBuf *error;                   /* while opening: the caller's */
};

/* The path by which a part is ordered. */
static CablesSpan key(const Part *part) {
  return part->started ? part->file.path : part->base;
}

/* Moves the part at i down to where it belongs. */
static void sift_down(CablesList *list, size_t i) {
  for (;;) {
    size_t least = i;
    for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < list->n_parts; k++)
      if (cables_compare(key(list->parts[k]), key(list->parts[least])) < 0)
        least = k;
    if (least == i) return;
    Part *part = list->parts[i];
    list->parts[i] = list->parts[least];
    list->parts[least] = part;
    i = least;
  }
}

/* Makes a heap of the parts. */
static void build_heap(CablesList *list) {
  for (size_t i = list->n_parts / 2; i-- > 0;) sift_down(list, i);
}

static void free_part(Part *part) {
  cables_tree_free(part->tree);
  cables_free(part->glob);
  cables_free(part->text);
  cables_free(part);
}

/* Appends a part with a text of its own: z with `tail` behind it. */
static Part *add_part(CablesList *list, CablesSpan z, const char *tail) {
  if (list->n_parts == list->cap) {
    size_t cap = list->cap > 0 ? list->cap * 2 : 4;
    Part **parts = cables_realloc(list->parts, cap * sizeof(Part *));
    if (parts == NULL) return NULL;
    list->parts = parts;
    list->cap = cap;
  }
  size_t more = strlen(tail);
  Part *part = cables_malloc(sizeof(*part));
  char *text = cables_malloc(z.n + more + 1);
  if (part == NULL || text == NULL) {
    cables_free(part);
    cables_free(text);
    return NULL;
  }
  memcpy(text, z.z, z.n);
  memcpy(text + z.n, tail, more + 1);
  *part = (Part){.text = text, .base = {text, z.n + more}};
  list->parts[list->n_parts++] = part;
  return part;
}

/* Writes the error "<what>: '<item>'". */
static CablesSourceResult fail(CablesList *list, const char *what,
                               CablesSpan item) {
  cables_buf_format(list->error, "%s: '", what);
  cables_buf_span(list->error, item);
  cables_buf_text(list->error, "'");
  return list->error->oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_ERROR;
}

/* Adds a glob.  Its base has to lie below the root but need not exist. */
static CablesSourceResult add_glob(CablesList *list, CablesSpan item) {
  Part *part = add_part(list, item, "");
  if (part == NULL) return CABLES_SOURCE_NOMEM;
  part->is_tree = true;
  part->glob = cables_malloc(sizeof(*part->glob));
  if (part->glob == NULL) return CABLES_SOURCE_NOMEM;
  if (!cables_glob_init(part->glob, part->base))
    return fail(list, "too many folders in glob", item);
  part->base = part->glob->base;
  CablesBuf base = {0};
  cables_buf_span(&base, part->base);
  cables_buf_text(&base, part->base.n > 0 ? "" : ".");
  cables_buf_byte(&base, '\0');
  int err = CABLES_NO_MEMORY;
  if (!base.oom) {
    CablesPlace place;
    err = cables_place_find(&place, list->options->root, base.z);
    cables_place_free(&place);
  }
  cables_buf_free(&base);
  if (err == CABLES_NO_MEMORY) return CABLES_SOURCE_NOMEM;
  if (err == CABLES_OUTSIDE) return fail(list, "outside the root", item);
  return CABLES_SOURCE_OK;
}

/* Adds what the literal path of item was found to be. */
static CablesSourceResult add_found(CablesList *list, CablesSpan item,
                                    const CablesPlace *place) {
  bool is_tree = S_ISDIR(place->st.st_mode);
  if (is_tree)
    while (item.n > 0 && item.z[item.n - 1] == '/') item.n--;
  Part *part = add_part(list, item, is_tree ? "/" : "");
  if (part == NULL) return CABLES_SOURCE_NOMEM;
  part->is_tree = is_tree;
  part->is_link = place->is_link;
  part->is_odd = !is_tree && !S_ISREG(place->st.st_mode);
  return CABLES_SOURCE_OK;
}

/* Finds the literal path of item.  Gives what cables_place_find() gives. */
static int find_item(CablesList *list, CablesSpan item, CablesPlace *place) {
  *place = (CablesPlace){.dir = AT_FDCWD};
  if (item.n == 0 || memchr(item.z, '\0', item.n) != NULL) return ENOENT;
  CablesBuf path = {0};
  cables_buf_span(&path, item);
  cables_buf_byte(&path, '\0');
  int err = CABLES_NO_MEMORY;
  if (!path.oom) err = cables_place_find(place, list->options->root, path.z);
  cables_buf_free(&path);
  return err;
}

/* Adds an item that is not there literally, or cannot be reached. */
static CablesSourceResult add_missing(CablesList *list, CablesSpan item,
                                      int err) {
  if (err == CABLES_NO_MEMORY) return CABLES_SOURCE_NOMEM;
  if (err == CABLES_OUTSIDE) return fail(list, "outside the root", item);
  bool missing = err == ENOENT || err == ENOTDIR || err == ENAMETOOLONG;
  if (missing && cables_is_glob(item)) return add_glob(list, item);
  if (missing) return fail(list, "no such file or folder", item);
  /* It may well be there: it becomes a file that cannot be read. */
  Part *part = add_part(list, item, "");
  if (part == NULL) return CABLES_SOURCE_NOMEM;
  part->err = err;
  return CABLES_SOURCE_OK;
}

/* Adds one item of an array: a file, a folder or a glob. */
static CablesSourceResult add_item(void *arg, CablesSpan item) {
  CablesList *list = arg;
  if (cables_stopped(list->options)) return CABLES_SOURCE_STOP;
  CablesPlace place;
  int err = find_item(list, item, &place);
  CablesSourceResult rc =
      err == 0 ? add_found(list, item, &place) : add_missing(list, item, err);
  cables_place_free(&place);
  return rc;
}

/* Whether a source is meant as a JSON array.  A glob may start with a bracket
** too: it is taken for one unless a string follows, or the text also ends as
** an array does. */
static bool is_array(CablesSpan source) {
  CablesSpan s = cables_trim(source);
  if (s.n == 0 || s.z[0] != '[') return false;
  CablesSpan rest = cables_trim(cables_sub(s, 1, s.n));
  return rest.n == 0 || rest.z[0] == '"' || s.z[s.n - 1] == ']';
}

/* Adds the parts of a source argument. */
static CablesSourceResult add_source(CablesList *list, CablesSpan source) {
  CablesPlace place;
  int err = find_item(list, source, &place);
  CablesSourceResult rc;
  if (err == 0) {
    rc = add_found(list, source, &place);
  } else if (err != CABLES_NO_MEMORY && is_array(source)) {
    rc = cables_json_strings(source, add_item, list, list->error);
  } else {
    rc = add_missing(list, source, err);
  }
  cables_place_free(&place);
  return rc;
}

CablesSourceResult cables_list_open(CablesList **out, CablesSpan source,
                                    const CablesSourceOptions *options,
                                    CablesBuf *error) {
  *out = NULL;
  CablesList *list = cables_malloc(sizeof(*list));
  if (list == NULL) return CABLES_SOURCE_NOMEM;
  *list = (CablesList){
      .options = options, .error = error, .place = {.dir = AT_FDCWD}};
  CablesSourceResult rc = add_source(list, source);
  list->error = NULL;
  if (rc != CABLES_SOURCE_OK) {
    cables_list_close(list);
    return rc;
  }
  list->merges = list->n_parts > 1;
  build_heap(list);
  *out = list;
  return CABLES_SOURCE_OK;
}

CablesSourceResult cables_list_only(CablesList *list, CablesSpan path) {
  list->only.n = 0;
  cables_buf_span(&list->only, path);
  if (list->only.oom) return CABLES_SOURCE_NOMEM;
  list->has_only = true;
  size_t n = 0;
  for (size_t i = 0; i < list->n_parts; i++) {
    Part *part = list->parts[i];
    if (part->is_tree || part->err != 0 ? cables_starts(path, part->base)
                                        : cables_equal(path, part->base)) {
      list->parts[n++] = part;
    } else {
      free_part(part);
    }
  }
  list->n_parts = n;
  build_heap(list);
  return CABLES_SOURCE_OK;
}

/* Makes the file of a part that is one.  Below a root its place is found anew,
** as one handle for each file of a long array would be too many. */
static CablesSourceResult make_file(CablesList *list, Part *part) {
  CablesFile *file = &part->file;
  *file = (CablesFile){.path = part->base,
                       .dir = AT_FDCWD,
                       .name = part->text,
                       .is_link = part->is_link};
  list->trouble.n = 0;
  if (part->is_odd) {
    cables_buf_text(&list->trouble, "file cannot be read: not a regular file");
  } else if (part->err != 0) {
    cables_reason(&list->trouble, "file cannot be read", part->err);
  } else if (list->options->root != NULL) {
    cables_place_free(&list->place);
    int err = cables_place_find(&list->place, list->options->root, part->text);
    if (err == CABLES_NO_MEMORY) return CABLES_SOURCE_NOMEM;
    if (err == CABLES_OUTSIDE) {
      cables_buf_text(&list->trouble, "file cannot be read: outside the root");
    } else if (err != 0) {
      cables_reason(&list->trouble, "file cannot be read", err);
    } else {
      file->dir = list->place.dir;
      file->name = list->place.name;
    }
    file->is_link = false;
  }
  if (list->trouble.oom) return CABLES_SOURCE_NOMEM;
  if (list->trouble.n > 0) file->error = cables_buf_get(&list->trouble);
  return CABLES_SOURCE_OK;
}

/* Gives the top part its next file, or takes the part out at its end, and
** puts the heap right. */
static CablesSourceResult advance(CablesList *list) {
  Part *part = list->parts[0];
  CablesSourceResult rc = CABLES_SOURCE_END;
  if (part->is_tree) {
    CablesSpan only =
        list->has_only ? cables_buf_get(&list->only) : CABLES_NO_SPAN;
    if (part->tree == NULL)
      part->tree = cables_tree_new(part->base, part->glob, only, list->options);
    if (part->tree == NULL) return CABLES_SOURCE_NOMEM;
    part->started = false; /* what file points to may move now */
    rc = cables_tree_next(part->tree, &part->file);
  } else if (!part->started) {
    rc = cables_stopped(list->options) ? CABLES_SOURCE_STOP : CABLES_SOURCE_OK;
    if (rc == CABLES_SOURCE_OK) part->file.path = part->base;
  }
  if (rc == CABLES_SOURCE_OK) {
    part->started = true;
  } else if (rc == CABLES_SOURCE_END) {
    free_part(part);
    list->parts[0] = list->parts[--list->n_parts];
    rc = CABLES_SOURCE_OK;
  }
  sift_down(list, 0);
  return rc;
}

/* Whether the path of the top part was given out already. */
static bool is_repeated(const CablesList *list) {
  return list->last.n > 0 &&
         cables_equal(list->parts[0]->file.path, cables_buf_get(&list->last));
}

CablesSourceResult cables_list_next(CablesList *list, CablesFile **file,
                                    CablesBuf *error) {
  (void)error; /* nothing below one argument is an error of the whole */
  while (list->n_parts > 0) {
    bool again = list->yielded || !list->parts[0]->started || is_repeated(list);
    if (again) {
      list->yielded = false;
      CablesSourceResult rc = advance(list);
      if (rc != CABLES_SOURCE_OK) return rc;
      continue;
    }
    Part *part = list->parts[0];
    if (!part->is_tree) {
      CablesSourceResult rc = make_file(list, part);
      if (rc != CABLES_SOURCE_OK) return rc;
    }
    if (list->merges) {
      list->last.n = 0;
      cables_buf_span(&list->last, part->file.path);
      if (list->last.oom) return CABLES_SOURCE_NOMEM;
    }
    list->yielded = true;
    if (part->file.error.z == NULL) list->options->counters->files_listed++;
    *file = &part->file;
    return CABLES_SOURCE_OK;
  }
  return CABLES_SOURCE_END;
}

void cables_file_stat(CablesFile *file) {
  if (file->has_stat || file->error.z != NULL) return;
  struct stat st;
  int flags = file->is_link ? 0 : AT_SYMLINK_NOFOLLOW;
  if (fstatat(file->dir, file->name, &st, flags) != 0) return;
  file->has_stat = true;
  file->bytes = st.st_size;
  file->mtime = st.st_mtime;
}

void cables_list_close(CablesList *list) {
  if (list == NULL) return;
  while (list->n_parts > 0) free_part(list->parts[--list->n_parts]);
  cables_place_free(&list->place);
  cables_buf_free(&list->last);
  cables_buf_free(&list->only);
  cables_buf_free(&list->trouble);
  cables_free(list->parts);
  cables_free(list);
}
