/*
** The heading: from the classification line to paragraph 1.  Finds the
** labelled fields (E.O., TAGS, SUBJECT, REF, Classified By), captions and pass
** lines, and where the body begins.  Sources: modern.md 2, 3, 6, 12; 1970s.md
** 5.6, 6.
*/
#include <string.h>

#include "parse.h"
#include "words.h"

/* Lines and bytes of free text after which no label is expected any more. */
enum { MAX_ENVELOPE_LINES = 260, MAX_HEADING_LINES = 400, MAX_FREE_LINES = 14 };

/* The field that the walk down the heading is in. */
typedef enum Field {
  FIELD_NONE,     /* captions and pass lines, or free text */
  FIELD_EO,       /* E.O. line */
  FIELD_TAGS,     /* TAGS */
  FIELD_SUBJECT,  /* SUBJECT */
  FIELD_REF,      /* REF block */
  FIELD_CLASSBY,  /* Classified By block */
  FIELD_REPEATED, /* a field that a repeated heading prints again */
  FIELD_COUNT
} Field;

/* State of the walk. */
typedef struct Walk {
  Field field;              /* present field */
  bool seen[FIELD_COUNT];   /* fields met */
  size_t from[FIELD_COUNT]; /* first line of each */
  size_t to[FIELD_COUNT];   /* line behind its last one */
  size_t skip[FIELD_COUNT]; /* bytes of the label on the first line */
  bool blank;               /* blank lines since the last text */
  bool joint;               /* page furniture since the last text */
  size_t free_start;        /* first line of free text, or NO_LINE */
  size_t free_lines;        /* lines of free text */
  size_t numbered;          /* line of a numbered Classified By, or NO_LINE */
} Walk;

/* --- the classification line */

/* Takes caption words off the front of the post's name: "SENSITIVE KUWAIT". */
static CablesSpan without_captions(CablesParser *p, CablesSpan post) {
  CablesSpan rest;
  CablesTexts none = {0};
  size_t used = cables_captions_take(p, post, &none);
  rest = cables_trim(cables_sub(post, used, post.n));
  for (size_t i = 0; i < none.n; i++) {
    cables_texts_add(p, &p->t.captions, none.items[i]);
  }
  return rest;
}

/* Takes the parts of a classification line over.  The rest of the line, if
** any, becomes a line of its own (modern.md 2.1). */
static void take_class_line(CablesParser *p, size_t i, const CablesMatch *m) {
  const Line *line = &p->lines[i];
  CablesSpan s = cables_line_text(p, line);
  p->class_line = i;
  p->level = cables_level_rank(m->group[1]);
  p->class_post = without_captions(p, m->group[4]);
  p->class_serial = cables_number(m->group[5]);
  long total = cables_number(m->group[3]);
  p->t.sections = total > 0 ? (int)total : 1;
  if (cables_find(cables_sub(s, 0, 40), CABLES_LIT("//NOFORN")) != (size_t)-1) {
    cables_texts_add(p, &p->t.captions, CABLES_LIT("NOFORN"));
  }
  if (m->end < s.n) cables_line_split(p, i, m->end);
}

bool cables_class_line_at(CablesParser *p, size_t i, CablesMatch *m) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  if (p->lines[i].kind != LINE_TEXT) return false;
  if (s.n < 8 || !cables_begins_level(cables_to_upper(s.z[0]))) return false;
  return cables_match(p->patterns, PATTERN_CLASS_LINE, s, 0, m) &&
         cables_is_level_printed(m);
}

/* Whether c is one of the letters, in capitals, in any case. */
static bool is_one_of(char c, const char *letters) {
  c = cables_to_upper(c);
  for (; *letters != '\0'; letters++) {
    if (c == *letters) return true;
  }
  return false;
}

