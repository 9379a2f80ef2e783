/*
** From one file to documents: decoded text, as much of it as is asked for.
**
**   CablesReader *reader = cables_reader_new(&options);
**   rc = cables_reader_open(reader, file);
**   while (cables_reader_next(reader, &doc) == CABLES_SOURCE_OK) {
**     rc = cables_document_read(reader, 8192);       // the head
**     ... doc->text, doc->complete ...
**     rc = cables_document_read(reader, SIZE_MAX);   // all of it
**   }
**
** One reader serves one file after the other and reuses its buffers.  A file
** is one document unless it is an archive or a bulk file.  An archive in an
** archive is opened too, one in that is not.  Names of members may come twice.
*/
#ifndef CABLES_SOURCE_DOCUMENT_H
#define CABLES_SOURCE_DOCUMENT_H

#include "list.h"
#include "source.h"

typedef struct CablesReader CablesReader;

/* One column of a record of a bulk file. */
typedef struct CablesRecordField {
  CablesSpan name;  /* of the header row, or of bulk.md 2: id, created, ... */
  CablesSpan value; /* decoded; unknown where the record is too short */
} CablesRecordField;

typedef enum CablesDocumentKind {
  CABLES_DOCUMENT_TEXT, /* plain text */
  CABLES_DOCUMENT_HTML, /* a web page; text is what a reader of it sees */
  CABLES_DOCUMENT_BULK  /* a record of a bulk file: text is its header and body
                        ** with a line feed between, fields its columns */
} CablesDocumentKind;

/* One document.  Valid until the next call on its reader, but for
** cables_document_read(), which refreshes the fields marked (r). */
typedef struct CablesDocument {
  CablesDocumentKind kind; /* (r) found from the content, not from the name */
  CablesSpan entry;        /* member of an archive ("b/a.txt"), record of a bulk
                           ** file ("17", see bulk.h), both with a slash between
                           ** where one is in the other; unknown for a file, also
                           ** for one that is compressed alone */
  CablesSpan text;         /* (r) decoded so far: valid UTF-8, line ends \n,
                           ** no NUL; for HTML the text of the whole page */
  CablesRange verbatim;    /* (r) for HTML the longest <pre> in text */
  bool complete;           /* (r) text is the whole document */
  int64_t offset;          /* where it lies in its file (uncompressed), or -1 */
  int64_t length;          /* bytes there, or -1 while unknown */
  const CablesRecordField *fields; /* (r) of a record of a bulk file; header and
                                   ** body, which are the text, without value */
  size_t n_fields;                 /* (r) */
  int64_t bytes;                   /* size of the document on disk, or -1 */
  int64_t mtime;     /* last change, seconds since 1970-01-01 UTC */
  CablesSpan *notes; /* (r) what was odd, each a short sentence: "text is
                     ** not UTF-8: read as Windows-1252", "text holds
                     ** NUL bytes", "file cannot be read: Is a
                     ** directory", "document is longer than max_bytes:
                     ** 104857600 bytes" */
  size_t n_notes;    /* (r) */
  bool failed;       /* (r) it could not be read; the last note says why */
} CablesDocument;

/* A reader, or NULL when memory is out.  Keeps the pointer to options. */
CablesReader *cables_reader_new(const CablesSourceOptions *options);

/* Opens a file of a list: O_RDONLY, O_NONBLOCK, O_CLOEXEC, below the root when
** one is set, without following links unless file->is_link; only a regular
** file is ever read.  A file that cannot be opened is not an error of the
** call: it becomes one document with `failed` set and a note.  Of one that is
** opened file's bytes and mtime are known from then on. */
CablesSourceResult cables_reader_open(CablesReader *reader, CablesFile *file);

/* The next document of the file.  Reads no more of a text than its first 8 KiB,
** by which the kind of file is known. */
CablesSourceResult cables_reader_next(CablesReader *reader,
                                      CablesDocument **doc);

/* Limits the open file to the document of exactly this entry, and those that
** tell what cannot be read, before the first cables_reader_next(): a bulk file
** that was read through before in this
** connection is sought, anything else is read through.  Names come out as if
** there were no limit. */
CablesSourceResult cables_reader_only(CablesReader *reader, CablesSpan entry);

/* Reads and decodes until text holds at least `want` bytes or the document
** ends.  text may move. A document longer than options.max_bytes is read up to
** max_bytes and gets the note; `complete` is then true, as no more will come.
** A web page is always read whole. */
CablesSourceResult cables_document_read(CablesReader *reader, size_t want);

/* Moves the document that cables_reader_next() has just given, unread, into
** another reader, where it is the only one of its file: so one thread reads a
** file's documents and others decode them.  All that is left of its bytes is
** read, but not decoded.  Valid as if `to` had given it. */
CablesSourceResult cables_document_move(CablesReader *from, CablesReader *to,
                                        CablesDocument **doc);

/* The bytes that a document that was moved takes up undecoded. */
size_t cables_document_held(const CablesReader *reader);

/* Frees the reader; NULL is harmless. */
void cables_reader_free(CablesReader *reader);

#endif
