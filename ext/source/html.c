/*
** From a web page to its text: see html.h.  Knows elements and white space,
** not what the page is about.
**
** libxml2's HTML parser does the tag soup and calls back for each element and
** piece of text (SAX): no tree is built, so that a million nested elements
** cost heap in the parser but no stack here, and its limits on depth and text
** length, made for trees, do not apply.
**
** Of libxml2's global state only xmlInitParser() is used.  It may be called by
** any number of threads: the first call sets up tables under a lock, later
** ones return at once.  xmlCleanupParser() is never called, since the host may
** use libxml2 as well.  Messages go to the handler of the one parser; what
** happens outside of it, memory that is out, libxml2 would print, so while a
** page is parsed the calling thread's own handler (these are thread-local) is
** ours, and then again what it was.  HTML_PARSE_NONET is set, and HTML has
** nothing that this parser would fetch.
*/
#include "html.h"

#include <limits.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "../base/utf8.h"
#include "charset.h"
#include "markup.h"
#include "open.h"

/* The type of a message handler's argument changed in libxml2 2.12. */
#if LIBXML_VERSION >= 21200
typedef const xmlError Message;
#else
typedef xmlError Message;
#endif

enum { POLL_EVERY = 64 * 1024 }; /* bytes of page between two polls */

/* The text being written.  Line ends, tabs and blanks wait until something
** visible follows, so that none is left at an end. */
typedef struct Writer {
  CablesBuf *out;                     /* the text */
  size_t start;                       /* where it begins in out */
  size_t lines;                       /* line ends that wait */
  size_t tabs;                        /* tabs that wait */
  bool blank;                         /* a blank waits */
  size_t cells;                       /* cells of the row so far */
  size_t row;                         /* length of out when the row began */
  size_t pre;                         /* <pre> elements around */
  size_t pre_from;                    /* where the outermost begins */
  CablesRange verbatim;               /* the longest of those that ended */
  bool pre_begins;                    /* a line feed here is markup */
  bool after_cr;                      /* a line feed here belongs to a CR */
  size_t dropped;                     /* invisible elements around */
  const CablesSourceOptions *options; /* for the poll */
  size_t polled;                      /* work since the last poll */
  xmlParserCtxtPtr parser;            /* to stop it */
  bool oom;                           /* memory was out in the parser */
  bool stopped;                       /* poll() asked to stop */
} Writer;

/* Counts work and polls in time; stops the parser where that is safe, which it
** is in the callbacks for text and elements. */
static void count_work(Writer *w, size_t n) {
  w->polled += n;
  if (w->polled >= POLL_EVERY) {
    w->polled = 0;
    if (!w->stopped && cables_stopped(w->options)) w->stopped = true;
  }
  if (w->stopped || w->oom || w->out->oom) xmlStopParser(w->parser);
}

/* Whether the text so far ends a line. */
static bool at_line_start(const Writer *w) {
  return w->out->n == w->start || w->out->z[w->out->n - 1] == '\n';
}

/* Writes what waits. */
static void write_waiting(Writer *w) {
  if (w->lines > 0 && at_line_start(w)) w->lines--;
  if (w->out->n == w->start) w->lines = 0;
  bool blank = w->blank && w->lines == 0 && w->tabs == 0 && !at_line_start(w);
  for (; w->lines > 0; w->lines--) cables_buf_byte(w->out, '\n');
  for (; w->tabs > 0; w->tabs--) cables_buf_byte(w->out, '\t');
  if (blank) cables_buf_byte(w->out, ' ');
  w->blank = false;
}

/* Starts a new line, unless a cell has only just begun. */
static void start_line(Writer *w) {
  w->blank = false;
  if (w->tabs == 0 && w->lines == 0) w->lines = 1;
}

/* White space that HTML folds. */
static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Writes text outside <pre>. */
static void write_folded(Writer *w, CablesSpan s) {
  size_t i = 0;
  while (i < s.n) {
    if (is_blank(s.z[i])) {
      w->blank = true;
      i++;
      continue;
    }
    size_t n = 1;
    while (i + n < s.n && !is_blank(s.z[i + n])) n++;
    write_waiting(w);
    cables_buf_span(w->out, cables_sub(s, i, n));
    i += n;
  }
}

/* Writes text inside <pre>.  A carriage return can only come from a character
** reference here, and becomes a line end like any other. */
static void write_verbatim(Writer *w, CablesSpan s) {
  for (size_t i = 0; i < s.n; i++) {
    char c = s.z[i];
    bool skip = c == '\n' && (w->pre_begins || w->after_cr);
    w->after_cr = c == '\r';
    w->pre_begins = false;
    if (skip) continue;
    write_waiting(w);
    cables_buf_byte(w->out, c == '\r' ? '\n' : c);
  }
}

