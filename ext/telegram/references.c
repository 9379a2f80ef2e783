/*
** The REF block: enumerated items, cables in every spelling, e-mails and other
** documents.  Sources: modern.md 7; 1970s.md 6.6.
**
** The joined block is cut into tokens; labels (A., (B), REF C:) and semicolons
** cut the tokens into items; in each item a number behind the name of a post
** is a cable.
*/
#include <string.h>

#include "refid.h"
#include "reftokens.h"
#include "words.h"

/* --- labels (modern.md 7.2, "enum") */

/* The letter of a single-letter token, upper case, or 0. */
static char letter_of(const Refs *r, size_t i) {
  if (!is_any_word(r, i) || r->t[i].n != 1) return 0;
  return cables_to_upper(r->s.z[r->t[i].at]);
}

/* Whether a letter can be the next label: the first is A (or B or C where the
** line with A was lost), later ones repeat it or go on. */
static bool plausible(const Refs *r, char letter, size_t i) {
  if (letter == 0) return false;
  if (r->label == 0) return letter == 'A' || (i == 0 && letter <= 'C');
  return letter >= r->label && letter <= r->label + 3;
}

/* Whether a known post and its number follow at i: "A WELLINGTON 721". */
static bool post_follows(const Refs *r, size_t i) {
  if (is_number(r, i) && r->t[i].digits <= 4) i++;
  size_t k = i;
  while (k < i + 4 && is_any_word(r, k) && r->t[k].n > 1) k++;
  return k > i && is_number(r, k);
}

/* The letter of a label at token k, with the bracket that opened before it:
** "A.", "(A)", "A -", or a letter alone before a reference.  start: the token
** where the item begins.  Sets the label, gives the number of tokens, or 0. */
static size_t letter_label(Refs *r, size_t k, bool open, size_t start) {
  char letter = letter_of(r, k);
  if (!plausible(r, letter, start)) return 0;
  bool closed = is_mark(r, k + 1, ')') || is_mark(r, k + 1, ']');
  bool dotted = is_mark(r, k + 1, '.') || is_mark(r, k + 1, ':');
  bool dashed = is_mark(r, k + 1, '-') && r->t[k + 1].spaced;
  if (closed || (!open && (dotted || dashed))) {
    r->label = letter;
    return 2;
  }
  bool capital = k > start || r->s.z[r->t[k].at] == letter;
  if (open || !capital || !post_follows(r, k + 1)) return 0;
  r->label = letter;
  return 1;
}

/* A numeric label at token k: (1), 1., 1).  They go up one by one. */
static size_t numeric_label(Refs *r, size_t k) {
  if (!is_number(r, k) || r->t[k].digits > 2 || r->label != 0 ||
      r->t[k].number != r->numeral + 1) {
    return 0;
  }
  bool closed = is_mark(r, k + 1, ')');
  bool first = k == 0 || r->t[k].wide || is_mark(r, k - 1, ';') ||
               is_mark(r, k - 1, ',');
  bool dotted = is_mark(r, k + 1, '.') && first;
  if (!closed && !dotted) return 0;
  r->numeral++;
  return 2;
}

/* The label at token i: sets it, gives the number of its tokens, or 0. */
static size_t label_at(Refs *r, size_t i) {
  size_t k = i;
  if (is_word(r, k, "REF") || is_word(r, k, "REFTEL")) k++;
  bool open = is_mark(r, k, '(') || is_mark(r, k, '[');
  if (open) k++;
  size_t used = letter_label(r, k, open, i);
  if (used == 0) used = numeric_label(r, k);
  return used > 0 ? k - i + used : 0;
}

/* --- kinds of items that are no cables */

/* The kind of an item that names another document, or NULL. */
static const char *document_kind(const Refs *r, size_t from, size_t to) {
  static const char *const mail[] = {"EMAIL", "EMAILS", "E-MAIL", "E-MAILS",
                                     NULL};
  static const char *const phone[] = {"TELCON",   "TELCONS", "TELEPHONE",
                                      "PHONE",    "TELECON", "TELECONS",
                                      "PHONECON", "PHONCON", NULL};
  static const char *const report[] = {
      "IIR", "TD", "OSC", "HOTR", "REPORT", "REPORTS", "TDX", "FBIS", NULL};
  for (size_t i = from; i < to; i++) {
    if (is_one_of(r, i, mail)) return "email";
    if (is_one_of(r, i, phone)) return "telcon";
    if (cables_starts(text_of(r, i), CABLES_LIT("DTG"))) return "dtg";
    if (is_one_of(r, i, report)) return "report";
  }
  return NULL;
}

