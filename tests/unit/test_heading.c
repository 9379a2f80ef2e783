/*
** Tests of the heading: classification line, captions, pass lines, E.O.,
** SUBJECT, and where the body begins.  Expected values are worked out from
** shared/format/modern.md 2 to 6 and 1970s.md 5.6, 6.
*/
#include "telegrams.h"

/* The telegram with another classification line. */
static const CablesTelegram *with_class_line(const char *line) {
  telegram_case(line);
  return parse(telegram_format(ENVELOPE "%s\n\n" EO_LINE TAGS_LINE SUBJECT_LINE
                                        "\n" CLASSIFIED PARAGRAPHS SIGNATURE,
                               line));
}

/* The telegram with other lines between classification line and E.O. line. */
static const CablesTelegram *with_handling(const char *lines) {
  telegram_case(lines);
  return parse(telegram_format(ENVELOPE CLASS_LINE
                               "%s\n" EO_LINE TAGS_LINE SUBJECT_LINE
                               "\n" CLASSIFIED PARAGRAPHS SIGNATURE,
                               lines));
}

/* The telegram with another E.O. line. */
static const CablesTelegram *with_eo(const char *line) {
  telegram_case(line);
  return parse(telegram_format(ENVELOPE CLASS_LINE
                               "SIPDIS\n\n%s\n" TAGS_LINE SUBJECT_LINE
                               "\n" CLASSIFIED PARAGRAPHS SIGNATURE,
                               line));
}

/* The telegram with other lines between TAGS and paragraph 1. */
static const CablesTelegram *with_subject(const char *lines) {
  telegram_case(lines);
  return parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE
                               "%s\n" PARAGRAPHS SIGNATURE,
                               lines));
}

/* What the common rest of these telegrams holds. */
static void check_rest(const CablesTelegram *t) {
  CHECK_TEXT(telegram_texts(t->tags), "PREL|EWWT|NO");
  CHECK_TEXT(t->classified_by, "Ambassador Rufus Hatherley");
  CHECK_TEXT(telegram_texts(t->reasons), "1.4(b)|1.4(d)");
  CHECK_NUMBER(t->n_numbered, 2);
  CHECK_TEXT(t->signer, "HATHERLEY");
  CHECK_NUMBER(t->header_complete, 1);
}

/* modern.md 2.1, 1970s.md 5.6. */
static void class_lines(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *classification;
    const char *refid;
    int sections;
  } cases[] = {
      {"C O N F I D E N T I A L OSLO 000071", "CONFIDENTIAL", "09OSLO71", 1},
      {"C O N F I D E N T I A L SECTION 01 OF 03 OSLO 000071", "CONFIDENTIAL",
       "09OSLO71", 3},
      {"S E C R E T SECTION 01 OF 24 OSLO 000071", "SECRET", "09OSLO71", 24},
      {"S E C R E T LA PAZ 000691", "SECRET", "09LAPAZ691", 1},
      {"S E C R E T RIO DE JANEIRO 000012", "SECRET", "09RIODEJANEIRO12", 1},
      {"S E C R E T UNVIE VIENNA 000285", "SECRET", "09UNVIEVIENNA285", 1},
      {"S E C R E T STATE 093970", "SECRET", "09STATE93970", 1},
      {"UNCLAS OSLO 000071", "UNCLASSIFIED", "09OSLO71", 1},
      {"UNCLAS SECTION 01 OF 02 OSLO 000071", "UNCLASSIFIED", "09OSLO71", 2},
      {"UNCLASSIFIED OSLO 0071", "UNCLASSIFIED", "09OSLO71", 1},
      {"UNCLAS E F T O OSLO 000071", "UNCLASSIFIED", "09OSLO71", 1},
      {"CONFIDENTIAL SECTION 01 of 03 OSLO 000071", "CONFIDENTIAL", "09OSLO71",
       3},
      {"SECRET OSLO 00071", "SECRET", "09OSLO71", 1},
      {"SECRET SECTION 1 OF 2 OSLO 0071", "SECRET", "09OSLO71", 2},
      {"SECRET SECTION 01 OF 01 OSLO 000071", "SECRET", "09OSLO71", 1},
      {"T O P S E C R E T OSLO 000071", "TOP SECRET", "09OSLO71", 1},
      {"LIMITED OFFICIAL USE OSLO 071", "LIMITED OFFICIAL USE", "09OSLO71", 1},
      {"S E C R E T SECTION 1OF 2 OSLO 71", "SECRET", "09OSLO71", 2},
      {"S E C R E T ST PETERSBURG 000071", "SECRET", "09STPETERSBURG71", 1},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_class_line(cases[i].line);
    CHECK_TEXT(t->classification, cases[i].classification);
    CHECK_TEXT(t->refid, cases[i].refid);
    CHECK_NUMBER(t->sections, cases[i].sections);
    check_rest(t);
  }
}

