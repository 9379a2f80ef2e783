/*
** Tests of cables_repair.  Expected values are worked out from
** shared/format/modern.md 0.4 (45-character rule, character damage).
*/
#include "memory.h"
#include "telegrams.h"

typedef struct Case {
  const char *damaged;
  const char *meant;
} Case;

static void check(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    telegram_case(cases[i].damaged);
    CablesBuf b = {0};
    const char *z = cases[i].damaged;
    assert_true(cables_repair(telegram_copy(z, strlen(z)), &b));
    CHECK_TEXT(cables_buf_get(&b), cases[i].meant);
    cables_buf_free(&b);
  }
}
#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))

static void apostrophes(void **state) {
  (void)state;
  static const Case cases[] = {
      {"The President,s boat", "The President's boat"},
      {"they don,t row", "they don't row"},
      {"WE,RE LATE, THEY,VE GONE", "WE'RE LATE, THEY'VE GONE"},
      {"he,ll come", "he'll come"},
      /* Commas that are commas. */
      {"boats,ships", "boats,ships"},
      {"salt,to taste", "salt,to taste"},
      {"red, silver", "red, silver"},
      {"cat,t", "cat,t"},
      {"1,s", "1,s"},
  };
  CHECK(cases);
}

static void quotations(void **state) {
  (void)state;
  static const Case cases[] = {
      {"a &one-stop shop window8 for all",
       "a \"one-stop shop window\" for all"},
      {"the &buoy,8 he said", "the \"buoy,\" he said"},
      {"&A8 and &B8.", "\"A\" and \"B\"."},
      /* No closing 8, an 8 that is a number, an ampersand that joins. */
      {"salt & pepper 8", "salt & pepper 8"},
      {"the &buoy of 1988", "the &buoy of 1988"},
      {"R&D8", "R&D8"},
      {"&one\n\ntwo8", "&one\n\ntwo8"},
  };
  CHECK(cases);
}

static void dashes(void **state) {
  (void)state;
  static const Case cases[] = {
      {"The boat ) a yawl ) sank", "The boat -- a yawl -- sank"},
      {"the boat (a yawl ) sank", "the boat (a yawl ) sank"},
      {"1) one", "1) one"},
  };
  CHECK(cases);
}

#define RUN45 "---------------------------------------------"

static void long_runs(void **state) {
  (void)state;
  static const Case cases[] = {
      {RUN45 " -----", RUN45 "-----"},
      {RUN45 "- -----", RUN45 "- -----"},
      {"http://lighthouse.example/keepers/annual/rep1 ort.html",
       "http://lighthouse.example/keepers/annual/rep1ort.html"},
      /* Forty-five letters that are no address stay apart. */
      {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrs tuv",
       "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrs tuv"},
  };
  CHECK(cases);
}

static void any_bytes(void **state) {
  (void)state;
  static const Case cases[] = {{"", ""},   {"&", "&"},
                               {"8", "8"}, {",", ","},
                               {")", ")"}, {"\xff&\xff,s", "\xff&\xff,s"}};
  CHECK(cases);
}

static void out_of_memory(void **state) {
  (void)state;
  CablesBuf b = {0};
  test_memory_fail(1, 1);
  bool made = cables_repair(cables_span("The President,s boat"), &b);
  test_memory_fail(0, 0);
  assert_false(made);
  cables_buf_free(&b);
}

/* modern.md 0.4: what looks like damage only on one side. */
static void half_damage(void **state) {
  (void)state;
  static const Case cases[] = {
      {"the &4 buoys8 of Bergen", "the \"4 buoys\" of Bergen"},
      {"the &88 buoys8 of Bergen", "the &88 buoys8 of Bergen"},
      {"the &one &two8 of Bergen", "the &one \"two\" of Bergen"},
      {"the &buoy8s of Bergen", "the &buoy8s of Bergen"},
      {"the &buoy\nof8 Bergen", "the \"buoy\nof\" Bergen"},
      {"the &buoy8", "the \"buoy\""},
      {"(&buoy8) -&Bergen8-", "(\"buoy\") -\"Bergen\"-"},
      {"Bergen )", "Bergen --"},
      {"Bergen )\nOslo", "Bergen --\nOslo"},
      {"Bergen )Oslo", "Bergen )Oslo"},
      {"we,d go, I,m gone, it,s", "we'd go, I'm gone, it's"},
      {"cant,t", "cant,t"},
      {"don,tx", "don,tx"},
      /* a run of 45 at the end, before a line end, and of other things */
      {"---------------------------------------------",
       "---------------------------------------------"},
      {"--------------------------------------------- ",
       "--------------------------------------------- "},
      {"--------------------------------------------- \n",
       "--------------------------------------------- \n"},
      {"--------------------------------------------- --",
       "-----------------------------------------------"},
      {"--------------------------------------------- ==",
       "--------------------------------------------- =="},
      {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa aa",
       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa aa"},
      {"www.lighthouse.example/keepers/annual/report12 3.html",
       "www.lighthouse.example/keepers/annual/report12 3.html"},
      {"WWW.lighthouse.example/keepers/annual/report1 23.html",
       "WWW.lighthouse.example/keepers/annual/report123.html"},
  };
  CHECK(cases);
}

/* What stands between the marks of a quotation without being one of them. */
static void inside_quotations(void **state) {
  (void)state;
  static const Case cases[] = {
      {"&salt & pepper8", "\"salt & pepper\""},
      {"&salt &pepper8", "&salt \"pepper\""},
      {"the &8 buoys8", "the &8 buoys8"},
      {"8 &of 1988 buoys8", "8 \"of 1988 buoys\""},
      {"&a\nb8", "\"a\nb\""},
  };
  CHECK(cases);
}

/* A bracket that was opened is closed in its paragraph, or not at all. */
static void brackets(void **state) {
  (void)state;
  static const Case cases[] = {
      {"(a\nb ) c", "(a\nb ) c"},
      {"(a\n\nb ) c", "(a\n\nb -- c"},
      {"(a ) b ) c", "(a ) b -- c"},
      {"a )", "a --"},
      {") a", ") a"},
  };
  CHECK(cases);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(inside_quotations), telegram_test(brackets),
      telegram_test(half_damage),       telegram_test(apostrophes),
      telegram_test(quotations),        telegram_test(dashes),
      telegram_test(long_runs),         telegram_test(any_bytes),
      telegram_test(out_of_memory),
  };
  return telegram_run(tests);
}
