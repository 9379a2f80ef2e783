/*
** Mentions in the body: other cables (ref A, 05 MOSCOW 1234), and what was
** crossed out.  Sources: interface.md (cable_citations); modern.md 0.4, 7.4.
*/
#include <string.h>

#include "parse.h"
#include "post.h"
#include "refid.h"

/* Adds a citation at [from, to) of a joined paragraph. */
static void add_citation(CablesParser *p, const CablesParagraph *row,
                         const Joined *j, size_t from, size_t to,
                         CablesSpan refid) {
  CablesTelegram *t = &p->t;
  CablesCitation *grown = cables_arena_grow(&p->arena, t->citations,
                                            t->n_citations, sizeof(*grown));
  if (grown == NULL) return;
  t->citations = grown;
  size_t start = cables_joined_source(j, from);
  t->citations[t->n_citations++] = (CablesCitation){
      .paragraph = row->number,
      .printed = cables_folded(p, cables_sub(j->text, from, to - from)),
      .refid = refid,
      .start = start,
      .length = cables_joined_source(j, to - 1) + 1 - start};
}

/* The first cable of a label of the REF block, or unknown.  Label 0: the only
** cable of the block ("reftel"). */
static CablesSpan labelled(const CablesParser *p, char label) {
  const CablesTelegram *t = &p->t;
  CablesSpan found = CABLES_NO_SPAN;
  for (size_t i = 0; i < t->n_references; i++) {
    const CablesReference *ref = &t->references[i];
    if (ref->refid.z == NULL) continue;
    if (label == 0) {
      if (found.z != NULL) return CABLES_NO_SPAN;
      found = ref->refid;
    } else if (ref->label.n == 1 && ref->label.z[0] == label) {
      return ref->refid;
    }
  }
  if (label == 'A' && t->n_references == 1) return t->references[0].refid;
  return found;
}

/* The byte at offset i, or 0 behind the end. */
static char at(CablesSpan s, size_t i) { return i < s.n ? s.z[i] : '\0'; }

/* The letters that go on behind "refs A": ", B", " and C"; adds them. */
static size_t more_letters(CablesParser *p, const CablesParagraph *row,
                           const Joined *j, size_t end) {
  CablesSpan s = j->text;
  for (;;) {
    size_t i = end;
    while (at(s, i) != '\0' && strchr(" ,/&-", at(s, i)) != NULL) i++;
    CablesSpan rest = cables_sub(s, i, 4);
    if (cables_starts_nocase(rest, CABLES_LIT("AND "))) i += 4;
    if (i == end || !cables_is_upper(at(s, i))) return end;
    char next = at(s, i + 1);
    bool initial = next == '.' && cables_is_alnum(at(s, i + 2));
    if (cables_is_alnum(next) || initial || next == '\'') return end;
    CablesSpan refid = labelled(p, s.z[i]);
    if (refid.z == NULL) return end;
    add_citation(p, row, j, i, i + 1, refid);
    end = i + 1;
  }
}

/* The post that ends the words in front of a serial ("IN MOSCOW 1234" is
** MOSCOW): the longest run of last words that a table knows.  Gives the bytes
** dropped in front, or (size_t)-1. */
static size_t known_tail(CablesSpan words, const CablesPost **post) {
  char letters[CABLES_POST_LETTERS + 1];
  for (size_t skip = 0;;) {
    CablesSpan tail = cables_sub(words, skip, words.n);
    size_t n = cables_post_letters(tail, letters, CABLES_POST_LETTERS);
    if (n >= 3 && n <= CABLES_POST_LETTERS) {
      *post = cables_post_spelled((CablesSpan){letters, n}, NULL);
      if (*post != NULL) return skip;
    }
    const char *blank = memchr(tail.z, ' ', tail.n);
    if (blank == NULL) return (size_t)-1;
    skip += (size_t)(blank - tail.z) + 1;
  }
}

/* A post and serial in the body, if the post is known. */
static void cite_cable(CablesParser *p, const CablesParagraph *row,
                       const Joined *j, const CablesMatch *m) {
  const CablesPost *post = NULL;
  size_t skip = known_tail(m->group[4], &post);
  long serial = cables_number(m->group[5]);
  if (skip == (size_t)-1 || serial <= 0) return;
  /* A year may follow a post without being a serial: "MOSCOW 2006". */
  bool year = m->group[5].n == 4 && serial >= 1940 && serial <= 2015 &&
              m->group[3].z == NULL;
  if (year) return;
  int y = p->t.year;
  size_t from = (size_t)(m->group[4].z - j->text.z) + skip;
  if (m->group[3].z != NULL && skip == 0) {
    long printed = cables_number(m->group[3]);
    y = m->group[3].n == 4 ? (int)printed : cables_full_year((int)printed);
    from = m->start;
  }
  CablesSpan refid = CABLES_NO_SPAN;
  if (y > 0) {
    CablesBuf b = {0};
    cables_refid_print(&b, (CablesRefid){y, cables_span(post->post), serial});
    if (b.oom) p->arena.oom = true;
    refid = cables_arena_copy(&p->arena, cables_buf_get(&b));
    cables_buf_free(&b);
  }
  add_citation(p, row, j, from, m->end, refid);
}

