/*
** The records of a CSV file: see csv.h.  All offsets count from the window's
** first unused byte, the record's first, for reading more moves the bytes.
**
** A damaged record ends where the next one is seen to start: in an open field
** at a quote that begins a running number and a date, which no sound field can
** hold.  So a quote that is missing costs one record, not the file.
*/
#include "csv.h"

#include <string.h>

enum {
  START_BYTES = 64, /* bytes that tell the start of a record */
  LOOK_BACK = 256   /* bytes kept before the place when others are dropped */
};

/* Whether the byte at an offset is there; reads until it is. */
static bool has(CablesCsv *csv, size_t i) {
  CablesWindow *w = csv->window;
  while (w->buf.n - w->at <= i) {
    if (w->ended || csv->rc != CABLES_SOURCE_OK) return false;
    csv->rc = cables_window_more(w, CABLES_ONE_READ);
  }
  return true;
}

static char byte_at(const CablesCsv *csv, size_t i) {
  return csv->window->buf.z[csv->window->at + i];
}

/* Whether the byte at an offset is there and is c. */
static bool is_at(CablesCsv *csv, size_t i, char c) {
  return has(csv, i) && byte_at(csv, i) == c;
}

/* Offset of c from csv->at on, or of the end of what is in the window. */
static size_t find_byte(const CablesCsv *csv, char c) {
  CablesSpan s = cables_window_get(csv->window);
  if (csv->at >= s.n) return s.n;
  const char *z = memchr(s.z + csv->at, c, s.n - csv->at);
  return z != NULL ? (size_t)(z - s.z) : s.n;
}

/* Of a record longer than max_bytes only that much is kept: the window loses
** what lies between there and csv->at. */
static void drop(CablesCsv *csv) {
  CablesBuf *buf = &csv->window->buf;
  size_t at = csv->window->at;
  if (csv->at < CABLES_ONE_READ + LOOK_BACK) return;
  uint64_t end = csv->at - CABLES_ONE_READ - LOOK_BACK;
  uint64_t max = csv->max_bytes > 0 ? (uint64_t)csv->max_bytes : 0;
  if (end <= max) return;
  size_t from = at + (size_t)max;
  size_t to = at + csv->at - LOOK_BACK;
  memmove(buf->z + from, buf->z + to, buf->n - to);
  buf->n -= to - from;
  csv->window->offset += (int64_t)(to - from);
  csv->at -= to - from;
  csv->dropped += (int64_t)(to - from);
}

/* Takes digits off the front of s; how many, at most max. */
static size_t digits(CablesSpan *s, size_t max) {
  size_t n = 0;
  while (n < max && n < s->n && cables_is_digit(s->z[n])) n++;
  *s = cables_sub(*s, n, s->n);
  return n;
}

/* Takes a text off the front of s; false when it is not there. */
static bool take(CablesSpan *s, const char *text) {
  CablesSpan t = cables_span(text);
  if (!cables_starts(*s, t)) return false;
  *s = cables_sub(*s, t.n, s->n);
  return true;
}

bool cables_csv_is_start(CablesSpan s) {
  if (!take(&s, "\"") || digits(&s, 18) == 0 || !take(&s, "\",\""))
    return false;
  if (digits(&s, 2) == 0 || !take(&s, "/") || digits(&s, 2) == 0) return false;
  if (!take(&s, "/") || digits(&s, 4) != 4 || !take(&s, " ")) return false;
  if (digits(&s, 2) == 0 || !take(&s, ":") || digits(&s, 2) != 2) return false;
  if (take(&s, ":") && digits(&s, 2) != 2) return false;
  return take(&s, "\",");
}

/* Whether s starts with a field that can be the id of a record: one word with
** a digit in it, and a comma. */
static bool is_id(CablesSpan s) {
  bool quoted = take(&s, "\"");
  bool digit = false;
  size_t n = 0;
  for (; n < s.n && (cables_is_alnum(s.z[n]) || s.z[n] == '-'); n++)
    digit = digit || cables_is_digit(s.z[n]);
  s = cables_sub(s, n, s.n);
  return digit && take(&s, quoted ? "\"," : ",");
}

/* Whether a record starts at an offset. */
static bool is_start(CablesCsv *csv, size_t i) {
  if (csv->form == CABLES_CSV_CABLES) {
    if (!is_at(csv, i, '"') || !has(csv, i + 1) ||
        !cables_is_digit(byte_at(csv, i + 1)))
      return false;
  } else if (i == 0 || byte_at(csv, i - 1) != '\n') {
    return false;
  }
  has(csv, i + START_BYTES);
  CablesSpan s = cables_sub(cables_window_get(csv->window), i, START_BYTES);
  return csv->form == CABLES_CSV_CABLES ? cables_csv_is_start(s) : is_id(s);
}

/* Whether the quote at an offset is escaped by what stands before it: a field
** begins with a quote, so that the count ends there. */
static bool is_escaped(const CablesCsv *csv, size_t i) {
  size_t n = 0;
  if (csv->form != CABLES_CSV_CABLES) return false;
  while (n < i && byte_at(csv, i - n - 1) == '\\') n++;
  return n % 2 == 1;
}

