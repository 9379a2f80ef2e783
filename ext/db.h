/*
** What the extension keeps for one connection: settings, counters, parsers
** that lie idle, and a small cache of parsed telegrams.  Shared by all its
** tables and functions there, and freed with the last of them.  Nothing is
** kept for the process: two connections never meet.
*/
#ifndef CABLES_DB_H
#define CABLES_DB_H

#include "api.h"
#include "progress.h"
#include "settings.h"
#include "source/offsets.h"
#include "source/source.h"
#include "telegram/telegram.h"

enum {
  CABLES_CACHE_ENTRIES = 4,     /* telegrams remembered */
  CABLES_CACHE_LARGE = 1 << 20, /* only one text longer than this is kept */
  CABLES_IDLE_PARSERS = 16      /* parsers kept for the next cursor */
};

/* One telegram that was parsed for a function or a child table. */
typedef struct CablesCacheEntry {
  CablesParser *parser;           /* owns the telegram; NULL: never used */
  CablesBuf text;                 /* copy of what was parsed */
  CablesBuf refid;                /* the id it was parsed with */
  int year;                       /* the year it was parsed with */
  const CablesTelegram *telegram; /* NULL: empty entry */
  unsigned found; /* what it was parsed for, as bits that all ask for more */
  unsigned asked; /* what was asked of it, the same */
  sqlite3_int64 used;   /* when last used, on the cache's clock */
  sqlite3_int64 parsed; /* when it was parsed, the same */
} CablesCacheEntry;

/* A telegram in the cache, which may have lost it since. */
typedef struct CablesCached {
  CablesCacheEntry *entry;
  sqlite3_int64 parsed; /* entry->parsed of then */
} CablesCached;

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
  CablesCacheEntry *latest; /* of it, the one used last; or NULL */
  sqlite3_int64 clock;      /* of the cache */
  CablesTally tally;        /* of cables_progress() */
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

/* A parser to use for a while; NULL when none lies idle. */
CablesParser *cables_db_take_idle(CablesDb *db);

/* Gives a parser back, and with it the telegram that it holds. */
void cables_db_give_parser(CablesDb *db, CablesParser *parser);

/* Parses a text, or remembers it: valid until the next call.  It is parsed for
** more than was asked when the text before was asked for more: what a query
** asks of one document it asks of the next.
**   options  as for cables_parse(); more and known are not looked at
** NULL when memory is out. */
const CablesTelegram *cables_db_parse(CablesDb *db, CablesSpan text,
                                      const CablesParseOptions *options);

/* Where the telegram stands that cables_db_parse() just gave. */
CablesCached cables_db_cached(const CablesDb *db);

/* That telegram; NULL when the cache has given it up.  Valid until the next
** cables_db_parse(). */
const CablesTelegram *cables_db_recall(CablesDb *db, CablesCached cached);

/* The counters as the JSON object of cables_stats(). */
void cables_db_stats(const CablesDb *db, CablesBuf *out);

#endif
