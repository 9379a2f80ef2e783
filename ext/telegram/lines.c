/*
** Lines of a telegram, cut on demand, with page furniture marked: see parse.h.
** Sources: modern.md 0.4 (characters), 3.1 (SIPDIS), 9.5 (section joints);
** 1970s.md 3 (page furniture).
*/
#include <string.h>

#include "../base/mem.h"
#include "parse.h"

/* Length of the paragraph sign (U+00B6, or its Latin-1 byte) or of U+FFFD,
** into which bad transcoding turned it, at the start of s; 0 when there is
** none (modern.md 9.1). */
static size_t pilcrow(CablesSpan s) {
  if (cables_starts(s, CABLES_LIT("\xc2\xb6"))) return 2;
  if (cables_starts(s, CABLES_LIT("\xef\xbf\xbd"))) return 3;
  return cables_starts(s, CABLES_LIT("\xb6")) ? 1 : 0;
}

/* Whether s is an underline: at least three of - = * _ ~ or of the Unicode
** dashes U+2010..U+2015, and blanks, and nothing else. */
static bool is_rule(CablesSpan s) {
  size_t marks = 0;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.z[i];
    if (c == ' ' || c == '\t') continue;
    if (c == '-' || c == '=' || c == '*' || c == '_' || c == '~') {
      marks++;
    } else if (i + 2 < s.n && memcmp(s.z + i, "\xe2\x80", 2) == 0 &&
               (unsigned char)s.z[i + 2] >= 0x90 &&
               (unsigned char)s.z[i + 2] <= 0x95) {
      marks++;
      i += 2;
    } else {
      return false;
    }
  }
  return marks >= 3;
}

/* Whether s is a classification alone, as on the top and bottom of a page. */
static bool is_banner(CablesSpan s) {
  static const CablesSpan words[] = {
      CABLES_TEXT("UNCLASSIFIED"), CABLES_TEXT("CONFIDENTIAL"),
      CABLES_TEXT("SECRET"),       CABLES_TEXT("LIMITED OFFICIAL USE"),
      CABLES_TEXT("TOP SECRET"),   CABLES_TEXT("UNCLAS")};
  for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
    CablesSpan word = words[i];
    if (!cables_starts(s, word)) continue;
    CablesSpan rest = cables_trim(cables_sub(s, word.n, s.n));
    if (rest.n == 0 || cables_equal(rest, CABLES_LIT("POSS DUPE"))) {
      return true;
    }
    /* A queue mark behind it: "CONFIDENTIAL     PTQ1859". */
    if (rest.n == 7 && cables_starts(rest, CABLES_LIT("PTQ")) &&
        cables_number(cables_sub(rest, 3, 4)) >= 0) {
      return true;
    }
  }
  return false;
}

/* Whether s is print of the archive, not of the telegram (1970s.md 3); the end
** of a message is, which every section of an old copy has. */
static bool is_stamp(CablesSpan s) {
  static const CablesSpan review = CABLES_TEXT(
      "Declassified/Released US Department of State EO Systematic Review");
  switch (s.z[0]) {
    case 'N':
      if (cables_equal(s, CABLES_LIT("NNN")) ||
          cables_equal(s, CABLES_LIT("NNNN"))) {
        return true;
      }
      break;
    case '\xc2':
    case '\xbf':
      for (size_t i = 0; i < s.n; i++) {
        if (s.z[i] != '\xc2' && s.z[i] != '\xbf' && s.z[i] != ' ') {
          return false;
        }
      }
      return true;
    case '*':
      if (cables_starts(s, CABLES_LIT("*** Current "))) return true;
      break;
    case 'S':
      if (cables_equal(s, CABLES_LIT("Show Headers"))) return true;
      break;
    default:
      break;
  }
  return s.n >= review.n && cables_find(s, review) != (size_t)-1;
}

/* Number of a section from its digits, at most three; 0 when there are none. */
static int section_number(CablesSpan digits) {
  return digits.z ? (int)cables_number(digits) : 0;
}

bool cables_line_noise(const Line *line) {
  return line->kind == LINE_BREAK || line->kind == LINE_PAGE ||
         line->kind == LINE_BANNER || line->kind == LINE_STAMP ||
         line->kind == LINE_SIPDIS;
}