/* The patterns that can match a label with this first and second letter, at
** most two; the rest are FIELD_NONE.  Most lines begin with none. */
static void candidates(char first, char second, Field out[2]) {
  out[0] = out[1] = FIELD_NONE;
  switch (cables_to_upper(first)) {
    case 'E':
      if (is_one_of(second, " .,:O0")) out[0] = FIELD_EO;
      break;
    case '(':
      out[0] = FIELD_EO;
      out[1] = FIELD_CLASSBY;
      break;
    case 'T':
      if (is_one_of(second, "AGT")) out[0] = FIELD_TAGS;
      break;
    case 'A':
      if (is_one_of(second, "G")) out[0] = FIELD_TAGS;
      if (is_one_of(second, ".)")) out[0] = FIELD_REF;
      break;
    case 'S':
      if (is_one_of(second, "U")) out[0] = FIELD_SUBJECT;
      break;
    case 'U':
      if (is_one_of(second, "B")) out[0] = FIELD_SUBJECT;
      break;
    case 'R':
      if (is_one_of(second, "E")) out[0] = FIELD_REF;
      if (is_one_of(second, "T")) out[0] = FIELD_TAGS;
      break;
    case 'P':
      if (is_one_of(second, "R")) out[0] = FIELD_REF;
      break;
    case 'C':
      if (is_one_of(second, "LA")) out[0] = FIELD_CLASSBY;
      break;
    case 'D':
      if (is_one_of(second, "E")) out[0] = FIELD_CLASSBY;
      break;
    default:
      if (cables_is_digit(first)) out[0] = FIELD_CLASSBY;
  }
}

/* A label at the start of a line. */
typedef struct Label {
  Field field;       /* FIELD_NONE where there is none */
  size_t n;          /* bytes of the label */
  CablesSpan number; /* of an E.O. line */
} Label;

/* The label that line i begins with. */
static Label label_at(CablesParser *p, size_t i) {
  static const CablesPatternId patterns[FIELD_COUNT] = {
      [FIELD_EO] = PATTERN_EO_LABEL,
      [FIELD_TAGS] = PATTERN_TAGS_LABEL,
      [FIELD_SUBJECT] = PATTERN_SUBJECT_LABEL,
      [FIELD_REF] = PATTERN_REF_LABEL,
      [FIELD_CLASSBY] = PATTERN_CLASSBY_LABEL};
  Label none = {FIELD_NONE, 0, CABLES_NO_SPAN};
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  if (s.n < 3) return none;
  Field fields[2];
  candidates(s.z[0], s.z[1], fields);
  for (int k = 0; k < 2 && fields[k] != FIELD_NONE; k++) {
    CablesMatch m;
    if (cables_match(p->patterns, patterns[fields[k]], s, 0, &m)) {
      return (Label){fields[k], m.end, m.group[1]};
    }
  }
  return none;
}

/* A classification without post or serial: "SECRET//NOFORN", a spaced level
** alone.  Gives its rank, or -1. */
static int bare_level(CablesParser *p, size_t i) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  if (s.n < 6 || s.n > 48 || !cables_begins_level(s.z[0])) return -1;
  if (p->lines[i].kind != LINE_TEXT && p->lines[i].kind != LINE_BANNER) {
    return -1;
  }
  return cables_level_rank(s);
}

/* The first letters of the labels that can stand inside a line, as bits. */
enum {
  OF_EO = 1,
  OF_TAGS = 2,
  OF_AGS = 4,
  OF_SUBJECT = 8,
  OF_REF = 16,
  OF_CLASSIFIED = 32,
  OF_DECLASSIFY = 64,
  OF_ONE = 128,
  OF_ALL = 255,
  OF_GLUED = OF_REF | OF_CLASSIFIED /* may stand right behind a word */
};

