/*
** Tests of ext/source/archive.c through a reader, on archives that libarchive
** writes here.
*/
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/source/archive.h"
#include "../../ext/source/document.h"
#include "files.h"
#include "inputs.h"
#include "memory.h"

static CablesCounters counters;
static int polls;   /* calls of the poll so far */
static int stop_at; /* the call that stops, 0 is none */

static int count_poll(void *arg) {
  (void)arg;
  return ++polls == stop_at;
}

static CablesSourceOptions options = {.max_bytes = 1 << 26,
                                      .max_ratio = 1000,
                                      .counters = &counters,
                                      .poll = count_poll};

/* An archive that is being written. */
static char packed[4 << 20];
static size_t n_packed;
static struct archive *writer;

static void start_archive(int format, int filter, const char *set) {
  writer = archive_write_new();
  assert_int_equal(archive_write_set_format(writer, format), ARCHIVE_OK);
  assert_int_equal(archive_write_add_filter(writer, filter), ARCHIVE_OK);
  if (set != NULL)
    assert_int_equal(archive_write_set_options(writer, set), ARCHIVE_OK);
  if (set != NULL) archive_write_set_passphrase(writer, "secret");
  assert_int_equal(archive_write_set_bytes_in_last_block(writer, 1),
                   ARCHIVE_OK);
  assert_int_equal(
      archive_write_open_memory(writer, packed, sizeof(packed), &n_packed),
      ARCHIVE_OK);
}

static void add_kind(const char *name, const char *bytes, size_t n,
                     unsigned type) {
  struct archive_entry *entry = archive_entry_new();
  archive_entry_set_pathname(entry, name);
  archive_entry_set_filetype(entry, type);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_mtime(entry, 1000000000, 0);
  archive_entry_set_size(entry, (la_int64_t)n);
  if (type == AE_IFLNK) archive_entry_set_symlink(entry, "a.txt");
  assert_int_equal(archive_write_header(writer, entry), ARCHIVE_OK);
  if (n > 0)
    assert_int_equal(archive_write_data(writer, bytes, n), (la_ssize_t)n);
  archive_entry_free(entry);
}

static void add(const char *name, const char *text) {
  add_kind(name, text, strlen(text), AE_IFREG);
}

static void end_archive(void) {
  assert_int_equal(archive_write_close(writer), ARCHIVE_OK);
  archive_write_free(writer);
}

static void write_archive(const char *name) {
  end_archive();
  test_write(name, packed, n_packed);
}

/* Reads all documents of a file, or the one of an entry, as one text: entry:
** text, and each note in brackets.  With another reader each document is moved
** there.  Gives what ended it. */
static CablesSourceResult read_by(CablesReader *reader, CablesReader *other,
                                  const char *name, const char *only,
                                  size_t want, CablesBuf *all) {
  CablesFile file = {.path = cables_span(name), .dir = AT_FDCWD, .name = name};
  CablesSourceResult rc = cables_reader_open(reader, &file);
  if (rc == CABLES_SOURCE_OK && only != NULL)
    rc = cables_reader_only(reader, cables_span(only));
  while (rc == CABLES_SOURCE_OK) {
    CablesDocument *doc;
    rc = cables_reader_next(reader, &doc);
    if (rc == CABLES_SOURCE_OK && other != NULL)
      rc = cables_document_move(reader, other, &doc);
    if (rc == CABLES_SOURCE_OK)
      rc = cables_document_read(other != NULL ? other : reader, want);
    if (rc != CABLES_SOURCE_OK) break;
    cables_buf_text(all, doc->failed ? "!" : "");
    cables_buf_span(all, doc->entry.z ? doc->entry : CABLES_LIT("-"));
    cables_buf_text(all, ": ");
    cables_buf_span(all, cables_sub(doc->text, 0, 40));
    for (size_t i = 0; i < doc->n_notes; i++)
      cables_buf_format(all, " [%.*s]", (int)doc->notes[i].n, doc->notes[i].z);
    cables_buf_byte(all, '|');
  }
  return rc;
}

