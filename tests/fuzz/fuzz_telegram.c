/*
** Fuzz target: any bytes to the telegram parser.  The last two bytes of the
** input choose where the head ends that is parsed beside the whole.
*/
#include "../../ext/telegram/telegram.h"

#include "../unit/memory.h"
#include "fuzz.h"
#include "places.h"

static CablesParser *parser; /* the one that is reused all the time */

/* --- texts of a telegram, so that two can be compared */

static void add(CablesBuf *b, const char *name, CablesSpan s) {
  fuzz_touch(s);
  cables_buf_format(b, "%s=", name);
  if (s.z == NULL) {
    cables_buf_text(b, "(unknown)");
  } else {
    cables_buf_span(b, s);
  }
  cables_buf_byte(b, '\n');
}

static void add_texts(CablesBuf *b, const char *name, CablesTexts list) {
  for (size_t i = 0; i < list.n; i++) add(b, name, list.items[i]);
}

static void add_date(CablesBuf *b, const char *name, CablesDate d) {
  CHECK(d.year == 0 || cables_date_valid(d));
  cables_buf_format(b, "%s=%d-%d-%d\n", name, d.year, d.month, d.day);
}

/* The header fields. */
static void add_header(CablesBuf *b, const CablesTelegram *t) {
  add(b, "refid", t->refid);
  add(b, "created", t->created);
  add(b, "released", t->released);
  add(b, "classification", t->classification);
  add(b, "origin", t->origin);
  add(b, "precedence", t->precedence);
  add(b, "dtg", t->dtg);
  add(b, "sender", t->sender);
  add(b, "subject", t->subject);
  add(b, "subject_marking", t->subject_marking);
  add(b, "tags_printed", t->tags_printed);
  add(b, "executive_order", t->executive_order);
  add(b, "classified_by", t->classified_by);
  add_texts(b, "tag", t->tags);
  add_texts(b, "caption", t->captions);
  add_texts(b, "pass", t->pass);
  add_texts(b, "reason", t->reasons);
  cables_buf_format(b, "year=%d sections=%d declass=%d\n", t->year, t->sections,
                    t->has_declass);
  if (t->has_declass) {
    cables_buf_format(b, "kind=%s order=%d flags=%u\n",
                      cables_declass_kind_name(t->declass.kind),
                      t->declass.order, t->declass.flags);
    add_date(b, "date", t->declass.date);
    add_date(b, "review", t->declass.review);
    add_date(b, "downgrade", t->declass.downgrade);
    add(b, "downgrade_level", t->declass.downgrade_level);
    add(b, "event", t->declass.event);
    add(b, "exemption", t->declass.exemption);
    add(b, "basis", t->declass.basis);
  }
  for (size_t i = 0; i < t->n_addressees; i++) {
    const CablesAddressee *a = &t->addressees[i];
    cables_buf_format(b, "addressee %d %d\n", a->action, a->excluded);
    add(b, "precedence", a->precedence);
    add(b, "routing", a->routing);
    add(b, "plad", a->plad);
    add(b, "mcn", a->mcn);
    add(b, "printed", a->printed);
  }
  for (size_t i = 0; i < t->n_references; i++) {
    const CablesReference *r = &t->references[i];
    cables_buf_format(b, "reference %s %zu %zu\n", r->kind, r->start,
                      r->length);
    add(b, "label", r->label);
    add(b, "refid", r->refid);
    add(b, "note", r->note);
    add(b, "printed", r->printed);
  }
}

/* Everything else. */
static void add_rest(CablesBuf *b, const CablesTelegram *t) {
  cables_buf_format(b, "found=%d header_complete=%d carrier=%d complete=%d\n",
                    t->found, t->header_complete, (int)t->carrier, t->complete);
  add(b, "text", t->text);
  add(b, "drafted_by", t->drafted_by);
  add(b, "approved_by", t->approved_by);
  for (size_t i = 0; i < t->n_attributes; i++) {
    add(b, "name", t->attributes[i].name);
    add(b, "value", t->attributes[i].value);
  }
  add(b, "signer", t->signer);
  add(b, "summary", t->summary);
  add(b, "body", t->body);
  for (size_t i = 0; i < t->n_paragraphs; i++) {
    const CablesParagraph *q = &t->paragraphs[i];
    cables_buf_format(b, "paragraph %d %d %d %s %s %zu %zu\n", q->number,
                      q->repeat, q->section, q->kind, q->role ? q->role : "-",
                      q->start, q->length);
    add(b, "key", q->key);
    add(b, "marking", q->marking);
    add(b, "classification", q->classification);
    add(b, "heading", q->heading);
    add(b, "text", q->text);
  }
  for (size_t i = 0; i < t->n_citations; i++) {
    const CablesCitation *c = &t->citations[i];
    cables_buf_format(b, "citation %d %zu %zu\n", c->paragraph, c->start,
                      c->length);
    add(b, "printed", c->printed);
    add(b, "refid", c->refid);
  }
  for (size_t i = 0; i < t->n_redactions; i++) {
    const CablesRedaction *r = &t->redactions[i];
    cables_buf_format(b, "redaction %s %d %zu %zu\n", r->kind, r->paragraph,
                      r->start, r->length);
    add(b, "printed", r->printed);
  }
  for (size_t i = 0; i < t->n_anomalies; i++) {
    const CablesAnomaly *a = &t->anomalies[i];
    cables_buf_format(b, "anomaly %s %zu %zu\n", a->part, a->start, a->length);
    add(b, "message", a->message);
  }
  for (size_t i = 0; i < t->n_trace; i++) {
    const CablesTrace *r = &t->trace[i];
    cables_buf_format(b, "trace %s %s %zu %zu\n", r->field, r->rule, r->start,
                      r->length);
    add(b, "value", r->value);
  }
}

