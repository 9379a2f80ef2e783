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
         !cables_ends_with(s, CABLES_LIT("JR."))) {
    s.n--;
  }
  return s;
}

/* Whether s looks like a surname, or two: letters, at most four words, each
** beginning with a capital (all capitals where `capitals`). */
static bool is_name(CablesSpan s, bool capitals) {
  if (s.n > 40) return false;
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

/* Whether line i is the mark of the end of a message. */
static bool ends_text(const CablesParser *p, size_t i) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  return cables_starts(s, CABLES_LIT("NNN")) ||
         cables_starts(s, CABLES_LIT("End Cable Text"));
}

/* Whether the line above a signature lets it be one: page furniture, a blank
** line, the end of a sentence, or a line too short to be cut. */
static bool lets_sign(CablesParser *p, const Line *before) {
  return before->kind != LINE_TEXT || before->n <= 20 ||
         cables_ends_sentence(cables_line_text(p, before));
}

/* Whether one of the lines of the body above line i has n bytes or more, but
** not more than a wrapped text can have. */
static bool is_wrapped_at(const CablesParser *p, size_t i, size_t n) {
  enum { MAX_WRAP = 80, LOOK_BACK = 40 };
  for (size_t k = i; k > p->body && i - k < LOOK_BACK; k--) {
    if (p->lines[k - 1].n >= n && p->lines[k - 1].n <= MAX_WRAP) return true;
  }
  return false;
}

