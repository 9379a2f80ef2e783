/*
** Child rows in a blob: see packed.h.
**
** Eight bytes say what it is.  Then come the child tables in their order, each
** as its number of rows, the number of bytes behind, and the cells of its rows
** one after the other.  A number is written seven bits to a byte, the lowest
** first.  A cell is a number: 0 is NULL, 2n + 1 the number n, 2n + 2 a text of
** n bytes, which follow.
*/
#include "packed.h"

#include <string.h>

static const char magic[] = {'\0', 'c', 'a', 'b', 'l', 'e', 's', '\1'};

static void put_number(CablesBuf *b, sqlite3_uint64 n) {
  while (n > 127) {
    cables_buf_byte(b, (char)(128 | (n & 127)));
    n >>= 7;
  }
  cables_buf_byte(b, (char)n);
}

static void put_cell(CablesBuf *b, const CablesCell *cell) {
  switch (cell->kind) {
    case CABLES_CELL_NULL:
      put_number(b, 0);
      break;
    case CABLES_CELL_NUMBER:
      put_number(b, 2 * (sqlite3_uint64)cell->number + 1);
      break;
    default: /* a text, or a constant */
      put_number(b, 2 * (sqlite3_uint64)cell->text.n + 2);
      cables_buf_span(b, cell->text);
      break;
  }
}

/* How many columns of a table are its own, the arguments behind them not. */
static size_t own_columns(const CablesChild *child) {
  return child->table.n_fields - (child->option == CABLES_CHILD_NONE ? 1 : 2);
}

void cables_pack(CablesBuf *b, const CablesTelegram *t, CablesSpan text) {
  CablesBuf rows = {0};
  cables_buf_span(b, (CablesSpan){magic, sizeof(magic)});
  for (size_t k = 0; k < cables_n_children; k++) {
    const CablesChild *child = &cables_children[k];
    size_t n = child->packs ? child->count(t) : 0;
    rows.n = 0;
    for (size_t i = 0; i < n; i++) {
      for (size_t c = 0; c < own_columns(child); c++) {
        CablesCell cell = {.kind = CABLES_CELL_NULL};
        if ((int)c != child->left_out) cell = child->cell(t, text, i, (int)c);
        put_cell(&rows, &cell);
      }
    }
    put_number(b, n);
    put_number(b, rows.n);
    cables_buf_span(b, cables_buf_get(&rows));
  }
  if (rows.oom) b->oom = true;
  cables_buf_free(&rows);
}

/* Takes n bytes off the front; false when there are fewer. */
static bool take_bytes(CablesSpan *s, sqlite3_uint64 n, CablesSpan *out) {
  if (n > s->n) return false;
  *out = (CablesSpan){s->z, (size_t)n};
  *s = (CablesSpan){s->z + n, s->n - (size_t)n};
  return true;
}

static bool take_number(CablesSpan *s, sqlite3_uint64 *out) {
  *out = 0;
  for (unsigned shift = 0; s->n > 0 && shift < 63; shift += 7) {
    unsigned char c = (unsigned char)s->z[0];
    *s = (CablesSpan){s->z + 1, s->n - 1};
    *out |= (sqlite3_uint64)(c & 127) << shift;
    if (c < 128) return true;
  }
  return false;
}

static bool take_cell(CablesSpan *s, CablesCell *cell) {
  sqlite3_uint64 n;
  *cell = (CablesCell){.kind = CABLES_CELL_NULL};
  if (!take_number(s, &n)) return false;
  if (n == 0) return true;
  if (n % 2 == 1) {
    cell->kind = CABLES_CELL_NUMBER;
    cell->number = (sqlite3_int64)(n / 2);
    return true;
  }
  cell->kind = CABLES_CELL_TEXT;
  return take_bytes(s, n / 2 - 1, &cell->text);
}

bool cables_packed_is(CablesSpan blob) {
  return blob.n >= sizeof(magic) && memcmp(blob.z, magic, sizeof(magic)) == 0;
}

bool cables_packed_open(CablesPacked *rows, CablesSpan blob,
                        const CablesChild *child) {
  size_t place = (size_t)(child - cables_children);
  CablesSpan rest = cables_sub(blob, sizeof(magic), blob.n);
  sqlite3_uint64 n_rows;
  sqlite3_uint64 n_bytes;
  for (size_t k = 0; k <= place; k++) {
    if (!take_number(&rest, &n_rows) || !take_number(&rest, &n_bytes) ||
        !take_bytes(&rest, n_bytes, &rows->rest))
      return false;
  }
  /* A row takes at least a byte. */
  if (n_rows > rows->rest.n) return false;
  rows->n_left = (size_t)n_rows;
  rows->n_columns = own_columns(child);
  return true;
}

bool cables_packed_next(CablesPacked *rows,
                        CablesCell cells[CABLES_PACKED_COLUMNS]) {
  for (size_t c = 0; c < rows->n_columns; c++) {
    if (!take_cell(&rows->rest, &cells[c])) return false;
  }
  rows->n_left--;
  return true;
}
