/*
** UTF-8: is it valid, and what to make of it when it is not.
*/
#ifndef CABLES_BASE_UTF8_H
#define CABLES_BASE_UTF8_H

#include "buf.h"
#include "span.h"

/* What cables_decode() met and put right. */
enum {
  CABLES_DECODE_CP1252 = 1, /* bytes that are not UTF-8, read as CP1252 */
  CABLES_DECODE_NUL = 2,    /* NUL bytes, read as blanks */
  CABLES_DECODE_UTF16 = 4   /* a UTF-16 byte order mark */
};

/* Length of the longest prefix of s that is valid UTF-8 (no surrogates, no
** overlong forms, at most U+10FFFF). */
size_t cables_utf8_valid(CablesSpan s);

/* Appends the text of raw bytes to out: valid UTF-8, line ends \n (from \r\n
** and lone \r), NUL as blank, a byte order mark dropped, UTF-16 with a byte
** order mark decoded, every byte that is not part of valid UTF-8 read as
** Windows-1252.  Gives the CABLES_DECODE_ flags of what it met. */
unsigned cables_decode(CablesSpan raw, CablesBuf *out);

/* cables_decode() in pieces, for a text that is still being read.  Starts as
** {0}. */
typedef struct CablesDecoder {
  int form;       /* 0 until the byte order mark, or its absence, is known */
  unsigned flags; /* CABLES_DECODE_ flags of what was met so far */
} CablesDecoder;

/* Decodes what can be judged already of the bytes that follow the last piece,
** all of them when `last`; gives the number of bytes used.  The others (a
** character or a \r\n that is cut) have to come again with the next piece.
** The pieces together give exactly what cables_decode() gives for the whole.
*/
size_t cables_decode_piece(CablesDecoder *d, CablesSpan raw, bool last,
                           CablesBuf *out);

/* Appends s with every byte that is not part of valid UTF-8 as U+FFFD and NUL
** as a blank; for values cut from undecoded text. */
void cables_utf8_repair(CablesSpan s, CablesBuf *out);

#endif