/* Whether the item holds a date-time group: 301601Z. */
static bool has_dtg(const Refs *r, size_t from, size_t to) {
  for (size_t i = from; i + 1 < to; i++) {
    if (is_number(r, i) && r->t[i].digits == 6 && r->t[i + 1].n <= 4 &&
        cables_starts(text_of(r, i + 1), CABLES_LIT("Z"))) {
      return true;
    }
  }
  return false;
}

/* Whether s names a month, or is the zone of a date-time group that ran into
** its month: 301601ZJAN 09 (modern.md 7.3: DTG261447ZNOV08). */
static bool names_month(CablesSpan s) {
  if (cables_starts(s, CABLES_LIT("Z"))) s = cables_sub(s, 1, s.n);
  return cables_month_from_name(s) > 0;
}

/* Words that stand before a number without being a post (modern.md 7.4). */
static bool is_stop_word(const Refs *r, size_t i) {
  static const char *const words[] = {
      "REPORT",   "REPORTS", "POINTS",     "DAILY",   "SECTION", "PARAGRAPH",
      "PARA",     "PARAS",   "TELCON",     "UNSCR",   "UNSC",    "RESOLUTION",
      "FAM",      "FAH",     "IIR",        "TD",      "OSC",     "DTG",
      "CIRCULAR", "NO",      "NUMBER",     "PAGE",    "PART",    "TELEGRAMS",
      "TELEGRAM", "CHAPTER", "ARTICLE",    "SEC",     "SUBJECT", "CA",
      "AIRGRAM",  "OF",      "DATED",      "ON",      "EXP",     "LIC",
      "APPENDIX", "ITEM",    "PARAGRAPHS", "VERSION", "LETTER",  "MEMO",
      "NOTE",     "AND",     "THRU",       "THROUGH", "HR",      "SENSITIVE",
      "EO",       "USC",     "PL",         "INCSR",   NULL};
  return names_month(text_of(r, i)) || is_one_of(r, i, words);
}

/* Words in front of a post that do not belong to it. */
static bool is_lead_word(const Refs *r, size_t i) {
  static const char *const words[] = {
      "AND",    "REF",   "REFS",  "SEE", "ALSO",  "PRIOR",  "PREVIOUS", "NOTAL",
      "REFTEL", "EXDIS", "NODIS", "OR",  "CABLE", "SEPTEL", "PREV",     NULL};
  return is_one_of(r, i, words);
}

/* --- cables */

/* The years that a two-digit number behind a serial can mean. */
static bool plausible_year(long yy, int digits) {
  if (digits == 2) return yy >= 66 || yy <= 12;
  return digits == 4 && yy >= 1966 && yy <= 2012;
}

/* The full year of a plausible one as printed: 08, 2008, 094 (a typing error),
** '08. */
static int year_of(const Token *t) {
  return cables_full_year((int)(t->number % 100));
}

/* Adds one reference. */
static void add_reference(Refs *r, CablesReference ref, size_t from,
                          size_t end) {
  CablesParser *p = r->p;
  if (r->label != 0) ref.label = cables_format(p, "%c", r->label);
  if (r->label == 0 && r->numeral > 0) {
    ref.label = cables_format(p, "%d", r->numeral);
  }
  /* A word or number is in it. */
  CablesSpan printed = cables_trim(cables_sub(r->s, from, end - from));
  while (strchr(",;:&", printed.z[printed.n - 1]) != NULL) {
    printed = cables_trim(cables_sub(printed, 0, printed.n - 1));
  }
  ref.printed = cables_folded(p, printed);
  if (ref.printed.z == NULL) return;
  ref.start = cables_joined_source(&p->refs, from);
  ref.length =
      cables_joined_source(&p->refs, from + printed.n - 1) + 1 - ref.start;
  CablesTelegram *t = &p->t;
  if (ref.refid.z != NULL && cables_equal(ref.refid, t->refid)) return;
  CablesReference *grown =
      cables_arena_grow(&p->arena, t->references, t->n_references, sizeof(ref));
  if (grown == NULL) return;
  t->references = grown;
  t->references[t->n_references++] = ref;
  cables_note(p, "refs", ref.refid.z ? ref.refid : ref.printed,
              ref.refid.z ? "reference" : ref.kind, ref.start, ref.length);
}

