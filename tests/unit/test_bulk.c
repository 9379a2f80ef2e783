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

#include "../../ext/source/bulk.h"
#include "../../ext/source/document.h"
#include "../../ext/source/offsets.h"
#include "files.h"
#include "memory.h"

static CablesCounters counters;
static int polls;   /* calls of the poll so far */
static int stop_at; /* the call that stops, 0 is none */

static int count_poll(void *arg) {
  (void)arg;
  return ++polls == stop_at;
}

static CablesSourceOptions options = {
    .max_bytes = 1 << 26, .counters = &counters, .poll = count_poll};

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
  if (options.offsets == NULL) assert_int_equal(test_memory_live(), 0);
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
  check(RECORD("1") START("2") "\"h\"\r\n" RECORD("3"),
        "1@0+81: " BODY("1") "2@81+57: h [record 2 at byte 81: 7 columns "
                             "instead of 8]|3@138+81: " BODY("3"));
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

/* What the first line has to hold for columns that have names. */
static void test_recognised(void **state) {
  (void)state;
  assert_true(cables_is_bulk(CABLES_LIT("\r\n\n" START("1"))));
  assert_true(cables_is_bulk(CABLES_LIT("\xef\xbb\xbf\nDate,Text\n")));
  assert_true(cables_is_bulk(CABLES_LIT("date,,t,TEXT\n")));
  assert_true(cables_is_bulk(CABLES_LIT("date,\"x,\"Text\"\n")));
  assert_false(cables_is_bulk(CABLES_LIT("colour,text\n")));
  assert_false(cables_is_bulk(CABLES_LIT("abcdefghijklmnopqrstuvwxyz,text\n")));
  assert_false(cables_is_bulk(CABLES_LIT("date,subject\n")));
  assert_false(cables_is_bulk(CABLES_LIT("date,text")));
  assert_false(cables_is_bulk(CABLES_LIT("date text\n")));
  assert_false(cables_is_bulk(CABLES_LIT("\r\n")));
  char line[2000] = "date,text";
  for (int i = 2; i < CABLES_CSV_COLUMNS; i++) strcat(line, ",x");
  assert_true(cables_is_bulk(cables_span(strcat(line, "\n"))));
  line[strlen(line) - 1] = ',';
  assert_false(cables_is_bulk(cables_span(strcat(line, "x\n"))));
}

/* A header and a body with names of their own; a record with too many
** columns. */
static void test_named_header(void **state) {
  (void)state;
  check("Date,Header,Text,\"\"\n1 May,h,b,x\n2 May,h2,b2,x,y\n3 May,,,\n",
        "1@20+12: h\nb|2@32+16: h2\nb2 [record 2 at byte 32: 5 columns instead "
        "of 4]|3@48+9: |");
}

/* Numbers that are none, or too large to be kept apart, and damage that is all
** of a record. */
static void test_numbers(void **state) {
  (void)state;
  check(RECORD("16777215"), "16777215@0+102: " BODY("16777215"));
  check(RECORD("16777216"), "#1@0+102: R 250930Z FEB 72\nBody 16777216.|");
  check(RECORD("01") RECORD("2"), "#1@0+84: " BODY("01") "2@84+81: " BODY("2"));
  check(RECORD("1") ",,\n\n" RECORD("2"),
        "1@0+81: " BODY("1") "!#2@81+4:  [record #2 at byte 81: quotes do not "
                             "match]|2@85+81: " BODY("2"));
  static const char nul[] = START("1") "\"h\",\"b\0";
  assert_string_equal(read_all(nul, sizeof(nul) - 1, NULL),
                      "1@0+59: h\nb  [text holds NUL bytes] [record 1 at byte "
                      "0: the file ends inside it]|");
}