static const char *read_all(const char *name, const char *only, size_t want) {
  static char text[65536];
  CablesBuf all = {0};
  CablesReader *reader = cables_reader_new(&options);
  assert_int_equal(read_by(reader, NULL, name, only, want, &all),
                   CABLES_SOURCE_END);
  cables_reader_free(reader);
  cables_buf_byte(&all, '\0');
  assert_true(all.n <= sizeof(text));
  memcpy(text, all.z, all.n);
  cables_buf_free(&all);
  assert_int_equal(test_memory_live(), 0);
  return text;
}

static void check(const char *name, const char *want) {
  assert_string_equal(read_all(name, NULL, SIZE_MAX), want);
  assert_string_equal(read_all(name, NULL, 40), want);
}

/* The formats, plain and compressed. */
static const struct {
  int format;
  int filter;
} forms[] = {
    {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE},
    {ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_GZIP},
    {ARCHIVE_FORMAT_TAR_GNUTAR, ARCHIVE_FILTER_BZIP2},
    {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_XZ},
    {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_ZSTD},
    {ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE},
    {ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE},
};
enum { N_FORMS = sizeof(forms) / sizeof(forms[0]) };

static void test_formats(void **state) {
  (void)state;
  for (size_t i = 0; i < N_FORMS; i++) {
    start_archive(forms[i].format, forms[i].filter, NULL);
    bool is_7z = forms[i].format == ARCHIVE_FORMAT_7ZIP;
    add("b/z.txt", "text Z\r\n");
    if (!is_7z) add_kind("b", "", 0, AE_IFDIR);
    if (!is_7z) add_kind("link", "", 0, AE_IFLNK);
    add("a.txt", "text A");
    add("page.html", "<html><p>page");
    add("b/z.txt.d", "text D");
    write_archive("f");
    check("f",
          "b/z.txt: text Z\n|a.txt: text A|page.html: page|b/z.txt.d: text "
          "D|");
    assert_string_equal(read_all("f", "a.txt", 1), "a.txt: text A|");
    assert_string_equal(read_all("f", "b/z.txt", 1), "b/z.txt: text Z\n|");
    assert_string_equal(read_all("f", "b", 1), "");
    assert_string_equal(read_all("f", "", 1), "");
  }
}

static void test_facts(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL);
  add("a.txt", "text A");
  write_archive("f");
  CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc;
  assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
  assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
  assert_int_equal(doc->bytes, 6);
  assert_int_equal(doc->mtime, 1000000000);
  assert_int_equal(doc->offset, -1);
  assert_int_equal(doc->length, -1);
  cables_reader_free(reader);
}

#define BULK                                                     \
  "\"1\",\"2/25/1972 9:30\",\"A\",\"\",\"\",\"\",\"h\",\"b1\"\n" \
  "\"2\",\"2/25/1972 9:30\",\"B\",\"\",\"\",\"\",\"h\",\"b2\"\n"

static void test_single(void **state) {
  (void)state;
  static const int filters[] = {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2,
                                ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD};
  for (size_t i = 0; i < 4; i++) {
    start_archive(ARCHIVE_FORMAT_RAW, filters[i], NULL);
    add("x", "text\r\n");
    write_archive("f");
    check("f", "-: text\n|");
    assert_string_equal(read_all("f", "x", 40), "");
    start_archive(ARCHIVE_FORMAT_RAW, filters[i], NULL);
    add("x", BULK);
    write_archive("f");
    check("f", "1: h\nb1|2: h\nb2|");
    assert_string_equal(read_all("f", "2", 40), "2: h\nb2|");
    assert_string_equal(read_all("f", "3", 40), "");
    start_archive(ARCHIVE_FORMAT_RAW, filters[i], NULL);
    add("x", "");
    write_archive("f");
    assert_string_equal(read_all("f", "x", 40), "");
    (void)read_all("f", NULL, 40);
  }
}

/* Packs one thing into another. */
static void pack(int format, int filter, const char *name) {
  static char inner[sizeof(packed)];
  size_t n = n_packed;
  memcpy(inner, packed, n);
  start_archive(format, filter, NULL);
  add_kind(name, inner, n, AE_IFREG);
  add("last.txt", "the last");
  end_archive();
}

