/*
** Tests of what the source layer makes of calls that fail: those of the system,
** of libarchive and of libxml2.  The linker lets a call of NAME reach
** __wrap_NAME here (see the Makefile), which fails or does the real thing.
** tests/trust/sweep.c fails the system's calls in whole queries.
*/
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>

#include <cmocka.h>

#include "../../ext/source/document.h"
#include "../../ext/source/html.h"
#include "../../ext/source/list.h"
#include "../../ext/source/markup.h"
#include "../../ext/source/offsets.h"
#include "../../ext/source/open.h"
#include "files.h"
#include "memory.h"

/* --- faults */

/* The call that fails. */
static struct {
  const char *name; /* of the function, or NULL */
  long nth;         /* calls until then */
  bool forever;     /* later ones fail too */
  int64_t value;    /* that it gives */
  int error;        /* errno */
  long calls;       /* calls so far */
} fault;

static void fail_call(const char *name, long nth, bool forever, int64_t value,
                      int error) {
  fault.name = name;
  fault.nth = nth;
  fault.forever = forever;
  fault.value = value;
  fault.error = error;
  fault.calls = 0;
}

/* Whether this call fails, with errno set. */
static bool fails(const char *name) {
  if (fault.name == NULL || strcmp(fault.name, name) != 0) return false;
  fault.calls++;
  if (fault.calls < fault.nth || (fault.calls > fault.nth && !fault.forever))
    return false;
  errno = fault.error;
  return true;
}

#define DECLARE(type, name, parameters) \
  type __real_##name parameters;        \
  type __wrap_##name parameters;

