/*
** The body: paragraphs, headings, lists and tables, across page breaks.
** Sources: modern.md 9; 1970s.md 7.
**
** Lines are gathered into blocks; a block becomes one row.  Page furniture is
** skipped: what stands on both sides of it is one sentence unless the next
** line opens something new (modern.md 9.5).
*/
#include <string.h>

#include "parse.h"

/* What the lines read so far make up. */
typedef struct Block {
  size_t top;         /* line of the number where it stands alone, else from */
  size_t from;        /* first line, or NO_LINE */
  size_t to;          /* line behind the last one */
  size_t skip;        /* bytes of number and marking on the first line */
  const char *kind;   /* paragraph, heading, list, table */
  int number;         /* paragraph number, or 0 */
  CablesSpan marking; /* or unknown */
  int section;        /* section it starts in */
} Block;

enum { MAX_NUMBER = 1024 }; /* above every paragraph number: three digits */

/* State of the walk down the body. */
typedef struct Walk {
  CablesParser *p;
  Block block;     /* the block being gathered */
  int expected;    /* number of the next paragraph */
  bool any_marked; /* some numbered paragraph has a portion marking */
  uint64_t marked[MAX_NUMBER / 64]; /* numbers of those, as bits */
  bool blank;                       /* blank lines since the last text */
  bool joint;                       /* page furniture since the last text */
  int section;                      /* present section */
  CablesSpan heading;               /* the heading in force */
  const char *role;                 /* the role that it gives */
  bool summary; /* a summary that a later END SUMMARY closes */
} Walk;

/* --- tests on lines */

/* The byte at offset i, or 0 behind the end. */
static char at(CablesSpan s, size_t i) { return i < s.n ? s.z[i] : '\0'; }

/* Bytes of a list number or letter at the start of s: "(a) ", "1) ", "a. "; 0
** when there is none. */
static size_t list_number(CablesSpan s) {
  bool open = at(s, 0) == '(';
  size_t from = open;
  size_t i = from;
  while (i < from + 2 && cables_is_digit(at(s, i))) i++;
  bool digits = i > from;
  if (!digits && cables_is_lower(at(s, i))) i++;
  if (i == from) return 0;
  bool closed = at(s, i) == ')' || (!open && !digits && at(s, i) == '.');
  return closed && at(s, i + 1) == ' ' ? i + 1 : 0;
}

/* Bytes of a bullet or list number at the start of s: "-- ", "* ", "(a) ",
** "1) ", "a. " (modern.md 9.3); 0 when there is none. */
static size_t bullet(CablesSpan s) {
  char c = at(s, 0);
  if (c == '-' || c == '*') {
    size_t i = at(s, 1) == c ? 2 : 1;
    bool glued = c == '-' && i == 2 && s.n > 2 && s.z[2] != c;
    return at(s, i) == ' ' || glued ? i : 0;
  }
  if (c == 'o' && at(s, 1) == ' ') return 1;
  if (cables_starts(s, CABLES_LIT("\xe2\x80\xa2")) && s.n > 3) return 3;
  return list_number(s);
}

/* Whether s is a row of a table: two runs of three blanks, or tabs, between
** its words. */
static bool is_row(CablesSpan s) {
  int gaps = 0;
  for (size_t i = 1; i < s.n; i++) {
    if (s.z[i] == '\t') gaps++;
    if (s.z[i] == ' ' && s.z[i - 1] != '.' && s.z[i - 1] != ' ' &&
        cables_starts(cables_sub(s, i, 3), CABLES_LIT("   "))) {
      gaps++;
    }
  }
  return gaps >= 2;
}

/* The next line that is no page furniture, or NULL. */
static const Line *next_line(const Walk *w, size_t i) {
  CablesParser *p = w->p;
  for (i++; i < p->body_end; i++) {
    if (!cables_line_noise(&p->lines[i])) return &p->lines[i];
  }
  return NULL;
}

/* Whether a paragraph of this number carries a portion marking somewhere. */
static bool is_marked_number(const Walk *w, int number) {
  return w->marked[number / 64] >> number % 64 & 1;
}

/* Notes the numbers of all paragraphs with a portion marking. */
static void find_marked(Walk *w) {
  CablesParser *p = w->p;
  for (size_t i = p->body; i < p->body_end; i++) {
    CablesMatch m;
    if (p->lines[i].kind != LINE_TEXT) continue;
    CablesSpan s = cables_line_text(p, &p->lines[i]);
    int number = cables_paragraph_number(p, s, &m);
    if (number > 0 && (m.group[3].z != NULL || m.group[4].z != NULL)) {
      w->marked[number / 64] |= UINT64_C(1) << number % 64;
      w->any_marked = true;
    }
  }
}

