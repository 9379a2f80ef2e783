/*
** The bytes of a web page to UTF-8.
*/
#ifndef CABLES_SOURCE_CHARSET_H
#define CABLES_SOURCE_CHARSET_H

#include "html.h"

/* Appends the text of raw as cables_decode() does; only when it is neither
** valid UTF-8 nor UTF-16 with its mark, the charset that the page declares
** counts.  cut: a character at the end may be incomplete and is dropped. */
CablesSourceResult cables_charset_decode(CablesSpan raw, bool cut,
                                         CablesBuf *out, CablesHtml *html);

#endif
