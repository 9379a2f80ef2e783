/*
** Tests of limits in header, declassification and checks: each number that the
** parser compares with, met and missed by one.  Expected values are worked out
** from shared/format/modern.md, 1970s.md and declassification.md (section in
** front of each group).  What they are for: tests/trust/mutate.py.
*/
#include "../../ext/telegram/date.h"
#include "../../ext/telegram/declass.h"
#include "../../ext/telegram/refid.h"
#include "memory.h"
#include "telegrams.h"

/* --- declassification */

typedef struct Marking {
  const char *order;
  const char *marking;
  int level;
  const char *created; /* ISO, or "" */
  const char *want;    /* kind, date, exemption or event, flags */
} Marking;

/* Appends a part with a blank in front, unless it is empty. */
static void add(CablesBuf *b, CablesSpan part) {
  if (part.n == 0) return;
  cables_buf_byte(b, ' ');
  cables_buf_span(b, part);
}

static CablesSpan declass(const Marking *m) {
  static char z[300];
  CablesArena arena = {0};
  CablesDeclass d;
  CablesBuf b = {0};
  cables_declass_read(
      cables_span(m->order), telegram_copy(m->marking, strlen(m->marking)),
      m->level, cables_date_from_iso(cables_span(m->created)), &arena, &d);
  cables_buf_text(&b, cables_declass_kind_name(d.kind));
  CablesDate days[] = {d.date, d.review, d.downgrade};
  for (int i = 0; i < 3; i++) {
    if (days[i].year == 0) continue;
    cables_buf_byte(&b, ' ');
    cables_date_print(&b, days[i]);
  }
  add(&b, d.exemption);
  add(&b, d.event);
  add(&b, d.downgrade_level);
  if (d.flags & CABLES_DECLASS_REPAIRED) cables_buf_text(&b, " repaired");
  if (d.flags & CABLES_DECLASS_SUSPICIOUS) cables_buf_text(&b, " suspicious");
  if (d.flags & CABLES_DECLASS_BEYOND_LIMIT) cables_buf_text(&b, " beyond");
  assert_true(b.n < sizeof(z));
  memcpy(z, b.z, b.n);
  CablesSpan s = {z, b.n};
  cables_buf_free(&b);
  cables_arena_free(&arena);
  return s;
}

static void check_markings(const Marking *m, size_t n) {
  for (size_t i = 0; i < n; i++) {
    telegram_case(m[i].marking);
    CHECK_TEXT(declass(&m[i]), m[i].want);
  }
}
#define CHECK_MARKINGS(m) check_markings((m), sizeof(m) / sizeof(*(m)))

/* declassification.md 3: levels and years of E.O. 11652. */
static void schedules(void **state) {
  (void)state;
  static const Marking m[] = {
      {"11652", "GDS", 0, "1974-02-11", "not_classified"},
      {"11652", "GDS", 1, "1974-02-11", "not_classified"},
      {"11652", "GDS", 2, "1974-02-11", "schedule 1980-12-31"},
      {"11652", "GDS", 3, "1974-02-11", "schedule 1982-12-31"},
      {"11652", "GDS", 4, "1974-02-11", "schedule 1984-12-31"},
      {"11652", "GDS", -1, "1974-02-11", "unknown_level"},
      {"11652", "GDS", 2, "", "unknown_date"},
      {"12065", "GDS", 2, "1980-02-11", "computed 1986-02-11"},
      {"12065", "GDS", 2, "", "unknown_date"},
      {"10501", "GROUP 4", 2, "1970-02-11", "computed 1982-02-11"},
      {"10501", "GROUP 3", 2, "1970-02-11", "exempt GROUP 3"},
      {"10501", "GP-1", 2, "1970-02-11", "exempt GROUP 1"},
      {"10501", "GROUP 5", 2, "1970-02-11", "unparsed"},
      {"10501", "GROUP 0", 2, "1970-02-11", "unparsed"},
      {"10501", "GROUP 12", 2, "1970-02-11", "unparsed"},
  };
  CHECK_MARKINGS(m);
}