static void test_nested(void **state) {
  (void)state;
  for (size_t i = 0; i < N_FORMS; i++) {
    start_archive(forms[i].format, forms[i].filter, NULL);
    add("a.txt", "text A");
    add("b.csv", BULK);
    end_archive();
    pack(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "in.x");
    test_write("f", packed, n_packed);
    check("f",
          "in.x/a.txt: text A|in.x/b.csv/1: h\nb1|in.x/b.csv/2: h\nb2|"
          "last.txt: the last|");
    assert_string_equal(read_all("f", "in.x/b.csv/2", 40),
                        "in.x/b.csv/2: h\nb2|");
    assert_string_equal(read_all("f", "in.x/a.txt", 40), "in.x/a.txt: text A|");
    pack(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, "o.zip");
    test_write("f", packed, n_packed);
    check("f",
          "!o.zip/in.x:  [archive cannot be read: it is in an archive that is "
          "in another]|o.zip/last.txt: the last|last.txt: the last|");
  }
  start_archive(ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL);
  add("x", "text");
  end_archive();
  pack(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "a.txt.gz");
  test_write("f", packed, n_packed);
  check("f", "a.txt.gz: text|last.txt: the last|");
  assert_string_equal(read_all("f", "a.txt.gz", 1), "a.txt.gz: text|");
}

static void test_encrypted(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE,
                "zip:encryption=zipcrypt");
  add("a.txt", "text A");
  add("b.txt", "text B");
  write_archive("f");
  check("f",
        "!a.txt:  [member 'a.txt' cannot be read: encrypted]|!b.txt:  [member "
        "'b.txt' cannot be read: encrypted]|");
}

/* A text that is not packed well. */
static void add_noise(const char *name, size_t n) {
  char *noise = malloc(n);
  assert_non_null(noise);
  unsigned x = 1;
  for (size_t i = 0; i < n; i++) {
    x = x * 1103515245 + 12345;
    noise[i] = (char)('A' + (x >> 16) % 26);
  }
  add_kind(name, noise, n, AE_IFREG);
  free(noise);
}

static void test_cut_archive(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, NULL);
  add("a.txt", "text A");
  add("b.txt", "text B");
  end_archive();
  test_write("f", packed, 1536 + 3);
  check("f",
        "a.txt: text A|!b.txt: tex [archive cannot be read on: Truncated tar "
        "archive (member 'b.txt')]|");
  test_write("f", packed, 1024 + 100);
  check("f",
        "a.txt: text A|!a.txt:  [archive cannot be read on: Truncated tar "
        "archive (member 'a.txt')]|");
  test_write("f", packed, 300);
  check("f", "!-:  [archive cannot be read: Unrecognized archive format]|");
  start_archive(ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL);
  add_noise("x", 200000);
  end_archive();
  test_write("f", packed, n_packed / 2);
  assert_non_null(strstr(read_all("f", NULL, SIZE_MAX),
                         " [archive cannot be read on: truncated gzip "
                         "input]|"));
}

static void test_bomb(void **state) {
  (void)state;
  static char zeros[3 << 20];
  start_archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL);
  add("a.txt", "text A");
  add_kind("bomb", zeros, sizeof(zeros), AE_IFREG);
  add("b.txt", "text B");
  write_archive("f");
  options.max_ratio = 200;
  /* Passed over, a bomb does no harm; read, it is. */
  assert_string_equal(read_all("f", "b.txt", 1), "b.txt: text B|");
  const char *got = read_all("f", NULL, SIZE_MAX);
  assert_memory_equal(got, "a.txt: text A|!bomb: ", 20);
  assert_non_null(strstr(got,
                         "[archive expands to more than 200 times its size "
                         "(member 'bomb')]|"));
  assert_null(strstr(got, "text B"));
  options.max_ratio = 0;
  got = read_all("f", NULL, SIZE_MAX);
  assert_non_null(strstr(got, "text B"));
  options.max_bytes = 1000;
  got = read_all("f", NULL, SIZE_MAX);
  assert_non_null(strstr(got,
                         "[document is longer than max_bytes: 3145728 "
                         "bytes]|b.txt: text B|"));
  options.max_bytes = 1 << 26;
  options.max_ratio = 200;
  start_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_BZIP2, NULL);
  add_kind("bomb", zeros, sizeof(zeros), AE_IFREG);
  write_archive("f");
  options.max_bytes = 1000;
  got = read_all("f", NULL, SIZE_MAX);
  assert_non_null(strstr(got, "max_bytes"));
  options.max_bytes = 1 << 26;
  options.max_ratio = 1000;
}

