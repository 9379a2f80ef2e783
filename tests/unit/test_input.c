/*
** Tests of ext/source/input.c, over an input that tells what it is asked; the
** expected values are worked out by hand.
*/
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../ext/source/input.h"
#include "files.h"
#include "inputs.h"
#include "memory.h"

static CablesCounters counters;
static const CablesSourceOptions options = {.max_bytes = 1 << 26,
                                            .counters = &counters};

/* An input that gives n bytes "x". */
static TestInput fake_of(size_t n, size_t step, CablesSourceResult end) {
  static char bytes[200000];
  memset(bytes, 'x', sizeof(bytes));
  TestInput fake = test_input((CablesSpan){bytes, n}, step, end);
  fake.input.seek = NULL;
  return fake;
}

static void test_window(void **state) {
  (void)state;
  TestInput fake = fake_of(10, 4, CABLES_SOURCE_END);
  CablesWindow w = {0};
  cables_window_start(&w, &fake.input);
  assert_int_equal(cables_window_get(&w).n, 0);
  assert_int_equal(cables_window_more(&w, 100), CABLES_SOURCE_OK);
  cables_window_use(&w, 3);
  assert_int_equal(cables_window_more(&w, 2), CABLES_SOURCE_OK);
  assert_int_equal(cables_window_get(&w).n, 3);
  assert_int_equal(cables_window_tell(&w), 3);
  assert_false(w.ended);
  while (!w.ended)
    assert_int_equal(cables_window_more(&w, 100), CABLES_SOURCE_OK);
  assert_int_equal(cables_window_get(&w).n, 7);
  assert_int_equal(cables_window_more(&w, 100), CABLES_SOURCE_OK);
  assert_int_equal(cables_window_get(&w).n, 7);
  cables_window_free(&w);
}

