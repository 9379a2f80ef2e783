/*
** Tests of the envelope: date-time group, FM, addressees, distribution block.
** Expected values are worked out from shared/format/modern.md 1 and 1970s.md
** 4, 5.
*/
#include "telegrams.h"

/* The telegram with another date-time group line. */
static const CablesTelegram *with_dtg(const char *line) {
  telegram_case(line);
  return parse(
      telegram_format("%s\nFM AMEMBASSY OSLO\n"
                      "TO SECSTATE WASHDC\n" CLASS_LINE EO_LINE SUBJECT_LINE
                      "\n" PARAGRAPHS SIGNATURE,
                      line));
}

/* The telegram with other address lines below FM. */
static const CablesTelegram *with_addresses(const char *lines) {
  telegram_case(lines);
  return parse(telegram_format(
      "P 111215Z FEB 09\nFM AMEMBASSY OSLO\n%s\n" CLASS_LINE EO_LINE
          SUBJECT_LINE "\n" PARAGRAPHS SIGNATURE,
      lines));
}

/* modern.md 1.6. */
static void date_time_groups(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *dtg;
    const char *created;
    const char *precedence;
    int year;
  } cases[] = {
      {"P 111215Z FEB 09", "111215Z FEB 09", "2009-02-11 12:15:00", "PRIORITY",
       2009},
      {"O 312359Z DEC 90", "312359Z DEC 90", "1990-12-31 23:59:00", "IMMEDIATE",
       1990},
      {"R 010000Z JAN 00", "010000Z JAN 00", "2000-01-01 00:00:00", "ROUTINE",
       2000},
      {"Z 290203Z FEB 08", "290203Z FEB 08", "2008-02-29 02:03:00", "FLASH",
       2008},
      {"R 010000Z JAN 66", "010000Z JAN 66", "1966-01-01 00:00:00", "ROUTINE",
       1966},
      /* two letters: the highest is the message's */
      {"O P 111215Z FEB 09", "111215Z FEB 09", "2009-02-11 12:15:00",
       "IMMEDIATE", 2009},
      {"O R 111215Z FEB 09", "111215Z FEB 09", "2009-02-11 12:15:00",
       "IMMEDIATE", 2009},
      {"P R 111215Z FEB 09", "111215Z FEB 09", "2009-02-11 12:15:00",
       "PRIORITY", 2009},
      {"R O 111215Z FEB 09", "111215Z FEB 09", "2009-02-11 12:15:00",
       "IMMEDIATE", 2009},
      {"P P 111215Z FEB 09", "111215Z FEB 09", "2009-02-11 12:15:00",
       "PRIORITY", 2009},
      {"P Y 111215Z FEB 09", "111215Z FEB 09", "2009-02-11 12:15:00", "FLASH",
       2009},
      {"Z O 111215Z FEB 09", "111215Z FEB 09", "2009-02-11 12:15:00", "FLASH",
       2009},
      /* remarks behind the year */
      {"P 111215Z FEB 09 ZDK", "111215Z FEB 09", "2009-02-11 12:15:00",
       "PRIORITY", 2009},
      {"P 111215Z FEB 09        ZDK", "111215Z FEB 09", "2009-02-11 12:15:00",
       "PRIORITY", 2009},
      {"P 111215Z FEB 09 ZDK CTG RUEHLO #3711", "111215Z FEB 09",
       "2009-02-11 12:15:00", "PRIORITY", 2009},
      {"P 111215Z FEB 09 ZDK TO ALL CITE NUMEROUS SERVICE REQUESTS",
       "111215Z FEB 09", "2009-02-11 12:15:00", "PRIORITY", 2009},
      {"P 111215Z FEB 09 ZDS CTG RUEHSD 0011 1580011", "111215Z FEB 09",
       "2009-02-11 12:15:00", "PRIORITY", 2009},
      {"P 111215Z FEB 09 ZFF3", "111215Z FEB 09", "2009-02-11 12:15:00",
       "PRIORITY", 2009},
      {"P 111215Z FEB 09 ZFD", "111215Z FEB 09", "2009-02-11 12:15:00",
       "PRIORITY", 2009},
      {"P 111215Z FEB 09 (CCY ADC1AAAA MSI1111-111)", "111215Z FEB 09",
       "2009-02-11 12:15:00", "PRIORITY", 2009},
      {"P 111215Z FEB 09   ", "111215Z FEB 09", "2009-02-11 12:15:00",
       "PRIORITY", 2009},
      /* a partial extract's: bare, mixed case */
      {"111215Z Feb 09", "111215Z Feb 09", "2009-02-11 12:15:00", NULL, 2009},
      /* 1973: a blank before Z */
      {"R 172106 Z APR 73", "172106 Z APR 73", "1973-04-17 21:06:00", "ROUTINE",
       1973},
      {"P R 041550Z APR 74 ZFF-4", "041550Z APR 74", "1974-04-04 15:50:00",
       "PRIORITY", 1974},
      /* what cannot be a moment is kept as printed */
      {"P 321215Z FEB 09", "321215Z FEB 09", NULL, "PRIORITY", 2009},
      {"P 292415Z FEB 08", "292415Z FEB 08", NULL, "PRIORITY", 2008},
      {"P 111260Z FEB 09", "111260Z FEB 09", NULL, "PRIORITY", 2009},
      {"P 290000Z FEB 09", "290000Z FEB 09", NULL, "PRIORITY", 2009},
      /* no group at all */
      {"P 1112Z FEB 09", NULL, NULL, NULL, 0},
      {"P 111215Z QQQ 09", NULL, NULL, NULL, 0},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_dtg(cases[i].line);
    CHECK_TEXT(t->dtg, cases[i].dtg);
    CHECK_TEXT(t->created, cases[i].created);
    CHECK_TEXT(t->precedence, cases[i].precedence);
    CHECK_NUMBER(t->year, cases[i].year);
    CHECK_TEXT(t->sender, "AMEMBASSY OSLO");
  }
}

