/*
** Where the telegram lies in a text: alone, or inside the text of a web page
** that was copied with its navigation, its table and its comments.  Sources:
** modern.md 1.1, 10.3, 10.4; 1970s.md 2, 8, 10.
*/
#include <string.h>

#include "parse.h"
#include "refid.h"
#include "words.h"

/* A walk over the printed lines of the argument. */
typedef struct Walk {
  CablesSpan text; /* all of it */
  size_t next;     /* offset of the line to come */
  size_t start;    /* offset of the present line */
  CablesSpan line; /* the present line, trimmed */
} Walk;

/* Steps to the next line; false behind the last one. */
static bool step(Walk *w) {
  if (w->next >= w->text.n) return false;
  w->start = w->next;
  const char *z = w->text.z + w->next;
  const char *nl = memchr(z, '\n', w->text.n - w->next);
  size_t n = nl ? (size_t)(nl - z) : w->text.n - w->next;
  w->next += nl ? n + 1 : n;
  w->line = cables_trim((CablesSpan){z, n});
  return true;
}

/* Steps to the next line that is not blank. */
static bool step_text(Walk *w) {
  while (step(w)) {
    if (w->line.n > 0) return true;
  }
  return false;
}

/* Whether one of the next three lines that are not blank begins with FM. */
static bool fm_follows(Walk w) {
  for (int i = 0; i < 3 && step_text(&w); i++) {
    if (cables_starts(w.line, CABLES_LIT("FM "))) return true;
  }
  return false;
}

/* Whether s is a classification line beyond doubt: the level in capitals or
** spaced out, and a post that is known or a level that is spaced out. */
static bool is_class_line(CablesParser *p, CablesSpan s) {
  if (s.n > 400 || !cables_begins_level(cables_to_upper(s.z[0]))) return false;
  if (s.z[0] == 'N' || s.z[0] == 'n') return false;
  CablesMatch m;
  if (!cables_match(p->patterns, PATTERN_CLASS_LINE, s, 0, &m)) return false;
  /* The queue mark of a page's banner looks like a post: PTQ4417. */
  if (cables_equal(m.group[4], CABLES_LIT("PTQ"))) return false;
  if (!cables_is_level_printed(&m)) return false;
  CablesSpan level = m.group[1];
  bool spaced = level.z[1] == ' ' || level.z[2] == ' ';
  if (spaced || m.group[3].z != NULL || m.group[5].n >= 5) return true;
  bool known = false;
  cables_post_canonical(m.group[4], &p->arena, &known);
  return known;
}

/* Whether s is the page line of page 1: PAGE 01, PAGE 001 (1970s.md 3). */
static bool first_page(CablesSpan s) {
  size_t i = 5;
  if (!cables_starts(s, CABLES_LIT("PAGE 0"))) return false;
  while (i < s.n && s.z[i] == '0') i++;
  return i < s.n && s.z[i] == '1' && (i + 1 == s.n || s.z[i + 1] == ' ');
}

/* Whether the present line is of a heading: nothing above it can be found any
** more.  A SUBJECT line proves nothing, as mail has one too. */
static bool in_heading(CablesParser *p, CablesSpan s) {
  CablesMatch m;
  if (s.z[0] == 'E' || s.z[0] == 'e') {
    return cables_match(p->patterns, PATTERN_EO_LABEL, s, 0, NULL);
  }
  if (s.z[0] == 'T' || s.z[0] == 't') {
    return cables_match(p->patterns, PATTERN_TAGS_LABEL, s, 0, NULL);
  }
  return s.z[0] == 'R' &&
         cables_match(p->patterns, PATTERN_REF_LABEL, s, 0, &m) &&
         memchr(s.z, ':', m.end) != NULL;
}

/* Whether the heading at the walk is whole enough to be a telegram's: an E.O.
** line and a TAGS or SUBJECT line close to each other. */
static bool whole_heading(CablesParser *p, Walk w) {
  bool eo = false;
  bool other = false;
  for (int i = 0; i < 8; i++) {
    CablesSpan s = w.line;
    eo = eo || cables_match(p->patterns, PATTERN_EO_LABEL, s, 0, NULL);
    other = other ||
            cables_match(p->patterns, PATTERN_TAGS_LABEL, s, 0, NULL) ||
            cables_match(p->patterns, PATTERN_SUBJECT_LABEL, s, 0, NULL);
    if (!step_text(&w)) break;
  }
  return eo && other;
}

