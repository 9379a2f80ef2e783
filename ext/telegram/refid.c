/*
** Reference ids (modern.md 7.4 and 10.2, 1970s.md 9): read from any spelling,
** and written.
**
** An id is read in one pass from left to right: mark, year, section words,
** name, serial, and what may stand behind.  Whatever does not fit makes it no
** id: text with other words around is left to the readers of REF lines.
*/
#include "refid.h"

#include <string.h>

#include "post.h"

enum {
  LONGEST_TEXT = 200, /* an id with all its notes is far shorter */
  FIRST_YEAR = 1966,
  LAST_YEAR = 2065,
  LAST_BEHIND = 2029,   /* 5049-50 is a range of numbers and no year */
  MAX_SERIAL = 9999999, /* 05STATE1531333 is the longest seen */
  SHORTEST_UNKNOWN = 3, /* letters of a name that is in no table */
  LONGEST_UNKNOWN = 20
};

/* The text and how far it is read. */
typedef struct Reader {
  CablesSpan s;
  size_t i;
} Reader;

/* The byte at offset k behind the place reached; a blank behind the end. */
static char peek(const Reader *r, size_t k) {
  return k < r->s.n - r->i ? r->s.z[r->i + k] : ' ';
}

static bool at_end(const Reader *r) { return r->i >= r->s.n; }

static bool is_oh(char c) { return c == 'O' || c == 'o'; }

/* The value of a digit, 0 for the letter O, or -1. */
static int digit(char c) {
  if (is_oh(c)) return 0;
  return cables_is_digit(c) ? c - '0' : -1;
}

/* Blanks, and the punctuation that stands between the parts. */
static bool is_separator(char c) {
  return cables_is_space(c) || strchr("-.,'`/:#_", c) != NULL ||
         (unsigned char)c >= 0x80;
}

static void skip_separators(Reader *r) {
  while (!at_end(r) && is_separator(r->s.z[r->i])) r->i++;
}

static void skip_spaces(Reader *r) {
  while (!at_end(r) && cables_is_space(r->s.z[r->i])) r->i++;
}

/* The letters from here on. */
static CablesSpan take_letters(Reader *r) {
  size_t from = r->i;
  while (!at_end(r) && cables_is_alpha(r->s.z[r->i])) r->i++;
  return cables_sub(r->s, from, r->i - from);
}

/* The digits from here on. */
static CablesSpan take_digits(Reader *r) {
  size_t from = r->i;
  while (!at_end(r) && cables_is_digit(r->s.z[r->i])) r->i++;
  return cables_sub(r->s, from, r->i - from);
}

int cables_full_year(int yy) { return yy >= 66 ? 1900 + yy : 2000 + yy; }

/* A year of two or four digits in full; 0 when it is none of a telegram. */
static int year_of(int year) {
  if (year <= 99) return cables_full_year(year);
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

/* ------------------------------------------------------------------------ */
/* Section words */

/* Whether a word is SECTION, written in full, short, or wrong. */
static bool is_section_word(CablesSpan w) {
  static const char *const forms[] = {"SECTION", "SCTION", "SETION",  "SECION",
                                      "SECTON",  "SECTIN", "SECTIO",  "ECTION",
                                      "SECT",    "SEC",    "SECTIONS"};
  for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
    if (cables_equal_nocase(w, cables_span(forms[i]))) return true;
  }
  return w.n == 0;
}

/* Skips "SECTION 01 OF 02", the word missing or damaged, the blanks missing:
** 08SECTION01OF02CHISINAU976, 0901OF02RPODUBAI288. */
static bool skip_section(Reader *r) {
  Reader t = *r;
  skip_separators(&t);
  if (!is_section_word(take_letters(&t))) return false;
  skip_separators(&t);
  CablesSpan part = take_digits(&t);
  skip_spaces(&t);
  bool of = digit(peek(&t, 0)) == 0 && cables_to_upper(peek(&t, 1)) == 'F';
  if (part.n == 0 || part.n > 3 || !of) return false;
  t.i += 2;
  skip_spaces(&t);
  CablesSpan parts = take_digits(&t);
  if (parts.n == 0 || parts.n > 3) return false;
  *r = t;
  return true;
}

/* ------------------------------------------------------------------------ */
/* The year in front */

/* Whether a zero that stands here is the first letter of a post: 0TTAWA. */
static bool zero_starts_post(Reader r) {
  size_t from = r.i++;
  take_letters(&r);
  char z[CABLES_POST_LETTERS];
  CablesSpan name = cables_sub(r.s, from, r.i - from);
  name = cables_sub(name, 0, sizeof(z)); /* what is longer is no post */
  CablesSpan letters = {z, cables_post_letters(name, z, sizeof(z))};
  return cables_post_spelled(letters, NULL) != NULL;
}

