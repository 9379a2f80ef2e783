/*
** Places after trimming: see trimmed.h.
*/
#include "trimmed.h"

#include <string.h>

enum { MOST_GAPS = 65536 }; /* of a document; one with more is not moved */

/* Bytes of the document that the text has not. */
typedef struct Gap {
  size_t start;  /* in the document */
  size_t length; /* at least 1 */
  size_t before; /* bytes of all gaps before */
} Gap;

typedef struct Gaps {
  Gap *items;
  size_t n;
  size_t total; /* bytes of all */
} Gaps;

/* Cuts the next line off, without its end; false when nothing is left. */
static bool next_line(CablesSpan *s, CablesSpan *line) {
  if (s->n == 0) return false;
  const char *nl = memchr(s->z, '\n', s->n);
  size_t n = nl != NULL ? (size_t)(nl - s->z) : s->n;
  *line = cables_sub(*s, 0, n);
  *s = cables_sub(*s, nl != NULL ? n + 1 : n, s->n);
  return true;
}

static CablesSpan trim_end(CablesSpan s) {
  while (s.n > 0 && cables_is_space(s.z[s.n - 1])) s.n--;
  return s;
}

/* Notes a gap; false when there are too many, or memory is out. */
static bool add_gap(Gaps *gaps, size_t start, size_t length,
                    CablesArena *arena) {
  if (length == 0) return true;
  if (gaps->n == MOST_GAPS) return false;
  Gap *items =
      cables_arena_grow(arena, gaps->items, gaps->n, sizeof(*gaps->items));
  if (items == NULL) return false;
  gaps->items = items;
  items[gaps->n++] = (Gap){start, length, gaps->total};
  gaps->total += length;
  return true;
}

/* Finds what of the document the text has not; false when that is more than
** blanks, or too much. */
static bool find_gaps(Gaps *gaps, CablesSpan whole, CablesSpan text,
                      CablesArena *arena) {
  CablesSpan kept = cables_sub(whole, 0, trim_end(whole).n);
  CablesSpan rest = kept;
  CablesSpan line;
  CablesSpan left;
  bool begun = false;
  while (next_line(&rest, &line)) {
    CablesSpan trimmed = trim_end(line);
    size_t at = (size_t)(line.z - whole.z);
    begun = begun || trimmed.n > 0;
    size_t gone = begun ? line.n - trimmed.n : line.n + 1;
    if (!add_gap(gaps, at + trimmed.n, gone, arena)) return false;
    if (begun && (!next_line(&text, &left) || !cables_equal(left, trimmed)))
      return false;
  }
  return text.n == 0 && add_gap(gaps, kept.n, whole.n - kept.n, arena);
}

/* The place in the text of a place in the document; of one in a gap the place
** where that is gone from. */
static size_t moved(const Gaps *gaps, size_t place) {
  size_t low = 0; /* gaps that begin before the place */
  size_t high = gaps->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (gaps->items[middle].start < place)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == 0) return place;
  const Gap *gap = &gaps->items[low - 1];
  size_t inside = place - gap->start;
  return place - gap->before - (inside < gap->length ? inside : gap->length);
}

/* Moves a start and a length. */
static void move(const Gaps *gaps, size_t *start, size_t *length) {
  if (*length == 0) return;
  size_t end = moved(gaps, *start + *length);
  *start = moved(gaps, *start);
  *length = end - *start;
}

/* A copy in the arena; NULL when memory is out. */
static void *copy(CablesArena *arena, const void *items, size_t n) {
  void *p = cables_arena_alloc(arena, n);
  if (p != NULL && n > 0) memcpy(p, items, n);
  return p;
}

/* Makes the lists that hold places the telegram's own. */
static bool copy_lists(CablesTelegram *t, CablesArena *arena) {
  t->paragraphs =
      copy(arena, t->paragraphs, t->n_paragraphs * sizeof(*t->paragraphs));
  t->citations =
      copy(arena, t->citations, t->n_citations * sizeof(*t->citations));
  t->anomalies =
      copy(arena, t->anomalies, t->n_anomalies * sizeof(*t->anomalies));
  t->redactions =
      copy(arena, t->redactions, t->n_redactions * sizeof(*t->redactions));
  return !arena->oom;
}

bool cables_trimmed(const CablesTelegram *t, CablesSpan whole, CablesSpan text,
                    CablesArena *arena, CablesTelegram *out) {
  Gaps gaps = {0};
  CablesTelegram copied = *t;
  cables_arena_reset(arena);
  if (!find_gaps(&gaps, whole, text, arena) || !copy_lists(&copied, arena))
    return false;
  for (size_t i = 0; i < copied.n_paragraphs; i++)
    move(&gaps, &copied.paragraphs[i].start, &copied.paragraphs[i].length);
  for (size_t i = 0; i < copied.n_citations; i++)
    move(&gaps, &copied.citations[i].start, &copied.citations[i].length);
  for (size_t i = 0; i < copied.n_anomalies; i++)
    move(&gaps, &copied.anomalies[i].start, &copied.anomalies[i].length);
  for (size_t i = 0; i < copied.n_redactions; i++)
    move(&gaps, &copied.redactions[i].start, &copied.redactions[i].length);
  *out = copied;
  return true;
}