/* 1970s.md 5.2: a month that misses one name by one letter is repaired. */
static void misspelt_month(void **state) {
  (void)state;
  const CablesTelegram *t = with_dtg("P 160220Z PEB 77");
  CHECK_TEXT(t->created, "1977-02-16 02:20:00");
  CHECK_TEXT(t->dtg, "160220Z PEB 77");
  CHECK_ODD(t, "envelope", "month of the date-time group misspelt: PEB");
  /* JUK is JUN or JUL: no guess */
  t = with_dtg("P 160220Z JUK 77");
  CHECK_TEXT(t->created, NULL);
}

/* A copy that lost its first lines: what is there is found (telegram.h). */
static void lost_tops(void **state) {
  (void)state;
  static const char *const tops[] = {
      "FM AMEMBASSY OSLO\nTO SECSTATE WASHDC PRIORITY 0412\n",
      "ZNY CCCCC ZZH\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC PRIORITY 0412\n",
      "TO SECSTATE WASHDC PRIORITY 0412\n",
  };
  for (size_t i = 0; i < sizeof(tops) / sizeof(*tops); i++) {
    telegram_case(tops[i]);
    const CablesTelegram *t =
        parse(telegram_format("%s" CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                              "\n" CLASSIFIED PARAGRAPHS SIGNATURE,
                              tops[i]));
    CHECK_TEXT(t->sender, i < 2 ? "AMEMBASSY OSLO" : NULL);
    CHECK_TEXT(telegram_addressees(t), "action:SECSTATE WASHDC,PRIORITY,0412");
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  }
}

/* modern.md 1.7, 1970s.md 5.3: as printed. */
static void senders(void **state) {
  (void)state;
  static const char *const lines[] = {
      "AMEMBASSY OSLO", "SECSTATE WASHDC",        "USMISSION USUN NEW YORK",
      "RPO DUBAI",      "AMEMBASSH OSLO",         "USDEL MBFR VIENNA",
      "USINT HAVANA",   "AMCONSUL RIO DE JANEIRO"};
  for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
    telegram_case(lines[i]);
    const CablesTelegram *t = parse(telegram_format(
        "P 111215Z FEB 09\nFM %s  \nTO SECSTATE WASHDC\n" CLASS_LINE,
        lines[i]));
    CHECK_TEXT(t->sender, lines[i]);
  }
}

