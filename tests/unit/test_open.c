/*
** Tests of ext/source/open.c; the expected values are worked out by hand.  What
** comes of whole lists below a root is in test_list.c.
*/
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../ext/source/open.h"
#include "files.h"
#include "memory.h"

static void test_reason(void **state) {
  (void)state;
  CablesBuf out = {0};
  cables_reason(&out, "it", ENOENT);
  cables_reason(&out, "; it", 12345); /* the system has no words for it */
  cables_buf_byte(&out, '\0');
  assert_string_equal(out.z, "it: No such file or directory; it: error 12345");
  cables_buf_free(&out);
}

/* Finds a path; gives what it gives, and whether a file of that size. */
static int find(const char *root, const char *path, int64_t size) {
  CablesPlace place;
  int err = cables_place_find(&place, root, path);
  struct stat st;
  if (err == 0) {
    assert_int_equal(fstatat(place.dir, place.name, &st, 0), 0);
    assert_int_equal(st.st_ino, place.st.st_ino);
    assert_int_equal(place.st.st_size, size);
  }
  cables_place_free(&place);
  assert_int_equal(test_memory_live(), 0);
  return err;
}

static void test_ways(void **state) {
  char root[PATH_MAX];
  char path[PATH_MAX + 100];
  test_write("r/in/x", "12345", 5);
  test_write("out", "1", 1);
  (void)snprintf(root, sizeof(root), "%s/r", (char *)*state);
  assert_int_equal(find(NULL, "", 0), ENOENT);
  assert_int_equal(find(root, "", 0), ENOENT);
  assert_int_equal(find(root, "r/in/x", 5), 0);
  assert_int_equal(find(root, "r/in/x/", 5), ENOTDIR);
  assert_int_equal(find(root, "r/../r//./in/../in/x", 5), 0);
  assert_int_equal(find(root, "out", 1), CABLES_OUTSIDE);
  /* Above the top is the top. */
  (void)snprintf(path, sizeof(path), "/../..%s/r/in/x", (char *)*state);
  assert_int_equal(find(root, path, 5), 0);
  assert_int_equal(find("/", path, 5), 0);
  assert_int_equal(find(root, "/..", 0), CABLES_OUTSIDE);
  (void)snprintf(path, sizeof(path), "%s/r///", (char *)*state);
  assert_int_equal(find(path, "r/in/x", 5), 0);
}

/* Links that hold one another, and one too many of them. */
static void test_links(void **state) {
  char root[PATH_MAX];
  char name[16];
  char next[16];
  (void)snprintf(root, sizeof(root), "%s", (char *)*state);
  test_write("l0", "12345", 5);
  for (int i = 1; i <= 41; i++) {
    (void)snprintf(name, sizeof(name), "l%d", i);
    (void)snprintf(next, sizeof(next), "l%d", i - 1);
    assert_int_equal(symlink(next, name), 0);
  }
  assert_int_equal(find(root, "l40", 5), 0);
  assert_int_equal(find(root, "l41", 0), ELOOP);
}

/* A path of more folders than handles are kept. */
static void test_deep(void **state) {
  char path[600];
  (void)snprintf(path, sizeof(path), "d");
  for (int i = 1; i < 260; i++) strcat(path, "/d");
  test_mkdir(path);
  char root[PATH_MAX];
  (void)snprintf(root, sizeof(root), "%s", (char *)*state);
  assert_int_equal(find(root, path, 0), ENAMETOOLONG);
  path[2 * 250] = '\0';
  CablesPlace place;
  assert_int_equal(cables_place_find(&place, root, path), 0);
  cables_place_free(&place);
}

/* The kernel's own file systems. */
static void test_kernel(void **state) {
  (void)state;
  int fd = cables_open_folder(AT_FDCWD, ".", false);
  assert_false(cables_is_of_kernel(fd));
  close(fd);
  assert_false(cables_is_of_kernel(-1));
  fd = cables_open_folder(AT_FDCWD, "/proc/self", true);
  if (fd < 0) skip();
  assert_true(cables_is_of_kernel(fd));
  close(fd);
}

/* A working folder that is gone is nowhere. */
static void test_gone(void **state) {
  char root[PATH_MAX];
  (void)snprintf(root, sizeof(root), "%s", (char *)*state);
  test_mkdir("gone");
  assert_int_equal(chdir("gone"), 0);
  assert_int_equal(rmdir("../gone"), 0);
  assert_int_equal(find(root, "x", 0), CABLES_OUTSIDE);
  assert_int_equal(chdir(root), 0);
}

/* Every allocation fails, also where a link is as long as can be and more of
** the path follows. */
static void test_memory(void **state) {
  char target[4001];
  char root[PATH_MAX];
  char path[400] = "long";
  (void)snprintf(root, sizeof(root), "%s", (char *)*state);
  for (size_t i = 0; i < 4000; i++) target[i] = i % 2 ? '/' : '.';
  target[4000] = '\0';
  assert_int_equal(symlink(target, "long"), 0);
  for (int i = 0; i < 100; i++) strcat(path, "/.");
  strcat(path, "/x");
  test_write("x", "12345", 5);
  static const char *const names[] = {"x", ".", "/..", NULL};
  for (size_t i = 0; i < 4; i++) {
    const char *name = names[i] != NULL ? names[i] : path;
    int err = CABLES_NO_MEMORY;
    for (long nth = 1; err == CABLES_NO_MEMORY; nth++) {
      CablesPlace place;
      test_memory_fail(nth, 0);
      err = cables_place_find(&place, root, name);
      test_memory_fail(0, 0);
      cables_place_free(&place);
      assert_int_equal(test_memory_live(), 0);
      assert_true(nth > 1 || err == CABLES_NO_MEMORY);
    }
    assert_int_equal(err, i == 2 ? CABLES_OUTSIDE : 0);
  }
}

#define TEST(f) \
  cmocka_unit_test_setup_teardown(f, test_files_begin, test_files_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_reason), TEST(test_ways), TEST(test_links),  TEST(test_deep),
      TEST(test_kernel), TEST(test_gone), TEST(test_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
