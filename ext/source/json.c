/*
** A JSON array of strings: see json.h.  Knows nothing of what they name.
*/
#include "json.h"

/* The text being read. */
typedef struct Json {
  CablesSpan text;  /* all of it */
  size_t i;         /* next byte */
  CablesBuf *error; /* receives the complaint */
} Json;

/* Writes the complaint. */
static CablesSourceResult fail(Json *j, const char *expected) {
  cables_buf_format(j->error, "malformed JSON array at byte %zu: %s expected",
                    j->i + 1, expected);
  return j->error->oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_ERROR;
}

/* The next byte, or -1 at the end. */
static int peek(const Json *j) {
  return j->i < j->text.n ? (unsigned char)j->text.z[j->i] : -1;
}

/* Skips JSON's white space. */
static void skip_blank(Json *j) {
  int c;
  while ((c = peek(j)) == ' ' || c == '\t' || c == '\n' || c == '\r') j->i++;
}

/* Reads the four digits of a \u; -1 when they are not there. */
static long hex4(Json *j) {
  long code = 0;
  for (int k = 0; k < 4; k++, j->i++) {
    int c = peek(j);
    if (c >= '0' && c <= '9') {
      code = code * 16 + (c - '0');
    } else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
      code = code * 16 + (c & 7) + 9;
    } else {
      return -1;
    }
  }
  return code;
}

/* Reads what follows \u, both halves of a surrogate pair. */
static CablesSourceResult read_code(Json *j, CablesBuf *out) {
  long code = hex4(j);
  if (code < 0) return fail(j, "hexadecimal digit");
  if (code >= 0xdc00 && code <= 0xdfff) return fail(j, "leading surrogate");
  if (code >= 0xd800 && code <= 0xdbff) {
    if (!cables_starts(cables_sub(j->text, j->i, 2), CABLES_LIT("\\u")))
      return fail(j, "trailing surrogate");
    j->i += 2;
    long low = hex4(j);
    if (low < 0) return fail(j, "hexadecimal digit");
    if (low < 0xdc00 || low > 0xdfff) return fail(j, "trailing surrogate");
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  }
  cables_buf_utf8(out, (unsigned)code);
  return CABLES_SOURCE_OK;
}

/* Reads what follows a backslash. */
static CablesSourceResult read_escape(Json *j, CablesBuf *out) {
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  int c = peek(j);
  if (c == 'u') {
    j->i++;
    return read_code(j, out);
  }
  for (size_t k = 0; k + 1 < sizeof(from); k++) {
    if (c != from[k]) continue;
    cables_buf_byte(out, to[k]);
    j->i++;
    return CABLES_SOURCE_OK;
  }
  return fail(j, "escape");
}

/* Reads a string with both quotes. */
static CablesSourceResult read_string(Json *j, CablesBuf *out) {
  if (peek(j) != '"') return fail(j, "string");
  j->i++;
  for (;;) {
    int c = peek(j);
    if (c < 0) return fail(j, "closing quote");
    if (c < 0x20) return fail(j, "escaped control character");
    j->i++;
    if (c == '"') return CABLES_SOURCE_OK;
    if (c != '\\') {
      cables_buf_byte(out, (char)c);
      continue;
    }
    CablesSourceResult rc = read_escape(j, out);
    if (rc != CABLES_SOURCE_OK) return rc;
  }
}

/* Reads the items behind the opening bracket, and the closing one. */
static CablesSourceResult read_items(Json *j, CablesBuf *word,
                                     CablesJsonItem *item, void *arg) {
  skip_blank(j);
  if (peek(j) == ']') {
    j->i++;
    return CABLES_SOURCE_OK;
  }
  for (;;) {
    skip_blank(j);
    word->n = 0;
    CablesSourceResult rc = read_string(j, word);
    if (rc != CABLES_SOURCE_OK) return rc;
    if (word->oom) return CABLES_SOURCE_NOMEM;
    rc = item(arg, cables_buf_get(word));
    if (rc != CABLES_SOURCE_OK) return rc;
    skip_blank(j);
    int c = peek(j);
    if (c != ',' && c != ']') return fail(j, "',' or ']'");
    j->i++;
    if (c == ']') return CABLES_SOURCE_OK;
  }
}

CablesSourceResult cables_json_strings(CablesSpan text, CablesJsonItem *item,
                                       void *arg, CablesBuf *error) {
  Json j = {.text = text, .i = 0, .error = error};
  skip_blank(&j);
  if (peek(&j) != '[') return fail(&j, "'['");
  j.i++;
  CablesBuf word = {0};
  CablesSourceResult rc = read_items(&j, &word, item, arg);
  cables_buf_free(&word);
  if (rc != CABLES_SOURCE_OK) return rc;
  skip_blank(&j);
  return j.i == text.n ? CABLES_SOURCE_OK : fail(&j, "end");
}