/* modern.md 1.8: every shape of an address. */
static void addresses(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *want;
  } cases[] = {
      {"RUEHAC/AMEMBASSY ASUNCION 5711", "RUEHAC/AMEMBASSY ASUNCION,5711"},
      {"RHMFISS/HQ USSOUTHCOM MIAMI FL", "RHMFISS/HQ USSOUTHCOM MIAMI FL"},
      {"RUEHKP/AMCONSUL KARACHI PRIORITY 9811",
       "RUEHKP/AMCONSUL KARACHI,PRIORITY,9811"},
      {"RUEKJCS/SECDEF WASHDC PRIORITY", "RUEKJCS/SECDEF WASHDC,PRIORITY"},
      {"RUEHC/SECSTATE WASHDC IMMEDIATE 1511",
       "RUEHC/SECSTATE WASHDC,IMMEDIATE,1511"},
      {"RHEHAAA/WHITE HOUSE WASHDC IMMEDIATE",
       "RHEHAAA/WHITE HOUSE WASHDC,IMMEDIATE"},
      {"RUCNIRA/IRAN COLLECTIVE PRIORITY", "RUCNIRA/IRAN COLLECTIVE,PRIORITY"},
      {"AMEMBASSY ANKARA PRIORITY", "AMEMBASSY ANKARA,PRIORITY"},
      {"CIA WASHDC", "CIA WASHDC"},
      {"IGAD COLLECTIVE", "IGAD COLLECTIVE"},
      {"RUEKJCS/JOINT STAFF WASHDC//J-3/J-5//",
       "RUEKJCS/JOINT STAFF WASHDC//J-3/J-5//"},
      {"JOINT STAFF WASHINGTON DC//J-5//", "JOINT STAFF WASHINGTON DC//J-5//"},
      {"RUEHKV/AMEMBASSY KYIV NIACT IMMEDIATE 7811-7814",
       "RUEHKV/AMEMBASSY KYIV,NIACT IMMEDIATE,7811-7814"},
      {"RUEHKV/AMEMBASSY KYIV NIACT IMMEDIATE",
       "RUEHKV/AMEMBASSY KYIV,NIACT IMMEDIATE"},
      {"AMEMBASSY ACCRA FLASH 0012", "AMEMBASSY ACCRA,FLASH,0012"},
      {"AMEMBASSY ACCRA ROUTINE", "AMEMBASSY ACCRA,ROUTINE"},
      {"AMEMBASSY ACCRA NIACT 231", "AMEMBASSY ACCRA,NIACT IMMEDIATE,231"},
      {"AMEMBASSY ACCRA PIORITY 231", "AMEMBASSY ACCRA,PRIORITY,231"},
      {"AMEMBASSY ACCRA NICT IMMEDIATE", "AMEMBASSY ACCRA,NIACT IMMEDIATE"},
      {"RUEHSG/AMEMBASSY SANTIAGO 0000", "RUEHSG/AMEMBASSY SANTIAGO,0000"},
      {"RUEHSG/AMEMBASSY SANTIAGO 231", "RUEHSG/AMEMBASSY SANTIAGO,231"},
      {"RUEHSG/AMEMBASSY SANTIAGO 4188-4190",
       "RUEHSG/AMEMBASSY SANTIAGO,4188-4190"},
      {"RUEHSG/AMEMBASSY SANTIAGO 10423", "RUEHSG/AMEMBASSY SANTIAGO,10423"},
      /* numbers that belong to the name */
      {"39ABG INCIRLIK AB TU", "39ABG INCIRLIK AB TU"},
      {"DET 1 39LG ANKARA TU", "DET 1 39LG ANKARA TU"},
      {"COMUSKOREA J5 SEOUL KOR", "COMUSKOREA J5 SEOUL KOR"},
      /* two blanks before the precedence */
      {"EU CANDIDATE STATES  PRIORITY", "EU CANDIDATE STATES,PRIORITY"},
      /* delivered by other means */
      {"ZEN/AMEMBASSY RIGA", "ZEN/AMEMBASSY RIGA"},
      /* a month that a program put behind LA PAZ */
      {"RUEHLP/AMEMBASSY LA PAZ FEB 9211", "RUEHLP/AMEMBASSY LA PAZ,9211"},
      {"RUEHLP/AMEMBASSY LA PAZ NOV MONTEVIDEO", "RUEHLP/AMEMBASSY LA PAZ"},
      {"RUEHLP/AMEMBASSY LA PAZ PRIORITY 12",
       "RUEHLP/AMEMBASSY LA PAZ,PRIORITY,12"},
      /* 1970s.md 5.5 */
      {"/AMEMBASSY LONDON 3343", "AMEMBASSY LONDON,3343"},
      {"SECSTATE WASHDC IMMEDIATE 1900", "SECSTATE WASHDC,IMMEDIATE,1900"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char line[100];
    char want[100];
    snprintf(line, sizeof(line), "TO %s", cases[i].line);
    snprintf(want, sizeof(want), "action:%s", cases[i].want);
    CHECK_TEXT(telegram_addressees(with_addresses(line)), want);
    snprintf(line, sizeof(line), "INFO %s", cases[i].line);
    snprintf(want, sizeof(want), "info:%s", cases[i].want);
    CHECK_TEXT(telegram_addressees(with_addresses(line)), want);
  }
}

