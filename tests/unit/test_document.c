/*
** Tests of ext/source/document.c; the expected texts are worked out by hand.
*/
#include <fcntl.h>
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
#include "files.h"
#include "memory.h"

static CablesCounters counters;
static int polls;   /* calls of the poll so far */
static int stop_at; /* the call that stops, 0 is none */

/* Counts, and stops when its turn has come. */
static int count_poll(void *arg) {
  (void)arg;
  return ++polls == stop_at;
}

static CablesSourceOptions options = {
    .max_bytes = 1 << 26, .counters = &counters, .poll = count_poll};

/* A file of the working folder. */
static CablesFile file_of(const char *name) {
  return (CablesFile){.path = cables_span(name), .dir = AT_FDCWD, .name = name};
}

/* Opens a file and gives its document, unread. */
static CablesDocument *open_document(CablesReader *reader, const char *name) {
  CablesFile file = file_of(name);
  CablesDocument *doc = NULL;
  assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
  assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
  return doc;
}

/* Reads a file to its end, asking for `want` bytes more each time, and
** compares.  note: the only one, or NULL. */
static void check_steps(const char *name, CablesSpan text, const char *note,
                        size_t want) {
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc = open_document(reader, name);
  size_t ask = want;
  while (!doc->complete) {
    assert_int_equal(cables_document_read(reader, ask), CABLES_SOURCE_OK);
    assert_true(doc->complete || doc->text.n >= ask);
    ask = doc->text.n + want < want ? SIZE_MAX : doc->text.n + want;
  }
  assert_true(cables_equal(doc->text, text));
  assert_int_equal(doc->n_notes, note ? 1 : 0);
  if (note) assert_true(cables_equal(doc->notes[0], cables_span(note)));
  CablesDocument *other;
  assert_int_equal(cables_reader_next(reader, &other), CABLES_SOURCE_END);
  cables_reader_free(reader);
}

/* The same in small steps and at once. */
static void check(const char *name, CablesSpan text, const char *note) {
  check_steps(name, text, note, 1);
  check_steps(name, text, note, 8192);
  check_steps(name, text, note, SIZE_MAX);
  assert_int_equal(test_memory_live(), 0);
}

static void test_plain(void **state) {
  (void)state;
  test_write("a", "text\r\nmore\r", 11);
  check("a", CABLES_LIT("text\nmore\n"), NULL);
  test_write("empty", "", 0);
  check("empty", CABLES_LIT(""), NULL);
  test_write("bom", "\xef\xbb\xbfx", 4);
  check("bom", CABLES_LIT("x"), NULL);
  test_write("nul", "a\0b", 3);
  check("nul", CABLES_LIT("a b"), "text holds NUL bytes");
  test_write("cp1252", "caf\xe9", 4);
  check("cp1252", CABLES_LIT("caf\xc3\xa9"),
        "text is not UTF-8: read as Windows-1252");
  test_write("utf16",
             "\xff\xfe"
             "A\0\r\0\n\0",
             8);
  check("utf16", CABLES_LIT("A\n"), "text is UTF-16");
}

static void test_head(void **state) {
  (void)state;
  static char text[100000];
  memset(text, 'x', sizeof(text));
  test_write("long", text, sizeof(text));
  counters = (CablesCounters){0};
  polls = 0;
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc = open_document(reader, "long");
  assert_int_equal(doc->bytes, 100000);
  assert_true(doc->mtime > 1000000000);
  assert_int_equal(counters.bytes_read, 8192);
  assert_int_equal(cables_document_read(reader, 100), CABLES_SOURCE_OK);
  assert_int_equal(doc->text.n, 8192);
  assert_false(doc->complete);
  assert_int_equal(counters.bytes_read, 8192);
  assert_int_equal(cables_document_read(reader, 8000), CABLES_SOURCE_OK);
  assert_int_equal(counters.bytes_read, 8192);
  assert_int_equal(cables_document_read(reader, SIZE_MAX), CABLES_SOURCE_OK);
  assert_int_equal(doc->text.n, 100000);
  assert_true(doc->complete);
  assert_int_equal(counters.bytes_read, 100000);
  assert_int_equal(counters.files_opened, 1);
  assert_true(polls >= 4);
  cables_reader_free(reader);
}

