/*
** The TAGS line: codes, names and local terms, with and without delimiters.
** Sources: modern.md 5, 12 (points 6 and 7); 1970s.md 6.4; the list of codes
** in ext/telegram/data/tags.tsv.
*/
#include <string.h>

#include "parse.h"
#include "reference.h"
#include "words.h"

/* Local terms of more than one word, and single words that stand beside them:
** a line without commas gives no other way to tell where one ends (modern.md
** 5.1, "local term").  Longest first where one begins another. */
static const CablesSpan terms[] = {CABLES_TEXT("ISRAELI PALESTINIAN AFFAIRS"),
                                   CABLES_TEXT("MEETINGS WITH AMBASSADOR"),
                                   CABLES_TEXT("MEDIA REACTION REPORT"),
                                   CABLES_TEXT("MEDIA REACTION"),
                                   CABLES_TEXT("GAZA DISENGAGEMENT"),
                                   CABLES_TEXT("CONSULAR AFFAIRS"),
                                   CABLES_TEXT("INTERNAL POLITICS"),
                                   CABLES_TEXT("DOMESTIC POLITICS"),
                                   CABLES_TEXT("COUNTER TERRORISM"),
                                   CABLES_TEXT("COUNTRY CLEARANCE"),
                                   CABLES_TEXT("GLOBAL DEFENSE"),
                                   CABLES_TEXT("FOREIGN POLICY"),
                                   CABLES_TEXT("FOREIGN POL"),
                                   CABLES_TEXT("HUMAN RIGHTS"),
                                   CABLES_TEXT("GOI EXTERNAL"),
                                   CABLES_TEXT("GOI INTERNAL"),
                                   CABLES_TEXT("NEW ZEALAND"),
                                   CABLES_TEXT("EL AL"),
                                   CABLES_TEXT("LABOR")};

/* Words of one piece of the line, between commas or of all of it. */
enum { MAX_WORDS = 400 };
typedef struct Words {
  CablesSpan w[MAX_WORDS];
  size_t n;
} Words;

/* Cuts s into its words. */
static void cut_words(CablesSpan s, Words *out) {
  out->n = 0;
  size_t i = 0;
  while (i < s.n && out->n < MAX_WORDS) {
    while (i < s.n && (s.z[i] == ' ' || s.z[i] == ';')) i++;
    size_t from = i;
    while (i < s.n && s.z[i] != ' ' && s.z[i] != ';') i++;
    CablesSpan word = cables_sub(s, from, i - from);
    while (word.n > 0 && strchr(".:", word.z[word.n - 1]) != NULL) word.n--;
    if (word.n > 0) out->w[out->n++] = word;
  }
}

/* Whether words [i, i + k) of w spell the words of `text`; gives k, or 0. */
static size_t spells(const Words *w, size_t i, CablesSpan text) {
  size_t k = 0;
  while (text.n > 0) {
    const char *blank = memchr(text.z, ' ', text.n);
    size_t n = blank ? (size_t)(blank - text.z) : text.n;
    if (i + k >= w->n || !cables_equal(w->w[i + k], cables_sub(text, 0, n))) {
      return 0;
    }
    k++;
    text = cables_sub(text, n + 1, text.n);
  }
  return k;
}

/* The local term at word i; gives the number of its words, or 0. */
static size_t term_at(const Words *w, size_t i, CablesSpan *term) {
  for (size_t t = 0; t < sizeof(terms) / sizeof(*terms); t++) {
    if (w->w[i].z[0] != terms[t].z[0]) continue;
    *term = terms[t];
    size_t k = spells(w, i, *term);
    if (k > 0) return k;
  }
  return 0;
}

/* The person of the list whose surname is word i and whose given name follows
** without comma; gives the number of words, or 0. */
static size_t person_at(const Words *w, size_t i, CablesSpan *person) {
  if (i + 1 >= w->n) return 0;
  *person = cables_person_find(w->w[i], w->w[i + 1]);
  if (person->z == NULL) return 0;
  size_t bare = w->w[i].n + 2 + w->w[i + 1].n;
  bool initial = i + 2 < w->n && w->w[i + 2].n == 1 && person->n > bare;
  if (!initial) person->n = bare;
  return initial ? 3 : 2;
}

/* Whether s consists of capital letters. */
static bool all_letters(CablesSpan s) {
  for (size_t i = 0; i < s.n; i++) {
    if (!cables_is_upper(s.z[i])) return false;
  }
  return true;
}

