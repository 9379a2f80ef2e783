/*
** Values in, values out: see result.h.
*/
#include "result.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

int cables_value_span(sqlite3_value *value, CablesSpan *out) {
  *out = CABLES_NO_SPAN;
  int type = sqlite3_value_type(value);
  if (type == SQLITE_NULL) return SQLITE_OK;
  if (type == SQLITE_BLOB) {
    out->z = sqlite3_value_blob(value);
    out->n = (size_t)sqlite3_value_bytes(value);
    /* SQLite gives no address for an empty blob. */
    if (out->z == NULL && out->n == 0) *out = CABLES_LIT("");
  } else {
    out->z = (const char *)sqlite3_value_text(value);
    out->n = (size_t)sqlite3_value_bytes(value);
  }
  return out->z == NULL ? SQLITE_NOMEM : SQLITE_OK;
}

bool cables_is_text(CablesSpan s) {
  return cables_utf8_valid(s) == s.n &&
         (s.n == 0 || memchr(s.z, '\0', s.n) == NULL);
}

/* Gives valid UTF-8 without NUL.  A short one is given with a NUL behind it:
** else SQLite allocates it anew once the host asks for it, to put one there. */
static void result_text(sqlite3_context *context, CablesSpan s) {
  char z[256];
  if (s.n < sizeof(z)) {
    memcpy(z, s.z, s.n);
    z[s.n] = '\0';
    sqlite3_result_text(context, z, -1, SQLITE_TRANSIENT);
  } else {
    sqlite3_result_text64(context, s.z, s.n, SQLITE_TRANSIENT, SQLITE_UTF8);
  }
}

void cables_result_span(sqlite3_context *context, CablesSpan s) {
  if (s.z == NULL) {
    sqlite3_result_null(context);
  } else if (cables_is_text(s)) {
    result_text(context, s);
  } else {
    CablesBuf b = {0};
    cables_utf8_repair(s, &b);
    cables_result_buf(context, &b, false);
  }
}

void cables_result_constant(sqlite3_context *context, const char *z) {
  if (z == NULL)
    sqlite3_result_null(context);
  else
    sqlite3_result_text(context, z, -1, SQLITE_STATIC);
}

void cables_result_buf(sqlite3_context *context, CablesBuf *b, bool json) {
  if (b->oom) {
    cables_buf_free(b);
    sqlite3_result_error_nomem(context);
  } else {
    sqlite3_result_text64(context, b->z, b->n, cables_free, SQLITE_UTF8);
    if (json) sqlite3_result_subtype(context, CABLES_SUBTYPE_JSON);
    *b = (CablesBuf){0};
  }
}

void cables_result_texts(sqlite3_context *context, const CablesSpan *items,
                         size_t n) {
  CablesBuf b = {0};
  for (size_t i = 0; i < n; i++) cables_json_element(&b, items[i]);
  cables_result_json_array(context, &b);
}

void cables_result_size(sqlite3_context *context, size_t n) {
  sqlite3_result_int64(context, (sqlite3_int64)n);
}

void cables_result_number(sqlite3_context *context, int n) {
  if (n == 0)
    sqlite3_result_null(context);
  else
    sqlite3_result_int(context, n);
}

/* Appends valid UTF-8 without NUL between quotes, escaped. */
static void append_escaped(CablesBuf *b, CablesSpan s) {
  cables_buf_byte(b, '"');
  size_t done = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.z[i];
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    cables_buf_span(b, cables_sub(s, done, i - done));
    done = i + 1;
    if (c == '\n')
      cables_buf_text(b, "\\n");
    else if (c == '\t')
      cables_buf_text(b, "\\t");
    else if (c < 0x20)
      cables_buf_format(b, "\\u%04x", (unsigned)c);
    else
      cables_buf_format(b, "\\%c", c);
  }
  cables_buf_span(b, cables_sub(s, done, s.n - done));
  cables_buf_byte(b, '"');
}

void cables_json_string(CablesBuf *b, CablesSpan s) {
  if (cables_is_text(s)) {
    append_escaped(b, s);
  } else {
    CablesBuf repaired = {0};
    cables_utf8_repair(s, &repaired);
    if (repaired.oom) b->oom = true;
    append_escaped(b, cables_buf_get(&repaired));
    cables_buf_free(&repaired);
  }
}

void cables_json_element(CablesBuf *b, CablesSpan s) {
  cables_buf_byte(b, b->n == 0 ? '[' : ',');
  cables_json_string(b, s);
}

void cables_result_json_array(sqlite3_context *context, CablesBuf *b) {
  if (b->n == 0 && !b->oom) {
    sqlite3_result_null(context);
    cables_buf_free(b);
    return;
  }
  cables_buf_byte(b, ']');
  cables_result_buf(context, b, true);
}
