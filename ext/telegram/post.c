/*
** Names of posts: from any spelling to the canonical code (modern.md 7.4 and
** 10.2, 1970s.md 9).  A name is first looked up as it is, and only when it is
** neither a post nor an alias the rules for damaged names are tried, so that
** no real name is ever turned into another.
*/
#include "post.h"

#include <string.h>

#include "reference_index.h"
#include "refid.h"

static CablesSpan drop(CablesSpan s, size_t n) { return cables_sub(s, n, s.n); }

static bool ends(CablesSpan s, CablesSpan tail) {
  /* A tail that is longer than s leaves nothing of it. */
  return cables_equal(drop(s, s.n - tail.n), tail);
}

/* ------------------------------------------------------------------------ */
/* Letters */

/* What U+00C0..U+00FF are without their accents; a blank for no letter. */
static const char latin[] =
    "AAAAAAACEEEEIIIIDNOOOOO OUUUUY S"
    "AAAAAAACEEEEIIIIDNOOOOO OUUUUY Y";

size_t cables_post_letters(CablesSpan name, char *z, size_t room) {
  size_t n = 0;
  for (size_t i = 0; i < name.n; i++) {
    char c = cables_to_upper(name.z[i]);
    if (c == '0') c = 'O';
    if ((unsigned char)c == 0xc3 && i + 1 < name.n) {
      unsigned next = (unsigned char)name.z[i + 1];
      if ((next & 0xc0) == 0x80) c = latin[next & 0x3f];
    }
    if (!cables_is_upper(c)) continue;
    if (n < room) z[n] = c;
    n++;
  }
  return n;
}

/* ------------------------------------------------------------------------ */
/* Names that are spelt right */

/* Words in front of the name of a post in addresses and citations.  A weak one
** is dropped only where the rest is a post. */
typedef struct Station {
  const char *word;
  bool weak;
} Station;

static const Station stations[] = {
    {"AMEMBASSY", false},
    {"AMCONSULATE", false},
    {"AMCONSUL", false},
    {"AMCONGEN", false},
    {"AMCON", false},
    {"AMERICAN", false},
    {"USEMBASSY", false},
    {"USMISSION", false},
    {"USCONSULATE", false},
    {"EMBASSY", false},
    {"CONSULATEGENERAL", false},
    {"CONSULATE", false},
    {"USOFFICE", true},
    {"USINT", true},
    {"USLO", true},
    {"USDEL", true},
    {"MISSION", true},
    {"CONSUL", true},
    {"CONGEN", true},
    {"AMEMB", true},
    {"REO", true},
    {"PRT", true},
    {"US", true},
};

static const CablesPost *look(CablesSpan s) {
  const CablesPost *post = cables_post_find(s);
  return post != NULL ? post : cables_post_find_alias(s);
}

/* Drops one station word in front of s.  False when there is none. */
static bool drop_station(CablesSpan *s) {
  for (size_t i = 0; i < sizeof(stations) / sizeof(stations[0]); i++) {
    CablesSpan word = cables_span(stations[i].word);
    if (!cables_starts(*s, word)) continue;
    CablesSpan rest = drop(*s, word.n);
    if (stations[i].weak && look(rest) == NULL) continue;
    *s = rest;
    return true;
  }
  return false;
}

const CablesPost *cables_post_spelled(CablesSpan letters, CablesSpan *rest) {
  const CablesPost *post = look(letters);
  while (post == NULL && drop_station(&letters)) post = look(letters);
  if (rest != NULL) *rest = letters;
  return post;
}

/* ------------------------------------------------------------------------ */
/* Names with something too much, but whole */

