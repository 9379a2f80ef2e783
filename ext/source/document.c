/*
** From one file to documents: see document.h.  Knows which reader takes which
** kind of content, and how a document is told; text.c, bulk.c and archive.c
** know how they are read.
*/
#include "document.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/mem.h"
#include "archive.h"
#include "bulk.h"
#include "input.h"
#include "open.h"
#include "text.h"

enum {
  MAX_NOTES = 6, /* one of each sort */
  MAX_DEPTH = 2  /* archives in each other that are opened */
};

/* What is to be done next. */
typedef enum State {
  STATE_CLOSED,  /* no file, or nothing comes of it any more */
  STATE_FAILED,  /* the document that tells why the file cannot be read */
  STATE_CONTENT, /* a window is at the start of what has to be judged */
  STATE_RECORDS, /* the next record of the bulk file */
  STATE_MEMBERS, /* the next member of the archive */
  STATE_UP       /* the window is done with: back to the archive it is in */
} State;

/* Content in content: a file, a member of it, a member of that. */
typedef struct Level {
  CablesWindow window;    /* its bytes */
  CablesArchive *archive; /* that reads them, or NULL */
  size_t n_entry;         /* bytes of reader.entry that name it */
  int64_t bytes;          /* its size, or -1 */
  int64_t mtime;          /* its last change */
} Level;

struct CablesReader {
  const CablesSourceOptions *options; /* settings */
  CablesFileInput file;               /* the file */
  Level levels[MAX_DEPTH + 1];        /* the file first */
  size_t depth;                       /* the level that is read */
  CablesUnpacked unpacked;            /* from the file */
  CablesBuf entry;                    /* where the level is in the file */
  CablesBuf path;                     /* its path */
  CablesOffsetsKey key;               /* what tells it from others */
  CablesBulk *bulk;                   /* the bulk file, or NULL */
  State state;
  CablesBuf only;              /* the one entry that comes */
  bool is_limited;             /* there is one */
  CablesText text;             /* of the document */
  CablesRecordText values;     /* the same when it is a record */
  CablesInput moved;           /* of a document that was moved here */
  CablesRecord record;         /* the document, of a bulk file */
  bool is_record;              /* it is one */
  CablesBuf note;              /* record.note of a record that was moved */
  CablesBuf failure;           /* why the document cannot be read */
  CablesSpan notes[MAX_NOTES]; /* doc.notes */
  CablesDocument doc;          /* the document */
};

CablesReader *cables_reader_new(const CablesSourceOptions *options) {
  CablesReader *reader = cables_malloc(sizeof(*reader));
  if (reader == NULL) return NULL;
  *reader = (CablesReader){.options = options};
  reader->file.fd = -1;
  return reader;
}

/* The level that is read. */
static Level *level_of(CablesReader *reader) {
  return &reader->levels[reader->depth];
}

/* Closes the file and what reads it. */
static void close_file(CablesReader *reader) {
  cables_bulk_free(reader->bulk);
  reader->bulk = NULL;
  for (size_t i = MAX_DEPTH + 1; i > 0; i--) {
    cables_archive_close(reader->levels[i - 1].archive);
    reader->levels[i - 1].archive = NULL;
  }
  if (reader->file.fd >= 0) close(reader->file.fd);
  reader->file.fd = -1;
}

