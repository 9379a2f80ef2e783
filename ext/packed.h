/*
** A telegram's child rows in one blob: the hidden column `parsed` of cables,
** which every child table but cable_explain takes in place of a text.  So a
** document that was parsed by a scan need not be parsed again, nor its blob
** outlive it.
**
**   CablesPacked rows;
**   if (cables_packed_is(blob) && cables_packed_open(&rows, blob, child))
**     while (rows.n_left > 0 && cables_packed_next(&rows, cells)) ...
**
** A blob may come from anywhere: one that is damaged gives false, never what
** lies outside it.  Nothing of it lasts: another version may pack otherwise.
*/
#ifndef CABLES_PACKED_H
#define CABLES_PACKED_H

#include "cell.h"
#include "table_children.h"

enum { CABLES_PACKED_COLUMNS = 20 }; /* that a child table may have */

/* Rows of one table in a blob. */
typedef struct CablesPacked {
  CablesSpan rest;  /* of the rows to come */
  size_t n_left;    /* how many those are */
  size_t n_columns; /* of each */
} CablesPacked;

/* Appends the rows of a telegram; text is what it was parsed from.  Sets b->oom
** when memory is out. */
void cables_pack(CablesBuf *b, const CablesTelegram *t, CablesSpan text);

/* Whether the bytes begin as a blob does. */
bool cables_packed_is(CablesSpan blob);

/* Starts with the rows of a table that is packed (child->packs); false when the
** blob is damaged.  The blob must outlive its use. */
bool cables_packed_open(CablesPacked *rows, CablesSpan blob,
                        const CablesChild *child);

/* The next row: its cells point into the blob.  False when it is damaged. */
bool cables_packed_next(CablesPacked *rows,
                        CablesCell cells[CABLES_PACKED_COLUMNS]);

#endif
