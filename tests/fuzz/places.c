/*
** What holds of every telegram: see places.h.
*/
#include "places.h"

#include "fuzz.h"

/* The slice of the text that a row names, which lies inside. */
static CablesSpan slice(CablesSpan text, size_t start, size_t length) {
  CHECK(start <= text.n && length <= text.n - start);
  return (CablesSpan){text.z + start, length};
}

/* Whether a span is a slice of the text. */
static bool is_inside(CablesSpan s, CablesSpan text) {
  return s.z >= text.z && s.n <= text.n &&
         (size_t)(s.z - text.z) <= text.n - s.n;
}

static void check_paragraphs(const CablesTelegram *t, CablesSpan text) {
  size_t last = 0;
  int numbered = 0;
  for (size_t i = 0; i < t->n_paragraphs; i++) {
    const CablesParagraph *q = &t->paragraphs[i];
    CablesSpan printed = slice(text, q->start, q->length);
    CHECK(q->start >= last);
    last = q->start + q->length;
    CHECK(q->number >= 0 && q->repeat >= 1 && q->section >= 1);
    CHECK(q->kind != NULL);
    CHECK(fuzz_is_taken_from(q->text, printed));
    CHECK(fuzz_is_taken_from(q->marking, printed));
    fuzz_touch(q->heading);
    numbered += q->number > 0;
  }
  CHECK(t->n_paragraphs == 0 || numbered == t->n_numbered);
}

static void check_citations(const CablesTelegram *t, CablesSpan text) {
  size_t last = 0;
  for (size_t i = 0; i < t->n_citations; i++) {
    const CablesCitation *c = &t->citations[i];
    CablesSpan printed = slice(text, c->start, c->length);
    CHECK(c->start >= last && c->length > 0);
    last = c->start;
    CHECK(fuzz_is_taken_from(c->printed, printed));
  }
}

static void check_redactions(const CablesTelegram *t, CablesSpan text) {
  size_t last = 0;
  for (size_t i = 0; i < t->n_redactions; i++) {
    const CablesRedaction *r = &t->redactions[i];
    CablesSpan printed = slice(text, r->start, r->length);
    CHECK(r->start >= last && r->length > 0);
    last = r->start;
    CHECK(fuzz_is_taken_from(r->printed, printed));
  }
}

static void check_references(const CablesTelegram *t, CablesSpan text) {
  size_t last = 0;
  for (size_t i = 0; i < t->n_references; i++) {
    const CablesReference *r = &t->references[i];
    CablesSpan printed = slice(text, r->start, r->length);
    CHECK(r->start >= last);
    last = r->start;
    CHECK(r->kind != NULL);
    CHECK(fuzz_is_taken_from(r->printed, printed));
  }
}

void fuzz_check_places(const CablesTelegram *t, CablesSpan text) {
  CHECK(t->text.z == NULL || is_inside(t->text, text));
  check_paragraphs(t, text);
  check_citations(t, text);
  check_redactions(t, text);
  check_references(t, text);
  for (size_t i = 0; i < t->n_addressees; i++) {
    const CablesAddressee *a = &t->addressees[i];
    CHECK(a->printed.n > 0);
    CHECK(fuzz_is_taken_from(a->plad, a->printed));
  }
  for (size_t i = 0; i < t->n_anomalies; i++)
    (void)slice(text, t->anomalies[i].start, t->anomalies[i].length);
  for (size_t i = 0; i < t->n_trace; i++)
    (void)slice(text, t->trace[i].start, t->trace[i].length);
}
