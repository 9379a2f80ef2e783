/*
** From one file to documents: see document.h.  Knows how a file is read and
** decoded, not what the text says.
*/
#include "document.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/mem.h"
#include "../base/utf8.h"
#include "html.h"
#include "open.h"

enum {
  FIRST_READ = 8 * 1024, /* bytes from which the kind is judged */
  ONE_READ = 64 * 1024,  /* bytes between two polls */
  MAX_NOTES = 5          /* one of each sort */
};

struct CablesReader {
  const CablesSourceOptions *options;      /* settings */
  CablesBuf raw;                           /* bytes read and not decoded yet */
  CablesBuf text;                          /* decoded */
  CablesBuf failure;                       /* why the document cannot be read */
  CablesSpan notes[MAX_NOTES];             /* doc.notes */
  char too_long[64];                       /* note, or "" */
  char not_utf8[CABLES_CHARSET_SIZE + 40]; /* note, or "" */
  CablesDocument doc;                      /* the document */
  int fd;                                  /* the file, or -1 */
  bool waiting;          /* a file is open whose document is still to come */
  bool begun;            /* the kind is known */
  bool ended;            /* all bytes that will be read were read */
  bool cut;              /* there were more than max_bytes */
  int64_t total;         /* bytes read */
  CablesDecoder decoder; /* of a plain text */
  unsigned flags;        /* CABLES_DECODE_ flags to be noted */
};

CablesReader *cables_reader_new(const CablesSourceOptions *options) {
  CablesReader *reader = cables_malloc(sizeof(*reader));
  if (reader != NULL) *reader = (CablesReader){.options = options, .fd = -1};
  return reader;
}

/* Closes the file. */
static void close_file(CablesReader *reader) {
  if (reader->fd >= 0) close(reader->fd);
  reader->fd = -1;
}

void cables_reader_free(CablesReader *reader) {
  if (reader == NULL) return;
  close_file(reader);
  cables_buf_free(&reader->raw);
  cables_buf_free(&reader->text);
  cables_buf_free(&reader->failure);
  cables_free(reader);
}

/* Appends a note unless it is empty. */
static void add_note(CablesReader *reader, CablesSpan note) {
  if (note.n > 0) reader->notes[reader->doc.n_notes++] = note;
}

/* Brings the fields of the document up to date. */
static void refresh(CablesReader *reader) {
  CablesDocument *doc = &reader->doc;
  doc->text = cables_buf_get(&reader->text);
  doc->notes = reader->notes;
  doc->n_notes = 0;
  if (reader->flags & CABLES_DECODE_UTF16)
    add_note(reader, CABLES_LIT("text is UTF-16"));
  add_note(reader, cables_span(reader->not_utf8));
  if (reader->flags & CABLES_DECODE_NUL)
    add_note(reader, CABLES_LIT("text holds NUL bytes"));
  add_note(reader, cables_span(reader->too_long));
  add_note(reader, cables_buf_get(&reader->failure));
}

/* Notes that the document cannot be read (further), and ends it. */
static void fail(CablesReader *reader, CablesSpan why) {
  reader->failure.n = 0;
  cables_buf_span(&reader->failure, why);
  reader->doc.failed = true;
  reader->doc.complete = true;
  close_file(reader);
}

/* The same for an errno. */
static void fail_by(CablesReader *reader, int err) {
  fail(reader, CABLES_LIT(""));
  cables_reason(&reader->failure, "file cannot be read", err);
}

/* Notes in what way the bytes were no UTF-8.  charset: by which they were
** read, "" for Windows-1252. */
static void note_flags(CablesReader *reader, unsigned flags,
                       const char *charset) {
  reader->flags = flags;
  if (charset[0] == '\0' && !(flags & CABLES_DECODE_CP1252)) return;
  (void)snprintf(reader->not_utf8, sizeof(reader->not_utf8),
                 "text is not UTF-8: read as %s",
                 charset[0] ? charset : "Windows-1252");
}

/* Empties a buffer for the next file but keeps its memory. */
static void reset(CablesBuf *buf) {
  buf->n = 0;
  buf->oom = false;
}

CablesSourceResult cables_reader_open(CablesReader *reader, CablesFile *file) {
  close_file(reader);
  reset(&reader->raw);
  reset(&reader->text);
  reset(&reader->failure);
  reader->too_long[0] = reader->not_utf8[0] = '\0';
  reader->begun = reader->ended = reader->cut = false;
  reader->total = 0;
  reader->decoder = (CablesDecoder){0};
  reader->flags = 0;
  reader->doc = (CablesDocument){.bytes = -1};
  reader->waiting = true;
  if (cables_stopped(reader->options)) return CABLES_SOURCE_STOP;
  struct stat st;
  if (file->error.z != NULL) {
    fail(reader, file->error);
  } else {
    int flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
    /* Below a root the list has resolved every link already. */
    if (!file->is_link || reader->options->root != NULL) flags |= O_NOFOLLOW;
    do {
      reader->fd = openat(file->dir, file->name, flags);
    } while (reader->fd < 0 && errno == EINTR);
    if (reader->fd < 0 || fstat(reader->fd, &st) != 0) {
      fail_by(reader, errno);
    } else if (!S_ISREG(st.st_mode)) {
      fail(reader, CABLES_LIT("file cannot be read: not a regular file"));
    } else {
      reader->options->counters->files_opened++;
      reader->doc.bytes = st.st_size;
      reader->doc.mtime = st.st_mtime;
    }
  }
  return reader->failure.oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
}

CablesSourceResult cables_reader_next(CablesReader *reader,
                                      CablesDocument **doc) {
  *doc = NULL;
  if (!reader->waiting) return CABLES_SOURCE_END;
  reader->waiting = false;
  refresh(reader);
  *doc = &reader->doc;
  return CABLES_SOURCE_OK;
}