/* Whether s is a code by itself: in the list, as short as codes are, or no
** word: words that a hyphen joins are one ("ISRAELI-PALESTINIAN"). */
static bool is_code(CablesSpan s) {
  if (cables_tag_find(s) != NULL || s.n <= 4) return true;
  const char *hyphen = memchr(s.z, '-', s.n);
  if (hyphen == NULL) return !all_letters(s);
  CablesSpan front = {s.z, (size_t)(hyphen - s.z)};
  CablesSpan back = cables_sub(s, front.n + 1, s.n);
  return !(front.n > 4 && back.n > 4 && all_letters(front) &&
           all_letters(back));
}

/* Adds one tag, put right.  tag: its entry in the list, or NULL. */
static void add_found(CablesParser *p, CablesSpan s, const CablesTag *tag) {
  if (tag != NULL && tag->standard != NULL) s = cables_span(tag->standard);
  if (s.n == 0 || cables_equal(s, CABLES_LIT("SIPDIS"))) return;
  cables_texts_add(p, &p->t.tags, s);
}

static void add_tag(CablesParser *p, CablesSpan s) {
  add_found(p, s, cables_tag_find(s));
}

/* The first of the codes that joints separate; *s loses it and its joint, and
** is unknown when nothing is left. */
static CablesSpan take_code(CablesSpan *s, char joint) {
  const char *end = memchr(s->z, joint, s->n);
  CablesSpan code = *s;
  if (end != NULL) code.n = (size_t)(end - s->z);
  *s = end != NULL ? cables_sub(*s, code.n + 1, s->n) : CABLES_NO_SPAN;
  return code;
}

/* Codes that a slash or hyphen joins ("PGOV/PREL/EG") are added one by one,
** when each is in the list; gives whether they were. */
static bool add_joined(CablesParser *p, CablesSpan s, char joint) {
  for (CablesSpan rest = s; rest.z != NULL;) {
    if (cables_tag_find(take_code(&rest, joint)) == NULL) return false;
  }
  while (s.z != NULL) add_tag(p, take_code(&s, joint));
  return true;
}

/* Adds a word: codes that run together are taken apart. */
static void add_word(CablesParser *p, CablesSpan s) {
  if (add_joined(p, s, '/') || add_joined(p, s, '-')) return;
  CablesSpan *codes;
  size_t n = cables_tags_split(s, &p->arena, &codes);
  for (size_t i = 0; i < n; i++) add_tag(p, codes[i]);
  if (n > 0) return;
  CablesSpan front = cables_sub(s, 0, s.n / 2);
  CablesSpan back = cables_sub(s, s.n / 2, s.n);
  if (s.n == 6 && cables_tag_find(front) != NULL &&
      cables_tag_find(back) != NULL) {
    add_tag(p, front);
    add_tag(p, back);
    return;
  }
  add_tag(p, s);
}

/* A word that ties the words around it into one term. */
static bool is_tie(CablesSpan s) {
  return cables_equal(s, CABLES_LIT("IN")) ||
         cables_equal(s, CABLES_LIT("OF")) ||
         cables_equal(s, CABLES_LIT("WITH"));
}

/* Whether s is a word of free text: letters, longer than codes, in no list,
** and not codes that run together. */
static bool is_free(CablesParser *p, CablesSpan s) {
  if (is_code(s)) return false;
  CablesSpan *codes;
  return cables_tags_split(s, &p->arena, &codes) == 0;
}

/* Adds words [i, j) as one tag. */
static void add_phrase(CablesParser *p, const Words *w, size_t i, size_t j) {
  CablesBuf b = {0};
  for (size_t k = i; k < j; k++) {
    if (k > i) cables_buf_byte(&b, ' ');
    cables_buf_span(&b, w->w[k]);
  }
  if (b.oom) p->arena.oom = true;
  add_tag(p, cables_arena_copy(&p->arena, cables_buf_get(&b)));
  cables_buf_free(&b);
}

