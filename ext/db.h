/*
** What the extension keeps for one connection: settings, counters, parsers
** that lie idle, and a small cache of parsed telegrams.  Shared by all its
** tables and functions there, and freed with the last of them.  Nothing is
** kept for the process: two connections never meet.
*/
#ifndef CABLES_DB_H
#define CABLES_DB_H

#include "api.h"
#include "settings.h"
#include "source/offsets.h"
#include "source/source.h"
#include "telegram/telegram.h"

enum {
  CABLES_CACHE_ENTRIES = 4,     /* telegrams remembered */
  CABLES_CACHE_LARGE = 1 << 20, /* only one text longer than this is kept */
  CABLES_IDLE_PARSERS = 16      /* parsers kept for the next cursor */
};

/* One telegram that was parsed for a scalar function. */
typedef struct CablesCacheEntry {
  CablesParser *parser;           /* owns the telegram; NULL: never used */
  CablesBuf text;                 /* copy of what was parsed */
  const CablesTelegram *telegram; /* NULL: empty entry */
  unsigned want;                  /* CABLES_WANT_... it was parsed with */
  int year;                       /* year it was parsed with */
  sqlite3_int64 used;             /* when last used, on the cache's clock */
} CablesCacheEntry;

typedef struct CablesDb {
  long n_refs; /* tables and functions that hold it */
  CablesSettings settings;
  CablesOffsets *offsets;  /* of bulk files, or NULL: they are read through */
  CablesCounters counters; /* files */
  sqlite3_int64 files_probed;     /* files opened only to learn that they are
                                  ** no archives */
  sqlite3_int64 documents_parsed; /* documents of which a field was asked */
  sqlite3_int64 parses;           /* calls of the parser, functions included */
  CablesParser *model;            /* see cables_db_model() */
  CablesParser *idle[CABLES_IDLE_PARSERS];
  size_t n_idle;
  CablesCacheEntry cache[CABLES_CACHE_ENTRIES];
  sqlite3_int64 clock; /* of the cache */
} CablesDb;

/* What a table or function of the connection is registered with: the state,
** and its own description. */
typedef struct CablesBinding {
  CablesDb *db;
  const void *item;
} CablesBinding;

/* A state with one reference; files: it may read some, and so looks for the
** root in the environment.  NULL, with *error set or, when memory is out,
** not. */
CablesDb *cables_db_new(bool files, char **error);

/* Gives one reference back. */
void cables_db_release(CablesDb *db);

/* A binding, which holds a reference; NULL when memory is out. */
CablesBinding *cables_binding_new(CablesDb *db, const void *item);

/* Frees a binding: the destructor to register it with. */
void cables_binding_free(void *p);

/* The parser that all others of the connection are made like, or NULL when
** memory is out.  It is not used itself. */
const CablesParser *cables_db_model(CablesDb *db);

/* A parser to use for a while; NULL when memory is out. */
CablesParser *cables_db_take_parser(CablesDb *db);

/* The same, but NULL when none lies idle. */
CablesParser *cables_db_take_idle(CablesDb *db);

/* Gives it back, and with it the telegram that it holds; NULL is harmless. */
void cables_db_give_parser(CablesDb *db, CablesParser *parser);

/* Parses a text, or remembers it: valid until the next call.
**   want   CABLES_WANT_...; what is remembered may hold more
**   year   of the telegram where its text tells none, or 0
** NULL when memory is out. */
const CablesTelegram *cables_db_parse(CablesDb *db, CablesSpan text,
                                      unsigned want, int year);

/* The counters as the JSON object of cables_stats(). */
void cables_db_stats(const CablesDb *db, CablesBuf *out);

#endif