void cables_reader_free(CablesReader *reader) {
  if (reader == NULL) return;
  close_file(reader);
  for (size_t i = 0; i <= MAX_DEPTH; i++)
    cables_window_free(&reader->levels[i].window);
  cables_text_free(&reader->text);
  cables_record_free(&reader->values);
  cables_buf_free(&reader->moved.error);
  cables_buf_free(&reader->file.input.error);
  cables_buf_free(&reader->entry);
  cables_buf_free(&reader->path);
  cables_buf_free(&reader->only);
  cables_buf_free(&reader->note);
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
  CablesText *text = &reader->text;
  if (!reader->is_record && !doc->failed) {
    doc->kind = text->is_page ? CABLES_DOCUMENT_HTML : CABLES_DOCUMENT_TEXT;
    doc->text = cables_buf_get(&text->text);
    doc->verbatim = text->verbatim;
    doc->complete = text->complete;
    doc->failed = text->failed;
  }
  doc->notes = reader->notes;
  doc->n_notes = 0;
  if (text->flags & CABLES_DECODE_UTF16)
    add_note(reader, CABLES_LIT("text is UTF-16"));
  add_note(reader, cables_span(text->not_utf8));
  if (text->flags & CABLES_DECODE_NUL)
    add_note(reader, CABLES_LIT("text holds NUL bytes"));
  add_note(reader, cables_span(text->too_long));
  if (reader->is_record) add_note(reader, reader->record.note);
  add_note(reader, cables_buf_get(&reader->failure));
  if (text->failed) add_note(reader, text->failure);
}

/* Empties a buffer for the next file but keeps its memory. */
static void reset(CablesBuf *buf) {
  buf->n = 0;
  buf->oom = false;
}

/* Starts a document of the level, of which nothing is known yet. */
static void start_document(CablesReader *reader) {
  CablesSpan empty = CABLES_LIT("");
  reset(&reader->failure);
  reader->is_record = false;
  cables_text_start(&reader->text, &level_of(reader)->window, -1);
  reader->doc =
      (CablesDocument){.text = empty, .offset = -1, .length = -1, .bytes = -1};
  reader->doc.mtime = level_of(reader)->mtime;
  if (reader->entry.n > 0) reader->doc.entry = cables_buf_get(&reader->entry);
}

/* Makes the document one that cannot be read, for a reason. */
static void tell(CablesReader *reader, CablesSpan why) {
  cables_buf_span(&reader->failure, why);
  reader->doc.failed = reader->doc.complete = true;
}

/* The same for the file, of which nothing else comes. */
static void fail(CablesReader *reader, CablesSpan why) {
  tell(reader, why);
  reader->state = STATE_FAILED;
  close_file(reader);
}

/* The same for an errno. */
static void fail_by(CablesReader *reader, int err) {
  cables_reason(&reader->failure, "file cannot be read", err);
  fail(reader, CABLES_LIT(""));
}

/* Takes what the system says about the open file; file learns it too. */
static void take_file(CablesReader *reader, CablesFile *file,
                      const struct stat *st) {
  Level *level = level_of(reader);
  file->has_stat = true;
  file->bytes = st->st_size;
  file->mtime = st->st_mtime;
  reader->options->counters->files_opened++;
  reader->key = (CablesOffsetsKey){.path = cables_buf_get(&reader->path),
                                   .device = (int64_t)st->st_dev,
                                   .inode = (int64_t)st->st_ino,
                                   .bytes = st->st_size,
                                   .mtime = st->st_mtim.tv_sec,
                                   .mtime_nanoseconds = st->st_mtim.tv_nsec};
  cables_file_input(&reader->file, reader->file.fd, st->st_size,
                    reader->options);
  cables_window_start(&level->window, &reader->file.input);
  reader->unpacked = (CablesUnpacked){.in = &reader->file.total};
  level->bytes = st->st_size;
  level->mtime = st->st_mtime;
  reader->state = STATE_CONTENT;
}

CablesSourceResult cables_reader_open(CablesReader *reader, CablesFile *file) {
  close_file(reader);
  reader->state = STATE_CLOSED;
  reader->is_limited = false;
  reset(&reader->path);
  reset(&reader->entry);
  reader->depth = 0;
  reader->levels[0].bytes = -1;
  reader->levels[0].mtime = 0;
  start_document(reader);
  if (cables_stopped(reader->options)) return CABLES_SOURCE_STOP;
  cables_buf_span(&reader->path, file->path);
  if (reader->path.oom) return CABLES_SOURCE_NOMEM;
  struct stat st;
  if (file->error.z != NULL) {
    fail(reader, file->error);
  } else {
    int flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
    /* Below a root the list has resolved every link already. */
    if (!file->is_link || reader->options->root != NULL) flags |= O_NOFOLLOW;
    do {
      reader->file.fd = openat(file->dir, file->name, flags);
    } while (reader->file.fd < 0 && errno == EINTR);
    if (reader->file.fd < 0 || fstat(reader->file.fd, &st) != 0)
      fail_by(reader, errno);
    /* Such files say that they have no bytes: others are spared the look. */
    else if (!S_ISREG(st.st_mode) ||
             (st.st_size == 0 && cables_is_of_kernel(reader->file.fd)))
      fail(reader, CABLES_LIT("file cannot be read: not a regular file"));
    else
      take_file(reader, file, &st);
  }
  return reader->failure.oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
}