/* Whether the present line begins a telegram by itself. */
static bool begins_telegram(CablesParser *p, const Walk *w) {
  CablesSpan s = w->line;
  CablesMatch m;
  switch (s.z[0]) {
    case 'V':
    case 'v':
      if (cables_starts_nocase(s, CABLES_LIT("VZCZ"))) return true;
      break;
    case 'D':
      if (cables_match(p->patterns, PATTERN_DE_LINE, s, 0, &m) &&
          m.group[1].z[0] == 'R') {
        return true;
      }
      break;
    case 'P':
      if (first_page(s) &&
          cables_match(p->patterns, PATTERN_PAGE_LINE, s, 0, &m) &&
          m.end == s.n) {
        return true;
      }
      break;
    case 'T':
      if (cables_starts(s, CABLES_LIT("This record is a partial extract"))) {
        return true;
      }
      break;
    default:
      break;
  }
  if (cables_is_precedence(s.z[0]) &&
      cables_match(p->patterns, PATTERN_DTG, s, 0, &m) && fm_follows(*w)) {
    return true;
  }
  return is_class_line(p, s);
}

/* Takes the page's values over.  Values that a page leaves out stay unknown.
 */
static void take_values(CablesParser *p, const CablesMatch *m,
                        CablesSpan origin) {
  p->page_refid = m->group[1];
  p->page_created = m->group[2];
  p->page_released = m->group[3];
  p->page_classification = m->group[4];
  p->page_origin = m->group[5].z ? m->group[5] : origin;
}

/* Whether s can be the origin's cell: words with a lower-case letter that do
** not begin a telegram. */
static bool is_origin(CablesSpan s) {
  if (s.n > 60 || !cables_is_upper(s.z[0])) return false;
  for (size_t i = 0; i < s.n; i++) {
    if (cables_is_digit(s.z[i])) return false;
  }
  for (size_t i = 1; i < s.n; i++) {
    if (cables_is_lower(s.z[i])) return true;
  }
  return cables_starts(s, CABLES_LIT("UN")) ||
         cables_starts(s, CABLES_LIT("US"));
}

/* Whether the cell is a label of the table. */
static bool is_label(CablesSpan s) {
  static const char *const labels[] = {"Reference ID", "Created", "Released",
                                       "Classification", "Origin"};
  for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
    if (cables_starts(s, cables_span(labels[i]))) return true;
  }
  return false;
}

/* Lines looked at for the labels and cells of a table: there are nine. */
enum { MAX_LOOKED = 12 };

/* Reads the table's values from the lines to come, on one line or one cell a
** line; w stands behind them then. */
static bool read_values(CablesParser *p, Walk *w) {
  char cells[256];
  size_t n = 0;
  Walk at = *w;
  for (int looked = 0; looked < MAX_LOOKED && step_text(&at); looked++) {
    bool first = n == 0;
    if (first && is_label(at.line)) continue;
    if (n + at.line.n >= sizeof(cells)) return false;
    memcpy(cells + n, at.line.z, at.line.n);
    n += at.line.n;
    cells[n++] = '\t';
    CablesMatch m;
    CablesSpan joined = {cells, n};
    if (!cables_match(p->patterns, PATTERN_PAGE_VALUES, joined, 0, &m)) {
      continue;
    }
    CablesSpan kept = cables_arena_copy(&p->arena, joined);
    if (kept.z == NULL) return false;
    cables_match(p->patterns, PATTERN_PAGE_VALUES, kept, 0, &m);
    Walk behind = at;
    CablesSpan origin = CABLES_NO_SPAN;
    if (m.group[5].z == NULL && !first && step_text(&behind) &&
        is_origin(behind.line)) {
      origin = behind.line;
      at = behind;
    }
    take_values(p, &m, origin);
    *w = at;
    return true;
  }
  return false;
}

/* Bytes of a table's values at least: 09OY 2009-02-11 12:12 SECRET. */
enum { SHORTEST_VALUES = 28 };