/* A piece that is escaped ends inside a character, and in the next nothing is
** escaped. */
static void test_pieces(void **state) {
  (void)state;
  CablesBuf raw = {0};
  CablesBuf text = {0};
  cables_buf_text(&raw, START("1") "\"\",\"\\\"");
  cables_buf_text(&text, "\"");
  for (int i = 0; i < 4093; i++) cables_buf_byte(&raw, 'x');
  for (int i = 0; i < 4093; i++) cables_buf_byte(&text, 'x');
  cables_buf_text(&raw, "\xc3\xa9");
  cables_buf_text(&text, "\xc3\xa9");
  for (int i = 0; i < 5000; i++) cables_buf_byte(&raw, 'y');
  for (int i = 0; i < 5000; i++) cables_buf_byte(&text, 'y');
  cables_buf_text(&raw, "\"\n");
  test_write("f", raw.z, raw.n);
  CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc;
  assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
  assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
  for (size_t want = 1; !doc->complete; want = doc->text.n + 1)
    assert_int_equal(cables_document_read(reader, want), CABLES_SOURCE_OK);
  assert_true(cables_equal(doc->text, cables_buf_get(&text)));
  cables_reader_free(reader);
  cables_buf_free(&raw);
  cables_buf_free(&text);
}

/* Records of which a place is known are sought, and are the same ones. */
static void test_places(void **state) {
  (void)state;
  const char *named = "Date,Text\n1 May,b1\n2 May,b2\n";
  const char *plain = RECORD("1") RECORD("x") RECORD("3");
  assert_string_equal(read_all(plain, strlen(plain), "3"),
                      "3@162+81: " BODY("3"));
  options.offsets = cables_offsets_new();
  for (int round = 0; round < 2; round++) {
    const char *bytes = round == 0 ? named : NULL; /* the file as it is */
    assert_string_equal(read_all(bytes, strlen(named), "2"), "2@19+9: b2|");
  }
  for (int round = 0; round < 2; round++) {
    const char *bytes = round == 0 ? plain : NULL;
    assert_string_equal(read_all(bytes, strlen(plain), "3"),
                        "3@162+81: " BODY("3"));
    assert_string_equal(read_all(NULL, 0, "1"), "1@0+81: " BODY("1"));
    assert_string_equal(read_all(NULL, 0, "#2"), "#2@81+81: " BODY("x"));
    assert_string_equal(read_all(NULL, 0, "#3"), "");
    assert_string_equal(read_all(NULL, 0, "1234567890123456789"), "");
  }
  cables_offsets_free(options.offsets);
  options.offsets = NULL;
  assert_int_equal(test_memory_live(), 0);
}

/* A file that becomes shorter meanwhile tells so, and its places are not
** kept. */
static void test_shorter(void **state) {
  (void)state;
  CablesBuf raw = {0};
  while (raw.n < 200000) cables_buf_text(&raw, RECORD("1"));
  test_write("f", raw.z, raw.n);
  options.offsets = cables_offsets_new();
  CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc;
  assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
  assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
  assert_int_equal(truncate("f", 20000), 0);
  CablesSourceResult rc;
  int n = 1;
  bool told = false;
  while ((rc = cables_reader_next(reader, &doc)) == CABLES_SOURCE_OK) {
    n++;
    told = doc->failed && doc->n_notes > 0 &&
           cables_equal(doc->notes[0], CABLES_LIT("file cannot be read: it "
                                                  "became shorter meanwhile"));
  }
  assert_int_equal(rc, CABLES_SOURCE_END);
  assert_true(told);
  assert_true(n > 20000 / 81);
  CablesOffsetsKey key = {.path = CABLES_LIT("f")};
  int64_t offset;
  bool known;
  assert_false(cables_offsets_find(options.offsets, &key, 1, &offset, &known));
  cables_reader_free(reader);
  cables_buf_free(&raw);
  cables_offsets_free(options.offsets);
  options.offsets = NULL;
  assert_int_equal(test_memory_live(), 0);
}

