/*
** Look-ups in the tables of posts, countries and TAGS, and codes that run
** together taken apart.  The tables themselves are generated: see
** data/generate.awk.
*/
#include "reference.h"

#include <string.h>

#include "reference_index.h"

static const size_t NOT_FOUND = (size_t)-1;

/* The order of the NUL-terminated text z and the key, as memcmp has it. */
static int compare(const char *z, CablesSpan key) {
  for (size_t i = 0; i < key.n; i++) {
    unsigned char a = (unsigned char)z[i];
    unsigned char b = (unsigned char)key.z[i];
    if (a != b) return a - b;
    if (a == 0) return -1; /* the key has a NUL */
  }
  return z[key.n] == '\0' ? 0 : 1;
}

/* A table of n elements of `width` bytes, sorted by their first member, which
** is a text.  letters: where those of each letter begin, or NULL. */
typedef struct Table {
  const void *first;
  size_t n;
  size_t width;
  const unsigned short *letters;
} Table;

/* The index of the key in a table; NOT_FOUND when it has none. */
static size_t search(Table table, CablesSpan key) {
  size_t low = 0;
  size_t high = table.n;
  if (table.letters != NULL && key.n > 0 && cables_is_upper(key.z[0])) {
    const unsigned short *letter = table.letters + (key.z[0] - 'A');
    low = letter[0];
    high = letter[1];
  }
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const char *z;
    memcpy(&z, (const char *)table.first + middle * table.width, sizeof(z));
    int c = compare(z, key);
    if (c < 0) {
      low = middle + 1;
    } else if (c > 0) {
      high = middle;
    } else {
      return middle;
    }
  }
  return NOT_FOUND;
}

const CablesPost *cables_post_find(CablesSpan code) {
  const Table table = {cables_posts, cables_n_posts, sizeof(cables_posts[0]),
                       cables_posts_letters};
  size_t i = search(table, code);
  return i == NOT_FOUND ? NULL : &cables_posts[i];
}

const CablesPost *cables_post_find_alias(CablesSpan alias) {
  const Table table = {cables_aliases, cables_n_aliases,
                       sizeof(cables_aliases[0]), cables_aliases_letters};
  size_t i = search(table, alias);
  return i == NOT_FOUND ? NULL : &cables_posts[cables_aliases[i].post];
}

const CablesPost *cables_post_find_display(CablesSpan display) {
  char upper[65]; /* more than any display name has */
  display = cables_sub(display, 0, sizeof(upper));
  for (size_t i = 0; i < display.n; i++) {
    upper[i] = cables_to_upper(display.z[i]);
  }
  const Table table = {cables_displays, cables_n_displays,
                       sizeof(cables_displays[0]), NULL};
  size_t i = search(table, (CablesSpan){upper, display.n});
  return i == NOT_FOUND ? NULL : &cables_posts[cables_displays[i].post];
}

const CablesTag *cables_tag_find(CablesSpan code) {
  const Table table = {cables_tags, cables_n_tags, sizeof(cables_tags[0]),
                       cables_tags_letters};
  size_t i = search(table, code);
  return i == NOT_FOUND ? NULL : &cables_tags[i];
}

CablesSpan cables_person_find(CablesSpan surname, CablesSpan given) {
  for (size_t i = 0; i < cables_n_persons; i++) {
    const char *z = cables_tags[cables_persons[i]].code;
    if (z[0] != surname.z[0]) continue;
    CablesSpan person = cables_span(z);
    size_t bare = surname.n + 2 + given.n;
    if (cables_starts(person, surname) && person.n >= bare &&
        memcmp(z + surname.n, ", ", 2) == 0 &&
        memcmp(z + surname.n + 2, given.z, given.n) == 0 &&
        (person.n == bare || z[bare] == ' ')) {
      return person;
    }
  }
  return CABLES_NO_SPAN;
}

/* ------------------------------------------------------------------------ */
/* Codes that run together (modern.md 5.2) */

enum {
  LONGEST_CODE = 11, /* of one word: EUROCONTROL */
  LONGEST_RUN = 1024 /* a line of 27 codes, the longest, has 120 */
};

/* Codes of two letters are so short that any word falls into them.  So a run
** is read as countries, then other codes, then countries; the outer parts may
** be missing.  The middle part must hold a subject or program; beside a single
** one there may be a single other code. */
enum { BEFORE, MIDDLE, BEHIND, PARTS };

/* The words and names that are two codes all the same: all of the everyday
** ones among 280000 words of English. */
static const char *const words[] = {
    "BEAMED", "BLAMED", "COMECON", "COPTER", "DRAPER", "FOAMED", "FRAMED",
    "LEAPER", "MARRED", "MASSED",  "MASSES", "MILIEU", "NEOCON", "PINTER",
    "PLAINT", "PLANET", "PREFER",  "PRELIM", "PROPER", "REAPER", "ROAMED",
    "SEAMED", "SHAMED", "SHAPER",  "SNARED", "SNARES", "SNARLS", "SOCIAL",
    "TEAMED", "TINTED", "VIACOM",
};

enum Kind { NO_CODE, COUNTRY, SUBJECT, OTHER };