/* declassification.md 3.2, 4, 6: categories have first and last numbers. */
static void codes(void **state) {
  (void)state;
  static const Marking m[] = {
      {"11652", "XGDS-1", 2, "1974-02-11", "exempt XGDS-1"},
      {"11652", "XGDS-4", 2, "1974-02-11", "exempt XGDS-4"},
      {"11652", "XGDS-5", 2, "1974-02-11", "exempt XGDS"},
      {"11652", "XGDS-0", 2, "1974-02-11", "exempt XGDS"},
      {"11652", "XGDS2", 2, "1974-02-11", "exempt XGDS-2"},
      {"11652", "XGDS (3)", 2, "1974-02-11", "exempt XGDS-3"},
      {"11652", "X1", 2, "1974-02-11", "exempt XGDS-1"},
      {"11652", "X4", 2, "1974-02-11", "exempt XGDS-4"},
      {"11652", "X5", 2, "1974-02-11", "exempt X5"},
      {"12065", "XDS-7", 2, "1980-02-11", "exempt XDS-7"},
      {"12065", "XDS-8", 2, "1980-02-11", "exempt XDS"},
      {"12958", "X1", 2, "1996-02-11", "exempt X1"},
      {"12958", "X8", 2, "1996-02-11", "exempt X8"},
      {"12958", "X9", 2, "1996-02-11", "unparsed"},
      {"12958", "X0", 2, "1996-02-11", "unparsed"},
      {"12958", "1.6X6", 2, "1996-02-11", "exempt X6"},
      {"12958", "X-3", 2, "1996-02-11", "exempt X3"},
      {"12958", "X1, X2", 2, "1996-02-11", "exempt X1, X2"},
      {"12958", "X1, X1", 2, "1996-02-11", "exempt X1"},
      {"12958", "25X1", 2, "1996-02-11", "exempt 25X1"},
      {"12958", "25X9", 2, "1996-02-11", "exempt 25X9"},
      {"12958", "25X0", 2, "1996-02-11", "unparsed"},
      {"12958", "25X1-HUMAN", 2, "1996-02-11", "exempt 25X1-HUMAN"},
      {"12958", "50X1-HUM", 2, "1996-02-11", "exempt 50X1-HUM"},
      {"12958", "50X2-WMD", 2, "1996-02-11", "exempt 50X2-WMD"},
      {"12958", "75X", 2, "1996-02-11", "exempt 75X"},
      {"12356", "OADR", 2, "1986-02-11", "indefinite OADR"},
      {"12958", "MR", 2, "1996-02-11", "indefinite MR"},
      {"12958", "DCI ONLY", 2, "1996-02-11", "indefinite DCI ONLY"},
      {"12958", "N/A", 2, "1996-02-11", "not_classified"},
      {"12958", "", 2, "1996-02-11", "missing"},
  };
  CHECK_MARKINGS(m);
}

/* Durations, in words and figures. */
static void durations(void **state) {
  (void)state;
  static const Marking m[] = {
      {"12958", "10 YEARS", 2, "1996-02-11", "computed 2006-02-11"},
      {"12958", "10YEARS", 2, "1996-02-11", "computed 2006-02-11"},
      {"12958", "1 YEAR", 2, "1996-02-11", "computed 1997-02-11"},
      {"12958", "TEN YEARS", 2, "1996-02-11", "computed 2006-02-11"},
      {"12958", "TEN (10) YEARS", 2, "1996-02-11", "computed 2006-02-11"},
      {"12958", "ONE YEAR", 2, "1996-02-11", "computed 1997-02-11"},
      {"12958", "TWENTY YEARS", 2, "1996-02-11", "computed 2016-02-11"},
      {"12958", "TWENTY ONE YEARS", 2, "1996-02-11", "computed 2017-02-11"},
      {"12958", "TWENTY-FIVE YEARS", 2, "1996-02-11", "computed 2021-02-11"},
      {"12958", "NINETEEN ONE YEARS", 2, "1996-02-11", "unparsed"},
      {"12958", "TWENTY TEN YEARS", 2, "1996-02-11", "unparsed"},
      {"12958", "0 YEARS", 2, "1996-02-11", "unparsed"},
      {"12958", "TEN APPLES", 2, "1996-02-11", "unparsed"},
  };
  CHECK_MARKINGS(m);
}