/* modern.md 2.2: every damage to the level word that was met. */
static void damaged_levels(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"SS E C R E T OSLO 000071", "SECRET"},
      {"CSE C R E T OSLO 000071", "SECRET"},
      {"SE C R E T OSLO 000071", "SECRET"},
      {"E C R E T OSLO 000071", "SECRET"},
      {"E C R E T SECTION 01 OF 02 OSLO 000071", "SECRET"},
      {"CC O N F I D E N T I A L OSLO 000071", "CONFIDENTIAL"},
      {"CO N F I D E N T I A L OSLO 000071", "CONFIDENTIAL"},
      {"C ONFIDENTIAL OSLO 000071", "CONFIDENTIAL"},
      {"O N F I D E N T I A L OSLO 000071", "CONFIDENTIAL"},
      {"O N F I D E N T I A L SECTION 01 OF 02 OSLO 000071", "CONFIDENTIAL"},
      {"UUNCLAS OSLO 000071", "UNCLASSIFIED"},
      {"S e c r e t oslo 000071", "SECRET"},
      {"C o n f i d e n t i a l section 01 of 04 oslo 000071", "CONFIDENTIAL"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_class_line(cases[i][0]);
    CHECK_TEXT(t->classification, cases[i][1]);
    CHECK_TEXT(t->refid, "09OSLO71");
    check_rest(t);
  }
}

/* modern.md 2.1: captions or the whole heading on the same line; a level
** without post. */
static void crowded_class_lines(void **state) {
  (void)state;
  const CablesTelegram *t =
      with_class_line("S E C R E T OSLO 000071 SIPDIS NOFORN");
  CHECK_TEXT(t->refid, "09OSLO71");
  CHECK_TEXT(telegram_texts(t->captions), "SIPDIS|NOFORN");
  CHECK_TEXT(t->classification, "SECRET//NOFORN");
  check_rest(t);
  t = with_class_line("SECRET//NOFORN");
  CHECK_TEXT(t->classification, "SECRET//NOFORN");
  CHECK_TEXT(telegram_texts(t->captions), "NOFORN");
  check_rest(t);
  t = with_class_line("S E C R E T");
  CHECK_TEXT(t->classification, "SECRET");
  check_rest(t);
  telegram_case("all on one line");
  t = parse(ENVELOPE
            "C O N F I D E N T I A L OSLO 000071 SIPDIS E.O. 12958: DECL: "
            "02/11/2019 TAGS: PREL, EWWT, NO SUBJECT: A BUOY WITHOUT A NAME "
            "REF: OSLO 44 Classified By: Ambassador Rufus Hatherley for "
            "reasons 1.4 (b) and (d).\n\n" PARAGRAPHS SIGNATURE);
  CHECK_TEXT(t->refid, "09OSLO71");
  CHECK_TEXT(telegram_texts(t->captions), "SIPDIS");
  CHECK_TEXT(t->executive_order, "12958");
  CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  CHECK_TEXT(telegram_references(t), "cable:09OSLO44");
  check_rest(t);
}

/* modern.md 2.4: lines above the classification line, within the body. */
static void lines_above(void **state) {
  (void)state;
  static const char *const tops[] = {
      "Wednesday, 11 February 2009, 12:15\n",
      "ID: 1\nORIGIN: Embassy Oslo\nCLASSIFICATION: CONFIDENTIAL\nMISC:\n",
      "C O N F I D E N T I A L\n",
  };
  for (size_t i = 0; i < sizeof(tops) / sizeof(*tops); i++) {
    telegram_case(tops[i]);
    const CablesTelegram *t = parse(
        telegram_format(ENVELOPE "%s" CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                                 "\n" CLASSIFIED PARAGRAPHS SIGNATURE,
                        tops[i]));
    CHECK_TEXT(t->refid, "09OSLO71");
    CHECK_TEXT(t->classification, "CONFIDENTIAL");
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
    check_rest(t);
  }
}

