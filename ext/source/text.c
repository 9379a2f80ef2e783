/*
** The text of one document: see text.h.  Knows how bytes are decoded, not
** where they come from nor what the text says.
*/
#include "text.h"

#include <stdio.h>

void cables_text_start(CablesText *t, CablesWindow *window, int64_t size) {
  CablesBuf text = t->text;
  text.n = 0;
  text.oom = false;
  *t = (CablesText){.window = window, .text = text, .size = size};
}

void cables_text_free(CablesText *t) { cables_buf_free(&t->text); }

void cables_text_note(CablesText *t, unsigned flags, const char *charset) {
  t->flags = flags;
  if (charset[0] == '\0' && !(flags & CABLES_DECODE_CP1252)) return;
  (void)snprintf(t->not_utf8, sizeof(t->not_utf8),
                 "text is not UTF-8: read as %s",
                 charset[0] ? charset : "Windows-1252");
}

void cables_text_too_long(CablesText *t, int64_t size) {
  t->cut = true;
  (void)snprintf(t->too_long, sizeof(t->too_long),
                 "document is longer than max_bytes: %lld bytes",
                 (long long)size);
}

/* Bytes of the document in the window that max_bytes lets pass. */
static CablesSpan view(const CablesText *t, const CablesSourceOptions *o) {
  CablesSpan s = cables_window_get(t->window);
  int64_t left = o->max_bytes - cables_window_tell(t->window);
  if (left < 0) left = 0;
  if ((uint64_t)left < s.n) s.n = (size_t)left;
  return s;
}

/* Ends a document of which max_bytes were read: was that all of it? */
static CablesSourceResult end_at_limit(CablesText *t,
                                       const CablesSourceOptions *o) {
  CablesWindow *w = t->window;
  CablesSourceResult rc = CABLES_SOURCE_OK;
  t->ended = true;
  if (t->size <= o->max_bytes &&
      w->offset + (int64_t)w->buf.n <= o->max_bytes) {
    rc = cables_window_more(w, 1);
    if (w->offset + (int64_t)w->buf.n <= o->max_bytes) return rc;
  }
  cables_text_too_long(t, t->size > o->max_bytes ? t->size : o->max_bytes + 1);
  return rc;
}

/* Brings up to n bytes more into view; sets ended when there are no others. */
static CablesSourceResult fill(CablesText *t, size_t n,
                               const CablesSourceOptions *o) {
  CablesWindow *w = t->window;
  int64_t limit = o->max_bytes - w->offset - (int64_t)w->buf.n;
  if (limit <= 0) return end_at_limit(t, o);
  if ((uint64_t)limit < n) n = (size_t)limit;
  CablesSourceResult rc = cables_window_more(w, n);
  if (rc == CABLES_SOURCE_OK && w->ended) t->ended = true;
  return rc;
}

/* Decodes up to n of the bytes in view as plain text; gives the bytes used. */
static size_t decode(CablesText *t, size_t n, const CablesSourceOptions *o) {
  CablesSpan s = view(t, o);
  bool last = t->ended && !t->cut && s.n <= n;
  return cables_decode_piece(&t->decoder, cables_sub(s, 0, n), last, &t->text);
}

/* Takes the bytes that were decoded as plain text out of the window. */
static void take_decoded(CablesText *t, size_t used,
                         const CablesSourceOptions *o) {
  cables_window_use(t->window, used);
  cables_text_note(t, t->decoder.flags, "");
  /* Behind max_bytes a character or line end that is cut is left over. */
  if (t->ended && (view(t, o).n == 0 || (t->cut && used == 0)))
    t->complete = true;
}

/* Notes that the document cannot be read (further), and ends it. */
static void fail(CablesText *t, CablesSpan why) {
  t->failed = t->complete = true;
  t->failure = why;
}

/* Reads the rest of a web page and makes its text. */
static CablesSourceResult read_page(CablesText *t,
                                    const CablesSourceOptions *o) {
  CablesSourceResult rc = CABLES_SOURCE_OK;
  while (rc == CABLES_SOURCE_OK && !t->ended) rc = fill(t, CABLES_ONE_READ, o);
  if (rc != CABLES_SOURCE_OK) return rc;
  CablesHtml html;
  t->text.n = 0;
  rc = cables_html_text(view(t, o), t->cut, o, &t->text, &html);
  if (rc == CABLES_SOURCE_ERROR) {
    fail(t, CABLES_LIT("file cannot be read: page is too long"));
    return CABLES_SOURCE_OK;
  }
  if (rc != CABLES_SOURCE_OK) return rc;
  cables_text_note(t, html.flags, html.charset);
  t->verbatim = html.verbatim;
  t->complete = true;
  return CABLES_SOURCE_OK;
}

/* Reads the first bytes and finds the kind.  They stay in the window for a
** page. */
static CablesSourceResult begin(CablesText *t, const CablesSourceOptions *o) {
  while (!t->ended) {
    size_t have = view(t, o).n;
    if (have >= CABLES_FIRST_READ) break;
    CablesSourceResult rc = fill(t, CABLES_FIRST_READ - have, o);
    if (rc != CABLES_SOURCE_OK) return rc;
  }
  size_t used = decode(t, CABLES_FIRST_READ, o);
  if (t->text.oom) return CABLES_SOURCE_NOMEM;
  t->begun = true;
  if (cables_is_html(cables_buf_get(&t->text))) {
    t->is_page = true;
    t->text.n = 0;
  } else {
    take_decoded(t, used, o);
  }
  return CABLES_SOURCE_OK;
}

CablesSourceResult cables_text_read(CablesText *t, size_t want,
                                    const CablesSourceOptions *options) {
  CablesSourceResult rc = CABLES_SOURCE_OK;
  if (!t->begun) rc = begin(t, options);
  if (rc == CABLES_SOURCE_OK && t->is_page && !t->complete)
    rc = read_page(t, options);
  while (rc == CABLES_SOURCE_OK && !t->complete && t->text.n < want) {
    size_t n = want - t->text.n;
    if (n < CABLES_FIRST_READ) n = CABLES_FIRST_READ;
    if (!t->ended && view(t, options).n < n) rc = fill(t, n, options);
    if (rc == CABLES_SOURCE_OK) take_decoded(t, decode(t, n, options), options);
  }
  if (t->text.oom) rc = CABLES_SOURCE_NOMEM;
  if (rc == CABLES_SOURCE_OK && t->complete && t->window->failed && !t->failed)
    fail(t, cables_buf_get(&t->window->input->error));
  return rc;
}
