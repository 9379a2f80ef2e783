/*
** The names in one folder, in the order in which their paths come.
*/
#ifndef CABLES_SOURCE_NAMES_H
#define CABLES_SOURCE_NAMES_H

#include "source.h"

/* What a name stands for, links resolved where they are followed. */
typedef enum CablesNameKind {
  CABLES_NAME_OTHER, /* nothing that is read: a FIFO, a device, a dead link */
  CABLES_NAME_FILE,
  CABLES_NAME_FOLDER,
  CABLES_NAME_UNSURE /* it is there, but could not be looked at */
} CablesNameKind;

/* One name. */
typedef struct CablesName {
  size_t at;           /* offset of the NUL-terminated bytes in text */
  size_t n;            /* their number */
  const char *z;       /* the bytes, once all names are read */
  CablesNameKind kind; /* what it stands for */
  int err;             /* why it could not be looked at; an errno */
  bool is_link;        /* it is a symbolic link */
} CablesName;

/* The names of a folder; starts as {0}. */
typedef struct CablesNames {
  CablesBuf text;    /* the bytes */
  CablesName *items; /* sorted */
  size_t n;          /* their number */
  size_t cap;        /* room in items */
} CablesNames;

/* Reads and sorts the names in the folder of the handle, which stays open and
** where it is.  path: of the folder, with a slash at its end (empty for the
** working folder), by which links are resolved below a root.  Names that
** stand for nothing readable are left out.  *err is the errno of a folder
** that could not be read to its end, else 0. */
CablesSourceResult cables_names_read(CablesNames *names, int fd,
                                     CablesSpan path,
                                     const CablesSourceOptions *options,
                                     int *err);

/* The same, but looks for one name only and does not read the others. */
CablesSourceResult cables_names_one(CablesNames *names, int fd, CablesSpan path,
                                    CablesSpan name,
                                    const CablesSourceOptions *options);

/* Frees the names. */
void cables_names_free(CablesNames *names);

#endif
