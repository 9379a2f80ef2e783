/*
** Tests of ext/source/list.c with tree.c, names.c, open.c, glob.c and json.c;
** the expected lists are worked out by hand.
*/
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../ext/source/document.h"
#include "../../ext/source/glob.h"
#include "../../ext/source/list.h"
#include "files.h"
#include "memory.h"

static CablesCounters counters;
static CablesSourceOptions options = {.max_bytes = 1 << 26,
                                      .counters = &counters};

/* Whether the file can be read by way of its handle and has a size. */
static bool is_readable(CablesFile *file) {
  cables_file_stat(file);
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc;
  assert_int_equal(cables_reader_open(reader, file), CABLES_SOURCE_OK);
  assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
  bool good = !doc->failed && file->has_stat && file->bytes == doc->bytes &&
              file->mtime == doc->mtime;
  cables_reader_free(reader);
  return good;
}

/* Compares the paths of a source, each followed by a blank, and of a folder
** that cannot be read by "! ".  An error is compared as "ERROR text". */
static void check_only(const char *source, const char *only, const char *want) {
  CablesList *list = NULL;
  CablesFile *file;
  CablesBuf error = {0};
  CablesBuf got = {0};
  CablesSourceResult rc =
      cables_list_open(&list, cables_span(source), &options, &error);
  if (rc == CABLES_SOURCE_OK && only != NULL)
    assert_int_equal(cables_list_only(list, cables_span(only)),
                     CABLES_SOURCE_OK);
  while (rc == CABLES_SOURCE_OK) {
    rc = cables_list_next(list, &file, &error);
    if (rc != CABLES_SOURCE_OK) break;
    assert_int_equal(file->path.z[file->path.n], '\0');
    cables_buf_span(&got, file->path);
    cables_buf_text(&got, file->error.z ? "! " : " ");
    if (file->error.z == NULL) assert_true(is_readable(file));
  }
  if (rc == CABLES_SOURCE_ERROR) {
    cables_buf_text(&got, "ERROR ");
    cables_buf_span(&got, cables_buf_get(&error));
  } else {
    assert_int_equal(rc, CABLES_SOURCE_END);
  }
  cables_list_close(list);
  cables_buf_byte(&got, '\0');
  assert_string_equal(got.z, want);
  cables_buf_free(&got);
  cables_buf_free(&error);
  assert_int_equal(test_memory_live(), 0);
}

/* Sees to it that no path holds a NUL byte. */
static void check_nul_only(const char *source, CablesSpan only) {
  CablesList *list;
  CablesFile *file;
  CablesBuf error = {0};
  assert_int_equal(
      cables_list_open(&list, cables_span(source), &options, &error),
      CABLES_SOURCE_OK);
  assert_int_equal(cables_list_only(list, only), CABLES_SOURCE_OK);
  assert_int_equal(cables_list_next(list, &file, &error), CABLES_SOURCE_END);
  cables_list_close(list);
}

static void check(const char *source, const char *want) {
  check_only(source, NULL, want);
}

/* Makes links, with failure an error of the test. */
static void make_link(const char *target, const char *path) {
  assert_int_equal(symlink(target, path), 0);
}

static void test_order(void **state) {
  (void)state;
  test_touch("a/x");
  test_touch("a-b/x");
  test_touch("a.txt");
  test_touch("a/b/y");
  test_touch("a/b.z");
  test_touch("a/\xff");
  test_touch("a/.hidden");
  counters = (CablesCounters){0};
  check(".", "./a-b/x ./a.txt ./a/.hidden ./a/b.z ./a/b/y ./a/x ./a/\xff ");
  assert_int_equal(counters.files_listed, 7);
  test_touch("p/abc");
  test_touch("p/ab");
  test_touch("p/abcd/x");
  test_touch("p/a");
  check("p", "p/a p/ab p/abc p/abcd/x ");
  check("a", "a/.hidden a/b.z a/b/y a/x a/\xff ");
  check("a//", "a/.hidden a/b.z a/b/y a/x a/\xff ");
  check("./a/b", "./a/b/y ");
  check("a.txt", "a.txt ");
  char whole[PATH_MAX];
  char want[PATH_MAX + 8];
  snprintf(whole, sizeof(whole), "%s/a/b", (char *)*state);
  snprintf(want, sizeof(want), "%s/y ", whole);
  check(whole, want);
}