/* declassification.md 9.2: a year of two digits belongs to the 75 years behind
** the telegram's day, that day included; 9.5: limits and what is not after. */
static void centuries(void **state) {
  (void)state;
  static const Marking m[] = {
      {"12356", "2/11/55", 2, "1980-02-11", "date 2055-02-11"},
      {"12356", "2/12/55", 2, "1980-02-11", "date 1955-02-12 suspicious"},
      {"12356", "2/11/80", 2, "1980-02-11", "date 1980-02-11 suspicious"},
      {"12356", "2/12/80", 2, "1980-02-11", "date 1980-02-12"},
      {"12356", "2/10/80", 2, "1980-02-11", "date 1980-02-10 suspicious"},
      {"12356", "2/29/84", 2, "1980-02-11", "date 1984-02-29"},
      {"12356", "2/29/85", 2, "1980-02-11", "invalid_date"},
      {"12356", "12/31/81", 2, "", "date 2081-12-31"},
      {"12356", "12/31/82", 2, "", "date 1982-12-31"},
      {"11652", "12/31/71", 2, "", "date 2071-12-31"},
      {"11652", "12/31/72", 2, "", "date 1972-12-31"},
      /* thirty years, to the year's end (E.O. 11652) */
      {"11652", "12/31/2004", 2, "1974-02-11", "date 2004-12-31"},
      {"11652", "1/1/2005", 2, "1974-02-11", "date 2005-01-01 beyond"},
      /* twenty years (E.O. 12065), twenty-five (13292, 13526) */
      {"12065", "2/11/2000", 2, "1980-02-11", "date 2000-02-11"},
      {"12065", "2/12/2000", 2, "1980-02-11", "date 2000-02-12 beyond"},
      {"12958", "02/11/2034", 2, "2009-02-11", "date 2034-02-11"},
      {"12958", "02/12/2034", 2, "2009-02-11", "date 2034-02-12 beyond"},
      {"12958", "03/25/2028", 2, "2003-03-25", "date 2028-03-25"},
      {"12958", "03/26/2028", 2, "2003-03-25", "date 2028-03-26 beyond"},
      {"12958", "03/26/2029", 2, "2003-03-24", "date 2029-03-26"},
      {"13526", "02/11/2035", 2, "2010-02-11", "date 2035-02-11"},
      /* shapes */
      {"12958", "12/31/2009", 2, "1996-02-11", "date 2009-12-31"},
      {"12958", "1/1/2009", 2, "1996-02-11", "date 2009-01-01"},
      {"12958", "001/1/2009", 2, "1996-02-11", "date 2009-01-01 repaired"},
      {"12958", "1/1/209", 2, "1996-02-11", "invalid_date"},
      {"12958", "2009/1/31", 2, "1996-02-11", "date 2009-01-31"},
      {"12958", "31.12.2009", 2, "1996-02-11", "invalid_date"},
      {"12958", "12.31.2009", 2, "1996-02-11", "date 2009-12-31"},
      {"12958", "12.31.09", 2, "1996-02-11", "unparsed"},
      {"12958", "20091231", 2, "1996-02-11", "date 2009-12-31"},
      {"12958", "2009123", 2, "1996-02-11", "unparsed"},
      {"12958", "DECEMBER 31, 2009", 2, "1996-02-11", "date 2009-12-31"},
      {"12958", "DEC 31ST 2009", 2, "1996-02-11", "date 2009-12-31"},
      {"12958", "31ST DEC 2009", 2, "1996-02-11", "date 2009-12-31"},
      {"12958", "31 DEC 209", 2, "1996-02-11", "unparsed"},
      {"12958", "DECL: CLOSURE OF OFFICE", 2, "1996-02-11",
       "event CLOSURE OF OFFICE"},
      {"12958", "DECL: CLOSURE", 2, "1996-02-11", "unparsed"},
      {"12958", "DECLAS: CLOSURE", 2, "1996-02-11", "event CLOSURE"},
      {"12958", "UPON RETURN", 2, "1996-02-11", "event UPON RETURN"},
      {"12958", "DNG: CO 01/26/2008", 3, "1996-02-11",
       "downgrade 2008-01-26 CONFIDENTIAL"},
      {"12958", "DNG: CO 01/26/1995", 3, "1996-02-11",
       "downgrade 1995-01-26 CONFIDENTIAL suspicious"},
      {"12958", "DNG: CO 01/26/2000 DECL: 01/26/2008", 3, "1996-02-11",
       "date 2008-01-26 2000-01-26 CONFIDENTIAL"},
      {"12958", "BY1/2/2009", 2, "1996-02-11", "date 2009-01-02"},
      {"12958", "B1/2/2009", 2, "1996-02-11", "unparsed"},
      {"12065", "RDS-1 3/15/00", 2, "1980-02-11", "review 2000-03-15 RDS-1"},
  };
  CHECK_MARKINGS(m);
}