/* The number of n digits from here on, the letter O read as zero; -1 when
** something else is among them, or no digit at all. */
static int digits_value(const Reader *r, size_t n) {
  int value = 0;
  bool real = false;
  for (size_t k = 0; k < n; k++) {
    int d = digit(peek(r, k));
    if (d < 0) return -1;
    real = real || cables_is_digit(peek(r, k));
    value = value * 10 + d;
  }
  /* an O before a letter belongs to the name: 05OTTAWA3726 */
  if (is_oh(peek(r, n - 1)) && cables_is_alpha(peek(r, n))) return -1;
  return real && !cables_is_digit(peek(r, n)) ? value : -1;
}

/* A year of more than two digits with something wrong about it.  Gives it in
** full, and in *used how many bytes it has; 0 when it is none. */
static int odd_year(const Reader *r, size_t *used) {
  Reader behind = {r->s, r->i + 2};
  Reader section = behind;
  int yy = cables_is_digit(peek(r, 1))
               ? digit(peek(r, 0)) * 10 + digit(peek(r, 1))
               : -1;
  *used = 2;
  if (yy >= 0 && skip_section(&section)) {
    return cables_full_year(yy); /* the section number is glued to it */
  }
  int four = digits_value(r, 4);
  if (four >= 0 && four / 100 == four % 100) {
    *used = 4; /* twice the same: 7575LIBREVILLE1895 */
    return cables_full_year(four % 100);
  }
  int three = digits_value(r, 3);
  if (three < 0 || three > 99) return 0;
  if (cables_is_alpha(peek(r, 3)) && peek(r, 2) == '0' &&
      zero_starts_post(behind)) {
    return cables_full_year(yy); /* 050TTAWA3518 */
  }
  *used = 3; /* 094 QUITO is a slip for 94 */
  return cables_full_year(three);
}

/* Reads the year in front, in parentheses or not, into *year; 0 when there is
** none.  False when there is something that cannot be. */
static bool read_year(Reader *r, int *year) {
  bool open = peek(r, 0) == '(';
  Reader t = *r;
  if (open) t.i++;
  if (peek(&t, 0) == '\'') t.i++;
  size_t used = 4;
  *year = digits_value(&t, 4) > 99 ? year_of(digits_value(&t, 4)) : 0;
  if (*year == 0) {
    used = 2;
    int two = digits_value(&t, 2);
    *year = two >= 0 ? cables_full_year(two) : odd_year(&t, &used);
  }
  if (*year == 0) return !open;
  t.i += used;
  if (open) {
    if (peek(&t, 0) != ')') return false;
    t.i++;
  }
  *r = t;
  return true;
}

/* ------------------------------------------------------------------------ */
/* The name */

/* Whether the zeros and letters O from here on are digits: a digit follows
** before any other letter. */
static bool digits_follow(const Reader *r) {
  size_t k = 0;
  while (digit(peek(r, k)) == 0) k++;
  return cables_is_digit(peek(r, k)) || !cables_is_alpha(peek(r, k));
}

/* Reads the name of a post up to its serial.  *words: the number of words it
** is of. */
static CablesSpan read_name(Reader *r, unsigned *words) {
  *words = 0;
  skip_separators(r);
  size_t from = r->i;
  bool inside = false; /* a word */
  for (; !at_end(r); r->i++) {
    char c = r->s.z[r->i];
    if (cables_is_digit(c) && (c != '0' || digits_follow(r))) break;
    if (is_oh(c) && !inside && *words > 0 && cables_is_digit(peek(r, 1)) &&
        digits_follow(r)) {
      break; /* LAGOS O1512 */
    }
    bool letter = cables_is_alpha(c) || c == '0';
    if (!letter && !is_separator(c)) break;
    /* bytes of accents and apostrophes do not end a word */
    bool joins = (unsigned char)c >= 0x80 || c == '\'' || c == '`';
    if (letter && !inside) (*words)++;
    inside = letter || (inside && joins);
  }
  return cables_sub(r->s, from, r->i - from);
}