/* Which labels a byte may stand before, begin, and be the second letter of.
** PATTERN_INNER_LABEL says no to nearly every byte of every line; these three
** look-ups say it at a fraction of the cost. */
typedef struct LabelLetter {
  unsigned char before, first, second;
} LabelLetter;
static const LabelLetter label_letters[256] = {
    ['\t'] = {OF_ALL, 0, 0},
    ['\n'] = {OF_ALL, 0, 0},
    ['\v'] = {OF_ALL, 0, 0},
    ['\f'] = {OF_ALL, 0, 0},
    ['\r'] = {OF_ALL, 0, 0},
    [' '] = {OF_ALL, 0, OF_EO | OF_ONE},
    ['.'] = {0, 0, OF_EO | OF_ONE},
    ['0'] = {0, 0, OF_EO},
    ['1'] = {0, OF_ONE, 0},
    ['A'] = {OF_GLUED, OF_AGS, OF_TAGS},
    ['B'] = {OF_GLUED, 0, 0},
    ['C'] = {OF_GLUED, OF_CLASSIFIED, 0},
    ['D'] = {OF_GLUED, OF_DECLASSIFY, 0},
    ['E'] = {OF_GLUED, OF_EO, OF_REF | OF_DECLASSIFY},
    ['F'] = {OF_GLUED, 0, 0},
    ['G'] = {OF_GLUED, 0, OF_AGS},
    ['H'] = {OF_GLUED, 0, 0},
    ['I'] = {OF_GLUED, 0, 0},
    ['J'] = {OF_GLUED, 0, 0},
    ['K'] = {OF_GLUED, 0, 0},
    ['L'] = {OF_GLUED, 0, OF_CLASSIFIED},
    ['M'] = {OF_GLUED, 0, 0},
    ['N'] = {OF_GLUED, 0, 0},
    ['O'] = {OF_GLUED, 0, OF_EO},
    ['P'] = {OF_GLUED, 0, 0},
    ['Q'] = {OF_GLUED, 0, 0},
    ['R'] = {OF_GLUED, OF_REF, 0},
    ['S'] = {OF_GLUED, OF_SUBJECT, 0},
    ['T'] = {OF_GLUED, OF_TAGS, 0},
    ['U'] = {OF_GLUED, 0, OF_SUBJECT},
    ['V'] = {OF_GLUED, 0, 0},
    ['W'] = {OF_GLUED, 0, 0},
    ['X'] = {OF_GLUED, 0, 0},
    ['Y'] = {OF_GLUED, 0, 0},
    ['Z'] = {OF_GLUED, 0, 0},
    ['a'] = {0, 0, OF_TAGS},
    ['c'] = {0, OF_CLASSIFIED, 0},
    ['e'] = {0, 0, OF_REF | OF_DECLASSIFY},
    ['l'] = {0, 0, OF_CLASSIFIED},
    ['u'] = {0, 0, OF_SUBJECT},
    [0x9d] = {OF_GLUED, 0, 0}};

/* Finds the first label inside s from offset `from` on, which is not 0
** (modern.md 12, point 11). */
static bool find_inner_label(CablesParser *p, CablesSpan s, size_t from,
                             CablesMatch *m) {
  const unsigned char *z = (const unsigned char *)s.z;
  for (size_t i = from; i + 1 < s.n; i++) {
    if ((label_letters[z[i - 1]].before & label_letters[z[i]].first &
         label_letters[z[i + 1]].second) != 0 &&
        cables_match(p->patterns, PATTERN_INNER_LABEL, s, i, m)) {
      return true;
    }
  }
  return false;
}

/* Whether s is a line that only an envelope has; TO and INFO are words of
** capitals texts too, and count on the first line of a fragment only. */
static bool is_envelope_line(CablesSpan s, bool first) {
  return cables_starts(s, CABLES_LIT("FM ")) ||
         cables_starts(s, CABLES_LIT("VZCZ")) ||
         (first && (cables_starts(s, CABLES_LIT("TO ")) ||
                    cables_starts(s, CABLES_LIT("INFO "))));
}

/* Whether a label stands inside s, a line of what may be the envelope:
** addresses hold no points and colons, labels nearly always do. */
static bool holds_label(CablesParser *p, CablesSpan s) {
  bool may = memchr(s.z, ':', s.n) != NULL || memchr(s.z, '.', s.n) != NULL ||
             cables_find(s, CABLES_LIT(" EO ")) != (size_t)-1;
  CablesMatch m;
  return may && find_inner_label(p, s, 2, &m);
}

/* Whether s begins with a routing indicator, as most lines of an envelope do:
** none of a level, a label and the body begins with its letters. */
static bool begins_routed(CablesSpan s) {
  return cables_starts(s, CABLES_LIT("RU")) ||
         cables_starts(s, CABLES_LIT("RH")) ||
         cables_starts(s, CABLES_LIT("RX"));
}