/* What a read gives ends the window, or does not. */
static void test_ends(void **state) {
  (void)state;
  static const struct {
    CablesSourceResult end, want;
    bool ended, failed;
  } cases[] = {
      {CABLES_SOURCE_END, CABLES_SOURCE_OK, true, false},
      {CABLES_SOURCE_ERROR, CABLES_SOURCE_OK, true, true},
      {CABLES_SOURCE_STOP, CABLES_SOURCE_STOP, false, false},
      {CABLES_SOURCE_NOMEM, CABLES_SOURCE_NOMEM, false, false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    TestInput fake = fake_of(0, 4, cases[i].end);
    CablesWindow w = {0};
    cables_window_start(&w, &fake.input);
    assert_int_equal(cables_window_more(&w, 1), cases[i].want);
    assert_int_equal(w.ended, cases[i].ended);
    assert_int_equal(w.failed, cases[i].failed);
    cables_buf_free(&fake.input.error);
    cables_window_free(&w);
  }
  /* The window's memory is out, and that of the reason. */
  TestInput fake = fake_of(0, 4, CABLES_SOURCE_ERROR);
  for (long nth = 1; nth <= 2; nth++) {
    CablesWindow w = {0};
    cables_window_start(&w, &fake.input);
    test_memory_fail(nth, 0);
    assert_int_equal(cables_window_more(&w, 1), CABLES_SOURCE_NOMEM);
    test_memory_fail(0, 0);
    cables_window_free(&w);
  }
  assert_int_equal(test_memory_live(), 0);
}

static void test_seek(void **state) {
  (void)state;
  TestInput fake = fake_of(10, 4, CABLES_SOURCE_END);
  CablesWindow w = {0};
  cables_window_start(&w, &fake.input);
  assert_int_equal(cables_window_more(&w, 4), CABLES_SOURCE_OK);
  assert_false(cables_window_seeks(&w));
  assert_true(cables_window_seek(&w, 4));
  assert_int_equal(cables_window_get(&w).n, 0);
  assert_true(cables_window_seek(&w, 1)); /* it is still there */
  assert_int_equal(cables_window_get(&w).n, 3);
  assert_false(cables_window_seek(&w, 5)); /* the input cannot */
  assert_false(cables_window_seek(&w, -1));
  fake.input.seek = test_input(CABLES_LIT(""), 1, CABLES_SOURCE_END).input.seek;
  fake.fails = true;
  assert_true(cables_window_seeks(&w));
  assert_false(cables_window_seek(&w, 5)); /* it fails */
  assert_int_equal(cables_window_tell(&w), 1);
  fake.fails = false;
  assert_true(cables_window_seek(&w, 5));
  assert_int_equal(cables_window_tell(&w), 5);
  assert_int_equal(cables_window_get(&w).n, 0);
  cables_window_free(&w);
}

/* All bytes of an input that cannot seek: unless some are gone, or it broke. */
static void test_seeks(void **state) {
  (void)state;
  for (int i = 0; i < 3; i++) {
    TestInput fake =
        fake_of(10, 4, i == 2 ? CABLES_SOURCE_ERROR : CABLES_SOURCE_END);
    CablesWindow w = {0};
    cables_window_start(&w, &fake.input);
    while (!w.ended) {
      assert_int_equal(cables_window_more(&w, 100), CABLES_SOURCE_OK);
      if (i == 1) cables_window_use(&w, cables_window_get(&w).n);
    }
    assert_int_equal(cables_window_seeks(&w), i == 0);
    cables_buf_free(&fake.input.error);
    cables_window_free(&w);
  }
}

/* Pours what is left of an input, of which 3 bytes were read and 1 used. */
static CablesSourceResult pour(TestInput *fake, CablesWindow *to, int64_t size,
                               int64_t most) {
  CablesWindow from = {0};
  cables_window_start(&from, &fake->input);
  CablesSourceResult rc = cables_window_more(&from, 3);
  cables_window_use(&from, 1);
  if (rc == CABLES_SOURCE_OK) rc = cables_window_pour(&from, to, size, most);
  cables_window_free(&from);
  return rc;
}

static void test_pour(void **state) {
  (void)state;
  static const struct {
    size_t left, step;
    int64_t size, most;
    CablesSourceResult end, want;
    size_t n;
  } cases[] = {
      {10, 4, 9, 1000, CABLES_SOURCE_END, CABLES_SOURCE_OK, 9},
      {10, 4, -1, 1000, CABLES_SOURCE_END, CABLES_SOURCE_OK, 9},
      {10, 4, 9, 5, CABLES_SOURCE_END, CABLES_SOURCE_OK, 6},
      {200000, 100000, 199999, 1 << 20, CABLES_SOURCE_END, CABLES_SOURCE_OK,
       199999},
      {200000, 100000, -1, 1 << 20, CABLES_SOURCE_END, CABLES_SOURCE_OK,
       199999},
      {200000, 100000, 199999, 70000, CABLES_SOURCE_END, CABLES_SOURCE_OK,
       65536 + 65535 + 2},
      {10, 4, 9, 1000, CABLES_SOURCE_ERROR, CABLES_SOURCE_OK, 9},
      {10, 4, 9, 1000, CABLES_SOURCE_STOP, CABLES_SOURCE_STOP, 9},
      {10, 4, 9, 1000, CABLES_SOURCE_NOMEM, CABLES_SOURCE_NOMEM, 9},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    TestInput fake = fake_of(cases[i].left, cases[i].step, cases[i].end);
    CablesInput none = {0};
    CablesWindow to = {.input = &none};
    cables_no_input(&none);
    assert_int_equal(pour(&fake, &to, cases[i].size, cases[i].most),
                     cases[i].want);
    if (cases[i].most == 70000) { /* reads end behind it */
      assert_true(to.buf.n > 70000 && to.buf.n <= 70000 + CABLES_ONE_READ);
    } else {
      assert_int_equal(to.buf.n, cases[i].n);
    }
    bool failed = cases[i].end == CABLES_SOURCE_ERROR;
    assert_int_equal(to.failed, failed);
    assert_int_equal(to.ended, cases[i].want == CABLES_SOURCE_OK);
    assert_true(cables_equal(cables_buf_get(&none.error),
                             failed ? CABLES_LIT("it broke") : CABLES_LIT("")));
    cables_buf_free(&none.error);
    cables_buf_free(&fake.input.error);
    cables_window_free(&to);
  }
}

/* Every allocation fails once. */
static void test_pour_memory(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    CablesSourceResult rc = CABLES_SOURCE_NOMEM;
    for (long nth = 1; rc == CABLES_SOURCE_NOMEM; nth++) {
      TestInput fake = fake_of(200000, 100000, CABLES_SOURCE_ERROR);
      CablesInput none = {0};
      CablesWindow to = {.input = &none};
      cables_no_input(&none);
      test_memory_fail(nth, 0);
      rc = pour(&fake, &to, i == 0 ? 199999 : -1, 1 << 20);
      test_memory_fail(0, 0);
      if (rc == CABLES_SOURCE_OK) assert_int_equal(to.buf.n, 199999);
      assert_true(nth > 4 || rc == CABLES_SOURCE_NOMEM);
      cables_buf_free(&none.error);
      cables_buf_free(&fake.input.error);
      cables_window_free(&to);
      assert_int_equal(test_memory_live(), 0);
    }
    assert_int_equal(rc, CABLES_SOURCE_OK);
  }
}