/* Whether line i opens a numbered paragraph: a portion marking stands behind
** the number, or it is the expected one and no marked paragraph has it
** (modern.md 9.1).  A number without marking that is one off, printed twice or
** after one that was left out, counts where no paragraph is marked and a blank
** line sets it apart; elsewhere it is an item of a list. */
static int opens_paragraph(const Walk *w, size_t i, CablesMatch *m) {
  CablesParser *p = w->p;
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  int number = cables_paragraph_number(p, s, m);
  if (number == 0) return 0;
  if (m->group[3].z != NULL || m->group[4].z != NULL) return number;
  if (is_marked_number(w, number)) return 0;
  if (number == w->expected) return number;
  bool near = number == w->expected - 1 || number == w->expected + 1;
  bool apart = w->blank && w->expected > 1 && m->end < s.n;
  return near && apart && !w->any_marked ? number : 0;
}

/* Takes a rule off both ends of a heading: "------- SUMMARY -------". */
static CablesSpan without_rules(CablesSpan s) {
  size_t i = 0;
  while (i < s.n && strchr("-=*_~ ", s.z[i]) != NULL) i++;
  if (i >= 4) s = cables_sub(s, i, s.n);
  size_t n = s.n;
  while (n > 0 && strchr("-=*_~ ", s.z[n - 1]) != NULL) n--;
  return s.n - n >= 4 ? cables_sub(s, 0, n) : cables_trim(s);
}

/* Whether line i is a heading: a rule follows or stands above and below, or
** it stands alone between blank lines above a numbered paragraph. */
static bool is_heading(Walk *w, size_t i) {
  CablesParser *p = w->p;
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  /* Heading and rule on one line: "Summary -------" (modern.md 9.4). */
  CablesSpan bare = without_rules(s);
  if (bare.n < s.n && bare.n > 0 && bare.n <= 90) return true;
  if (s.n > 90 || bullet(s) > 0) return false;
  bool apart = w->blank || w->block.from == NO_LINE;
  const Line *next = i + 1 < p->body_end ? &p->lines[i + 1] : NULL;
  if (!apart) return false;
  if (next != NULL && next->kind == LINE_RULE) return true;
  if (s.n > 72 || strchr(".,;", s.z[s.n - 1]) != NULL) return false;
  if (cables_is_lower(s.z[0]) || next == NULL) return false;
  if (next->kind == LINE_BLANK) next = next_line(w, i + 1);
  if (next == NULL || next->kind != LINE_TEXT) return false;
  CablesMatch m;
  return opens_paragraph(w, (size_t)(next - p->lines), &m) > 0;
}

/* --- rows */

/* Adds a row for lines [from, to). */
static CablesParagraph *add_row(Walk *w) {
  CablesParser *p = w->p;
  CablesTelegram *t = &p->t;
  CablesParagraph *grown = cables_arena_grow(&p->arena, t->paragraphs,
                                             t->n_paragraphs, sizeof(*grown));
  if (grown == NULL) return NULL;
  t->paragraphs = grown;
  CablesParagraph *row = &t->paragraphs[t->n_paragraphs++];
  *row = (CablesParagraph){.kind = w->block.kind,
                           .number = w->block.number,
                           .section = w->block.section,
                           .marking = w->block.marking};
  const Line *first = &p->lines[w->block.top];
  const Line *last = &p->lines[w->block.to - 1];
  row->start = first->start;
  row->length = last->start + last->n - first->start;
  return row;
}