CablesSourceResult cables_reader_only(CablesReader *reader, CablesSpan entry) {
  reset(&reader->only);
  cables_buf_span(&reader->only, entry);
  reader->is_limited = true;
  return reader->only.oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
}

/* --- What the window holds. */

/* The entry that comes, inside the level, which is_member_wanted() let pass;
** empty when it is the level itself. */
static CablesSpan only_inside(const CablesReader *reader) {
  CablesSpan only = cables_buf_get(&reader->only);
  size_t n = reader->entry.n;
  if (n == 0) return only;
  return cables_sub(only, n + 1, only.n);
}

/* Starts the bulk file in the window. */
static CablesSourceResult start_bulk(CablesReader *reader) {
  reader->bulk = cables_bulk_new(&level_of(reader)->window, reader->options);
  if (reader->bulk == NULL) return CABLES_SOURCE_NOMEM;
  if (reader->depth == 0) cables_bulk_remember(reader->bulk, &reader->key);
  if (reader->is_limited) cables_bulk_only(reader->bulk, only_inside(reader));
  reader->state = STATE_RECORDS;
  return CABLES_SOURCE_OK;
}

/* Starts the archive in the window. */
static CablesSourceResult start_archive(CablesReader *reader,
                                        CablesArchiveKind kind, bool *found) {
  Level *level = level_of(reader);
  if (reader->depth == MAX_DEPTH) {
    start_document(reader);
    tell(reader, CABLES_LIT("archive cannot be read: it is in an archive that "
                            "is in another"));
    reader->state = STATE_UP;
    *found = true;
    return CABLES_SOURCE_OK;
  }
  reader->state = STATE_MEMBERS;
  return cables_archive_open(&level->archive, &level->window, kind,
                             &reader->unpacked, reader->options);
}

/* Reads the head of the window and finds what reads it; *found: it is a
** document itself. */
static CablesSourceResult judge(CablesReader *reader, bool *found) {
  Level *level = level_of(reader);
  CablesWindow *w = &level->window;
  while (!w->ended && cables_window_get(w).n < CABLES_FIRST_READ) {
    size_t n = CABLES_FIRST_READ - cables_window_get(w).n;
    CablesSourceResult rc = cables_window_more(w, n);
    if (rc != CABLES_SOURCE_OK) return rc;
  }
  CablesSpan head = cables_window_get(w);
  CablesArchiveKind kind = cables_archive_kind(head);
  if (kind != CABLES_ARCHIVE_NONE) return start_archive(reader, kind, found);
  if (cables_is_bulk(head)) return start_bulk(reader);
  start_document(reader);
  cables_text_start(&reader->text, w, level->bytes);
  reader->doc.bytes = level->bytes;
  if (reader->depth == 0) {
    reader->doc.offset = 0;
    reader->doc.length = level->bytes;
  } else {
    cables_archive_leave(level[-1].archive);
  }
  reader->state = STATE_UP;
  *found = true;
  return CABLES_SOURCE_OK;
}