CablesSpan cables_line_text(const CablesParser *p, const Line *line) {
  return (CablesSpan){p->text.z + line->start, line->n};
}

/* Appends a line; false when memory is out.  Of blank lines in a row the first
** stands for all. */
static bool push(CablesParser *p, Line line) {
  if (line.kind == LINE_BLANK && p->n_lines > 0 &&
      p->lines[p->n_lines - 1].kind == LINE_BLANK) {
    return true;
  }
  if (p->n_lines == p->cap_lines) {
    size_t cap = p->cap_lines > 0 ? p->cap_lines * 2 : 256;
    Line *lines = cables_realloc(p->lines, cap * sizeof(*lines));
    if (lines == NULL) {
      p->oom = true;
      return false;
    }
    p->lines = lines;
    p->cap_lines = cap;
  }
  p->lines[p->n_lines++] = line;
  return true;
}

/* Sets start and n of a line whose content lies in [from, to): blanks at both
** ends and a paragraph sign in front are taken off. */
static void set_content(CablesParser *p, Line *line, size_t from, size_t to) {
  const char *z = p->text.z;
  /* A backslash at the line end is debris of a dump (modern.md 10.4). */
  while (to > from && (cables_is_space(z[to - 1]) || z[to - 1] == '\\')) to--;
  while (from < to && cables_is_space(z[from])) from++;
  size_t sign = pilcrow((CablesSpan){z + from, to - from});
  from += sign;
  while (sign > 0 && from < to && cables_is_space(z[from])) from++;
  line->start = from;
  line->n = to - from;
}

/* Bytes of a section joint at least: X 00000071 002 OF 002. */
enum { SHORTEST_JOINT = 21 };

/* Whether s can hold a section joint: " OF 0" in it.  Most lines have no 0 at
** all. */
static bool may_break(CablesSpan s) {
  if (s.n < SHORTEST_JOINT) return false;
  CablesSpan rest = cables_sub(s, 8, s.n);
  if (memchr(rest.z, '0', rest.n) == NULL) return false;
  size_t blank;
  while ((blank = cables_find(rest, CABLES_LIT(" "))) != (size_t)-1) {
    rest = cables_sub(rest, blank + 1, rest.n);
    if (cables_starts_nocase(rest, CABLES_LIT("OF 0"))) return true;
  }
  return false;
}

bool cables_ends_with(CablesSpan s, CablesSpan end) {
  return s.n >= end.n &&
         cables_equal_nocase(cables_sub(s, s.n - end.n, end.n), end);
}

/* Where a section joint begins that the pattern found: the words before
** the serial are the post's name cut to ten characters (modern.md 9.5), and
** what stands before that is text. */
static size_t joint_start(const CablesParser *p, const CablesMatch *m) {
  CablesSpan words = m->group[1];
  if (m->start == 0 && words.n <= 10) return 0;
  CablesSpan own = cables_trim(cables_sub(p->class_post, 0, 10));
  if (own.n > 0 && cables_ends_with(words, own))
    return m->start + words.n - own.n;
  /* The last word, and where the name is not known words before it as long as
  ** ten characters hold them; all words when that one is longer. */
  size_t at = m->start;
  for (;;) {
    size_t blank = cables_find(words, CABLES_LIT(" "));
    bool last = blank == (size_t)-1;
    if (words.n <= 10 && (last || own.n == 0)) return at;
    if (last) return m->start;
    at += blank + 1;
    words = cables_sub(words, blank + 1, words.n);
  }
}

/* Marks a page line, which may be printed on two lines and may have text
** behind it. */
static bool mark_page(CablesParser *p, Line *line, size_t *behind) {
  CablesMatch m;
  CablesSpan s = cables_line_text(p, line);
  const Line *before = p->n_lines > 0 ? &p->lines[p->n_lines - 1] : NULL;
  if (cables_starts(s, CABLES_LIT("PAGE "))) {
    if (!cables_match(p->patterns, PATTERN_PAGE_LINE, s, 0, &m)) return false;
    /* "PAGE 3 OF THE ..." is a sentence; a bare "PAGE 02" is none. */
    if (m.group[2].z == NULL && m.end < s.n) return false;
  } else if (before != NULL && before->kind == LINE_PAGE && before->n <= 8) {
    if (!cables_match(p->patterns, PATTERN_POST_LINE, s, 0, &m)) return false;
  } else {
    return false;
  }
  line->kind = LINE_PAGE;
  line->section = section_number(m.group[3]);
  *behind = m.end;
  return true;
}