/* The marking spelled out: level, and the controls behind two slashes
** (modern.md 9.2). */
static CablesSpan spelled(CablesParser *p, CablesSpan marking) {
  int rank = cables_classification_rank(marking);
  if (rank < 0) return CABLES_NO_SPAN;
  CablesSpan upper = cables_upper(p, marking);
  bool nofirst = cables_find(upper, CABLES_LIT("NOFORN")) != (size_t)-1 ||
                 cables_find(upper, CABLES_LIT("NF")) != (size_t)-1 ||
                 cables_find(upper, CABLES_LIT("/N")) != (size_t)-1;
  size_t rel = cables_find(upper, CABLES_LIT("REL"));
  if (rank == 1) {
    bool lou = cables_find(upper, CABLES_LIT("LOU")) != (size_t)-1 ||
               cables_find(upper, CABLES_LIT("LIMITED")) != (size_t)-1;
    if (lou) return CABLES_LIT("LIMITED OFFICIAL USE");
    if (cables_find(upper, CABLES_LIT("FOUO")) != (size_t)-1) {
      return CABLES_LIT("UNCLASSIFIED//FOR OFFICIAL USE ONLY");
    }
    return nofirst ? CABLES_LIT("SENSITIVE BUT UNCLASSIFIED//NOFORN")
                   : CABLES_LIT("SENSITIVE BUT UNCLASSIFIED");
  }
  static const char *const names[] = {"UNCLASSIFIED", "", "CONFIDENTIAL",
                                      "SECRET", "TOP SECRET"};
  if (rel != (size_t)-1) {
    CablesSpan to = cables_sub(upper, rel, upper.n);
    return cables_format(p, "%s//%.*s", names[rank], (int)to.n, to.z);
  }
  if (nofirst) return cables_format(p, "%s//NOFORN", names[rank]);
  return cables_span(names[rank]);
}

/* Numbers the row among those of its number, and names it. */
static void set_key(CablesParser *p, CablesParagraph *row) {
  row->repeat = 1;
  if (row->number == 0) return;
  p->t.n_numbered++;
  /* Numbers repeat rarely and close by: a look at the last rows is enough for
  ** the sound ones, and keeps the parse linear for the others. */
  size_t n = p->t.n_paragraphs - 1;
  size_t stop = n > 256 ? n - 256 : 0;
  for (size_t i = n; i > stop; i--) {
    if (p->t.paragraphs[i - 1].number == row->number) {
      row->repeat = p->t.paragraphs[i - 1].repeat + 1;
      break;
    }
  }
  CablesSpan id = p->t.refid;
  if (id.z == NULL) return;
  row->key = row->repeat == 1
                 ? cables_format(p, "%.*s#%d", (int)id.n, id.z, row->number)
                 : cables_format(p, "%.*s#%d.%d", (int)id.n, id.z, row->number,
                                 row->repeat);
}

/* The lines of a table as printed, each trimmed: its columns are blanks. */
static CablesSpan table_text(CablesParser *p, const Block *block) {
  CablesBuf b = {0};
  for (size_t i = block->from; i < block->to; i++) {
    if (p->lines[i].kind != LINE_TEXT) continue;
    if (b.n > 0) cables_buf_byte(&b, '\n');
    CablesSpan s = cables_line_text(p, &p->lines[i]);
    cables_buf_span(&b, s);
  }
  if (b.oom) p->arena.oom = true;
  CablesSpan text = cables_arena_copy(&p->arena, cables_buf_get(&b));
  cables_buf_free(&b);
  return text;
}

/* Sets text, heading and role of a row. */
static void fill_row(Walk *w, CablesParagraph *row) {
  CablesParser *p = w->p;
  if (strcmp(row->kind, "table") == 0) {
    row->text = table_text(p, &w->block);
  } else {
    Joined j = cables_join(p, w->block.from, w->block.to, w->block.skip, false);
    row->text = without_rules(cables_folded(p, j.text));
  }
  /* The number stands alone, or memory is out. */
  if (row->text.z == NULL) row->text = CABLES_LIT("");
  if (strcmp(row->kind, "heading") == 0) {
    w->heading = row->text;
    w->role = cables_role_of(row->text, true);
    w->summary = false; /* where the heading is one, its role is in force */
    return;
  }
  row->heading = w->heading;
  bool closed = cables_closes_summary(p, row->text, NULL);
  const char *own = cables_role_of(row->text, false);
  if (own != NULL && row->number > 0) w->summary = false;
  row->role = own != NULL ? own : w->role;
  if (own != NULL && strcmp(own, "summary") == 0) {
    w->summary = !closed;
  } else if (w->summary && row->role == NULL) {
    row->role = row->number == 0 ? "summary" : NULL;
  }
  if (closed) {
    row->role = "summary";
    w->summary = false;
    if (w->role != NULL && strcmp(w->role, "summary") == 0) w->role = NULL;
  }
}

