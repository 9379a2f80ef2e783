/*
** Pieces and checks of the tests of the telegram parser: see telegrams.h.
** Linked with the tests of every layer, so nothing here calls the parser.
*/
#include "telegrams.h"

TelegramFixture telegram_fixture;

const char telegram_modern[] =
    "VZCZCXRO0071\n"
    "OO RUEHLO RUEHCP\n"
    "DE RUEHNY #0071/01 0421215\n"
    "ZNY SSSSS ZZH\n"
    "O P 111215Z FEB 09 ZDK\n"
    "FM AMEMBASSY OSLO\n"
    "TO RUEHC/SECSTATE WASHDC IMMEDIATE 0412\n"
    "RUEHCP/AMEMBASSY COPENHAGEN\n"
    "INFO RUEHLO/AMEMBASSY LONDON PRIORITY 1188\n"
    "RUEHZL/EUROPEAN POLITICAL COLLECTIVE\n"
    "XMT AMEMBASSY LISBON\n"
    "S E C R E T SECTION 01 OF 02 OSLO 000071\n"
    "\n"
    "NOFORN\n"
    "SIPDIS\n"
    "\n"
    "STATE FOR EUR/NB; NSC FOR HAVERSTOCK\n"
    "\n"
    "E.O. 12958: DECL: 02/11/2019\n"
    "TAGS: PREL, EWWT, OVIP (QUENNELL, MAUD), NO,\n"
    "DA\n"
    "SUBJECT: (S/NF) A BUOY WITHOUT A NAME, AND THE TWO\n"
    "SHIPS THAT MET IT\n"
    "\n"
    "REF: A. OSLO 44 (NOTAL)\n"
    "     B. 08 COPENHAGEN 612\n"
    "     C. HATHERLEY-QUENNELL EMAIL 02/09/09\n"
    "\n"
    "OSLO 00000071  001.2 OF 002\n"
    "\n"
    "Classified By: Ambassador Rufus Hatherley for reasons 1.4 (b) and (d).\n"
    "\n"
    "1. (C) SUMMARY: A buoy was laid out on Monday and has been\n"
    "seen by three ships. END SUMMARY.\n"
    "\n"
    "-------------------\n"
    "A BUOY IS LAID OUT\n"
    "-------------------\n"
    "\n"
    "2. (S/NF) XXXXXXXXXXXX told PolOff (ref A) that the buoy had to be\n"
    "\n"
    "OSLO 00000071  002.2 OF 002\n"
    "\n"
    "moved because of fog.  He gave two grounds:\n"
    "\n"
    "-- it was in the way;\n"
    "-- nobody had asked for it.\n"
    "\n"
    "3. (C) COMMENT: 08 COPENHAGEN 612 said as much. END COMMENT.\n"
    "\n"
    "HATHERLEY\n"
    "\n"
    "NNNN\n";

const char telegram_old[] =
    "CONFIDENTIAL\n"
    "\n"
    "PAGE 01 NICOSI 00575 01 OF 02 051334Z\n"
    "53\n"
    "ACTION EUR-12\n"
    "INFO OCT-01 ISO-00 NEA-06 SS-15\n"
    "IO-10 /044 W\n"
    "--------------------- 113164\n"
    "P R 041550Z APR 74\n"
    "FM AMEMBASSY NICOSIA\n"
    "TO SECSTATE WASHDC PRIORITY 1900\n"
    "INFO AMEMBASSY ANKARA\n"
    "/AMEMBASSY LONDON 3343\n"
    "C O N F I D E N T I A L SECTION 1 OF 2 NICOSIA 575\n"
    "EXDIS\n"
    "E.O. 11652: GDS\n"
    "TAGS: PFOR, EWWT, CY\n"
    "SUBJECT: THE FERRY THAT WAS SOLD TWICE\n"
    "REF: STATE 062518\n"
    "1. THE FERRY WAS SOLD TO A MR. PETTIGREW ON MONDAY AND TO HIS\n"
    "CONFIDENTIAL\n"
    "CONFIDENTIAL\n"
    "PAGE 02 NICOSI 00575 01 OF 02 051334Z\n"
    "BROTHER ON TUESDAY.\n"
    "2. EACH BROTHER HAS ONE ENGINE.\n"
    "LARKSPUR\n"
    "CONFIDENTIAL\n"
    "NNN\n";

