/*
** Bulk files: many telegrams as the records of one CSV file, with 8 columns
** and no header line, or with a header line that names its columns.
**
**   if (cables_is_bulk(head)) bulk = cables_bulk_new(&window, &options);
**   while ((rc = cables_bulk_next(bulk)) == CABLES_SOURCE_OK)
**     ... bulk->record ...
**   cables_bulk_free(bulk);
**
** A record that is damaged ends where the next one starts, so that each
** damage costs one record at most.  Its bytes stay its own: what can be read
** of it comes, with a note.
*/
#ifndef CABLES_SOURCE_BULK_H
#define CABLES_SOURCE_BULK_H

#include "document.h"
#include "input.h"
#include "offsets.h"
#include "record.h"

typedef struct CablesBulk CablesBulk;

/* One record.  Valid until the next call on its bulk file. */
typedef struct CablesRecord {
  CablesSpan entry; /* its running number: what its first column says, if that
                    ** is a number which no record before it had, else # and
                    ** its place in the file; so no two are the same */
  int64_t offset;   /* of its first byte */
  int64_t length;   /* its bytes, with the line end */
  CablesSpan note;  /* what is damaged: "record 17 at byte 12345: 7 columns
                    ** instead of 8", or empty */
  bool is_cut;      /* longer than max_bytes */
} CablesRecord;

/* Whether a file with this head is a bulk file: behind a byte order mark and
** blank lines comes a record, or a line of column names. */
bool cables_is_bulk(CablesSpan head);

/* Starts at the window's first byte, with the head in it; NULL when memory is
** out.  The window and options have to outlive it. */
CablesBulk *cables_bulk_new(CablesWindow *window,
                            const CablesSourceOptions *options);

/* Whether this bulk file is a file that can be told from others by key: the
** places of its records go to options.offsets when it is read through. */
void cables_bulk_remember(CablesBulk *bulk, const CablesOffsetsKey *key);

/* Limits it, before the first cables_bulk_next(), to the record of that entry;
** seeks it when the places are known. */
void cables_bulk_only(CablesBulk *bulk, CablesSpan entry);

/* The next record, or CABLES_SOURCE_END. */
CablesSourceResult cables_bulk_next(CablesBulk *bulk, CablesRecord *record);

/* Starts the text of the record: valid until the next one, or with copy for as
** long as text is.  False when memory is out. */
bool cables_bulk_text(const CablesBulk *bulk, CablesRecordText *text,
                      bool copy);

/* Frees it; NULL is harmless. */
void cables_bulk_free(CablesBulk *bulk);

#endif