/* Captions that ids made by machine have kept before the post's name:
** 09EFTOLONDON2468, 85NOFORNMOGADISHU1643. */
static const char *const captions[] = {
    "EFTO",   "NOFORN",    "EXDIS",        "NODIS",  "LIMDIS",        "STADIS",
    "SIPDIS", "SENSITIVE", "UNCLASSIFIED", "UNCLAS", "CONFIDENTIAL",  "SECRET",
    "NOTAL",  "SBU",       "FOUO",         "LOU",    "CORRECTEDCOPY",
};

/* Drops captions in front of the letters of a name. */
static CablesSpan drop_captions(CablesSpan s) {
  size_t n = sizeof(captions) / sizeof(captions[0]);
  for (size_t i = 0; i < n;) {
    CablesSpan caption = cables_span(captions[i++]);
    if (!cables_starts(s, caption)) continue;
    s = cables_sub(s, caption.n, s.n);
    i = 0;
  }
  return s;
}

/* Makes the post of a name.  sure: the id names its year, so that a name that
** is in no table may be one, if it is a single word. */
static CablesSpan post_of(CablesSpan name, bool sure, CablesArena *arena) {
  char z[CABLES_POST_LETTERS];
  CablesSpan s = {z, cables_post_letters(name, z, sizeof(z))};
  if (s.n > sizeof(z)) return CABLES_NO_SPAN;
  const CablesPost *post = cables_post_spelled(s, NULL);
  if (post == NULL) {
    CablesSpan rest = s;
    size_t before;
    do { /* captions stand before and behind a station word */
      before = rest.n;
      post = cables_post_spelled(drop_captions(rest), &rest);
    } while (post == NULL && rest.n < before);
    if (post == NULL) post = cables_post_guess(rest);
    if (rest.n > 0) s = rest;
  }
  if (post != NULL) return cables_span(post->post);
  bool maybe = sure && s.n >= SHORTEST_UNKNOWN && s.n <= LONGEST_UNKNOWN &&
               !cables_post_is_word(s);
  return maybe ? cables_arena_copy(arena, s) : CABLES_NO_SPAN;
}

/* ------------------------------------------------------------------------ */
/* The serial and what stands behind it */

/* Reads the serial; 0 when there is none. */
static long read_serial(Reader *r) {
  long serial = 0;
  for (; !at_end(r); r->i++) {
    char c = r->s.z[r->i];
    if (digit(c) < 0) break;
    if (is_oh(c) && !digits_follow(r)) break;
    serial = serial * 10 + digit(c);
    if (serial > MAX_SERIAL) return 0;
  }
  return serial;
}

/* Takes a year that is written behind; one in front must be the same. */
static bool take_year(CablesSpan digits, int *year) {
  int behind = 0;
  if (digits.n == 2 || digits.n == 4) {
    behind = year_of((int)cables_number(digits));
  }
  if (behind == 0 || behind > LAST_BEHIND) return false;
  if (*year != 0 && *year != behind) return false;
  *year = behind;
  return true;
}

/* Reads "(08)", "('08)", "(2008)" or a short note, "(NOTAL)". */
static bool read_parentheses(Reader *r, int *year) {
  r->i++;
  size_t from = r->i;
  while (!at_end(r) && r->s.z[r->i] != ')') r->i++;
  CablesSpan s = cables_trim(cables_sub(r->s, from, r->i - from));
  if (at_end(r) || s.n == 0 || s.n > 16) return false;
  r->i++;
  if (s.z[0] == '\'') s = cables_sub(s, 1, s.n);
  if (s.n > 0 && cables_is_digit(s.z[0])) return take_year(s, year);
  for (size_t i = 0; i < s.n; i++) {
    if (!cables_is_alpha(s.z[i]) && s.z[i] != '/' && s.z[i] != ' ') {
      return false;
    }
  }
  return true;
}

/* Whether a word behind the serial brings in a second number, or is a note:
** operating signals (ZFR, ZDK: Z and two letters), TOSEC and SECTO, the notes
** of doubles. */
static bool is_second(CablesSpan w) {
  static const char *const forms[] = {"TOSEC", "SECTO", "SUSPECTEDDUPLICATE",
                                      "SUSPECTED", "DUPLICATE"};
  if (w.n == 3 && cables_to_upper(w.z[0]) == 'Z') return true;
  for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
    if (cables_equal_nocase(w, cables_span(forms[i]))) return true;
  }
  for (size_t i = 0; i < sizeof(captions) / sizeof(captions[0]); i++) {
    if (cables_equal_nocase(w, cables_span(captions[i]))) return true;
  }
  return false;
}

