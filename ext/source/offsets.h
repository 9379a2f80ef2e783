/*
** Where the records of bulk files lie, as far as a connection knows: filled by
** each pass that reads a file to its end, so that a look-up by record number
** can seek.
**
**   struct CablesOffsets *offsets = cables_offsets_new();
**   options.offsets = offsets;
**   ... scans ...
**   cables_offsets_free(offsets);
**
** Any thread may call cables_offsets_put(), _find() and _drop().
*/
#ifndef CABLES_SOURCE_OFFSETS_H
#define CABLES_SOURCE_OFFSETS_H

#include "source.h"

typedef struct CablesOffsets CablesOffsets;

/* What tells one state of one file from any other. */
typedef struct CablesOffsetsKey {
  CablesSpan path;
  int64_t device;
  int64_t inode;
  int64_t bytes;
  int64_t mtime;
  int64_t mtime_nanoseconds;
} CablesOffsetsKey;

/* The place of a record. */
typedef struct CablesPlaceOfRecord {
  int64_t offset; /* of its first byte */
  int64_t number; /* its entry; below 0: # and its place in the file */
} CablesPlaceOfRecord;

/* The places of a file's records, in the order of the file. */
typedef struct CablesPlaces {
  CablesPlaceOfRecord *items;
  size_t n;
  size_t cap;
  bool full; /* there are more than are kept */
} CablesPlaces;

/* An empty table; NULL when memory is out. */
CablesOffsets *cables_offsets_new(void);

/* Frees it; NULL is harmless. */
void cables_offsets_free(CablesOffsets *offsets);

/* Appends a place.  When memory is out, or there are more than some millions,
** places become `full` and empty: they then cannot be remembered. */
void cables_places_add(CablesPlaces *places, int64_t offset, int64_t number);

/* Frees the items. */
void cables_places_free(CablesPlaces *places);

/* Takes the places of a file over, and what was known of its path before is
** dropped; so is the file remembered longest ago when there are too many. */
void cables_offsets_put(CablesOffsets *offsets, const CablesOffsetsKey *key,
                        CablesPlaces *places);

/* Finds the place of the record with a number; false when it is not known.
** *known: whether the file was read through, so that there is no such
** record. */
bool cables_offsets_find(CablesOffsets *offsets, const CablesOffsetsKey *key,
                         int64_t number, int64_t *offset, bool *known);

/* Drops what is known of a path. */
void cables_offsets_drop(CablesOffsets *offsets, CablesSpan path);

#endif
