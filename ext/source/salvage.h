/*
** What can be unpacked of a compressed file that is cut or damaged.
**
**   CablesSalvage *s = cables_salvage_open(&window, &rc);
**   while (cables_salvage_read(s, &bytes) > 0) ...
**   cables_salvage_close(s);
**
** libarchive's decompressors give nothing of the last 64 KiB or more before an
** error.  Its reader of zip gives what it has, and takes the same compressed
** streams as members: so the file is shown to it as the member of a zip.
*/
#ifndef CABLES_SOURCE_SALVAGE_H
#define CABLES_SOURCE_SALVAGE_H

#include "input.h"

typedef struct CablesSalvage CablesSalvage;

/* Starts over at the window's first byte ever, that of a file that is gzip,
** bzip2, xz or zstd; NULL when that cannot be done.  rc: CABLES_SOURCE_STOP or
** _NOMEM when that is why, else CABLES_SOURCE_OK.  The window has to outlive
** it. */
CablesSalvage *cables_salvage_open(CablesWindow *window,
                                   CablesSourceResult *rc);

/* The next bytes that could be unpacked, valid until the next call; their
** number, 0 when there are no more. */
size_t cables_salvage_read(CablesSalvage *salvage, const void **bytes);

/* CABLES_SOURCE_STOP or _NOMEM when that ended it, else CABLES_SOURCE_OK. */
CablesSourceResult cables_salvage_result(const CablesSalvage *salvage);

/* Frees it; NULL is harmless. */
void cables_salvage_close(CablesSalvage *salvage);

#endif
