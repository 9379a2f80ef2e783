/*
** From a path to a place that can be opened, never outside the root.
**
**   CablesPlace place;
**   int err = cables_place_find(&place, root, "archive/a.txt");
**   if (err == 0) fd = openat(place.dir, place.name, ...);
**   cables_place_free(&place);
**
** Also what list and reader share: reasons in words, and the poll.
*/
#ifndef CABLES_SOURCE_OPEN_H
#define CABLES_SOURCE_OPEN_H

#include <sys/stat.h>
#include <sys/types.h>

#include "source.h"

/* Where a path leads. */
typedef struct CablesPlace {
  int dir;        /* handle of the folder it is in, or AT_FDCWD */
  bool owns_dir;  /* dir has to be closed */
  char *name;     /* name relative to dir, NUL-terminated, owned */
  bool is_link;   /* name is a symbolic link that may be followed */
  struct stat st; /* what it is, links followed */
} CablesPlace;

/* The error number for a path that leads outside the root. */
enum { CABLES_OUTSIDE = -1, CABLES_NO_MEMORY = -2 };

/* Finds what a path leads to, links followed.  Without a root that is one
** stat().  With a root (absolute, itself resolved) the path is walked name by
** name from the root's own handle and each link is read and walked in turn,
** so that nothing outside is ever touched and a link that is put in place
** meanwhile leads nowhere; the place then holds no link any more.  Gives 0,
** CABLES_OUTSIDE, CABLES_NO_MEMORY, or an errno.  place is set up in every
** case; give it to cables_place_free(). */
int cables_place_find(CablesPlace *place, const char *root, const char *path);

/* Closes and frees what a place holds; harmless on {.dir = AT_FDCWD}. */
void cables_place_free(CablesPlace *place);

/* Opens a folder for reading its entries; -1 with errno when it fails. */
int cables_open_folder(int dir, const char *name, bool follow);

/* Whether a handle is of what the kernel makes up: /proc, /sys and their kin,
** where reading may block, never end, or show other processes.  What it is
** cannot be told on systems other than Linux. */
bool cables_is_of_kernel(int fd);

/* Appends "<what>: <reason>" with the system's words for the errno. */
void cables_reason(CablesBuf *out, const char *what, int err);

/* Asks the owner of the scan; true when the work has to stop. */
bool cables_stopped(const CablesSourceOptions *options);

#endif