/* Whether line i is of the heading or the body: nothing of the envelope can
** stand below it. */
static bool below_envelope(CablesParser *p, size_t i) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  if (begins_routed(s)) return holds_label(p, s);
  return label_at(p, i).field != FIELD_NONE || cables_opens_body(p, i) ||
         holds_label(p, s);
}

/* Takes a level alone on line i as the classification line. */
static void take_bare_level(CablesParser *p, size_t i) {
  p->class_line = i;
  p->level = bare_level(p, i);
  p->boundary = i + 1;
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  if (cables_find(s, CABLES_LIT("NOFORN")) != (size_t)-1) {
    cables_texts_add(p, &p->t.captions, CABLES_LIT("NOFORN"));
  }
}

void cables_find_boundary(CablesParser *p) {
  size_t bare = NO_LINE;
  bool found = false;    /* a label or the body was met */
  bool envelope = false; /* a line of an envelope was met */
  bool first = true;     /* no text line was met yet */
  CablesMatch m;
  for (size_t i = 0; i < MAX_ENVELOPE_LINES && !found; i++) {
    const Line *line = cables_line(p, i);
    if (line == NULL) break;
    if (line->kind == LINE_BLANK || line->kind == LINE_RULE) continue;
    CablesSpan s = cables_line_text(p, line);
    bool routed = begins_routed(s);
    if (!routed && cables_class_line_at(p, i, &m)) {
      take_class_line(p, i, &m);
      p->boundary = i + 1;
      return;
    }
    if (!routed && bare_level(p, i) >= 0) bare = i;
    bool caption = line->kind == LINE_SIPDIS && bare == NO_LINE;
    if (caption || (line->kind == LINE_TEXT && below_envelope(p, i))) {
      found = true;
      p->boundary = i;
    } else if (line->kind == LINE_TEXT) {
      envelope = envelope || is_envelope_line(s, first);
      first = false;
    }
  }
  if (!found && envelope) p->boundary = p->n_lines;
  /* A level alone opens the heading only right above it, or on top. */
  if (bare != NO_LINE && (found ? bare + 8 > p->boundary : bare < 4)) {
    take_bare_level(p, bare);
  }
}

/* --- where the body opens */

int cables_paragraph_number(CablesParser *p, CablesSpan s, CablesMatch *match) {
  CablesMatch own;
  if (match == NULL) match = &own;
  if (s.n < 2 || !(cables_is_digit(s.z[0]) || s.z[0] == '(')) return 0;
  if (!cables_match(p->patterns, PATTERN_PARAGRAPH, s, 0, match)) return 0;
  bool marked = match->group[3].z != NULL || match->group[4].z != NULL;
  CablesSpan dot = match->group[2];
  if (!marked) {
    /* "1) text" is a list, "1.4 (b)" a decimal, "2 (C" no paragraph. */
    if (dot.n == 0 || dot.z[0] != '.' || s.z[0] == '(') return 0;
    if (match->end < s.n && cables_is_digit(s.z[match->end]) &&
        match->end == (size_t)(dot.z + dot.n - s.z)) {
      return 0;
    }
  }
  return (int)cables_number(match->group[1]);
}

/* Whether s opens with a portion marking in brackets, of 24 bytes at most, and
** text behind it. */
static bool marked_text(CablesSpan s) {
  if (!cables_starts(s, CABLES_LIT("("))) return false;
  CablesSpan rest = cables_sub(s, 1, s.n);
  size_t n = cables_find(cables_sub(rest, 0, 25), CABLES_LIT(")"));
  return n != (size_t)-1 && n + 2 < rest.n &&
         cables_classification_rank(cables_sub(rest, 0, n)) >= 0;
}

bool cables_opens_body(CablesParser *p, size_t i) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  CablesMatch m;
  int number = cables_paragraph_number(p, s, &m);
  if (number > 0) {
    bool marked = m.group[3].z != NULL || m.group[4].z != NULL;
    return number == 1 || (marked && number <= 3);
  }
  if (cables_starts_nocase(s, CABLES_LIT("This is an action request"))) {
    return true;
  }
  if (is_one_of(s.z[0], "SBE") &&
      cables_match(p->patterns, PATTERN_SUMMARY_OPEN, s, 0, NULL)) {
    return true;
  }
  return marked_text(s);
}