/* One reader takes files of any columns, after another. */
static void test_again(void **state) {
  (void)state;
  static const struct {
    const char *bytes, *name, *text;
  } files[] = {
      {RECORD("1"), "id", "R 250930Z FEB 72\nBody 1."},
      {"Date,Text\n1 May,b1\n", "Date", "b1"},
      {"Day,Text,Date\n1 May,b2,\n", "Day", "b2"},
      {"Dat,Text,Date\n1 May,b3,\n", "Dat", "b3"},
      {"Dat,Text,Date\n1 May,b4,\n", "Dat", "b4"},
      {RECORD("2"), "id", "R 250930Z FEB 72\nBody 2."},
  };
  CablesReader *reader = cables_reader_new(&options);
  for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
    CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
    CablesDocument *doc;
    test_write("f", files[i].bytes, strlen(files[i].bytes));
    assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
    assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
    assert_int_equal(cables_document_read(reader, SIZE_MAX), CABLES_SOURCE_OK);
    assert_true(doc->complete); /* read again, it is the same */
    assert_int_equal(cables_document_read(reader, SIZE_MAX), CABLES_SOURCE_OK);
    assert_true(cables_equal(doc->fields[0].name, cables_span(files[i].name)));
    assert_true(cables_equal(doc->text, cables_span(files[i].text)));
  }
  cables_reader_free(reader);
}

/* Reads all of the file "f", or the record of an entry; with another reader
** each document is moved there.  Gives what ended it, and the documents. */
static CablesSourceResult read_by(CablesReader *reader, CablesReader *other,
                                  const char *only, int *n_documents) {
  CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
  CablesSourceResult rc = cables_reader_open(reader, &file);
  *n_documents = 0;
  if (rc == CABLES_SOURCE_OK && only != NULL)
    rc = cables_reader_only(reader, cables_span(only));
  while (rc == CABLES_SOURCE_OK) {
    CablesDocument *doc;
    rc = cables_reader_next(reader, &doc);
    if (rc == CABLES_SOURCE_OK) ++*n_documents;
    if (rc == CABLES_SOURCE_OK && other != NULL)
      rc = cables_document_move(reader, other, &doc);
    if (rc == CABLES_SOURCE_OK)
      rc = cables_document_read(other != NULL ? other : reader, SIZE_MAX);
  }
  return rc;
}

/* The same with a new reader, which serves again where it failed; that is not
** made to fail. */
static CablesSourceResult read_through(const char *only, bool moves,
                                       int *n_documents) {
  CablesReader *reader = cables_reader_new(&options);
  CablesReader *other = moves ? cables_reader_new(&options) : NULL;
  CablesSourceResult rc = CABLES_SOURCE_NOMEM;
  bool ready = reader != NULL && (!moves || other != NULL);
  if (ready) rc = read_by(reader, other, only, n_documents);
  test_memory_fail(0, 0);
  stop_at = 0;
  if (ready && rc != CABLES_SOURCE_END)
    assert_int_equal(read_by(reader, other, only, n_documents),
                     CABLES_SOURCE_END);
  cables_reader_free(reader);
  cables_reader_free(other);
  return rc;
}

