/*
** The end of a telegram: what a page prints behind it, trailer, signature.
** Sources: modern.md 9.6, 10.3; 1970s.md 3, 7.
*/
#include <string.h>

#include "parse.h"
#include "words.h"

/* Cuts every line that is left. */
static void cut_all(CablesParser *p) {
  while (cables_line(p, p->n_lines) != NULL) {
  }
}

/* Words that stand alone on a line without being a signature. */
static bool is_closing_word(CablesSpan s) {
  static const char *const words[] = {
      "END",        "COMMENT",      "SUMMARY",    "CONSIDERED", "TEXT",
      "NOTE",       "BEGIN",        "UNQUOTE",    "QUOTE",      "REGARDS",
      "CONTINUED",  "MINIMIZE",     "POINTS",     "PAPER",      "ANNEX",
      "LIST",       "CLASSIFIED",   "SIPDIS",     "RECORD",     "DRAFT",
      "CLEARED",    "PARTICIPANTS", "BACKGROUND", "ACTION",     "REQUEST",
      "CONCLUSION", "INTRODUCTION", "TABLE",      "SECTION"};
  for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
    size_t at = cables_find_nocase(s, cables_span(words[i]));
    if (at == (size_t)-1) continue;
    size_t end = at + strlen(words[i]);
    if ((at == 0 || !cables_is_alpha(s.z[at - 1])) &&
        (end == s.n || !cables_is_alpha(s.z[end]))) {
      return true;
    }
  }
  return false;
}

/* The surname in s without what decorates it: "MURRAY .", "CLINTON ##". */
static CablesSpan bare_name(CablesSpan s) {
  s = cables_trim(s);
  while (s.n > 0 && strchr(".#/*- ", s.z[s.n - 1]) != NULL &&
         !(s.n >= 3 &&
           cables_equal_nocase(cables_sub(s, s.n - 3, 3), CABLES_LIT("JR.")))) {
    s.n--;
  }
  return s;
}

/* Whether s looks like a surname, or two: letters, at most four words, each
** beginning with a capital (all capitals where `capitals`). */
static bool is_name(CablesSpan s, bool capitals) {
  if (s.n < 2 || s.n > 40) return false;
  size_t words = 1;
  size_t letters = 0;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.z[i];
    bool first = i == 0 || s.z[i - 1] == ' ';
    if (c == ' ') {
      words++;
    } else if (cables_is_alpha(c) || (unsigned char)c >= 0x80) {
      if (capitals && cables_is_lower(c)) return false;
      if (first && cables_is_lower(c)) return false;
      letters++;
    } else if (strchr("'-.,", c) == NULL || first) {
      return false;
    }
  }
  return letters >= 2 && words <= 4 && !is_closing_word(s);
}

/* Lines that may stand behind the signature (modern.md 9.6). */
static bool is_trailer(CablesParser *p, const Line *line) {
  CablesSpan s = cables_line_text(p, line);
  if (line->kind != LINE_TEXT) return true;
  static const char *const openings[] = {
      "NNNN",         "End Cable Text",    "NOTE BY",
      "NOTE:",        "SELECT ",           "ID:",
      "<< END OF",    "Track impre",       "EPET @",
      "Declassified", "Systematic Review", "Message Attributes",
      "Sheryl P.",    "Margaret P."};
  for (size_t i = 0; i < sizeof(openings) / sizeof(*openings); i++) {
    if (cables_starts(s, cables_span(openings[i]))) return true;
  }
  if (cables_equal(s, CABLES_LIT("NNN"))) return true;
  if (cables_find(s, CABLES_LIT(" - Classification: ")) != (size_t)-1 ||
      (cables_is_digit(s.z[0]) &&
       cables_find(s, CABLES_LIT(" - CONFIDENTIAL")) != (size_t)-1)) {
    return true;
  }
  if (s.n == 10 && cables_date_from_iso(s).year > 0) return true;
  for (size_t i = 0; i < s.n; i++) {
    if (strchr(".#/>*<-", s.z[i]) == NULL) return false;
  }
  return true;
}

/* Whether the line above a signature lets it be one: page furniture, a blank
** line, the end of a sentence, or a line too short to be cut. */
static bool lets_sign(CablesParser *p, const Line *before) {
  return before->kind != LINE_TEXT || before->n <= 20 ||
         cables_ends_sentence(cables_line_text(p, before));
}

/* The longest line of the body up to line i that a wrapped text can have. */
static size_t wrap_width(const CablesParser *p, size_t i) {
  enum { MAX_WRAP = 80, LOOK_BACK = 40 };
  size_t width = 0;
  size_t k = i > p->body + LOOK_BACK ? i - LOOK_BACK : p->body;
  for (; k < i; k++) {
    size_t n = p->lines[k].n;
    if (n > width && n <= MAX_WRAP) width = n;
  }
  return width;
}

