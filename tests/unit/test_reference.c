/*
** Tests of the reference tables and of codes that run together.
*/
#include "../../ext/telegram/reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/telegram/reference_index.h"
#include "memory.h"

static void tables_are_sorted(void **state) {
  (void)state;
  assert_true(cables_n_posts > 300);
  assert_true(cables_n_countries > 300);
  assert_true(cables_n_tags > 1000);
  for (size_t i = 1; i < cables_n_posts; i++) {
    assert_true(strcmp(cables_posts[i - 1].post, cables_posts[i].post) < 0);
  }
  for (size_t i = 1; i < cables_n_countries; i++) {
    assert_true(strcmp(cables_countries[i - 1].code, cables_countries[i].code) <
                0);
  }
  for (size_t i = 1; i < cables_n_tags; i++) {
    assert_true(strcmp(cables_tags[i - 1].code, cables_tags[i].code) < 0);
  }
  for (size_t i = 1; i < cables_n_aliases; i++) {
    assert_true(strcmp(cables_aliases[i - 1].name, cables_aliases[i].name) < 0);
  }
  for (size_t i = 1; i < cables_n_displays; i++) {
    assert_true(strcmp(cables_displays[i - 1].name, cables_displays[i].name) <
                0);
  }
}

static void columns_are_in_place(void **state) {
  (void)state;
  const CablesPost *post = cables_post_find(CABLES_LIT("ABUDHABI"));
  assert_non_null(post);
  assert_string_equal(post->plad, "AMEMBASSY ABU DHABI");
  assert_string_equal(post->kind, "embassy");
  assert_string_equal(post->display, "Embassy Abu Dhabi");
  assert_string_equal(post->city, "Abu Dhabi");
  assert_string_equal(post->country, "United Arab Emirates");
  assert_string_equal(post->iso2, "AE");
  assert_string_equal(post->lat, "24.4512");
  assert_string_equal(post->lon, "54.3970");
  assert_string_equal(post->aliases, "ABUDH");
  assert_null(cables_post_find(CABLES_LIT("JERUSALEM"))->country);
  assert_null(cables_post_find(CABLES_LIT("ACCRA"))->aliases);
  const CablesCountry *c = &cables_countries[0];
  assert_string_equal(c->code, "AA");
  assert_string_equal(c->name, "Aruba");
  assert_string_equal(c->iso2, "AW");
  assert_string_equal(c->iso3, "ABW");
  assert_string_equal(c->status, "current");
  assert_string_equal(c->kind, "territory");
  const CablesTag *tag = cables_tag_find(CABLES_LIT("MOPPS"));
  assert_non_null(tag);
  assert_string_equal(tag->kind, "subject");
  assert_string_equal(tag->standard, "MOPS");
  assert_string_equal(tag->status, "nonstandard");
}

/* Every row is found, and so is every neighbour of it not. */
static void look_ups_are_exact(void **state) {
  (void)state;
  for (size_t i = 0; i < cables_n_posts; i++) {
    CablesSpan code = cables_span(cables_posts[i].post);
    assert_ptr_equal(cables_post_find(code), &cables_posts[i]);
    assert_null(cables_post_find_alias(code));
  }
  for (size_t i = 0; i < cables_n_tags; i++) {
    CablesSpan code = cables_span(cables_tags[i].code);
    assert_ptr_equal(cables_tag_find(code), &cables_tags[i]);
  }
  static const char *const none[] = {"",       "A",    "MOSCO", "MOSCOWX",
                                     "moscow", "ZZZZ", "\xff",  "AAAA"};
  for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
    assert_null(cables_post_find(cables_span(none[i])));
    assert_null(cables_tag_find(cables_span(none[i])));
  }
  assert_null(cables_post_find((CablesSpan){"MOSCOW\0", 7}));
  assert_null(cables_post_find((CablesSpan){"MOSCO\0W", 7}));
  assert_null(cables_post_find(CABLES_NO_SPAN));
}

static void aliases_lead_to_posts(void **state) {
  (void)state;
  static const char *const pairs[][2] = {
      {"PAP", "PORTAUPRINCE"},
      {"USUN", "USUNNEWYORK"},
      {"SECSTATE", "STATE"},
      {"NDJAME", "NDJAMENA"},
      {"COTONOU", NULL},
      {"COTONOO", NULL},
      {"AMEMBASSYABUDHABI", "ABUDHABI"},
      {"USMISSIONASEANJAKARTA", "ASEANJAKARTA"},
      {"EMBASSYMOSCOW", "MOSCOW"},
      {"DEPARTMENTOFSTATE", "STATE"},
      {"GUATEMALACITY", "GUATEMALA"},
      {"PORTO", NULL},
      {"MOGADI", NULL},
      {"EMBASSYKYIV", NULL},
  };
  for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
    const CablesPost *post = cables_post_find_alias(cables_span(pairs[i][0]));
    if (pairs[i][1] == NULL) {
      assert_null(post);
    } else {
      assert_non_null(post);
      assert_string_equal(post->post, pairs[i][1]);
    }
  }
}

