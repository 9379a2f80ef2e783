/*
** Tests of ext/base/arena.c.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/base/arena.h"

/* Sizes that no memory has: unknown, and so until the next reset. */
static void too_large(void **state) {
  (void)state;
  static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - 16,
                                 SIZE_MAX - 64};
  CablesArena a = {0};
  for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
    assert_null(cables_arena_alloc(&a, sizes[i]));
    assert_true(a.oom);
    assert_null(cables_arena_alloc(&a, 1));
    assert_null(cables_arena_grow(&a, NULL, 0, 1));
    assert_null(cables_arena_copy(&a, CABLES_LIT("x")).z);
    cables_arena_reset(&a);
    assert_non_null(cables_arena_alloc(&a, 1));
  }
  /* an array whose bytes no size_t can count */
  char item = 'x';
  assert_null(cables_arena_grow(&a, &item, SIZE_MAX / 4 + 1, 8));
  assert_true(a.oom);
  cables_arena_free(&a);
}

/* Elements stay while the array grows. */
static void grows(void **state) {
  (void)state;
  CablesArena a = {0};
  int *items = NULL;
  for (int i = 0; i < 1000; i++) {
    items = cables_arena_grow(&a, items, (size_t)i, sizeof(*items));
    assert_non_null(items);
    items[i] = i;
  }
  for (int i = 0; i < 1000; i++) assert_int_equal(items[i], i);
  cables_arena_free(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(too_large),
      cmocka_unit_test(grows),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
