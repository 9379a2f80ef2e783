/*
** Bytes that come in order, and a window on them that looks ahead.
**
**   CablesWindow w = {.input = &file.input};
**   rc = cables_window_more(&w, 8192);
**   ... cables_window_get(&w) ...
**   cables_window_use(&w, n);
**
** What reads a document, a bulk file or an archive reads a window and does
** not know whether a file or a member of an archive is behind it.
*/
#ifndef CABLES_SOURCE_INPUT_H
#define CABLES_SOURCE_INPUT_H

#include "source.h"

enum {
  CABLES_FIRST_READ = 8 * 1024, /* bytes from which the kind is judged */
  CABLES_ONE_READ = 64 * 1024   /* bytes between two polls */
};

/* Where bytes come from. */
typedef struct CablesInput CablesInput;
struct CablesInput {
  /* Reads 1 to n bytes, or gives CABLES_SOURCE_END behind the last one,
  ** CABLES_SOURCE_ERROR with the reason in error; polls. */
  CablesSourceResult (*read)(CablesInput *input, char *z, size_t n,
                             size_t *got);
  /* Goes to an offset; false when that fails.  NULL: it cannot be done. */
  bool (*seek)(CablesInput *input, int64_t offset);
  int64_t size;    /* the end is known to be there; -1: read to find out */
  CablesBuf error; /* why it cannot be read (further) */
};

/* An open regular file. */
typedef struct CablesFileInput {
  CablesInput input;
  const CablesSourceOptions *options; /* settings */
  int fd;                             /* the file, or -1 */
  int64_t total;                      /* bytes read from it */
  int64_t at;                         /* where the next are read */
} CablesFileInput;

/* Makes the input of an open file, which stays the caller's.  It ends where the
** file ended when it had this size; an earlier end is an error. */
void cables_file_input(CablesFileInput *file, int fd, int64_t size,
                       const CablesSourceOptions *options);

/* The bytes of an input that were read and not used yet. */
typedef struct CablesWindow {
  CablesInput *input;
  CablesBuf buf;  /* bytes read; those before at are used */
  size_t at;      /* the first that is not */
  int64_t offset; /* of buf's first byte in the input */
  bool ended;     /* no other bytes will come */
  bool failed;    /* because the input cannot be read: input->error */
} CablesWindow;

/* Starts over with another input; keeps the memory. */
void cables_window_start(CablesWindow *w, CablesInput *input);

/* Reads up to n bytes more, at most CABLES_ONE_READ, or sets ended.  Moves the
** bytes.  Only CABLES_SOURCE_NOMEM and CABLES_SOURCE_STOP are failures. */
CablesSourceResult cables_window_more(CablesWindow *w, size_t n);

/* The input of a window that is poured full: it has ended, and is never
** read. */
void cables_no_input(CablesInput *input);

/* Starts `to`, of which the input is a cables_no_input(), with the rest of
** another window: what is not used yet, and what is read until there are more
** than `most` bytes or no others.  size: how many there are, or -1.  When the
** input of `from` fails, `to` has failed too and tells why.  Results as
** cables_window_more(). */
CablesSourceResult cables_window_pour(CablesWindow *from, CablesWindow *to,
                                      int64_t size, int64_t most);

/* The bytes that are not used yet, and the offset of the first. */
CablesSpan cables_window_get(const CablesWindow *w);
int64_t cables_window_tell(const CablesWindow *w);

/* Uses n of them. */
static inline void cables_window_use(CablesWindow *w, size_t n) { w->at += n; }

/* Whether the window can go to any offset: the input can, or all its bytes
** are in the window. */
bool cables_window_seeks(const CablesWindow *w);

/* Goes to an offset; false when that fails. */
bool cables_window_seek(CablesWindow *w, int64_t offset);

/* Frees the bytes; the input is the caller's. */
void cables_window_free(CablesWindow *w);

#endif