static void displays_lead_to_posts(void **state) {
  (void)state;
  static const char *const pairs[][2] = {
      {"Embassy Moscow", "MOSCOW"},
      {"EMBASSY moscow", "MOSCOW"},
      {"Secretary of State", "STATE"},
      {"Department of State", "STATE"},
      {"Mission Geneva", "GENEVA"},
      {"UNVIE", "UNVIEVIENNA"},
      {"US Interests Section Havana", "HAVANA"},
      {"American Institute Taiwan, Taipei", "AITTAIPEI"},
  };
  for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
    const CablesPost *post = cables_post_find_display(cables_span(pairs[i][0]));
    assert_non_null(post);
    assert_string_equal(post->post, pairs[i][1]);
  }
  char longest[100];
  memset(longest, 'A', sizeof(longest));
  assert_null(cables_post_find_display((CablesSpan){longest, 100}));
  assert_null(cables_post_find_display(CABLES_LIT("Embassy")));
  assert_null(cables_post_find_display(CABLES_NO_SPAN));
  for (size_t i = 0; i < cables_n_posts; i++) {
    const char *z = cables_posts[i].display;
    assert_true(strlen(z) <= 64);
    CablesSpan first = {z, strcspn(z, ";")};
    const CablesPost *post = cables_post_find_display(first);
    assert_non_null(post);
    assert_memory_equal(post->display, z, first.n);
  }
}

/* Splits and joins with blanks: "" when it is not taken apart. */
static const char *split(const char *run, char *buf, size_t n) {
  CablesArena arena = {0};
  CablesSpan *codes;
  size_t count = cables_tags_split(cables_span(run), &arena, &codes);
  size_t used = 0;
  assert_true(count != 1);
  if (count == 0) assert_null(codes);
  for (size_t i = 0; i < count; i++) {
    assert_true(used + codes[i].n + 2 < n);
    if (i > 0) buf[used++] = ' ';
    memcpy(buf + used, codes[i].z, codes[i].n);
    used += codes[i].n;
  }
  buf[used] = '\0';
  cables_arena_free(&arena);
  return buf;
}

static void runs_are_taken_apart(void **state) {
  (void)state;
  static const char *const pairs[][2] = {
      {"ETRDEINVECINPGOVCS", "ETRD EINV ECIN PGOV CS"},
      {"PTERMARR", "PTER MARR"},
      {"KFRDKIRFCVISCMGTKOCIASECPHUMSMIGEG",
       "KFRD KIRF CVIS CMGT KOCI ASEC PHUM SMIG EG"},
      {"PHUMBA", "PHUM BA"},
      {"VTPREL", "VT PREL"},
      {"MASSMNUC", "MASS MNUC"},
      {"KNNPMNUC", "KNNP MNUC"},
      {"EINDETRD", "EIND ETRD"},
      {"KDEMAF", "KDEM AF"},
      {"ITPHUM", "IT PHUM"},
      {"PRELUNESCO", "PREL UNESCO"},
      {"PRELEUN", "PREL EUN"},
      {"PRELPGOVRSIRFR", "PREL PGOV RS IR FR"},
      {"RSUKPRELPGOV", "RS UK PREL PGOV"},
      {"PGOVEGEN", "PGOV EGEN"}, /* retired */
      {"EUROCONTROLKFAM", "EUROCONTROL KFAM"},
      {"KOCIARC", "KOCI ARC"},
      {"UCDASEC", "UCD ASEC"},
      {"NLETTC", "NL ETTC"},
      {"NSAGAO", "NS AGAO"}, /* not NSA GAO: more of four letters */
      {"ASECIN", "AS ECIN"}, /* ASEC IN is no better */
      {"KVPRELABMCAPCS", "KVPR ELAB MCAP CS"}, /* not KV PREL ABMC APCS */
  };
  char buf[200];
  for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
    assert_string_equal(split(pairs[i][0], buf, sizeof(buf)), pairs[i][1]);
  }
}

