/*
** Fuzz target: the records of a bulk file.  The last byte of the input chooses
** in what pieces it is read and decoded: they make no difference, as max_bytes
** alone may cut a record.
*/
#include "../../ext/base/utf8.h"
#include "../../ext/source/bulk.h"
#include "../unit/memory.h"
#include "fuzz.h"

/* A file in memory that gives `step` bytes at a time. */
typedef struct Source {
  CablesInput input;
  CablesSpan bytes;
  size_t at;
  size_t step;
} Source;

static CablesSourceResult read_source(CablesInput *input, char *z, size_t n,
                                      size_t *got) {
  Source *source = (Source *)(void *)input;
  size_t left = source->bytes.n - source->at;
  if (n > source->step) n = source->step;
  if (n > left) n = left;
  *got = n;
  if (n == 0) return CABLES_SOURCE_END;
  memcpy(z, source->bytes.z + source->at, n);
  source->at += n;
  return CABLES_SOURCE_OK;
}

static int never(void *arg) {
  (void)arg;
  return 0;
}

static void add(CablesBuf *dump, CablesSpan s) {
  if (s.z == NULL) {
    cables_buf_byte(dump, '-');
  } else {
    CHECK(cables_utf8_valid(s) == s.n);
    cables_buf_format(dump, "%zu:", s.n);
    cables_buf_span(dump, s);
  }
}

/* Checks one record and appends all of it to the dump; decodes `step` bytes at
** a time. */
static void add_record(CablesBulk *bulk, const CablesRecord *record,
                       CablesRecordText *text, CablesSpan bytes, size_t step,
                       int64_t *end, CablesBuf *dump) {
  CHECK(record->entry.n > 0);
  CHECK(record->offset >= *end && record->length > 0);
  CHECK(record->offset + record->length <= (int64_t)bytes.n);
  *end = record->offset + record->length;
  add(dump, record->entry);
  add(dump, record->note);
  cables_buf_format(dump, " %lld %lld %d\n", (long long)record->offset,
                    (long long)record->length, record->is_cut);
  CHECK(cables_bulk_text(bulk, text, step != SIZE_MAX));
  do {
    CHECK(cables_record_read(text,
                             step == SIZE_MAX ? step : text->text.n + step));
  } while (!text->complete);
  add(dump, cables_buf_get(&text->text));
  for (size_t i = 0; i < text->n_fields; i++) {
    add(dump, text->fields[i].name);
    add(dump, text->fields[i].value);
  }
  cables_buf_format(dump, " %u %d\n", text->flags, text->is_lost);
}

/* Reads the file through; false when it is no bulk file. */
static bool read_all(CablesSpan bytes, size_t step,
                     const CablesSourceOptions *options, CablesBuf *dump) {
  Source source = {.input = {.read = read_source, .size = (int64_t)bytes.n},
                   .bytes = bytes,
                   .step = step};
  CablesWindow window = {0};
  cables_window_start(&window, &source.input);
  while (!window.ended && cables_window_get(&window).n < CABLES_FIRST_READ)
    CHECK(cables_window_more(
              &window, CABLES_FIRST_READ - cables_window_get(&window).n) ==
          CABLES_SOURCE_OK);
  bool is_bulk = cables_is_bulk(cables_window_get(&window));
  if (is_bulk) {
    CablesBulk *bulk = cables_bulk_new(&window, options);
    CHECK(bulk != NULL);
    CablesRecord record;
    CablesRecordText text = {0};
    int64_t end = 0;
    CablesSourceResult rc;
    while ((rc = cables_bulk_next(bulk, &record)) == CABLES_SOURCE_OK)
      add_record(bulk, &record, &text, bytes, step, &end, dump);
    CHECK(rc == CABLES_SOURCE_END);
    cables_record_free(&text);
    cables_bulk_free(bulk);
  }
  cables_window_free(&window);
  return is_bulk;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  unsigned pick = n > 0 ? data[--n] : 0;
  CablesCounters counters = {0};
  CablesSourceOptions options = {.max_bytes = pick & 128 ? 200 : 1 << 20,
                                 .counters = &counters,
                                 .poll = never};
  CablesSpan bytes = fuzz_copy(data, n);
  CablesBuf whole = {0}, pieces = {0};
  if (read_all(bytes, SIZE_MAX, &options, &whole)) {
    CHECK(read_all(bytes, 1 + pick % 64, &options, &pieces));
    CHECK(!whole.oom && !pieces.oom);
    CHECK(cables_equal(cables_buf_get(&whole), cables_buf_get(&pieces)));
  }
  cables_buf_free(&whole);
  cables_buf_free(&pieces);
  CHECK(test_memory_live() == 0);
  fuzz_free(bytes);
  return 0;
}
