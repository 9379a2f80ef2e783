/*
** Which '<' of a page are markup, and what its elements do to the text.
*/
#ifndef CABLES_SOURCE_MARKUP_H
#define CABLES_SOURCE_MARKUP_H

#include "source.h"

/* What an element does to the text. */
typedef enum CablesElement {
  CABLES_ELEMENT_UNKNOWN, /* no element of HTML */
  CABLES_ELEMENT_INLINE,  /* nothing */
  CABLES_ELEMENT_BLOCK,   /* stands on lines of its own */
  CABLES_ELEMENT_BREAK,   /* ends the line */
  CABLES_ELEMENT_PRE,     /* keeps white space */
  CABLES_ELEMENT_TABLE,   /* a block that ends a row of cells */
  CABLES_ELEMENT_ROW,     /* a line of cells */
  CABLES_ELEMENT_CELL,    /* parted from the cell before by a tab */
  CABLES_ELEMENT_BODY,    /* here the visible part starts */
  CABLES_ELEMENT_DROPPED  /* not seen, nor what is in it */
} CablesElement;

/* What an element of this name, in any case, does. */
CablesElement cables_element(CablesSpan name);

/* Appends a page with every '<' and '&' that is data written as &lt; and
** &amp;.  Pages of telegrams write them unescaped, and a parser would take
** "<XXXXXXXXXXXX>" or "<5 MW" for markup and lose it.  A '<' is markup when an
** element that exists follows and its '>' comes before the next '<' outside
** quotes.  Takes linear time on any input. */
void cables_markup_escape(CablesSpan text, CablesBuf *out);

#endif