/* modern.md 3.1: captions in their orders, duplicates once. */
static void captions(void **state) {
  (void)state;
  static const char *const cases[][3] = {
      {"SIPDIS\n", "SIPDIS", "CONFIDENTIAL"},
      {"NOFORN\nSIPDIS\n", "NOFORN|SIPDIS", "CONFIDENTIAL//NOFORN"},
      {"SIPDIS\n\nNOFORN\n", "SIPDIS|NOFORN", "CONFIDENTIAL//NOFORN"},
      {"SIPDIS\nNOFORN\nSIPDIS\n", "SIPDIS|NOFORN", "CONFIDENTIAL//NOFORN"},
      {"SIPDIS SIPDIS\n", "SIPDIS", "CONFIDENTIAL"},
      {"NOFORN SIPDIS\n", "NOFORN|SIPDIS", "CONFIDENTIAL//NOFORN"},
      {"SENSITIVE\nSIPDIS\n", "SENSITIVE|SIPDIS", "CONFIDENTIAL"},
      {"Sipdis\n", "SIPDIS", "CONFIDENTIAL"},
      {"SENSITIVE BUT UNCLASSIFIED\n", "SENSITIVE BUT UNCLASSIFIED",
       "CONFIDENTIAL"},
      {"NOFORN, NOT FOR INTERNET DISTRIBUTION\n",
       "NOFORN|NOT FOR INTERNET DISTRIBUTION", "CONFIDENTIAL//NOFORN"},
      {"RELEASABLE TO PAKISTAN\n", "RELEASABLE TO PAKISTAN", "CONFIDENTIAL"},
      {"DEA SENSITIVE\n", "DEA SENSITIVE", "CONFIDENTIAL"},
      {"POST FOR DEA ONLY\n", "POST FOR DEA ONLY", "CONFIDENTIAL"},
      {"CODEL\n", "CODEL", "CONFIDENTIAL"},
      {"EXDIS\nSTADIS\n", "EXDIS|STADIS", "CONFIDENTIAL"},
      {"NODIS/CHEROKEE\n", "NODIS|CHEROKEE", "CONFIDENTIAL"},
      {"NODIS\nCHEROKEE\n", "NODIS|CHEROKEE", "CONFIDENTIAL"},
      {"STADIS///////////////////////////\n", "STADIS", "CONFIDENTIAL"},
      {"LIMDIS\n", "LIMDIS", "CONFIDENTIAL"},
      {"ROGER CHANNEL\n", "ROGER CHANNEL", "CONFIDENTIAL"},
      {"DISSENT CHANNEL\n", "DISSENT CHANNEL", "CONFIDENTIAL"},
      {"OFFICIAL INFORMAL\n", "OFFICIAL INFORMAL", "CONFIDENTIAL"},
      {"EYES ONLY\n", "EYES ONLY", "CONFIDENTIAL"},
      {"EXDIS TOSEC 37\n", "EXDIS", "CONFIDENTIAL"},
      {"", "", "CONFIDENTIAL"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_handling(cases[i][0]);
    CHECK_TEXT(telegram_texts(t->captions), cases[i][1]);
    CHECK_TEXT(t->classification, cases[i][2]);
    CHECK_TEXT(telegram_texts(t->pass), "");
    check_rest(t);
  }
}

/* modern.md 10.1: SENSITIVE makes an unclassified telegram restricted. */
static void sensitive(void **state) {
  (void)state;
  const CablesTelegram *t =
      with_class_line("UNCLAS OSLO 000071\n\nSENSITIVE\nSIPDIS");
  CHECK_TEXT(t->classification, "UNCLASSIFIED//FOR OFFICIAL USE ONLY");
}

/* modern.md 3.2. */
static void corrected_copies(void **state) {
  (void)state;
  static const char *const cases[] = {
      "C O R R E C T E D COPY\n",
      "C O R R E C T E D C O P Y\n",
      "C O R R E C T E D  C O P Y\n",
      "CORRECTED COPY\n",
      "C O R R E C T E D C O PY\n",
      "C O R R E C T COPY\n",
      "C O R R E C T E D COPY CAPTION\n",
      "C O R R E C T E D C O P Y (TEXT)\n",
      "C O R R E C T E D COPY - CAPTION ADDED\n",
      "C O R R E C T E D COPY FOR MISSING NOFORN CAPTION\n",
      "C O R R E C T E D COPY (ADDED TAG)\n",
      "CORRECTED COPY//SUBJECT LINE//////////////////\n",
      "C O R R E C T E D COPY --CHANGE OF CLASSIFICATION\n",
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_handling(cases[i]);
    CHECK_TEXT(telegram_texts(t->captions), "CORRECTED COPY");
    CHECK_TEXT(t->classification, "CONFIDENTIAL");
    check_rest(t);
  }
}

/* modern.md 3.3, 1970s.md 6.2: whatever is no caption. */
static void pass_lines(void **state) {
  (void)state;
  static const char *const cases[][3] = {
      {"STATE FOR EUR/NB\n", "STATE FOR EUR/NB", ""},
      {"SIPDIS\n\nSTATE FOR EUR/NB\nNSC FOR HAVERSTOCK\n",
       "STATE FOR EUR/NB|NSC FOR HAVERSTOCK", "SIPDIS"},
      {"STATE FOR EUR/NB; NSC FOR HAVERSTOCK\n",
       "STATE FOR EUR/NB|NSC FOR HAVERSTOCK", ""},
      {"DEPT FOR EUR/NB, OES/OPA (QUENNELL), AND\nEUR/ERA\n\nNOFORN\n",
       "DEPT FOR EUR/NB, OES/OPA (QUENNELL), AND EUR/ERA", "NOFORN"},
      {"AMEMBASSY BERLIN PASS TO AMCONSUL LEIPZIG\n",
       "AMEMBASSY BERLIN PASS TO AMCONSUL LEIPZIG", ""},
      {"PLEASE PASS TO TREASURY\n", "PLEASE PASS TO TREASURY", ""},
      {"EXDIS\nFOR THE SECRETARY FROM CHARGE\n",
       "FOR THE SECRETARY FROM CHARGE", "EXDIS"},
      {"NODIS, FOR AMBASSADOR FROM THE SECRETARY\n",
       "FOR AMBASSADOR FROM THE SECRETARY", "NODIS"},
      {"INFO AMEMBASSY BEIJING PRIORITY\n", "", ""},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_handling(cases[i][0]);
    CHECK_TEXT(telegram_texts(t->pass), cases[i][1]);
    CHECK_TEXT(telegram_texts(t->captions), cases[i][2]);
    CHECK_TEXT(t->executive_order, "12958");
    check_rest(t);
  }
}

/* modern.md 4.2: spellings of the lead and of the instruction. */
static void eo_lines(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *order;
    const char *kind;
    int year, month, day;
  } cases[] = {
      {"E.O. 12958: DECL: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"EO 12958 DECL: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E.O. 12958 DECL: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E.o. 12958: decl: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E.O 12958: DECL: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E.O.12958: DECL: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E.0. 12958: DECL: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E. O. 12958: DECL: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E.O. 12598: DECL: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E.O. 19528: DECL: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E.O. 12958: DECL: 2/11/2019", "12958", "date", 2019, 2, 11},
      {"E.O. 12958: DECL:  2/1/2019", "12958", "date", 2019, 2, 1},
      {"E.O. 12958: DECL: 2019/02/11", "12958", "date", 2019, 2, 11},
      {"EO 12958 DECL: 2019/02/11", "12958", "date", 2019, 2, 11},
      {"E.O. 12958: DECL: 2019-02-11", "12958", "date", 2019, 2, 11},
      {"E.O. 12958: DECL: 02/11/19", "12958", "date", 2019, 2, 11},
      {"E.O. 12958: DECLl: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E.O. 12958: 02/11/2019", "12958", "date", 2019, 2, 11},
      {"E.O. 12958: N/A", "12958", "not_classified", 0, 0, 0},
      {"EO 12958 n/a", "12958", "not_classified", 0, 0, 0},
      {"E.O. 12958: DECL: CLOSURE OF THE FERRY", "12958", "event", 0, 0, 0},
      {"E.O. 12958: DECL: X1, X5", "12958", "exempt", 0, 0, 0},
      {"E.O. 12958: DECL: MR", "12958", "indefinite", 0, 0, 0},
      {"E.O. 12356: DECL:OADR", "12356", "indefinite", 0, 0, 0},
      {"E.O.12356: DECL: OADR", "12356", "indefinite", 0, 0, 0},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_eo(cases[i].line);
    CHECK_NUMBER(t->has_declass, 1);
    CHECK_TEXT(t->executive_order, cases[i].order);
    CHECK_WORD(cables_declass_kind_name(t->declass.kind), cases[i].kind);
    CHECK_NUMBER(t->declass.date.year, cases[i].year);
    CHECK_NUMBER(t->declass.date.month, cases[i].month);
    CHECK_NUMBER(t->declass.date.day, cases[i].day);
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
    check_rest(t);
  }
}

/* modern.md 4.2, last point; 12, points 8 and 11; 1970s.md 6.3. */
static void eo_places(void **state) {
  (void)state;
  static const char *const headings[] = {
      TAGS_LINE EO_LINE SUBJECT_LINE "\n",
      SUBJECT_LINE EO_LINE TAGS_LINE "\n",
      "E.O. 12958: DECL: 02/11/2019 TAGS: PREL, EWWT, NO\n" SUBJECT_LINE "\n",
      "EO 12958 DECL: 02/11/2019 TAGS PREL, EWWT, NO\n" SUBJECT_LINE "\n",
      "E.O. 12958: DECL: 02/11/2019 TAGS: PREL, EWWT, NO Subject: A BUOY "
      "WITHOUT A NAME\n\n",
      "DEPT FOR EUR/NB E.O. 12958: DECL: 02/11/2019\n" TAGS_LINE SUBJECT_LINE
      "\n",
      "SIPDIS E.O. 12958: DECL: 02/11/2019\n" TAGS_LINE SUBJECT_LINE "\n",
      /* old copies print it for each section: the first counts */
      EO_LINE TAGS_LINE SUBJECT_LINE
      "\nE.O. 12958: DECL: 03/12/2030\nTAGS: PREL, "
      "EWWT, NO\nSUBJECT: A BUOY WITHOUT A NAME\n\n",
  };
  for (size_t i = 0; i < sizeof(headings) / sizeof(*headings); i++) {
    telegram_case(headings[i]);
    const CablesTelegram *t = parse(telegram_format(
        ENVELOPE CLASS_LINE "%s" CLASSIFIED PARAGRAPHS SIGNATURE, headings[i]));
    CHECK_TEXT(t->executive_order, "12958");
    CHECK_NUMBER(t->declass.date.year, 2019);
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
    check_rest(t);
  }
}

/* modern.md 6. */
static void subjects(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *subject;
    const char *marking;
    const char *refs;
  } cases[] = {
      {"SUBJECT: A BUOY\n", "A BUOY", NULL, ""},
      {"Subject: A BUOY\n", "A BUOY", NULL, ""},
      {"SUBJ: A BUOY\n", "A BUOY", NULL, ""},
      {"SUBJECT A BUOY\n", "A BUOY", NULL, ""},
      {"UBJECT: A BUOY\n", "A BUOY", NULL, ""},
      {"SUBJECT:A BUOY\n", "A BUOY", NULL, ""},
      {"SUBJECT;A BUOY\n", "A BUOY", NULL, ""},
      {"SUBJT: A BUOY\n", "A BUOY", NULL, ""},
      {"SUBJECT:\n\nA BUOY\n", "A BUOY", NULL, ""},
      {"SUBJECT: A BUOY\nAND ITS  NAME\n", "A BUOY AND ITS NAME", NULL, ""},
      {"SUBJECT: A BUOY\nAND\nITS NAME\n", "A BUOY AND ITS NAME", NULL, ""},
      {"SUBJECT: (S) A BUOY\n", "A BUOY", "S", ""},
      {"SUBJECT: (S/NF) A BUOY\n", "A BUOY", "S/NF", ""},
      {"SUBJECT: (SBU) A BUOY\n", "A BUOY", "SBU", ""},
      {"SUBJECT: (S/REL UK) A BUOY\n", "A BUOY", "S/REL UK", ""},
      {"SUBJECT: (U) A BUOY (U.S.)\n", "A BUOY (U.S.)", "U", ""},
      {"SUBJECT: (NORWAY) A BUOY\n", "(NORWAY) A BUOY", NULL, ""},
      {"SUBJECT: A BUOY REF: OSLO 44\n", "A BUOY", NULL, "cable:09OSLO44"},
      {"SUBJECT: A BUOY OFF FINLANDREF: OSLO 44\n", "A BUOY OFF FINLAND", NULL,
       "cable:09OSLO44"},
      {"SUBJECT: A BUOY\nREF: OSLO 44\n", "A BUOY", NULL, "cable:09OSLO44"},
      {"SUBJECT: A BUOY\n\nAND MORE WORDS\n", "A BUOY", NULL, ""},
      {"SUBJECT: A BUOY\nOSLO 00000071  001.2 OF 002\n", "A BUOY", NULL, ""},
      {"SUBJECT: A BUOY\nTHIS IS\n\nREF: OSLO 44\n", "A BUOY THIS IS", NULL,
       "cable:09OSLO44"},
      {"SUBJECT: A BUOY\n------------------\n", "A BUOY", NULL, ""},
      {"SUBJECT: REFORM OF BUOYS\nREFRAINS\n", "REFORM OF BUOYS REFRAINS", NULL,
       ""},
      {"", NULL, NULL, ""},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_subject(cases[i].lines);
    CHECK_TEXT(t->subject, cases[i].subject);
    CHECK_TEXT(t->subject_marking, cases[i].marking);
    CHECK_TEXT(telegram_references(t), cases[i].refs);
    CHECK_NUMBER(t->n_numbered, 2);
    CHECK_TEXT(telegram_texts(t->tags), "PREL|EWWT|NO");
  }
}