static const char *const words[] = {
    "APR",        "APRIL",   "AUG",      "AUGUST",   "BORDER",   "CIRCULAR",
    "DAILY",      "DATED",   "DEC",      "DECEMBER", "DTG",      "EMAIL",
    "EMAILS",     "FAH",     "FAM",      "FAX",      "FEB",      "FEBRUARY",
    "IIR",        "JAN",     "JANUARY",  "JUL",      "JULY",     "JUN",
    "JUNE",       "LETTER",  "MAR",      "MARCH",    "MAY",      "MEDAL",
    "MEMO",       "MESSAGE", "NOV",      "NOVEMBER", "NUMBER",   "OCT",
    "OCTOBER",    "OSC",     "PAGE",     "PAGES",    "PARA",     "PARAGRAPH",
    "PARAGRAPHS", "PARAS",   "PART",     "PARTS",    "PARTY",    "POINT",
    "POINTS",     "REF",     "REFS",     "REFTEL",   "REPORT",   "REPORTS",
    "RESOLUTION", "SECTION", "SECTIONS", "SEP",      "SEPT",     "SEPTEMBER",
    "STAGE",      "START",   "TELCON",   "TELCONS",  "TELEGRAM", "UNSC",
    "UNSCR",      "URBAN",   "VERSION",
};

bool cables_post_is_word(CablesSpan letters) {
  for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
    if (cables_equal(letters, cables_span(words[i]))) return true;
  }
  return false;
}

/* COLOMBO CABLES, SECDEF WASHDC: a word behind the post. */
static const CablesPost *without_tail(CablesSpan s) {
  static const char *const tails[] = {"CABLES",       "CABLE",  "TELEGRAM",
                                      "WASHINGTONDC", "WASHDC", "WASHINGTON",
                                      "REFTEL"};
  for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
    CablesSpan tail = cables_span(tails[i]);
    if (ends(s, tail)) return look(cables_sub(s, 0, s.n - tail.n));
  }
  return NULL;
}

/* BERNSZ: the code of the post's own country behind the post, from TAGS or
** ISO 3166. */
static const CablesPost *without_country(CablesSpan s) {
  if (s.n < 6) return NULL;
  const CablesPost *post = cables_post_find(cables_sub(s, 0, s.n - 2));
  if (post == NULL || post->iso2 == NULL) return NULL;
  CablesSpan code = drop(s, s.n - 2);
  CablesSpan iso2 = cables_span(post->iso2);
  if (cables_equal(code, iso2)) return post;
  for (size_t i = 0; i < cables_n_countries; i++) {
    const CablesCountry *c = &cables_countries[i];
    if (c->iso2 != NULL && cables_equal(cables_span(c->iso2), iso2) &&
        cables_equal(cables_span(c->code), code)) {
      return post;
    }
  }
  return NULL;
}

/* SAINT PETERSBURG, ST JOHN: saints short and in full. */
static const CablesPost *other_saint(CablesSpan s) {
  char z[CABLES_POST_LETTERS + 3];
  size_t cut = cables_starts(s, CABLES_LIT("SAINT")) ? 5 : 2;
  if (s.n < 6 || !cables_starts(s, CABLES_LIT("S"))) return NULL;
  if (cut == 2 && s.z[1] != 'T') return NULL;
  CablesSpan head = cut == 5 ? CABLES_LIT("ST") : CABLES_LIT("SAINT");
  memcpy(z, head.z, head.n);
  memcpy(z + head.n, s.z + cut, s.n - cut);
  return look((CablesSpan){z, head.n + s.n - cut});
}

/* STATESTATE: the name twice. */
static const CablesPost *doubled(CablesSpan s) {
  CablesSpan half = cables_sub(s, 0, s.n / 2);
  if (s.n < 8 || !cables_equal(half, drop(s, half.n))) return NULL;
  return look(half);
}

/* ------------------------------------------------------------------------ */
/* Names with letters lost or wrong */

/* Chooses among the posts that fit: the best rank wins if one post only has
** it. */
typedef struct Choice {
  const CablesPost *post; /* the best so far, or NULL */
  int rank;               /* its rank */
  bool tie;               /* another post has the same */
} Choice;