/* Makes the next record the document. */
static CablesSourceResult next_record(CablesReader *reader, bool *found) {
  CablesWindow *w = &level_of(reader)->window;
  reader->entry.n = level_of(reader)->n_entry;
  CablesSourceResult rc = cables_bulk_next(reader->bulk, &reader->record);
  start_document(reader);
  if (rc == CABLES_SOURCE_END) {
    cables_bulk_free(reader->bulk);
    reader->bulk = NULL;
    reader->state = STATE_UP;
    *found = w->failed;
    if (w->failed) tell(reader, cables_buf_get(&w->input->error));
    return CABLES_SOURCE_OK;
  }
  if (rc != CABLES_SOURCE_OK) return rc;
  CablesDocument *doc = &reader->doc;
  if (reader->entry.n > 0) cables_buf_byte(&reader->entry, '/');
  cables_buf_span(&reader->entry, reader->record.entry);
  reader->is_record = *found = true;
  doc->kind = CABLES_DOCUMENT_BULK;
  doc->entry = cables_buf_get(&reader->entry);
  doc->offset = reader->record.offset;
  doc->length = doc->bytes = reader->record.length;
  if (!cables_bulk_text(reader->bulk, &reader->values, false))
    return CABLES_SOURCE_NOMEM;
  return CABLES_SOURCE_OK;
}

/* Puts a member's name behind the level's own. */
static void set_entry(CablesReader *reader, CablesSpan name) {
  reader->entry.n = level_of(reader)->n_entry;
  if (name.n == 0) return;
  if (reader->entry.n > 0) cables_buf_byte(&reader->entry, '/');
  cables_buf_span(&reader->entry, name);
}

/* Whether a member of the level's archive is, or may hold, what is asked for.
 */
static bool is_member_wanted(void *arg, CablesSpan name) {
  CablesReader *reader = arg;
  CablesSpan only = cables_buf_get(&reader->only);
  set_entry(reader, name);
  CablesSpan entry = cables_buf_get(&reader->entry);
  return entry.n == 0 || (cables_starts(only, entry) &&
                          (only.n == entry.n || only.z[entry.n] == '/'));
}

/* Goes into the next member of the archive; *found: the document tells that it
** cannot be read. */
static CablesSourceResult next_member(CablesReader *reader, bool *found) {
  Level *level = level_of(reader);
  CablesMember member;
  reader->entry.n = level->n_entry;
  CablesSourceResult rc = cables_archive_next(
      level->archive, reader->is_limited ? is_member_wanted : NULL, reader,
      &member);
  if (rc == CABLES_SOURCE_ERROR) {
    set_entry(reader, member.name);
    start_document(reader);
    tell(reader, cables_archive_error(level->archive));
    *found = true;
    return CABLES_SOURCE_OK;
  }
  if (rc == CABLES_SOURCE_END) {
    cables_archive_close(level->archive);
    level->archive = NULL;
    reader->state = STATE_UP;
    return CABLES_SOURCE_OK;
  }
  if (rc != CABLES_SOURCE_OK) return rc;
  set_entry(reader, member.name);
  reader->depth++;
  Level *inner = level_of(reader);
  cables_window_start(&inner->window, member.input);
  inner->n_entry = reader->entry.n;
  inner->bytes = member.size;
  inner->mtime = member.has_mtime ? member.mtime : level->mtime;
  reader->state = STATE_CONTENT;
  return CABLES_SOURCE_OK;
}

/* Goes back to the archive that the level is in. */
static void go_up(CablesReader *reader) {
  if (reader->depth == 0 || reader->unpacked.exceeded) {
    reader->state = STATE_CLOSED;
    close_file(reader);
    return;
  }
  reader->depth--;
  reader->state = STATE_MEMBERS;
}

/* Whether the document is the one that is asked for, or tells that there may
** be more than can be read. */
static bool is_wanted(const CablesReader *reader) {
  return !reader->is_limited || reader->doc.failed ||
         reader->levels[reader->depth].window.failed ||
         (reader->doc.entry.z != NULL &&
          cables_equal(reader->doc.entry, cables_buf_get(&reader->only)));
}

