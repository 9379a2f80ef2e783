/*
** The reference tables, column by column, from telegram/reference.h.
*/
#include "table_reference.h"

#include <stdlib.h>

#include "result.h"
#include "telegram/reference.h"

/* Decimal degrees. */
static void emit_degrees(sqlite3_context *context, const char *z) {
  if (z == NULL)
    sqlite3_result_null(context);
  else
    sqlite3_result_double(context, strtod(z, NULL));
}

/* Items separated by semicolons, as a JSON array. */
static void emit_items(sqlite3_context *context, const char *z) {
  CablesBuf b = {0};
  CablesSpan rest = cables_span(z);
  while (rest.n > 0) {
    CablesSpan item = cables_sub(rest, 0, cables_find(rest, CABLES_LIT(";")));
    cables_json_element(&b, cables_trim(item));
    rest = cables_sub(rest, item.n + 1, rest.n);
  }
  cables_result_json_array(context, &b);
}

static const CablesField post_fields[] = {
    {"post", "TEXT", "code in reference ids: MOSCOW"},
    {"plad", "TEXT", "plain-language address: AMEMBASSY MOSCOW"},
    {"kind", "TEXT", "embassy, consulate, ..."},
    {"display", "TEXT", "name: Embassy Moscow"},
    {"city", "TEXT", "city"},
    {"country", "TEXT", "country"},
    {"iso2", "TEXT", "its ISO 3166 code of two letters"},
    {"lat", "REAL", "latitude of the city, degrees north"},
    {"lon", "REAL", "longitude of the city, degrees east"},
    {"aliases", "JSON", "other spellings of the code"},
};

static size_t count_posts(void) { return cables_n_posts; }

static CablesSpan key_post(size_t i) {
  return cables_span(cables_posts[i].post);
}

static void emit_post(sqlite3_context *context, size_t i, int column) {
  const CablesPost *p = &cables_posts[i];
  const char *const texts[] = {p->post, p->plad,    p->kind, p->display,
                               p->city, p->country, p->iso2};
  if ((size_t)column < CABLES_COUNT(texts))
    cables_result_constant(context, texts[column]);
  else if (column == 7)
    emit_degrees(context, p->lat);
  else if (column == 8)
    emit_degrees(context, p->lon);
  else
    emit_items(context, p->aliases);
}

static const CablesField country_fields[] = {
    {"code", "TEXT", "TAGS code: RS"},
    {"name", "TEXT", "name"},
    {"iso2", "TEXT", "ISO 3166 code of two letters"},
    {"iso3", "TEXT", "ISO 3166 code of three letters"},
    {"status", "TEXT", "current, former, variant"},
    {"kind", "TEXT", "country, territory, region"},
};

static size_t count_countries(void) { return cables_n_countries; }

static CablesSpan key_country(size_t i) {
  return cables_span(cables_countries[i].code);
}

static void emit_country(sqlite3_context *context, size_t i, int column) {
  const CablesCountry *c = &cables_countries[i];
  const char *const texts[] = {c->code, c->name,   c->iso2,
                               c->iso3, c->status, c->kind};
  cables_result_constant(context, texts[column]);
}

static const CablesField tag_fields[] = {
    {"code", "TEXT", "TAGS code: PREL"},
    {"kind", "TEXT", "subject, geographic, organization, program, ..."},
    {"meaning", "TEXT", "what it stands for"},
    {"standard", "TEXT", "the code that a wrong or old one stands for"},
    {"status", "TEXT", "current, retired, nonstandard"},
};

static size_t count_tags(void) { return cables_n_tags; }

static CablesSpan key_tag(size_t i) { return cables_span(cables_tags[i].code); }

static void emit_tag(sqlite3_context *context, size_t i, int column) {
  const CablesTag *t = &cables_tags[i];
  const char *const texts[] = {t->code, t->kind, t->meaning, t->standard,
                               t->status};
  cables_result_constant(context, texts[column]);
}

#define TABLE(name, meaning, example, fields) \
  { name, name, meaning, example, fields, CABLES_COUNT(fields), ")" }

const CablesStatic cables_reference_tables[] = {
    {TABLE("cable_posts", "posts, one row for each code in reference ids",
           "SELECT display, lat, lon FROM cable_posts WHERE post = 'MOSCOW'",
           post_fields),
     true, count_posts, key_post, emit_post},
    {TABLE("cable_countries", "countries by their TAGS code",
           "SELECT name, iso2 FROM cable_countries WHERE code = 'RS'",
           country_fields),
     true, count_countries, key_country, emit_country},
    {TABLE("cable_tag_codes", "TAGS codes and what they stand for",
           "SELECT kind, meaning FROM cable_tag_codes WHERE code = 'PREL'",
           tag_fields),
     true, count_tags, key_tag, emit_tag},
};
const size_t cables_n_reference_tables = CABLES_COUNT(cables_reference_tables);
