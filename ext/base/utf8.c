/*
** UTF-8: is it valid, and what to make of it when it is not: see utf8.h.
** Knows bytes only: no files, no locale, no markup.
*/
#include "utf8.h"

#include <stdint.h>
#include <string.h>

/* The forms that a text can have on disk. */
enum { FORM_UNKNOWN = 0, FORM_UTF8, FORM_UTF16_LE, FORM_UTF16_BE };

/* The code points of the bytes 0x80..0x9f in Windows-1252; the five that it
** leaves open stand for themselves, as in web browsers. */
static const unsigned short cp1252[32] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
    0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178};

/* The byte at offset i. */
static unsigned byte_at(CablesSpan s, size_t i) {
  return (unsigned char)s.z[i];
}

/* Whether b may follow the lead byte directly.  This is where overlong forms,
** surrogates and codes above U+10FFFF are told from good ones. */
static bool second_fits(unsigned lead, unsigned b) {
  switch (lead) {
    case 0xe0:
      return b >= 0xa0 && b <= 0xbf;
    case 0xed:
      return b >= 0x80 && b <= 0x9f;
    case 0xf0:
      return b >= 0x90 && b <= 0xbf;
    case 0xf4:
      return b >= 0x80 && b <= 0x8f;
    default:
      return b >= 0x80 && b <= 0xbf;
  }
}