/* The note behind a cable: (NOTAL), AND PREVIOUS; moves *i behind it.  What
** ends an item, a mark or the next label, is none. */
static CablesSpan take_note(const Refs *r, size_t *i) {
  size_t k = *i;
  bool open = is_mark(r, k, '(');
  if (open) k++;
  static const char *const notes[] = {"NOTAL", "EXDIS", "NODIS", NULL};
  if (is_one_of(r, k, notes)) {
    CablesSpan note = text_of(r, k);
    *i = k + 1 + (open && is_mark(r, k + 1, ')'));
    return note;
  }
  if (is_word(r, k, "AND") || is_mark(r, k, '&')) {
    if (is_word(r, k + 1, "ALL")) k++;
    if (is_word(r, k + 1, "PREVIOUS") || is_word(r, k + 1, "PREV")) {
      *i = k + 2;
      return CABLES_LIT("AND PREVIOUS");
    }
    if (is_word(r, k + 1, "PRIOR")) {
      *i = k + 2;
      return CABLES_LIT("AND PRIOR");
    }
  }
  return CABLES_NO_SPAN;
}

/* The year behind a serial: (08), (2002), -01, /08, or "07718 99,"; moves *i
** behind it.  0 when there is none.  A number behind the item is the label of
** the next one: "(9) LIMA 71 (10) QUITO 12". */
static int take_year_behind(const Refs *r, size_t *i, size_t to) {
  size_t k = *i;
  if (k >= to) return 0;
  if (is_mark(r, k, '(') && is_number(r, k + 1) && is_mark(r, k + 2, ')') &&
      plausible_year(r->t[k + 1].number, r->t[k + 1].digits)) {
    *i = k + 3;
    return year_of(&r->t[k + 1]);
  }
  bool joint = (is_mark(r, k, '-') || is_mark(r, k, '/')) && !r->t[k].spaced;
  if (joint && is_number(r, k + 1) && !r->t[k + 1].spaced &&
      r->t[k + 1].digits == 2 && plausible_year(r->t[k + 1].number, 2) &&
      !is_mark(r, k + 2, '/') && !is_mark(r, k + 2, '-')) {
    *i = k + 2;
    return year_of(&r->t[k + 1]);
  }
  if (is_number(r, k) && r->t[k].digits == 2 && r->t[k - 1].digits >= 3 &&
      plausible_year(r->t[k].number, 2) &&
      (k + 1 >= to || is_mark(r, k + 1, ',') || is_mark(r, k + 1, ';'))) {
    *i = k + 1;
    return year_of(&r->t[k]);
  }
  return 0;
}

/* Adds a cable whose serial is token *i; moves *i behind it and its note. */
static void add_cable(Refs *r, size_t from, size_t *i, size_t to, int year) {
  CablesParser *p = r->p;
  long serial = r->t[*i].number;
  r->cables++;
  ++*i;
  int behind = take_year_behind(r, i, to);
  int printed_year = behind > 0 ? behind : year;
  if (printed_year == 0) printed_year = p->t.year;
  size_t end = r->t[*i - 1].at + r->t[*i - 1].n;
  CablesReference ref = {.kind = "cable"};
  ref.note = take_note(r, i);
  r->year = behind > 0 ? 0 : year;
  if (printed_year > 0) {
    CablesBuf b = {0};
    cables_refid_print(&b, (CablesRefid){printed_year, r->post, serial});
    if (b.oom) p->arena.oom = true;
    ref.refid = cables_arena_copy(&p->arena, cables_buf_get(&b));
    cables_buf_free(&b);
  }
  add_reference(r, ref, r->t[from].at, end);
}

/* Joins the words of tokens [from, to) that are no marks. */
static CablesSpan joined_words(const Refs *r, size_t from, size_t to) {
  size_t start = r->t[from].at;
  return cables_sub(r->s, start, r->t[to - 1].at + r->t[to - 1].n - start);
}