/* Whether a word on line i was put on a line of its own although there was
** room for it on the line above: it is no wrapped text. */
static bool set_apart(const CablesParser *p, size_t i) {
  const Line *before = &p->lines[i - 1];
  const Line *line = &p->lines[i];
  return before->kind == LINE_TEXT &&
         before->n + 1 + line->n <= wrap_width(p, i);
}

/* Whether line i can be a signature on a line of its own: a name below what
** lets it be one, or one word in capitals set apart. */
static bool is_signature(CablesParser *p, size_t i) {
  if (i <= p->body) return false;
  CablesSpan s = bare_name(cables_line_text(p, &p->lines[i]));
  const Line *before = &p->lines[i - 1];
  bool word = memchr(s.z, ' ', s.n) == NULL && s.n == p->lines[i].n;
  if (word && s.n >= 3 && is_name(s, true) && set_apart(p, i)) return true;
  if (!lets_sign(p, before)) return false;
  if (is_name(s, true) || is_name(s, false)) return true;
  /* One word in lower case: seven of 1,295 (modern.md 9.6). */
  word = s.n >= 4 && s.n <= 16 && !is_closing_word(s);
  for (size_t k = 0; k < s.n; k++) word = word && cables_is_lower(s.z[k]);
  return word;
}

/* Whether any line from i on opens a numbered paragraph. */
static size_t last_paragraph(CablesParser *p) {
  for (size_t i = p->n_lines; i > p->body; i--) {
    const Line *line = &p->lines[i - 1];
    CablesMatch m;
    if (line->kind == LINE_TEXT &&
        cables_paragraph_number(p, cables_line_text(p, line), &m) > 0) {
      return i - 1;
    }
  }
  return p->body;
}

/* Drops everything from line i on: it is the page's, not the telegram's. */
static void drop_from(CablesParser *p, size_t i) {
  if (i >= p->n_lines) return;
  p->end = p->lines[i].raw;
  p->next = p->end;
  p->n_lines = i;
}

/* A copy of a page often keeps the blank that ends each printed line, which
** the page's own words do not have: where four fifths of the lines have it,
** what stands below the last of them, apart, is the page's. */
static void cut_by_blanks(CablesParser *p) {
  size_t texts = 0;
  size_t spaced = 0;
  size_t last = NO_LINE;
  for (size_t i = p->boundary; i < p->n_lines; i++) {
    if (p->lines[i].kind != LINE_TEXT || p->lines[i].glued) continue;
    if (!p->lines[i].spaced) continue;
    spaced++;
    last = i;
  }
  if (last == NO_LINE) return;
  for (size_t i = p->boundary; i <= last; i++) {
    texts += p->lines[i].kind == LINE_TEXT && !p->lines[i].glued;
  }
  if (spaced < 5 || spaced * 5 < texts * 4) return;
  size_t i = last + 1;
  bool apart = i < p->n_lines && p->lines[i].kind == LINE_BLANK;
  while (i < p->n_lines && p->lines[i].kind != LINE_TEXT) i++;
  if (i >= p->n_lines) return;
  if (is_signature(p, i) &&
      is_name(bare_name(cables_line_text(p, &p->lines[i])), true)) {
    i++;
  } else if (!apart) {
    return;
  }
  drop_from(p, i);
}

/* Lines of text that a page prints behind a telegram, at most, when nothing in
** them gives the page away. */
enum { MAX_UNKNOWN_CHROME = 15 };

/* Lines of text from line i on. */
static size_t texts_from(const CablesParser *p, size_t i) {
  size_t n = 0;
  for (; i < p->n_lines; i++) n += p->lines[i].kind == LINE_TEXT;
  return n;
}

/* Whether the last text above line i ends a sentence: headings follow each
** other, a signature follows a text. */
static bool follows_sentence(CablesParser *p, size_t i) {
  while (i > p->body && p->lines[i - 1].kind != LINE_TEXT) i--;
  return i > p->body &&
         cables_ends_sentence(cables_line_text(p, &p->lines[i - 1]));
}

