/*
** Tests of ext/source/record.c for what csv.c never finds; the others are in
** test_bulk.c.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../ext/source/record.h"
#include "inputs.h"
#include "memory.h"

/* A record without a field has no text, and no value. */
static void test_no_field(void **state) {
  (void)state;
  TestInput input = test_input(CABLES_LIT("x\n"), 10, CABLES_SOURCE_END);
  CablesWindow w = {0};
  CablesColumns columns = {.form = CABLES_CSV_CABLES};
  CablesRecordText t = {0};
  cables_window_start(&w, &input.input);
  assert_int_equal(cables_window_more(&w, 10), CABLES_SOURCE_OK);
  CablesCsv csv = {.window = &w,
                   .n_columns = 8,
                   .max_bytes = 100,
                   .at = 2,
                   .damage = CABLES_CSV_QUOTES};
  assert_true(cables_columns_set(&columns, CABLES_NO_SPAN));
  assert_true(cables_record_start(&t, &columns, &csv, true));
  assert_true(t.is_lost);
  assert_true(cables_record_read(&t, SIZE_MAX));
  assert_true(t.complete);
  assert_int_equal(t.text.n, 0);
  assert_int_equal(t.n_fields, 8);
  for (size_t i = 0; i < 8; i++) assert_null(t.fields[i].value.z);
  cables_record_free(&t);
  cables_columns_free(&columns);
  cables_window_free(&w);
  assert_int_equal(test_memory_live(), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_field)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