/* A function that gives fault.value instead of being called. */
#define WRAP(type, name, called, parameters, ...) \
  DECLARE(type, called, parameters)               \
  type __wrap_##called parameters {               \
    if (fails(#name)) return (type)fault.value;   \
    return __real_##called(__VA_ARGS__);          \
  }

/* One that gives NULL. */
#define WRAP_POINTER(type, name, called, parameters, ...) \
  DECLARE(type, called, parameters)                       \
  type __wrap_##called parameters {                       \
    if (fails(#name)) return NULL;                        \
    return __real_##called(__VA_ARGS__);                  \
  }

/* A function of libarchive's that gives a result; one that only warns does what
** it does. */
#define WRAP_ARCHIVE(name, parameters, ...)                          \
  DECLARE(int, archive_read_##name, parameters)                      \
  int __wrap_archive_read_##name parameters {                        \
    bool now = fails(#name);                                         \
    if (now && fault.value != ARCHIVE_WARN) return (int)fault.value; \
    int r = __real_archive_read_##name(__VA_ARGS__);                 \
    return now && r == ARCHIVE_OK ? ARCHIVE_WARN : r;                \
  }

WRAP_ARCHIVE(support_format_tar, (struct archive * a), a)
WRAP_ARCHIVE(support_format_zip, (struct archive * a), a)
WRAP_ARCHIVE(support_format_zip_streamable, (struct archive * a), a)
WRAP_ARCHIVE(support_format_7zip, (struct archive * a), a)
WRAP_ARCHIVE(support_format_empty, (struct archive * a), a)
WRAP_ARCHIVE(support_format_raw, (struct archive * a), a)
WRAP_ARCHIVE(support_filter_gzip, (struct archive * a), a)
WRAP_ARCHIVE(support_filter_bzip2, (struct archive * a), a)
WRAP_ARCHIVE(support_filter_xz, (struct archive * a), a)
WRAP_ARCHIVE(support_filter_zstd, (struct archive * a), a)
WRAP_ARCHIVE(set_read_callback, (struct archive * a, archive_read_callback *f),
             a, f)
WRAP_ARCHIVE(set_seek_callback, (struct archive * a, archive_seek_callback *f),
             a, f)
WRAP_ARCHIVE(set_callback_data, (struct archive * a, void *arg), a, arg)
WRAP_ARCHIVE(open1, (struct archive * a), a)
WRAP_ARCHIVE(open,
             (struct archive * a, void *arg, archive_open_callback *opener,
              archive_read_callback *reader, archive_close_callback *closer),
             a, arg, opener, reader, closer)
WRAP_ARCHIVE(next_header, (struct archive * a, struct archive_entry **entry), a,
             entry)
WRAP_ARCHIVE(data_block,
             (struct archive * a, const void **z, size_t *n, la_int64_t *at), a,
             z, n, at)
WRAP_ARCHIVE(data_skip, (struct archive * a), a)
DECLARE(struct archive *, archive_read_new, (void))
struct archive *__wrap_archive_read_new(void) {
  return fails("archive_read_new") ? NULL : __real_archive_read_new();
}
/* Both names of a member at once. */
WRAP_POINTER(const char *, pathname, archive_entry_pathname,
             (struct archive_entry * entry), entry)
WRAP_POINTER(const char *, pathname, archive_entry_pathname_utf8,
             (struct archive_entry * entry), entry)
WRAP(__LA_MODE_T, filetype, archive_entry_filetype,
     (struct archive_entry * entry), entry)
WRAP(int, mutex, pthread_mutex_init,
     (pthread_mutex_t * mutex, const pthread_mutexattr_t *attributes), mutex,
     attributes)

/* A call for files and its form for large ones. */
WRAP(ssize_t, read, read, (int fd, void *z, size_t n), fd, z, n)
WRAP(off_t, lseek, lseek, (int fd, off_t at, int whence), fd, at, whence)
WRAP(off_t, lseek, lseek64, (int fd, off_t at, int whence), fd, at, whence)
WRAP(int, fstatat, fstatat,
     (int dir, const char *name, struct stat *st, int flags), dir, name, st,
     flags)
WRAP(int, fstatat, fstatat64,
     (int dir, const char *name, struct stat *st, int flags), dir, name, st,
     flags)
WRAP(ssize_t, readlinkat, readlinkat,
     (int dir, const char *name, char *z, size_t n), dir, name, z, n)
WRAP_POINTER(char *, getcwd, getcwd, (char *z, size_t n), z, n)
WRAP_POINTER(struct dirent *, readdir, readdir, (DIR * d), d)
WRAP_POINTER(struct dirent *, readdir, readdir64, (DIR * d), d)
WRAP_POINTER(DIR *, fdopendir, fdopendir, (int fd), fd)

/* No file is created: there is no mode. */
#define WRAP_OPEN(called)                                          \
  int __real_##called(int dir, const char *name, int flags, ...);  \
  int __wrap_##called(int dir, const char *name, int flags, ...);  \
  int __wrap_##called(int dir, const char *name, int flags, ...) { \
    if (fails("openat")) return -1;                                \
    return __real_##called(dir, name, flags);                      \
  }
WRAP_OPEN(openat)
WRAP_OPEN(openat64)

/* Handles are duplicated only. */
#define WRAP_FCNTL(called)                        \
  int __real_##called(int fd, int command, ...);  \
  int __wrap_##called(int fd, int command, ...);  \
  int __wrap_##called(int fd, int command, ...) { \
    if (fails("fcntl")) return -1;                \
    return __real_##called(fd, command, 0);       \
  }
WRAP_FCNTL(fcntl)
WRAP_FCNTL(fcntl64)
WRAP(int, lstat, lstat, (const char *path, struct stat *st), path, st)
WRAP(int, lstat, lstat64, (const char *path, struct stat *st), path, st)

/* With the value 1 the call succeeds, and tells another device. */
#define WRAP_FSTAT(called)                        \
  DECLARE(int, called, (int fd, struct stat *st)) \
  int __wrap_##called(int fd, struct stat *st) {  \
    bool now = fails("fstat");                    \
    if (now && fault.value != 1) return -1;       \
    int rc = __real_##called(fd, st);             \
    if (now) st->st_dev++;                        \
    return rc;                                    \
  }
WRAP_FSTAT(fstat)
WRAP_FSTAT(fstat64)

/* --- readers */

static CablesCounters counters;
static CablesSourceOptions options = {
    .max_bytes = 1 << 20, .max_ratio = 1000, .counters = &counters};

/* All documents of a file, or of an entry, as one text: entry: text, and each
** note in brackets.  Gives what ended it, with no fault any more and nothing
** left over. */
static CablesSourceResult read_all(const char *only, char *text, size_t size) {
  CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
  CablesBuf all = {0};
  CablesReader *reader = cables_reader_new(&options);
  CablesSourceResult rc = cables_reader_open(reader, &file);
  if (rc == CABLES_SOURCE_OK && only != NULL)
    rc = cables_reader_only(reader, cables_span(only));
  while (rc == CABLES_SOURCE_OK) {
    CablesDocument *doc;
    rc = cables_reader_next(reader, &doc);
    if (rc == CABLES_SOURCE_OK) rc = cables_document_read(reader, SIZE_MAX);
    if (rc != CABLES_SOURCE_OK) break;
    cables_buf_span(&all, doc->entry.z ? doc->entry : CABLES_LIT("-"));
    cables_buf_text(&all, ": ");
    cables_buf_span(&all, cables_sub(doc->text, 0, 10));
    for (size_t i = 0; i < doc->n_notes; i++)
      cables_buf_format(&all, " [%.*s]", (int)doc->notes[i].n, doc->notes[i].z);
    cables_buf_byte(&all, '|');
  }
  fault.name = NULL;
  cables_reader_free(reader);
  (void)snprintf(text, size, "%.*s", (int)all.n, all.n > 0 ? all.z : "");
  cables_buf_free(&all);
  return rc;
}