static void choose(Choice *c, const CablesPost *post, int rank) {
  if (post == c->post) return;
  if (rank > c->rank) {
    *c = (Choice){post, rank, false};
  } else if (rank == c->rank) {
    c->tie = true;
  }
}

/* Posts that still send telegrams come before closed ones, and those before
** names so short that everything is near them. */
static int rank_of(const CablesPost *post) {
  bool is_long = strlen(post->post) >= 5;
  return 1 + 2 * is_long + cables_post_current[post - cables_posts];
}

/* Whether a and b differ by one letter missing, surplus or wrong, or by two
** neighbours swapped, or not at all. */
static bool within_one(CablesSpan a, CablesSpan b) {
  if (a.n > b.n) return within_one(b, a);
  if (b.n - a.n > 1) return false;
  size_t i = 0;
  while (i < a.n && a.z[i] == b.z[i]) i++;
  if (a.n < b.n) return cables_equal(drop(a, i), drop(b, i + 1));
  if (cables_equal(drop(a, i + 1), drop(b, i + 1))) return true;
  /* So two letters follow at least. */
  return a.z[i] == b.z[i + 1] && a.z[i + 1] == b.z[i] &&
         cables_equal(drop(a, i + 2), drop(b, i + 2));
}

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

/* The Damerau-Levenshtein distance of a and of b, a name of the tables; no
** letter is moved twice.  Some number above 2 when it is more. */
static unsigned distance(CablesSpan a, CablesSpan b) {
  unsigned char rows[3][CABLES_POST_LETTERS + 1];
  if (a.n > b.n + 2 || b.n > a.n + 2) return 3;
  for (size_t j = 0; j < sizeof(rows[0]); j++) rows[0][j] = (unsigned char)j;
  for (size_t i = 1; i <= a.n; i++) {
    unsigned char *row = rows[i % 3];
    const unsigned char *above = rows[(i + 2) % 3];
    const unsigned char *second = rows[(i + 1) % 3];
    row[0] = (unsigned char)i;
    for (size_t j = 1; j <= b.n; j++) {
      unsigned d = least(above[j], row[j - 1]) + 1U;
      d = least(d, above[j - 1] + (a.z[i - 1] == b.z[j - 1] ? 0U : 1U));
      if (i > 1 && j > 1 && a.z[i - 1] == b.z[j - 2] &&
          a.z[i - 2] == b.z[j - 1]) {
        d = least(d, second[j - 2] + 1U);
      }
      row[j] = (unsigned char)d;
    }
  }
  return rows[a.n % 3][b.n];
}

/* QXICO, BEIRUTQ: a Q of noise stands for some letters. */
static const CablesPost *noise(CablesSpan s) {
  const char *q = memchr(s.z, 'Q', s.n);
  if (q == NULL) return NULL;
  CablesSpan head = cables_sub(s, 0, (size_t)(q - s.z));
  CablesSpan tail = drop(s, head.n + 1);
  Choice c = {NULL, 0, false};
  for (size_t i = 0; i < cables_n_posts; i++) {
    CablesSpan name = cables_span(cables_posts[i].post);
    if (name.n + 1 < s.n || name.n > s.n + 3) continue;
    if (cables_starts(name, head) && ends(name, tail)) {
      choose(&c, &cables_posts[i], 1);
    }
  }
  return c.tie ? NULL : c.post;
}

/* PORTAUPR: the first six letters or more of one post.  *several: the first of
** more than one, as PORTO and MOGADI, which are then not to be guessed in
** another way. */
static const CablesPost *cut_short(CablesSpan s, bool *several) {
  Choice c = {NULL, 0, false};
  for (size_t i = 0; i < cables_n_posts; i++) {
    if (cables_starts(cables_span(cables_posts[i].post), s)) {
      choose(&c, &cables_posts[i], 1);
    }
  }
  *several = c.tie;
  return c.tie || s.n < 6 ? NULL : c.post;
}