/* modern.md 6: Classified By on the line of the subject, glued to it. */
static void subject_and_classifier(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"SUBJECT: A BUOY Classified By: Dcm Oswin Pargeter. Reason: 1.4 (d).\n",
       "A BUOY"},
      {"SUBJECT: A VISIT TO BERGENClassified By: Dcm Oswin Pargeter. Reason: "
       "1.4 (d).\n",
       "A VISIT TO BERGEN"},
      {"SUBJECT: A BUOY\nClassified By: Dcm Oswin Pargeter. Reason: 1.4 (d).\n",
       "A BUOY"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_subject(cases[i][0]);
    CHECK_TEXT(t->subject, cases[i][1]);
    CHECK_TEXT(t->classified_by, "Dcm Oswin Pargeter");
    CHECK_TEXT(telegram_texts(t->reasons), "1.4(d)");
  }
}

/* 1970s.md 5.6 to 6.7. */
static void heading_of_the_seventies(void **state) {
  (void)state;
  const CablesTelegram *t = parse(telegram_old);
  CHECK_TEXT(t->refid, "74NICOSIA575");
  CHECK_TEXT(t->classification, "CONFIDENTIAL");
  CHECK_NUMBER(t->sections, 2);
  CHECK_TEXT(telegram_texts(t->captions), "EXDIS");
  CHECK_TEXT(t->executive_order, "11652");
  CHECK_TEXT(t->subject, "THE FERRY THAT WAS SOLD TWICE");
  CHECK_TEXT(telegram_texts(t->tags), "PFOR|EWWT|CY");
  CHECK_TEXT(telegram_references(t), "cable:74STATE62518");
  CHECK_TEXT(t->signer, "LARKSPUR");
  static const char *const cases[][3] = {
      {"SUBJECT: FERRY\nFOR SECRETARY FROM HATHERLEY\nREF: STATE 062518\n",
       "FERRY", "cable:79STATE62518"},
      {"SUBJECT: FERRY OF NOVEMBER\n8, 1976\nREF: STATE 76 062518\n",
       "FERRY OF NOVEMBER 8, 1976", "cable:76STATE62518"},
      {"SUBJECT: FERRY\nDeclassified/Released US Department of State EO "
       "Systematic Review 20 Mar 2014\nREF: STATE 062518\n",
       "FERRY", "cable:79STATE62518"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i][0]);
    t = parse(
        telegram_format("R 041550Z APR 79\nFM AMEMBASSY OSLO\nTO SECSTATE "
                        "WASHDC\nUNCLAS OSLO 575\nE.O. 12065: N/A\n"
                        "TAGS: EWWT, NO\n%s1. TEXT.\n2. MORE.\nLARKSPUR\n",
                        cases[i][0]));
    CHECK_TEXT(t->subject, cases[i][1]);
    CHECK_TEXT(telegram_references(t), cases[i][2]);
    CHECK_NUMBER(t->n_numbered, 2);
  }
}