/* Compares what comes of the file "f". */
static void check(const char *only, const char *want) {
  char text[2000];
  assert_int_equal(read_all(only, text, sizeof(text)), CABLES_SOURCE_END);
  assert_string_equal(text, want);
  assert_int_equal(test_memory_live(), 0);
}

/* --- libarchive */

#define LONG_TEXT 300000

/* Writes an archive with members "a.txt" (or none), and "b.txt", a long one
 *that
 ** is not packed well. */
static void write_archive(int format, int filter, bool two) {
  static char packed[400000];
  static char text[LONG_TEXT];
  size_t n;
  unsigned x = 1;
  for (size_t i = 0; i < sizeof(text); i++) {
    x = x * 1103515245 + 12345;
    text[i] = (char)('A' + (x >> 16) % 26);
  }
  memcpy(text, "text B....", 10);
  struct archive *writer = archive_write_new();
  assert_int_equal(archive_write_set_format(writer, format), ARCHIVE_OK);
  assert_int_equal(archive_write_add_filter(writer, filter), ARCHIVE_OK);
  assert_int_equal(
      archive_write_open_memory(writer, packed, sizeof(packed), &n),
      ARCHIVE_OK);
  for (int i = two ? 0 : 1; i < 2; i++) {
    size_t size = i == 0 ? 6 : sizeof(text);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, i == 0 ? "a.txt" : "b.txt");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)size);
    assert_int_equal(archive_write_header(writer, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(writer, i == 0 ? "text A" : text, size),
                     (la_ssize_t)size);
    archive_entry_free(entry);
  }
  assert_int_equal(archive_write_close(writer), ARCHIVE_OK);
  archive_write_free(writer);
  test_write("f", packed, n);
}

static const struct {
  int format;
  int filter;
} forms[] = {
    {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE},
    {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP},
    {ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE},
    {ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE},
};
enum { N_FORMS = sizeof(forms) / sizeof(forms[0]) };

#define WHOLE "a.txt: text A|b.txt: text B....|"

/* Each call of libarchive's in turn fails, in each way: all comes, or it is
** told what does not. */
static void test_archives(void **state) {
  (void)state;
  static const char *const calls[] = {"support_format_tar",
                                      "support_format_zip",
                                      "support_format_zip_streamable",
                                      "support_format_7zip",
                                      "support_format_empty",
                                      "support_format_raw",
                                      "support_filter_gzip",
                                      "support_filter_bzip2",
                                      "support_filter_xz",
                                      "support_filter_zstd",
                                      "set_read_callback",
                                      "set_seek_callback",
                                      "set_callback_data",
                                      "open1",
                                      "open",
                                      "next_header",
                                      "data_block",
                                      "data_skip"};
  static const int values[] = {ARCHIVE_FATAL, ARCHIVE_FAILED, ARCHIVE_RETRY,
                               ARCHIVE_WARN, ARCHIVE_EOF};
  for (size_t i = 0; i < N_FORMS; i++) {
    write_archive(forms[i].format, forms[i].filter, true);
    for (size_t k = 0; k < sizeof(calls) / sizeof(calls[0]); k++) {
      for (size_t m = 0; m < sizeof(values) / sizeof(values[0]); m++) {
        char text[2000];
        for (long nth = 1; nth == 1 || fault.calls >= nth - 1; nth++) {
          fail_call(calls[k], nth, false, values[m], EIO);
          assert_int_equal(read_all(NULL, text, sizeof(text)),
                           CABLES_SOURCE_END);
          /* An end is no failure. */
          if (values[m] != ARCHIVE_EOF && strcmp(text, WHOLE) != 0)
            assert_non_null(strstr(text, "cannot be read"));
          assert_int_equal(test_memory_live(), 0);
        }
      }
    }
  }
}

/* The same where the archive is cut, so that what can be unpacked is looked
 *for:
 ** that more is missing is told every time. */
