/*
** The indexes over the tables that data/generate.awk makes; for reference.c
** and post.c, not for the rest.
*/
#ifndef CABLES_TELEGRAM_REFERENCE_INDEX_H
#define CABLES_TELEGRAM_REFERENCE_INDEX_H

#include "reference.h"

enum { CABLES_ALIAS_SPELLING = 1, CABLES_ALIAS_NAME = 2 };

/* Another spelling of a post. */
typedef struct CablesAlias {
  const char *name;    /* upper case; letters only in cables_aliases */
  unsigned short post; /* index into cables_posts */
  unsigned char rank;  /* CABLES_ALIAS_SPELLING: of the aliases column;
                       ** CABLES_ALIAS_NAME: plad, display name, full city */
} CablesAlias;

/* Spellings that fit exactly one post and are no post themselves, and display
** names in upper case; each sorted by name in memcmp order. */
extern const CablesAlias cables_aliases[];
extern const size_t cables_n_aliases;
extern const CablesAlias cables_displays[];
extern const size_t cables_n_displays;

/* Where in a table the entries of each letter begin: element 0 for A, 26 behind
** Z. */
extern const unsigned short cables_posts_letters[27];
extern const unsigned short cables_aliases_letters[27];
extern const unsigned short cables_tags_letters[27];

/* The entries of cables_tags that are persons. */
extern const unsigned short cables_persons[];
extern const size_t cables_n_persons;

/* 1 for each post of cables_posts that is an origin of telegrams of 1985 to
** 2010; 0 for the closed, the renamed and the unverified. */
extern const unsigned char cables_post_current[];

#endif