/* 1970s.md 6.3: an empty value is legal. */
static void eo_without_value(void **state) {
  (void)state;
  const CablesTelegram *t = with_eo("E.O. 11652:");
  CHECK_NUMBER(t->has_declass, 1);
  CHECK_TEXT(t->executive_order, "11652");
  CHECK_WORD(cables_declass_kind_name(t->declass.kind), "missing");
  check_rest(t);
}

/* 1970s.md 7: a header field is the first before paragraph 1. */
static void fields_in_the_body(void **state) {
  (void)state;
  const CablesTelegram *t =
      parse(HEADER PARAGRAPHS
            "3. (C) The draft reads:\n\nE.O. 13526: DECL: 01/01/2030\n"
            "TAGS: ECON\nSUBJECT: ANOTHER\nREF: OSLO 99\n\n" SIGNATURE);
  CHECK_TEXT(t->executive_order, "12958");
  CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  CHECK_TEXT(telegram_references(t), "");
  CHECK_NUMBER(t->n_numbered, 3);
}

/* telegram.h, header_complete: reading on cannot change a field. */
static void check_heads(const char *text) {
  size_t n = strlen(text);
  CablesParseOptions options = {.want = CABLES_WANT_HEADER};
  char *whole = telegram_digest(parse_bytes(text, n, options), false);
  bool completed = false;
  for (size_t i = 0; i <= n; i++) {
    options.more = true;
    const CablesTelegram *t = parse_bytes(text, i, options);
    if (!t->header_complete) {
      /* What was complete stays complete. */
      CHECK_NUMBER(completed, false);
      continue;
    }
    completed = true;
    char *head = telegram_digest(t, false);
    if (strcmp(head, whole) != 0) {
      print_error("head of %zu bytes: \"...%.*s\"\n%s\nwhole:\n%s\n", i,
                  (int)(i < 30 ? i : 30), text + (i < 30 ? 0 : i - 30), head,
                  whole);
    }
    CHECK_NUMBER(strcmp(head, whole), 0);
    free(head);
  }
  CHECK_NUMBER(completed, true);
  free(whole);
}