const char telegram_page[] =
    "Browse by origin\n"
    "Viewing cable 09OSLO71, A BUOY WITHOUT A NAME\n"
    "If you are new to these pages, please read an introduction\n"
    "Reference ID Created Released Classification Origin\n"
    "09OSLO71 2009-02-11 12:12 2011-03-04 16:04 CONFIDENTIAL Embassy Oslo\n"
    "VZCZCXRO0071\n"
    "PP RUEHLO\n"
    "DE RUEHNY #0071/01 0421215\n"
    "ZNY CCCCC ZZH\n"
    "P 111215Z FEB 09\n"
    "FM AMEMBASSY OSLO\n"
    "TO RUEHC/SECSTATE WASHDC PRIORITY 0412\n"
    "C O N F I D E N T I A L OSLO 000071 \n"
    "\n"
    "SIPDIS \n"
    "\n"
    "E.O. 12958: DECL: 02/11/2019 \n"
    "TAGS: PREL EWWT NO \n"
    "SUBJECT: A BUOY WITHOUT A NAME \n"
    "\n"
    "Classified By: Ambassador Rufus Hatherley for reasons 1.4 (b). \n"
    "\n"
    "\xc2\xb6"
    "1. (C) A buoy was laid out on Monday. \n"
    "\n"
    "\xc2\xb6"
    "2. (C) Nobody has seen it since. \n"
    "HATHERLEY \n"
    "\n"
    "3 comments\n"
    "What a buoy!\n";

/* --- checks */

static const char *label; /* case of a table */
static unsigned failures; /* of the present test */
static char *rendered;    /* the last list as one text */
static size_t n_rendered; /* its bytes */
static size_t cap;        /* room for it */
static char *formatted;   /* the last text of telegram_format */

void telegram_case(const char *text) { label = text; }

/* Tells a failure. */
static void fail_at(const char *what, const char *file, int line) {
  failures++;
  print_error("%s:%d: %s%s%s\n", file, line, what, label ? " of " : "",
              label ? label : "");
}

void telegram_check_text(CablesSpan got, const char *want, const char *what,
                         const char *file, int line) {
  bool same = want == NULL
                  ? got.z == NULL
                  : got.z != NULL && got.n == strlen(want) &&
                        (got.n == 0 || memcmp(got.z, want, got.n) == 0);
  if (same) return;
  fail_at(what, file, line);
  print_error("  expected: %s\n  got:      %.*s\n", want ? want : "(unknown)",
              got.z ? (int)got.n : 9, got.z ? got.z : "(unknown)");
}

void telegram_check_number(long got, long want, const char *what,
                           const char *file, int line) {
  if (got == want) return;
  fail_at(what, file, line);
  print_error("  expected: %ld\n  got:      %ld\n", want, got);
}

/* Appends n bytes to the rendered text. */
static void put(const char *z, size_t n) {
  if (n_rendered + n > cap) {
    cap = (n_rendered + n) * 2;
    rendered = realloc(rendered, cap);
    if (rendered == NULL) abort();
  }
  if (n > 0) memcpy(rendered + n_rendered, z, n);
  n_rendered += n;
}

static void put_text(const char *z) { put(z, strlen(z)); }
static void put_span(CablesSpan s) { put(s.z, s.n); }
static void put_number(long n) {
  char z[24];
  put(z, (size_t)snprintf(z, sizeof(z), "%ld", n));
}

/* Begins a text, or separates a list's next item. */
static void begin(void) {
  n_rendered = 0;
  put("", 0);
}
static void separate(size_t i) { put("|", i > 0); }
static CablesSpan end(void) {
  return (CablesSpan){rendered ? rendered : "", n_rendered};
}

CablesSpan telegram_texts(CablesTexts list) {
  begin();
  for (size_t i = 0; i < list.n; i++) {
    separate(i);
    put_span(list.items[i]);
  }
  return end();
}

/* Appends a part of an address behind a comma, when it is known. */
static void put_part(CablesSpan s) {
  if (s.z == NULL) return;
  put_text(",");
  put_span(s);
}

CablesSpan telegram_addressees(const CablesTelegram *t) {
  begin();
  for (size_t i = 0; i < t->n_addressees; i++) {
    const CablesAddressee *a = &t->addressees[i];
    separate(i);
    put_text(a->excluded ? "-" : "");
    put_text(a->action ? "action:" : "info:");
    put_span(a->routing);
    put_text(a->routing.z ? "/" : "");
    put_span(a->plad);
    put_part(a->precedence);
    put_part(a->mcn);
  }
  return end();
}

