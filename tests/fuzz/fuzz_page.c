/*
** Fuzz target: the bytes of a file through decoding and HTML to the parser.
*/
#include "../../ext/base/utf8.h"
#include "../../ext/source/html.h"
#include "../../ext/telegram/telegram.h"

#include "../unit/memory.h"
#include "fuzz.h"

static int never(void *arg) {
  (void)arg;
  return 0;
}

static void check_text(CablesSpan s) {
  CHECK(cables_utf8_valid(s) == s.n);
  CHECK(s.n == 0 || memchr(s.z, '\0', s.n) == NULL);
  CHECK(s.n == 0 || memchr(s.z, '\r', s.n) == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  static CablesParser *parser;
  if (parser == NULL) parser = cables_parser_new();
  CHECK(parser != NULL);
  CablesCounters counters = {0};
  CablesSourceOptions options = {
      .max_bytes = 1 << 24, .counters = &counters, .poll = never};
  CablesSpan raw = fuzz_copy(data, n);
  unsigned pick = n > 0 ? data[n - 1] : 0;

  /* As a text; in pieces it is the same. */
  CablesBuf text = {0}, pieces = {0}, page = {0};
  unsigned flags = cables_decode(raw, &text);
  CHECK(!text.oom);
  check_text(cables_buf_get(&text));
  CablesDecoder decoder = {0};
  size_t at = 0;
  size_t step = 1 + pick % 37;
  for (size_t end = step; at < n || end == step; end += step) {
    if (end > n) end = n;
    bool last = end == n;
    size_t used = cables_decode_piece(
        &decoder, (CablesSpan){raw.z + at, end - at}, last, &pieces);
    CHECK(used <= end - at);
    at += used;
    CHECK(!last || at == n);
    if (last) break;
  }
  CHECK(decoder.flags == flags);
  CHECK(pieces.n == text.n);
  CHECK(text.n == 0 || memcmp(pieces.z, text.z, text.n) == 0);
  (void)cables_is_html(cables_buf_get(&text));

  /* As a page. */
  CablesHtml html = {0};
  CablesSourceResult rc =
      cables_html_text(raw, (pick & 1) != 0, &options, &page, &html);
  CHECK(rc == CABLES_SOURCE_OK || rc == CABLES_SOURCE_ERROR);
  CHECK(!page.oom);
  check_text(cables_buf_get(&page));
  CHECK(memchr(html.charset, '\0', sizeof(html.charset)) != NULL);
  CablesParseOptions all = {.want = CABLES_WANT_ALL};
  const CablesTelegram *t = cables_parse(parser, cables_buf_get(&page), &all);
  CHECK(t != NULL);
  fuzz_touch(t->body);
  fuzz_touch(t->subject);

  /* With memory that ends. */
  if ((pick & 6) == 0) {
    long live = test_memory_live();
    CablesBuf out = {0};
    test_memory_fail(1 + pick / 8, 1);
    rc = cables_html_text(raw, false, &options, &out, &html);
    test_memory_fail(0, 0);
    CHECK(rc != CABLES_SOURCE_OK || !out.oom);
    cables_buf_free(&out);
    CHECK(test_memory_live() == live);
  }
  cables_buf_free(&text);
  cables_buf_free(&pieces);
  cables_buf_free(&page);
  fuzz_free(raw);
  return 0;
}
