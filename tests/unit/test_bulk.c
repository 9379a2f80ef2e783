/*
** Tests of ext/source/bulk.c, csv.c and offsets.c through a reader; the
** expected values are worked out by hand.
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
#include "../../ext/source/offsets.h"
#include "files.h"
#include "memory.h"

static CablesCounters counters;

static int no_poll(void *arg) {
  (void)arg;
  return 0;
}

static CablesSourceOptions options = {
    .max_bytes = 1 << 26, .counters = &counters, .poll = no_poll};

/* A sound record; bodies follow. */
#define START(n) \
  "\"" n "\",\"2/25/1972 9:30\",\"72X" n "\",\"Embassy X\",\"SECRET\",\"\","
#define RECORD(n) START(n) "\"R 250930Z FEB 72\",\"Body " n ".\"\n"

/* All documents of a file as one text: entry@offset+length: text, and each
** note in brackets. */
static const char *read_all(const char *bytes, size_t n, const char *only) {
  static CablesBuf all;
  CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
  if (bytes != NULL) test_write("f", bytes, n);
  all.n = 0;
  CablesReader *reader = cables_reader_new(&options);
  assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
  if (only)
    assert_int_equal(cables_reader_only(reader, cables_span(only)),
                     CABLES_SOURCE_OK);
  CablesDocument *doc;
  CablesSourceResult rc;
  while ((rc = cables_reader_next(reader, &doc)) == CABLES_SOURCE_OK) {
    assert_int_equal(cables_document_read(reader, SIZE_MAX), CABLES_SOURCE_OK);
    assert_true(doc->complete);
    cables_buf_format(&all, "%s%.*s@%lld+%lld: ", doc->failed ? "!" : "",
                      (int)doc->entry.n, doc->entry.z ? doc->entry.z : "",
                      (long long)doc->offset, (long long)doc->length);
    cables_buf_span(&all, doc->text);
    for (size_t i = 0; i < doc->n_notes; i++)
      cables_buf_format(&all, " [%.*s]", (int)doc->notes[i].n, doc->notes[i].z);
    cables_buf_byte(&all, '|');
  }
  assert_int_equal(rc, CABLES_SOURCE_END);
  cables_reader_free(reader);
  cables_buf_byte(&all, '\0');
  static char text[100000];
  assert_true(all.n <= sizeof(text));
  memcpy(text, all.z, all.n);
  cables_buf_free(&all);
  assert_int_equal(test_memory_live(), 0);
  return text;
}

/* Compares all documents of a file of these bytes. */
static void check(const char *bytes, const char *want) {
  assert_string_equal(read_all(bytes, strlen(bytes), NULL), want);
}

/* RECORD("1") has 81 bytes, 52 of them START("1"). */
#define BODY(n) "R 250930Z FEB 72\nBody " n ".|"

static void test_sound(void **state) {
  (void)state;
  check(RECORD("1") RECORD("2"), "1@0+81: " BODY("1") "2@81+81: " BODY("2"));
  check(START("1") "\"h\",\"a \\\"b\\\",\\\\ it\\'s \"\"q\"\"\nend\"\n",
        "1@0+85: h\na \"b\",\\ it's \"q\"\nend|");
  /* A byte order mark, CRLF, a blank line, no line end at the end. */
  check("\xef\xbb\xbf" START("7") "\"\",\"a\r\nb\"\r\n\r\n" START(
            "9") "\"h\",\"\"",
        "7@3+63: a\nb|9@68+58: h|");
  check(START("3") "\"h\",\"caf\xe9\"\n",
        "3@0+63: h\ncaf\xc3\xa9 [text is not UTF-8: read as Windows-1252]|");
  /* The same number again. */
  check(RECORD("4") RECORD("4"), "4@0+81: " BODY("4") "#2@81+81: " BODY("4"));
}