/* Goes behind the delimiter at csv->at; whether it ends the record.  Sets
** damage when there is none. */
static bool delimiter(CablesCsv *csv) {
  if (!has(csv, csv->at)) return true;
  char c = byte_at(csv, csv->at);
  if (c == '\r' && (is_at(csv, csv->at + 1, '\n') || !has(csv, csv->at + 1))) {
    csv->at++;
    c = '\n';
    if (!has(csv, csv->at)) return true;
  }
  if (c != ',' && c != '\n') {
    csv->damage = CABLES_CSV_QUOTES;
    return true;
  }
  csv->at++;
  return c == '\n';
}

/* Scans a field behind its opening quote; whether it is the record's last. */
static bool scan_quoted(CablesCsv *csv, CablesCsvField *field) {
  for (;;) {
    size_t i = field->end = csv->at = find_byte(csv, '"');
    if (!has(csv, i)) {
      csv->damage = CABLES_CSV_ENDS;
      return true;
    }
    if (byte_at(csv, i) != '"') { /* the end of what was in the window */
      drop(csv);
      continue;
    }
    if (is_start(csv, i)) {
      csv->damage = CABLES_CSV_QUOTES;
      return true;
    }
    bool escaped = is_escaped(csv, i);
    if (!escaped && !is_at(csv, i + 1, '"')) {
      csv->at = i + 1;
      return delimiter(csv);
    }
    csv->at = i + (escaped ? 1 : 2);
  }
}

/* Scans a field without quotes; whether it is the record's last. */
static bool scan_bare(CablesCsv *csv, CablesCsvField *field) {
  size_t i = csv->at;
  while (has(csv, i) && byte_at(csv, i) != ',' && byte_at(csv, i) != '\n') {
    csv->at = ++i;
    drop(csv);
    i = csv->at;
  }
  field->end = i;
  if (has(csv, i) && i > field->start && byte_at(csv, i) == '\n' &&
      byte_at(csv, i - 1) == '\r')
    field->end = i - 1;
  return delimiter(csv);
}

/* Scans the field at csv->at; whether it is the record's last.  In the first
** form a column too many ends the record, and so does the start of another:
** each place of the file is then looked at a few times at most, whatever it
** holds. */
static bool scan_field(CablesCsv *csv) {
  bool strict = csv->form == CABLES_CSV_CABLES;
  if (strict && csv->columns > 0 && is_start(csv, csv->at)) {
    csv->damage = CABLES_CSV_QUOTES;
    return true;
  }
  CablesCsvField other;
  CablesCsvField *field =
      csv->columns < CABLES_CSV_COLUMNS ? &csv->fields[csv->columns] : &other;
  csv->columns++;
  if (strict && csv->columns > csv->n_columns) return true;
  *field = (CablesCsvField){csv->at, csv->at, is_at(csv, csv->at, '"')};
  if (field->quoted) {
    field->start = ++csv->at;
    return scan_quoted(csv, field);
  }
  if (!strict) return scan_bare(csv, field);
  csv->damage = has(csv, csv->at) ? CABLES_CSV_QUOTES : CABLES_CSV_ENDS;
  return true;
}

/* Extends a damaged record to where the next one starts.  Places before `from`
** were looked at. */
static void resync(CablesCsv *csv, size_t from) {
  char mark = csv->form == CABLES_CSV_CABLES ? '"' : '\n';
  csv->at = from;
  while (csv->rc == CABLES_SOURCE_OK) {
    size_t i = csv->at = find_byte(csv, mark);
    if (!has(csv, i)) return;
    if (byte_at(csv, i) != mark) {
      drop(csv);
      continue;
    }
    if (mark == '\n') i++;
    if (is_start(csv, i)) {
      csv->at = i;
      return;
    }
    csv->at += 1;
  }
}

bool cables_csv_skip_blank(CablesCsv *csv) {
  while (has(csv, 0)) {
    char c = byte_at(csv, 0);
    if (c != '\n' && c != '\r') return true;
    cables_window_use(csv->window, 1);
  }
  return false;
}

CablesSourceResult cables_csv_scan(CablesCsv *csv) {
  csv->at = csv->columns = 0;
  csv->dropped = 0;
  csv->damage = CABLES_CSV_SOUND;
  while (csv->rc == CABLES_SOURCE_OK && !scan_field(csv)) continue;
  bool lost = csv->damage == CABLES_CSV_QUOTES;
  if (csv->damage == CABLES_CSV_SOUND && csv->columns != csv->n_columns) {
    csv->damage = CABLES_CSV_COLUMNS_ODD;
    /* The line end of a file of the second form can be trusted. */
    lost = csv->form == CABLES_CSV_CABLES;
  }
  if (lost) resync(csv, csv->dropped > 0 || csv->at == 0 ? csv->at : 1);
  return csv->rc;
}

CablesSpan cables_csv_bytes(const CablesCsv *csv) {
  return cables_sub(cables_window_get(csv->window), 0, csv->at);
}

void cables_csv_use(CablesCsv *csv) {
  cables_window_use(csv->window, csv->at);
  csv->at = 0;
}