/* Reads one of the things that may stand behind the serial; true when it was
** one, which has a byte at least. */
static bool read_behind(Reader *r, int *year) {
  if (skip_section(r)) return true; /* MOSCOW 3687 SECTION 01 OF 02 */
  char c = peek(r, 0);
  if (c == '(') return read_parentheses(r, year);
  if (c == '_') { /* the suffix of PlusD ids */
    r->i += 2;
    return r->i == r->s.n && cables_is_alpha(r->s.z[r->i - 1]);
  }
  if (c == '-' || c == '/' || c == '\'') {
    r->i++;
    if (c != '\'' && peek(r, 0) == '\'') r->i++;
    return take_year(take_digits(r), year);
  }
  CablesSpan word = take_letters(r);
  if (word.n == 0 || !is_second(word)) return false;
  skip_spaces(r);
  take_digits(r);
  return true;
}

/* Reads all that stands behind the serial.  True when nothing is left. */
static bool read_rest(Reader *r, int *year) {
  skip_spaces(r);
  while (!at_end(r)) {
    if (!read_behind(r, year)) return false;
    skip_spaces(r);
  }
  return true;
}

/* ------------------------------------------------------------------------ */

/* The text without blanks, marks and full stops around it. */
static CablesSpan clean(CablesSpan s) {
  s = cables_trim(s);
  while (s.n > 0 && (s.z[0] == '#' || s.z[0] == '"')) {
    s = cables_trim(cables_sub(s, 1, s.n));
  }
  while (s.n > 0 && strchr(".,;:\"", s.z[s.n - 1]) != NULL) {
    s = cables_trim(cables_sub(s, 0, s.n - 1));
  }
  return s;
}

bool cables_refid_read(CablesSpan text, int year, CablesArena *arena,
                       CablesRefid *out) {
  Reader r = {clean(text), 0};
  *out = (CablesRefid){0, CABLES_NO_SPAN, 0};
  int named = 0;
  unsigned words;
  if (r.s.n == 0 || r.s.n > LONGEST_TEXT) return false;
  if (!read_year(&r, &named)) return false;
  skip_section(&r);
  CablesSpan name = read_name(&r, &words);
  long serial = read_serial(&r);
  if (name.n == 0 || serial == 0) return false;
  bool sure = named != 0 && words == 1;
  if (!read_rest(&r, &named)) return false;
  if (named == 0 && year > 0) named = year_of(year);
  if (named == 0) return false;
  CablesSpan post = post_of(name, sure, arena);
  if (post.z == NULL) return false;
  *out = (CablesRefid){named, post, serial};
  return true;
}

void cables_refid_print(CablesBuf *b, CablesRefid id) {
  cables_buf_decimal(b, id.year % 100, 2);
  cables_buf_span(b, id.post);
  cables_buf_decimal(b, id.serial, 1);
}

CablesSpan cables_refid_post(CablesSpan letters, CablesArena *arena) {
  CablesRefid id;
  CablesBuf b = {0};
  cables_refid_print(&b, (CablesRefid){2000, letters, 1});
  if (b.oom) arena->oom = true;
  bool ok = cables_refid_read(cables_buf_get(&b), 0, arena, &id);
  cables_buf_free(&b);
  return ok ? id.post : CABLES_NO_SPAN;
}

/* How many letters of a post's code the first six bytes of a name hold; 0 when
** they hold something else. */
static size_t letters_of_six(const char *name, const char *code) {
  CablesSpan six = cables_sub(cables_span(name), 0, 6);
  size_t n = 0;
  for (size_t k = 0; k < six.n; k++) {
    if (six.z[k] == ' ') continue;
    if (six.z[k] != code[n]) return 0;
    n++;
  }
  return n;
}

/* The same of the post's spaced name in its plad, behind the station words:
** UNESCO of UNESCOPARISFR, USMISSION UNESCO PARIS. */
static size_t letters_of_name(const CablesPost *post) {
  const char *name = post->plad;
  while (name != NULL) {
    size_t n = letters_of_six(name, post->post);
    if (n > 0) return n;
    const char *blank = strchr(name, ' ');
    name = blank != NULL ? blank + 1 : NULL;
  }
  return 0;
}

void cables_refid_print_nara(CablesBuf *b, CablesRefid id) {
  const CablesPost *post = cables_post_find(id.post);
  size_t n = post != NULL ? letters_of_name(post) : 0;
  bool state = cables_equal(id.post, CABLES_LIT("STATE"));
  cables_buf_decimal(b, id.year, 4);
  cables_buf_span(b, cables_sub(id.post, 0, n > 0 ? n : 6));
  cables_buf_decimal(b, id.serial, state ? 6 : 5);
}