/* read() that goes on after a signal and counts; the bytes read, or -1 after
** fail(). */
static ssize_t read_some(CablesReader *reader, char *z, size_t n) {
  ssize_t got;
  do {
    got = read(reader->fd, z, n);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    fail_by(reader, errno);
  } else {
    reader->options->counters->bytes_read += got;
  }
  return got;
}

/* Ends a document of which max_bytes were read: was that all of it? */
static void end_at_limit(CablesReader *reader) {
  char more;
  int64_t size = reader->doc.bytes;
  reader->ended = true;
  if (size <= reader->total) {
    if (size == reader->total && size > 0) return;
    ssize_t got = read_some(reader, &more, 1);
    if (got <= 0) return;
    size = reader->total + 1;
  }
  reader->cut = true;
  (void)snprintf(reader->too_long, sizeof(reader->too_long),
                 "document is longer than max_bytes: %lld bytes",
                 (long long)size);
}

/* Reads up to n bytes more into raw; sets ended when there are no others. */
static CablesSourceResult fill(CablesReader *reader, size_t n) {
  if (cables_stopped(reader->options)) return CABLES_SOURCE_STOP;
  int64_t limit = reader->options->max_bytes - reader->total;
  if (limit <= 0) {
    end_at_limit(reader);
    return CABLES_SOURCE_OK;
  }
  if (n > ONE_READ) n = ONE_READ;
  if ((uint64_t)limit < n) n = (size_t)limit;
  if (!cables_buf_reserve(&reader->raw, n)) return CABLES_SOURCE_NOMEM;
  ssize_t got = read_some(reader, reader->raw.z + reader->raw.n, n);
  if (got <= 0) {
    reader->ended = true;
    return CABLES_SOURCE_OK;
  }
  reader->raw.n += (size_t)got;
  reader->total += got;
  /* Spares a read() that gives nothing; files of /proc have the size 0. */
  if (reader->total == reader->doc.bytes) reader->ended = true;
  return CABLES_SOURCE_OK;
}

/* Decodes what is in raw as plain text; gives the bytes used. */
static size_t decode(CablesReader *reader) {
  bool last = reader->ended && !reader->cut;
  return cables_decode_piece(&reader->decoder, cables_buf_get(&reader->raw),
                             last, &reader->text);
}

/* Takes the bytes that were decoded as plain text out of raw. */
static void take_decoded(CablesReader *reader, size_t used) {
  reader->raw.n -= used;
  if (reader->raw.n > 0)
    memmove(reader->raw.z, reader->raw.z + used, reader->raw.n);
  note_flags(reader, reader->decoder.flags, "");
  if (reader->ended) reader->doc.complete = true;
}

/* Reads the rest of a web page and makes its text. */
static CablesSourceResult read_page(CablesReader *reader) {
  CablesSourceResult rc = CABLES_SOURCE_OK;
  while (rc == CABLES_SOURCE_OK && !reader->ended) rc = fill(reader, ONE_READ);
  if (rc != CABLES_SOURCE_OK) return rc;
  CablesHtml html;
  reader->text.n = 0;
  rc = cables_html_text(cables_buf_get(&reader->raw), reader->cut,
                        reader->options, &reader->text, &html);
  if (rc == CABLES_SOURCE_ERROR) {
    fail(reader, CABLES_LIT("file cannot be read: page is too long"));
    return CABLES_SOURCE_OK;
  }
  if (rc != CABLES_SOURCE_OK) return rc;
  note_flags(reader, html.flags, html.charset);
  reader->doc.complete = true;
  return CABLES_SOURCE_OK;
}

/* Reads the first bytes and finds the kind.  They stay in raw for a page. */
static CablesSourceResult begin(CablesReader *reader) {
  while (!reader->ended && reader->raw.n < FIRST_READ) {
    CablesSourceResult rc = fill(reader, FIRST_READ - reader->raw.n);
    if (rc != CABLES_SOURCE_OK) return rc;
  }
  size_t used = decode(reader);
  if (reader->text.oom) return CABLES_SOURCE_NOMEM;
  reader->begun = true;
  if (cables_is_html(cables_buf_get(&reader->text))) {
    reader->doc.kind = CABLES_DOCUMENT_HTML;
    reader->text.n = 0;
  } else {
    take_decoded(reader, used);
  }
  return CABLES_SOURCE_OK;
}

/* cables_document_read() but for the fields of the document. */
static CablesSourceResult read_text(CablesReader *reader, size_t want) {
  CablesSourceResult rc = CABLES_SOURCE_OK;
  if (!reader->begun) rc = begin(reader);
  if (rc == CABLES_SOURCE_OK && reader->doc.kind == CABLES_DOCUMENT_HTML &&
      !reader->doc.complete)
    return read_page(reader);
  while (rc == CABLES_SOURCE_OK && !reader->doc.complete &&
         reader->text.n < want) {
    size_t n = want - reader->text.n;
    rc = fill(reader, n < FIRST_READ ? FIRST_READ : n);
    if (rc == CABLES_SOURCE_OK) take_decoded(reader, decode(reader));
  }
  return rc;
}

CablesSourceResult cables_document_read(CablesReader *reader, size_t want) {
  CablesSourceResult rc = CABLES_SOURCE_OK;
  if (!reader->doc.complete) rc = read_text(reader, want);
  if (reader->text.oom || reader->raw.oom || reader->failure.oom)
    rc = CABLES_SOURCE_NOMEM;
  if (reader->doc.complete) close_file(reader);
  refresh(reader);
  return rc;
}