bool cables_opens_section(CablesParser *p, size_t i) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  return label_at(p, i).field == FIELD_NONE &&
         (cables_paragraph_number(p, s, NULL) > 0 || marked_text(s));
}

/* Whether line i is a heading of the body: a short line with a rule below. */
static bool underlined(CablesParser *p, size_t i) {
  const Line *next = cables_line(p, i + 1);
  return next != NULL && next->kind == LINE_RULE && p->lines[i].n <= 75;
}

/* --- continuation of fields */

/* Whether s is a pass line of the 1970s, which may stand behind the subject
** (1970s.md 6.2). */
static bool is_seventies_pass(const CablesParser *p, CablesSpan s) {
  return p->t.year > 0 && p->t.year < 1980 && cables_is_pass_line(s);
}

/* Whether s goes on with a REF block: an enumerated item, a year, or a
** reference (modern.md 7.2). */
static bool continues_refs(CablesParser *p, CablesSpan s, bool blank) {
  if (cables_is_handling(s)) return false;
  if (!blank) return true;
  while (s.n > 1 && (s.z[0] == '-' || s.z[0] == ' ')) s = cables_sub(s, 1, s.n);
  /* A serial that a blank line cut off its post: "(B) Rio de Janeiro". */
  size_t digits = 0;
  while (digits < s.n && cables_is_digit(s.z[digits])) digits++;
  if (digits >= 3 && (digits == s.n || s.z[digits] == ' ')) return true;
  bool open = s.z[0] == '(' || s.z[0] == '[';
  char letter = s.n > 3 ? s.z[open] : '\0';
  if (cables_is_alpha(letter) &&
      strchr(open ? ")]" : ".):", s.z[open + 1]) != NULL) {
    /* "(C) text" and "(S) text" are paragraphs unless a reference follows. */
    return !open || strchr("SCUscu", letter) == NULL ||
           cables_is_reference_start(p, cables_trim(cables_sub(s, 3, s.n)));
  }
  return cables_is_reference_start(p, s);
}

/* Whether the text line i goes on with the present field. */
static bool continues(CablesParser *p, const Walk *w, size_t i) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  switch (w->field) {
    case FIELD_TAGS:
      return !w->blank && cables_tags_continue(p, w->to[FIELD_TAGS] - 1, i);
    case FIELD_SUBJECT: {
      bool empty = w->to[FIELD_SUBJECT] == w->from[FIELD_SUBJECT] + 1 &&
                   p->lines[w->from[FIELD_SUBJECT]].n <= w->skip[FIELD_SUBJECT];
      if (empty) return true;
      if (w->blank || w->joint || cables_is_handling(s)) return false;
      return !(is_seventies_pass(p, s) && p->lines[i - 1].n < 45);
    }
    case FIELD_REF:
      return continues_refs(p, s, w->blank);
    case FIELD_CLASSBY: {
      CablesMatch m;
      if (!w->blank) return true;
      return s.n < 120 &&
             (cables_starts_nocase(s, CABLES_LIT("REASON")) ||
              (cables_match(p->patterns, PATTERN_REASON, s, 0, &m) &&
               m.start < 12));
    }
    default:
      return false;
  }
}

/* --- the walk */

/* Begins a field at line i.  A field that was met before is skipped, but for a
** REF block and for TAGS that say nothing. */
static void begin_field(CablesParser *p, Walk *w, size_t i, Label label) {
  Field field = label.field;
  bool again = w->seen[field];
  if (again && field == FIELD_TAGS) {
    CablesSpan first = cables_line_text(p, &p->lines[w->from[field]]);
    CablesSpan value = cables_trim(cables_sub(first, w->skip[field], first.n));
    again = value.n > 0 && !cables_equal_nocase(value, CABLES_LIT("N/A"));
  }
  w->free_start = NO_LINE;
  w->free_lines = 0;
  if (again && field == FIELD_REF) {
    /* Several blocks: one range from the first to the last. */
    w->to[field] = i + 1;
    w->field = FIELD_REF;
    return;
  }
  w->field = again ? FIELD_REPEATED : field;
  if (again) return;
  w->seen[field] = true;
  w->from[field] = i;
  w->to[field] = i + 1;
  w->skip[field] = label.n;
  if (field == FIELD_EO) p->eo_number = label.number;
  if (field == FIELD_CLASSBY && cables_is_digit(p->text.z[p->lines[i].start])) {
    w->numbered = i;
  }
}