static void test_errors(void **state) {
  (void)state;
  test_touch("a");
  check("", "ERROR no such file or folder: ''");
  check("b", "ERROR no such file or folder: 'b'");
  check("a/", "ERROR no such file or folder: 'a/'");
  check("a/b", "ERROR no such file or folder: 'a/b'");
  CablesList *list;
  CablesBuf error = {0};
  assert_int_equal(
      cables_list_open(&list, (CablesSpan){"a\0b", 3}, &options, &error),
      CABLES_SOURCE_ERROR);
  assert_null(list);
  cables_buf_free(&error);
  char name[301];
  char want[400];
  memset(name, 'n', 300);
  name[300] = '\0';
  snprintf(want, sizeof(want), "ERROR no such file or folder: '%s'", name);
  check(name, want);
  check("[", "ERROR malformed JSON array at byte 2: string expected");
  assert_int_equal(mkfifo("fifo", 0600), 0);
  check("fifo", "fifo! ");
  check(".", "./a ");
  check("*", "a ");
}

static void test_glob_names(void **state) {
  (void)state;
  static const struct {
    const char *pattern, *name;
    bool match;
  } cases[] = {
      {"", "", true},
      {"", "a", false},
      {"*", "", true},
      {"*.txt", "a.txt", true},
      {"*.txt", "a.txt2", false},
      {"*a*b", "xaxbxb", true},
      {"*a*b", "xbxa", false},
      {"a**b", "ab", true},
      {"?", "\xc3\xa9", true},
      {"??", "\xc3\xa9", false},
      {"?", "\xe9", true},
      {"[\xc3\xa0-\xc3\xaf]", "\xc3\xa9", true},
      {"[abc]x", "bx", true},
      {"[!a-c]", "b", false},
      {"[^a-c]", "d", true},
      {"[]]", "]", true},
      {"[a-]", "-", true},
      {"[a", "[a", true},
      {"[!]", "[!]", true},
      {"a[", "a[", true},
      {"\\*", "\\x", true},
      {"*[0-9]", "x7", true},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
    assert_int_equal(cables_glob_name(cables_span(cases[i].pattern),
                                      cables_span(cases[i].name)),
                     cases[i].match);
  /* Hostile: time linear in name and pattern each. */
  static char name[20000];
  memset(name, 'a', sizeof(name) - 1);
  assert_false(
      cables_glob_name(CABLES_LIT("*a*a*a*a*a*a*a*ab"), cables_span(name)));
}

static void test_globs(void **state) {
  (void)state;
  test_touch("d/1973/x.txt");
  test_touch("d/1974/x.txt");
  test_touch("d/1974/05/y.txt");
  test_touch("d/1974/05/deep/z.txt");
  test_touch("d/top.txt");
  test_touch("[x]/in.txt");
  test_touch("[x]y");
  check("d/*", "d/top.txt ");
  check("d/*/*.txt", "d/1973/x.txt d/1974/x.txt ");
  check("d//197[4-9]//*.txt", "d/1974/x.txt ");
  check("d/**/*.txt",
        "d/1973/x.txt d/1974/05/deep/z.txt d/1974/05/y.txt d/1974/x.txt "
        "d/top.txt ");
  check("d/**",
        "d/1973/x.txt d/1974/05/deep/z.txt d/1974/05/y.txt "
        "d/1974/x.txt d/top.txt ");
  check("**/05/**/*.txt", "d/1974/05/deep/z.txt d/1974/05/y.txt ");
  check("**/**/z.*", "d/1974/05/deep/z.txt ");
  check("d/*4/", "d/1974/05/deep/z.txt d/1974/05/y.txt d/1974/x.txt ");
  check("./d/*", "./d/top.txt ");
  check("none/*", "");
  check("d/top.txt/*", "");
  check("d/*.none", "");
  check("[x]", "[x]/in.txt "); /* literally there */
  check("[x]y", "[x]y ");
  check("[d]/t*", "d/top.txt ");
  check("*/../*", "");
  char many[200] = "";
  for (int i = 0; i < 64; i++) strcat(many, "*/");
  strcat(many, "*");
  char want[300];
  snprintf(want, sizeof(want), "ERROR too many folders in glob: '%s'", many);
  check(many, want);
}

static void test_array(void **state) {
  (void)state;
  test_touch("a/1");
  test_touch("a/2");
  test_touch("a-b");
  test_touch("b/3");
  test_touch("\xc3\xa9");
  test_touch("\xf0\x9f\x98\x80");
  check("[]", "");
  check(" [ \"b\" , \"a\" ] ", "a/1 a/2 b/3 ");
  check("[\"a/2\",\"a\",\"a-b\",\"*/1\",\"a/2\",\"a/\"]", "a-b a/1 a/2 ");
  check("[\"\\u00e9\",\"\\ud83d\\ude00\",\"a\\/1\"]",
        "a/1 \xc3\xa9 \xf0\x9f\x98\x80 ");
  check("[\"a\",\"none\"]", "ERROR no such file or folder: 'none'");
  check("[\"a\"", "ERROR malformed JSON array at byte 5: ',' or ']' expected");
  check("[\"a\",]", "ERROR malformed JSON array at byte 6: string expected");
  check("[1]", "ERROR malformed JSON array at byte 2: string expected");
  check("[\"a]",
        "ERROR malformed JSON array at byte 5: closing quote expected");
  check("[\"\\x\"]", "ERROR malformed JSON array at byte 4: escape expected");
  check("[\"\\ud800\"]",
        "ERROR malformed JSON array at byte 9: trailing surrogate expected");
  check("[\"\\u00g0\"]",
        "ERROR malformed JSON array at byte 7: hexadecimal digit expected");
  check("[\"a\"] x ]", "ERROR malformed JSON array at byte 7: end expected");
  test_touch("[\"a\"]");
  check("[\"a\"]", "[\"a\"] "); /* literally there */
}

static void test_long_array(void **state) {
  (void)state;
  CablesBuf source = {0};
  char name[32];
  for (int i = 0; i < 10000; i++) {
    snprintf(name, sizeof(name), "%c\"f%d\"", i ? ',' : '[', i * 7919 % 10000);
    cables_buf_text(&source, name);
    snprintf(name, sizeof(name), "f%d", i);
    test_write(name, "", 0);
  }
  cables_buf_byte(&source, ']');
  CablesList *list;
  CablesFile *file;
  CablesBuf error = {0};
  assert_int_equal(
      cables_list_open(&list, cables_buf_get(&source), &options, &error),
      CABLES_SOURCE_OK);
  char last[32] = "";
  int n = 0;
  while (cables_list_next(list, &file, &error) == CABLES_SOURCE_OK) {
    assert_true(strcmp(last, file->path.z) < 0);
    strcpy(last, file->path.z);
    n++;
  }
  assert_int_equal(n, 10000);
  cables_list_close(list);
  cables_buf_free(&source);
}

static void test_only(void **state) {
  (void)state;
  test_touch("a/b/x");
  test_touch("a/b/y");
  test_touch("a/c");
  test_mkdir("a/locked");
  check_only("a", "a/b/x", "a/b/x ");
  check_only("a", "a/b", "");
  check_only("a", "a/b/", "");
  check_only("a", "a/./c", "");
  check_only("a", "a/none", "");
  check_nul_only("a", (CablesSpan){"a/c\0", 4});
  check_only("a", "a//c", "");
  check_only("a", "a/b/../c", "");
  check_only("a", "b", "");
  check_only("a", "", "");
  check_only("a/*", "a/b/x", "");
  check_only("a/**", "a/b/x", "a/b/x ");
  check_only("[\"a/c\",\"a\"]", "a/c", "a/c ");
  check_only(".", "./a/c", "./a/c ");
  check_only(".", "a/c", "");
  if (geteuid() == 0) skip();
  assert_int_equal(chmod("a/locked", 0), 0);
  check_only("a", "a/locked/", "a/locked/! ");
  /* what is in there may be the path */
  check_only("a", "a/locked/x", "a/locked/! ");
  check_only("a", "a/c", "a/c ");
}

static void test_permission(void **state) {
  (void)state;
  if (geteuid() == 0) skip();
  test_touch("a/l/x");
  test_touch("a/l-z");
  test_touch("a/z");
  assert_int_equal(chmod("a/l", 0), 0);
  check("a", "a/l-z a/l/! a/z ");
  check("a/l", "a/l/! ");
  check("[\"a/l-z\",\"a\"]", "a/l-z a/l/! a/z ");
  assert_int_equal(chmod("a/l", 0700), 0);
}

static void test_links(void **state) {
  (void)state;
  test_touch("a/x");
  test_touch("b/y");
  make_link("../b", "a/down");
  make_link("../b/y", "a/file");
  make_link("..", "a/loop");
  make_link("self", "a/self");
  make_link("nowhere", "a/dead");
  make_link("a", "la");
  make_link("a/x", "lx");
  check("a", "a/x ");
  make_link("../b/y/z", "a/no-folder");
  char name[301];
  memset(name, 'n', 300);
  name[300] = '\0';
  make_link(name, "a/too-long");
  check("a", "a/x ");
  check("a/self", "a/self! ");
  check("la", "la/x "); /* a link that the argument names */
  check("lx", "lx ");
  options.follow_links = true;
  check("a", "a/down/y a/file a/loop/b/y a/loop/lx a/x ");
  check("a/*", "a/file a/x ");
  check_only("a", "a/down/y", "a/down/y ");
  options.root = *state;
  check("a", "a/down/y a/file a/loop/b/y a/loop/lx a/x ");
  check_only("a", "a/file", "a/file ");
  options.root = NULL;
  options.follow_links = false;
}

static void test_root(void **state) {
  (void)state;
  const char *here = *state;
  char path[PATH_MAX];
  char want[PATH_MAX + 64];
  char root[PATH_MAX];
  test_touch("r/in/x");
  test_touch("out/secret");
  make_link("../../out", "r/in/leak");
  make_link("../../out/secret", "r/in/leak2");
  make_link("x", "r/in/good");
  make_link("../../r/in/x", "r/in/around");
  snprintf(path, sizeof(path), "%s/r/in/x", here);
  make_link(path, "r/in/whole");
  snprintf(root, sizeof(root), "%s/r", here);
  options.root = root;
  check("r", "r/in/x ");
  check("r/in/good", "r/in/good ");
  check("r/in/around", "r/in/around ");
  check("r/in/whole", "r/in/whole ");
  check("r/../r/./in", "r/../r/./in/x ");
  check("out", "ERROR outside the root: 'out'");
  check("none", "ERROR outside the root: 'none'");
  check("r/none", "ERROR no such file or folder: 'r/none'");
  check("r/in/x/", "ERROR no such file or folder: 'r/in/x/'");
  check("r/in/leak", "ERROR outside the root: 'r/in/leak'");
  check("r/in/leak/none", "ERROR outside the root: 'r/in/leak/none'");
  check("r/in/leak/secret", "ERROR outside the root: 'r/in/leak/secret'");
  check("r/in/leak/*", "ERROR outside the root: 'r/in/leak/*'");
  check("r/../out", "ERROR outside the root: 'r/../out'");
  check("*", "ERROR outside the root: '*'");
  check("[x]/../r/none", "ERROR outside the root: '[x]/../r/none'");
  make_link("self", "r/self");
  check("r/self", "r/self! ");
  check("[\"r/self\"]", "r/self! ");
  assert_int_equal(unlink("r/self"), 0);
  check("/etc/passwd", "ERROR outside the root: '/etc/passwd'");
  check("[\"r/in\",\"out/secret\"]", "ERROR outside the root: 'out/secret'");
  check("r/in/*", "r/in/x ");
  options.follow_links = true;
  check("r/in", "r/in/around r/in/good r/in/whole r/in/x ");
  options.follow_links = false;
  snprintf(path, sizeof(path), "%s/r/in", here);
  snprintf(want, sizeof(want), "%s/x ", path);
  check(path, want);
  assert_int_equal(chdir("r"), 0);
  check(".", "./in/x ");
  check("../out/secret", "ERROR outside the root: '../out/secret'");
  check("../r/in", "../r/in/x ");
  options.root = "/";
  check("../r/in", "../r/in/x ");
  options.root = NULL;
}

/* Lists a folder below a root while a folder in it is swapped for a link, and
** sees to it that nothing outside comes. */
static void check_swap(const char *source, bool follow) {
  CablesList *list;
  CablesFile *file;
  CablesBuf error = {0};
  options.follow_links = follow;
  assert_int_equal(
      cables_list_open(&list, cables_span(source), &options, &error),
      CABLES_SOURCE_OK);
  assert_int_equal(cables_list_next(list, &file, &error), CABLES_SOURCE_OK);
  assert_true(cables_equal(file->path, CABLES_LIT("r/a")));
  assert_int_equal(rename("r/b", "r/old"), 0);
  make_link("../out", "r/b");
  assert_int_equal(unlink("r/c"), 0);
  make_link("../out/secret", "r/c");
  while (cables_list_next(list, &file, &error) == CABLES_SOURCE_OK)
    assert_false(is_readable(file));
  cables_list_close(list);
  assert_int_equal(unlink("r/b"), 0);
  assert_int_equal(unlink("r/c"), 0);
  assert_int_equal(rename("r/old", "r/b"), 0);
  test_touch("r/c");
  options.follow_links = false;
}

static void test_swap(void **state) {
  char root[PATH_MAX];
  snprintf(root, sizeof(root), "%s/r", (char *)*state);
  test_touch("out/secret");
  test_touch("r/a");
  test_touch("r/b/secret");
  test_touch("r/c");
  options.root = root;
  check_swap("r", false);
  check_swap("r", true);
  check_swap("[\"r/a\",\"r/b/secret\",\"r/c\"]", false);
  check_swap("r/**", true);
  options.root = NULL;
}

/* Opens a list and gives its first file. */
static CablesFile *open_list(CablesList **list, const char *source) {
  CablesFile *file = NULL;
  CablesBuf error = {0};
  assert_int_equal(
      cables_list_open(list, cables_span(source), &options, &error),
      CABLES_SOURCE_OK);
  assert_int_equal(cables_list_next(*list, &file, &error), CABLES_SOURCE_OK);
  return file;
}

/* Compares the other files of a list, and closes it. */
static void check_rest(CablesList *list, const char *want) {
  CablesFile *file;
  CablesBuf error = {0};
  CablesBuf got = {0};
  while (cables_list_next(list, &file, &error) == CABLES_SOURCE_OK) {
    cables_buf_span(&got, file->path);
    cables_buf_span(&got, file->error.z ? file->error : CABLES_LIT(""));
    cables_buf_byte(&got, '|');
  }
  cables_list_close(list);
  cables_buf_byte(&got, '\0');
  assert_string_equal(got.z, want);
  cables_buf_free(&got);
  assert_int_equal(test_memory_live(), 0);
}

/* What changes below a root between its listing and its turn. */
static void test_changed(void **state) {
  char root[PATH_MAX];
  CablesList *list;
  snprintf(root, sizeof(root), "%s/r", (char *)*state);
  options.root = root;
  options.follow_links = true;
  test_touch("r/a");
  test_touch("r/b");
  test_touch("r/c");
  test_touch("r/d/a");
  make_link("../b", "r/d/l1");
  make_link("../c", "r/d/l2");
  open_list(&list, "[\"r/a\",\"r/b\"]");
  assert_int_equal(unlink("r/b"), 0);
  check_rest(list,
             "r/b"
             "file cannot be read: No such file or directory|");
  test_touch("r/b");
  /* A link that leads nowhere any more, and one to what is no file. */
  open_list(&list, "r/d");
  assert_int_equal(unlink("r/b"), 0);
  assert_int_equal(unlink("r/c"), 0);
  test_mkdir("r/c");
  check_rest(list, "");
  /* A folder that is a link out of the root when its turn comes. */
  open_list(&list, "[\"r/a\",\"r/d\"]");
  assert_int_equal(rename("r/d", "r/old"), 0);
  make_link("..", "r/d");
  check_rest(list, "");
  options.root = NULL;
  options.follow_links = false;
}

/* Makes n folders called "f" in one another, each with a file "z", the last one
** with two more. */
static void make_deep(const char *at, int n) {
  char path[PATH_MAX];
  char name[PATH_MAX + 3];
  snprintf(path, sizeof(path), "%s", at);
  for (int i = 0; i < n; i++) {
    strcat(path, "/f");
    snprintf(name, sizeof(name), "%s/z", path);
    test_touch(name);
  }
  snprintf(name, sizeof(name), "%s/a", path);
  test_touch(name);
  snprintf(name, sizeof(name), "%s/b", path);
  test_touch(name);
}

/* Lists "d" with 20 folders in one another.  Behind the first file, the last
** folder is moved away; then the one that held it is, too, and then another
** comes in its place: what is left in it is told of, and all else comes. */
static void check_moved(bool two, bool replaced) {
  CablesList *list;
  char path[] = "d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f";
  CablesBuf want = {0};
  make_deep("d", 20);
  CablesFile *file = open_list(&list, "d");
  assert_int_equal(file->path.n, strlen(path) + 2); /* the last one's "a" */
  assert_int_equal(rename(path, "away"), 0);
  cables_buf_format(&want, "%s/b|%s/z|", path, path);
  path[strlen(path) - 2] = '\0';
  if (two) assert_int_equal(rename(path, "away2"), 0);
  if (replaced) test_mkdir(path);
  for (int n = 19; n > 0; n--) {
    cables_buf_format(&want, "%s/", path);
    cables_buf_text(&want, n == 19 && two ? "folder cannot be read: No such "
                                            "file or directory|"
                                          : "z|");
    path[strlen(path) - 2] = '\0';
  }
  cables_buf_byte(&want, '\0');
  char copy[2000];
  snprintf(copy, sizeof(copy), "%s", want.z);
  cables_buf_free(&want);
  check_rest(list, copy);
}

static void test_moved(void **state) {
  (void)state;
  check_moved(false, false);
}

static void test_moved_two(void **state) {
  (void)state;
  check_moved(true, false);
}

static void test_replaced(void **state) {
  (void)state;
  check_moved(true, true);
}

/* Nothing is told of a folder of which nothing is left. */
static void test_moved_last(void **state) {
  (void)state;
  CablesList *list;
  make_deep("d", 20);
  char path[] = "d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f";
  for (size_t n = strlen(path); n > 3; n -= 2) {
    char name[100];
    snprintf(name, sizeof(name), "%.*s/z", (int)n, path);
    assert_int_equal(unlink(name), 0);
  }
  open_list(&list, "d");
  assert_int_equal(rename(path, "away"), 0);
  path[strlen(path) - 2] = '\0';
  assert_int_equal(rename(path, "away2"), 0);
  check_rest(list, "d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/b|d/f/z|");
}

/* A link deep down leads to a folder whose ".." is another: the way back is
** the way there. */
static void test_deep_link(void **state) {
  (void)state;
  test_touch("other/x");
  make_deep("d", 18);
  make_link("../../../../../../../../../../../../../../../../../../../other",
            "d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/m");
  options.follow_links = true;
  check_only("d", "d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/m/x",
             "d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/m/x ");
  check("d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f",
        "d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/a "
        "d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/b "
        "d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/m/x "
        "d/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/f/z ");
  CablesList *list;
  CablesFile *file;
  CablesBuf error = {0};
  int n = 0;
  assert_int_equal(cables_list_open(&list, CABLES_LIT("d"), &options, &error),
                   CABLES_SOURCE_OK);
  while (cables_list_next(list, &file, &error) == CABLES_SOURCE_OK) {
    assert_true(is_readable(file));
    n++;
  }
  assert_int_equal(n, 21); /* 18 called z, a, b, x */
  cables_list_close(list);
  options.follow_links = false;
}

/* The kernel's own folders are told of, however they are reached. */
static void test_kernel(void **state) {
  if (access("/proc/self", R_OK) != 0) skip();
  CablesList *list;
  test_touch("a/x");
  make_link("/proc/self", "a/y");
  options.follow_links = true;
  open_list(&list, "a");
  check_rest(list,
             "a/y/folder cannot be read: it holds no files but the kernel's|");
  options.follow_links = false;
  check("/proc/self", "/proc/self/! ");
  check("/proc/self/*", "/proc/self/! ");
  assert_int_equal(chdir("/proc/self"), 0);
  check("*", "./! ");
  assert_int_equal(chdir(*state), 0);
}

/* The top folder, under all its names, can be opened. */
static void test_top(void **state) {
  (void)state;
  CablesList *list;
  CablesBuf error = {0};
  for (size_t n = 1; n < 4; n++) {
    assert_int_equal(
        cables_list_open(&list, (CablesSpan){"///", n}, &options, &error),
        CABLES_SOURCE_OK);
    cables_list_close(list);
  }
  assert_int_equal(test_memory_live(), 0);
}

/* Removes folders that are too deep for the tear-down. */
static void remove_deep(const char *name, int depth) {
  for (int i = 0; i < depth; i++) assert_int_equal(chdir(name), 0);
  for (int i = 0; i < depth; i++) {
    unlink("x");
    unlink("z");
    assert_int_equal(chdir(".."), 0);
    assert_int_equal(rmdir(name), 0);
  }
}

static void test_deep(void **state) {
  (void)state;
  /* 140 folders with names of 60 bytes: a path longer than PATH_MAX. */
  char name[61];
  memset(name, 'n', 60);
  name[60] = '\0';
  int home = open(".", O_RDONLY | O_DIRECTORY);
  for (int i = 0; i < 140; i++) {
    assert_int_equal(mkdir(name, 0700), 0);
    assert_int_equal(chdir(name), 0);
    if (i == 99 || i == 50) test_touch("x");
    if (i == 50) test_touch("z");
  }
  assert_int_equal(fchdir(home), 0);
  close(home);
  CablesList *list;
  CablesFile *file;
  CablesBuf error = {0};
  assert_int_equal(cables_list_open(&list, CABLES_LIT("."), &options, &error),
                   CABLES_SOURCE_OK);
  int low = dup(0);
  close(low);
  for (size_t i = 0; i < 4; i++) {
    assert_int_equal(cables_list_next(list, &file, &error), CABLES_SOURCE_OK);
    int next = dup(0); /* the lowest free handle: few are in use */
    close(next);
    assert_true(next <= low + 20);
    if (file->error.z == NULL) {
      assert_true(is_readable(file));
    } else {
      assert_true(cables_equal(
          file->error,
          CABLES_LIT("folder cannot be read: more than 128 folders deep")));
    }
  }
  assert_int_equal(cables_list_next(list, &file, &error), CABLES_SOURCE_END);
  cables_list_close(list);
  remove_deep(name, 140);
}

/* Lists and reads a source, or one path of it, with the nth allocation
** failing. */
static CablesSourceResult list_failing(const char *source, const char *only,
                                       long n) {
  CablesList *list = NULL;
  CablesFile *file;
  CablesDocument *doc;
  CablesBuf error = {0};
  test_memory_fail(n, 0);
  CablesReader *reader = cables_reader_new(&options);
  CablesSourceResult rc = CABLES_SOURCE_NOMEM;
  if (reader != NULL)
    rc = cables_list_open(&list, cables_span(source), &options, &error);
  if (rc == CABLES_SOURCE_OK && only != NULL)
    rc = cables_list_only(list, cables_span(only));
  while (rc == CABLES_SOURCE_OK) {
    rc = cables_list_next(list, &file, &error);
    if (rc == CABLES_SOURCE_OK) rc = cables_reader_open(reader, file);
    if (rc == CABLES_SOURCE_OK) rc = cables_reader_next(reader, &doc);
    if (rc == CABLES_SOURCE_OK) rc = cables_document_read(reader, SIZE_MAX);
  }
  test_memory_fail(0, 0);
  cables_reader_free(reader);
  cables_list_close(list);
  cables_buf_free(&error);
  return rc;
}

static void test_oom(void **state) {
  /* Paths of 63 and 64 bytes, with and without a slash behind: their memory
  ** has blocks of 64. */
  static char name[63];
  char path[100];
  memset(name, 'n', sizeof(name) - 1);
  for (int n = 60; n < 63; n++) {
    snprintf(path, sizeof(path), "l/f%.*s/x", n - 1, name);
    test_touch(path);
    snprintf(path, sizeof(path), "l/g%.*s", n - 1, name);
    test_touch(path);
  }
  snprintf(path, sizeof(path), "k/f%.*s/x", 60, name);
  test_touch(path);
  snprintf(path, sizeof(path), "j/f%.*s", 62, name);
  strcat(path, "nn");
  test_touch(path);
  test_touch("a/b/x");
  test_touch("a/y");
  test_write("p.html", "<p>x", 4);
  make_link("y", "a/link");
  make_link("self", "self");
  make_link("/proc/self", "kernel");
  make_link("/proc/self", "a/kernel");
  assert_int_equal(mkfifo("fifo", 0600), 0);
  static const struct {
    const char *source, *only;
    CablesSourceResult want;
  } cases[] = {
      {"a", NULL, CABLES_SOURCE_END},
      {"a", "a/b/x", CABLES_SOURCE_END},
      {"l", NULL, CABLES_SOURCE_END},
      {"k", NULL, CABLES_SOURCE_END},
      {"j", NULL, CABLES_SOURCE_END},
      {"[\"a\",\"a/*\",\"p.html\"]", NULL, CABLES_SOURCE_END},
      {"[\"a\",\"p.html\"]", "p.html", CABLES_SOURCE_END},
      {"none", NULL, CABLES_SOURCE_ERROR},
      {"[\"x", NULL, CABLES_SOURCE_ERROR},
      {"a/**", NULL, CABLES_SOURCE_END},
      {"../none", NULL, CABLES_SOURCE_ERROR},
      {"self", NULL, CABLES_SOURCE_END},
      {"self", "self", CABLES_SOURCE_END},
      {"fifo", NULL, CABLES_SOURCE_END},
      {"kernel", NULL, CABLES_SOURCE_END},
  };
  options.follow_links = true;
  for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
    options.root = i % 2 ? *state : NULL;
    CablesSourceResult rc = CABLES_SOURCE_NOMEM;
    bool is_outside = i % 2 && strcmp(cases[i / 2].source, "kernel") == 0;
    for (long n = 1; rc == CABLES_SOURCE_NOMEM; n++) {
      assert_true(n < 1000);
      rc = list_failing(cases[i / 2].source, cases[i / 2].only, n);
      assert_int_equal(test_memory_live(), 0);
    }
    assert_int_equal(rc, is_outside ? CABLES_SOURCE_ERROR : cases[i / 2].want);
  }
  options.follow_links = false;
  options.root = NULL;
}