/* A term whose last word has codes run into it ("HUMAN RIGHTSPOLMIL"); gives
** the number of its words, or 0. */
static size_t term_run_at(CablesParser *p, const Words *w, size_t i) {
  for (size_t t = 0; t < sizeof(terms) / sizeof(*terms); t++) {
    if (w->w[i].z[0] != terms[t].z[0]) continue;
    const char *blank = strrchr(terms[t].z, ' ');
    if (blank == NULL) continue;
    CablesSpan head = {terms[t].z, (size_t)(blank - terms[t].z)};
    CablesSpan last = cables_span(blank + 1);
    size_t k = spells(w, i, head);
    if (k == 0 || i + k >= w->n) continue;
    CablesSpan run = w->w[i + k];
    if (run.n < last.n + 4 || !cables_starts(run, last)) continue;
    add_tag(p, terms[t]);
    add_word(p, cables_sub(run, last.n, run.n));
    return k + 1;
  }
  return 0;
}

/* The end of the free words that begin at word i: they are one term.  A tie
** goes on when a free word follows it ("TIP IN TURKEY"). */
static size_t phrase_end(CablesParser *p, const Words *w, size_t i) {
  size_t j = i + 1;
  CablesSpan unused;
  while (j < w->n) {
    bool tied = is_tie(w->w[j]) && j + 1 < w->n && is_free(p, w->w[j + 1]);
    if (!tied && (!is_free(p, w->w[j]) || term_at(w, j, &unused) > 0)) break;
    j += tied ? 2 : 1;
  }
  return j;
}

/* Whether the words at i are surname and given name of a visitor: no codes of
** the list, letters only (modern.md 5.2, "persons"). */
static bool is_visitor(const Words *w, size_t i) {
  if (i + 1 >= w->n) return false;
  for (size_t k = i; k < i + 2; k++) {
    if (w->w[k].n < 3 || !all_letters(w->w[k]) ||
        cables_tag_find(w->w[k]) != NULL) {
      return false;
    }
  }
  return true;
}

/* Names whose comma was taken for a separator ("CLINTON, HILLARY" without
** brackets) are put together where the list has the person. */
static void join_persons(CablesParser *p) {
  CablesTexts *tags = &p->t.tags;
  size_t n = 0;
  for (size_t i = 0; i < tags->n; i++) {
    CablesSpan person = CABLES_NO_SPAN;
    if (i + 1 < tags->n) {
      person = cables_person_find(tags->items[i], tags->items[i + 1]);
    }
    if (person.z != NULL) {
      person.n = tags->items[i].n + 2 + tags->items[i + 1].n;
      tags->items[n++] = person;
      i++;
      continue;
    }
    tags->items[n++] = tags->items[i];
  }
  tags->n = n;
}

/* Adds the tags of a piece without commas. */
static void add_piece(CablesParser *p, const Words *w) {
  bool visit = false; /* OVIP stands before: a person may follow */
  for (size_t i = 0; i < w->n;) {
    CablesSpan found;
    size_t k = person_at(w, i, &found);
    if (k == 0) k = term_at(w, i, &found);
    if (k > 0) {
      add_tag(p, found);
      i += k;
      continue;
    }
    k = term_run_at(p, w, i);
    if (k > 0) {
      i += k;
      continue;
    }
    if (visit && is_visitor(w, i)) {
      add_tag(p, cables_format(p, "%.*s, %.*s", (int)w->w[i].n, w->w[i].z,
                               (int)w->w[i + 1].n, w->w[i + 1].z));
      visit = false;
      i += 2;
      continue;
    }
    bool tied = i + 2 < w->n && is_tie(w->w[i + 1]) && is_free(p, w->w[i + 2]);
    const CablesTag *tag = cables_tag_find(w->w[i]);
    if (!tied && tag != NULL) {
      visit = cables_equal(w->w[i], CABLES_LIT("OVIP"));
      add_found(p, w->w[i++], tag);
      continue;
    }
    if (!tied && !is_free(p, w->w[i])) {
      visit = false;
      add_word(p, w->w[i++]);
      continue;
    }
    size_t end = phrase_end(p, w, i);
    add_phrase(p, w, i, end);
    visit = false;
    i = end;
  }
}

/* A name in parentheses is one tag, whatever it holds: "(DOE, JANE)". */
static size_t add_bracketed(CablesParser *p, CablesSpan s) {
  enum { MAX_BRACKETED = 100 };
  s = cables_sub(s, 0, MAX_BRACKETED);
  const char *close = memchr(s.z, ')', s.n);
  if (close == NULL) return 0;
  CablesSpan name =
      cables_trim((CablesSpan){s.z + 1, (size_t)(close - s.z) - 1});
  add_tag(p, cables_folded(p, name));
  return (size_t)(close - s.z) + 1;
}