static void test_cut_archives(void **state) {
  (void)state;
  static const char *const calls[] = {"support_format_tar",
                                      "support_format_zip_streamable",
                                      "support_format_empty",
                                      "support_format_raw",
                                      "open",
                                      "next_header",
                                      "data_block",
                                      "archive_read_new",
                                      "lseek"};
  static const int values[] = {ARCHIVE_FATAL, ARCHIVE_WARN};
  write_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, true);
  assert_int_equal(truncate("f", 150000), 0);
  for (size_t k = 0; k < sizeof(calls) / sizeof(calls[0]); k++) {
    for (size_t m = 0; m < 2; m++) {
      char text[2000];
      for (long nth = 1; nth == 1 || fault.calls >= nth - 1; nth++) {
        fail_call(calls[k], nth, false, values[m], EIO);
        CablesSourceResult rc = read_all(NULL, text, sizeof(text));
        assert_true(rc == CABLES_SOURCE_END || rc == CABLES_SOURCE_NOMEM);
        if (rc == CABLES_SOURCE_END)
          assert_non_null(strstr(text, "cannot be read"));
        assert_int_equal(test_memory_live(), 0);
      }
    }
  }
}

/* A member that cannot be passed over ends the archive. */
static void test_passed_over(void **state) {
  (void)state;
  write_archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, true);
  check("b.txt", "b.txt: text B....|");
  fail_call("data_skip", 1, false, ARCHIVE_FATAL, 0);
  check("b.txt",
        "a.txt:  [archive cannot be read on: unknown reason (member "
        "'a.txt')]|");
}

/* The same when memory is out in it. */
static void test_no_archive(void **state) {
  (void)state;
  char text[2000];
  write_archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, true);
  fail_call("archive_read_new", 1, true, 0, 0);
  assert_int_equal(read_all(NULL, text, sizeof(text)), CABLES_SOURCE_NOMEM);
  check(NULL, WHOLE);
  /* Also where a second reader is needed, or a third. */
  write_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, true);
  assert_int_equal(truncate("f", 30000), 0);
  for (long nth = 1; nth <= 3; nth++) {
    fail_call("archive_read_new", nth, false, 0, 0);
    CablesSourceResult rc = read_all(NULL, text, sizeof(text));
    assert_int_equal(rc, nth == 2 ? CABLES_SOURCE_END : CABLES_SOURCE_NOMEM);
    if (nth == 2)
      assert_string_equal(
          text, "-:  [archive cannot be read: truncated gzip input]|");
    assert_int_equal(test_memory_live(), 0);
  }
}

/* A library that makes no way forward is left after a thousand failures. */
static void test_no_way(void **state) {
  (void)state;
  write_archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, true);
  fail_call("next_header", 1, true, ARCHIVE_RETRY, 0);
  check(NULL, "-:  [archive cannot be read: unknown reason]|");
}

/* Members without a name are told apart by their texts only; what is a link has
** no text, whatever kind it is said to be of. */
static void test_names(void **state) {
  (void)state;
  write_archive(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, true);
  fail_call("pathname", 1, true, 0, 0);
  check(NULL, "-: text A|-: text B....|");
  struct archive *writer = archive_write_new();
  struct archive_entry *entry = archive_entry_new();
  assert_int_equal(archive_write_set_format_ustar(writer), ARCHIVE_OK);
  assert_int_equal(archive_write_open_filename(writer, "f"), ARCHIVE_OK);
  archive_entry_set_pathname(entry, "link");
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_hardlink(entry, "a.txt");
  assert_int_equal(archive_write_header(writer, entry), ARCHIVE_OK);
  archive_entry_free(entry);
  archive_write_free(writer);
  fail_call("filetype", 1, true, AE_IFREG, 0);
  check(NULL, "");
}

/* Damage that is seen at a header is salvaged too; all of it comes, and that
** there may be more is told. */
static void test_header(void **state) {
  (void)state;
  write_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_GZIP, true);
  for (long nth = 1; nth <= 2; nth++) {
    char text[2000];
    fail_call("next_header", nth, false, ARCHIVE_FATAL, 0);
    assert_int_equal(read_all(NULL, text, sizeof(text)), CABLES_SOURCE_END);
    assert_memory_equal(text, WHOLE, sizeof(WHOLE) - 2); /* but the bar */
    assert_non_null(strstr(text, "[archive cannot be read on: "));
  }
}

/* --- the system */