CablesSpan telegram_references(const CablesTelegram *t) {
  begin();
  for (size_t i = 0; i < t->n_references; i++) {
    const CablesReference *r = &t->references[i];
    separate(i);
    put_span(r->label);
    put_text(r->label.z ? ":" : "");
    put_text(r->kind);
    put_text(":");
    put_span(r->refid.z ? r->refid : r->printed);
    if (r->note.z == NULL) continue;
    put_text("(");
    put_span(r->note);
    put_text(")");
  }
  return end();
}

CablesSpan telegram_paragraphs(const CablesTelegram *t) {
  begin();
  for (size_t i = 0; i < t->n_paragraphs; i++) {
    const CablesParagraph *row = &t->paragraphs[i];
    separate(i);
    if (row->number > 0) put_number(row->number);
    if (row->number > 0) put_text(" ");
    put_span(row->marking);
    put_text(row->marking.z ? " " : "");
    put_text(row->kind);
    put_text(": ");
    put_span(row->text);
  }
  return end();
}

CablesSpan telegram_citations(const CablesTelegram *t) {
  begin();
  for (size_t i = 0; i < t->n_citations; i++) {
    const CablesCitation *c = &t->citations[i];
    separate(i);
    put_number(c->paragraph);
    put_text(":");
    put_span(c->printed);
    put_text("=");
    put_span(c->refid);
  }
  return end();
}

bool telegram_odd(const CablesTelegram *t, const char *part,
                  const char *message) {
  for (size_t i = 0; i < t->n_anomalies; i++) {
    const CablesAnomaly *a = &t->anomalies[i];
    if (strcmp(a->part, part) == 0 && a->message.n == strlen(message) &&
        memcmp(a->message.z, message, a->message.n) == 0) {
      return true;
    }
  }
  return false;
}

/* --- what any result must be */

/* Whether [start, start + length) lies in n bytes. */
static bool inside(size_t start, size_t length, size_t n) {
  return start <= n && length <= n - start;
}

/* Checks the rows of the body. */
static void check_paragraphs(const CablesTelegram *t, size_t n) {
  size_t behind = 0;
  int numbered = 0;
  for (size_t i = 0; i < t->n_paragraphs; i++) {
    const CablesParagraph *row = &t->paragraphs[i];
    CHECK_NUMBER(inside(row->start, row->length, n), true);
    CHECK_NUMBER(row->start >= behind, true);
    CHECK_NUMBER(row->number >= 0 && row->repeat >= 1 && row->section >= 1,
                 true);
    CHECK_NUMBER(row->text.z != NULL && row->kind != NULL, true);
    CHECK_NUMBER(row->key.z == NULL || row->number > 0, true);
    behind = row->start + row->length;
    numbered += row->number > 0;
  }
  CHECK_NUMBER(t->n_numbered, numbered);
}

void telegram_check_sound(const CablesTelegram *t, CablesSpan text) {
  size_t n = text.n;
  uintptr_t from = (uintptr_t)text.z;
  uintptr_t begins = (uintptr_t)t->text.z;
  if (n > 0) {
    CHECK_NUMBER(begins >= from && begins + t->text.n <= from + n, true);
  }
  check_paragraphs(t, n);
  for (size_t i = 0; i < t->n_references; i++) {
    const CablesReference *r = &t->references[i];
    CHECK_NUMBER(inside(r->start, r->length, n) && r->length > 0, true);
    CHECK_NUMBER(r->kind != NULL && r->printed.n > 0, true);
  }
  size_t behind = 0;
  for (size_t i = 0; i < t->n_citations; i++) {
    const CablesCitation *c = &t->citations[i];
    CHECK_NUMBER(inside(c->start, c->length, n) && c->length > 0, true);
    CHECK_NUMBER(c->start >= behind, true);
    behind = c->start + c->length;
  }
  for (size_t i = 0; i < t->n_redactions; i++) {
    const CablesRedaction *r = &t->redactions[i];
    CHECK_NUMBER(inside(r->start, r->length, n) && r->length > 0, true);
  }
  for (size_t i = 0; i < t->n_anomalies; i++) {
    const CablesAnomaly *a = &t->anomalies[i];
    CHECK_NUMBER(inside(a->start, a->length, n), true);
    CHECK_NUMBER(a->message.n > 0 && a->part != NULL, true);
  }
  for (size_t i = 0; i < t->n_trace; i++) {
    const CablesTrace *r = &t->trace[i];
    CHECK_NUMBER(inside(r->start, r->length, n), true);
    CHECK_NUMBER(r->field != NULL && r->rule != NULL, true);
  }
  CHECK_NUMBER(t->year == 0 || (t->year >= 1000 && t->year <= 9999), true);
}