/* Whether a word on line i was put on a line of its own although there was
** room for it on the line above: it is no wrapped text. */
static bool set_apart(const CablesParser *p, size_t i) {
  const Line *before = &p->lines[i - 1];
  const Line *line = &p->lines[i];
  return before->kind == LINE_TEXT &&
         is_wrapped_at(p, i, before->n + 1 + line->n);
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

/* The line behind the one that opens the last paragraph of the telegram:
** numbers that do not go on, and have no marking, are a list's. */
static size_t below_paragraphs(CablesParser *p) {
  enum { MAX_SKIPPED = 3 };
  size_t below = p->body;
  int last = 0;
  for (size_t i = p->body; i < p->n_lines; i++) {
    CablesMatch m;
    if (p->lines[i].kind != LINE_TEXT) continue;
    int n = cables_paragraph_number(p, cables_line_text(p, &p->lines[i]), &m);
    if (n == 0) continue;
    bool marked = m.group[3].z != NULL || m.group[4].z != NULL;
    if (!marked && last > 0 && (n <= last || n > last + MAX_SKIPPED)) continue;
    last = n;
    below = i + 1;
  }
  return below;
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

/* Lines of text that a page prints behind a telegram, at most, when nothing in
** them gives the page away. */
enum { MAX_UNKNOWN_CHROME = 15 };

/* Whether little text is left from line i on. */
static bool little_from(const CablesParser *p, size_t i) {
  size_t n = 0;
  for (; i < p->n_lines && n <= MAX_UNKNOWN_CHROME; i++) {
    n += p->lines[i].kind == LINE_TEXT;
  }
  return n <= MAX_UNKNOWN_CHROME;
}

/* Whether the last text above line i ends a sentence: headings follow each
** other, a signature follows a text. */
static bool follows_sentence(CablesParser *p, size_t i) {
  while (i > p->body && p->lines[i - 1].kind != LINE_TEXT) i--;
  return i > p->body &&
         cables_ends_sentence(cables_line_text(p, &p->lines[i - 1]));
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
  if (at < 3 || at >= bare.n || bare.z[at] != ' ') return 0;
  while (bare.z[at] == ' ') at++;
  CablesSpan name = cables_sub(bare, at, bare.n);
  if (is_name(name, true) && name.n >= 3) {
    return decorated && s.z[s.n - 2] != ' ' ? 0 : at;
  }
  bool word = memchr(name.z, ' ', name.n) == NULL;
  return word && !decorated && name.n >= 4 && is_name(name, false) ? at : 0;
}

/* Whether line i is a signature in capitals: the surest one. */
static bool is_sure_signature(CablesParser *p, size_t i) {
  if (p->lines[i].kind != LINE_TEXT || !is_signature(p, i)) return false;
  CablesSpan name = bare_name(cables_line_text(p, &p->lines[i]));
  return is_name(name, true) && name.n >= 3 && follows_sentence(p, i);
}

/* The last line of text above line i that is no trailer, or NO_LINE;
** *ended, if not NULL: a trailer between them ends any telegram. */
static size_t text_above(CablesParser *p, size_t i, bool *ended) {
  while (i > p->body && is_trailer(p, &p->lines[i - 1])) {
    i--;
    if (ended != NULL) *ended = *ended || ends_text(p, i);
  }
  return i > p->body ? i - 1 : NO_LINE;
}

/* Whether the last text is a signature in capitals: nothing of a page stands
** behind it. */
static bool ends_in_signature(CablesParser *p) {
  size_t last = text_above(p, p->n_lines, NULL);
  return last != NO_LINE && is_sure_signature(p, last);
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
  if (last + 1 < below_paragraphs(p) || !little_from(p, last + 1)) return;
  if (ends_in_signature(p)) return;
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

/* How line i signs. */
typedef enum Signing {
  SIGNS_NOT,
  SIGNS_INLINE, /* a name at the end of a text, a blank line below it */
  SIGNS_NAMES,  /* several names on a line of their own */
  SIGNS_WORD    /* one name */
} Signing;

/* How line i signs, in capitals. */
static Signing signing(CablesParser *p, size_t i) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  if (is_sure_signature(p, i)) {
    CablesSpan name = bare_name(s);
    return memchr(name.z, ' ', name.n) == NULL ? SIGNS_WORD : SIGNS_NAMES;
  }
  bool apart = i + 1 < p->n_lines && p->lines[i + 1].kind == LINE_BLANK;
  if (!apart || p->lines[i].kind != LINE_TEXT) return SIGNS_NOT;
  size_t at = inline_name(s);
  bool capitals = at > 0 && is_name(bare_name(cables_sub(s, at, s.n)), true);
  return capitals ? SIGNS_INLINE : SIGNS_NOT;
}

/* In a page the telegram ends at the first signature in capitals below the
** last numbered paragraph, where the page's own words were met further down or
** little text is left.  One name in a numbered telegram needs no blank line
** below, as no heading stands there.  What ends in a signature has nothing of
** the page behind it. */
static void cut_at_signature(CablesParser *p) {
  if (p->n_lines <= p->body || ends_in_signature(p)) return;
  size_t paragraph = last_paragraph(p);
  bool numbered = paragraph > p->body || cables_opens_body(p, paragraph);
  for (size_t i = numbered ? paragraph : paragraph + 1; i < p->n_lines; i++) {
    Signing how = signing(p, i);
    if (how == SIGNS_NOT) continue;
    size_t k = i + 1;
    if (k < p->n_lines && p->lines[k].kind == LINE_RULE) continue;
    if (k < p->n_lines && p->lines[k].kind == LINE_TEXT &&
        !(how == SIGNS_WORD && numbered)) {
      continue;
    }
    while (k < p->n_lines && is_trailer(p, &p->lines[k])) k++;
    if (p->chrome || (how != SIGNS_NAMES && little_from(p, k))) {
      drop_from(p, k);
      return;
    }
  }
}

/* Lines that consist of the words of pages, one below the other. */
typedef struct PageWords {
  size_t words;      /* in all of them */
  bool beyond_doubt; /* no text opens as the first does */
  bool to_the_end;   /* nothing else follows */
} PageWords;

/* Reads those from line i on, but not more of them than tell. */
static PageWords read_page_words(CablesParser *p, size_t i) {
  enum { MAX_WORDS = 100 };
  PageWords w = {0};
  for (; i < p->n_lines && w.words < MAX_WORDS; i++) {
    if (p->lines[i].kind != LINE_TEXT) continue;
    bool beyond_doubt;
    size_t n =
        cables_page_words(p, cables_line_text(p, &p->lines[i]), &beyond_doubt);
    if (n == 0) return w;
    if (w.words == 0) w.beyond_doubt = beyond_doubt;
    w.words += n;
  }
  w.to_the_end = i == p->n_lines;
  return w;
}

/* Whether the telegram has ended above line i: by a signature or by the mark
** of its end. */
static bool is_ended_above(CablesParser *p, size_t i) {
  bool ended = false;
  size_t k = text_above(p, i, &ended);
  if (ended || k == NO_LINE) return ended;
  return (is_signature(p, k) && follows_sentence(p, k)) ||
         inline_name(cables_line_text(p, &p->lines[k])) > 0;
}

/* Whether line i, below every numbered paragraph, is the first that the page
** prints behind the telegram; is_signed: a signature is the last line.  Adds
** to *tried if the line consists of such words. */
static bool opens_page_words(CablesParser *p, size_t i, bool is_signed,
                             size_t *tried) {
  PageWords w = read_page_words(p, i);
  if (w.words == 0) return false;
  ++*tried;
  bool apart = p->lines[i - 1].kind == LINE_BLANK || follows_sentence(p, i);
  if (w.beyond_doubt && apart) return true;
  /* Other words are a text's where a signature follows them. */
  if (is_signed) return false;
  if (is_ended_above(p, i)) return true;
  return w.to_the_end && follows_sentence(p, i) &&
         (w.words > 1 || p->t.carrier == CABLES_CARRIER_PAGE);
}

/* A page that shows the body as it is prints its own words behind that: drops
** them, unless paragraphs go on there.  Gives whether all of the body is so
** shown. */
static bool cut_at_verbatim(CablesParser *p) {
  CablesRange verbatim = p->options.verbatim;
  size_t i = below_paragraphs(p);
  size_t last = i > p->body ? i - 1 : i;
  if (last >= p->n_lines || p->lines[p->body].raw < verbatim.from ||
      p->lines[last].raw >= verbatim.to) {
    return false;
  }
  while (i < p->n_lines && p->lines[i].raw < verbatim.to) i++;
  drop_from(p, i);
  return true;
}

/* Drops what a page prints behind the telegram, where its words show it.  A
** text with more lines of such words is no page's: each is read many times. */
static void cut_at_page_words(CablesParser *p) {
  enum { MAX_TRIED = 1000 };
  bool is_signed = ends_in_signature(p);
  size_t tried = 0;
  for (size_t i = below_paragraphs(p); i < p->n_lines && tried < MAX_TRIED;
       i++) {
    if (i > p->body && p->lines[i].kind == LINE_TEXT &&
        opens_page_words(p, i, is_signed, &tried)) {
      drop_from(p, i);
      p->chrome = true;
      return;
    }
  }
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
    cables_line_split(p, i, at);
    if (p->oom) return;
    /* A paragraph sign in front is off now. */
    s = cables_line_text(p, &p->lines[i + 1]);
    p->t.signer = cables_folded(p, bare_name(s));
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
  for (size_t k = from; k < to; k++) {
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

/* Drops what a page prints behind the telegram, as far as the text tells. */
static void cut_at_words(CablesParser *p) {
  cut_at_page_words(p);
  bool page = p->t.carrier == CABLES_CARRIER_PAGE;
  if (page) cut_by_blanks(p);
  if (page || p->chrome) cut_at_signature(p);
}

void cables_parse_closing(CablesParser *p) {
  cut_all(p);
  mark_all_repeated(p);
  if (!cut_at_verbatim(p)) cut_at_words(p);
  size_t i = p->n_lines;
  while (i > p->body && is_trailer(p, &p->lines[i - 1])) {
    i--;
    p->ended = p->ended || ends_text(p, i);
  }
  p->body_end = i;
  if (i > p->body) take_signature(p, i - 1);
}