/* A call that was interrupted is made again. */
static void test_interrupted(void **state) {
  (void)state;
  static const char *const calls[] = {"read", "openat"};
  test_write("f", "text", 4);
  for (size_t i = 0; i < 2; i++) {
    fail_call(calls[i], 1, false, -1, EINTR);
    check(NULL, "-: text|");
  }
  int fd;
  fail_call("openat", 1, false, -1, EINTR);
  fd = cables_open_folder(AT_FDCWD, ".", false);
  fault.name = NULL;
  assert_true(fd >= 0);
  close(fd);
}

static void test_read(void **state) {
  (void)state;
  test_write("f", "text", 4);
  fail_call("read", 1, true, -1, EIO);
  check(NULL, "-:  [file cannot be read: Input/output error]|");
  fail_call("fstat", 1, true, -1, EIO);
  check(NULL, "-:  [file cannot be read: Input/output error]|");
  for (size_t i = 0; i < N_FORMS; i++) {
    write_archive(forms[i].format, forms[i].filter, true);
    for (long nth = 1; nth < 4; nth++) {
      char text[2000];
      fail_call("read", nth, true, -1, EIO);
      assert_int_equal(read_all(NULL, text, sizeof(text)), CABLES_SOURCE_END);
      if (strcmp(text, WHOLE) != 0)
        assert_non_null(strstr(text,
                               "file cannot be read: Input/output "
                               "error"));
      fail_call("lseek", nth, true, -1, EIO);
      assert_int_equal(read_all(NULL, text, sizeof(text)), CABLES_SOURCE_END);
      if (strcmp(text, WHOLE) != 0)
        assert_non_null(strstr(text, "cannot be read"));
    }
  }
}

/* Memory that is out while an archive's file cannot be read. */
static void test_read_memory(void **state) {
  (void)state;
  write_archive(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, true);
  for (long nth = 1; nth < 40; nth++) {
    CablesFile file = {.path = CABLES_LIT("f"), .dir = AT_FDCWD, .name = "f"};
    CablesReader *reader = cables_reader_new(&options);
    CablesSourceResult rc = cables_reader_open(reader, &file);
    bool told = false;
    fail_call("read", 2, true, -1, EIO);
    test_memory_fail(nth, 1);
    while (rc == CABLES_SOURCE_OK) {
      CablesDocument *doc;
      rc = cables_reader_next(reader, &doc);
      if (rc == CABLES_SOURCE_OK) rc = cables_document_read(reader, SIZE_MAX);
      if (rc == CABLES_SOURCE_OK) told = told || doc->failed;
    }
    test_memory_fail(0, 0);
    fault.name = NULL;
    cables_reader_free(reader);
    assert_int_equal(test_memory_live(), 0);
    assert_true(rc == CABLES_SOURCE_NOMEM || (rc == CABLES_SOURCE_END && told));
    assert_true(nth > 1 || rc == CABLES_SOURCE_NOMEM);
    if (nth == 39) assert_int_equal(rc, CABLES_SOURCE_END);
  }
}

/* A record whose place is known, where the file cannot seek: it is looked for.
 */
static void test_seek(void **state) {
  (void)state;
  CablesBuf bytes = {0};
  for (int i = 1; i <= 2000; i++)
    cables_buf_format(
        &bytes, "\"%d\",\"2/25/1972 9:30\",\"\",\"\",\"\",\"\",\"h\",\"b%d\"\n",
        i, i);
  test_write("f", bytes.z, bytes.n);
  cables_buf_free(&bytes);
  options.offsets = cables_offsets_new();
  for (int round = 0; round < 2; round++) {
    char text[200];
    fail_call("lseek", 1, true, -1, EIO);
    assert_int_equal(read_all("1999", text, sizeof(text)), CABLES_SOURCE_END);
    assert_string_equal(text, "1999: h\nb1999|");
  }
  cables_offsets_free(options.offsets);
  options.offsets = NULL;
  fail_call("mutex", 1, true, ENOMEM, 0);
  assert_null(cables_offsets_new());
  fault.name = NULL;
  assert_int_equal(test_memory_live(), 0);
}