/* Whether the present line is, or is followed by, the values of a page's
** table; reads them. */
static bool page_table(CablesParser *p, Walk *w) {
  CablesSpan s = w->line;
  if (cables_starts(s, CABLES_LIT("Reference ID"))) return read_values(p, w);
  if (s.n >= SHORTEST_VALUES && cables_is_digit(s.z[0]) &&
      cables_is_digit(s.z[1]) && cables_is_upper(s.z[2])) {
    CablesMatch m;
    if (cables_match(p->patterns, PATTERN_PAGE_VALUES, s, 0, &m)) {
      take_values(p, &m, CABLES_NO_SPAN);
      return true;
    }
  }
  return false;
}

/* Whether s is the heading of the archive's record (1970s.md 8). */
static bool is_attributes(CablesSpan s) {
  return cables_equal(s, CABLES_LIT("Message Attributes"));
}

/* Whether a line ends the telegram: the archive's attributes, or another
** telegram. */
static bool ends_telegram(CablesSpan s) {
  return cables_starts(s, CABLES_LIT("VZCZC")) ||
         cables_starts(s, CABLES_LIT("Viewing cable ")) ||
         cables_starts(s, CABLES_LIT("Reference ID")) || is_attributes(s);
}

/* Whether s is the end of a message: what a page prints behind it is not the
** telegram's (1970s.md 3, "end of message"). */
static bool ends_message(CablesSpan s) {
  return cables_equal(s, CABLES_LIT("NNN")) ||
         cables_equal(s, CABLES_LIT("NNNN"));
}

/* Lines of a page between its table and the telegram. */
static bool between(CablesSpan s) {
  return cables_starts(s, CABLES_LIT("Appears in these articles")) ||
         cables_starts(s, CABLES_LIT("http"));
}

/* Bytes above a transmission id that are not the text. */
enum { MAX_JUNK = 2000 };

/* Sets begin to the first line at or behind the walk that is the telegram's,
** and end behind its last one. */
static void bound(CablesParser *p, Walk w, bool at_line) {
  bool any = at_line || step_text(&w);
  while (any && !at_line && between(w.line)) any = step_text(&w);
  p->begin = any ? w.start : w.next;
  p->end = p->text.n;
  /* A telegram alone is watched for its end while its lines are cut: most
  ** questions are answered far above it. */
  p->watch = p->t.carrier == CABLES_CARRIER_TELEGRAM && !p->record;
  if (p->watch) return;
  bool envelope = any && !is_class_line(p, w.line);
  size_t seen = 0;
  while (step_text(&w)) {
    /* A transmission id may stand below junk, but not below the text. */
    seen += w.line.n;
    envelope = envelope && seen < MAX_JUNK && !is_class_line(p, w.line);
    if (p->t.carrier == CABLES_CARRIER_PAGE && ends_message(w.line)) {
      p->end = w.next;
      return;
    }
    if (ends_telegram(w.line) &&
        !(envelope && cables_starts(w.line, CABLES_LIT("VZCZC")))) {
      p->end = w.start;
      p->chrome = p->t.carrier == CABLES_CARRIER_PAGE;
      /* Those behind a page's telegram fill nothing, as its head is complete
      ** without them. */
      if (p->record && is_attributes(w.line))
        p->attributes = w.next;
      else
        p->behind = w.next;
      return;
    }
  }
}

/* Finds the heading "Message Text" of the archive's records (1970s.md 2). */
static bool is_message_text(CablesSpan s) {
  return cables_equal(s, CABLES_LIT("Message Text"));
}

/* Whether s has a letter in lower case. */
static bool has_lower(CablesSpan s) {
  for (size_t i = 0; i < s.n; i++) {
    if (cables_is_lower(s.z[i])) return true;
  }
  return false;
}

/* Whether the line can stand at the top of an envelope that has lost its first
** lines: an address, a security line, a date-time group, in capitals. */
static bool is_envelope_line(CablesParser *p, CablesSpan s) {
  if (strchr("FTIZOPRY0123456789", s.z[0]) == NULL || s.n < 5) return false;
  if (cables_match(p->patterns, PATTERN_DTG, s, 0, NULL)) return true;
  if (has_lower(s)) return false;
  bool group = cables_is_precedence(s.z[0]) && s.z[1] == ' ' &&
               cables_is_digit(s.z[2]) && cables_is_digit(s.z[3]);
  return group || cables_starts(s, CABLES_LIT("FM ")) ||
         cables_starts(s, CABLES_LIT("TO ")) ||
         cables_starts(s, CABLES_LIT("INFO ")) ||
         cables_starts(s, CABLES_LIT("ZNY ")) ||
         cables_starts(s, CABLES_LIT("ZNR "));
}