/* The post that the words [from, to) name. */
static CablesSpan post_of(const Refs *r, size_t from, size_t to) {
  if (to - from > 5) return CABLES_NO_SPAN;
  bool known = false;
  CablesSpan words = joined_words(r, from, to);
  if (words.n > 40 || is_stop_word(r, from)) return CABLES_NO_SPAN;
  CablesSpan post = cables_post_canonical(words, &r->p->arena, &known);
  if (known) return post;
  for (size_t i = to; i-- > from;) {
    if (is_stop_word(r, i)) return CABLES_NO_SPAN;
  }
  /* A name that no table has is a post when it is short and in capitals, and
  ** has three letters. */
  if (to - from > 3 || post.n < 3) return CABLES_NO_SPAN;
  for (size_t i = words.n; i-- > 0;) {
    if (cables_is_lower(words.z[i])) return CABLES_NO_SPAN;
  }
  return cables_refid_post(post, &r->p->arena);
}

/* Whether token i is a year that stands before a post: the words behind it
** end in a number. */
static bool leads_post(const Refs *r, size_t i, size_t to) {
  const Token *t = &r->t[i];
  if (to > i + 12) to = i + 12;
  if (!(t->digits == 2 || (t->digits == 4 && plausible_year(t->number, 4)) ||
        (t->digits == 3 && r->s.z[t->at] == '0'))) {
    return false;
  }
  size_t k = i + 1;
  while (is_mark(r, k, '-') || is_mark(r, k, '.') || is_mark(r, k, ')') ||
         is_mark(r, k, '/')) {
    k++;
  }
  size_t words = 0;
  while (k < to && (is_any_word(r, k) || is_mark(r, k, '.'))) {
    if (is_lead_word(r, k)) return false;
    words += is_any_word(r, k);
    k++;
  }
  while (k < to && (is_mark(r, k, '-') || is_mark(r, k, '#') ||
                    is_mark(r, k, ':') || is_mark(r, k, '('))) {
    k++;
  }
  return words > 0 && words <= 5 && is_number(r, k);
}

/* Whether a mark may stand between a post and its number; so may a comma. */
static bool is_joint(const Refs *r, size_t i) {
  return is_mark(r, i, '#') || is_mark(r, i, ':') || is_mark(r, i, '-') ||
         is_mark(r, i, '.');
}

/* Skips the bracket that opens at i; gives the token behind it.  A single
** letter or a year in it is looked at by the caller. */
static size_t behind_bracket(const Refs *r, size_t i, size_t to) {
  int depth = 0;
  for (size_t k = i; k < to; k++) {
    if (is_mark(r, k, '(')) depth++;
    if (is_mark(r, k, ')') && --depth == 0) return k + 1;
  }
  return to;
}

/* State of the reading inside one item. */
typedef struct Item {
  size_t words;   /* first token of the words read since the last cable */
  size_t n_words; /* their number */
  int year;       /* year that stood before them */
  size_t year_at; /* its token */
  bool list;      /* a separator of a list stands before */
  bool any;       /* a cable was found, and no other number since */
} Item;

/* The post whose serial token i is, from the words in front of it. */
static CablesSpan post_before(const Refs *r, const Item *it, size_t i) {
  if (it->n_words == 0) return CABLES_NO_SPAN;
  size_t end = i;
  while (!is_any_word(r, end - 1)) end--;
  return post_of(r, it->words, end);
}

/* Whether token i is the serial of the last post: in a list behind it, or
** alone under a label (modern.md 7.4, "sticky post").  begin: first token of
** the item. */
static bool is_sticky(Refs *r, const Item *it, size_t i, size_t begin) {
  bool alone =
      i == begin && (r->label != 0 || r->numeral > 0) && r->t[i].digits >= 2;
  if (!alone && !(it->any && it->list && it->n_words == 0)) return false;
  if (r->post.z == NULL) r->post = r->own;
  return r->post.z != NULL;
}

/* Whether token i is the number of an airgram or of another document, glued to
** one or two letters: "LONDON A-391", "CA-2833" (1970s.md 6.6). */
static bool is_document_number(const Refs *r, size_t i) {
  return i >= 2 && is_mark(r, i - 1, '-') && !r->t[i].spaced &&
         !r->t[i - 1].spaced && is_any_word(r, i - 2) && r->t[i - 2].n <= 2;
}

/* Whether a number can be a serial. */
static bool fits(const Token *t) { return t->number > 0 && t->digits <= 7; }