CablesSourceResult cables_reader_next(CablesReader *reader,
                                      CablesDocument **doc) {
  *doc = NULL;
  for (;;) {
    CablesSourceResult rc = CABLES_SOURCE_OK;
    bool found = false;
    switch (reader->state) {
      case STATE_CLOSED:
        return CABLES_SOURCE_END;
      case STATE_FAILED:
        found = true;
        reader->state = STATE_CLOSED;
        break;
      case STATE_CONTENT:
        rc = judge(reader, &found);
        break;
      case STATE_RECORDS:
        rc = next_record(reader, &found);
        break;
      case STATE_MEMBERS:
        rc = next_member(reader, &found);
        break;
      default: /* STATE_UP */
        go_up(reader);
        break;
    }
    if (rc != CABLES_SOURCE_OK) return rc;
    if (reader->failure.oom || reader->entry.oom) return CABLES_SOURCE_NOMEM;
    if (found && is_wanted(reader)) break;
  }
  refresh(reader);
  *doc = &reader->doc;
  return CABLES_SOURCE_OK;
}

/* Reads a record. */
static CablesSourceResult read_record(CablesReader *reader, size_t want) {
  CablesDocument *doc = &reader->doc;
  CablesRecordText *values = &reader->values;
  if (!cables_record_read(values, want)) return CABLES_SOURCE_NOMEM;
  cables_text_note(&reader->text, values->flags, "");
  if (reader->record.is_cut)
    cables_text_too_long(&reader->text, reader->record.length);
  doc->text = cables_buf_get(&values->text);
  doc->fields = values->fields;
  doc->n_fields = values->n_fields;
  doc->failed = values->is_lost;
  doc->complete = values->complete;
  return CABLES_SOURCE_OK;
}

CablesSourceResult cables_document_read(CablesReader *reader, size_t want) {
  CablesSourceResult rc = CABLES_SOURCE_OK;
  CablesDocument *doc = &reader->doc;
  if (reader->is_record) {
    if (!doc->complete) rc = read_record(reader, want);
  } else if (!doc->complete) {
    rc = cables_text_read(&reader->text, want, reader->options);
  }
  refresh(reader);
  /* A plain file: nothing else comes of it. */
  if (doc->complete && reader->state == STATE_UP && reader->depth == 0)
    close_file(reader);
  return rc;
}

/* Copies what is known of the document of another reader, but for its text. */
static void copy_facts(CablesReader *to, const CablesReader *from) {
  to->state = STATE_UP;
  to->is_limited = false;
  to->depth = 0;
  to->levels[0].bytes = from->doc.bytes;
  to->levels[0].mtime = from->doc.mtime;
  to->is_record = from->is_record;
  to->record = from->record;
  to->doc = from->doc;
  reset(&to->entry);
  reset(&to->failure);
  reset(&to->note);
  if (from->doc.entry.z != NULL) {
    cables_buf_span(&to->entry, from->doc.entry);
    to->doc.entry = cables_buf_get(&to->entry);
  }
  cables_buf_span(&to->failure, cables_buf_get(&from->failure));
  /* Behind the last record its note is gone. */
  if (from->is_record) cables_buf_span(&to->note, from->record.note);
  to->record.note = cables_buf_get(&to->note);
}

CablesSourceResult cables_document_move(CablesReader *from, CablesReader *to,
                                        CablesDocument **doc) {
  CablesSourceResult rc = CABLES_SOURCE_OK;
  CablesWindow *w = &to->levels[0].window;
  close_file(to);
  cables_no_input(&to->moved);
  cables_window_start(w, &to->moved);
  copy_facts(to, from);
  cables_text_start(&to->text, w, from->text.size);
  if (from->is_record) {
    if (!cables_bulk_text(from->bulk, &to->values, true))
      rc = CABLES_SOURCE_NOMEM;
  } else if (!from->doc.failed) {
    rc = cables_window_pour(&level_of(from)->window, w, from->text.size,
                            from->options->max_bytes);
  }
  if (to->entry.oom || to->failure.oom || to->note.oom)
    rc = CABLES_SOURCE_NOMEM;
  refresh(to);
  *doc = &to->doc;
  return rc;
}

size_t cables_document_held(const CablesReader *reader) {
  return reader->is_record ? reader->values.bytes.n
                           : reader->levels[0].window.buf.n;
}