/* Every allocation fails, once or from then on, and every poll stops: all
** documents come, or it is told.  In the table are the places of these bytes,
** which may not be those of the file any more; NULL: there are none. */
static void check_failures(const char *bytes, size_t n, const char *known,
                           const char *only, int n_documents) {
  int got;
  for (int i = 0; i < 6; i++) {
    CablesSourceResult want =
        i % 3 == 2 ? CABLES_SOURCE_STOP : CABLES_SOURCE_NOMEM;
    CablesSourceResult rc = want;
    for (int nth = 1; rc == want; nth++) {
      options.offsets = cables_offsets_new();
      struct timespec times[2] = {{1000000000, 0}, {1000000000, 0}};
      if (known != NULL) {
        test_write("f", known, n);
        assert_int_equal(utimensat(AT_FDCWD, "f", times, 0), 0);
        assert_int_equal(read_through("none", false, &got), CABLES_SOURCE_END);
        assert_int_equal(read_through(NULL, false, &got), CABLES_SOURCE_END);
      }
      int fd = open("f", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
      assert_int_equal(write(fd, bytes, n), (int64_t)n);
      assert_int_equal(ftruncate(fd, (off_t)n), 0);
      close(fd);
      assert_int_equal(utimensat(AT_FDCWD, "f", times, 0), 0);
      polls = 0;
      stop_at = i % 3 == 2 ? nth : 0;
      if (i % 3 != 2) test_memory_fail(nth, i % 3);
      got = n_documents;
      rc = read_through(only, i >= 3, &got);
      cables_offsets_free(options.offsets);
      options.offsets = NULL;
      assert_int_equal(test_memory_live(), 0);
      assert_int_equal(got, n_documents);
      assert_true(nth > 1 || rc == want);
    }
    assert_int_equal(rc, CABLES_SOURCE_END);
  }
}

static void test_failures(void **state) {
  (void)state;
  const char *bytes = START("1") "\"h\",\"a \\\"b\"\n" RECORD("2");
  check_failures(bytes, strlen(bytes), NULL, NULL, 2);
  bytes = "\xef\xbb\xbf" START("1") "\"h\",\"b\n" START("2") "\"h\"\n" START(
      "3") "\"h\",\"b";
  check_failures(bytes, strlen(bytes), NULL, NULL, 3);
  bytes = "Date,\"Text\"\n\"1 \"\"May\"\"\",\n\"2 May\",\"\"\"b\"\"\"\n3 May\n";
  check_failures(bytes, strlen(bytes), NULL, NULL, 3);
  /* Records that are read in more than one piece. */
  CablesBuf raw = {0};
  for (int i = 0; i < 2; i++) {
    cables_buf_text(&raw, START("1") "\"h\\\"\",\"\\\"");
    for (int k = 0; k < 70000; k++) cables_buf_byte(&raw, 'x');
    cables_buf_text(&raw, "\"\n");
  }
  char *copy = malloc(raw.n);
  size_t n = raw.n;
  assert_non_null(copy);
  memcpy(copy, raw.z, n);
  cables_buf_free(&raw);
  check_failures(copy, n, NULL, NULL, 2);
  free(copy);
}

/* The same where a record is sought, and is there or is not any more. */
static void test_sought_failures(void **state) {
  (void)state;
  const char *bytes = RECORD("1") RECORD("2") RECORD("3");
  check_failures(bytes, strlen(bytes), bytes, "2", 1);
  const char *other = RECORD("3") RECORD("1") RECORD("2");
  check_failures(bytes, strlen(bytes), other, "2", 1);
  /* One that is not in the first read. */
  CablesBuf here = {0};
  CablesBuf there = {0};
  cables_buf_text(&there, RECORD("1001"));
  for (int i = 1001; i < 2000; i++)
    cables_buf_format(&here, START("%d") "\"h\",\"b\"\n", i, i);
  cables_buf_span(&there, cables_buf_get(&here));
  cables_buf_text(&here, RECORD("1001"));
  static char bytes_here[100000];
  static char bytes_there[100000];
  size_t n = here.n;
  memcpy(bytes_here, here.z, n);
  memcpy(bytes_there, there.z, n);
  cables_buf_free(&here);
  cables_buf_free(&there);
  check_failures(bytes_here, n, bytes_there, "1999", 1);
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
      cmocka_unit_test(test_sound),
      cmocka_unit_test(test_fields),
      cmocka_unit_test(test_steps),
      cmocka_unit_test(test_damage),
      cmocka_unit_test(test_names),
      cmocka_unit_test(test_recognised),
      cmocka_unit_test(test_named_header),
      cmocka_unit_test(test_numbers),
      cmocka_unit_test(test_pieces),
      cmocka_unit_test(test_only),
      cmocka_unit_test(test_places),
      cmocka_unit_test(test_shorter),
      cmocka_unit_test(test_max_bytes),
      cmocka_unit_test(test_again),
      cmocka_unit_test(test_failures),
      cmocka_unit_test(test_sought_failures),
      cmocka_unit_test(test_broken),
  };
  return cmocka_run_group_tests(tests, test_files_begin, test_files_end);
}