static void address_lists(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *want;
  } cases[] = {
      {"TO RUEHC/SECSTATE WASHDC\nRUEHCP/AMEMBASSY COPENHAGEN 12\n"
       "INFO RUEHLO/AMEMBASSY LONDON\nCIA WASHDC",
       "action:RUEHC/SECSTATE WASHDC|action:RUEHCP/AMEMBASSY COPENHAGEN,12|"
       "info:RUEHLO/AMEMBASSY LONDON|info:CIA WASHDC"},
      /* no TO line */
      {"INFO RUEHLO/AMEMBASSY LONDON", "info:RUEHLO/AMEMBASSY LONDON"},
      /* FM only */
      {"", ""},
      /* XMT with a blank, with a slash, behind a comma */
      {"TO ALL DIPLOMATIC POSTS COLLECTIVE\nXMT AMCONSUL JOHANNESBURG",
       "action:ALL DIPLOMATIC POSTS COLLECTIVE|-action:AMCONSUL JOHANNESBURG"},
      {"TO ALL DIPLOMATIC POSTS COLLECTIVE\nXMT/AMEMBASSY SOFIA\n"
       "AMEMBASSY RIGA\nINFO CIA WASHDC",
       "action:ALL DIPLOMATIC POSTS COLLECTIVE|-action:AMEMBASSY SOFIA|"
       "-action:AMEMBASSY RIGA|info:CIA WASHDC"},
      {"TO ALL DIPLOMATIC POSTS COLLECTIVE, XMT AMEMBASSY SOFIA",
       "action:ALL DIPLOMATIC POSTS COLLECTIVE|-action:AMEMBASSY SOFIA"},
      {"TO SECSTATE WASHDC\nINFO IGAD COLLECTIVE\nXMT AMEMBASSY ACCRA\n"
       "RUEHLO/AMEMBASSY LONDON",
       "action:SECSTATE WASHDC|info:IGAD COLLECTIVE|-info:AMEMBASSY ACCRA|"
       "info:RUEHLO/AMEMBASSY LONDON"},
      /* a page line inside the block */
      {"TO PAGE 02        STATE   015113  182333Z\n"
       "AMEMBASSY ACCRA PRIORITY\nINFO PAGE 03        STATE   015113  182333Z\n"
       "AMEMBASSY LOME",
       "action:AMEMBASSY ACCRA,PRIORITY|info:AMEMBASSY LOME"},
      {"TO AMEMBASSY ACCRA\nUNCLASSIFIED\nUNCLASSIFIED\n"
       "PAGE 02 OSLO 00071 111215Z\nAMEMBASSY LOME",
       "action:AMEMBASSY ACCRA|action:AMEMBASSY LOME"},
      /* a second INFO is a distribution list */
      {"TO AMEMBASSY ACCRA\nINFO AMEMBASSY LOME\n"
       "INFO LOG-00   AF-00    AID-00   CIAE-00\n"
       "      INR-00   NSCE-00  OES-00   /003W\n"
       "      ------------------A54E38  161955Z /38",
       "action:AMEMBASSY ACCRA|info:AMEMBASSY LOME"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_TEXT(telegram_addressees(with_addresses(cases[i].lines)),
               cases[i].want);
  }
}

