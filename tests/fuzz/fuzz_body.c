/*
** Fuzz target: paragraphs, citations, redactions and the end of a telegram.
** The input is the body below a sound heading, but for its last byte, which
** chooses what is asked for.
*/
#include "../unit/memory.h"
#include "fuzz.h"
#include "places.h"

static const char heading[] =
    "R 071707Z APR 06\n"
    "FM AMEMBASSY OSLO\n"
    "TO SECSTATE WASHDC PRIORITY 1234\n"
    "C O N F I D E N T I A L SECTION 01 OF 02 OSLO 000374\n\n"
    "SIPDIS\n\n"
    "E.O. 12958: DECL: 04/07/2016\n"
    "TAGS: PREL, NO\n"
    "SUBJECT: A LIGHTHOUSE\n\n"
    "REF: A. 05 RIGA 1234\n"
    "     B. STATE 9\n\n";

/* The same rows, place by place. */
static void check_same(const CablesTelegram *t, const CablesParagraph *rows,
                       size_t n) {
  CHECK(t->n_paragraphs == n);
  for (size_t i = 0; i < n; i++) {
    CHECK(t->paragraphs[i].start == rows[i].start);
    CHECK(t->paragraphs[i].length == rows[i].length);
    CHECK(t->paragraphs[i].number == rows[i].number);
    CHECK(t->paragraphs[i].repeat == rows[i].repeat);
    CHECK(t->paragraphs[i].section == rows[i].section);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  static CablesParser *parser, *other;
  if (parser == NULL) parser = cables_parser_new();
  if (other == NULL) other = cables_parser_new();
  CHECK(parser != NULL && other != NULL);
  unsigned pick = n > 0 ? data[--n] : 0;
  size_t n_all = sizeof(heading) - 1 + n;
  uint8_t *all = malloc(n_all);
  CHECK(all != NULL);
  memcpy(all, heading, sizeof(heading) - 1);
  if (n > 0) memcpy(all + sizeof(heading) - 1, data, n);
  CablesSpan text = fuzz_copy(all, n_all);
  free(all);

  CablesParseOptions options = {.want = CABLES_WANT_ALL};
  const CablesTelegram *t = cables_parse(parser, text, &options);
  CHECK(t != NULL && t->found);
  CHECK(cables_equal(t->refid, CABLES_LIT("06OSLO374")));
  fuzz_check_places(t, text);
  fuzz_touch(t->summary);
  fuzz_touch(t->signer);
  fuzz_touch(t->body);
  for (size_t i = 0; i < t->n_paragraphs; i++) {
    const CablesParagraph *q = &t->paragraphs[i];
    CHECK((q->key.z != NULL) == (q->number > 0));
    CHECK(q->key.z == NULL || cables_starts(q->key, CABLES_LIT("06OSLO374#")));
  }

  /* What else is asked for changes no paragraph. */
  options.want = CABLES_WANT_BODY;
  if (pick & 1) options.want |= CABLES_WITHOUT_ALL;
  if (pick & 2) options.want |= CABLES_WITHOUT_BODY_TEXT;
  if (pick & 4) options.want |= CABLES_WANT_CITATIONS;
  const CablesTelegram *u = cables_parse(other, text, &options);
  CHECK(u != NULL && u->found);
  check_same(u, t->paragraphs, t->n_paragraphs);

  CablesBuf b = {0};
  CHECK(cables_reflow(text, &b));
  CHECK(cables_repair(text, &b));
  CHECK(cables_clean(text, &b));
  cables_buf_free(&b);
  fuzz_free(text);
  return 0;
}