/* A file cut and changed anywhere: it ends, and nothing leaks. */
static void test_broken(void **state) {
  (void)state;
  options.max_bytes = 1 << 20;
  for (size_t i = 0; i < N_FORMS; i++) {
    start_archive(forms[i].format, forms[i].filter, NULL);
    add("a.txt", "text A");
    add_noise("noise", 2000);
    add("b.csv", BULK);
    end_archive();
    if (i % 2 == 0) pack(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "in");
    for (size_t k = 0; k < 200; k++) {
      test_write("f", packed, n_packed * k / 200);
      (void)read_all("f", NULL, SIZE_MAX);
    }
    unsigned x = (unsigned)i;
    for (size_t k = 0; k < 1000; k++) {
      x = x * 1103515245 + 12345;
      size_t at = (size_t)(x >> 8) % n_packed;
      char old = packed[at];
      packed[at] = (char)(old + 1 + (char)((x >> 4) % 127));
      test_write("f", packed, n_packed);
      (void)read_all("f", NULL, k % 2 ? SIZE_MAX : 1);
      packed[at] = old;
    }
  }
  options.max_bytes = 1 << 26;
}

/* What is an archive, by its first bytes. */
static void test_kinds(void **state) {
  (void)state;
  static const struct {
    const char *head;
    CablesArchiveKind kind;
  } kinds[] = {
      {"BZh91AY&SY", CABLES_ARCHIVE_PACKED},
      {"BZh1\x17\x72\x45\x38\x50\x90", CABLES_ARCHIVE_PACKED},
      {"BZh01AY&SY", CABLES_ARCHIVE_NONE},
      {"BZhA1AY&SY", CABLES_ARCHIVE_NONE},
      {"BZh91AY&SX", CABLES_ARCHIVE_NONE},
      {"BZh91AY&S", CABLES_ARCHIVE_NONE},
      {"PK\5\6", CABLES_ARCHIVE_ZIP},
      {"PK\1\2", CABLES_ARCHIVE_NONE},
  };
  for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
    assert_int_equal(cables_archive_kind(cables_span(kinds[i].head)),
                     kinds[i].kind);
}

/* Members that are a link to another have no bytes of their own. */
static void test_hardlink(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, NULL);
  add("a.txt", "text A");
  struct archive_entry *entry = archive_entry_new();
  archive_entry_set_pathname(entry, "same.txt");
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_hardlink(entry, "a.txt");
  assert_int_equal(archive_write_header(writer, entry), ARCHIVE_OK);
  archive_entry_free(entry);
  add("b.txt", "text B");
  write_archive("f");
  check("f", "a.txt: text A|b.txt: text B|");
}

/* A member that holds what is asked for, but is no archive, is not it. */
static void test_inside(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, NULL);
  add("b/z.txt", "text Z");
  add("b/z.txt.d", "text D");
  add("c.csv", BULK);
  write_archive("f");
  assert_string_equal(read_all("f", "b/z.txt.d", 40), "b/z.txt.d: text D|");
  assert_string_equal(read_all("f", "b/z.txt/x", 40), "");
  assert_string_equal(read_all("f", "c.csv/2", 40), "c.csv/2: h\nb2|");
  assert_string_equal(read_all("f", "c.csv", 40), "");
  assert_string_equal(read_all("f", "c.csv/", 40), "");
}