static void test_fields(void **state) {
  (void)state;
  const char *bytes = START("12") "\"he\",\"bo\"\n";
  CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
  test_write("f", bytes, strlen(bytes));
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc;
  assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
  assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
  assert_int_equal(doc->kind, CABLES_DOCUMENT_BULK);
  assert_int_equal(cables_document_read(reader, 1), CABLES_SOURCE_OK);
  static const char *const want[] = {"id",
                                     "12",
                                     "created",
                                     "2/25/1972 9:30",
                                     "refid",
                                     "72X12",
                                     "origin",
                                     "Embassy X",
                                     "classification",
                                     "SECRET",
                                     "references",
                                     "",
                                     "header",
                                     NULL,
                                     "body",
                                     NULL};
  assert_int_equal(doc->n_fields, 8);
  for (size_t i = 0; i < 8; i++) {
    assert_true(cables_equal(doc->fields[i].name, cables_span(want[2 * i])));
    assert_true(
        cables_equal(doc->fields[i].value, cables_span(want[2 * i + 1])));
  }
  assert_int_equal(doc->bytes, (int64_t)strlen(bytes));
  cables_reader_free(reader);
}

/* Reads the document of a reader in steps; asserts that it is the text. */
static void check_steps(CablesReader *reader, const CablesDocument *doc,
                        size_t step, CablesSpan text) {
  for (size_t want = 1; !doc->complete; want = doc->text.n + step) {
    assert_int_equal(cables_document_read(reader, want), CABLES_SOURCE_OK);
    assert_true(doc->complete || doc->text.n >= want);
    assert_true(cables_starts(text, doc->text));
  }
  assert_true(cables_equal(doc->text, text));
  assert_int_equal(doc->n_notes, 1);
  assert_true(cables_equal(
      doc->notes[0], CABLES_LIT("text is not UTF-8: read as Windows-1252")));
}

/* However little is read at a time, and whoever reads it, what is escaped or
** has several bytes stays whole. */
static void test_steps(void **state) {
  (void)state;
  CablesBuf raw = {0};
  CablesBuf text = {0};
  cables_buf_text(&raw, START("1") "\"h\\\"\",\"");
  cables_buf_text(&text, "h\"\n");
  for (int i = 0; i < 3000; i++) {
    cables_buf_text(&raw, "\\\"x\"\"\\\\\r\n\xc3\xa9");
    cables_buf_text(&text, "\"x\"\\\n\xc3\xa9");
    cables_buf_text(&raw, i % 3 == 0 ? "y" : "");
    cables_buf_text(&text, i % 3 == 0 ? "y" : "");
  }
  cables_buf_text(&raw, "\xe9\"\n" RECORD("2"));
  cables_buf_text(&text, "\xc3\xa9");
  test_write("f", raw.z, raw.n);
  CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
  for (size_t step = 1; step < 10000; step = 3 * step + 1) {
    for (int moved = 0; moved < 2; moved++) {
      CablesReader *reader = cables_reader_new(&options);
      CablesReader *other = cables_reader_new(&options);
      CablesDocument *doc;
      CablesDocument *next;
      assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
      assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
      if (moved) {
        assert_int_equal(cables_document_move(reader, other, &doc),
                         CABLES_SOURCE_OK);
        assert_int_equal(cables_document_held(other),
                         raw.n - sizeof(RECORD("2")) + 1);
        assert_int_equal(cables_reader_next(reader, &next), CABLES_SOURCE_OK);
        assert_true(cables_equal(next->entry, CABLES_LIT("2")));
      }
      assert_true(cables_equal(doc->entry, CABLES_LIT("1")));
      check_steps(moved ? other : reader, doc, step, cables_buf_get(&text));
      assert_true(cables_equal(doc->fields[2].value, CABLES_LIT("72X1")));
      assert_int_equal(cables_reader_next(moved ? other : reader, &next),
                       moved ? CABLES_SOURCE_END : CABLES_SOURCE_OK);
      cables_reader_free(reader);
      cables_reader_free(other);
    }
  }
  cables_buf_free(&raw);
  cables_buf_free(&text);
  assert_int_equal(test_memory_live(), 0);
}

