/*
** Fuzz target: any file, archives above all, through the reader of documents.
** It reads a file that exists in memory only.  The last byte of the input
** chooses limits, and whether a second reader takes part.
*/
#define _GNU_SOURCE /* memfd_create() */

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../ext/base/utf8.h"
#include "../../ext/source/document.h"
#include "../unit/memory.h"
#include "fuzz.h"

enum { MOST_DOCUMENTS = 300 };

static int never(void *arg) {
  (void)arg;
  return 0;
}

static void check_text(CablesSpan s) {
  CHECK(cables_utf8_valid(s) == s.n);
  CHECK(s.n == 0 || memchr(s.z, '\0', s.n) == NULL);
}

static void check_document(CablesReader *reader, CablesDocument *doc,
                           int64_t max_bytes) {
  CHECK(cables_document_read(reader, 1000) == CABLES_SOURCE_OK);
  CHECK(cables_document_read(reader, SIZE_MAX) == CABLES_SOURCE_OK);
  CHECK(doc->complete || doc->failed);
  check_text(doc->text);
  check_text(doc->entry);
  CHECK(doc->n_notes > 0 || !doc->failed);
  for (size_t i = 0; i < doc->n_notes; i++) {
    CHECK(doc->notes[i].n > 0);
    check_text(doc->notes[i]);
  }
  for (size_t i = 0; i < doc->n_fields; i++) {
    check_text(doc->fields[i].name);
    check_text(doc->fields[i].value);
  }
  /* A byte becomes three at most. */
  CHECK((int64_t)doc->text.n <= 3 * max_bytes + 16);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  unsigned pick = n > 0 ? data[--n] : 0;
  int fd = memfd_create("fuzz", MFD_CLOEXEC);
  CHECK(fd >= 0);
  CHECK(write(fd, data, n) == (ssize_t)n);
  char name[32];
  snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
  CablesFile file = {.path = cables_span(name),
                     .dir = AT_FDCWD,
                     .name = name,
                     .is_link = true};
  CablesCounters counters = {0};
  CablesSourceOptions options = {.max_bytes = pick & 1 ? 500 : 1 << 16,
                                 .max_ratio = pick & 2 ? 3 : 100,
                                 .counters = &counters,
                                 .poll = never};
  CablesReader *reader = cables_reader_new(&options);
  CablesReader *other = cables_reader_new(&options);
  CHECK(reader != NULL && other != NULL);
  CHECK(cables_reader_open(reader, &file) == CABLES_SOURCE_OK);
  if (pick & 4)
    CHECK(cables_reader_only(reader, CABLES_LIT("a.txt")) == CABLES_SOURCE_OK);
  CablesDocument *doc;
  CablesSourceResult rc = CABLES_SOURCE_OK;
  for (int i = 0; rc == CABLES_SOURCE_OK && i < MOST_DOCUMENTS; i++) {
    rc = cables_reader_next(reader, &doc);
    CHECK(rc == CABLES_SOURCE_OK || rc == CABLES_SOURCE_END);
    if (rc != CABLES_SOURCE_OK) break;
    /* Every other one is read by another reader. */
    bool moves = (pick & 8) != 0 && i % 2 == 1;
    if (moves)
      CHECK(cables_document_move(reader, other, &doc) == CABLES_SOURCE_OK);
    check_document(moves ? other : reader, doc, options.max_bytes);
  }
  cables_reader_free(reader);
  cables_reader_free(other);
  CHECK(close(fd) == 0);
  CHECK(test_memory_live() == 0);
  return 0;
}
