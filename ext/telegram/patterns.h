/*
** The regular expressions of the telegram layer: every pattern of the project
** stands in patterns.c, named and commented.  This is the only interface to
** PCRE2.  Patterns see bytes (no UTF mode), so that damaged text cannot make a
** match fail; match limits bound every call.
*/
#ifndef CABLES_TELEGRAM_PATTERNS_H
#define CABLES_TELEGRAM_PATTERNS_H

#include "../base/span.h"

typedef enum CablesPatternId {
  PATTERN_PAGE_BREAK,
  PATTERN_PAGE_LINE,
  PATTERN_POST_LINE,
  PATTERN_DTG,
  PATTERN_DE_LINE,
  PATTERN_CLASS_LINE,
  PATTERN_EO_LABEL,
  PATTERN_TAGS_LABEL,
  PATTERN_SUBJECT_LABEL,
  PATTERN_REF_LABEL,
  PATTERN_CLASSBY_LABEL,
  PATTERN_INNER_LABEL,
  PATTERN_PARAGRAPH,
  PATTERN_REASON,
  PATTERN_REASON_WORD,
  PATTERN_PAGE_VALUES,
  PATTERN_CHROME,
  PATTERN_CITATION,
  PATTERN_SUMMARY_OPEN,
  PATTERN_SUMMARY_CLOSE,
  PATTERN_COUNT
} CablesPatternId;

typedef struct CablesPatterns CablesPatterns;

/* One match: group 0 is the whole; a group that took no part is the unknown
** span. */
enum { CABLES_MAX_GROUPS = 12 };
typedef struct CablesMatch {
  CablesSpan group[CABLES_MAX_GROUPS]; /* slices of the subject */
  size_t start;                        /* offset of group 0 in the subject */
  size_t end;                          /* offset behind group 0 */
} CablesMatch;

/* Compiles every pattern; NULL when memory is out. */
CablesPatterns *cables_patterns_new(void);

/* The same, sharing what is compiled with others, which may be in use by
** another thread; NULL: compiles it. */
CablesPatterns *cables_patterns_like(const CablesPatterns *other);

/* Frees them; NULL is harmless. */
void cables_patterns_free(CablesPatterns *patterns);

/* Searches for a pattern in subject from an offset on.  False when it does
** not occur; also when a limit was reached (see cables_patterns_runaway) or
** memory was out (see cables_patterns_oom).  match may be NULL. */
bool cables_match(CablesPatterns *patterns, CablesPatternId id,
                  CablesSpan subject, size_t from, CablesMatch *match);

/* Whether a match limit was reached since the last call, and the name of the
** pattern; NULL when none was.  Asking forgets it. */
const char *cables_patterns_runaway(CablesPatterns *patterns);

/* Whether memory was out since the last call.  Asking forgets it. */
bool cables_patterns_oom(CablesPatterns *patterns);

/* The name of a pattern, as cable_explain's column `rule` gives it. */
const char *cables_pattern_name(CablesPatternId id);

/* PCRE2's version, and whether patterns are compiled to machine code. */
const char *cables_pcre2_version(void);
bool cables_pcre2_jit(void);

#endif