/* What stands right above the present line and would belong to a telegram that
** begins at it; NO_LINE where nothing does. */
typedef struct Above {
  size_t banner; /* a level alone */
  size_t top;    /* lines of an envelope that lost its first ones */
} Above;

/* Takes the present line into what stands above the next one. */
static void look_above(CablesParser *p, Above *above, const Walk *w) {
  bool envelope = is_envelope_line(p, w->line) ||
                  (above->top != NO_LINE && !has_lower(w->line));
  if (!envelope) {
    above->top = NO_LINE;
  } else if (above->top == NO_LINE) {
    above->top = w->start;
  }
  bool level = cables_is_upper(w->line.z[0]) && cables_level_rank(w->line) >= 0;
  above->banner = level ? w->start : NO_LINE;
}

/* A page of PlusD shows the body before the raw text: the telegram begins at
** the line of page 1, or behind the words "Raw content" (1970s.md 10). */
static bool begins_in_plusd(CablesParser *p, Walk *w) {
  size_t banner = NO_LINE;
  do {
    if (w->line.n == 0) continue;
    if (first_page(w->line)) {
      if (banner != NO_LINE) w->start = banner;
      bound(p, *w, true);
      return true;
    }
    if (cables_equal_nocase(w->line, CABLES_LIT("Raw content"))) {
      bound(p, *w, false);
      return p->begin < p->text.n;
    }
    banner = cables_level_rank(w->line) >= 0 ? w->start : NO_LINE;
  } while (step(w));
  return false;
}

/* Whether the telegram begins with or behind the present line: sets its
** bounds. */
static bool begins_at(CablesParser *p, Walk *w, const Above *above) {
  if (!p->record && cables_is_plusd(w->line)) {
    Walk page = *w;
    p->t.carrier = CABLES_CARRIER_PAGE;
    cables_parse_plusd(p);
    if (begins_in_plusd(p, &page)) return true;
    /* The raw text may come further down: a head is never complete.  The
    ** labels are read once, however often they come. */
    p->record = true;
  }
  if (page_table(p, w)) {
    p->t.carrier = CABLES_CARRIER_PAGE;
    bound(p, *w, false);
    return true;
  }
  if (is_message_text(w->line)) {
    p->record = true;
    bound(p, *w, false);
    return true;
  }
  if (!begins_telegram(p, w)) return false;
  if (above->banner != NO_LINE) w->start = above->banner;
  if (above->top != NO_LINE) w->start = above->top;
  bound(p, *w, true);
  return true;
}

bool cables_find_telegram(CablesParser *p) {
  Walk w = {.text = p->text};
  Above above = {NO_LINE, NO_LINE};
  p->begin = 0;
  p->end = p->text.n;
  while (step_text(&w)) {
    if (cables_starts(w.line, CABLES_LIT("Viewing cable "))) {
      p->t.carrier = CABLES_CARRIER_PAGE;
    }
    if (begins_at(p, &w, &above)) return true;
    if (in_heading(p, w.line)) return whole_heading(p, w);
    look_above(p, &above, &w);
  }
  p->t.carrier = CABLES_CARRIER_TELEGRAM;
  return false;
}

bool cables_ends_telegram(CablesParser *p, CablesSpan line, size_t from) {
  if (!ends_telegram(line)) return false;
  /* A transmission id may stand below junk, but not below the text. */
  return !cables_starts(line, CABLES_LIT("VZCZC")) ||
         p->class_line != NO_LINE || from - p->begin > MAX_JUNK;
}

bool cables_recognise(CablesParser *p, CablesSpan text, bool more) {
  cables_arena_reset(&p->arena);
  /* The last line of a head may be cut: it is not judged. */
  while (more && text.n > 0 && text.z[text.n - 1] != '\n') text.n--;
  p->text = text;
  p->t = (CablesTelegram){0};
  /* When memory was out the answer is yes: the parse that follows tells it. */
  bool found = cables_find_telegram(p);
  return cables_patterns_oom(p->patterns) || p->arena.oom || found;
}