static void test_damage(void **state) {
  (void)state;
  /* The quote behind a body is missing; the line end; a comma is there. */
  check(START("1") "\"h\",\"b\n" RECORD("2"),
        "1@0+59: h\nb [record 1 at byte 0: quotes do not match]|2@59+81: " BODY(
            "2"));
  check(START("1") "\"h\",\"b\"" RECORD("2"),
        "1@0+59: h\nb [record 1 at byte 0: more than 8 columns]|2@59+81: " BODY(
            "2"));
  check(START("1") "\"h\",\"b\"," RECORD("2"),
        "1@0+60: h\nb [record 1 at byte 0: quotes do not match]|2@60+81: " BODY(
            "2"));
  /* Quotes inside that nothing escapes. */
  check(START("1") "\"h\",\"a \"b\", c\n\"\n" RECORD("2"),
        "1@0+68: h\na \"b\", c\n [record 1 at byte 0: quotes do not match]|"
        "2@68+81: " BODY("2"));
  /* Columns. */
  check(RECORD("1") START("2") "\"h\"\n" RECORD("3"),
        "1@0+81: " BODY("1") "2@81+56: h [record 2 at byte 81: 7 columns "
                             "instead of 8]|3@137+81: " BODY("3"));
  check(RECORD("1") START("2") "\"h\",\"b\",\"c\"\n" RECORD("3"),
        "1@0+81: " BODY("1") "2@81+64: h\nb\",\"c [record 2 at byte 81: more "
                             "than 8 columns]|3@145+81: " BODY("3"));
  /* Something else between two records. */
  check(RECORD("1") "rubbish \"x\n\n" RECORD("2"),
        "1@0+81: " BODY("1") "!#2@81+12:  [record #2 at byte 81: quotes do not "
                             "match]|2@93+81: " BODY("2"));
  /* The file is cut in a body, and in the columns before it. */
  check(START("1") "\"h\",\"bo",
        "1@0+59: h\nbo [record 1 at byte 0: the file ends inside it]|");
  check(RECORD("1") "\"2\",\"2/25/19",
        "1@0+81: " BODY("1") "!2@81+12:  [record 2 at byte 81: the file ends "
                             "inside it]|");
}

static void test_names(void **state) {
  (void)state;
  check(
      "Doc Number,DATE,\"Msg_Text\",to\n"
      "1977TOKYO13557,1977-09-01,\"a \"\"b\"\"\nc\",\n"
      "1978NEWDE08399,1978-01-02,plain\\,x\r\n"
      "1978NEWDE08400,x\n"
      "1978NEWDE08401,1978-01-03,\"open,x\n"
      "1978NEWDE08402,1978-01-02,\"d\",x\n",
      "1@30+39: a \"b\"\nc|2@69+36: plain\\|!3@105+17:  [record 3 at byte 105: "
      "2 columns instead of 4]|4@122+34: open,x [record 4 at byte 122: quotes "
      "do not match]|5@156+32: d|");
}

/* Look-ups, before the places are known, then by seeking. */
static void test_only(void **state) {
  (void)state;
  static char bytes[1 << 20];
  size_t n = 0;
  for (int i = 1; i <= 3000; i++)
    n += (size_t)snprintf(bytes + n, sizeof(bytes) - n,
                          "\"%d\",\"2/25/1972 9:30\",\"\",\"\",\"\",\"\","
                          "\"h\",\"body %d %s\"\n",
                          i, i, i % 2 ? "odd" : "even");
  test_write("f", bytes, n);
  options.offsets = cables_offsets_new();
  CablesReader *reader = cables_reader_new(&options);
  CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
  for (int round = 0; round < 3; round++) {
    CablesDocument *doc;
    counters.bytes_read = 0;
    assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
    cables_reader_only(reader, CABLES_LIT("2500"));
    assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
    assert_true(cables_equal(doc->entry, CABLES_LIT("2500")));
    assert_int_equal(cables_document_read(reader, SIZE_MAX), CABLES_SOURCE_OK);
    assert_true(cables_equal(doc->text, CABLES_LIT("h\nbody 2500 even")));
    assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_END);
    if (round == 0)
      assert_int_equal(counters.bytes_read, (int64_t)n);
    else
      assert_true(counters.bytes_read <= 2 * 65536);
    static const char *const none[] = {"3001", "0", "02500", "x", "", "#7"};
    for (size_t i = 0; i < 6; i++) {
      assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
      cables_reader_only(reader, cables_span(none[i]));
      assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_END);
    }
  }
  /* The file changes, unseen, for its size and times stay: what is sought is
  ** not there any more, and is looked for. */
  memmove(bytes + 10, bytes, n - 10);
  memcpy(bytes, "\n\n\n\n\n\n\n\n\n\n", 10);
  int fd = open("f", O_WRONLY | O_CLOEXEC);
  struct stat st;
  assert_int_equal(fstat(fd, &st), 0);
  assert_int_equal(write(fd, bytes, n), (int64_t)n);
  struct timespec times[2] = {st.st_atim, st.st_mtim};
  assert_int_equal(futimens(fd, times), 0);
  close(fd);
  CablesDocument *doc;
  assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
  cables_reader_only(reader, CABLES_LIT("2500"));
  assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
  assert_true(cables_equal(doc->entry, CABLES_LIT("2500")));
  cables_reader_free(reader);
  cables_offsets_free(options.offsets);
  options.offsets = NULL;
  assert_int_equal(test_memory_live(), 0);
}

