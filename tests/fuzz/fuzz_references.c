/*
** Fuzz target: a REF block and the addressees.  The input is what stands
** behind "REF:", but for its last byte: where that is odd, the input stands
** between FM and the classification line instead.
*/
#include "../../ext/telegram/refid.h"
#include "../unit/memory.h"
#include "fuzz.h"
#include "places.h"

static const char front[] = "R 071707Z APR 06\nFM AMEMBASSY OSLO\n";
static const char line[] = "C O N F I D E N T I A L OSLO 000374\n";
static const char labels[] =
    "E.O. 12958: DECL: 04/07/2016\nTAGS: PREL\nSUBJECT: A LIGHTHOUSE\nREF: ";

/* An id that a telegram gives reads as itself. */
static void check_refid(CablesSpan refid, CablesArena *arena) {
  CablesRefid id;
  CablesBuf b = {0};
  if (refid.z == NULL) return;
  CHECK(cables_refid_read(refid, 0, arena, &id));
  cables_refid_print(&b, id);
  CHECK(cables_equal(cables_buf_get(&b), refid));
  cables_buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  static CablesParser *parser;
  if (parser == NULL) parser = cables_parser_new();
  CHECK(parser != NULL);
  bool above = n > 0 && (data[--n] & 1) != 0;
  CablesSpan input = {(const char *)data, n};
  CablesBuf all = {0};
  cables_buf_text(&all, front);
  if (above) cables_buf_span(&all, input);
  cables_buf_text(&all, above ? "\n" : "TO SECSTATE WASHDC\n");
  cables_buf_text(&all, line);
  cables_buf_text(&all, labels);
  if (!above) cables_buf_span(&all, input);
  CHECK(!all.oom);
  CablesSpan text = fuzz_copy((const uint8_t *)all.z, all.n);
  cables_buf_free(&all);

  CablesParseOptions options = {.want = CABLES_WANT_ALL};
  const CablesTelegram *t = cables_parse(parser, text, &options);
  CHECK(t != NULL && t->found);
  fuzz_check_places(t, text);
  CablesArena arena = {0};
  for (size_t i = 0; i < t->n_references; i++) {
    const CablesReference *r = &t->references[i];
    check_refid(r->refid, &arena);
    CHECK(r->refid.z == NULL || strcmp(r->kind, "cable") == 0);
    fuzz_touch(r->label);
    fuzz_touch(r->note);
  }
  for (size_t i = 0; i < t->n_citations; i++)
    check_refid(t->citations[i].refid, &arena);
  for (size_t i = 0; i < t->n_addressees; i++) {
    fuzz_touch(t->addressees[i].routing);
    fuzz_touch(t->addressees[i].mcn);
    fuzz_touch(t->addressees[i].precedence);
  }
  cables_arena_free(&arena);
  fuzz_free(text);
  return 0;
}
