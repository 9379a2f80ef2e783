/*
** One value of a row that is on its way: into a result, or into a blob of
** parsed rows (packed.h).
*/
#ifndef CABLES_CELL_H
#define CABLES_CELL_H

#include "api.h"

typedef enum CablesCellKind {
  CABLES_CELL_NULL,
  CABLES_CELL_NUMBER,
  CABLES_CELL_TEXT,    /* to be copied */
  CABLES_CELL_CONSTANT /* a text that lasts, with a NUL behind it */
} CablesCellKind;

typedef struct CablesCell {
  CablesCellKind kind;
  sqlite3_int64 number; /* never negative */
  CablesSpan text;
} CablesCell;

/* A text, NULL for the unknown one; a constant, or NULL; an offset or a
** length; a number, or NULL when it is 0. */
CablesCell cables_cell_span(CablesSpan s);
CablesCell cables_cell_constant(const char *z);
CablesCell cables_cell_size(size_t n);
CablesCell cables_cell_number(int n);

/* Gives it as a result. */
void cables_cell_result(sqlite3_context *context, const CablesCell *cell);

#endif
