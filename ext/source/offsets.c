/*
** Where the records of bulk files lie: see offsets.h.
*/
#include "offsets.h"

#include <pthread.h>
#include <string.h>

#include "../base/mem.h"

enum {
  MAX_FILES = 16,              /* files remembered */
  MAX_PLACES = 4 * 1000 * 1000 /* records of one file: 64 MB */
};

/* One file. */
typedef struct Known {
  CablesOffsetsKey key; /* its path is path */
  char *path;           /* owned */
  CablesPlaces places;
} Known;

struct CablesOffsets {
  pthread_mutex_t mutex;  /* guards the others */
  Known files[MAX_FILES]; /* in the order in which they were read */
  size_t n;
};

CablesOffsets *cables_offsets_new(void) {
  CablesOffsets *offsets = cables_malloc(sizeof(*offsets));
  if (offsets == NULL) return NULL;
  offsets->n = 0;
  if (pthread_mutex_init(&offsets->mutex, NULL) == 0) return offsets;
  cables_free(offsets);
  return NULL;
}

/* Takes file i out. */
static void take_out(CablesOffsets *offsets, size_t i) {
  Known *known = &offsets->files[i];
  cables_free(known->path);
  cables_places_free(&known->places);
  offsets->n--;
  memmove(known, known + 1, (offsets->n - i) * sizeof(*known));
}

void cables_offsets_free(CablesOffsets *offsets) {
  if (offsets == NULL) return;
  while (offsets->n > 0) take_out(offsets, offsets->n - 1);
  (void)pthread_mutex_destroy(&offsets->mutex);
  cables_free(offsets);
}

void cables_places_free(CablesPlaces *places) {
  cables_free(places->items);
  *places = (CablesPlaces){0};
}

void cables_places_add(CablesPlaces *places, int64_t offset, int64_t number) {
  if (places->full) return;
  if (places->n == places->cap) {
    size_t cap = places->cap > 0 ? 2 * places->cap : 256;
    CablesPlaceOfRecord *items = NULL;
    if (places->n < MAX_PLACES)
      items = cables_realloc(places->items, cap * sizeof(*items));
    if (items == NULL) {
      cables_places_free(places);
      places->full = true;
      return;
    }
    places->items = items;
    places->cap = cap;
  }
  places->items[places->n++] = (CablesPlaceOfRecord){offset, number};
}

/* Takes what is known of a path out. */
static void take_path(CablesOffsets *offsets, CablesSpan path) {
  for (size_t i = offsets->n; i > 0; i--)
    if (cables_equal(offsets->files[i - 1].key.path, path))
      take_out(offsets, i - 1);
}

void cables_offsets_drop(CablesOffsets *offsets, CablesSpan path) {
  (void)pthread_mutex_lock(&offsets->mutex);
  take_path(offsets, path);
  (void)pthread_mutex_unlock(&offsets->mutex);
}

void cables_offsets_put(CablesOffsets *offsets, const CablesOffsetsKey *key,
                        CablesPlaces *places) {
  char *path = NULL;
  if (!places->full) path = cables_malloc(key->path.n + 1);
  (void)pthread_mutex_lock(&offsets->mutex);
  take_path(offsets, key->path);
  if (path != NULL) {
    if (offsets->n == MAX_FILES) take_out(offsets, 0);
    memcpy(path, key->path.z, key->path.n);
    Known *known = &offsets->files[offsets->n++];
    known->key = *key;
    known->key.path.z = known->path = path;
    known->places = *places;
    *places = (CablesPlaces){0};
  }
  (void)pthread_mutex_unlock(&offsets->mutex);
  cables_places_free(places);
}

/* Whether two keys of one path tell the same state of it. */
static bool same_state(const CablesOffsetsKey *a, const CablesOffsetsKey *b) {
  return a->device == b->device && a->inode == b->inode &&
         a->bytes == b->bytes && a->mtime == b->mtime &&
         a->mtime_nanoseconds == b->mtime_nanoseconds;
}

/* Finds a number among the places. */
static bool find_number(const CablesPlaces *places, int64_t number,
                        int64_t *offset) {
  /* In an undamaged file record n comes at place n. */
  uint64_t guess = number > 0 ? (uint64_t)number - 1 : 0;
  size_t at = 0;
  if (guess < places->n && places->items[guess].number == number)
    at = (size_t)guess;
  while (at < places->n && places->items[at].number != number) at++;
  if (at == places->n) return false;
  *offset = places->items[at].offset;
  return true;
}

bool cables_offsets_find(CablesOffsets *offsets, const CablesOffsetsKey *key,
                         int64_t number, int64_t *offset, bool *known) {
  bool found = false;
  *known = false;
  (void)pthread_mutex_lock(&offsets->mutex);
  for (size_t i = 0; i < offsets->n && !*known; i++) {
    const Known *file = &offsets->files[i];
    if (!cables_equal(file->key.path, key->path)) continue;
    *known = same_state(&file->key, key);
    found = *known && find_number(&file->places, number, offset);
  }
  (void)pthread_mutex_unlock(&offsets->mutex);
  return found;
}