/* Length of the sequence that a byte leads, 0 when it leads none. */
static size_t lead_length(unsigned lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* How many bytes at offset i form the start of a valid sequence (all of it
** when the result equals lead_length()). */
static size_t sequence_bytes(CablesSpan s, size_t i) {
  unsigned lead = byte_at(s, i);
  size_t want = lead_length(lead);
  if (want <= 1) return want;
  size_t got = 1;
  while (got < want && i + got < s.n) {
    unsigned b = byte_at(s, i + got);
    if (got == 1 ? !second_fits(lead, b) : (b & 0xc0) != 0x80) break;
    got++;
  }
  return got;
}

/* Bytes that are looked at together. */
enum { BLOCK = 32 };

/* Eight bytes as a number, in any order. */
static uint64_t eight_at(const char *z) {
  uint64_t eight;
  memcpy(&eight, z, sizeof(eight));
  return eight;
}

/* Whether the bytes of a block are ASCII all. */
static bool is_ascii_block(const char *z) {
  uint64_t any =
      eight_at(z) | eight_at(z + 8) | eight_at(z + 16) | eight_at(z + 24);
  return (any & UINT64_C(0x8080808080808080)) == 0;
}

size_t cables_utf8_valid(CablesSpan s) {
  size_t i = 0;
  while (i < s.n) {
    if (byte_at(s, i) < 0x80) {
      i++;
      while (s.n - i >= BLOCK && is_ascii_block(s.z + i)) i += BLOCK;
      continue;
    }
    size_t n = sequence_bytes(s, i);
    if (n == 0 || n != lead_length(byte_at(s, i))) break;
    i += n;
  }
  return i;
}

/* How many bytes at the end of s are the start of a sequence whose rest has
** not been read yet. */
static size_t cut_sequence(CablesSpan s) {
  for (size_t back = 1; back <= 3 && back <= s.n; back++) {
    unsigned b = byte_at(s, s.n - back);
    if ((b & 0xc0) == 0x80) continue;
    bool cut = lead_length(b) > back && sequence_bytes(s, s.n - back) == back;
    return cut ? back : 0;
  }
  return 0;
}

/* Offset of c in s from offset i on, or s.n. */
static size_t next_byte(CablesSpan s, size_t i, char c) {
  if (i >= s.n) return s.n;
  const char *z = memchr(s.z + i, c, s.n - i);
  return z ? (size_t)(z - s.z) : s.n;
}

/* Appends valid UTF-8 with its line ends made \n and its NULs made blanks.
** The common text has neither and is copied in one piece. */
static void append_valid(CablesSpan s, CablesBuf *out, unsigned *flags) {
  size_t i = 0;
  size_t cr = next_byte(s, 0, '\r');
  size_t nul = next_byte(s, 0, '\0');
  while (i < s.n) {
    size_t stop = cr < nul ? cr : nul;
    cables_buf_span(out, cables_sub(s, i, stop - i));
    i = stop;
    if (i == s.n) break;
    if (i == nul) {
      cables_buf_byte(out, ' ');
      *flags |= CABLES_DECODE_NUL;
      nul = next_byte(s, ++i, '\0');
    } else {
      cables_buf_byte(out, '\n');
      i++;
      if (i < s.n && s.z[i] == '\n') i++;
      cr = next_byte(s, i, '\r');
    }
  }
}

/* Decodes UTF-8 with strays; gives the bytes used. */
static size_t decode_utf8(CablesSpan raw, bool last, CablesBuf *out,
                          unsigned *flags) {
  if (!last) {
    raw.n -= cut_sequence(raw);
    /* The line feed of a \r\n may come with the next piece. */
    if (raw.n > 0 && raw.z[raw.n - 1] == '\r') raw.n--;
  }
  size_t i = 0;
  while (i < raw.n) {
    CablesSpan rest = cables_sub(raw, i, raw.n);
    size_t n = cables_utf8_valid(rest);
    append_valid(cables_sub(rest, 0, n), out, flags);
    i += n;
    if (i == raw.n) break;
    unsigned b = byte_at(raw, i++);
    cables_buf_utf8(out, b < 0xa0 ? cp1252[b - 0x80] : b);
    *flags |= CABLES_DECODE_CP1252;
  }
  return raw.n;
}

/* Decodes UTF-16 in either byte order; gives the bytes used.  A surrogate
** without its partner and a last odd byte become U+FFFD. */
static size_t decode_utf16(CablesSpan raw, bool big, bool last, CablesBuf *out,
                           unsigned *flags) {
  size_t hi = big ? 0 : 1;
  size_t i = 0;
  while (raw.n - i >= 2) {
    unsigned code = byte_at(raw, i + hi) << 8 | byte_at(raw, i + 1 - hi);
    size_t used = 2;
    bool pairs = code == '\r' || (code >= 0xd800 && code <= 0xdbff);
    bool more = raw.n - i >= 4;
    if (pairs && !more && !last) break;
    unsigned next = 0;
    if (pairs && more)
      next = byte_at(raw, i + 2 + hi) << 8 | byte_at(raw, i + 3 - hi);
    if (code == '\r') {
      if (next == '\n') used = 4;
      code = '\n';
    } else if (pairs && next >= 0xdc00 && next <= 0xdfff) {
      used = 4;
      code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
    } else if (code == 0) {
      code = ' ';
      *flags |= CABLES_DECODE_NUL;
    }
    cables_buf_utf8(out, code);
    i += used;
  }
  if (last && raw.n - i == 1) {
    cables_buf_utf8(out, 0xfffd);
    i++;
  }
  return i;
}

/* Finds the form from the byte order mark; gives the bytes of the mark.  The
** form stays unknown while a mark may still be completed. */
static size_t find_form(CablesDecoder *d, CablesSpan raw, bool last) {
  static const CablesSpan utf8 = {"\xef\xbb\xbf", 3};
  if (cables_starts(raw, utf8)) {
    d->form = FORM_UTF8;
    return utf8.n;
  }
  if (cables_starts(raw, CABLES_LIT("\xff\xfe"))) {
    d->form = FORM_UTF16_LE;
  } else if (cables_starts(raw, CABLES_LIT("\xfe\xff"))) {
    d->form = FORM_UTF16_BE;
  } else {
    bool open = raw.n == 0 || cables_starts(utf8, raw) ||
                (raw.n == 1 && byte_at(raw, 0) >= 0xfe);
    if (last || !open) d->form = FORM_UTF8;
    return 0;
  }
  d->flags |= CABLES_DECODE_UTF16;
  return 2;
}

size_t cables_decode_piece(CablesDecoder *d, CablesSpan raw, bool last,
                           CablesBuf *out) {
  size_t mark = 0;
  if (d->form == FORM_UNKNOWN) {
    mark = find_form(d, raw, last);
    if (d->form == FORM_UNKNOWN) return 0;
  }
  CablesSpan rest = cables_sub(raw, mark, raw.n);
  if (d->form == FORM_UTF8)
    return mark + decode_utf8(rest, last, out, &d->flags);
  return mark +
         decode_utf16(rest, d->form == FORM_UTF16_BE, last, out, &d->flags);
}

unsigned cables_decode(CablesSpan raw, CablesBuf *out) {
  CablesDecoder d = {0};
  cables_decode_piece(&d, raw, true, out);
  return d.flags;
}

void cables_utf8_repair(CablesSpan s, CablesBuf *out) {
  size_t i = 0;
  while (i < s.n) {
    CablesSpan rest = cables_sub(s, i, s.n);
    size_t n = cables_utf8_valid(rest);
    for (size_t at = 0; at < n;) {
      size_t nul = next_byte(cables_sub(rest, 0, n), at, '\0');
      cables_buf_span(out, cables_sub(rest, at, nul - at));
      if (nul < n) cables_buf_byte(out, ' ');
      at = nul + 1;
    }
    i += n;
    if (i < s.n) {
      cables_buf_utf8(out, 0xfffd);
      i++;
    }
  }
}