/* Ends the block and makes a row of it. */
static void flush(Walk *w) {
  if (w->block.from == NO_LINE) return;
  CablesParser *p = w->p;
  CablesParagraph *row = add_row(w);
  if (row != NULL) {
    if (row->marking.z != NULL) {
      row->classification = spelled(p, row->marking);
    }
    fill_row(w, row);
    set_key(p, row);
    row->lines_from = w->block.from;
    row->lines_to = w->block.to;
    row->lines_skip = w->block.skip;
  }
  w->block = (Block){.from = NO_LINE};
}

/* Begins a block at line i. */
static void begin(Walk *w, size_t i, const char *kind) {
  flush(w);
  w->block = (Block){
      .top = i, .from = i, .to = i + 1, .kind = kind, .section = w->section};
}

/* Takes a portion marking in brackets off the front of the block's first
** line. */
static void take_marking(Walk *w, size_t i) {
  CablesSpan s = cables_line_text(w->p, &w->p->lines[i]);
  s = cables_sub(s, w->block.skip, s.n);
  size_t lead = 0;
  while (lead < s.n && s.z[lead] == ' ') lead++;
  if (lead >= s.n || s.z[lead] != '(') return;
  CablesSpan rest = cables_sub(s, lead + 1, 40);
  const char *close = memchr(rest.z, ')', rest.n);
  if (close == NULL) return;
  CablesSpan marking =
      cables_trim((CablesSpan){rest.z, (size_t)(close - rest.z)});
  if (marking.n > 30 || cables_classification_rank(marking) < 0) return;
  w->block.marking = marking;
  w->block.skip += lead + (size_t)(close - rest.z) + 2;
}

/* --- the walk */

/* A line that opens a numbered paragraph. */
static void numbered_line(Walk *w, size_t i, int number, const CablesMatch *m) {
  begin(w, i, "paragraph");
  w->block.number = number;
  w->block.marking = m->group[3].z != NULL ? m->group[3] : m->group[4];
  w->block.skip = m->end;
  if (w->block.marking.z != NULL) {
    w->block.marking = cables_trim(w->block.marking);
  } else if (m->end >= w->p->lines[i].n && i + 1 < w->p->body_end &&
             w->p->lines[i + 1].kind == LINE_TEXT) {
    /* The number stands alone on its line: the text begins on the next. */
    w->block.from = w->block.to = i + 1;
    w->block.skip = 0;
    take_marking(w, i + 1);
  } else {
    take_marking(w, i);
  }
  if (w->expected <= number + 1) w->expected = number + 1;
}

/* Whether the next text line goes on with the present block although blank
** lines or page furniture stand between. */
static bool goes_on(const Walk *w, CablesSpan next) {
  CablesParser *p = w->p;
  if (w->block.from == NO_LINE || strcmp(w->block.kind, "heading") == 0) {
    return false;
  }
  if (p->spread || !w->blank) return true;
  /* Over a blank line only a sentence goes on: below page furniture, or in
  ** lower case. */
  const Line *last = &p->lines[w->block.to - 1];
  return !cables_ends_sentence(cables_line_text(p, last)) &&
         (w->joint || cables_is_lower(next.z[0]));
}

/* Whether the present block is of a kind. */
static bool in_block(const Walk *w, const char *kind) {
  return w->block.from != NO_LINE && strcmp(w->block.kind, kind) == 0;
}

/* Whether line i is a row of a table: two rows below each other, or one apart
** from the text. */
static bool is_table_row(const Walk *w, size_t i) {
  CablesParser *p = w->p;
  if (!is_row(cables_line_text(p, &p->lines[i]))) return false;
  if (w->blank || w->block.from == NO_LINE || in_block(w, "table")) {
    return true;
  }
  return i + 1 < p->body_end && p->lines[i + 1].kind == LINE_TEXT &&
         is_row(cables_line_text(p, &p->lines[i + 1]));
}

/* Rows of one telegram, at most; what a hostile text adds is one block. */
enum { MAX_ROWS = 20000 };

/* Begins a block with line i, or adds it to the present one. */
static void other_line(Walk *w, size_t i) {
  CablesSpan s = cables_line_text(w->p, &w->p->lines[i]);
  size_t mark = bullet(s);
  /* Below a number alone "(c) text" is no list, but its text. */
  if (w->block.from == i) {
    w->block.to = i + 1;
    return;
  }
  if (is_heading(w, i)) {
    begin(w, i, "heading");
    take_marking(w, i);
  } else if (mark > 0) {
    begin(w, i, "list");
    w->block.skip = mark;
    take_marking(w, i);
  } else if (is_table_row(w, i)) {
    if (in_block(w, "table") && !w->blank) {
      w->block.to = i + 1;
    } else {
      begin(w, i, "table");
    }
  } else if (!in_block(w, "table") && goes_on(w, s)) {
    w->block.to = i + 1;
  } else {
    begin(w, i, "paragraph");
    take_marking(w, i);
  }
}