/* The kind of a line that its first letter and all of it tell: an underline, a
** banner, a stamp; else LINE_TEXT. */
static LineKind whole_kind(CablesSpan s) {
  switch (s.z[0]) {
    case '-':
    case '=':
    case '*':
    case '_':
    case '~':
    case '\xe2':
      if (is_rule(s)) return LINE_RULE;
      break;
    case 'C':
    case 'L':
    case 'S':
    case 's':
    case 'T':
    case 'U':
      if (is_banner(s)) return LINE_BANNER;
      if (s.n == 6 && cables_equal_nocase(s, CABLES_LIT("SIPDIS"))) {
        return LINE_SIPDIS;
      }
      break;
    default:
      break;
  }
  return is_stamp(s) ? LINE_STAMP : LINE_TEXT;
}

/* Finds the kind of a line from its content.  behind: offset in the content
** behind the part that the kind is of; front: length of text in front of it.
*/
static void mark(CablesParser *p, Line *line, size_t *front, size_t *behind) {
  CablesSpan s = cables_line_text(p, line);
  CablesMatch m;
  *front = 0;
  *behind = s.n;
  line->kind = LINE_BLANK;
  if (s.n == 0 || (s.n == 1 && s.z[0] == '-')) return;
  line->kind = whole_kind(s);
  if (line->kind != LINE_TEXT) return;
  if (cables_is_upper(s.z[0]) && mark_page(p, line, behind)) return;
  if (may_break(s) && cables_match(p->patterns, PATTERN_PAGE_BREAK, s, 0, &m)) {
    line->kind = LINE_BREAK;
    line->section = section_number(m.group[3]);
    *front = joint_start(p, &m);
    *behind = m.end;
  }
}

/* Section joints cut out of one printed line, at most; more are text. */
enum { MAX_PIECES = 64 };

/* Appends the text [start, stop) of a printed line that begins at raw. */
static void add_piece(CablesParser *p, Line line, size_t start, size_t stop) {
  set_content(p, &line, start, stop);
  line.kind = LINE_TEXT;
  if (line.n > 0) push(p, line);
}

/* Appends the printed line [from, to), its line end left off, cut where page
** furniture stands inside it. */
static void add_line(CablesParser *p, size_t from, size_t to) {
  const char *z = p->text.z;
  size_t end = to;
  while (end > from && z[end - 1] == '\r') end--;
  Line line = {.raw = from, .spaced = end > from && z[end - 1] == ' '};
  for (int pieces = 0;; pieces++) {
    set_content(p, &line, from, to);
    size_t front, behind;
    mark(p, &line, &front, &behind);
    if (pieces == MAX_PIECES) line.kind = LINE_TEXT;
    if ((front == 0 && behind == line.n) || pieces == MAX_PIECES) {
      if (line.n > 0 || !line.glued) push(p, line);
      return;
    }
    size_t start = line.start;
    if (front > 0) add_piece(p, line, start, start + front);
    Line joint = line;
    joint.raw = joint.start = start + front;
    joint.n = behind - front;
    push(p, joint);
    from = start + behind;
    line = (Line){.raw = from, .spaced = line.spaced, .glued = true};
  }
}

/* Whether the printed line [from, to) stands behind the telegram.  The first
** letter of such lines is asked before anything else is done with them. */
static bool ends_here(CablesParser *p, size_t from, size_t to) {
  if (p->n_lines == 0) return false;
  size_t first = from;
  while (first < to && cables_is_space(p->text.z[first])) first++;
  char c = first < to ? p->text.z[first] : ' ';
  if (c != 'V' && c != 'R' && c != 'M') return false;
  CablesSpan line = cables_trim((CablesSpan){p->text.z + first, to - first});
  return cables_ends_telegram(p, line, from);
}