/* A text with a hole: it has bytes from 0 to 3, and three from `at` on. */
static void add_sparse(const char *name, size_t at) {
  struct archive_entry *entry = archive_entry_new();
  archive_entry_set_pathname(entry, name);
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_size(entry, (la_int64_t)at + 3);
  archive_entry_sparse_add_entry(entry, 0, 3);
  archive_entry_sparse_add_entry(entry, (la_int64_t)at, 3);
  assert_int_equal(archive_write_header(writer, entry), ARCHIVE_OK);
  char *bytes = calloc(1, at + 3);
  assert_non_null(bytes);
  memcpy(bytes, "abc", 3);
  memcpy(bytes + at, "xyz", 3);
  assert_int_equal(archive_write_data(writer, bytes, at + 3),
                   (la_ssize_t)at + 3);
  free(bytes);
  archive_entry_free(entry);
}

/* Holes are read as NUL bytes, which are told of. */
static void test_sparse(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE, ARCHIVE_FILTER_NONE, NULL);
  add_sparse("holes", 100000);
  add("b.txt", "text B");
  write_archive("f");
  assert_true(n_packed < 20000);
  CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
  CablesReader *reader = cables_reader_new(&options);
  CablesDocument *doc;
  assert_int_equal(cables_reader_open(reader, &file), CABLES_SOURCE_OK);
  assert_int_equal(cables_reader_next(reader, &doc), CABLES_SOURCE_OK);
  assert_int_equal(cables_document_read(reader, SIZE_MAX), CABLES_SOURCE_OK);
  assert_int_equal(doc->text.n, 100003);
  assert_memory_equal(doc->text.z, "abc ", 4);
  assert_memory_equal(doc->text.z + 99999, " xyz", 4);
  for (size_t i = 3; i < 100000; i++) assert_int_equal(doc->text.z[i], ' ');
  assert_int_equal(doc->n_notes, 1);
  assert_true(cables_equal(doc->notes[0], CABLES_LIT("text holds NUL bytes")));
  cables_reader_free(reader);
  check("f",
        "holes: abc                                      [text holds NUL "
        "bytes]|b.txt: text B|");
}

/* A 7z inside of another archive has to fit into memory. */
static void test_large_7z(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE,
                "7zip:compression=store");
  add_noise("noise", 100000);
  end_archive();
  pack(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, "in.7z");
  test_write("f", packed, n_packed);
  options.max_bytes = 50000;
  check("f",
        "!in.7z:  [archive cannot be read: a 7z archive in another is too "
        "large]|last.txt: the last|");
  options.max_bytes = 1 << 26;
}

/* One that is cut there tells so. */
static void test_cut_7z(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE,
                "7zip:compression=store");
  add_noise("noise", 100000);
  end_archive();
  pack(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, "in.7z");
  test_write("f", packed, 50000);
  assert_string_equal(read_all("f", NULL, SIZE_MAX),
                      "!in.7z:  [archive cannot be read: archive cannot be "
                      "read on: Truncated tar archive (member 'in.7z')]|");
}

/* Much that was not packed is no bomb; a bomb without a name is one. */
static void test_ratio(void **state) {
  (void)state;
  static char zeros[3 << 20];
  start_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, NULL);
  add_noise("noise", 2 << 20);
  write_archive("f");
  options.max_ratio = 2;
  assert_memory_equal(read_all("f", NULL, SIZE_MAX), "noise: ", 7);
  assert_null(strstr(read_all("f", NULL, SIZE_MAX), "["));
  start_archive(ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL);
  memset(zeros, '0', sizeof(zeros)); /* NUL bytes would be an empty tar */
  add_kind("x", zeros, sizeof(zeros), AE_IFREG);
  write_archive("f");
  assert_non_null(strstr(read_all("f", NULL, SIZE_MAX),
                         "[archive expands to more than 2 times its size]|"));
  start_archive(ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE, ARCHIVE_FILTER_NONE, NULL);
  add_sparse("holes", 3 << 20);
  write_archive("f");
  assert_non_null(strstr(read_all("f", NULL, SIZE_MAX),
                         "[archive expands to more than 2 times its size "
                         "(member 'holes')]|"));
  options.max_ratio = 1000;
}

