/*
** The text of a record: see record.h.  Knows how fields are escaped; csv.c
** found where they lie.
*/
#include "record.h"

#include <string.h>

#include "../base/mem.h"

enum {
  COLUMNS = 8,         /* of a file without column names */
  HEADER = 6,          /* which of them the header is */
  BODY = 7,            /* and the body */
  PIECE = 4096,        /* bytes that are decoded at a time, at least */
  PART_HEADER = 0,     /* parts of the text */
  PART_BODY = 1,       /* the same */
  PART_END = 2,        /* the same: neither is left */
  MAX_KEPT = 64 * 1024 /* bytes whose memory is kept for the next record */
};

static const char *const column_names[COLUMNS] = {
    "id",         "created", "refid", "origin", "classification",
    "references", "header",  "body"};

/* --- Columns. */

CablesSpan cables_next_name(CablesSpan *line) {
  size_t n = cables_find(*line, CABLES_LIT(","));
  if (n > line->n) n = line->n;
  CablesSpan name = cables_trim(cables_sub(*line, 0, n));
  *line = cables_sub(*line, n + 1, line->n);
  if (name.n >= 2 && name.z[0] == '"' && name.z[name.n - 1] == '"')
    name = cables_trim(cables_sub(name, 1, name.n - 2));
  return name;
}

/* Names the columns by their decoded line of names. */
static bool set_names(CablesColumns *columns) {
  CablesSpan rest = cables_buf_get(&columns->names);
  columns->fields = cables_malloc(columns->n * sizeof(*columns->fields));
  if (columns->fields == NULL || columns->names.oom) return false;
  for (size_t i = 0; i < columns->n; i++) {
    columns->fields[i] = (CablesRecordField){columns->form == CABLES_CSV_NAMED
                                                 ? cables_next_name(&rest)
                                                 : cables_span(column_names[i]),
                                             CABLES_NO_SPAN};
  }
  return true;
}

bool cables_columns_set(CablesColumns *columns, CablesSpan line) {
  if (columns->form == CABLES_CSV_CABLES) {
    columns->n = COLUMNS;
    columns->header = HEADER;
    columns->body = BODY;
  } else {
    cables_decode(line, &columns->names);
  }
  return set_names(columns);
}

void cables_columns_free(CablesColumns *columns) {
  cables_buf_free(&columns->names);
  cables_free(columns->fields);
  columns->fields = NULL;
}

/* Makes `to` the same as `from`, which it mostly is already. */
static bool copy_columns(CablesColumns *to, const CablesColumns *from) {
  CablesSpan names = cables_buf_get(&from->names);
  if (to->fields != NULL && to->form == from->form && to->n == from->n &&
      cables_equal(cables_buf_get(&to->names), names))
    return true;
  cables_columns_free(to);
  *to = *from;
  to->names = (CablesBuf){0};
  to->fields = NULL;
  cables_buf_span(&to->names, names);
  return set_names(to);
}

/* --- Fields. */

/* Whether c stands between fields. */
static bool is_between(char c) { return c == ',' || c == '\n' || c == '\r'; }

/* Fields that can be told apart.  Of a damaged record the last one takes all
** the rest. */
static size_t count_fields(CablesRecordText *t, const CablesCsv *csv) {
  size_t n = csv->columns < csv->n_columns ? csv->columns : csv->n_columns;
  memcpy(t->places, csv->fields, n * sizeof(*t->places));
  if (csv->damage == CABLES_CSV_SOUND || n == 0) return n;
  if (csv->form == CABLES_CSV_NAMED && csv->damage != CABLES_CSV_QUOTES)
    return n;
  CablesSpan s = cables_csv_bytes(csv);
  while (s.n > 0 && is_between(s.z[s.n - 1])) s.n--;
  if (s.n > 0 && s.z[s.n - 1] == '"') s.n--;
  if (s.n >= t->places[n - 1].start) t->places[n - 1].end = s.n;
  return n;
}

/* Whether a record is too damaged for a text. */
static bool is_lost(const CablesRecordText *t, CablesCsvDamage damage) {
  bool no_body = t->n_places <= t->columns.body;
  switch (damage) {
    case CABLES_CSV_SOUND:
      return false;
    case CABLES_CSV_ENDS:
      return no_body;
    default:
      return no_body && t->n_places <= t->columns.header;
  }
}

/* The bytes of a field; empty where there is none. */
static CablesSpan field_bytes(const CablesRecordText *t, size_t i) {
  if (i >= t->n_places) return CABLES_LIT("");
  const CablesCsvField *place = &t->places[i];
  size_t end = place->end < t->bytes.n ? place->end : t->bytes.n;
  if (place->start >= end) return CABLES_LIT("");
  return cables_sub(t->bytes, place->start, end - place->start);
}

/* Offset of c in s from an offset on, or s.n. */
static size_t find_from(CablesSpan s, size_t from, char c) {
  const char *z = from < s.n ? memchr(s.z + from, c, s.n - from) : NULL;
  return z != NULL ? (size_t)(z - s.z) : s.n;
}

/* Appends the first n bytes of a field, or one more, without what escapes in
** them: of a doubled quote, and of a backslash (if it escapes) and what
** follows, the second byte counts.  Gives the bytes used. */
static size_t unescape(CablesSpan field, size_t n, bool backslash,
                       CablesBuf *out) {
  CablesSpan s = cables_sub(field, 0, n);
  size_t quote = find_from(s, 0, '"');
  size_t slash = backslash ? find_from(s, 0, '\\') : s.n;
  size_t i = 0;
  while (i < s.n) {
    size_t stop = quote < slash ? quote : slash;
    cables_buf_span(out, cables_sub(s, i, stop - i));
    i = stop;
    if (i == s.n) break;
    if (i == slash || (i + 1 < field.n && field.z[i + 1] == '"')) i++;
    if (i < field.n) cables_buf_byte(out, field.z[i++]);
    if (quote < i) quote = find_from(s, i, '"');
    if (slash < i) slash = find_from(s, i, '\\');
  }
  return i;
}

