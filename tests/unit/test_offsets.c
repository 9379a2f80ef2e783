/*
** Tests of ext/source/offsets.c; the expected values are worked out by hand.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/source/offsets.h"
#include "memory.h"

static const CablesOffsetsKey key_of_a = {.path = {"a", 1},
                                          .device = 1,
                                          .inode = 2,
                                          .bytes = 3,
                                          .mtime = 4,
                                          .mtime_nanoseconds = 5};

/* Keeps one record, with number 7 at an offset, for a key. */
static void put(CablesOffsets *offsets, const CablesOffsetsKey *key,
                int64_t offset) {
  CablesPlaces places = {0};
  cables_places_add(&places, offset, 7);
  cables_offsets_put(offsets, key, &places);
  assert_null(places.items);
}

/* The offset of number 7 of a key: -1 when its file has none, -2 when the file
** is not known. */
static int64_t find(CablesOffsets *offsets, const CablesOffsetsKey *key) {
  int64_t offset = 0;
  bool known;
  if (cables_offsets_find(offsets, key, 7, &offset, &known)) return offset;
  return known ? -1 : -2;
}

static void test_state(void **state) {
  (void)state;
  CablesOffsets *offsets = cables_offsets_new();
  CablesOffsetsKey keys[7];
  for (size_t i = 0; i < 7; i++) keys[i] = key_of_a;
  keys[1].path = CABLES_LIT("b");
  keys[2].device++;
  keys[3].inode++;
  keys[4].bytes++;
  keys[5].mtime++;
  keys[6].mtime_nanoseconds++;
  assert_int_equal(find(offsets, &key_of_a), -2);
  put(offsets, &key_of_a, 100);
  assert_int_equal(find(offsets, &keys[0]), 100);
  for (size_t i = 1; i < 7; i++) assert_int_equal(find(offsets, &keys[i]), -2);
  /* What is put last counts, for its own path. */
  put(offsets, &keys[1], 200);
  put(offsets, &keys[4], 300);
  assert_int_equal(find(offsets, &key_of_a), -2);
  assert_int_equal(find(offsets, &keys[1]), 200);
  assert_int_equal(find(offsets, &keys[4]), 300);
  cables_offsets_drop(offsets, CABLES_LIT("b"));
  assert_int_equal(find(offsets, &keys[1]), -2);
  cables_offsets_free(offsets);
  cables_offsets_free(NULL);
  assert_int_equal(test_memory_live(), 0);
}

static void test_numbers(void **state) {
  (void)state;
  CablesOffsets *offsets = cables_offsets_new();
  CablesPlaces places = {0};
  int64_t offset = 0;
  bool known = false;
  cables_places_add(&places, 10, 1);
  cables_places_add(&places, 20, 7);
  cables_places_add(&places, 30, -3);
  cables_offsets_put(offsets, &key_of_a, &places);
  assert_int_equal(find(offsets, &key_of_a), 20);
  assert_true(cables_offsets_find(offsets, &key_of_a, 1, &offset, &known));
  assert_int_equal(offset, 10);
  assert_true(cables_offsets_find(offsets, &key_of_a, -3, &offset, &known));
  assert_int_equal(offset, 30);
  assert_false(cables_offsets_find(offsets, &key_of_a, 3, &offset, &known));
  assert_true(known);
  cables_offsets_free(offsets);
}

/* Sixteen files are remembered: the one that was read first goes. */
static void test_files(void **state) {
  (void)state;
  CablesOffsets *offsets = cables_offsets_new();
  char path[20][8];
  CablesOffsetsKey key = key_of_a;
  for (int i = 0; i < 17; i++) {
    (void)snprintf(path[i], sizeof(path[i]), "f%d", i);
    key.path = cables_span(path[i]);
    put(offsets, &key, i);
  }
  for (int i = 0; i < 17; i++) {
    key.path = cables_span(path[i]);
    assert_int_equal(find(offsets, &key), i == 0 ? -2 : i);
  }
  cables_offsets_free(offsets);
}

/* Of a file with too many records none is kept, nor what was known before. */
static void test_many(void **state) {
  (void)state;
  CablesOffsets *offsets = cables_offsets_new();
  CablesPlaces places = {0};
  put(offsets, &key_of_a, 1);
  for (int64_t i = 0; !places.full && i < 5000000; i++)
    cables_places_add(&places, i, i + 1);
  assert_true(places.full);
  assert_int_equal(places.n, 0);
  cables_places_add(&places, 1, 7);
  assert_int_equal(places.n, 0);
  cables_offsets_put(offsets, &key_of_a, &places);
  assert_int_equal(find(offsets, &key_of_a), -2);
  cables_offsets_free(offsets);
  assert_int_equal(test_memory_live(), 0);
}

static void test_memory(void **state) {
  (void)state;
  test_memory_fail(1, 0);
  assert_null(cables_offsets_new());
  CablesOffsets *offsets = cables_offsets_new();
  CablesPlaces places = {0};
  test_memory_fail(1, 0); /* the places' */
  cables_places_add(&places, 1, 7);
  assert_true(places.full);
  cables_offsets_put(offsets, &key_of_a, &places);
  assert_int_equal(find(offsets, &key_of_a), -2);
  test_memory_fail(2, 0); /* the path's */
  put(offsets, &key_of_a, 1);
  assert_int_equal(find(offsets, &key_of_a), -2);
  cables_offsets_free(offsets);
  assert_int_equal(test_memory_live(), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_state),  cmocka_unit_test(test_numbers),
      cmocka_unit_test(test_files),  cmocka_unit_test(test_many),
      cmocka_unit_test(test_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