static int polls; /* polls left until stop */

/* Stops when its turn has come. */
static int poll_down(void *arg) {
  (void)arg;
  return --polls == 0;
}

static void test_stop(void **state) {
  (void)state;
  test_touch("a/x");
  test_touch("a/y");
  static const char *const sources[] = {"a", "[\"a/x\",\"a/y\"]"};
  options.poll = poll_down;
  for (size_t k = 0; k < 2; k++) {
    CablesSourceResult rc = CABLES_SOURCE_STOP;
    for (int i = 1; rc == CABLES_SOURCE_STOP; i++) {
      polls = i;
      rc = list_failing(sources[k], NULL, 0);
      assert_int_equal(test_memory_live(), 0);
      if (i == 1) assert_int_equal(rc, CABLES_SOURCE_STOP);
    }
    assert_int_equal(rc, CABLES_SOURCE_END);
  }
  options.poll = NULL;
}

/* A folder of many names is no reason to wait. */
static void test_stop_names(void **state) {
  (void)state;
  char name[32];
  for (int i = 0; i < 1100; i++) {
    snprintf(name, sizeof(name), "a/f%d", i);
    test_write(name, "", 0);
  }
  options.poll = poll_down;
  for (polls = 1; polls <= 2; polls++) {
    int n = polls;
    assert_int_equal(list_failing("a", NULL, 0), CABLES_SOURCE_STOP);
    polls = n;
  }
  options.poll = NULL;
}

