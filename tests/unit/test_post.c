/*
** Tests of the names of posts, each in memory of just its size.  Expected
** values are worked out from the rules in front of the functions of post.c and
** the posts of ext/telegram/data/posts.tsv.
*/
#include "../../ext/telegram/post.h"

#include "telegrams.h"

/* The post that misspelt letters stand for. */
static CablesSpan guess(const char *letters) {
  telegram_case(letters);
  const CablesPost *post =
      cables_post_guess(telegram_copy(letters, strlen(letters)));
  return cables_span(post != NULL ? post->post : NULL);
}

typedef struct Case {
  const char *letters;
  const char *post;
} Case;

static void check(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    CHECK_TEXT(guess(cases[i].letters), cases[i].post);
  }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))

/* Latin-1 letters of UTF-8 lose their accents: U+00C0 to U+00FF. */
static void letters(void **state) {
  (void)state;
  static const Case cases[] = {
      {"\xc3\x80", "A"},
      {"\xc3\xbf", "Y"},
      {"\xc3\x97", ""},
      {"\xc3\x7f", ""},
      {"\xc3\xc0", ""},
      {"\xc3", ""},
      {"a\xc3\xad"
       "b",
       "AIB"},
      {"\xc2\xad"
       "b",
       "B"},
      {"0-o", "OO"},
      {"\xc3"
       "A",
       "A"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char z[8];
    telegram_case(cases[i].letters);
    CablesSpan name = telegram_copy(cases[i].letters, strlen(cases[i].letters));
    CablesSpan got = {z, cables_post_letters(name, z, sizeof(z))};
    CHECK_TEXT(got, cases[i].post);
  }
  /* All are counted, those that there is room for are written. */
  char z[4] = "....";
  CHECK_NUMBER(cables_post_letters(CABLES_LIT("ABCD"), z, 3), 4);
  CHECK_TEXT(((CablesSpan){z, 4}), "ABC.");
}

/* No name is longer than CABLES_POST_LETTERS. */
static void longest(void **state) {
  (void)state;
  for (size_t i = 0; i < cables_n_posts; i++) {
    assert_true(strlen(cables_posts[i].post) <= CABLES_POST_LETTERS);
  }
}

/* Weak station words are dropped before posts alone. */
static void stations(void **state) {
  (void)state;
  static const Case cases[] = {
      {"REOLIMA", "LIMA"},
      {"REOXYZZY", "REOXYZZY"},
      {"EMBASSYXYZZY", "XYZZY"},
      {"USREOLIMA", "USREOLIMA"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].letters);
    CablesSpan rest = CABLES_NO_SPAN;
    cables_post_spelled(
        telegram_copy(cases[i].letters, strlen(cases[i].letters)), &rest);
    CHECK_TEXT(rest, cases[i].post);
  }
}

/* Words and codes behind a name, saints, doubles. */
static void whole_names(void **state) {
  (void)state;
  static const Case cases[] = {
      {"LIMACABLES", "LIMA"},
      {"LIMAWASHDC", "LIMA"},
      {"CABLES", NULL},
      {"ABLES", NULL},
      {"LIMAPE", "LIMA"},
      {"LIMAXX", NULL},
      {"BERNSZ", "BERN"},
      {"BERNCH", "BERN"},
      {"BERNXX", NULL},
      {"JERUSALEMIS", "JERUSALEM"}, /* two letters too much */
      {"SAINTPETERSBURG", "STPETERSBURG"},
      {"STJOHN", "SAINTJOHN"},
      {"STJOH", NULL},
      {"ROMEROME", "ROME"},
      {"ROMEROM", NULL},
      {"XYZZXYZZ", NULL},
      {"PARTS", NULL},
      {"LIM", NULL},
  };
  CHECK(cases);
}

/* A Q of noise stands for up to four letters. */
static void noise(void **state) {
  (void)state;
  static const Case cases[] = {
      {"LQMA", "LIMA"},        {"LQM", NULL},        {"ISLQBAD", "ISLAMABAD"},
      {"ISQBAD", "ISLAMABAD"}, {"IQBAD", NULL},      {"ROMQOME", NULL},
      {"BEIRUTQ", "BEIRUT"},   {"QEIRUT", "BEIRUT"}, {"BEQRUT", "BEIRUT"},
      {"BEQN", NULL},    /* BERN or BERLIN */
      {"BERQN", "BERN"}, /* a letter too much */
  };
  CHECK(cases);
}

/* Station words with two letters wrong at most, of 5 to 11 letters. */
static void bad_stations(void **state) {
  (void)state;
  static const Case cases[] = {
      {"AMEMBASSSSYLIMA", "LIMA"},
      {"AMEMBASSSSSYLIMA", NULL},
      {"MBASSLIMA", "LIMA"},
      {"MBASLIMA", NULL},
  };
  CHECK(cases);
}

/* One letter missing, surplus, wrong, or two swapped; two in nine letters. */
static void wrong_letters(void **state) {
  (void)state;
  static const Case cases[] = {
      {"MADRI", "MADRID"},
      {"MADRIDE", "MADRID"},
      {"MADRIT", "MADRID"},
      {"MADIRD", "MADRID"},
      {"MADRDI", "MADRID"},
      {"AMDRID", "MADRID"},
      {"MAIRDD", NULL},
      {"MADDIR", NULL},
      {"MADRXY", NULL},
      {"MADRIDXY", NULL},
      {"CASABLANCAXY", "CASABLANCA"},
      {"CASABLANCAXYZ", NULL},
      {"CASABLAN", "CASABLANCA"},
      {"XASABLANXA", "CASABLANCA"},
      {"XASABXANXA", NULL},
      {"ACSABLANAC", "CASABLANCA"},
      {"XXASABLANCA", "CASABLANCA"},
      {"SABLANCAX", NULL},
      /* six letters that one name begins with */
      {"FORTLA", "FORTLAMY"},
      {"MOGADI", NULL},
      /* in an alias of six letters, BANGOK or BANKOK */
      {"BANOK", "BANGKOK"},
      /* two posts are as near */
      {"USDOZ", NULL},
      {"PANAA", NULL},     /* SANAA, PANAMA: five letters and more are long */
      {"BREDETOWN", NULL}, /* BRIDGETOWN, FREETOWN */
      {"BUSELS", NULL},    /* BRUSELS of USEUBRUSSELS, BUSSELS of BRUSSELS */
  };
  CHECK(cases);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(letters),       telegram_test(longest),
      telegram_test(stations),      telegram_test(whole_names),
      telegram_test(noise),         telegram_test(bad_stations),
      telegram_test(wrong_letters),
  };
  return telegram_run(tests);
}