/* What a link holds cannot be read, is nothing, or is too long to be whole. */
static void test_places(void **state) {
  char root[PATH_MAX];
  CablesPlace place;
  (void)snprintf(root, sizeof(root), "%s", (char *)*state);
  test_write("x", "text", 4);
  assert_int_equal(symlink("x", "link"), 0);
  static const struct {
    const char *call;
    int64_t value;
    int error;
    const char *path;
    int want;
  } cases[] = {
      {"readlinkat", -1, EIO, "link", EIO},
      {"readlinkat", 0, 0, "link", ENOENT},
      {"readlinkat", PATH_MAX, 0, "link", ENAMETOOLONG},
      {"getcwd", 0, EACCES, "x", EACCES},
      {"getcwd", 0, ERANGE, "x", CABLES_OUTSIDE},
      {"getcwd", 0, ENOENT, "x", CABLES_OUTSIDE},
      {"fstat", -1, EIO, ".", EIO},
      {"fstatat", -1, EIO, "x", EIO},
      {"openat", -1, EMFILE, "x", EMFILE},
      {"lstat", -1, EIO, NULL, EIO},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    fail_call(cases[i].call, 1, true, cases[i].value, cases[i].error);
    const char *path = cases[i].path;
    int err = cables_place_find(&place, path != NULL ? root : NULL,
                                path != NULL ? path : "x");
    fault.name = NULL;
    assert_int_equal(err, cases[i].want);
    cables_place_free(&place);
    assert_int_equal(test_memory_live(), 0);
  }
}

/* Lists a source; each path, and why it cannot be read, behind a bar. */
static void check_list(const char *source, const char *want) {
  CablesList *list;
  CablesFile *file;
  CablesBuf error = {0};
  CablesBuf got = {0};
  CablesSourceResult rc =
      cables_list_open(&list, cables_span(source), &options, &error);
  assert_int_equal(rc, CABLES_SOURCE_OK);
  while ((rc = cables_list_next(list, &file, &error)) == CABLES_SOURCE_OK) {
    cables_buf_span(&got, file->path);
    cables_buf_span(&got, file->error.z ? file->error : CABLES_LIT(""));
    cables_buf_byte(&got, '|');
  }
  fault.name = NULL;
  assert_int_equal(rc, CABLES_SOURCE_END);
  cables_list_close(list);
  cables_buf_byte(&got, '\0');
  assert_string_equal(got.z, want);
  cables_buf_free(&got);
  assert_int_equal(test_memory_live(), 0);
}

#define FOLDER_EIO "folder cannot be read: Input/output error|"
#define FILE_EIO "file cannot be read: Input/output error|"

/* A folder, or a name in it, that cannot be looked at. */
static void test_folders(void **state) {
  (void)state;
  test_write("a/b/x", "text", 4);
  test_write("a/c", "text", 4);
  assert_int_equal(symlink("c", "a/l"), 0);
  fail_call("fdopendir", 1, false, 0, EIO);
  check_list("a", "a/" FOLDER_EIO);
  fail_call("fdopendir", 2, false, 0, EIO);
  check_list("a", "a/b/" FOLDER_EIO "a/c|");
  fail_call("fcntl", 2, false, 0, EIO);
  check_list("a", "a/b/" FOLDER_EIO "a/c|");
  fail_call("readdir", 1, false, 0, EIO);
  check_list("a", "a/" FOLDER_EIO);
  fail_call("fstat", 2, false, -1, EIO);
  check_list("a", "a/b/" FOLDER_EIO "a/c|");
  fail_call("fstat", 2, false, -1, ENOENT);
  check_list("a", "a/c|");
  fail_call("openat", 2, false, -1, EIO);
  check_list("a", "a/b/" FOLDER_EIO "a/c|");
  fail_call("openat", 2, false, -1, ELOOP);
  check_list("a", "a/c|");
  options.follow_links = true;
  fail_call("fstatat", 1, false, -1, EIO);
  check_list("a", "a/b/x|a/c|a/l" FILE_EIO);
  /* With a glob: when it may be, or hold, what is asked for. */
  fail_call("fstatat", 1, false, -1, EIO);
  check_list("a/[l]", "a/l" FILE_EIO);
  fail_call("fstatat", 1, false, -1, EIO);
  check_list("a/[l]/x", "a/l" FILE_EIO);
  fail_call("fstatat", 1, false, -1, EIO);
  check_list("a/[c]", "a/c|");
  options.follow_links = false;
}