/* declassification.md 1: first days of the orders; numbers with one digit
** wrong, missing or surplus, or in another order. */
static void orders(void **state) {
  (void)state;
  static const struct {
    CablesDate day;
    int order;
  } days[] = {
      {{1953, 12, 14}, 0},     {{1953, 12, 15}, 10501}, {{1972, 5, 31}, 10501},
      {{1972, 6, 1}, 11652},   {{1978, 11, 30}, 11652}, {{1978, 12, 1}, 12065},
      {{1982, 7, 31}, 12065},  {{1982, 8, 1}, 12356},   {{1995, 10, 13}, 12356},
      {{1995, 10, 14}, 12958}, {{2010, 6, 26}, 12958},  {{2010, 6, 27}, 13526},
  };
  for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
    CHECK_NUMBER(cables_declass_order_in_force(days[i].day), days[i].order);
  }
  CablesDate far = cables_declass_automatic((CablesDate){9974, 1, 1});
  CHECK_NUMBER(far.year, 9999);
  CHECK_NUMBER(cables_declass_automatic((CablesDate){9975, 1, 1}).year, 0);
  CHECK_NUMBER(cables_declass_automatic((CablesDate){1, 1, 1}).year, 26);
  static const Marking m[] = {
      {"1295", "X1", 2, "1996-02-11", "exempt X1 repaired"},
      {"129588", "X1", 2, "1996-02-11", "exempt X1 repaired"},
      {"12598", "X1", 2, "1996-02-11", "exempt X1 repaired"},
      {"12058", "X1", 2, "1996-02-11", "exempt X1 repaired"},
      {"12958", "X1", 2, "1996-02-11", "exempt X1"},
      {"", "E.O. 12958: X1", 2, "1996-02-11", "exempt X1"},
  };
  CHECK_MARKINGS(m);
  static const struct {
    const char *marking; /* of 1980, below no number */
    int order;
  } repeated[] = {{"E.O. 12958: X1", 12958},
                  {"12958-", 12958},
                  {"12958-1-2", 12065},
                  {"12958/1/2", 12065},
                  {"X1", 12065}};
  for (size_t i = 0; i < sizeof(repeated) / sizeof(*repeated); i++) {
    CablesArena arena = {0};
    CablesDeclass d;
    telegram_case(repeated[i].marking);
    cables_declass_read(CABLES_NO_SPAN, cables_span(repeated[i].marking), 2,
                        (CablesDate){1980, 2, 11}, &arena, &d);
    CHECK_NUMBER(d.order, repeated[i].order);
    cables_arena_free(&arena);
  }
}

/* modern.md 2.2, 9.2: how high a marking ranks. */
static void ranks(void **state) {
  (void)state;
  static const struct {
    const char *marking;
    int rank;
  } cases[] = {
      {"U", 0},           {"SBU", 1},
      {"C", 2},           {"S", 3},
      {"TS", 4},          {"S/NF", 3},
      {"S NF", 3},        {"S-NF", 3},
      {"S.NF", -1},       {"(S)", 3},
      {"S)", 3},          {"SX", -1},
      {"U//FOUO", 1},     {"SECRET", 3},
      {"S E C R E T", 3}, {"CSE C R E T", 3},
      {"XXSECRET", 3},    {"XXXSECRET", -1},
      {"SECRETARY", -1},  {"CONFIDENTIA", -1},
      {"", -1},           {"UNCLAS SENSITIVE", 1},
      {"UNCLAS", 0},      {"LIMITED OFFICIAL USE", 1},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CablesSpan s = telegram_copy(cases[i].marking, strlen(cases[i].marking));
    telegram_case(cases[i].marking);
    CHECK_NUMBER(cables_classification_rank(s), cases[i].rank);
  }
}

/* --- posts (modern.md 7.4): names with letters lost or wrong */

