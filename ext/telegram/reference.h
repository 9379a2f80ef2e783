/*
** Reference tables, compiled in from ext/telegram/data by the build:
** posts, countries, TAGS.
*/
#ifndef CABLES_TELEGRAM_REFERENCE_H
#define CABLES_TELEGRAM_REFERENCE_H

#include "../base/arena.h"
#include "../base/span.h"

/* Texts are NUL-terminated UTF-8; NULL where the table has nothing. */
typedef struct CablesPost {
  const char *post;    /* canonical code: MOSCOW, RIODEJANEIRO */
  const char *plad;    /* AMEMBASSY MOSCOW */
  const char *kind;    /* embassy, consulate, ... */
  const char *display; /* Embassy Moscow; two are separated by a semicolon */
  const char *city;
  const char *country;
  const char *iso2;
  const char *lat; /* decimal degrees as text, or NULL */
  const char *lon;
  const char *aliases; /* other spellings, separated by semicolons */
} CablesPost;

typedef struct CablesCountry {
  const char *code; /* TAGS code */
  const char *name;
  const char *iso2;
  const char *iso3;
  const char *status;
  const char *kind;
} CablesCountry;

typedef struct CablesTag {
  const char *code;
  const char *kind; /* subject, geographic, organization, program, ... */
  const char *meaning;
  const char *standard; /* the code that a wrong one stands for, or NULL */
  const char *status;   /* current, retired, nonstandard, or NULL */
} CablesTag;

/* Each sorted by its first member in memcmp order. */
extern const CablesPost cables_posts[];
extern const size_t cables_n_posts;
extern const CablesCountry cables_countries[];
extern const size_t cables_n_countries;
extern const CablesTag cables_tags[];
extern const size_t cables_n_tags;

/* The post of a canonical code, and the post of another spelling: one of its
** aliases, its plad or display name, as upper case letters only (O for zero).
** NULL when there is none; spellings that fit two posts have none (PORTO).
** O(log n). */
const CablesPost *cables_post_find(CablesSpan code);
const CablesPost *cables_post_find_alias(CablesSpan alias);

/* The post whose display name this is ("Embassy Moscow", any case), or NULL. */
const CablesPost *cables_post_find_display(CablesSpan display);

/* The TAGS entry of an upper-case code, or NULL. */
const CablesTag *cables_tag_find(CablesSpan code);

/* The TAGS entry of the person with this surname and given name, an initial
** behind it or not ("CLINTON, HILLARY"); unknown when the list has none.
** surname is not empty. */
CablesSpan cables_person_find(CablesSpan surname, CablesSpan given);

/* Takes codes that run together apart: ETRDEINVECINPGOVCS -> ETRD EINV ECIN
** PGOV CS.  Only codes of the list that are current or retired count, and the
** whole of `run` must be covered; among several ways the one with the fewest
** codes wins, then the one whose codes are of four letters.  Gives the number
** of codes (at least 2) and their array in the arena; 0 when it cannot be
** taken apart, or is itself a known code, or memory is out. */
size_t cables_tags_split(CablesSpan run, CablesArena *arena,
                         CablesSpan **codes);

#endif