/* In a page the telegram ends at the first signature in capitals below the
** last numbered paragraph that a blank line or the end follows, where the
** page's own words were met further down or little text is left. */
static void cut_at_signature(CablesParser *p) {
  for (size_t i = last_paragraph(p) + 1; i < p->n_lines; i++) {
    if (p->lines[i].kind != LINE_TEXT || !is_signature(p, i)) continue;
    CablesSpan name = bare_name(cables_line_text(p, &p->lines[i]));
    if (!is_name(name, true) || name.n < 3 || !follows_sentence(p, i)) continue;
    size_t k = i + 1;
    if (k < p->n_lines && p->lines[k].kind == LINE_TEXT) continue;
    if (k < p->n_lines && p->lines[k].kind == LINE_RULE) continue;
    while (k < p->n_lines && is_trailer(p, &p->lines[k])) k++;
    bool word = memchr(name.z, ' ', name.n) == NULL;
    if (p->chrome || (word && texts_from(p, k) <= MAX_UNKNOWN_CHROME)) {
      drop_from(p, k);
      return;
    }
  }
}

/* The name at the end of the last line of a text: "... for Brazil. SOBEL".
** Gives its offset in the line, or 0. */
static size_t inline_name(CablesSpan s) {
  CablesSpan bare = bare_name(s);
  bool decorated = bare.n < s.n && s.z[s.n - 1] == '.';
  size_t at = bare.n;
  while (at > 0 && bare.n - at < 40 &&
         strchr(".!?\")", bare.z[at - 1]) == NULL) {
    at--;
  }
  if (at < 3 || at + 3 >= bare.n || bare.z[at] != ' ') return 0;
  while (at < bare.n && bare.z[at] == ' ') at++;
  CablesSpan name = cables_sub(bare, at, bare.n);
  if (is_name(name, true) && name.n >= 3) {
    return decorated && s.z[s.n - 2] != ' ' ? 0 : at;
  }
  bool word = memchr(name.z, ' ', name.n) == NULL;
  return word && !decorated && name.n >= 4 && is_name(name, false) ? at : 0;
}

/* Takes the signature over from line i, or from its end. */
static void take_signature(CablesParser *p, size_t i) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  p->body_end = i + 1;
  if (is_signature(p, i)) {
    p->t.signer = cables_folded(p, bare_name(s));
    p->body_end = i;
  } else {
    size_t at = inline_name(s);
    if (at == 0) return;
    p->t.signer = cables_folded(p, bare_name(cables_sub(s, at, s.n)));
    cables_line_split(p, i, at);
    s = cables_line_text(p, &p->lines[i + 1]);
    p->body_end = i + 1;
  }
  p->ended = true;
  cables_note(p, "signer", p->t.signer, "signature", cables_offset(p, s), s.n);
}

/* Lines of a repeated heading, at most, above and below its classification
** line. */
enum { MAX_REPEATED = 60 };

/* Old copies repeat distribution list and heading in every section (modern.md
** 2.3, 9.5 generation A): all of it, from the page line above the repeated
** classification line to the next paragraph, is page furniture. */
static void mark_repeated(CablesParser *p, size_t i, const CablesMatch *m) {
  size_t from = i;
  for (size_t k = i; k > p->body && i - k < MAX_REPEATED; k--) {
    if (p->lines[k - 1].kind == LINE_PAGE) {
      from = k - 1;
      break;
    }
  }
  size_t to = i + 1;
  while (to < p->n_lines && to - i < MAX_REPEATED &&
         !(p->lines[to].kind == LINE_TEXT && cables_opens_section(p, to))) {
    to++;
  }
  for (size_t k = from; k < to && k < p->n_lines; k++) {
    if (p->lines[k].kind != LINE_BLANK) p->lines[k].kind = LINE_PAGE;
  }
  long section = m->group[2].z ? cables_number(m->group[2]) : 0;
  if (section > 0 && section < 64) p->lines[i].section = (int)section;
}

/* Marks every repeated heading of the body. */
static void mark_all_repeated(CablesParser *p) {
  if (p->class_serial < 0) return;
  for (size_t i = p->body; i < p->n_lines; i++) {
    CablesMatch m;
    if (p->lines[i].kind == LINE_TEXT && cables_class_line_at(p, i, &m) &&
        cables_number(m.group[5]) == p->class_serial) {
      mark_repeated(p, i, &m);
    }
  }
}

void cables_parse_closing(CablesParser *p) {
  cut_all(p);
  if (p->body > p->n_lines) p->body = p->n_lines;
  mark_all_repeated(p);
  if (p->t.carrier == CABLES_CARRIER_PAGE) {
    cut_by_blanks(p);
    cut_at_signature(p);
  }
  size_t i = p->n_lines;
  while (i > p->body && is_trailer(p, &p->lines[i - 1])) {
    CablesSpan s = cables_line_text(p, &p->lines[i - 1]);
    if (cables_starts(s, CABLES_LIT("NNN")) ||
        cables_starts(s, CABLES_LIT("End Cable Text"))) {
      p->ended = true;
    }
    i--;
  }
  p->body_end = i;
  if (i > p->body) take_signature(p, i - 1);
}