/* A number of an item: the serial of a post, of the last post, a year, or
** nothing.  Moves *i behind it. */
static void item_number(Refs *r, Item *it, size_t *i, size_t to, size_t begin) {
  const Token *t = &r->t[*i];
  bool usable = fits(t) && !is_document_number(r, *i);
  bool glued = is_any_word(r, *i + 1) && !r->t[*i + 1].spaced;
  size_t from = it->words;
  CablesSpan post = CABLES_NO_SPAN;
  if (usable && !glued) post = post_before(r, it, *i);
  if (post.z != NULL) {
    /* The year may stand between: STATE 78 260185 (1970s.md 6.6). */
    if (t->digits == 2 && is_number(r, *i + 1) && r->t[*i + 1].digits >= 3 &&
        fits(&r->t[*i + 1])) {
      it->year = year_of(t);
      it->year_at = from;
      ++*i;
    }
    r->post = post;
    add_cable(r, it->year > 0 ? it->year_at : from, i, to, it->year);
    *it = (Item){.any = true};
  } else if (leads_post(r, *i, to)) {
    *it = (Item){.year = year_of(t), .year_at = *i, .any = it->any};
    ++*i;
  } else if (usable && !glued && is_sticky(r, it, *i, begin)) {
    add_cable(r, *i, i, to, *i > begin ? r->year : 0);
    *it = (Item){.any = true};
  } else {
    /* Behind a date ("MAY 1, 1974") no number belongs to the last post. */
    *it = (Item){.any = it->any && it->n_words == 0};
    ++*i;
  }
}

/* A mark of an item. */
static void item_mark(Refs *r, Item *it, size_t *i, size_t to) {
  if (is_mark(r, *i, '(') || is_mark(r, *i, '[')) {
    bool year = is_number(r, *i + 1) && is_mark(r, *i + 2, ')');
    if (year && plausible_year(r->t[*i + 1].number, r->t[*i + 1].digits)) {
      it->year = year_of(&r->t[*i + 1]);
      it->year_at = it->n_words > 0 ? it->words : *i;
    } else if (letter_of(r, *i + 1) == 0) {
      it->n_words = 0;
    }
    *i = behind_bracket(r, *i, to);
    return;
  }
  bool separator = is_mark(r, *i, ',') || is_mark(r, *i, '/') ||
                   is_mark(r, *i, '&') || is_mark(r, *i, ';');
  if (separator) {
    it->list = true;
    if (!is_mark(r, *i, ',') || !is_number(r, *i + 1)) it->n_words = 0;
  } else if (!is_joint(r, *i)) {
    it->n_words = 0;
  }
  ++*i;
}

/* Finds the cables of tokens [from, to); gives whether there was one. */
static bool read_cables(Refs *r, size_t from, size_t to) {
  Item it = {0};
  size_t before = r->cables;
  for (size_t i = from; i < to;) {
    const Token *t = &r->t[i];
    if (t->kind == TOKEN_NUMBER) {
      item_number(r, &it, &i, to, from);
    } else if (is_any_word(r, i)) {
      if (is_word(r, i, "AND")) it.list = true;
      if (is_lead_word(r, i)) {
        it.n_words = 0;
      } else {
        if (it.n_words == 0) it.words = i;
        it.n_words++;
      }
      i++;
    } else {
      item_mark(r, &it, &i, to);
    }
  }
  return r->cables > before;
}

/* --- items */

/* Whether the item says that there is nothing: NONE, N/A. */
static bool says_nothing(const Refs *r, size_t from, size_t to) {
  size_t words = 0;
  for (size_t i = from; i < to; i++) words += r->t[i].kind != TOKEN_MARK;
  return words == 0 ||
         (words <= 2 && (is_word(r, from, "NONE") || is_word(r, from, "N") ||
                         is_lead_word(r, from)));
}

/* Adds a document that is no cable. */
static void add_document(Refs *r, size_t from, size_t to, const char *kind) {
  if (says_nothing(r, from, to)) return;
  CablesReference ref = {.kind = kind};
  add_reference(r, ref, r->t[from].at, r->t[to - 1].at + r->t[to - 1].n);
}

