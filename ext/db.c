/*
** State of one connection: see db.h.
*/
#include "db.h"

#include <string.h>

#include "base/mem.h"

CablesDb *cables_db_new(bool files, char **error) {
  CablesDb *db = cables_malloc(sizeof(*db));
  if (db == NULL) return NULL;
  *db = (CablesDb){.n_refs = 1};
  if (files && !cables_settings_init(&db->settings, error)) {
    cables_free(db);
    return NULL;
  }
  if (files) db->offsets = cables_offsets_new();
  return db;
}

void cables_db_release(CablesDb *db) {
  if (--db->n_refs > 0) return;
  for (size_t i = 0; i < CABLES_CACHE_ENTRIES; i++) {
    cables_parser_free(db->cache[i].parser);
    cables_buf_free(&db->cache[i].text);
    cables_buf_free(&db->cache[i].refid);
  }
  while (db->n_idle > 0) cables_parser_free(db->idle[--db->n_idle]);
  cables_parser_free(db->model);
  cables_offsets_free(db->offsets);
  cables_settings_free(&db->settings);
  cables_free(db);
}

CablesBinding *cables_binding_new(CablesDb *db, const void *item) {
  CablesBinding *binding = cables_malloc(sizeof(*binding));
  if (binding == NULL) return NULL;
  *binding = (CablesBinding){db, item};
  db->n_refs++;
  return binding;
}

void cables_binding_free(void *p) {
  CablesBinding *binding = p;
  cables_db_release(binding->db);
  cables_free(binding);
}

CablesParser *cables_db_take_idle(CablesDb *db) {
  return db->n_idle > 0 ? db->idle[--db->n_idle] : NULL;
}

const CablesParser *cables_db_model(CablesDb *db) {
  if (db->model == NULL) db->model = cables_parser_new();
  return db->model;
}

/* Another parser. */
static CablesParser *new_parser(CablesDb *db) {
  const CablesParser *model = cables_db_model(db);
  return model != NULL ? cables_parser_like(model) : NULL;
}

void cables_db_give_parser(CablesDb *db, CablesParser *parser) {
  if (db->n_idle < CABLES_IDLE_PARSERS)
    db->idle[db->n_idle++] = parser;
  else
    cables_parser_free(parser);
}

/* What a telegram is parsed for as bits that are set: of want those that ask
** for more are, those that do without are not. */
static unsigned found_by(unsigned want) {
  return want ^ (CABLES_WITHOUT_ALL | CABLES_WITHOUT_BODY_TEXT);
}

/* Whether parsing with other options would tell the same: what the text tells
** itself is not taken from them. */
static bool is_same_options(const CablesCacheEntry *e,
                            const CablesParseOptions *options) {
  const CablesTelegram *t = e->telegram;
  return (t->has_own_year || e->year == options->year) &&
         (t->has_own_refid ||
          cables_equal(cables_buf_get(&e->refid), options->refid));
}

/* The entry that holds this text, or NULL. */
static CablesCacheEntry *find_entry(CablesDb *db, CablesSpan text,
                                    const CablesParseOptions *options) {
  for (size_t i = 0; i < CABLES_CACHE_ENTRIES; i++) {
    CablesCacheEntry *e = &db->cache[i];
    if (e->telegram != NULL && e->text.n == text.n &&
        is_same_options(e, options) &&
        (text.n == 0 || memcmp(e->text.z, text.z, text.n) == 0))
      return e;
  }
  return NULL;
}

/* The entry to give up for a new text: for a large one the entry that holds a
** large one already, else the one that was used the longest ago. */
static CablesCacheEntry *oldest_entry(CablesDb *db, size_t n) {
  CablesCacheEntry *oldest = &db->cache[0];
  for (size_t i = 0; i < CABLES_CACHE_ENTRIES; i++) {
    CablesCacheEntry *e = &db->cache[i];
    if (n > CABLES_CACHE_LARGE && e->text.cap > CABLES_CACHE_LARGE) return e;
    if (e->used < oldest->used) oldest = e;
  }
  return oldest;
}

/* Copies a text and what it is parsed with into an entry; false when memory is
** out. */
static bool fill_entry(CablesDb *db, CablesCacheEntry *e, CablesSpan text,
                       const CablesParseOptions *options) {
  e->telegram = NULL;
  e->asked = 0;
  e->year = options->year;
  if (e->text.cap > CABLES_CACHE_LARGE || e->text.oom || e->refid.oom) {
    cables_buf_free(&e->text);
    cables_buf_free(&e->refid);
  }
  e->text.n = 0;
  e->refid.n = 0;
  cables_buf_span(&e->text, text);
  cables_buf_span(&e->refid, options->refid);
  if (e->parser == NULL) e->parser = new_parser(db);
  return e->parser != NULL && !e->text.oom && !e->refid.oom;
}

/* Parses what an entry holds. */
static void parse_entry(CablesDb *db, CablesCacheEntry *e, unsigned found) {
  CablesParseOptions options = {.want = found_by(found), .year = e->year};
  if (e->refid.n > 0) options.refid = cables_buf_get(&e->refid);
  e->telegram = cables_parse(e->parser, cables_buf_get(&e->text), &options);
  e->found = found;
  e->parsed = ++db->clock;
  db->parses++;
}

const CablesTelegram *cables_db_parse(CablesDb *db, CablesSpan text,
                                      const CablesParseOptions *options) {
  unsigned asked = found_by(options->want);
  CablesCacheEntry *e = find_entry(db, text, options);
  if (e == NULL) {
    unsigned before = db->latest != NULL ? db->latest->asked : 0;
    e = oldest_entry(db, text.n);
    if (!fill_entry(db, e, text, options)) return NULL;
    parse_entry(db, e, asked | before);
  } else if ((asked & ~e->found) != 0) {
    parse_entry(db, e, asked | e->found);
  }
  e->asked |= asked;
  e->used = ++db->clock;
  db->latest = e;
  return e->telegram;
}

CablesCached cables_db_cached(const CablesDb *db) {
  return (CablesCached){db->latest, db->latest->parsed};
}

const CablesTelegram *cables_db_recall(CablesDb *db, CablesCached cached) {
  if (cached.entry->parsed != cached.parsed) return NULL;
  cached.entry->used = ++db->clock;
  return cached.entry->telegram;
}

void cables_db_stats(const CablesDb *db, CablesBuf *out) {
  const struct {
    const char *name;
    sqlite3_int64 n;
  } counters[] = {
      {"files_listed", db->counters.files_listed},
      {"files_opened", db->counters.files_opened},
      {"files_probed", db->files_probed},
      {"bytes_read", db->counters.bytes_read},
      {"documents_parsed", db->documents_parsed},
      {"parses", db->parses},
  };
  for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
    cables_buf_format(out, "%c\"%s\":%lld", i == 0 ? '{' : ',',
                      counters[i].name, (long long)counters[i].n);
  }
  cables_buf_byte(out, '}');
}