/* A <pre> has ended: keeps where it lies if it is the longest. */
static void note_verbatim(Writer *w) {
  size_t n = w->out->n - w->pre_from;
  if (n > w->verbatim.to - w->verbatim.from)
    w->verbatim = (CablesRange){w->pre_from, w->out->n};
}

/* Parser callback: text. */
static void on_text(void *arg, const xmlChar *z, int n) {
  Writer *w = arg;
  if (n <= 0) return;
  CablesSpan s = {(const char *)z, (size_t)n};
  count_work(w, s.n);
  if (w->dropped > 0) return;
  if (w->pre > 0) {
    write_verbatim(w, s);
  } else {
    write_folded(w, s);
  }
}

/* Parser callback: an element starts. */
static void on_start(void *arg, const xmlChar *name, const xmlChar **values) {
  Writer *w = arg;
  (void)values;
  count_work(w, 64);
  CablesElement kind = cables_element(cables_span((const char *)name));
  if (kind == CABLES_ELEMENT_DROPPED) w->dropped++;
  /* A <title> that was never closed must not hide the page. */
  if (kind == CABLES_ELEMENT_BODY) w->dropped = 0;
  if (w->dropped > 0) return;
  switch (kind) {
    case CABLES_ELEMENT_BREAK:
      w->blank = false;
      if (w->pre > 0) {
        write_verbatim(w, CABLES_LIT("\n"));
      } else if (w->tabs == 0 && (w->cells == 0 || w->out->n > w->row)) {
        w->lines++;
      }
      break;
    case CABLES_ELEMENT_PRE:
      w->tabs = 0; /* verbatim text never shares its first line */
      start_line(w);
      if (w->pre++ == 0) w->pre_from = w->out->n;
      w->pre_begins = true;
      w->after_cr = false;
      break;
    case CABLES_ELEMENT_TABLE:
    case CABLES_ELEMENT_ROW:
      start_line(w);
      w->cells = 0;
      w->row = w->out->n;
      break;
    case CABLES_ELEMENT_CELL:
      w->blank = false;
      if (w->cells++ > 0) {
        if (w->out->n > w->row) w->lines = 0;
        w->tabs++;
      }
      break;
    case CABLES_ELEMENT_BLOCK:
      start_line(w);
      break;
    default:
      break;
  }
}

/* Parser callback: an element ends, also one that was never closed. */
static void on_end(void *arg, const xmlChar *name) {
  Writer *w = arg;
  count_work(w, 64);
  CablesElement kind = cables_element(cables_span((const char *)name));
  if (kind == CABLES_ELEMENT_DROPPED && w->dropped > 0) {
    w->dropped--;
    return;
  }
  if (w->dropped > 0) return;
  switch (kind) {
    case CABLES_ELEMENT_PRE:
      if (w->pre == 1) note_verbatim(w);
      if (w->pre > 0) w->pre--;
      start_line(w);
      break;
    case CABLES_ELEMENT_TABLE:
    case CABLES_ELEMENT_ROW:
      w->tabs = 0; /* empty cells at the end */
      w->cells = 0;
      start_line(w);
      break;
    case CABLES_ELEMENT_BLOCK:
      start_line(w);
      break;
    default:
      break;
  }
}

/* Lets the parser see the end of its input, without freeing what it may be
** looking at.  When memory is out, 2.9 moves on no more but goes on until the
** input ends. */
static void end_input(Writer *w) {
  if (w->parser == NULL || w->parser->input == NULL) return;
  xmlParserInputPtr input = w->parser->input;
  input->base = input->cur = input->end = (const xmlChar *)"";
}

/* Parser callback: a message.  Tag soup is expected; only memory counts.  The
** parser also reports end tags that close nothing, after looking through all
** that is open: that is work to be polled, and the parser may be stopped. */
static void on_message(void *arg, Message *message) {
  Writer *w = arg;
  if (message == NULL) return;
  if (message->code == XML_ERR_NO_MEMORY) {
    w->oom = true;
    end_input(w);
  }
  if (message->code == XML_ERR_TAG_NAME_MISMATCH) count_work(w, 64);
}

/* Sets a parser up to call back with w. */
static void set_callbacks(xmlParserCtxtPtr parser, Writer *w) {
  xmlSAXHandler *sax = parser->sax;
  memset(sax, 0, sizeof(*sax));
  sax->initialized = XML_SAX2_MAGIC; /* serror counts only with it */
  sax->startElement = on_start;
  sax->endElement = on_end;
  sax->characters = on_text;
  sax->ignorableWhitespace = on_text;
  sax->cdataBlock = on_text;
  sax->serror = on_message;
  parser->userData = w;
  w->parser = parser;
}

