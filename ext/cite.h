/*
** From a telegram to where others look for it: addresses of public pages, and
** citations.  Knows no SQL.
*/
#ifndef CABLES_CITE_H
#define CABLES_CITE_H

#include "base/buf.h"
#include "telegram/date.h"
#include "telegram/telegram.h"

/* What became of a request; a fault is told in a buffer. */
typedef enum CablesCiteResult {
  CABLES_CITE_OK,
  CABLES_CITE_NONE, /* there is no such page or citation: NULL in SQL */
  CABLES_CITE_FAULT /* no such site or style, or a date is missing */
} CablesCiteResult;

/* Appends the address of a telegram's page on a public site.
**   ref      its reference id in any spelling; a PlusD suffix on it is kept
**   site     plusd or cablegate
**   created  when it was sent, which cablegate's addresses hold; or unknown
** b: gets the address, or for CABLES_CITE_FAULT what is wrong; b->oom when
** memory is out.  CABLES_CITE_NONE when ref is no reference id. */
CablesCiteResult cables_cite_url(CablesSpan ref, CablesSpan site,
                                 CablesDate created, CablesBuf *b);

/* Appends a citation of a telegram.
**   t      parsed as far as its heading
**   style  chicago, nara or bibtex
** b: as above.  CABLES_CITE_NONE for a telegram without a reference id. */
CablesCiteResult cables_cite_print(const CablesTelegram *t, CablesSpan style,
                                   CablesBuf *b);

#endif
