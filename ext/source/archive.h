/*
** Archives: tar, zip and 7z, and single files that are gzip, bzip2, xz or zstd
** compressed, or a tar in any of them.
**
**   kind = cables_archive_kind(head);
**   rc = cables_archive_open(&archive, &window, kind, &unpacked, &options);
**   while ((rc = cables_archive_next(archive, NULL, NULL)) ==
**          CABLES_SOURCE_OK) {
**     ... archive->name, a window on archive->input ...
**   }
**   cables_archive_close(archive);
**
** A compressed file that is cut or damaged gives all that can be unpacked of it
** (salvage.h), where the window can go back to its start.
**
** Members come in the order in which they lie in the archive, read as they are
** asked for.  libarchive takes its memory from malloc(): it offers no way to
** hand it another allocator, so the host's limit does not see it.  Only its
** readers of these formats are used, on bytes that this layer has opened: it
** opens nothing itself.
*/
#ifndef CABLES_SOURCE_ARCHIVE_H
#define CABLES_SOURCE_ARCHIVE_H

#include "input.h"

/* What an archive is, from its first bytes. */
typedef enum CablesArchiveKind {
  CABLES_ARCHIVE_NONE, /* no archive */
  CABLES_ARCHIVE_TAR,
  CABLES_ARCHIVE_ZIP,
  CABLES_ARCHIVE_7Z,
  CABLES_ARCHIVE_PACKED /* compressed: a tar or a single file */
} CablesArchiveKind;

/* What was unpacked so far from one file, archives in archives together. */
typedef struct CablesUnpacked {
  const int64_t *in; /* bytes read of the file */
  int64_t out;       /* bytes unpacked */
  bool exceeded;     /* options.max_ratio ended it */
} CablesUnpacked;

typedef struct CablesArchive CablesArchive;

/* The member that was reached last. */
typedef struct CablesMember {
  CablesSpan name;    /* path in the archive, UTF-8; unknown for the only one
                      ** of a compressed file */
  CablesInput *input; /* its bytes; told apart by cables_archive_next() */
  int64_t size;       /* their number, or -1 */
  int64_t mtime;      /* last change */
  bool has_mtime;     /* it is known */
} CablesMember;

/* Whether a file with this head is an archive, and of what kind. */
CablesArchiveKind cables_archive_kind(CablesSpan head);

/* Opens an archive at the window's first byte, which is its first.  Gives
** CABLES_SOURCE_NOMEM when memory is out; what is wrong with the archive, the
** first cables_archive_next() tells.  The window, unpacked and options have
** to outlive it. */
CablesSourceResult cables_archive_open(CablesArchive **out,
                                       CablesWindow *window,
                                       CablesArchiveKind kind,
                                       CablesUnpacked *unpacked,
                                       const CablesSourceOptions *options);

/* Whether a member is wanted; others are passed over, unread if possible. */
typedef bool CablesMemberWanted(void *arg, CablesSpan name);

/* The next regular file in it, or CABLES_SOURCE_END.  CABLES_SOURCE_ERROR: the
** member, or the archive on from there, cannot be read, for the reason in
** cables_archive_error(); member->name is set when it is known.  Goes on
** with the next call. */
CablesSourceResult cables_archive_next(CablesArchive *archive,
                                       CablesMemberWanted *wanted, void *arg,
                                       CablesMember *member);

/* Why it cannot be read: "archive cannot be read on: Truncated tar archive
** (member 'a.txt')". */
CablesSpan cables_archive_error(const CablesArchive *archive);

/* The member's bytes are a document's now, which tells itself why they cannot
** be read (further): cables_archive_next() will not. */
void cables_archive_leave(CablesArchive *archive);

/* The library that reads archives, with its version: "libarchive 3.6.2". */
const char *cables_archive_library(void);

/* Closes it; NULL is harmless. */
void cables_archive_close(CablesArchive *archive);

#endif