/* Cuts the line at commas and brackets and adds what stands between. */
static void add_all(CablesParser *p, CablesSpan s) {
  Words words;
  Words *w = &words;
  size_t from = 0;
  for (size_t i = 0; i <= s.n; i++) {
    bool at_end = i == s.n;
    if (!at_end && s.z[i] != ',' && s.z[i] != '(') continue;
    CablesSpan piece = cables_trim(cables_sub(s, from, i - from));
    if (cables_starts(piece, CABLES_LIT("TAGS:"))) {
      piece = cables_trim(cables_sub(piece, 5, piece.n));
    }
    cut_words(piece, w);
    add_piece(p, w);
    from = i + 1;
    if (!at_end && s.z[i] == '(') {
      size_t used = add_bracketed(p, cables_sub(s, i, s.n));
      if (used > 0) {
        i += used - 1;
        from = i + 1;
      }
    }
  }
}

/* The offset of the level that stands before offset i as the banner of a page
** line, or i. */
static size_t before_level(CablesSpan s, size_t i) {
  CablesSpan head = cables_sub(s, 0, i);
  while (head.n > 0 && head.z[head.n - 1] == ' ') head.n--;
  size_t at = head.n;
  while (at > 0 && head.z[at - 1] != ',' && head.z[at - 1] != ' ') at--;
  return cables_level_rank(cables_sub(head, at, head.n)) >= 0 ? at : i;
}

/* Length of s up to where a page line was swallowed: five blanks in a row or
** the word PAGE with digits; and up to the remains of a section joint
** (modern.md 5.2). */
static size_t clean_length(CablesSpan s) {
  for (size_t i = 0; i + 5 < s.n; i++) {
    char c = s.z[i];
    if (c == ' ' && memcmp(s.z + i, "     ", 5) == 0) return i;
    if (c == 'P' && memcmp(s.z + i, "PAGE ", 5) == 0 &&
        cables_is_digit(s.z[i + 5])) {
      return before_level(s, i);
    }
    if (i + 8 <= s.n && cables_is_digit(c) &&
        cables_number(cables_sub(s, i, 8)) >= 0) {
      return i;
    }
  }
  return s.n;
}

void cables_parse_tags(CablesParser *p) {
  CablesSpan s = p->tags.text;
  if (s.z == NULL) return;
  s = cables_sub(s, 0, clean_length(s));
  p->t.tags_printed = cables_folded(p, s);
  CablesSpan upper = cables_upper(p, p->t.tags_printed);
  if (upper.z == NULL || cables_equal(upper, CABLES_LIT("N/A"))) return;
  add_all(p, upper);
  join_persons(p);
  for (size_t i = 0; i < p->t.tags.n; i++) {
    cables_note(p, "tags", p->t.tags.items[i], "tags_line", p->tags.start,
                p->tags.end - p->tags.start);
  }
  cables_note(p, "tags_printed", p->t.tags_printed, "tags_line", p->tags.start,
              p->tags.end - p->tags.start);
}

bool cables_tags_continue(CablesParser *p, size_t last, size_t i) {
  CablesSpan before = cables_line_text(p, &p->lines[last]);
  CablesSpan s = cables_line_text(p, &p->lines[i]);
  if (before.n > 0 && before.z[before.n - 1] == ',') return true;
  if (s.n > 120) return false;
  size_t word = before.n;
  while (word > 0 && before.z[word - 1] != ' ') word--;
  CablesSpan tail = cables_sub(before, word, before.n);
  CablesSpan both =
      cables_format(p, "%.*s %.*s", (int)tail.n, tail.z, (int)s.n, s.z);
  for (size_t t = 0; t < sizeof(terms) / sizeof(*terms); t++) {
    if (cables_equal_nocase(both, terms[t])) return true;
  }
  CablesSpan upper = cables_upper(p, s);
  size_t codes = 0;
  for (size_t at = 0; at < upper.n;) {
    size_t n = 0;
    /* A name in brackets goes on with the line too. */
    const char *close =
        upper.z[at] == '(' ? memchr(upper.z + at, ')', upper.n - at) : NULL;
    if (close != NULL) {
      codes++;
      at = (size_t)(close - upper.z) + 1;
      continue;
    }
    while (at + n < upper.n && strchr(" ,", upper.z[at + n]) == NULL) n++;
    if (n > 0) {
      if (cables_tag_find(cables_sub(upper, at, n)) == NULL) return false;
      codes++;
    }
    at += n + 1;
  }
  return codes > 0;
}
