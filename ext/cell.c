/*
** Values on their way: see cell.h.
*/
#include "cell.h"

#include "result.h"

CablesCell cables_cell_span(CablesSpan s) {
  return (CablesCell){.kind = s.z == NULL ? CABLES_CELL_NULL : CABLES_CELL_TEXT,
                      .text = s};
}

CablesCell cables_cell_constant(const char *z) {
  if (z == NULL) return (CablesCell){.kind = CABLES_CELL_NULL};
  return (CablesCell){.kind = CABLES_CELL_CONSTANT, .text = cables_span(z)};
}

CablesCell cables_cell_size(size_t n) {
  return (CablesCell){.kind = CABLES_CELL_NUMBER, .number = (sqlite3_int64)n};
}

CablesCell cables_cell_number(int n) {
  return n == 0 ? (CablesCell){.kind = CABLES_CELL_NULL}
                : cables_cell_size((size_t)n);
}

void cables_cell_result(sqlite3_context *context, const CablesCell *cell) {
  switch (cell->kind) {
    case CABLES_CELL_NULL:
      sqlite3_result_null(context);
      break;
    case CABLES_CELL_NUMBER:
      sqlite3_result_int64(context, cell->number);
      break;
    case CABLES_CELL_TEXT:
      cables_result_span(context, cell->text);
      break;
    default: /* a constant */
      cables_result_constant(context, cell->text.z);
      break;
  }
}