static void misspelt_posts(void **state) {
  (void)state;
  static const struct {
    const char *name;
    const char *post; /* or NULL: kept, and not known */
  } cases[] = {
      /* one letter wrong, missing, surplus; two swapped */
      {"HELSIMKI", "HELSINKI"},
      {"HELSNKI", "HELSINKI"},
      {"HELSSINKI", "HELSINKI"},
      {"HELISNKI", "HELSINKI"},
      {"HELSINKX", "HELSINKI"},
      {"XELSINKI", "HELSINKI"},
      /* two, in nine letters or more */
      {"REYKJIVUK", "REYKJAVIK"},
      {"ERYKJAVKI", "REYKJAVIK"},
      {"REXKXAVXK", NULL},
      {"TEGUCGAPA", "TEGUCIGALPA"},
      {"TEGUUCIGALLPA", "TEGUCIGALPA"},
      /* two in fewer are too many */
      {"HXLSIXKI", NULL},
      /* the first six letters of one post */
      {"TEGUCIG", "TEGUCIGALPA"},
      {"REYKJAV", "REYKJAVIK"},
      /* twice; with its country, with a word behind */
      {"OSLOOSLO", "OSLO"},
      {"OSLO REFTEL", "OSLO"},
      {"AMEMBASSY OSLO", "OSLO"},
      {"AMEMBASY OSLO", "OSLO"},
      {"AMENBASY OSLO", "OSLO"},
      {"AMXXBXSY OSLO", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CablesArena arena = {0};
    bool known = false;
    telegram_case(cases[i].name);
    CablesSpan post = cables_post_canonical(
        telegram_copy(cases[i].name, strlen(cases[i].name)), &arena, &known);
    CHECK_NUMBER(known, cases[i].post != NULL);
    if (cases[i].post != NULL) CHECK_TEXT(post, cases[i].post);
    cables_arena_free(&arena);
  }
}

/* --- the envelope (modern.md 1) */

static void addresses(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *addressees;
  } cases[] = {
      {"TO RUEHC/SECSTATE WASHDC PRIORITY 0412",
       "action:RUEHC/SECSTATE WASHDC,PRIORITY,0412"},
      {"TO RUEH/SECSTATE WASHDC", "action:RUEH/SECSTATE WASHDC"},
      {"TO RUEHABCD/SECSTATE WASHDC", "action:RUEHABCD/SECSTATE WASHDC"},
      {"TO RUEHABCDE/SECSTATE WASHDC", "action:RUEHABCDE/SECSTATE WASHDC"},
      {"TO ZEN/SECSTATE WASHDC", "action:ZEN/SECSTATE WASHDC"},
      {"TO SECSTATE WASHDC 7881-7884", "action:SECSTATE WASHDC,7881-7884"},
      {"TO SECSTATE WASHDC 7881-7884 PRIORITY",
       "action:SECSTATE WASHDC,PRIORITY,7881-7884"},
      {"TO SECSTATE WASHDC 1", "action:SECSTATE WASHDC,1"},
      {"TO AMEMBASSY LA PAZ FEB", "action:AMEMBASSY LA PAZ"},
      {"TO AMEMBASSY LA PAZ FEB 0412", "action:AMEMBASSY LA PAZ,0412"},
      {"TO AMEMBASSY LA PAZ FEBX", "action:AMEMBASSY LA PAZ FEBX"},
      {"TO AMEMBASSY LIMA\nXMT AMCONSUL CUZCO",
       "action:AMEMBASSY LIMA|-action:AMCONSUL CUZCO"},
      {"TO AMEMBASSY LIMA, XMT AMCONSUL CUZCO",
       "action:AMEMBASSY LIMA|-action:AMCONSUL CUZCO"},
      {"TO AMEMBASSY LIMA\nINFO LOG-00 EEB-00", "action:AMEMBASSY LIMA"},
      {"TO AMEMBASSY LIMA\nINFO LOG-0 EEB-0",
       "action:AMEMBASSY LIMA|info:LOG-0 EEB-0"},
      {"TO AMEMBASSY LIMA\nINFO ABCDE-00", "action:AMEMBASSY LIMA"},
      {"TO AMEMBASSY LIMA\nINFO ABCDEF-00",
       "action:AMEMBASSY LIMA|info:ABCDEF-00"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t = parse(telegram_format(
        "P 111215Z FEB 09\nFM AMEMBASSY OSLO\n%s\n" CLASS_LINE EO_LINE
            SUBJECT_LINE "\n" PARAGRAPHS SIGNATURE,
        cases[i].lines));
    CHECK_TEXT(telegram_addressees(t), cases[i].addressees);
  }
}

/* A routing indicator has four to eight letters. */
static void routing(void **state) {
  (void)state;
  for (int n = 3; n <= 9; n++) {
    const CablesTelegram *t = parse(telegram_format(
        "P 111215Z FEB 09\nFM AMEMBASSY OSLO\nTO %.*s/SECSTATE "
        "WASHDC\n" CLASS_LINE EO_LINE SUBJECT_LINE "\n" PARAGRAPHS SIGNATURE,
        n, "RUEHABCDE"));
    CHECK_NUMBER(t->n_addressees, 1);
    if (t->n_addressees == 1) {
      CHECK_NUMBER(t->addressees[0].routing.n, n >= 4 && n <= 8 ? n : 0);
    }
  }
}

/* Hours and minutes of the date-time group; a month one letter wrong. */
static void groups(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *created; /* or NULL */
  } cases[] = {
      {"P 112359Z FEB 09", "2009-02-11 23:59:00"},
      {"P 112400Z FEB 09", NULL},
      {"P 112360Z FEB 09", NULL},
      {"P 310000Z FEB 09", NULL},
      {"P 280000Z FEB 09", "2009-02-28 00:00:00"},
      {"P 111215Z PEB 09", "2009-02-11 12:15:00"},
      {"P 111215Z JUX 09", NULL},
      {"P 111215Z XXB 09", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].line);
    CHECK_TEXT(parse(telegram_format(
                         "%s\nFM AMEMBASSY OSLO\n"
                         "TO SECSTATE WASHDC\n" CLASS_LINE EO_LINE SUBJECT_LINE
                         "\n" PARAGRAPHS SIGNATURE,
                         cases[i].line))
                   ->created,
               cases[i].created);
  }
}

