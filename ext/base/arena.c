/*
** An arena: see arena.h.
*/
#include "arena.h"

#include <stdint.h>
#include <string.h>

#include "mem.h"

/* With a size of its own a test makes every object a block, so that each can be
** the one for which memory is out. */
#ifndef CABLES_ARENA_BLOCK
#define CABLES_ARENA_BLOCK (16 * 1024)
#endif
enum {
  FIRST_BLOCK = CABLES_ARENA_BLOCK,
  LARGEST_BLOCK = 64 * FIRST_BLOCK,
  ALIGN = 16
};

struct CablesArenaBlock {
  CablesArenaBlock *next; /* older block */
  size_t used;            /* bytes given out */
  size_t cap;             /* bytes of room */
  size_t pad;             /* keeps the room that follows aligned */
};

/* The room of a block. */
static char *room(CablesArenaBlock *b) { return (char *)(b + 1); }

/* Puts a new block with room for n bytes at the head: twice the last one's, up
** to a limit that a large object alone exceeds. */
static bool add_block(CablesArena *a, size_t n) {
  size_t cap = a->head ? a->head->cap : FIRST_BLOCK / 2;
  cap = cap > LARGEST_BLOCK / 2 ? LARGEST_BLOCK : cap * 2;
  if (cap < n) cap = n;
  if (cap > SIZE_MAX - sizeof(CablesArenaBlock)) return false;
  CablesArenaBlock *b = cables_malloc(sizeof(*b) + cap);
  if (b == NULL) return false;
  *b = (CablesArenaBlock){.next = a->head, .used = 0, .cap = cap};
  a->head = b;
  return true;
}

void *cables_arena_alloc(CablesArena *a, size_t n) {
  if (a->oom) return NULL;
  if (n > SIZE_MAX - ALIGN) {
    a->oom = true;
    return NULL;
  }
  n = (n + ALIGN - 1) / ALIGN * ALIGN;
  if (a->head == NULL || a->head->cap - a->head->used < n) {
    if (!add_block(a, n)) {
      a->oom = true;
      return NULL;
    }
  }
  char *p = room(a->head) + a->head->used;
  a->head->used += n;
  memset(p, 0, n);
  return p;
}

CablesSpan cables_arena_copy(CablesArena *a, CablesSpan s) {
  if (s.z == NULL) return CABLES_NO_SPAN;
  char *p = cables_arena_alloc(a, s.n + 1);
  if (p == NULL) return CABLES_NO_SPAN;
  memcpy(p, s.z, s.n);
  return (CablesSpan){p, s.n};
}

void *cables_arena_grow(CablesArena *a, void *items, size_t count,
                        size_t size) {
  if (a->oom) return NULL;
  if (count > 0 && (count & (count - 1)) != 0) return items;
  size_t cap = count == 0 ? 1 : count * 2;
  if (cap > SIZE_MAX / size) {
    a->oom = true;
    return NULL;
  }
  char *p = cables_arena_alloc(a, cap * size);
  if (p != NULL && count > 0) memcpy(p, items, count * size);
  return p;
}

void cables_arena_reset(CablesArena *a) {
  while (a->head != NULL && a->head->next != NULL) {
    CablesArenaBlock *older = a->head->next;
    a->head->next = older->next;
    cables_free(older);
  }
  if (a->head != NULL && a->head->cap > LARGEST_BLOCK) {
    cables_free(a->head);
    a->head = NULL;
  }
  if (a->head != NULL) a->head->used = 0;
  a->oom = false;
}

void cables_arena_free(CablesArena *a) {
  cables_arena_reset(a);
  cables_free(a->head);
  a->head = NULL;
}