/* Runs the parser over an escaped page in UTF-8 behind a byte order mark.  The
** mark tells the encoding: told by name, libxml2 would convert UTF-8 to UTF-8,
** and 2.9 never comes back when memory is out in that. */
static CablesSourceResult parse(CablesSpan page, Writer *w) {
  xmlInitParser();
  xmlStructuredErrorFunc handler = xmlStructuredError;
  void *handler_arg = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc(w, on_message);
  xmlParserCtxtPtr parser = htmlNewParserCtxt();
  if (parser == NULL) {
    w->oom = true;
  } else {
    set_callbacks(parser, w);
    /* NOERROR and NOWARNING would only clear handlers that are not set. */
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NONET |
                  HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD;
    xmlDocPtr doc =
        htmlCtxtReadMemory(parser, page.z, (int)page.n, NULL, "UTF-8", options);
    xmlFreeDoc(doc); /* NULL, as no callback builds one */
    if (parser->errNo == XML_ERR_NO_MEMORY) w->oom = true;
    htmlFreeParserCtxt(parser);
  }
  xmlSetStructuredErrorFunc(handler_arg, handler);
  xmlResetLastError(); /* the thread's copy of the last message */
  if (w->stopped) return CABLES_SOURCE_STOP;
  return w->oom || w->out->oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
}

/* Makes sure of the promise that the text is valid UTF-8 without NUL; where it
** was not, places in it are not known any more. */
static CablesSourceResult check_text(CablesBuf *out, size_t start,
                                     CablesRange *verbatim) {
  CablesSpan text = cables_sub(cables_buf_get(out), start, out->n);
  if (text.n == 0) return CABLES_SOURCE_OK;
  if (cables_utf8_valid(text) == text.n && memchr(text.z, 0, text.n) == NULL)
    return CABLES_SOURCE_OK;
  CablesBuf good = {0};
  *verbatim = (CablesRange){0};
  cables_utf8_repair(text, &good);
  out->n = start;
  cables_buf_span(out, cables_buf_get(&good));
  bool oom = good.oom || out->oom;
  cables_buf_free(&good);
  return oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
}

CablesSourceResult cables_html_text(CablesSpan raw, bool cut,
                                    const CablesSourceOptions *options,
                                    CablesBuf *out, CablesHtml *html) {
  *html = (CablesHtml){0};
  CablesBuf decoded = {0};
  CablesBuf page = {0};
  Writer w = {.out = out, .start = out->n, .options = options};
  CablesSourceResult rc = cables_charset_decode(raw, cut, &decoded, html);
  if (rc == CABLES_SOURCE_OK) {
    cables_buf_text(&page, "\xef\xbb\xbf");
    cables_markup_escape(cables_buf_get(&decoded), &page);
    if (page.oom) rc = CABLES_SOURCE_NOMEM;
  }
  cables_buf_free(&decoded);
  if (rc == CABLES_SOURCE_OK && cables_stopped(options))
    rc = CABLES_SOURCE_STOP;
  if (rc == CABLES_SOURCE_OK && page.n > INT_MAX) rc = CABLES_SOURCE_ERROR;
  if (rc == CABLES_SOURCE_OK) rc = parse(cables_buf_get(&page), &w);
  cables_buf_free(&page);
  html->verbatim = w.verbatim;
  return rc == CABLES_SOURCE_OK ? check_text(out, w.start, &html->verbatim)
                                : rc;
}

bool cables_is_html(CablesSpan text) {
  static const char *const first[] = {
      "html", "head",   "body",   "title",   "meta",    "link", "div", "table",
      "pre",  "p",      "center", "font",    "h1",      "h2",   "h3",  "span",
      "a",    "script", "style",  "article", "section", "main", "ul",  "br"};
  CablesSpan s = cables_sub(text, 0, CABLES_HTML_HEAD);
  for (;;) {
    while (s.n > 0 && cables_is_space(s.z[0])) s = cables_sub(s, 1, s.n);
    const char *end = NULL;
    if (cables_starts(s, CABLES_LIT("<!--"))) {
      end = "-->";
    } else if (cables_starts_nocase(s, CABLES_LIT("<?xml"))) {
      end = "?>";
    } else {
      break;
    }
    size_t n = cables_find(s, cables_span(end));
    /* A comment longer than the head: no telegram starts with "<!--". */
    if (n == (size_t)-1) return text.n > CABLES_HTML_HEAD && end[0] == '-';
    s = cables_sub(s, n + strlen(end), s.n);
  }
  if (cables_starts_nocase(s, CABLES_LIT("<!doctype html"))) return true;
  if (s.n == 0 || s.z[0] != '<') return false;
  size_t n = 1;
  while (n < s.n && cables_is_alnum(s.z[n])) n++;
  if (n == s.n || !(cables_is_space(s.z[n]) || s.z[n] == '>' || s.z[n] == '/'))
    return false;
  for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
    if (cables_equal_nocase(cables_sub(s, 1, n - 1), cables_span(first[i])))
      return true;
  return false;
}