/* --- checks (modern.md 11.2) */

/* The DE line's day and the group's may lie one apart, and over the turn of
** the year. */
static void de_days(void **state) {
  (void)state;
  static const struct {
    const char *day;
    const char *group;
    int apart; /* told, or 0 */
  } cases[] = {
      {"042", "111215Z FEB 09", 0},   {"043", "111215Z FEB 09", 0},
      {"041", "111215Z FEB 09", 0},   {"044", "111215Z FEB 09", 2},
      {"040", "111215Z FEB 09", 2},   {"001", "311215Z DEC 09", 0},
      {"002", "311215Z DEC 09", 363}, {"365", "011215Z JAN 09", 0},
      {"364", "011215Z JAN 09", 363},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].day);
    const CablesTelegram *t = parse(telegram_format(
        "VZCZCXRO0071\nPP RUEHLO\nDE RUEHNY #0071/01 %s1215\nZNY CCCCC "
        "ZZH\nP %s\nFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC\n" CLASS_LINE
            EO_LINE TAGS_LINE SUBJECT_LINE "\n" PARAGRAPHS SIGNATURE,
        cases[i].day, cases[i].group));
    char message[100];
    snprintf(message, sizeof(message),
             "day of the DE line and date-time group differ by %d days",
             cases[i].apart);
    CHECK_NUMBER(telegram_odd(t, "envelope", message), cases[i].apart != 0);
  }
}

/* What a page says of the day counts where it is more than one day away from
** the group. */
static void page_days(void **state) {
  (void)state;
  static const struct {
    const char *page;
    const char *created;
    int apart;
  } cases[] = {
      {"2009-02-11 12:20", "2009-02-11 12:15:00", 0},
      {"2009-02-10 12:20", "2009-02-11 12:15:00", 0},
      {"2009-02-12 12:20", "2009-02-11 12:15:00", 0},
      {"2009-02-09 12:20", "2009-02-09 12:20:00", 2},
      {"2009-02-13 12:20", "2009-02-13 12:20:00", 2},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    static const char text[] = HEADER PARAGRAPHS SIGNATURE;
    CablesParseOptions options = {.want = CABLES_WANT_ALL};
    telegram_case(cases[i].page);
    options.known.created = cables_span(cases[i].page);
    const CablesTelegram *t = parse_bytes(text, strlen(text), options);
    CHECK_TEXT(t->created, cases[i].created);
    CHECK_NUMBER(telegram_odd(t, "envelope",
                              "date-time group and created differ by 2 days"),
                 cases[i].apart != 0);
  }
}