/* Memory that is out where such a name is told of; its path has 64 bytes, for
** which, with a NUL byte behind, there is no room yet. */
static void test_folders_memory(void **state) {
  (void)state;
  char path[65];
  CablesSourceResult rc = CABLES_SOURCE_NOMEM;
  memset(path, 'n', 64);
  memcpy(path, "a/", 2);
  path[64] = '\0';
  test_mkdir("a");
  assert_int_equal(symlink("c", path), 0);
  options.follow_links = true;
  for (long nth = 1; rc == CABLES_SOURCE_NOMEM; nth++) {
    CablesList *list = NULL;
    CablesFile *file = NULL;
    CablesBuf error = {0};
    fail_call("fstatat", 1, false, -1, EIO);
    test_memory_fail(nth, 0);
    rc = cables_list_open(&list, CABLES_LIT("a"), &options, &error);
    if (rc == CABLES_SOURCE_OK) rc = cables_list_next(list, &file, &error);
    test_memory_fail(0, 0);
    fault.name = NULL;
    if (rc == CABLES_SOURCE_OK) {
      assert_true(cables_equal(file->path, cables_span(path)));
      assert_true(cables_equal(
          file->error, CABLES_LIT("file cannot be read: Input/output error")));
    }
    cables_list_close(list);
    cables_buf_free(&error);
    assert_int_equal(test_memory_live(), 0);
  }
  assert_int_equal(rc, CABLES_SOURCE_OK);
  options.follow_links = false;
}

/* A folder of another device is not the one that the walk came from. */
static void test_device(void **state) {
  (void)state;
  char path[100] = "d";
  CablesList *list;
  CablesFile *file;
  CablesBuf error = {0};
  for (int i = 0; i < 19; i++) strcat(path, "/f");
  strcat(path, "/x");
  test_write(path, "text", 4);
  path[strlen(path) - 4] = '\0';
  strcat(path, "/z");
  test_write(path, "text", 4);
  for (int i = 0; i < 2; i++) {
    assert_int_equal(cables_list_open(&list, CABLES_LIT("d"), &options, &error),
                     CABLES_SOURCE_OK);
    assert_int_equal(cables_list_next(list, &file, &error), CABLES_SOURCE_OK);
    fail_call("fstat", 1, true, i == 0 ? 1 : -1, EIO);
    assert_int_equal(cables_list_next(list, &file, &error), CABLES_SOURCE_OK);
    fault.name = NULL;
    assert_true(
        cables_equal(file->error, CABLES_LIT("folder cannot be read: No such "
                                             "file or directory")));
    while (cables_list_next(list, &file, &error) == CABLES_SOURCE_OK) continue;
    cables_list_close(list);
  }
  /* A way back that cannot be opened. */
  assert_int_equal(cables_list_open(&list, CABLES_LIT("d"), &options, &error),
                   CABLES_SOURCE_OK);
  assert_int_equal(cables_list_next(list, &file, &error), CABLES_SOURCE_OK);
  fail_call("openat", 1, true, -1, EMFILE);
  assert_int_equal(cables_list_next(list, &file, &error), CABLES_SOURCE_OK);
  fault.name = NULL;
  assert_true(
      cables_equal(file->error, CABLES_LIT("folder cannot be read: Too many "
                                           "open files")));
  cables_list_close(list);
}

/* --- libxml2 */

/* What the parser is made to say before, or instead of, reading a page. */
typedef enum Says {
  SAYS_NOTHING,
  SAYS_NO_PARSER, /* there is none, without a word */
  SAYS_NO_MEMORY, /* there is none as memory is out */
  SAYS_OUT,       /* memory is out before there is an input */
  SAYS_OUT_LATER, /* the same behind the page */
  SAYS_ERRNO,     /* the same, without a message */
  SAYS_BAD_BYTES, /* text that is no UTF-8 */
  SAYS_MANY,      /* the same, and much longer as UTF-8 */
  SAYS_NUL,       /* text with a NUL byte */
  SAYS_ENDS       /* ends of elements that were never begun */
} Says;

static Says says;

static htmlParserCtxtPtr said; /* the parser */

DECLARE(htmlParserCtxtPtr, htmlNewParserCtxt, (void))
htmlParserCtxtPtr __wrap_htmlNewParserCtxt(void) {
  xmlError error = {.code = XML_ERR_NO_MEMORY};
  if (says == SAYS_NO_MEMORY) {
    xmlStructuredError(xmlStructuredErrorContext, NULL); /* no message at all */
    xmlStructuredError(xmlStructuredErrorContext, &error);
  }
  if (says == SAYS_NO_PARSER || says == SAYS_NO_MEMORY) return NULL;
  return __real_htmlNewParserCtxt();
}

static void say(const char *z, int n) {
  said->sax->characters(said->userData, (const xmlChar *)z, n);
}

DECLARE(htmlDocPtr, htmlCtxtReadMemory,
        (htmlParserCtxtPtr parser, const char *z, int n, const char *url,
         const char *encoding, int options_of_parser))