/* An addressee's line is a slice of the argument. */
static void printed_addresses(void **state) {
  (void)state;
  const CablesTelegram *t =
      with_addresses("TO  RUEHC/SECSTATE WASHDC PRIORITY 0412 ");
  assert_int_equal(t->n_addressees, 1);
  CablesSpan printed = t->addressees[0].printed;
  CHECK_TEXT(printed, "RUEHC/SECSTATE WASHDC PRIORITY 0412");
  CHECK_NUMBER(printed.z > telegram_fixture.copy, 1);
}

/* modern.md 1.1: shapes of the envelope, and what may stand on top of it. */
static void shapes(void **state) {
  (void)state;
  static const char rest[] =
      "P 111215Z FEB 09\nFM AMEMBASSY OSLO\n"
      "TO RUEHC/SECSTATE WASHDC PRIORITY 0412\n" CLASS_LINE EO_LINE TAGS_LINE
          SUBJECT_LINE "\n" CLASSIFIED PARAGRAPHS SIGNATURE;
  static const char *const tops[] = {
      "",
      "VZCZCXYZ0016\nPP RUEHWEB\n\nDE RUEHNY #0071 0421215\nZNY CCCCC ZZH\n",
      "VZCZCABI111\nPP RUEHLO RUEHCP\nRUEHFR RUEHNY\n"
      "DE RUEHNY #0071/01 0421215\nZNY CCCCC ZZH (CCY ADC1AAAA MSI1111-111)\n",
      "null\nVZCZCXRO0071\nPP RUEHLO\nDE RUEHNY #0071/01 0421215\n",
      "INFO LOG-00   EEB-00   A-00     /037W\n"
      "                  ------------------A54E38  291401Z /38\n",
      "ACTION EUR-00\n\nINFO  LOG-00   AF-00    CIAE-00  /004W\n"
      "                  ------------------A1B2C3  141532Z /38\n",
      "ACTION: POL\nINFO: AMB DCM\nDISSEMINATION: POL\nCHARGE: PROG\n"
      "APPROVED: AMB:RHATHERLEY\nDRAFTED: POL:MQUENNELL\nCLEARED: NONE\n\n"
      "VZCZCXRO0071\nPP RUEHLO\nDE RUEHNY #0071/01 0421215\n",
  };
  for (size_t i = 0; i < sizeof(tops) / sizeof(*tops); i++) {
    telegram_case(tops[i]);
    const CablesTelegram *t = parse(telegram_format("%s%s", tops[i], rest));
    CHECK_NUMBER(t->found, 1);
    CHECK_TEXT(t->refid, "09OSLO71");
    CHECK_TEXT(t->created, "2009-02-11 12:15:00");
    CHECK_TEXT(t->precedence, "PRIORITY");
    CHECK_TEXT(telegram_addressees(t),
               "action:RUEHC/SECSTATE WASHDC,PRIORITY,0412");
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
    CHECK_TEXT(t->signer, "HATHERLEY");
  }
}

static void partial_extract(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "This record is a partial extract of the original cable. The full text "
      "of the original cable is not available.\n"
      "111215Z Feb 09\n" CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
      "\n" PARAGRAPHS SIGNATURE);
  CHECK_NUMBER(t->found, 1);
  CHECK_TEXT(t->dtg, "111215Z Feb 09");
  CHECK_TEXT(t->refid, "09OSLO71");
  CHECK_NUMBER(t->n_addressees, 0);
  CHECK_TEXT(t->sender, NULL);
  CHECK_ODD(t, "envelope", "partial extract without envelope");
}

