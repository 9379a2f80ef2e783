/*
** Reads vectors: files of one JSON object a line, in the folder that
** CABLES_SHARED names (default ../shared).
**
**   FILE *f = vector_open("refid_normalize");
**   if (f == NULL) skip();
**   while (fgets(line, sizeof(line), f) != NULL)
**     if (vector_string(line, "text", buf, sizeof(buf)) >= 0) ...
*/
#ifndef CABLES_TESTS_VECTORS_H
#define CABLES_TESTS_VECTORS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Opens vectors/NAME.jsonl; NULL when it is not there. */
static inline FILE *vector_open(const char *name) {
  const char *shared = getenv("CABLES_SHARED");
  char path[1024];
  snprintf(path, sizeof(path), "%s/vectors/%s.jsonl",
           shared != NULL ? shared : "../shared", name);
  return fopen(path, "r");
}

/* Writes a code point as UTF-8; gives the number of bytes. */
static inline size_t vector_utf8(unsigned c, char *to) {
  if (c < 0x80) {
    to[0] = (char)c;
    return 1;
  }
  size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = n - 1; i > 0; i--) {
    to[i] = (char)(0x80 | (c & 0x3f));
    c >>= 6;
  }
  to[0] = (char)((0xf00U >> n) | c);
  return n;
}

/* The four hexadecimal digits behind \u; 0 when they are none. */
static inline unsigned vector_hex(const char *z) {
  char digits[5] = {0};
  memcpy(digits, z, strnlen(z, 4));
  return (unsigned)strtoul(digits, NULL, 16);
}

/* Reads the escape behind the backslash at z into the code point *c; gives the
** place behind it. */
static inline const char *vector_escape(const char *z, unsigned *c) {
  static const char from[] = "bfnrt";
  static const char to[] = "\b\f\n\r\t";
  z++;
  if (*z != 'u') {
    const char *at = *z != '\0' ? strchr(from, *z) : NULL;
    *c = at != NULL ? (unsigned char)to[at - from] : (unsigned char)*z;
    return *z != '\0' ? z + 1 : z;
  }
  *c = vector_hex(z + 1);
  z += 1 + strnlen(z + 1, 4);
  if (*c >= 0xd800 && *c < 0xdc00 && z[0] == '\\' && z[1] == 'u') {
    *c = 0x10000 + ((*c - 0xd800) << 10) + (vector_hex(z + 2) & 0x3ff);
    z += 2 + strnlen(z + 2, 4);
  }
  return z;
}

/* Reads the JSON string whose quotation mark is at z into buf, as UTF-8 with a
** NUL behind it.  Gives the place behind it; *len: its bytes, -1 when there is
** no room for them.  buf may be NULL. */
static inline const char *vector_read(const char *z, char *buf, size_t n,
                                      long *len) {
  size_t used = 0;
  for (z++; *z != '\0' && *z != '"';) {
    char bytes[4] = {*z, 0, 0, 0};
    size_t count = 1;
    if (*z == '\\') {
      unsigned c;
      z = vector_escape(z, &c);
      count = vector_utf8(c, bytes);
    } else {
      z++;
    }
    if (buf != NULL && used + count < n) memcpy(buf + used, bytes, count);
    used += count;
  }
  *len = buf != NULL && used >= n ? -1 : (long)used;
  if (buf != NULL && n > 0) buf[used < n ? used : 0] = '\0';
  return *z == '"' ? z + 1 : z;
}

/* Where the value of a key of the object starts, or NULL. */
static inline const char *vector_value(const char *line, const char *key) {
  int depth = 0;
  for (const char *z = line; *z != '\0';) {
    if (*z == '{' || *z == '[') depth++;
    if (*z == '}' || *z == ']') depth--;
    if (*z != '"') {
      z++;
      continue;
    }
    char name[64];
    long len;
    z = vector_read(z, name, sizeof(name), &len);
    const char *behind = z + strspn(z, " ");
    if (depth == 1 && *behind == ':') {
      behind++;
      if (len >= 0 && strcmp(name, key) == 0) {
        return behind + strspn(behind, " ");
      }
      z = behind;
    }
  }
  return NULL;
}

/* Reads the string of a key into buf, decoded, with a NUL behind it.  Gives
** its length; -1 when the key is missing, null or no string, or when there is
** no room. */
static inline long vector_string(const char *line, const char *key, char *buf,
                                 size_t n) {
  long len = -1;
  const char *z = vector_value(line, key);
  if (z != NULL && *z == '"') vector_read(z, buf, n, &len);
  return len;
}

/* The same for element i of the array of strings of a key. */
static inline long vector_item(const char *line, const char *key, size_t i,
                               char *buf, size_t n) {
  long len = -1;
  const char *z = vector_value(line, key);
  if (z == NULL || *z != '[') return -1;
  for (z++;; i--) {
    z += strspn(z, " ,");
    if (*z != '"') return -1;
    z = vector_read(z, buf, n, &len);
    if (i == 0) return len;
  }
}

/* The number of a key; `otherwise` when it is missing or no number. */
static inline long vector_number(const char *line, const char *key,
                                 long otherwise) {
  const char *z = vector_value(line, key);
  if (z == NULL || strchr("-0123456789", *z) == NULL) return otherwise;
  return strtol(z, NULL, 10);
}

#endif
