/*
** Globs: * ? [abc] [!a-z] within a name, ** for any depth of folders.
**
**   CablesGlob glob;
**   cables_glob_init(&glob, cables_span("archive/2*" "/x.txt"));
**   ... the walk starts at glob.base and matches name by name:
**   uint64_t in_2010 = cables_glob_enter(&glob, glob.start, name);
**   bool hit = cables_glob_file(&glob, in_2010, file_name);
**
** Matching name by name is what lets a walk pass over whole folders.  Knows
** names as bytes; ? and [..] take whole UTF-8 characters.
*/
#ifndef CABLES_SOURCE_GLOB_H
#define CABLES_SOURCE_GLOB_H

#include <stdint.h>

#include "../base/span.h"

/* Patterns for the names of one path below the base; more are refused. */
enum { CABLES_GLOB_PARTS = 63 };

typedef struct CablesGlob {
  CablesSpan base;                     /* folder without wildcards: "a/" */
  CablesSpan parts[CABLES_GLOB_PARTS]; /* one per name below the base */
  unsigned n_parts;                    /* their number */
  uint64_t start;                      /* the state at the base */
} CablesGlob;

/* Whether a text holds a character that makes it a glob. */
bool cables_is_glob(CablesSpan text);

/* Takes a glob apart; it points into text.  Slashes that are doubled count
** once; one at the end means everything below the folders that match.  false
** when it has too many parts. */
bool cables_glob_init(CablesGlob *glob, CablesSpan text);

/* The state inside a folder that is called name; 0 when no path below can
** match.  A state is the set of parts that the next name may match. */
uint64_t cables_glob_enter(const CablesGlob *glob, uint64_t state,
                           CablesSpan name);

/* Whether a file of this name matches. */
bool cables_glob_file(const CablesGlob *glob, uint64_t state, CablesSpan name);

/* Whether one name matches one pattern without slashes. */
bool cables_glob_name(CablesSpan pattern, CablesSpan name);

#endif