/* A caption or pass line of the heading, or free text behind the subject. */
static void other_line(CablesParser *p, Walk *w, size_t i) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  if (!w->seen[FIELD_SUBJECT] && !w->seen[FIELD_REF]) {
    cables_caption_or_pass(p, s, w->blank);
    return;
  }
  if (cables_is_handling(s)) return;
  if (is_seventies_pass(p, s) && w->free_start == NO_LINE && !w->blank) {
    cables_caption_or_pass(p, s, true);
    return;
  }
  if (w->free_start == NO_LINE) w->free_start = i;
  w->free_lines++;
}

/* The field of a label inside a line, from its first letter; FIELD_NONE for
** paragraph 1 and for "Declassify on". */
static Field field_of(char c) {
  switch (cables_to_upper(c)) {
    case 'E':
      return FIELD_EO;
    case 'T':
    case 'A':
      return FIELD_TAGS;
    case 'S':
      return FIELD_SUBJECT;
    case 'R':
      return FIELD_REF;
    case 'C':
      return FIELD_CLASSBY;
    default:
      return FIELD_NONE;
  }
}

/* Cuts line i at a label that stands inside it, behind the line's own label of
** `skip` bytes.  A field's own label said twice ("Classified By: Classified by
** ...", "REF: REF:") cuts nothing, nor does the order named among the reasons
** ("Reason: E.O. 12958 1.4 (b)"). */
static void split_labels(CablesParser *p, const Walk *w, size_t i, Field own,
                         size_t skip) {
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  size_t from = skip > 2 ? skip : 2; /* a label may have no bytes */
  CablesMatch m;
  while (s.n >= 12 && find_inner_label(p, s, from, &m)) {
    Field inner = field_of(s.z[m.start]);
    bool again = inner != FIELD_NONE && inner == own;
    bool classifier = own == FIELD_CLASSBY || w->field == FIELD_CLASSBY;
    bool named = inner == FIELD_EO && (w->seen[FIELD_EO] || classifier);
    if (!again && !named) {
      cables_line_split(p, i, m.start);
      return;
    }
    from = m.end;
  }
}

/* One text line.  False when it opens the body. */
static bool text_line(CablesParser *p, Walk *w, size_t i) {
  Label label = label_at(p, i);
  /* The order named among the reasons, on a line of its own. */
  if (label.field == FIELD_EO && w->field == FIELD_CLASSBY &&
      w->seen[FIELD_EO] && !w->blank) {
    label.field = FIELD_NONE;
  }
  split_labels(p, w, i, label.field, label.n);
  if (p->lines[i].n == 0) return true;
  if (label.field != FIELD_NONE) {
    begin_field(p, w, i, label);
  } else {
    bool past = w->seen[FIELD_SUBJECT] || w->seen[FIELD_TAGS] ||
                w->seen[FIELD_CLASSBY] || w->seen[FIELD_REF];
    bool in_refs =
        w->field == FIELD_REF &&
        cables_is_listed_reference(p, cables_line_text(p, &p->lines[i]));
    if (!in_refs && cables_opens_body(p, i)) return false;
    if (past && underlined(p, i) && (w->blank || w->field != FIELD_SUBJECT)) {
      return false;
    }
    if (continues(p, w, i)) {
      w->to[w->field] = i + 1;
    } else if (w->field != FIELD_REPEATED || w->blank) {
      w->field = FIELD_NONE;
      other_line(p, w, i);
    }
  }
  w->blank = false;
  w->joint = false;
  return true;
}