/* 1970s.md 4, 5: distribution block, staff, dash line. */
static void staff_of_the_seventies(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "LIMITED OFFICIAL USE\n"
      "\n"
      "PAGE 01 STATE 041961\n"
      "66605\n"
      "ORIGIN EUR-12\n"
      "INFO OCT-01 ISO-00 SS-15 /028 R\n"
      "66605\n"
      "DRAFTED BY EUR/NE:MQUENNELL:LLL\n"
      "APPROVED BY: EUR:RHATHERLEY\n"
      "S/S - MR. PETTIGREW\n"
      "--------------------- 113164\n"
      "O R 252336Z FEB 74 ZFF6\n"
      "FM SECSTATE WASHDC\n"
      "TO AMEMBASSY OSLO NIACT IMMEDIATE\n"
      "INFO USMISSION NATO 0000\n"
      "LIMITED OFFICIAL USE STATE 041961\n"
      "E.O. 11652: N/A\n"
      "TAGS: PFOR, NO\n"
      "SUBJECT: FERRY\n"
      "1. SELL IT ONCE. LARKSPUR\n"
      "LIMITED OFFICIAL USE\n"
      "NNN\n");
  CHECK_TEXT(t->refid, "74STATE41961");
  CHECK_TEXT(t->drafted_by, "EUR/NE:MQUENNELL:LLL");
  CHECK_TEXT(t->approved_by, "EUR:RHATHERLEY");
  CHECK_TEXT(t->created, "1974-02-25 23:36:00");
  CHECK_TEXT(t->precedence, "IMMEDIATE");
  CHECK_TEXT(t->classification, "LIMITED OFFICIAL USE");
  CHECK_TEXT(t->origin, "Secretary of State");
  CHECK_TEXT(telegram_addressees(t),
             "action:AMEMBASSY OSLO,NIACT IMMEDIATE|info:USMISSION NATO,0000");
}

static void old_telegram(void **state) {
  (void)state;
  const CablesTelegram *t = parse(telegram_old);
  CHECK_TEXT(t->refid, "74NICOSIA575");
  CHECK_TEXT(t->precedence, "PRIORITY");
  CHECK_TEXT(t->sender, "AMEMBASSY NICOSIA");
  CHECK_TEXT(telegram_addressees(t),
             "action:SECSTATE WASHDC,PRIORITY,1900|info:AMEMBASSY ANKARA|"
             "info:AMEMBASSY LONDON,3343");
}