/* The page's classification against the line's, unclassified ones too. */
static void page_levels(void **state) {
  (void)state;
  static const char text[] =
      ENVELOPE "UNCLAS OSLO 000071\n\n" EO_LINE TAGS_LINE SUBJECT_LINE
               "\n1. One.\n" SIGNATURE;
  static const char *const levels[] = {"UNCLASSIFIED", "CONFIDENTIAL"};
  for (int i = 0; i < 2; i++) {
    CablesParseOptions options = {.want = CABLES_WANT_ALL};
    options.known.classification = cables_span(levels[i]);
    const CablesTelegram *t = parse_bytes(text, strlen(text), options);
    CHECK_NUMBER(telegram_odd(t, "heading",
                              "classification line and the page's "
                              "classification differ"),
                 i == 1);
  }
}

/* X1 to X8 ended on 22 September 2003 (declassification.md 6). */
static void abolished(void **state) {
  (void)state;
  for (int day = 22; day <= 23; day++) {
    const CablesTelegram *t = parse(telegram_format(
        "P %d1215Z SEP 03\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n" CLASS_LINE
        "E.O. 12958: DECL: X1\n" TAGS_LINE SUBJECT_LINE
        "\n" PARAGRAPHS SIGNATURE,
        day));
    CHECK_NUMBER(
        telegram_odd(
            t, "declassification",
            "declassification marking was abolished on 22 September 2003"),
        day == 23);
  }
}

/* modern.md 2.4, 2.2: a level alone is the classification line, whatever its
** rank. */
static void bare_levels(void **state) {
  (void)state;
  static const char *const levels[] = {"UNCLASSIFIED", "CONFIDENTIAL",
                                       "SECRET"};
  for (size_t i = 0; i < 3; i++) {
    telegram_case(levels[i]);
    const CablesTelegram *t = parse(telegram_format(
        "P 111215Z FEB 09\nFM AMEMBASSY OSLO\n"
        "TO SECSTATE WASHDC\n\n%s\n\n" EO_LINE TAGS_LINE SUBJECT_LINE
        "\n1. One.\n",
        levels[i]));
    CHECK_TEXT(t->classification, levels[i]);
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  }
}

/* A line of a subject opens the body only with a bracket in front. */
static void subject_goes_on(void **state) {
  (void)state;
  const CablesTelegram *t =
      parse(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE
            "SUBJECT: THE BUOYS (AND SIGN\nXS) WITHOUT A NAME\n\n" PARAGRAPHS
                SIGNATURE);
  CHECK_TEXT(t->subject, "THE BUOYS (AND SIGN XS) WITHOUT A NAME");
}

/* Twenty missing numbers are told, and a portion above the level. */
static void told(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      HEADER "1. (C) One.\n\n21. (C) Twenty-one.\n\n30. (C) Last.\n" SIGNATURE);
  CHECK_ODD(t, "body", "paragraph 2 is missing");
  CHECK_ODD(t, "body", "paragraph 20 is missing");
  CHECK_NOT_ODD(t, "body", "paragraph 21 is missing");
  CHECK_ODD(t, "body", "paragraph 22 is missing");
  CHECK_NOT_ODD(t, "body", "paragraph 23 is missing");
  CHECK_NOT_ODD(t, "body", "portion marking above the overall classification");
  t = parse(HEADER "1. (S) One.\n" SIGNATURE);
  CHECK_ODD(t, "body", "portion marking above the overall classification");
  t = parse(HEADER "1. (C) One.\n\n1. (C) Again.\n" SIGNATURE);
  CHECK_ODD(t, "body", "paragraph 1 is doubled");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(schedules),
      telegram_test(codes),
      telegram_test(durations),
      telegram_test(centuries),
      telegram_test(orders),
      telegram_test(ranks),
      telegram_test(misspelt_posts),
      telegram_test(addresses),
      telegram_test(routing),
      telegram_test(groups),
      telegram_test(de_days),
      telegram_test(page_days),
      telegram_test(page_levels),
      telegram_test(abolished),
      telegram_test(told),
      telegram_test(bare_levels),
      telegram_test(subject_goes_on),
  };
  return telegram_run(tests);
}