/* What lies before the damage comes, and it is told of once: by the document in
** which it is, or, where that is not read, by one for the rest. */
static void test_told(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, NULL);
  add("a.txt", "text A");
  add_noise("noise", 300000);
  add("b.txt", "text B");
  end_archive();
  test_write("f", packed, n_packed / 2);
  const char *all = read_all("f", NULL, SIZE_MAX);
  assert_memory_equal(all, "a.txt: text A|!noise: ", 22);
  assert_non_null(strstr(all,
                         "[archive cannot be read on: truncated gzip "
                         "input (member 'noise')]|"));
  assert_non_null(strstr(read_all("f", NULL, 1), "|noise: "));
  assert_string_equal(read_all("f", "b.txt", SIZE_MAX),
                      "!noise:  [archive cannot be read on: truncated gzip "
                      "input (member 'noise')]|");
}

/* What an archive is read by is told. */
static void test_library(void **state) {
  (void)state;
  assert_memory_equal(cables_archive_library(), "libarchive 3.", 13);
}

/* A record that is asked for may lie behind where a bulk file is cut: that is
** told. */
static void test_cut_bulk(void **state) {
  (void)state;
  CablesBuf bytes = {0};
  for (int i = 1; i <= 20000; i++)
    cables_buf_format(&bytes,
                      "\"%d\",\"2/25/1972 9:30\",\"A\",\"\",\"\",\"\",\"h\","
                      "\"b%d\"\n",
                      i, i * 7919 % 20000);
  start_archive(ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL);
  add_kind("x", bytes.z, bytes.n, AE_IFREG);
  end_archive();
  cables_buf_free(&bytes);
  test_write("f", packed, n_packed / 2);
  assert_string_equal(
      read_all("f", "2", 40),
      "2: h\nb15838|!-:  [archive cannot be read on: truncated gzip input]|");
  assert_string_equal(
      read_all("f", "19999", SIZE_MAX),
      "!-:  [archive cannot be read on: truncated gzip input]|");
  /* The same where the damage is in the first bytes: it may have been one. */
  start_archive(ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, NULL);
  add_noise("x", 5000);
  end_archive();
  test_write("f", packed, n_packed / 2);
  const char *all = read_all("f", "2", SIZE_MAX);
  assert_memory_equal(all, "!-: ", 4);
  assert_non_null(
      strstr(all, " [archive cannot be read on: truncated gzip input]|"));
}

/* The bytes of a member end, however often they are asked for. */
static void test_input_ends(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, NULL);
  add("a.txt", "text A");
  end_archive();
  TestInput input =
      test_input((CablesSpan){packed, n_packed}, 100000, CABLES_SOURCE_END);
  CablesWindow w = {0};
  CablesArchive *archive;
  CablesMember member;
  int64_t in = (int64_t)n_packed;
  CablesUnpacked unpacked = {.in = &in};
  char z[10];
  size_t n;
  cables_window_start(&w, &input.input);
  assert_int_equal(cables_window_more(&w, 100000), CABLES_SOURCE_OK);
  assert_int_equal(cables_archive_open(&archive, &w, CABLES_ARCHIVE_ZIP,
                                       &unpacked, &options),
                   CABLES_SOURCE_OK);
  assert_int_equal(cables_archive_next(archive, NULL, NULL, &member),
                   CABLES_SOURCE_OK);
  assert_int_equal(member.input->read(member.input, z, 10, &n),
                   CABLES_SOURCE_OK);
  assert_int_equal(n, 6);
  for (int i = 0; i < 3; i++)
    assert_int_equal(member.input->read(member.input, z, 10, &n),
                     CABLES_SOURCE_END);
  assert_int_equal(cables_archive_next(archive, NULL, NULL, &member),
                   CABLES_SOURCE_END);
  cables_archive_close(archive);
  cables_archive_close(NULL);
  cables_window_free(&w);
}