/* One part of an item, without semicolons; it may be empty. */
static void read_part(Refs *r, size_t from, size_t to) {
  while (is_mark(r, from, ',')) from++;
  const char *kind = document_kind(r, from, to);
  if (kind == NULL) {
    if (!read_cables(r, from, to)) {
      add_document(r, from, to, has_dtg(r, from, to) ? "dtg" : "other");
    }
    return;
  }
  /* A cable may stand beside the document, behind a comma. */
  for (size_t i = from; i < to; i++) {
    if (!is_mark(r, i, ',')) continue;
    if (document_kind(r, from, i) == NULL ||
        document_kind(r, i + 1, to) == NULL) {
      read_part(r, from, i);
      read_part(r, i + 1, to);
      return;
    }
  }
  add_document(r, from, to, kind);
}

/* One labelled item, or nothing: its parts are separated by semicolons. */
static void read_item(Refs *r, size_t from, size_t to) {
  size_t start = from;
  int depth = 0;
  for (size_t i = from; i < to; i++) {
    if (is_mark(r, i, '(')) depth++;
    if (is_mark(r, i, ')') && depth > 0) depth--;
    if (depth == 0 && is_mark(r, i, ';')) {
      read_part(r, start, i);
      start = i + 1;
    }
  }
  read_part(r, start, to);
}

/* A longer block is no REF block; what is behind is not looked at. */
enum { MAX_BLOCK = 32768 };

/* A copy of the block with page lines inside it blanked out. */
static CablesSpan without_pages(CablesParser *p, CablesSpan s) {
  s = cables_arena_copy(&p->arena, cables_sub(s, 0, MAX_BLOCK));
  if (s.z == NULL) return s;
  char *z = cables_arena_alloc(&p->arena, s.n);
  if (z == NULL) return CABLES_NO_SPAN;
  memcpy(z, s.z, s.n);
  for (size_t at = 0;;) {
    CablesSpan rest = cables_sub(s, at, s.n);
    size_t page = cables_find(rest, CABLES_LIT("PAGE "));
    CablesMatch m;
    if (page == (size_t)-1) break;
    rest = cables_sub(rest, page, 80);
    at += page + 5;
    if (cables_match(p->patterns, PATTERN_PAGE_LINE, rest, 0, &m) &&
        m.group[2].z != NULL) {
      memset(z + at - 5, ' ', m.end);
    }
  }
  return (CablesSpan){z, s.n};
}

void cables_parse_references(CablesParser *p) {
  if (p->refs.text.z == NULL) return;
  Refs r = {.p = p, .s = without_pages(p, p->refs.text)};
  if (r.s.z == NULL || !cables_ref_tokens(&r)) return;
  if (p->class_post.z != NULL) {
    r.own = cables_post_canonical(p->class_post, &p->arena, NULL);
  }
  size_t start = 0;
  for (size_t i = 0; i < r.n;) {
    char label = r.label;
    int numeral = r.numeral;
    bool boundary =
        r.t[i].spaced || is_mark(&r, i - 1, ';') || is_mark(&r, i - 1, ',');
    size_t used = boundary ? label_at(&r, i) : 0;
    if (used == 0) {
      i++;
      continue;
    }
    char next_label = r.label;
    int next_numeral = r.numeral;
    r.label = label;
    r.numeral = numeral;
    read_item(&r, start, i);
    r.label = next_label;
    r.numeral = next_numeral;
    i += used;
    start = i;
  }
  read_item(&r, start, r.n);
}

bool cables_is_reference_start(CablesParser *p, CablesSpan s) {
  CablesSpan head = cables_sub(s, 0, 48);
  Refs r = {.p = p, .s = head};
  if (!cables_ref_tokens(&r)) return false;
  size_t i = 0;
  if (is_number(&r, 0) && r.t[0].digits <= 4) i++;
  size_t from = i;
  while (i < from + 4 && is_any_word(&r, i)) i++;
  if (i == from || !is_number(&r, i) || r.t[i].digits > 7) return false;
  bool known = false;
  cables_post_canonical(joined_words(&r, from, i), &p->arena, &known);
  return known;
}

bool cables_is_listed_reference(CablesParser *p, CablesSpan s) {
  size_t i = 0;
  if (s.n > 2 && s.z[0] == '(' && s.z[2] == ')') {
    return cables_is_reference_start(p, cables_trim(cables_sub(s, 3, s.n)));
  }
  while (i < s.n && i < 2 && cables_is_digit(s.z[i])) i++;
  if (i == 0 || i == s.n || s.z[i] != '.') return false;
  return cables_is_reference_start(p, cables_trim(cables_sub(s, i + 1, s.n)));
}