static void words_stay_whole(void **state) {
  (void)state;
  static const char *const whole[] = {
      "",
      "PREL",
      "RS",
      "RSIR",
      "SOMETHING",
      "LABOR",
      "TURKEY",
      "MEDIA",
      "AVERY",
      "TRADE",
      "RIGHTS",
      "DEFENSE",
      "GLOBAL",
      "CLINTON",
      "HILLARY",
      "AFFAIRS",
      "CONSULAR",
      "COUNTRY",
      "DOMESTIC",
      "POLITICS",
      "MEETINGS",
      "CLEARANCE",
      "ECONOMIC",
      "ECONOMY",
      "SOCIAL",
      "PREFER",
      "PROPER",
      "MASSES",
      "PROPERTY",
      "FEMALE",
      "MASSACRE",
      "PARMESAN",
      "EXTERNAL",
      "ISRAELI",
      "MOPPS",
      "NATO",
      "COUNTERTERRORISM",
      "PLANET",
      "PREL PGOV",
      "prelpgov",
      "PRELX",
      "PRELRSIR",
      "RSIRUK",
      "PRELXPGOV",
      "PGOVPRELX",
      "PRELG-8",     /* letters only */
      "PRELCLINTON", /* a person */
      "RUPBIO",      /* PBIO is none */
      "OVPTUC",      /* two organizations */
      "APCSLASW",    /* one subject among three */
  };
  char buf[200];
  for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
    assert_string_equal(split(whole[i], buf, sizeof(buf)), "");
  }
}

/* Subjects and programs have four letters, countries two. */
static void letters_of_codes(void **state) {
  (void)state;
  for (size_t i = 0; i < cables_n_tags; i++) {
    const CablesTag *tag = &cables_tags[i];
    bool counts =
        tag->status != NULL && strcmp(tag->status, "nonstandard") != 0;
    if (!counts) continue;
    bool subject =
        strcmp(tag->kind, "subject") == 0 || strcmp(tag->kind, "program") == 0;
    if (subject) assert_int_equal(strlen(tag->code), 4);
  }
}

/* Persons are found by their names, with what stands behind them. */
static void persons(void **state) {
  (void)state;
  static const char *const cases[][3] = {
      {"CLINTON", "HILLARY", "CLINTON, HILLARY"},
      {"BUSH", "GEORGE", "BUSH, GEORGE W."},
      {"BUSH", "GEORG", NULL},
      {"CLINTON", "HILLAR", NULL},
      {"CLINTON", "HILLARYS", NULL},
      {"CLINTON", "HILLERY", NULL},
      {"CLINTO", "HILLARY", NULL},
      {"CLINTONS", "HILLARY", NULL},
      {"C", "HILLARY", NULL},
      {"XYZZY", "HILLARY", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    CablesSpan person =
        cables_person_find(cables_span(cases[i][0]), cables_span(cases[i][1]));
    assert_true(cables_equal(person, cables_span(cases[i][2])));
  }
}

static void long_runs_cost_little(void **state) {
  (void)state;
  enum { LONG = 1 << 20 };
  static char run[LONG];
  for (size_t i = 0; i < LONG; i++) run[i] = "PREL"[i % 4];
  CablesArena arena = {0};
  CablesSpan *codes;
  assert_int_equal(cables_tags_split((CablesSpan){run, 1000}, &arena, &codes),
                   250);
  assert_int_equal(cables_tags_split((CablesSpan){run, 1024}, &arena, &codes),
                   256);
  memcpy(run + 1024, "NO", 2);
  assert_int_equal(cables_tags_split((CablesSpan){run, 1026}, &arena, &codes),
                   0);
  assert_int_equal(cables_tags_split((CablesSpan){run, LONG}, &arena, &codes),
                   0);
  cables_arena_free(&arena);
}

static void split_without_memory(void **state) {
  (void)state;
  enum { RUN = 600 }; /* enough for the arena to ask twice */
  static char run[RUN];
  for (size_t i = 0; i < RUN; i++) run[i] = "PRELPGOV"[i % 8];
  long failures = 0;
  for (long nth = 1;; nth++) {
    CablesArena arena = {0};
    CablesSpan *codes = NULL;
    test_memory_fail(nth, nth % 2 == 0);
    size_t n = cables_tags_split((CablesSpan){run, RUN}, &arena, &codes);
    test_memory_fail(0, 0);
    bool oom = arena.oom;
    cables_arena_free(&arena);
    if (!oom) {
      assert_int_equal(n, RUN / 4);
      break;
    }
    assert_int_equal(n, 0);
    assert_null(codes);
    failures++;
  }
  assert_true(failures > 0);
  assert_int_equal(test_memory_live(), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tables_are_sorted),
      cmocka_unit_test(columns_are_in_place),
      cmocka_unit_test(look_ups_are_exact),
      cmocka_unit_test(aliases_lead_to_posts),
      cmocka_unit_test(displays_lead_to_posts),
      cmocka_unit_test(runs_are_taken_apart),
      cmocka_unit_test(words_stay_whole),
      cmocka_unit_test(letters_of_codes),
      cmocka_unit_test(persons),
      cmocka_unit_test(long_runs_cost_little),
      cmocka_unit_test(split_without_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