/* A window that has ended already is poured out without a read. */
static void test_pour_ended(void **state) {
  (void)state;
  for (long nth = 0; nth < 2; nth++) {
    TestInput fake = fake_of(10, 100, CABLES_SOURCE_END);
    CablesInput none = {0};
    CablesWindow from = {0};
    CablesWindow to = {.input = &none};
    cables_no_input(&none);
    cables_window_start(&from, &fake.input);
    while (!from.ended)
      assert_int_equal(cables_window_more(&from, 100), CABLES_SOURCE_OK);
    test_memory_fail(nth, 0);
    assert_int_equal(cables_window_pour(&from, &to, 10, 100),
                     nth == 0 ? CABLES_SOURCE_OK : CABLES_SOURCE_NOMEM);
    assert_int_equal(to.buf.n, nth == 0 ? 10 : 0);
    test_memory_fail(0, 0);
    cables_window_free(&from);
    cables_window_free(&to);
  }
}

/* A file is read to where it ended when it was opened; one that became shorter
** tells so. */
static void test_file(void **state) {
  (void)state;
  char z[100];
  size_t got;
  test_write("f", "0123456789", 10);
  int fd = open("f", O_RDWR);
  CablesFileInput file = {0};
  cables_file_input(&file, fd, 5, &options);
  assert_int_equal(file.input.read(&file.input, z, 100, &got),
                   CABLES_SOURCE_OK);
  assert_int_equal(got, 5);
  assert_int_equal(file.input.read(&file.input, z, 100, &got),
                   CABLES_SOURCE_END);
  assert_int_equal(got, 0);
  assert_false(file.input.seek(&file.input, -1));
  assert_true(file.input.seek(&file.input, 3));
  assert_int_equal(file.input.read(&file.input, z, 1, &got), CABLES_SOURCE_OK);
  assert_int_equal(z[0], '3');
  assert_int_equal(file.total, 6);
  cables_file_input(&file, fd, 10, &options);
  assert_true(file.input.seek(&file.input, 8));
  assert_int_equal(ftruncate(fd, 8), 0);
  assert_int_equal(file.input.read(&file.input, z, 100, &got),
                   CABLES_SOURCE_ERROR);
  assert_true(cables_equal(
      cables_buf_get(&file.input.error),
      CABLES_LIT("file cannot be read: it became shorter meanwhile")));
  /* One that tells no size ends where nothing comes. */
  cables_file_input(&file, fd, 0, &options);
  assert_int_equal(file.input.read(&file.input, z, 100, &got),
                   CABLES_SOURCE_END);
  close(fd);
  fd = open(".", O_RDONLY);
  cables_file_input(&file, fd, 10, &options);
  assert_int_equal(file.input.read(&file.input, z, 100, &got),
                   CABLES_SOURCE_ERROR);
  assert_true(cables_equal(cables_buf_get(&file.input.error),
                           CABLES_LIT("file cannot be read: Is a directory")));
  close(fd);
  cables_buf_free(&file.input.error);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_window), cmocka_unit_test(test_ends),
      cmocka_unit_test(test_seek),   cmocka_unit_test(test_seeks),
      cmocka_unit_test(test_pour),   cmocka_unit_test(test_pour_memory),
      cmocka_unit_test(test_file),   cmocka_unit_test(test_pour_ended),
  };
  return cmocka_run_group_tests(tests, test_files_begin, test_files_end);
}
