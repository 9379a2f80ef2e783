/*
** The text and the columns of one record of a bulk file, decoded no further
** than asked for: most questions are answered by its first lines.
**
**   cables_record_start(&text, &columns, &csv, false);
**   while (!text.complete && ...) cables_record_read(&text, 8192);
**   ... text.text, text.fields ...
*/
#ifndef CABLES_SOURCE_RECORD_H
#define CABLES_SOURCE_RECORD_H

#include "../base/utf8.h"
#include "csv.h"
#include "document.h"

enum { CABLES_NO_COLUMN = 1 << 16 }; /* no column is that one */

/* What the records of a bulk file have in common. */
typedef struct CablesColumns {
  CablesCsvForm form;
  size_t n;                  /* their number */
  size_t header;             /* which one the header of a telegram is, or
                             ** CABLES_NO_COLUMN */
  size_t body;               /* the same for the body */
  CablesBuf names;           /* the line of names, decoded; empty without one */
  CablesRecordField *fields; /* n of them, named */
} CablesColumns;

/* Takes the next name off the front of a line of column names, quotes off. */
CablesSpan cables_next_name(CablesSpan *line);

/* Names the columns by a line of names, with the other members set; those of
** the first form are called as in bulk.md 2.  False when memory is out. */
bool cables_columns_set(CablesColumns *columns, CablesSpan line);

/* Frees what they hold. */
void cables_columns_free(CablesColumns *columns);

/* A record that is being decoded.  Starts as {0}. */
typedef struct CablesRecordText {
  CablesBuf text; /* header and body as far as decoded, a line feed between */
  const CablesRecordField *fields; /* its columns; header and body, which are
                                   ** the text, have no value */
  size_t n_fields;                 /* their number */
  unsigned flags; /* CABLES_DECODE_ flags of what was decoded so far */
  bool is_lost;   /* it is so damaged that it has no text */
  bool complete;  /* text is all of it */

  CablesColumns columns; /* a copy of its own */
  CablesSpan bytes;      /* the record's, as they lie in the file */
  CablesBuf copy;        /* the same when they are its own */
  CablesCsvField places[CABLES_CSV_COLUMNS]; /* of the fields in bytes */
  size_t n_places;       /* fields that it has, of those that can be told */
  CablesBuf values;      /* of fields, one after the other */
  CablesBuf unescaped;   /* bytes not decoded yet */
  size_t part;           /* header, body or neither: what is under way */
  size_t at;             /* offset in bytes: what of it comes next */
  bool begun;            /* fields are decoded */
  CablesDecoder decoder; /* of the part */
} CablesRecordText;

/* Starts the record that csv has found.  copy: its bytes are copied, else they
** have to stay where they are.  The memory of the last record is used again.
** False when memory is out. */
bool cables_record_start(CablesRecordText *t, const CablesColumns *columns,
                         const CablesCsv *csv, bool copy);

/* Decodes until the text holds so many bytes or is complete; false when memory
** is out. */
bool cables_record_read(CablesRecordText *t, size_t want);

/* Frees what it holds. */
void cables_record_free(CablesRecordText *t);

#endif