static void heads_modern(void **state) {
  (void)state;
  check_heads(telegram_modern);
}
static void heads_old(void **state) {
  (void)state;
  check_heads(telegram_old);
}
static void heads_page(void **state) {
  (void)state;
  check_heads(telegram_page);
}

/* Headings that end in other ways. */
static void heads_others(void **state) {
  (void)state;
  static const char *const rests[] = {
      EO_LINE TAGS_LINE SUBJECT_LINE
      "\n-------\nSUMMARY\n-------\n\n" PARAGRAPHS,
      EO_LINE TAGS_LINE SUBJECT_LINE
      "\nREF: A. OSLO 44\n\n     B. 08 OSLO 612\n"
      "\nSUMMARY\n-------\n\n" PARAGRAPHS,
      EO_LINE TAGS_LINE SUBJECT_LINE "\n" PARAGRAPHS,
      EO_LINE TAGS_LINE SUBJECT_LINE
      "\n1. Classified by Ambassador Rufus "
      "Hatherley, reason 1.4 (d).\n\n2. (C) One."
      "\n\n3. (C) Two.\n",
      EO_LINE TAGS_LINE "SUBJECT: A BUOY REF: OSLO 44\n\nSummary: (C) One.\n",
      EO_LINE "TAGS: PREL\nNO, DA\n" SUBJECT_LINE
              "REF: OSLO\n44\n\n(SBU) Text without number.\n\nMore of it.\n",
  };
  for (size_t i = 0; i < sizeof(rests) / sizeof(*rests); i++) {
    telegram_case(rests[i]);
    const char *text =
        telegram_format(ENVELOPE CLASS_LINE "SIPDIS\n\n%s" SIGNATURE, rests[i]);
    check_heads(text);
  }
}