/* What the system says of a file is asked once, and of none that cannot be
** read. */
static void test_stat(void **state) {
  (void)state;
  CablesList *list;
  test_write("a/x", "12345", 5);
  CablesFile *file = open_list(&list, "a");
  cables_file_stat(file);
  assert_true(file->has_stat);
  assert_int_equal(file->bytes, 5);
  test_write("a/x", "1", 1);
  cables_file_stat(file);
  assert_int_equal(file->bytes, 5);
  cables_list_close(list);
  file = open_list(&list, "a");
  assert_int_equal(unlink("a/x"), 0);
  cables_file_stat(file);
  assert_false(file->has_stat);
  file->error = CABLES_LIT("it cannot be read");
  test_touch("a/x");
  cables_file_stat(file);
  assert_false(file->has_stat);
  cables_list_close(list);
}

#define TEST(f) \
  cmocka_unit_test_setup_teardown(f, test_files_begin, test_files_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_order),      TEST(test_errors),     TEST(test_glob_names),
      TEST(test_globs),      TEST(test_array),      TEST(test_long_array),
      TEST(test_only),       TEST(test_permission), TEST(test_links),
      TEST(test_root),       TEST(test_swap),       TEST(test_changed),
      TEST(test_moved),      TEST(test_moved_two),  TEST(test_replaced),
      TEST(test_moved_last), TEST(test_deep_link),  TEST(test_kernel),
      TEST(test_top),        TEST(test_deep),       TEST(test_oom),
      TEST(test_stop),       TEST(test_stat),       TEST(test_stop_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
