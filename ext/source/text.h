/*
** The text of one document from the bytes of a window: plain text or web page.
**
**   cables_text_start(&text, &window, size);
**   rc = cables_text_read(&text, 8192, &options);
**   ... text.text, text.complete ...
*/
#ifndef CABLES_SOURCE_TEXT_H
#define CABLES_SOURCE_TEXT_H

#include "../base/utf8.h"
#include "html.h"
#include "input.h"

typedef struct CablesText {
  CablesWindow *window;                    /* bytes not decoded yet */
  CablesBuf text;                          /* decoded */
  int64_t size;                            /* bytes it has, or -1 */
  bool begun;                              /* its kind is known */
  bool is_page;                            /* a web page */
  CablesRange verbatim;                    /* its longest <pre> in text */
  bool ended;                              /* all that is read was read */
  bool cut;                                /* max_bytes ended it */
  bool complete;                           /* text is all of it */
  bool failed;                             /* it cannot be read (further) */
  CablesSpan failure;                      /* why */
  CablesDecoder decoder;                   /* of a plain text */
  unsigned flags;                          /* CABLES_DECODE_ flags */
  char too_long[64];                       /* note, or "" */
  char not_utf8[CABLES_CHARSET_SIZE + 40]; /* note, or "" */
} CablesText;

/* Starts a document at the window's first byte, which is its first.  The
** memory of the last one is used again. */
void cables_text_start(CablesText *t, CablesWindow *window, int64_t size);

/* cables_document_read() but for the fields of a document. */
CablesSourceResult cables_text_read(CablesText *t, size_t want,
                                    const CablesSourceOptions *options);

/* Notes in what way bytes were no UTF-8.  charset: by which they were read, ""
** for Windows-1252. */
void cables_text_note(CablesText *t, unsigned flags, const char *charset);

/* Notes that max_bytes ended a document of that size. */
void cables_text_too_long(CablesText *t, int64_t size);

/* Frees the text; starts as {0}. */
void cables_text_free(CablesText *t);

#endif