static void test_max_bytes(void **state) {
  (void)state;
  static char bytes[400000];
  size_t n = 0;
  n += (size_t)snprintf(bytes, sizeof(bytes), "%s\"h\",\"", START("1"));
  memset(bytes + n, 'x', 300000);
  n += 300000;
  n +=
      (size_t)snprintf(bytes + n, sizeof(bytes) - n, "\\\"\"\n%s", RECORD("2"));
  options.max_bytes = 100;
  const char *got = read_all(bytes, n, NULL);
  char want[300];
  (void)snprintf(want, sizeof(want),
                 "1@0+300061: h\n%.*s [document is longer than max_bytes: "
                 "300061 bytes]|2@300061+81: " BODY("2"),
                 100 - 57, bytes + 57);
  assert_string_equal(got, want);
  options.max_bytes = 1 << 26;
}

/* Every allocation fails once. */
static void test_memory(void **state) {
  (void)state;
  const char *bytes = START("1") "\"h\",\"a \\\"b\"\n" RECORD("2");
  test_write("f", bytes, strlen(bytes));
  for (long nth = 1;; nth++) {
    CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
    CablesDocument *doc;
    CablesSourceResult rc = CABLES_SOURCE_NOMEM;
    test_memory_fail(nth, 1);
    options.offsets = cables_offsets_new();
    CablesReader *reader = cables_reader_new(&options);
    if (reader != NULL && options.offsets != NULL) {
      rc = cables_reader_open(reader, &file);
      while (rc == CABLES_SOURCE_OK) {
        rc = cables_reader_next(reader, &doc);
        if (rc == CABLES_SOURCE_OK) rc = cables_document_read(reader, SIZE_MAX);
      }
    }
    test_memory_fail(0, 0);
    cables_reader_free(reader);
    cables_offsets_free(options.offsets);
    assert_int_equal(test_memory_live(), 0);
    if (rc == CABLES_SOURCE_END) break;
    assert_int_equal(rc, CABLES_SOURCE_NOMEM);
  }
  options.offsets = NULL;
}

/* A file cut and changed anywhere: what comes before the damage is intact. */
static void test_broken(void **state) {
  (void)state;
  const char *good = RECORD("1")
      START("2") "\"h\",\"a \\\"b\\\" \"\"c\"\"\nd\"\n" RECORD("3") RECORD("4");
  size_t n = strlen(good);
  char want[2000];
  (void)snprintf(want, sizeof(want), "%s", read_all(good, n, NULL));
  for (size_t cut = 81; cut < n; cut++)
    assert_memory_equal(read_all(good, cut, NULL), want, 33);
  static const char bytes[] = "\"\\,\nx\xff\0/7";
  for (size_t at = 81; at < n; at++) {
    for (size_t i = 0; i < sizeof(bytes); i++) {
      char bad[1000];
      memcpy(bad, good, n);
      if (bad[at] == bytes[i]) continue;
      bad[at] = bytes[i];
      const char *got = read_all(bad, n, NULL);
      assert_memory_equal(got, want, 33);
      /* One record is lost, but not the last one too. */
      if (at < n - 82) assert_non_null(strstr(got, "Body 4."));
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sound),     cmocka_unit_test(test_fields),
      cmocka_unit_test(test_steps),     cmocka_unit_test(test_damage),
      cmocka_unit_test(test_names),     cmocka_unit_test(test_only),
      cmocka_unit_test(test_max_bytes), cmocka_unit_test(test_memory),
      cmocka_unit_test(test_broken),
  };
  return cmocka_run_group_tests(tests, test_files_begin, test_files_end);
}