/* Whether line i cannot be judged in a head: it is the last one, possibly cut,
** or the one above a last one that is cut, which may become an underline. */
static bool maybe_cut(CablesParser *p, size_t i) {
  if (!p->options.more) return false;
  const Line *next = cables_line(p, i + 1);
  if (next == NULL) return true;
  size_t end = next->start + next->n;
  return memchr(p->text.z + end, '\n', p->text.n - end) == NULL;
}

/* One line of the heading.  False when it opens the body. */
static bool heading_line(CablesParser *p, Walk *w, size_t i) {
  bool past = w->seen[FIELD_SUBJECT] || w->seen[FIELD_CLASSBY];
  switch (p->lines[i].kind) {
    case LINE_BLANK:
      w->blank = true;
      return true;
    case LINE_TEXT:
      return text_line(p, w, i);
    case LINE_RULE:
      return !past;
    case LINE_SIPDIS:
      if (!past) cables_caption_or_pass(p, CABLES_LIT("SIPDIS"), w->blank);
      return true;
    default:
      w->joint = true;
      return true;
  }
}

/* Walks down the heading to the first line of the body. */
static void walk(CablesParser *p, Walk *w) {
  size_t i = p->boundary;
  size_t stop = i + MAX_HEADING_LINES;
  bool opened = false;
  while (i < stop && !opened && w->free_lines <= MAX_FREE_LINES) {
    if (cables_line(p, i) == NULL || maybe_cut(p, i)) break;
    opened = !heading_line(p, w, i);
    if (!opened) i++;
  }
  p->body = i;
  if (w->free_start != NO_LINE) p->body = w->free_start;
  /* A text without any heading is all body. */
  bool any = p->class_line != NO_LINE;
  for (int k = FIELD_EO; k < FIELD_COUNT; k++) any = any || w->seen[k];
  if (!any) p->body = p->boundary;
  /* Without any mark of a heading a classification line may still come. */
  bool ended = opened || i == stop || w->free_lines > MAX_FREE_LINES;
  p->t.header_complete = (ended && any) || !p->options.more;
  if (w->numbered != NO_LINE) p->body = w->numbered;
}

/* Joins the lines of a field; unknown when it was not met. */
static Joined field_text(CablesParser *p, const Walk *w, Field field) {
  if (!w->seen[field]) return (Joined){0};
  return cables_join(p, w->from[field], w->to[field], w->skip[field],
                     field == FIELD_CLASSBY);
}

/* What stands behind the number of the E.O. line, which may be nothing. */
static void take_eo(CablesParser *p, const Walk *w) {
  if (!w->seen[FIELD_EO]) return;
  CablesSpan s = cables_line_text(p, &p->lines[w->from[FIELD_EO]]);
  p->eo = field_text(p, w, FIELD_EO);
  if (p->eo.text.z == NULL) {
    p->eo.text = cables_sub(s, s.n, 0);
    p->eo.start = p->eo.end = cables_offset(p, s) + s.n;
  }
  p->t.has_declass = true;
}

/* The subject without its portion marking. */
static void take_subject(CablesParser *p) {
  CablesSpan s = cables_folded(p, p->subject.text);
  if (s.z == NULL) return;
  const char *close = s.z[0] == '(' ? memchr(s.z, ')', s.n) : NULL;
  if (close != NULL) {
    CablesSpan marking = {s.z + 1, (size_t)(close - s.z) - 1};
    if (marking.n <= 40 && cables_classification_rank(marking) >= 0) {
      p->t.subject_marking = marking;
      s = cables_trim(cables_sub(s, marking.n + 2, s.n));
    }
  }
  if (s.n == 0) return;
  p->t.subject = s;
  cables_note(p, "subject", s, "subject_line", p->subject.start,
              p->subject.end - p->subject.start);
}

void cables_parse_heading(CablesParser *p) {
  Walk w = {.free_start = NO_LINE, .numbered = NO_LINE};
  walk(p, &w);
  take_eo(p, &w);
  p->tags = field_text(p, &w, FIELD_TAGS);
  p->subject = field_text(p, &w, FIELD_SUBJECT);
  p->refs = field_text(p, &w, FIELD_REF);
  p->classified = field_text(p, &w, FIELD_CLASSBY);
  take_subject(p);
  cables_parse_tags(p);
}