/* Every mention in one paragraph. */
static void scan(CablesParser *p, const CablesParagraph *row) {
  Joined j =
      cables_join(p, row->lines_from, row->lines_to, row->lines_skip, false);
  CablesMatch m;
  if (j.text.n == 0) return;
  for (size_t from = 0;
       cables_match(p->patterns, PATTERN_CITATION, j.text, from, &m);
       from = m.end) {
    if (m.group[1].z != NULL) {
      add_citation(p, row, &j, m.start, m.end, labelled(p, m.group[1].z[0]));
      m.end = more_letters(p, row, &j, m.end);
    } else if (m.group[2].z != NULL) {
      add_citation(p, row, &j, m.start, m.end, labelled(p, 0));
    } else {
      cite_cable(p, row, &j, &m);
    }
  }
}

void cables_parse_citations(CablesParser *p) {
  for (size_t i = 0; i < p->t.n_paragraphs; i++) {
    scan(p, &p->t.paragraphs[i]);
  }
}

/* --- redactions */

/* Adds a redaction at [start, end) of the argument. */
static void add_redaction(CablesParser *p, const char *kind, int paragraph,
                          size_t start, size_t end) {
  CablesTelegram *t = &p->t;
  CablesRedaction *grown = cables_arena_grow(&p->arena, t->redactions,
                                             t->n_redactions, sizeof(*grown));
  if (grown == NULL) return;
  t->redactions = grown;
  t->redactions[t->n_redactions++] =
      (CablesRedaction){.kind = kind,
                        .paragraph = paragraph,
                        .printed = (CablesSpan){p->text.z + start, end - start},
                        .start = start,
                        .length = end - start};
}

/* Length of the run of its first letter, X or x, at s: at least four
** (modern.md 0.4). */
static size_t crossed_out(CablesSpan s) {
  size_t n = 0;
  while (n < s.n && s.z[n] == s.z[0]) n++;
  return n >= 4 ? n : 0;
}

/* Length of an omission mark in square brackets at s: [...], [. . .],
** [REDACTED], [text removed]; 0 when it is none. */
static size_t omission(CablesSpan s) {
  if (s.z[0] != '[') return 0;
  const char *close = memchr(s.z, ']', s.n < 60 ? s.n : 60);
  if (close == NULL) return 0;
  CablesSpan in = cables_trim((CablesSpan){s.z + 1, (size_t)(close - s.z) - 1});
  size_t dots = 0;
  while (dots < in.n && (in.z[dots] == '.' || in.z[dots] == ' ')) dots++;
  bool only_dots = in.n > 0 && dots == in.n;
  bool told =
      cables_find_nocase(in, CABLES_LIT("REDACTED")) != (size_t)-1 ||
      cables_find_nocase(in, CABLES_LIT("REMOVED")) != (size_t)-1 ||
      cables_find_nocase(in, CABLES_LIT("NAME DELETED")) != (size_t)-1 ||
      cables_equal(in, CABLES_LIT("\xe2\x80\xa6"));
  return only_dots || told ? (size_t)(close - s.z) + 1 : 0;
}

/* Length of an exemption code printed in place of a text: "B1", "1.4(D)",
** "(b)(1)" in brackets of their own are what reviewers print; 0 otherwise. */
static size_t exemption(CablesSpan s) {
  static const char *const codes[] = {"[b(1)]", "[B1]",     "(b)(1)",  "(b)(3)",
                                      "(b)(6)", "[1.4(D)]", "[1.4(B)]"};
  for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
    CablesSpan code = cables_span(codes[i]);
    if (cables_starts_nocase(s, code)) return code.n;
  }
  return 0;
}

/* The number of the paragraph that an offset lies in; rows are in order. */
static int paragraph_at(const CablesParser *p, size_t at, size_t *row) {
  const CablesTelegram *t = &p->t;
  while (*row < t->n_paragraphs &&
         t->paragraphs[*row].start + t->paragraphs[*row].length <= at) {
    ++*row;
  }
  bool in = *row < t->n_paragraphs && t->paragraphs[*row].start <= at;
  return in ? t->paragraphs[*row].number : 0;
}

void cables_parse_redactions(CablesParser *p) {
  size_t row = 0;
  for (size_t i = p->begin; i < p->end;) {
    CablesSpan s = {p->text.z + i, p->end - i};
    const char *kind = NULL;
    size_t n = 0;
    bool word = i > p->begin && cables_is_alnum(p->text.z[i - 1]);
    if ((s.z[0] == 'X' || s.z[0] == 'x') && !word) {
      n = crossed_out(s);
      kind = "crossed out";
    } else if (s.z[0] == '[' || s.z[0] == '(') {
      n = omission(s);
      kind = "omission";
      if (n == 0) {
        n = exemption(s);
        kind = "exemption";
      }
    }
    if (n > 0) add_redaction(p, kind, paragraph_at(p, i, &row), i, i + n);
    i += n > 0 ? n : 1;
  }
}
