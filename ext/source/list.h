/*
** From a source argument to files, in byte order of path.
**
**   CablesList *list;
**   CablesBuf error = {0};
**   rc = cables_list_open(&list, cables_span("archive"), &options, &error);
**   CablesFile *file;
**   while ((rc = cables_list_next(list, &file, &error)) == CABLES_SOURCE_OK)
**     ... file->path ...
**   cables_list_close(list);
**
** A source argument is a file, a folder (taken recursively), a glob (* ? [..]
** and ** for any depth), or a JSON array of those.  An argument that names an
** existing file or folder literally is that, whatever characters it holds.
** Paths come in memcmp order of the whole path as reached from the argument
** ("a-b/x" before "a/x"), each once, also when array items overlap.
*/
#ifndef CABLES_SOURCE_LIST_H
#define CABLES_SOURCE_LIST_H

#include "source.h"

typedef struct CablesList CablesList;

/* One file of a list.  Valid until the next call on the list. */
typedef struct CablesFile {
  CablesSpan path;  /* as reached from the argument; NUL follows z[n] */
  int dir;          /* open handle of the folder it is in, or AT_FDCWD */
  const char *name; /* its name relative to dir, NUL-terminated */
  bool is_link;     /* a symbolic link (met only when links are followed, or
                    ** when the argument itself names a link; below a root
                    ** never, since dir and name then are where it leads) */
  bool has_stat;    /* bytes and mtime are known */
  int64_t bytes;    /* size */
  int64_t mtime;    /* last change, seconds since 1970-01-01 UTC */
  CablesSpan error; /* set: this path could not be listed (say, a folder
                    ** without permission); the reason, as
                    ** "folder cannot be read: Permission denied"; the path of
                    ** such a folder ends in a slash, so that it stands in
                    ** order where its files would */
} CablesFile;

/* Starts a list.  source: the argument; error: filled for
** CABLES_SOURCE_ERROR (a source that does not exist: "no such file or folder:
** 'x'"; a malformed JSON array; an argument outside the root: "outside the
** root: 'x'", the same whether or not it exists).  The list keeps a copy of
** the argument and the pointer to options.  Touches the file system only as
** far as the argument itself.  A glob that matches nothing is an empty list,
** not an error. */
CablesSourceResult cables_list_open(CablesList **out, CablesSpan source,
                                    const CablesSourceOptions *options,
                                    CablesBuf *error);

/* Limits the list to one path, before the first cables_list_next(): only the
** file of exactly that path comes, and a folder above it that cannot be listed;
** folders that cannot hold it are not read.  Paths come out as if there were no
** limit. */
CablesSourceResult cables_list_only(CablesList *list, CablesSpan path);

/* The next file.  Only regular files (and links to them, when links are
** followed) come; FIFOs, sockets and devices are passed over silently, unless
** the argument itself names one: it comes with `error`.  A
** folder that cannot be read comes as a CablesFile with `error`.  A folder
** that is met again on the way down through links (a loop) is passed over. */
CablesSourceResult cables_list_next(CablesList *list, CablesFile **file,
                                    CablesBuf *error);

/* Fills bytes and mtime of the current file (one fstatat); on failure they
** stay unknown and has_stat stays false. */
void cables_file_stat(CablesFile *file);

/* Closes every handle; NULL is harmless. */
void cables_list_close(CablesList *list);

#endif