/* modern.md 2.1, 3: captions on the classification line. */
static void captions_on_the_line(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *captions;
    int sections;
  } cases[] = {
      {"SECRET//NOFORN OSLO 000071", "NOFORN", 1},
      {"UNCLAS SENSITIVE OSLO 000071", "SENSITIVE", 1},
      {"C O N F I D E N T I A L SECTION 01 OF 00 OSLO 000071", "", 1},
      {"C O N F I D E N T I A L SECTION 01 OF 12 OSLO 000071", "", 12},
      {"C O N F I D E N T I A L OSLO 000071 NOFORN SIPDIS", "NOFORN|SIPDIS", 1},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_class_line(cases[i].line);
    CHECK_TEXT(t->refid, "09OSLO71");
    CHECK_TEXT(telegram_texts(t->captions), cases[i].captions);
    CHECK_NUMBER(t->sections, cases[i].sections);
  }
}

/* modern.md 3.3: pass lines; addresses and announcements are none. */
static void pass_or_address(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *pass;
  } cases[] = {
      {"STATE FOR EUR/NB", "STATE FOR EUR/NB"},
      {"DEPT PASS TO COMMERCE; TREASURY FOR IA,",
       "DEPT PASS TO COMMERCE|TREASURY FOR IA"},
      {"STATE FOR EUR/NB;; NSC FOR SMITH", "STATE FOR EUR/NB|NSC FOR SMITH"},
      {"STATE FOR EUR/NB\nEUR/RPM, EUR/ERA",
       "STATE FOR EUR/NB EUR/RPM, EUR/ERA"},
      {"STATE POUCH TO BERGEN", "STATE POUCH TO BERGEN"},
      {"- STATE FOR EUR/NB", "STATE FOR EUR/NB"},
      {"INFO AMEMBASSY LONDON", ""},
      {"TO SECSTATE WASHDC", ""},
      {"TOSEC 120044", ""},
      {"SECTO 11009", ""},
      {"FOLLOWING IS REPEATED FOR YOUR INFORMATION", ""},
      {"FOL IS FOR YOU", ""},
      {"QUOTE FOR YOU", ""},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = with_handling(cases[i].lines);
    CHECK_TEXT(telegram_texts(t->pass), cases[i].pass);
    check_rest(t);
  }
}