/* One text line. */
static void text_line(Walk *w, size_t i) {
  CablesMatch m;
  if (w->p->t.n_paragraphs >= MAX_ROWS && w->block.from != NO_LINE) {
    w->block.to = i + 1;
    return;
  }
  int number = opens_paragraph(w, i, &m);
  if (number > 0) {
    numbered_line(w, i, number, &m);
  } else {
    other_line(w, i);
  }
  w->blank = w->joint = false;
}

/* A copier put a blank line after every line (modern.md 10.3): nearly every
** line of text has one below it. */
static bool is_spread(const CablesParser *p) {
  size_t texts = 0;
  size_t followed = 0;
  for (size_t i = p->body; i + 1 < p->body_end; i++) {
    if (p->lines[i].kind != LINE_TEXT) continue;
    texts++;
    followed += p->lines[i + 1].kind == LINE_BLANK && p->lines[i].n < 80;
  }
  return texts >= 12 && followed * 10 >= texts * 9;
}

/* The text of the body, page breaks taken out, lines as printed. */
static void take_body(CablesParser *p) {
  CablesBuf b = {0};
  bool blank = false;
  bool joint = false;
  for (size_t i = p->body; i < p->body_end; i++) {
    const Line *line = &p->lines[i];
    if (cables_line_noise(line)) {
      joint = true;
      continue;
    }
    if (line->kind == LINE_BLANK) {
      blank = true;
      continue;
    }
    CablesMatch m;
    bool opens = line->kind == LINE_RULE ||
                 cables_paragraph_number(p, cables_line_text(p, line), &m) > 0;
    bool sentence = cables_ends_sentence(cables_buf_get(&b));
    if (b.n > 0) cables_buf_byte(&b, '\n');
    if (b.n > 0 && blank && (!joint || opens || sentence)) {
      cables_buf_byte(&b, '\n');
    }
    size_t indent = line->start - line->raw;
    if (!line->glued && indent < 40 && b.n > 0) {
      for (size_t k = line->raw; k != line->start; k++) {
        if (p->text.z[k] == ' ') cables_buf_byte(&b, ' ');
      }
    }
    cables_buf_span(&b, cables_line_text(p, line));
    blank = joint = false;
  }
  if (b.oom) p->arena.oom = true;
  if (b.n > 0) {
    p->t.body = cables_arena_copy(&p->arena, cables_buf_get(&b));
  }
  cables_buf_free(&b);
}

/* The signature's own row. */
static void add_signature(Walk *w) {
  CablesParser *p = w->p;
  if (p->t.signer.z == NULL) return;
  w->block = (Block){.top = p->body_end,
                     .from = p->body_end,
                     .to = p->body_end + 1,
                     .kind = "signature",
                     .section = w->section};
  CablesParagraph *row = add_row(w);
  if (row == NULL) return;
  row->text = p->t.signer;
  row->repeat = 1;
  w->block = (Block){.from = NO_LINE};
}

/* One line of the body. */
static void body_line(Walk *w, size_t i) {
  CablesParser *p = w->p;
  if (p->lines[i].kind == LINE_BLANK) {
    w->blank = true;
  } else if (p->lines[i].kind == LINE_RULE) {
    if (p->t.n_paragraphs < MAX_ROWS) flush(w);
  } else if (cables_line_noise(&p->lines[i])) {
    w->joint = true;
  } else {
    text_line(w, i);
  }
}

void cables_parse_body(CablesParser *p) {
  Walk w = {.p = p, .block = {.from = NO_LINE}, .expected = 1, .section = 1};
  p->spread = is_spread(p);
  find_marked(&w);
  for (size_t i = p->boundary; i < p->body_end; i++) {
    const Line *line = &p->lines[i];
    if (cables_line_noise(line) && line->section > 0) {
      w.section = line->section;
      if (w.section < 64) p->sections |= UINT64_C(1) << w.section;
    }
    if (i >= p->body) body_line(&w, i);
  }
  flush(&w);
  cables_spread_roles(p);
  add_signature(&w);
  p->last_section = w.section;
  if (!(p->options.want & CABLES_WITHOUT_BODY_TEXT)) take_body(p);
}