/* Whether backslashes escape. */
static bool has_backslashes(const CablesRecordText *t) {
  return t->columns.form == CABLES_CSV_CABLES;
}

/* Appends the decoded value of a field to values. */
static void decode_field(CablesRecordText *t, size_t i) {
  CablesSpan s = field_bytes(t, i);
  if (s.n > 0 && t->places[i].quoted) {
    t->unescaped.n = 0;
    unescape(s, s.n, has_backslashes(t), &t->unescaped);
    s = cables_buf_get(&t->unescaped);
  }
  t->flags |= cables_decode(s, &t->values);
}

/* Decodes all columns but those of which the text is made. */
static void decode_fields(CablesRecordText *t) {
  size_t ends[CABLES_CSV_COLUMNS];
  const CablesColumns *columns = &t->columns;
  for (size_t i = 0; i < t->n_places; i++) {
    if (i != columns->header && i != columns->body) decode_field(t, i);
    ends[i] = t->values.n;
  }
  /* Now that they move no more. */
  CablesSpan all = cables_buf_get(&t->values);
  for (size_t i = 0; i < columns->n; i++) {
    bool is_there =
        i < t->n_places && i != columns->header && i != columns->body;
    size_t from = is_there && i > 0 ? ends[i - 1] : 0;
    columns->fields[i].value =
        is_there ? cables_sub(all, from, ends[i] - from) : CABLES_NO_SPAN;
  }
  t->unescaped.n = 0;
}

/* --- Text. */

/* The bytes of the part that is under way. */
static size_t part_column(const CablesRecordText *t) {
  return t->part == PART_HEADER ? t->columns.header : t->columns.body;
}

/* Goes on to the next part that is not empty. */
static void next_part(CablesRecordText *t) {
  t->at = 0;
  t->decoder = (CablesDecoder){0};
  while (t->part < PART_END && field_bytes(t, part_column(t)).n == 0) t->part++;
  if (t->part == PART_END)
    t->complete = true;
  else if (t->text.n > 0)
    cables_buf_byte(&t->text, '\n');
}

/* Decodes about n bytes more of the part.  Where nothing is escaped they are
** decoded as they lie there. */
static void decode_piece(CablesRecordText *t, size_t n) {
  size_t column = part_column(t);
  CablesSpan part = field_bytes(t, column);
  CablesSpan rest = cables_sub(part, t->at, part.n);
  CablesSpan piece = cables_sub(rest, 0, n);
  bool plain = !t->places[column].quoted ||
               (find_from(piece, 0, '"') == piece.n &&
                (!has_backslashes(t) || find_from(piece, 0, '\\') == piece.n));
  if (plain && t->unescaped.n == 0) {
    t->at +=
        cables_decode_piece(&t->decoder, piece, piece.n == rest.n, &t->text);
  } else {
    CablesBuf *raw = &t->unescaped;
    t->at += unescape(rest, piece.n, has_backslashes(t), raw);
    size_t used = cables_decode_piece(&t->decoder, cables_buf_get(raw),
                                      t->at == part.n, &t->text);
    raw->n -= used;
    if (raw->n > 0) memmove(raw->z, raw->z + used, raw->n);
  }
  t->flags |= t->decoder.flags;
  if (t->at == part.n) {
    t->part++;
    next_part(t);
  }
}

/* Empties a buffer but keeps its memory, unless that is much. */
static void reset(CablesBuf *b) {
  if (b->cap > MAX_KEPT || b->oom) cables_buf_free(b);
  b->n = 0;
}

bool cables_record_start(CablesRecordText *t, const CablesColumns *columns,
                         const CablesCsv *csv, bool copy) {
  reset(&t->text);
  reset(&t->copy);
  reset(&t->values);
  reset(&t->unescaped);
  if (!copy_columns(&t->columns, columns)) return false;
  t->fields = t->columns.fields;
  t->n_fields = t->columns.n;
  t->flags = 0;
  t->n_places = count_fields(t, csv);
  t->is_lost = is_lost(t, csv->damage);
  t->complete = t->begun = false;
  t->part = PART_HEADER;
  size_t max = csv->max_bytes > 0 ? (size_t)csv->max_bytes : 0;
  t->bytes = cables_sub(cables_csv_bytes(csv), 0, max);
  if (!copy) return true;
  cables_buf_span(&t->copy, t->bytes);
  t->bytes = cables_buf_get(&t->copy);
  return !t->copy.oom;
}

bool cables_record_read(CablesRecordText *t, size_t want) {
  if (!t->begun) {
    t->begun = true;
    decode_fields(t);
    next_part(t);
  }
  while (!t->complete && t->text.n < want) {
    size_t n = want - t->text.n;
    decode_piece(t, n > PIECE ? n : PIECE);
    if (t->text.oom || t->unescaped.oom) break;
  }
  return !t->text.oom && !t->values.oom && !t->unescaped.oom;
}

void cables_record_free(CablesRecordText *t) {
  cables_columns_free(&t->columns);
  cables_buf_free(&t->text);
  cables_buf_free(&t->copy);
  cables_buf_free(&t->values);
  cables_buf_free(&t->unescaped);
}
