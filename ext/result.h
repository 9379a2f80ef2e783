/*
** Values in, values out: spans and buffers to and from SQLite's values.
** Every TEXT that goes out is valid UTF-8 without NUL bytes.
*/
#ifndef CABLES_RESULT_H
#define CABLES_RESULT_H

#include "api.h"

/* The bytes of a TEXT or BLOB (a number is read as its text); the unknown span
** for NULL.  Valid until the next call on the value.  SQLITE_NOMEM when memory
** is out, else SQLITE_OK. */
int cables_value_span(sqlite3_value *value, CablesSpan *out);

/* A copy of the span, or NULL for the unknown one. */
void cables_result_span(sqlite3_context *context, CablesSpan s);

/* A constant text, or NULL. */
void cables_result_constant(sqlite3_context *context, const char *z);

/* The content of a buffer, which has some; it is handed over, and the buffer
** left empty.  "Out of memory" when the buffer is.  json: it is a JSON text. */
void cables_result_buf(sqlite3_context *context, CablesBuf *b, bool json);

/* A JSON array of texts; NULL when there are none. */
void cables_result_texts(sqlite3_context *context, const CablesSpan *items,
                         size_t n);

/* An offset or a length. */
void cables_result_size(sqlite3_context *context, size_t n);

/* A number, or NULL when it is 0. */
void cables_result_number(sqlite3_context *context, int n);

/* Appends a text as a JSON string; the unknown span as an empty one. */
void cables_json_string(CablesBuf *b, CablesSpan s);

/* Appends one more element to an array that began with "[" (or is empty, and
** then begins). */
void cables_json_element(CablesBuf *b, CablesSpan s);

/* Ends the array begun by cables_json_element() and gives it as the result;
** NULL when no element was appended. */
void cables_result_json_array(sqlite3_context *context, CablesBuf *b);

/* Whether s is valid UTF-8 without NUL bytes. */
bool cables_is_text(CablesSpan s);

#endif