/* Shows where two dumps part, and ends the run. */
static void check_same(const char *what, const CablesBuf *a,
                       const CablesBuf *b) {
  CHECK(!a->oom && !b->oom);
  if (a->n == b->n && (a->n == 0 || memcmp(a->z, b->z, a->n) == 0)) return;
  size_t i = 0;
  while (i < a->n && i < b->n && a->z[i] == b->z[i]) i++;
  while (i > 0 && a->z[i - 1] != '\n') i--;
  fprintf(stderr, "%s differ:\n<%.*s\n>%.*s\n", what,
          (int)(a->n - i > 200 ? 200 : a->n - i), a->z ? a->z + i : "",
          (int)(b->n - i > 200 ? 200 : b->n - i), b->z ? b->z + i : "");
  abort();
}

/* A text that memory fails in gives NULL or the same as ever, and leaks
** nothing. */
static void check_oom(CablesSpan text, const CablesParseOptions *options,
                      long nth, const CablesBuf *whole) {
  long live = test_memory_live();
  test_memory_fail(nth, (int)(nth & 1));
  CablesParser *p = cables_parser_new();
  const CablesTelegram *t = p ? cables_parse(p, text, options) : NULL;
  test_memory_fail(0, 0);
  if (t != NULL) {
    CablesBuf b = {0};
    add_header(&b, t);
    add_rest(&b, t);
    check_same("memory out and not", whole, &b);
    cables_buf_free(&b);
  }
  cables_parser_free(p);
  CHECK(test_memory_live() == live);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  if (parser == NULL) parser = cables_parser_new();
  CHECK(parser != NULL);
  unsigned pick = 0;
  if (n > 2) {
    pick = data[n - 1] | (unsigned)data[n - 2] << 8;
    n -= 2;
  }
  CablesSpan text = fuzz_copy(data, n);
  CablesParseOptions options = {.want = CABLES_WANT_ALL};

  CablesBuf header = {0}, whole = {0}, again = {0};
  const CablesTelegram *t = cables_parse(parser, text, &options);
  CHECK(t != NULL);
  fuzz_check_places(t, text);
  add_header(&header, t);
  add_header(&whole, t);
  add_rest(&whole, t);

  t = cables_parse(parser, text, &options);
  CHECK(t != NULL);
  add_header(&again, t);
  add_rest(&again, t);
  check_same("two parses", &whole, &again);
  again.n = 0;

  /* The header does not depend on what else is wanted. */
  options.want = CABLES_WANT_HEADER;
  t = cables_parse(parser, text, &options);
  CHECK(t != NULL);
  add_header(&again, t);
  check_same("header alone and with the body", &header, &again);
  again.n = 0;

  /* A head: what is complete there stays. */
  CablesSpan head = fuzz_copy(data, n > 0 ? pick % (n + 1) : 0);
  options.more = true;
  t = cables_parse(parser, head, &options);
  CHECK(t != NULL);
  fuzz_check_places(t, head);
  add_header(&again, t);
  bool complete = t->header_complete;
  if (complete && getenv("CABLES_FUZZ_HEADS_OFF") == NULL) {
    check_same("whole and head", &header, &again);
  }
  bool recognised = cables_recognise(parser, head, head.n < text.n);
  if (recognised) CHECK(cables_recognise(parser, text, false));

  if (n < 4000 && pick % 64 == 0) {
    options = (CablesParseOptions){.want = CABLES_WANT_ALL};
    check_oom(text, &options, 1 + pick / 64 % 300, &whole);
  }

  again.n = 0;
  CHECK(cables_clean(text, &again));
  fuzz_touch(cables_buf_get(&again));
  again.n = 0;
  CHECK(cables_reflow(text, &again));
  fuzz_touch(cables_buf_get(&again));

  cables_buf_free(&header);
  cables_buf_free(&whole);
  cables_buf_free(&again);
  fuzz_free(head);
  fuzz_free(text);
  return 0;
}