/* Appends a field with its name. */
static void put_field(const char *name, CablesSpan s) {
  put_text(name);
  put_text(s.z ? "=" : " unknown");
  put_span(s);
  put_text("\n");
}

/* Appends a list with its name. */
static void put_list(const char *name, CablesTexts list) {
  for (size_t i = 0; i < list.n; i++) put_field(name, list.items[i]);
}

/* Appends a day. */
static void put_day(const char *name, CablesDate d) {
  put_text(name);
  put_number(d.year * 10000L + d.month * 100L + d.day);
  put_text("\n");
}

/* Appends what stands above the body. */
static void put_header(const CablesTelegram *t) {
  put_field("refid", t->refid);
  put_field("created", t->created);
  put_field("released", t->released);
  put_field("classification", t->classification);
  put_field("origin", t->origin);
  put_field("precedence", t->precedence);
  put_field("dtg", t->dtg);
  put_field("sender", t->sender);
  put_field("subject", t->subject);
  put_field("subject_marking", t->subject_marking);
  put_list("tag", t->tags);
  put_field("tags_printed", t->tags_printed);
  put_list("caption", t->captions);
  put_list("pass", t->pass);
  put_field("executive_order", t->executive_order);
  put_field("classified_by", t->classified_by);
  put_list("reason", t->reasons);
  put_field("drafted_by", t->drafted_by);
  put_field("approved_by", t->approved_by);
  put_number(t->has_declass);
  put_number((long)t->declass.kind);
  put_number(t->declass.order);
  put_day("declass", t->declass.date);
  put_day("review", t->declass.review);
  put_field("event", t->declass.event);
  put_field("exemption", t->declass.exemption);
  put_number(t->year);
  put_text(" ");
  put_number(t->sections);
  put_text(" ");
  put_number((long)t->carrier);
  for (size_t i = 0; i < t->n_anomalies; i++) {
    if (strcmp(t->anomalies[i].part, "body") != 0) {
      put_field("anomaly", t->anomalies[i].message);
    }
  }
}

char *telegram_digest(const CablesTelegram *t, bool body) {
  /* The lists render into the same buffer, so copies are taken. */
  typedef CablesSpan Render(const CablesTelegram *);
  static Render *const lists[] = {telegram_addressees, telegram_references,
                                  telegram_paragraphs, telegram_citations};
  size_t room = 1;
  char *all = calloc(1, 1);
  for (size_t i = 0; i < (body ? 5 : 3); i++) {
    CablesSpan s;
    if (i > 0) {
      s = lists[i - 1](t);
    } else {
      begin();
      put_header(t);
      if (body) {
        put_field("signer", t->signer);
        put_field("summary", t->summary);
        put_field("body", t->body);
        put_number(t->complete);
      }
      s = end();
    }
    char *more = realloc(all, room + s.n + 1);
    if (more == NULL) abort();
    all = more;
    memcpy(all + room - 1, s.z, s.n);
    all[room - 1 + s.n] = '\n';
    room += s.n + 1;
    all[room - 1] = '\0';
  }
  return all;
}

/* --- parsing */

CablesSpan telegram_copy(const char *text, size_t n) {
  free(telegram_fixture.copy);
  telegram_fixture.copy = NULL;
  if (text == NULL) return (CablesSpan){NULL, 0};
  telegram_fixture.copy = malloc(n > 0 ? n : 1);
  if (telegram_fixture.copy == NULL) abort();
  if (n > 0) memcpy(telegram_fixture.copy, text, n);
  return (CablesSpan){telegram_fixture.copy, n};
}

const char *telegram_format(const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  free(formatted);
  formatted = malloc((size_t)n + 1);
  if (formatted == NULL) abort();
  va_start(args, format);
  vsnprintf(formatted, (size_t)n + 1, format, args);
  va_end(args);
  return formatted;
}

int telegram_begin(void **state) {
  (void)state;
  failures = 0;
  label = NULL;
  return 0;
}

int telegram_end(void **state) {
  (void)state;
  label = NULL;
  free(rendered);
  rendered = NULL;
  cap = n_rendered = 0;
  free(formatted);
  formatted = NULL;
  return failures > 0 ? -1 : 0;
}