/* Puts bytes across the end of the first read, at each of their places. */
static void check_cut(const char *bytes, const char *want, const char *note) {
  size_t n = strlen(bytes);
  size_t m = strlen(want);
  static char raw[8300];
  static char text[8300];
  for (size_t back = 0; back <= n; back++) {
    size_t at = 8192 - back;
    memset(raw, 'x', sizeof(raw));
    memset(text, 'x', sizeof(text));
    memcpy(raw + at, bytes, n);
    memcpy(text + at, want, m);
    test_write("cut", raw, at + n + 10);
    check("cut", (CablesSpan){text, at + m + 10}, note);
    test_write("cut", raw, at + n);
    check("cut", (CablesSpan){text, at + m}, note);
  }
}

static void test_cut(void **state) {
  (void)state;
  check_cut("\r\n", "\n", NULL);
  check_cut("\r\r\n", "\n\n", NULL);
  check_cut("\xe2\x82\xac", "\xe2\x82\xac", NULL);
  check_cut("\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80", NULL);
  check_cut("\xe2\x82", "\xc3\xa2\xe2\x80\x9a",
            "text is not UTF-8: read as Windows-1252");
}

static void test_max_bytes(void **state) {
  (void)state;
  test_write("six", "12345\xc3\xa9", 7);
  options.max_bytes = 7;
  check("six", CABLES_LIT("12345\xc3\xa9"), NULL);
  options.max_bytes = 6; /* the cut character is no Windows-1252 */
  check("six", CABLES_LIT("12345"),
        "document is longer than max_bytes: 7 bytes");
  options.max_bytes = 0;
  check("six", CABLES_LIT(""), "document is longer than max_bytes: 7 bytes");
  test_write("page", "<p>ab<p>cd", 10);
  options.max_bytes = 9;
  check("page", CABLES_LIT("ab\nc"),
        "document is longer than max_bytes: 10 bytes");
  options.max_bytes = 1 << 26;
}

static void test_page(void **state) {
  (void)state;
  static char page[40000];
  int n = snprintf(page, sizeof(page), "<html><pre>a\nb%30000d</pre>", 1);
  test_write("page", page, (size_t)n);
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc = open_document(reader, "page");
  assert_int_equal(cables_document_read(reader, 1), CABLES_SOURCE_OK);
  assert_int_equal(doc->kind, CABLES_DOCUMENT_HTML);
  assert_true(doc->complete);
  assert_int_equal(doc->text.n, 30003);
  doc = open_document(reader, "page"); /* the reader serves again */
  assert_int_equal(doc->kind, CABLES_DOCUMENT_TEXT);
  assert_int_equal(doc->text.n, 0);
  cables_reader_free(reader);
  test_write("koi8", "<meta charset=KOI8-R>\xf0", 22);
  check("koi8", CABLES_LIT("\xd0\x9f"), "text is not UTF-8: read as koi8-r");
  test_write("utf16", "\xff\xfe<\0p\0>\0a\0", 10);
  check("utf16", CABLES_LIT("a"), "text is UTF-16");
}

/* Compares the failure of a file that cannot be read. */
static void check_failed(CablesFile file, const char *note) {
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc;
  assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
  assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
  assert_true(doc->failed && doc->complete);
  assert_int_equal(cables_document_read(reader, 1), CABLES_SOURCE_OK);
  assert_int_equal(doc->text.n, 0);
  assert_int_equal(doc->n_notes, 1);
  assert_true(cables_equal(doc->notes[0], cables_span(note)));
  cables_reader_free(reader);
}

static void test_failed(void **state) {
  (void)state;
  counters = (CablesCounters){0};
  check_failed(file_of("gone"),
               "file cannot be read: No such file or directory");
  assert_int_equal(mkfifo("fifo", 0600), 0);
  check_failed(file_of("fifo"), "file cannot be read: not a regular file");
  check_failed(file_of("."), "file cannot be read: not a regular file");
  check_failed(file_of("/dev/null"), "file cannot be read: not a regular file");
  if (access("/proc/version", R_OK) == 0)
    check_failed(file_of("/proc/version"),
                 "file cannot be read: not a regular file");
  test_touch("real");
  assert_int_equal(symlink("real", "link"), 0);
  check_failed(file_of("link"),
               "file cannot be read: Too many levels of symbolic links");
  CablesFile file = file_of("x");
  file.error = CABLES_LIT("folder cannot be read: Permission denied");
  check_failed(file, "folder cannot be read: Permission denied");
  assert_int_equal(counters.files_opened, 0);
  file = file_of("link");
  file.is_link = true;
  CablesReader *reader = cables_reader_new(&options);
  assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
  assert_int_equal(counters.files_opened, 1);
  cables_reader_free(reader);
  options.root = "/";
  check_failed(file, "file cannot be read: Too many levels of symbolic links");
  options.root = NULL;
}