/* modern.md 1.8: routing, serial and month behind an address. */
static void odd_addresses(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *want;
  } cases[] = {
      {"TO ZEN/AMEMBASSY RIGA", "action:ZEN/AMEMBASSY RIGA"},
      {"TO ABC/AMEMBASSY RIGA", "action:ABC/AMEMBASSY RIGA"},
      {"TO RUE1/AMEMBASSY RIGA", "action:RUE1/AMEMBASSY RIGA"},
      {"TO /AMEMBASSY RIGA", "action:AMEMBASSY RIGA"},
      {"TO AMEMBASSY LA PAZ FEB 9249", "action:AMEMBASSY LA PAZ,9249"},
      {"TO AMEMBASSY LA PAZ FEB", "action:AMEMBASSY LA PAZ"},
      {"TO AMEMBASSY LA PAZ FEBRILE", "action:AMEMBASSY LA PAZ FEBRILE"},
      {"TO AMEMBASSY LA PAZ XY", "action:AMEMBASSY LA PAZ XY"},
      {"TO AMEMBASSY RIGA 7881-7884", "action:AMEMBASSY RIGA,7881-7884"},
      {"TO AMEMBASSY RIGA 123456789012", "action:AMEMBASSY RIGA 123456789012"},
      {"TO AMEMBASSY RIGA 12345-67890", "action:AMEMBASSY RIGA,12345-67890"},
      {"TO AMEMBASSY RIGA 123456-67890", "action:AMEMBASSY RIGA 123456-67890"},
      {"TO AMEMBASSY RIGA 7881-788", "action:AMEMBASSY RIGA,7881-788"},
      {"TO AMEMBASSY RIGA 7881-78", "action:AMEMBASSY RIGA 7881-78"},
      {"TO AMEMBASSY RIGA 7881-", "action:AMEMBASSY RIGA 7881-"},
      {"TO AMEMBASSY RIGA 78/81", "action:AMEMBASSY RIGA 78/81"},
      {"TO 7881", "action:7881"},
      {"TO PRIORITY", "action:PRIORITY"},
      {"TO X PRIORITY", "action:X,PRIORITY"},
      {"TO XPRIORITY", "action:XPRIORITY"},
      {"TO AMEMBASSY LA PAZ FE", "action:AMEMBASSY LA PAZ FE"},
      {"TO AMEMBASSY LA PAZ ABC", "action:AMEMBASSY LA PAZ ABC"},
      {"TO /", ""},
      {"TO , XMT AMEMBASSY LIMA", ""},
      {"TO AMEMBASSY RIGA\nINFO ABC", "action:AMEMBASSY RIGA|info:ABC"},
      {"TO AMEMBASSY RIGA\nINFO -00", "action:AMEMBASSY RIGA|info:-00"},
      {"TO AMEMBASSY RIGA\nINFO LOG-0X", "action:AMEMBASSY RIGA|info:LOG-0X"},
      {"TO AMEMBASSY RIGA\nINFO LOG-X0", "action:AMEMBASSY RIGA|info:LOG-X0"},
      {"TO AMEMBASSY RIGA\nINFO LOG-001", "action:AMEMBASSY RIGA|info:LOG-001"},
      {"TO AMEMBASSY RIGA\nINFO LOG-00\nEEB-00", "action:AMEMBASSY RIGA"},
      {"TO AMEMBASSY RIGA\n--------------- 113164\nEEB-00",
       "action:AMEMBASSY RIGA"},
      {"TO AMEMBASSY RIGA\n-------------- 113164",
       "action:AMEMBASSY RIGA|action:--------------,113164"},
      {"TO AMEMBASSY RIGA\n-----\nEEB-00", "action:AMEMBASSY RIGA"},
      {"TO AMEMBASSY RIGA\nACTION EUR-00\nEEB-00", "action:AMEMBASSY RIGA"},
      {"TO AMEMBASSY RIGA\nFM AMEMBASSY LIMA\nEEB-00", "action:AMEMBASSY RIGA"},
      {"TO AMEMBASSY RIGA7881", "action:AMEMBASSY RIGA7881"},
      {"TO AMEMBASSY RIGA PRIORITY 12", "action:AMEMBASSY RIGA,PRIORITY,12"},
      {"TO AMEMBASSY RIGA 12 PRIORITY", "action:AMEMBASSY RIGA,PRIORITY,12"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_addresses(cases[i].lines);
    CHECK_TEXT(telegram_addressees(t), cases[i].want);
  }
}

