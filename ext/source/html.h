/*
** From the bytes of a web page to the text that a reader of it sees.
*/
#ifndef CABLES_SOURCE_HTML_H
#define CABLES_SOURCE_HTML_H

#include "source.h"

enum {
  CABLES_HTML_HEAD = 4000, /* bytes of text that decide whether it is a page */
  CABLES_CHARSET_SIZE = 40 /* room for a charset's name with its NUL */
};

/* What was met on the way. */
typedef struct CablesHtml {
  unsigned flags;                    /* CABLES_DECODE_ flags of the bytes */
  char charset[CABLES_CHARSET_SIZE]; /* the declared charset by which bytes
                                     ** that are not UTF-8 were read, or "" */
  CablesRange verbatim;              /* the longest <pre> in the text */
} CablesHtml;

/* Whether a decoded text is a web page, judged from its first
** CABLES_HTML_HEAD bytes: behind white space, XML declaration and comments
** comes a doctype or an element that pages begin with.  A '<' later on proves
** nothing, telegrams hold some. */
bool cables_is_html(CablesSpan text);

/* Appends the text of the page in raw bytes to out.  Blocks and <br> start
** lines, <pre> comes verbatim, a table row is one line with its cells parted
** by tabs, other white space is folded; script, style, title and the like are
** left out.  cut: the bytes end before the page does.  Gives
** CABLES_SOURCE_ERROR when the page is too long for the parser. */
CablesSourceResult cables_html_text(CablesSpan raw, bool cut,
                                    const CablesSourceOptions *options,
                                    CablesBuf *out, CablesHtml *html);

#endif