/* Every allocation fails, once and from then on, and every poll stops: what
** comes to an end is what comes without that, and the reader serves again. */
static void check_failures(const char *only, bool moves) {
  char whole[2000];
  (void)snprintf(whole, sizeof(whole), "%s", read_all("f", only, SIZE_MAX));
  for (int i = 0; i < 3; i++) {
    CablesSourceResult want = i == 2 ? CABLES_SOURCE_STOP : CABLES_SOURCE_NOMEM;
    CablesSourceResult rc = want;
    for (int nth = 1; rc == want; nth++) {
      CablesBuf all = {0};
      CablesBuf again = {0};
      assert_true(cables_buf_reserve(&all, 2000));
      polls = 0;
      if (i == 2)
        stop_at = nth;
      else
        test_memory_fail(nth, i);
      CablesReader *reader = cables_reader_new(&options);
      CablesReader *other = moves ? cables_reader_new(&options) : NULL;
      bool ready = reader != NULL && (!moves || other != NULL);
      rc = ready ? read_by(reader, other, "f", only, SIZE_MAX, &all)
                 : CABLES_SOURCE_NOMEM;
      stop_at = 0;
      test_memory_fail(0, 0);
      if (rc == CABLES_SOURCE_STOP) assert_int_equal(polls, nth);
      if (rc == CABLES_SOURCE_END)
        assert_true(cables_equal(cables_buf_get(&all), cables_span(whole)));
      if (ready) {
        assert_int_equal(read_by(reader, other, "f", only, SIZE_MAX, &again),
                         CABLES_SOURCE_END);
        assert_true(cables_equal(cables_buf_get(&again), cables_span(whole)));
      }
      cables_reader_free(reader);
      cables_reader_free(other);
      cables_buf_free(&all);
      cables_buf_free(&again);
      assert_int_equal(test_memory_live(), 0);
      assert_true(nth > 1 || rc == want);
    }
    assert_int_equal(rc, CABLES_SOURCE_END);
  }
}

static void test_failures(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE, NULL);
  add("a.txt", "text A");
  add_noise("noise", 300000);
  add("b.csv", BULK);
  end_archive();
  pack(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_XZ, "in");
  test_write("f", packed, n_packed);
  check_failures(NULL, false);
  check_failures(NULL, true);
  check_failures("in/b.csv/2", false);
  start_archive(ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE, ARCHIVE_FILTER_NONE, NULL);
  add_sparse("holes", 100000);
  end_archive();
  pack(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "in");
  pack(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "o");
  test_write("f", packed, n_packed);
  check_failures(NULL, false); /* too deep */
  start_archive(ARCHIVE_FORMAT_TAR_PAX_INTERCHANGE, ARCHIVE_FILTER_NONE, NULL);
  add_sparse("holes", 100000);
  write_archive("f");
  check_failures(NULL, false);
  /* Many headers, of which some are the first of a read. */
  start_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, NULL);
  for (int i = 0; i < 20; i++) add("a.txt", "text");
  write_archive("f");
  check_failures(NULL, false);
}

/* The same where the archive itself cannot be read, or not on. */
static void test_bad_failures(void **state) {
  (void)state;
  start_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, NULL);
  add("a.txt", "text A");
  add_noise("noise", 300000);
  end_archive();
  test_write("f", packed, n_packed / 2);
  check_failures(NULL, false);
  check_failures(NULL, true);
  start_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, NULL);
  add("a.txt", "text A");
  add("b.txt", "text B");
  end_archive();
  test_write("f", packed, 1536 + 3);
  check_failures(NULL, false);
  test_write("f", packed, 300);
  check_failures(NULL, false);
  start_archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE,
                "zip:encryption=zipcrypt");
  add("a.txt", "text A");
  write_archive("f");
  check_failures(NULL, false);
  start_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, NULL);
  static char zeros[2 << 20];
  add_kind("bomb", zeros, sizeof(zeros), AE_IFREG);
  write_archive("f");
  options.max_ratio = 2;
  check_failures(NULL, false);
  check_failures("none", false);
  options.max_ratio = 1000;
}

#define TEST(f) \
  cmocka_unit_test_setup_teardown(f, test_files_begin, test_files_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_kinds),       TEST(test_formats),    TEST(test_facts),
      TEST(test_single),      TEST(test_nested),     TEST(test_encrypted),
      TEST(test_cut_archive), TEST(test_hardlink),   TEST(test_inside),
      TEST(test_sparse),      TEST(test_large_7z),   TEST(test_cut_7z),
      TEST(test_told),        TEST(test_input_ends), TEST(test_cut_bulk),
      TEST(test_library),     TEST(test_bomb),       TEST(test_ratio),
      TEST(test_broken),      TEST(test_failures),   TEST(test_bad_failures),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