/* modern.md 1.8: letters of a routing indicator. */
static void routing_indicators(void **state) {
  (void)state;
  static const struct {
    const char *address;
    const char *routing;
  } cases[] = {
      {"ZEN/AMEMBASSY RIGA", "ZEN"},
      {"ZEM/AMEMBASSY RIGA", NULL},
      {"RUEH/AMEMBASSY RIGA", "RUEH"},
      {"RU2H/AMEMBASSY RIGA", NULL},
      {"RUEh/AMEMBASSY RIGA", NULL},
      {"rUEH/AMEMBASSY RIGA", NULL},
      {"XUEH/AMEMBASSY RIGA", NULL},
      {"RUE/AMEMBASSY RIGA", NULL},
      {"A/B", NULL},
      {"RUEH/", "RUEH"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char line[100];
    snprintf(line, sizeof(line), "TO %s", cases[i].address);
    const CablesTelegram *t = with_addresses(line);
    bool any = strcmp(cases[i].address, "RUEH/") != 0;
    CHECK_NUMBER(t->n_addressees, any);
    if (any) CHECK_TEXT(t->addressees[0].routing, cases[i].routing);
  }
}

/* Lines of a hundred bytes at most go on with a list. */
static void long_addresses(void **state) {
  (void)state;
  for (int n = 100; n <= 101; n++) {
    char lines[200];
    snprintf(lines, sizeof(lines), "TO AMEMBASSY RIGA\n%0*d", n, 0);
    const CablesTelegram *t = with_addresses(lines);
    CHECK_NUMBER(t->n_addressees, n == 100 ? 2 : 1);
  }
}

/* A text that ends in its envelope. */
static void ends_in_envelope(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *want;
  } cases[] = {
      {"INFO LOG-0", "info:LOG-0"},
      {"INFO LOG-", "info:LOG-"},
      {"INFO LOG", "info:LOG"},
      {"INFO LOG-00", ""},
      {"TO LA PAZ FEB", "action:LA PAZ"},
      {"TO LA PAZ FE", "action:LA PAZ FE"},
      {"TO RUEH/", ""},
      {"TO R", "action:R"},
      {"TO 1", "action:1"},
      {"TO A 1", "action:A,1"},
      {"P 111215Z FEB 0", ""},
      {"DRAFTED BY", ""},
      {"DE", ""},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].line);
    const CablesTelegram *t =
        parse(telegram_format("FM AMEMBASSY OSLO\n%s", cases[i].line));
    CHECK_TEXT(t->sender, "AMEMBASSY OSLO");
    CHECK_TEXT(telegram_addressees(t), cases[i].want);
  }
}

/* The first of each line counts; one that says nothing does not. */
static void said_twice(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "R 111215Z FEB 74\nFM AMEMBASSY OSLO\nFM AMEMBASSY LIMA\n"
      "R 121215Z FEB 75\nDRAFTED BY\nDRAFTED BY : :\nDRAFTED BY::EUR:ONE\n"
      "DRAFTED BY EUR:TWO\nAPPROVED BY EUR:THREE\nAPPROVED BY EUR:FOUR\n"
      "S E C R E T OSLO 0071\n");
  CHECK_TEXT(t->sender, "AMEMBASSY OSLO");
  CHECK_TEXT(t->dtg, "111215Z FEB 74");
  CHECK_TEXT(t->drafted_by, "EUR:ONE");
  CHECK_TEXT(t->approved_by, "EUR:THREE");
}

/* 1970s.md 5.2: one letter of three may be wrong, whichever it is, in any case;
** two may not. */
static void months_with_one_letter_wrong(void **state) {
  (void)state;
  static const struct {
    const char *month;
    const char *created;
  } cases[] = {
      {"XAN", "1977-01-16 02:20:00"},
      {"JXN", NULL},
      {"FXB", "1977-02-16 02:20:00"},
      {"fxB", "1977-02-16 02:20:00"},
      {"FEX", "1977-02-16 02:20:00"},
      {"DEX", "1977-12-16 02:20:00"},
      {"XXC", NULL},
      {"XEX", NULL},
      {"DXX", NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char line[40];
    snprintf(line, sizeof(line), "P 160220Z %s 77", cases[i].month);
    CHECK_TEXT(with_dtg(line)->created, cases[i].created);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(routing_indicators),
      telegram_test(long_addresses),
      telegram_test(ends_in_envelope),
      telegram_test(said_twice),
      telegram_test(months_with_one_letter_wrong),
      telegram_test(odd_addresses),
      telegram_test(date_time_groups),
      telegram_test(misspelt_month),
      telegram_test(lost_tops),
      telegram_test(senders),
      telegram_test(addresses),
      telegram_test(address_lists),
      telegram_test(printed_addresses),
      telegram_test(shapes),
      telegram_test(partial_extract),
      telegram_test(staff_of_the_seventies),
      telegram_test(old_telegram),
  };
  return telegram_run(tests);
}