Line *cables_line(CablesParser *p, size_t i) {
  while (i >= p->n_lines && p->next < p->end && !p->oom) {
    size_t from = p->next;
    const char *nl = memchr(p->text.z + from, '\n', p->end - from);
    size_t to = nl ? (size_t)(nl - p->text.z) : p->end;
    if (p->watch && ends_here(p, from, to)) {
      p->end = from;
      p->next = from;
      p->behind = nl ? to + 1 : to;
      break;
    }
    p->next = nl ? to + 1 : p->end;
    add_line(p, from, to);
  }
  return i < p->n_lines ? &p->lines[i] : NULL;
}

void cables_line_split(CablesParser *p, size_t i, size_t offset) {
  Line tail = p->lines[i];
  if (!push(p, tail)) return;
  memmove(&p->lines[i + 2], &p->lines[i + 1],
          (p->n_lines - i - 2) * sizeof(Line));
  Line *head = &p->lines[i];
  size_t start = head->start;
  size_t stop = start + head->n;
  tail.raw = start + offset;
  tail.glued = true;
  set_content(p, &tail, start + offset, stop);
  set_content(p, head, start, start + offset);
  if (head->n == 0) head->kind = LINE_BLANK;
  p->lines[i + 1] = tail;
}

/* Column at which the machine cut the lines of a Classified By block, in the
** middle of words as it came (modern.md 8.2; counted on the fragments). */
enum { HARD_COLUMN = 71 };

/* Whether the next line goes on without a blank: the line ends in a hyphen
** between letters, or was cut at the hard column. */
static bool goes_on(const CablesParser *p, const Line *line, const Line *next,
                    bool hard) {
  CablesSpan s = cables_line_text(p, line);
  if (s.n >= 2 && s.z[s.n - 1] == '-' && cables_is_alnum(s.z[s.n - 2])) {
    return cables_is_alnum(p->text.z[next->start]);
  }
  size_t width = line->start + line->n - line->raw;
  return hard && width == HARD_COLUMN && next->raw == next->start;
}

Joined cables_join(CablesParser *p, size_t from, size_t to, size_t skip,
                   bool hard) {
  Joined j = {0};
  size_t room = 0;
  for (size_t i = from; i < to; i++) room += p->lines[i].n + 1;
  char *z = cables_arena_alloc(&p->arena, room);
  j.at = cables_arena_alloc(&p->arena, (to - from + 1) * sizeof(size_t));
  j.from = cables_arena_alloc(&p->arena, (to - from + 1) * sizeof(size_t));
  if (z == NULL || j.at == NULL || j.from == NULL) return (Joined){0};
  size_t n = 0;
  const Line *last = NULL;
  for (size_t i = from; i < to; i++) {
    const Line *line = &p->lines[i];
    if (line->kind != LINE_TEXT) continue;
    size_t drop = i == from && skip < line->n ? skip : 0;
    if (i == from && skip >= line->n) continue;
    if (last != NULL && !goes_on(p, last, line, hard)) z[n++] = ' ';
    j.at[j.n] = n;
    j.from[j.n++] = line->start + drop;
    memcpy(z + n, p->text.z + line->start + drop, line->n - drop);
    n += line->n - drop;
    last = line;
  }
  if (last == NULL) return (Joined){0};
  j.text = (CablesSpan){z, n};
  j.start = j.from[0];
  j.end = last->start + last->n;
  return j;
}

size_t cables_joined_source(const Joined *j, size_t offset) {
  size_t low = 0;
  size_t high = j->n;
  while (low + 1 < high) {
    size_t middle = low + (high - low) / 2;
    if (j->at[middle] <= offset) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return j->from[low] + (offset - j->at[low]);
}

bool cables_ends_sentence(CablesSpan s) {
  for (;;) {
    if (cables_ends_with(s, CABLES_LIT("\xe2\x80\x9d")) ||
        cables_ends_with(s, CABLES_LIT("\xe2\x80\x99"))) {
      s.n -= 3;
    } else if (s.n > 0 && strchr(")\"'>]-*/#", s.z[s.n - 1]) != NULL) {
      s.n--;
    } else {
      break;
    }
  }
  return s.n > 0 && strchr(".!?:", s.z[s.n - 1]) != NULL;
}