htmlDocPtr __wrap_htmlCtxtReadMemory(htmlParserCtxtPtr parser, const char *z,
                                     int n, const char *url,
                                     const char *encoding,
                                     int options_of_parser) {
  xmlError error = {.code = XML_ERR_NO_MEMORY};
  said = parser;
  if (says == SAYS_OUT) parser->sax->serror(parser->userData, &error);
  if (says == SAYS_BAD_BYTES) say("a\xff<", 3);
  for (int i = 0; says == SAYS_MANY && i < 30; i++) say("\xff", 1);
  if (says == SAYS_NUL) say("a\0b", 3);
  if (says == SAYS_ENDS) {
    parser->sax->endElement(parser->userData, (const xmlChar *)"title");
    parser->sax->endElement(parser->userData, (const xmlChar *)"pre");
    say("", 0);
    say("\f", 1);
  }
  htmlDocPtr doc =
      __real_htmlCtxtReadMemory(parser, z, n, url, encoding, options_of_parser);
  if (says == SAYS_OUT_LATER) {
    parser->sax->serror(parser->userData, &error);
    say("x", 1); /* it is stopped */
  }
  if (says == SAYS_ERRNO) parser->errNo = XML_ERR_NO_MEMORY;
  return doc;
}

/* Makes the text of a page while the parser says so; gives the result. */
static CablesSourceResult page_text(Says what, CablesBuf *out) {
  CablesHtml html;
  says = what;
  CablesSourceResult rc = cables_html_text(CABLES_LIT("<pre>page</pre>"), false,
                                           &options, out, &html);
  says = SAYS_NOTHING;
  if (what == SAYS_BAD_BYTES || what == SAYS_NUL)
    assert_int_equal(html.verbatim.to, 0);
  return rc;
}

static void test_parser(void **state) {
  (void)state;
  for (Says what = SAYS_NO_PARSER; what <= SAYS_ERRNO; what++) {
    CablesBuf out = {0};
    assert_int_equal(page_text(what, &out), CABLES_SOURCE_NOMEM);
    cables_buf_free(&out);
    assert_int_equal(test_memory_live(), 0);
  }
  static const struct {
    Says what;
    const char *want;
  } cases[] = {{SAYS_NOTHING, "page"},
               {SAYS_BAD_BYTES, "a\xef\xbf\xbd<\npage"},
               {SAYS_NUL, "a b\npage"},
               {SAYS_ENDS, "page"}};
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    CablesBuf out = {0};
    assert_int_equal(page_text(cases[i].what, &out), CABLES_SOURCE_OK);
    assert_true(cables_equal(cables_buf_get(&out), cables_span(cases[i].want)));
    cables_buf_free(&out);
    assert_int_equal(test_memory_live(), 0);
  }
}

/* Every allocation fails once where the parser broke its promise. */
static void test_parser_memory(void **state) {
  (void)state;
  CablesSourceResult rc = CABLES_SOURCE_NOMEM;
  for (long nth = 1; rc == CABLES_SOURCE_NOMEM; nth++) {
    CablesBuf out = {0};
    test_memory_fail(nth, 0);
    rc = page_text(SAYS_MANY, &out);
    if (rc == CABLES_SOURCE_OK) assert_int_equal(out.n, 3 * 30 + 5);
    test_memory_fail(0, 0);
    cables_buf_free(&out);
    assert_int_equal(test_memory_live(), 0);
    assert_true(nth > 3 || rc == CABLES_SOURCE_NOMEM);
  }
  assert_int_equal(rc, CABLES_SOURCE_OK);
}

/* A page of two gigabytes, of which no byte is there. */
static bool is_long;
DECLARE(void, cables_markup_escape, (CablesSpan text, CablesBuf *out))
void __wrap_cables_markup_escape(CablesSpan text, CablesBuf *out) {
  if (is_long)
    out->n = (size_t)INT_MAX + 1;
  else
    __real_cables_markup_escape(text, out);
}

static void test_long_page(void **state) {
  (void)state;
  test_write("f", "<p>page", 7);
  check(NULL, "-: page|");
  is_long = true;
  check(NULL, "-:  [file cannot be read: page is too long]|");
  is_long = false;
}

#define TEST(f) \
  cmocka_unit_test_setup_teardown(f, test_files_begin, test_files_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(test_archives),    TEST(test_cut_archives),   TEST(test_passed_over),
      TEST(test_no_archive),  TEST(test_no_way),         TEST(test_names),
      TEST(test_header),      TEST(test_interrupted),    TEST(test_read),
      TEST(test_read_memory), TEST(test_seek),           TEST(test_places),
      TEST(test_folders),     TEST(test_folders_memory), TEST(test_device),
      TEST(test_parser),      TEST(test_parser_memory),  TEST(test_long_page),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