/* Whether an alias is a spelling of the whole name: not one of the cut forms,
** which are near to too many other words. */
static bool is_whole(CablesSpan alias, const CablesPost *post) {
  return alias.n >= 6 && !cables_starts(cables_span(post->post), alias);
}

/* One letter missing, surplus, wrong or swapped: in a code, or else in an
** alias. */
static const CablesPost *one_letter(CablesSpan s) {
  Choice c = {NULL, 0, false};
  for (size_t i = 0; i < cables_n_posts; i++) {
    const CablesPost *post = &cables_posts[i];
    if (within_one(s, cables_span(post->post))) {
      choose(&c, post, rank_of(post));
    }
  }
  if (c.post != NULL) return c.tie ? NULL : c.post;
  for (size_t i = 0; i < cables_n_aliases; i++) {
    CablesSpan name = cables_span(cables_aliases[i].name);
    const CablesPost *post = &cables_posts[cables_aliases[i].post];
    if (is_whole(name, post) && within_one(s, name)) {
      choose(&c, post, rank_of(post));
    }
  }
  return c.tie ? NULL : c.post;
}

/* Two letters, in a long code. */
static const CablesPost *two_letters(CablesSpan s) {
  Choice c = {NULL, 0, false};
  for (size_t i = 0; i < cables_n_posts; i++) {
    const CablesPost *post = &cables_posts[i];
    if (distance(s, cables_span(post->post)) <= 2) {
      choose(&c, post, rank_of(post));
    }
  }
  return c.tie ? NULL : c.post;
}

/* AMEMBASY HANOI: a misspelt station word before a post; the longest post
** counts. */
static const CablesPost *bad_station(CablesSpan s) {
  static const char *const fronts[] = {"AMEMBASSY", "AMCONSUL", "USMISSION",
                                       "EMBASSY", "CONSULATE"};
  for (size_t n = 5; n <= 11 && n + 4 <= s.n; n++) {
    const CablesPost *post = cables_post_find(drop(s, n));
    if (post == NULL) continue;
    for (size_t i = 0; i < sizeof(fronts) / sizeof(fronts[0]); i++) {
      CablesSpan front = cables_span(fronts[i]);
      if (distance(cables_sub(s, 0, n), front) <= 2) return post;
    }
  }
  return NULL;
}

const CablesPost *cables_post_guess(CablesSpan s) {
  if (s.n < 4 || cables_post_is_word(s)) return NULL;
  const CablesPost *post = without_tail(s);
  if (post == NULL) post = without_country(s);
  if (post == NULL) post = other_saint(s);
  if (post == NULL) post = doubled(s);
  if (post == NULL) post = bad_station(s);
  if (post == NULL) post = noise(s);
  if (post != NULL || s.n < 5) return post;
  bool several;
  post = cut_short(s, &several);
  if (post != NULL || several) return post;
  post = one_letter(s);
  if (post == NULL && s.n >= 9) post = two_letters(s);
  return post;
}

/* ------------------------------------------------------------------------ */

CablesSpan cables_post_canonical(CablesSpan name, CablesArena *arena,
                                 bool *known) {
  char z[CABLES_POST_LETTERS];
  CablesSpan letters = {z, cables_post_letters(name, z, sizeof(z))};
  if (known != NULL) *known = false;
  if (letters.n > sizeof(z)) { /* no post's name: kept as it is */
    char *all = cables_arena_alloc(arena, letters.n);
    if (all == NULL) return CABLES_NO_SPAN;
    return (CablesSpan){all, cables_post_letters(name, all, letters.n)};
  }
  const CablesPost *post = cables_post_spelled(letters, &letters);
  if (post == NULL) post = cables_post_guess(letters);
  if (post == NULL) {
    return letters.n > 0 ? cables_arena_copy(arena, letters) : CABLES_NO_SPAN;
  }
  if (known != NULL) *known = true;
  return cables_span(post->post);
}