/* The best way to cover the first bytes of a run. */
typedef struct Way {
  unsigned codes;     /* number of codes; 0 where there is no way */
  unsigned fours;     /* those of four letters */
  unsigned subjects;  /* those that are subjects or programs */
  unsigned char last; /* length of the last code */
  unsigned char from; /* part that the code before the last is in */
} Way;

/* What a code is in a run. */
static enum Kind kind_of(CablesSpan code) {
  const CablesTag *tag = cables_tag_find(code);
  if (tag == NULL || tag->status == NULL) return NO_CODE;
  if (strcmp(tag->status, "current") != 0 &&
      strcmp(tag->status, "retired") != 0) {
    return NO_CODE;
  }
  if (code.n == 2) return COUNTRY;
  /* These have four letters. */
  bool subject =
      strcmp(tag->kind, "subject") == 0 || strcmp(tag->kind, "program") == 0;
  return subject ? SUBJECT : OTHER;
}

/* What a way is worth: fewer codes first, then more of four letters, then more
** subjects; none of them reaches LONGEST_RUN. */
static unsigned long worth(const Way *w) {
  if (w->codes == 0) return 0;
  unsigned long worth = LONGEST_RUN - w->codes;
  return (worth * LONGEST_RUN + w->fours) * LONGEST_RUN + w->subjects;
}

static bool is_better(const Way *a, const Way *b) {
  return worth(a) > worth(b);
}

/* Puts the way to the end of `part`, lengthened by a code of n letters, into
** *to if it is better than what is there. */
static void lengthen(Way *to, const Way *ways, int part, size_t n,
                     enum Kind kind) {
  Way w = ways[part];
  w.codes++;
  w.fours += n == 4;
  w.subjects += kind == SUBJECT;
  w.last = (unsigned char)n;
  w.from = (unsigned char)part;
  if (is_better(&w, to)) *to = w;
}

/* Lengthens all ways that end where the code starts by the code. */
static void step(const Way *at, Way *to, size_t n, enum Kind kind, bool start) {
  bool before = start || at[BEFORE].codes > 0;
  bool middle = at[MIDDLE].codes > 0;
  if (kind == COUNTRY) {
    if (before) lengthen(&to[BEFORE], at, BEFORE, n, kind);
    if (middle) lengthen(&to[BEHIND], at, MIDDLE, n, kind);
    if (at[BEHIND].codes > 0) lengthen(&to[BEHIND], at, BEHIND, n, kind);
  } else {
    if (before) lengthen(&to[MIDDLE], at, BEFORE, n, kind);
    if (middle) lengthen(&to[MIDDLE], at, MIDDLE, n, kind);
  }
}

/* Whether a run may be a run of codes: long enough, letters only, neither a
** code itself nor a word. */
static bool may_be_run(CablesSpan run) {
  if (run.n < 6 || run.n > LONGEST_RUN) return false;
  for (size_t i = 0; i < run.n; i++) {
    if (!cables_is_upper(run.z[i])) return false;
  }
  const Table everyday = {words, sizeof(words) / sizeof(words[0]),
                          sizeof(words[0]), NULL};
  return cables_tag_find(run) == NULL && search(everyday, run) == NOT_FOUND;
}

/* The part in which the best way through the whole run ends, or PARTS when
** there is none that is sure. */
static int best_end(const Way *at) {
  int best = PARTS;
  for (int part = MIDDLE; part <= BEHIND; part++) {
    const Way *w = &at[part];
    if (w->codes < 2 || w->subjects == 0) continue;
    if (w->subjects == 1 && w->codes > 2) continue;
    if (best == PARTS || is_better(w, &at[best])) best = part;
  }
  return best;
}

/* Writes the codes of the way that ends in `part` into an array; backwards. */
static CablesSpan *trace(CablesSpan run, const Way *ways, int part,
                         CablesArena *arena) {
  size_t count = ways[run.n * PARTS + (size_t)part].codes;
  CablesSpan *codes = cables_arena_alloc(arena, count * sizeof(*codes));
  if (codes == NULL) return NULL;
  size_t end = run.n;
  for (size_t i = count; i-- > 0;) {
    const Way *w = &ways[end * PARTS + (size_t)part];
    codes[i] = cables_sub(run, end - w->last, w->last);
    part = w->from;
    end -= w->last;
  }
  return codes;
}

size_t cables_tags_split(CablesSpan run, CablesArena *arena,
                         CablesSpan **codes) {
  *codes = NULL;
  if (!may_be_run(run)) return 0;
  Way *ways = cables_arena_alloc(arena, (run.n + 1) * PARTS * sizeof(*ways));
  if (ways == NULL) return 0;
  for (size_t i = 0; i + 2 <= run.n; i++) {
    const Way *at = &ways[i * PARTS];
    bool reached = at[BEFORE].codes + at[MIDDLE].codes + at[BEHIND].codes > 0;
    if (i > 0 && !reached) continue;
    for (size_t n = 2; n <= LONGEST_CODE && n <= run.n - i; n++) {
      enum Kind kind = kind_of(cables_sub(run, i, n));
      if (kind == NO_CODE) continue;
      step(at, &ways[(i + n) * PARTS], n, kind, i == 0);
    }
  }
  const Way *whole = &ways[run.n * PARTS];
  int part = best_end(whole);
  if (part == PARTS) return 0;
  *codes = trace(run, ways, part, arena);
  return *codes == NULL ? 0 : whole[part].codes;
}