/* modern.md 9.1: what opens the body of a telegram without numbers. */
static void bodies(void **state) {
  (void)state;
  static const char *const openings[] = {
      "This is an action request, see below.",
      "SUMMARY: A buoy.",
      "(C) A buoy was laid out.",
      "(U) A buoy was laid out.",
  };
  for (size_t i = 0; i < sizeof(openings) / sizeof(*openings); i++) {
    telegram_case(openings[i]);
    const CablesTelegram *t =
        parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                              "\n" CLASSIFIED "%s\n\nHATHERLEY\n",
                              openings[i]));
    CHECK_TEXT(t->body, openings[i]);
    CHECK_TEXT(t->classified_by, "Ambassador Rufus Hatherley");
  }
}

/* modern.md 8: the reasons on a line of their own. */
static void reasons_apart(void **state) {
  (void)state;
  static const char *const lines[] = {
      "Classified By: Ambassador Rufus Hatherley\n\nReasons: 1.4 (b) and "
      "(d).\n",
      "Classified By: Ambassador Rufus Hatherley\n\n1.4 (b) and (d)\n",
  };
  for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
    telegram_case(lines[i]);
    const CablesTelegram *t =
        parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                              "\n%s\n" PARAGRAPHS SIGNATURE,
                              lines[i]));
    CHECK_TEXT(telegram_texts(t->reasons), "1.4(b)|1.4(d)");
    CHECK_NUMBER(t->n_numbered, 2);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(captions_on_the_line),
      telegram_test(pass_or_address),
      telegram_test(bodies),
      telegram_test(reasons_apart),
      telegram_test(class_lines),
      telegram_test(damaged_levels),
      telegram_test(crowded_class_lines),
      telegram_test(lines_above),
      telegram_test(captions),
      telegram_test(sensitive),
      telegram_test(corrected_copies),
      telegram_test(pass_lines),
      telegram_test(eo_lines),
      telegram_test(eo_places),
      telegram_test(subjects),
      telegram_test(subject_and_classifier),
      telegram_test(heading_of_the_seventies),
      telegram_test(eo_without_value),
      telegram_test(fields_in_the_body),
      telegram_test(heads_modern),
      telegram_test(heads_old),
      telegram_test(heads_page),
      telegram_test(heads_others),
  };
  return telegram_run(tests);
}