static void test_permission(void **state) {
  (void)state;
  if (geteuid() == 0) skip();
  test_touch("locked");
  assert_int_equal(chmod("locked", 0), 0);
  check_failed(file_of("locked"), "file cannot be read: Permission denied");
}

static void test_stop(void **state) {
  (void)state;
  static char text[200000];
  test_write("long", text, sizeof(text));
  CablesReader *reader = cables_reader_new(&options);
  open_document(reader, "long");
  polls = 0;
  stop_at = 3;
  assert_int_equal(cables_document_read(reader, SIZE_MAX), CABLES_SOURCE_STOP);
  assert_int_equal(polls, 3);
  stop_at = 0;
  cables_reader_free(reader);
}

/* A file that becomes shorter meanwhile: what came before is kept. */
static void test_shorter(void **state) {
  (void)state;
  static char text[100000];
  memset(text, 'x', sizeof(text));
  test_write("long", text, sizeof(text));
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc = open_document(reader, "long");
  assert_int_equal(truncate("long", 50000), 0);
  assert_int_equal(cables_document_read(reader, SIZE_MAX), CABLES_SOURCE_OK);
  assert_true(doc->failed && doc->complete);
  assert_int_equal(doc->text.n, 50000);
  assert_int_equal(doc->n_notes, 1);
  assert_true(cables_equal(
      doc->notes[0],
      CABLES_LIT("file cannot be read: it became shorter meanwhile")));
  cables_reader_free(reader);
}

/* Moves the document of a file to a reader that has read another, and reads it
** there; the first one goes on.  Gives what ended it. */
static CablesSourceResult read_moved(const char *name, const char *before,
                                     CablesReader *reader, CablesReader *to,
                                     CablesDocument **doc) {
  CablesFile file = file_of(before);
  CablesSourceResult rc = cables_reader_open(to, &file);
  if (rc == CABLES_SOURCE_OK) rc = cables_reader_next(to, doc);
  if (rc == CABLES_SOURCE_OK) rc = cables_document_read(to, SIZE_MAX);
  file = file_of(name);
  if (rc == CABLES_SOURCE_OK) rc = cables_reader_open(reader, &file);
  if (rc == CABLES_SOURCE_OK) rc = cables_reader_next(reader, doc);
  if (rc == CABLES_SOURCE_OK) rc = cables_document_move(reader, to, doc);
  CablesDocument *next;
  if (rc == CABLES_SOURCE_OK &&
      cables_reader_next(reader, &next) != CABLES_SOURCE_END)
    return CABLES_SOURCE_ERROR;
  if (rc == CABLES_SOURCE_OK) rc = cables_document_read(to, 1);
  return rc == CABLES_SOURCE_OK ? cables_document_read(to, SIZE_MAX) : rc;
}

static const struct {
  const char *name;
  size_t n; /* bytes of its text */
  const char *note;
} moved[] = {
    {"text", 20000, NULL},
    {"page", 20001, NULL},
    {"latin", 2, "text is not UTF-8: read as Windows-1252"},
    {"empty", 0, NULL},
    {"gone", 0, "file cannot be read: No such file or directory"},
};
enum { N_MOVED = sizeof(moved) / sizeof(moved[0]) };

static void write_moved(void) {
  static char text[20010];
  memset(text, 'x', sizeof(text));
  test_write("text", text, 20000);
  memcpy(text, "<pre>", 5);
  test_write("page", text, 20006);
  test_write("latin", "\xe9", 1);
  test_write("empty", "", 0);
}

static void test_move(void **state) {
  (void)state;
  write_moved();
  for (size_t i = 0; i < N_MOVED * N_MOVED; i++) {
    size_t k = i % N_MOVED;
    CablesReader *reader = cables_reader_new(&options);
    CablesReader *to = cables_reader_new(&options);
    CablesDocument *doc;
    assert_int_equal(
        read_moved(moved[k].name, moved[i / N_MOVED].name, reader, to, &doc),
        CABLES_SOURCE_OK);
    assert_int_equal(doc->text.n, moved[k].n);
    assert_true(doc->complete);
    assert_int_equal(doc->failed, strcmp(moved[k].name, "gone") == 0);
    assert_int_equal(doc->n_notes, moved[k].note != NULL);
    if (moved[k].note != NULL)
      assert_true(cables_equal(doc->notes[0], cables_span(moved[k].note)));
    assert_null(doc->entry.z);
    CablesDocument *other;
    assert_int_equal(cables_reader_next(to, &other), CABLES_SOURCE_END);
    cables_reader_free(reader);
    cables_reader_free(to);
    assert_int_equal(test_memory_live(), 0);
  }
}

