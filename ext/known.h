/*
** What a record of a bulk file says of its telegram beside the text.
*/
#ifndef CABLES_KNOWN_H
#define CABLES_KNOWN_H

#include "base/arena.h"
#include "source/document.h"
#include "telegram/telegram.h"

/* Reads the columns of a record, by their names: those of the bulk file, and
** those that dumps of the National Archives have in their first row.  What is
** empty or makes no sense stays unknown.  Points into the fields and the
** arena; false when memory is out. */
bool cables_known_read(const CablesRecordField *fields, size_t n,
                       CablesArena *arena, CablesKnown *known);

#endif
