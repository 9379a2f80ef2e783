/*
** The bytes of a web page to UTF-8: see charset.h.  Knows of the page only
** where it declares its charset.
*/
#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "../base/utf8.h"

enum { DECLARED_WITHIN = 4096 }; /* bytes in which a declaration counts */

/* Whether c can be part of a charset's name.  A slash cannot: it would reach
** iconv's own switches. */
static bool is_name(char c) {
  return cables_is_alnum(c) || c == '-' || c == '_' || c == '.' || c == ':';
}

/* Copies the name that follows a "charset=" or "encoding=" in lower case; ""
** when there is none or it is too long to be one. */
static void copy_name(CablesSpan s, char *name) {
  size_t i = 0;
  while (i < s.n && (cables_is_space(s.z[i]) || s.z[i] == '=' ||
                     s.z[i] == '"' || s.z[i] == '\''))
    i++;
  size_t n = 0;
  while (i + n < s.n && is_name(s.z[i + n])) n++;
  if (n >= CABLES_CHARSET_SIZE) n = 0;
  /* Half a name would mean another charset; "<meta charset=x/>" is whole. */
  if (i + n + 1 < s.n && s.z[i + n] == '/') n = 0;
  for (size_t k = 0; k < n; k++) {
    char c = s.z[i + k];
    name[k] = cables_is_upper(c) ? (char)(c - 'A' + 'a') : c;
  }
  name[n] = '\0';
}

/* Finds the charset that a page declares in a <meta> or its XML declaration;
** "" when it declares none. */
static void find_declared(CablesSpan raw, char *name) {
  name[0] = '\0';
  CablesSpan head = cables_sub(raw, 0, DECLARED_WITHIN);
  size_t at = 0;
  while (name[0] == '\0' && at < head.n) {
    CablesSpan rest = cables_sub(head, at, head.n);
    size_t open = cables_find(rest, CABLES_LIT("<"));
    if (open == (size_t)-1) return;
    rest = cables_sub(rest, open, rest.n);
    at += open + 1;
    size_t end = cables_find(rest, CABLES_LIT(">"));
    CablesSpan tag = cables_sub(rest, 0, end);
    CablesSpan word = CABLES_LIT("charset");
    if (cables_starts_nocase(tag, CABLES_LIT("<?xml"))) {
      word = CABLES_LIT("encoding");
    } else if (!cables_starts_nocase(tag, CABLES_LIT("<meta"))) {
      continue;
    }
    size_t found = cables_find_nocase(tag, word);
    if (found != (size_t)-1)
      copy_name(cables_sub(tag, found + word.n, tag.n), name);
  }
}

/* Whether a declared name changes nothing: a wide one cannot be true of bytes
** in which the declaration was found, and the Latin ones mean Windows-1252 on
** the web, which is what cables_decode() takes anyway. */
static bool is_default(const char *name) {
  static const char *const names[] = {
      "",        "utf-8",        "utf8",   "iso-8859-1", "iso8859-1", "latin1",
      "latin-1", "windows-1252", "cp1252", "us-ascii",   "ascii"};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
    if (strcmp(name, names[i]) == 0) return true;
  CablesSpan s = cables_span(name);
  return cables_starts(s, CABLES_LIT("utf")) ||
         cables_starts(s, CABLES_LIT("ucs"));
}

/* Converts raw by iconv; a byte that is wrong in the charset becomes U+FFFD. */
static void convert(iconv_t cd, CablesSpan raw, bool cut, CablesBuf *out) {
  /* iconv() takes the input as char ** but does not write to it. */
  char *in = (char *)(uintptr_t)raw.z;
  size_t left = raw.n;
  while (left > 0) {
    if (!cables_buf_reserve(out, 4096)) return;
    char *to = out->z + out->n;
    size_t room = out->cap - out->n;
    size_t rc = iconv(cd, &in, &left, &to, &room);
    int err = rc == (size_t)-1 ? errno : 0;
    out->n = (size_t)(to - out->z);
    if (err == 0 || err == E2BIG) continue;
    if (err == EINVAL && cut) return;
    cables_buf_utf8(out, 0xfffd);
    in++;
    left--;
  }
}

CablesSourceResult cables_charset_decode(CablesSpan raw, bool cut,
                                         CablesBuf *out, CablesHtml *html) {
  CablesDecoder decoder = {0};
  html->charset[0] = '\0';
  size_t start = out->n;
  cables_decode_piece(&decoder, raw, !cut, out);
  html->flags = decoder.flags;
  if (out->oom) return CABLES_SOURCE_NOMEM;
  if (html->flags & CABLES_DECODE_UTF16) return CABLES_SOURCE_OK;
  if (!(html->flags & CABLES_DECODE_CP1252)) return CABLES_SOURCE_OK;
  char name[CABLES_CHARSET_SIZE];
  find_declared(raw, name);
  if (is_default(name)) return CABLES_SOURCE_OK;
  iconv_t cd = iconv_open("UTF-8", name);
  if (cd == (iconv_t)-1) return CABLES_SOURCE_OK;
  CablesBuf utf8 = {0};
  convert(cd, raw, cut, &utf8);
  iconv_close(cd);
  out->n = start;
  html->flags = cables_decode(cables_buf_get(&utf8), out);
  memcpy(html->charset, name, sizeof(name));
  bool oom = utf8.oom || out->oom;
  cables_buf_free(&utf8);
  return oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
}
