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

/* The sanitizer for addresses sees each object as one of just its size: HIDE
** forbids bytes, SHOW allows them, and a gap parts each from the next. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#ifdef SANITIZED
#include <sanitizer/asan_interface.h>
enum { GAP = ALIGN };
#define HIDE(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define SHOW(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
enum { GAP = 0 };
#define HIDE(p, n) ((void)(p), (void)(n))
#define SHOW(p, n) ((void)(p), (void)(n))
#endif

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
  HIDE(room(b), cap);
  a->head = b;
  return true;
}

/* Gives a block back. */
static void free_block(CablesArenaBlock *b) {
  if (b != NULL) SHOW(room(b), b->cap);
  cables_free(b);
}

void *cables_arena_alloc(CablesArena *a, size_t n) {
  if (a->oom) return NULL;
  if (n > SIZE_MAX - ALIGN - GAP) {
    a->oom = true;
    return NULL;
  }
  size_t taken = (n + ALIGN - 1) / ALIGN * ALIGN + GAP;
  if (a->head == NULL || a->head->cap - a->head->used < taken) {
    if (!add_block(a, taken)) {
      a->oom = true;
      return NULL;
    }
  }
  char *p = room(a->head) + a->head->used;
  a->head->used += taken;
  SHOW(p, n);
  memset(p, 0, n);
  return p;
}

CablesSpan cables_arena_copy(CablesArena *a, CablesSpan s) {
  if (s.z == NULL) return CABLES_NO_SPAN;
  char *p = cables_arena_alloc(a, s.n);
  if (p == NULL) return CABLES_NO_SPAN;
  memcpy(p, s.z, s.n);
  return (CablesSpan){p, s.n};
}

void *cables_arena_grow(CablesArena *a, void *items, size_t count,
                        size_t size) {
  if (a->oom) return NULL;
  if (count > 0 && (count & (count - 1)) != 0) {
    SHOW((char *)items + count * size, size);
    return items;
  }
  size_t cap = count == 0 ? 1 : count * 2;
  if (cap > SIZE_MAX / size) {
    a->oom = true;
    return NULL;
  }
  char *p = cables_arena_alloc(a, cap * size);
  if (p == NULL) return NULL;
  if (count > 0) memcpy(p, items, count * size);
  HIDE(p + (count + 1) * size, (cap - count - 1) * size);
  return p;
}

void cables_arena_reset(CablesArena *a) {
  while (a->head != NULL && a->head->next != NULL) {
    CablesArenaBlock *older = a->head->next;
    a->head->next = older->next;
    free_block(older);
  }
  if (a->head != NULL && a->head->cap > LARGEST_BLOCK) {
    free_block(a->head);
    a->head = NULL;
  }
  if (a->head != NULL) {
    HIDE(room(a->head), a->head->cap);
    a->head->used = 0;
  }
  a->oom = false;
}

void cables_arena_free(CablesArena *a) {
  cables_arena_reset(a);
  free_block(a->head);
  a->head = NULL;
}