/* What a reader holds for a document that was moved to it: its bytes. */
static void test_held(void **state) {
  (void)state;
  write_moved();
  CablesReader *reader = cables_reader_new(&options);
  CablesReader *to = cables_reader_new(&options);
  CablesDocument *doc = open_document(reader, "text");
  assert_int_equal(cables_document_move(reader, to, &doc), CABLES_SOURCE_OK);
  assert_int_equal(cables_document_held(to), 20000);
  cables_reader_free(reader);
  cables_reader_free(to);
}

/* Every allocation fails, once and from then on, and every poll stops. */
static void test_move_failures(void **state) {
  (void)state;
  write_moved();
  for (size_t i = 0; i < N_MOVED * 3; i++) {
    const char *name = moved[i / 3].name;
    CablesSourceResult want =
        i % 3 == 2 ? CABLES_SOURCE_STOP : CABLES_SOURCE_NOMEM;
    CablesSourceResult rc = want;
    for (int nth = 1; rc == want; nth++) {
      CablesDocument *doc;
      polls = 0;
      if (i % 3 == 2)
        stop_at = nth;
      else
        test_memory_fail(nth, i % 3 == 1);
      CablesReader *reader = cables_reader_new(&options);
      CablesReader *to = cables_reader_new(&options);
      rc = CABLES_SOURCE_NOMEM;
      if (reader != NULL && to != NULL)
        rc = read_moved(name, "text", reader, to, &doc);
      stop_at = 0;
      test_memory_fail(0, 0);
      if (rc == CABLES_SOURCE_OK) assert_int_equal(doc->text.n, moved[i / 3].n);
      /* They serve again. */
      if (reader != NULL && to != NULL) {
        assert_int_equal(read_moved(name, "page", reader, to, &doc),
                         CABLES_SOURCE_OK);
        assert_int_equal(doc->text.n, moved[i / 3].n);
      }
      cables_reader_free(reader);
      cables_reader_free(to);
      assert_int_equal(test_memory_live(), 0);
      assert_true(nth > 1 || rc == want);
    }
    assert_int_equal(rc, CABLES_SOURCE_OK);
  }
}

/* Reads a file with the nth allocation failing. */
static CablesSourceResult read_failing(const char *name, long n) {
  CablesFile file = file_of(name);
  CablesDocument *doc;
  test_memory_fail(n, 0);
  CablesReader *reader = cables_reader_new(&options);
  CablesSourceResult rc = CABLES_SOURCE_NOMEM;
  if (reader != NULL) rc = cables_reader_open(reader, &file);
  if (rc == CABLES_SOURCE_OK) rc = cables_reader_next(reader, &doc);
  if (rc == CABLES_SOURCE_OK) rc = cables_document_read(reader, 8192);
  if (rc == CABLES_SOURCE_OK) rc = cables_document_read(reader, SIZE_MAX);
  test_memory_fail(0, 0);
  cables_reader_free(reader);
  return rc;
}

static void test_oom(void **state) {
  (void)state;
  static char text[20000];
  test_write("text", text, sizeof(text));
  test_write("page", "<meta charset=koi8-r><p>a < \xf0 b", 31);
  const char *const names[] = {"text", "page", "gone"};
  for (size_t i = 0; i < 3; i++) {
    CablesSourceResult rc = CABLES_SOURCE_NOMEM;
    for (long n = 1; rc != CABLES_SOURCE_OK; n++) {
      rc = read_failing(names[i], n);
      assert_true(rc == CABLES_SOURCE_OK || rc == CABLES_SOURCE_NOMEM);
      assert_int_equal(test_memory_live(), 0);
    }
  }
}

#define TEST(f) \
  cmocka_unit_test_setup_teardown(f, test_files_begin, test_files_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_plain),      TEST(test_head),          TEST(test_cut),
      TEST(test_max_bytes),  TEST(test_page),          TEST(test_failed),
      TEST(test_permission), TEST(test_shorter),       TEST(test_move),
      TEST(test_held),       TEST(test_move_failures), TEST(test_stop),
      TEST(test_oom),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
