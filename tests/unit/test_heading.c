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

/* modern.md 4.2, 5.2, 6, 7.1, 8.2: every first letter that a label can have. */
static void labels(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *tags; /* NULL: with_subject's are whole */
    const char *subject;
    const char *refs;
    const char *by;
  } cases[] = {
      {"RTAGS: PFOR", "PFOR", NULL, "", NULL},
      {"TTAGS: PFOR", "PFOR", NULL, "", NULL},
      {"AGS: PFOR", "PFOR", NULL, "", NULL},
      {"TGS: PFOR", "PFOR", NULL, "", NULL},
      {"tags: pfor", "PFOR", NULL, "", NULL},
      {"SUBJECT: A BELL", "", "A BELL", "", NULL},
      {"ubject: A BELL", "", "A BELL", "", NULL},
      {"REF: LIMA 71", "", NULL, "cable:09LIMA71", NULL},
      {"REF\nLIMA 71", "", NULL, "cable:09LIMA71", NULL},
      {"Program Ref: LIMA 71", "", NULL, "cable:09LIMA71", NULL},
      {"A. REF LIMA 71", "", NULL, "A:cable:09LIMA71", NULL},
      {"Classified By: A Bell", "", NULL, "", "A Bell"},
      {"CALSSIFIED BY: A Bell", "", NULL, "", NULL},
      {"(U) Classified By: A Bell", "", NULL, "", "A Bell"},
      {"10. Classified By: A Bell", "", NULL, "", "A Bell"},
      {"Derived From: A Bell", "", NULL, "", "A Bell"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].line);
    const CablesTelegram *t = parse(telegram_format(
        ENVELOPE CLASS_LINE EO_LINE "%s\n\n" PARAGRAPHS, cases[i].line));
    CHECK_TEXT(telegram_texts(t->tags), cases[i].tags);
    CHECK_TEXT(t->subject, cases[i].subject);
    CHECK_TEXT(telegram_references(t), cases[i].refs);
    CHECK_TEXT(t->classified_by, cases[i].by);
  }
  telegram_case("(U) before the order");
  const CablesTelegram *t = with_eo("(U) E.O. 12958: DECL: 02/11/2019");
  CHECK_TEXT(t->executive_order, "12958");
  check_rest(t);
}

/* modern.md 2.1: the shortest line; a level alone that is spaced out widely,
** 48 bytes and 49. */
static void lengths_of_class_lines(void **state) {
  (void)state;
  const CablesTelegram *t = with_class_line("ECRET X1");
  CHECK_TEXT(t->classification, "SECRET");
  CHECK_TEXT(t->refid, "09X1");
  t = with_class_line("NCLAS X1");
  CHECK_TEXT(t->classification, "UNCLASSIFIED");
  for (int n = 48; n <= 49; n++) {
    char line[60];
    snprintf(line, sizeof(line), "C O N F I D E N T I %*s", n - 20, "A L");
    CHECK_NUMBER(strlen(line), n);
    t = with_class_line(line);
    CHECK_TEXT(t->classification, n == 48 ? "CONFIDENTIAL" : NULL);
  }
}

/* A level alone counts above a label, or in the first four lines of a text
** without any; a caption below it does not end the envelope. */
static void levels_alone(void **state) {
  (void)state;
  for (int n = 3; n <= 4; n++) {
    const CablesTelegram *t =
        parse(telegram_format("FM AMEMBASSY OSLO\n%.*sSECRET\nThe buoys.\n",
                              2 * (n - 1), "A\nB\nC\nD\n"));
    CHECK_TEXT(t->classification, n == 3 ? "SECRET" : NULL);
  }
  const CablesTelegram *t =
      parse("FM AMEMBASSY OSLO\nSECRET\nSIPDIS\nE.O. 12958: X1\n");
  CHECK_TEXT(t->classification, "SECRET");
  CHECK_TEXT(telegram_texts(t->captions), "SIPDIS");
  CHECK_TEXT(t->executive_order, "12958");
  telegram_case("a caption alone ends the envelope");
  t = parse("FM AMEMBASSY OSLO\nSIPDIS\nTO AMEMBASSY LIMA\nE.O. 12958: X1\n");
  CHECK_NUMBER(t->n_addressees, 0);
  CHECK_TEXT(t->sender, "AMEMBASSY OSLO");
  CHECK_TEXT(telegram_texts(t->captions), "SIPDIS");
}

/* The envelope has 260 lines at most. */
static void long_envelopes(void **state) {
  (void)state;
  for (size_t n = 259; n <= 260; n++) {
    char text[700] = "VZCZC\n";
    for (size_t i = 1; i < n; i++) strcat(text, "A\n");
    strcat(text, CLASS_LINE);
    CHECK_TEXT(parse(text)->classification, n == 259 ? "CONFIDENTIAL" : NULL);
  }
}

/* Fragments: lines that make the rest of them an envelope, and labels inside
** their lines. */
static void fragments(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *addressees;
    const char *order;
  } cases[] = {
      {"TO AMEMBASSY LIMA\nCIA WASHDC\n",
       "action:AMEMBASSY LIMA|action:CIA WASHDC", NULL},
      {"INFO AMEMBASSY LIMA\nCIA WASHDC\n",
       "info:AMEMBASSY LIMA|info:CIA WASHDC", NULL},
      {"Buoys\nTO AMEMBASSY LIMA\nCIA WASHDC\n", "", NULL},
      {"Buoys\nFM AMEMBASSY OSLO\nTO AMEMBASSY LIMA\n", "action:AMEMBASSY LIMA",
       NULL},
      {"TO AMEMBASSY LIMA\nSENSITIVE EO 12958 DECL X1\n",
       "action:AMEMBASSY LIMA", "12958"},
      {"TO AMEMBASSY LIMA\nRXFEAA/CIA WASHDC\nRUEHC/CIA EO 12958 DECL X1\n",
       "action:AMEMBASSY LIMA|action:RXFEAA/CIA WASHDC", "12958"},
      {"TO AMEMBASSY LIMA\nRHFEAA/CIA WASHDC E.O. 12958: X1\n",
       "action:AMEMBASSY LIMA", "12958"},
      {"TO AMEMBASSY LIMA\nCIA WASHDC E.O. 12958 X1\n", "action:AMEMBASSY LIMA",
       "12958"},
      {"TO AMEMBASSY LIMA\nCIA WASHDC TAGS: PREL\nE.O. 12958 X1\n",
       "action:AMEMBASSY LIMA", "12958"},
      {"TO AMEMBASSY LIMA\nCIA TAGS PREL\n",
       "action:AMEMBASSY LIMA|action:CIA TAGS PREL", NULL},
      {"TO AMEMBASSY LIMA\nCIA EOX 12958 DECL X1\n",
       "action:AMEMBASSY LIMA|action:CIA EOX 12958 DECL X1", NULL},
      {"TO AMEMBASSY LIMA\nE.O. 12958: X1\nCIA WASHDC\n",
       "action:AMEMBASSY LIMA", "12958"},
      {"TO AMEMBASSY LIMA\n1. A buoy.\nCIA WASHDC\n", "action:AMEMBASSY LIMA",
       NULL},
      {"TO AMEMBASSY LIMA\n(C) A buoy.\nCIA WASHDC\n", "action:AMEMBASSY LIMA",
       NULL},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].text);
    const CablesTelegram *t = parse(cases[i].text);
    CHECK_TEXT(telegram_addressees(t), cases[i].addressees);
    CHECK_TEXT(t->executive_order, cases[i].order);
  }
}

/* modern.md 9.1, 9.2: what goes on with a subject, and what opens the body
** below it. */
static void below_subjects(void **state) {
  (void)state;
  static const struct {
    const char *line;
    bool body;
  } cases[] = {
      {"1. AB", true},
      {"1.", true},
      {"1", false},
      {"1) AB", false},
      {"(1. AB", false},
      {"(1) (C) AB", true},
      {"1 (C) AB", true},
      {"1 AB", false},
      {"1.5 AB", false},
      {"1. 5 AB", true},
      {"2. AB", false},
      {"2. (C) AB", true},
      {"3. (C) AB", true},
      {"4. (C) AB", false},
      {"This is an action request.", true},
      {"SUMMARY: AB", true},
      {"Begin summary: AB", true},
      {"Executive summary: AB", true},
      {"(C) AB", true},
      {"(C) A", true},
      {"(C)AB", true},
      {"(C)A", false},
      {"(C)", false},
      {"(U) AB", true},
      {"(SECRET)", false},
      {"(SECRET) A", true},
      {"(X) AB", false},
      {"(C AB", false},
      {"C) AB", false},
      /* 24 and 25 bytes */
      {"(CONFIDENTIAL//REL TO USA) AB", true},
      {"(CONFIDENTIAL//REL TO USAF) AB", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char lines[100];
    char want[100];
    snprintf(lines, sizeof(lines), "SUBJECT: BUOYS\n%s\n", cases[i].line);
    snprintf(want, sizeof(want), "BUOYS %s", cases[i].line);
    const CablesTelegram *t = with_subject(lines);
    CHECK_TEXT(t->subject, cases[i].body ? "BUOYS" : want);
  }
}

/* Texts that end inside what opens a body. */
static void ends_of_bodies(void **state) {
  (void)state;
  static const char *const ends[] = {"1.",  "1. ", "1.5", "12", "(",    "(C",
                                     "(C)", "R",   "RU",  "EO", "1. R", "A RE"};
  for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
    telegram_case(ends[i]);
    const CablesTelegram *t =
        parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE "%s", ends[i]));
    CHECK_TEXT(t->refid, "09OSLO71");
    t = parse(telegram_format("FM AMEMBASSY OSLO\n%s", ends[i]));
    CHECK_TEXT(t->sender, "AMEMBASSY OSLO");
    t = parse(telegram_format(ENVELOPE CLASS_LINE "A BUOY, %s", ends[i]));
    CHECK_TEXT(t->refid, "09OSLO71");
  }
}

/* modern.md 9.3: an underlined line of up to 75 bytes is a heading of the
** body, apart from the subject, or below another field. */
static void underlined_headings(void **state) {
  (void)state;
  for (int n = 75; n <= 76; n++) {
    char lines[200];
    snprintf(lines, sizeof(lines),
             "SUBJECT: BUOYS\nREF: LIMA 71\nLIMA 72 %0*d\n----\n", n - 8, 0);
    const CablesTelegram *t = with_subject(lines);
    CHECK_TEXT(t->subject, "BUOYS");
    CHECK_NUMBER(t->n_references > 1, n == 76);
  }
  const CablesTelegram *t =
      with_subject("SUBJECT: BUOYS\nAND BELLS\n-----\nREF: LIMA 71\n");
  CHECK_TEXT(t->subject, "BUOYS AND BELLS");
  CHECK_TEXT(telegram_references(t), "");
  t = with_subject("SUBJECT: BUOYS\nREF: LIMA 71\nTHE BELLS\n-----\nRED.\n");
  CHECK_TEXT(telegram_references(t), "cable:09LIMA71");
  CHECK_NUMBER(t->n_paragraphs > 1, 1);
  if (t->n_paragraphs > 1) CHECK_WORD(t->paragraphs[0].kind, "heading");
  telegram_case("a rule above the subject");
  t = with_handling("-----\nSIPDIS\n-----");
  CHECK_TEXT(telegram_texts(t->captions), "SIPDIS");
  check_rest(t);
  telegram_case("a caption below it");
  t = with_subject("SUBJECT: BUOYS\n\nSIPDIS\n");
  CHECK_TEXT(telegram_texts(t->captions), "");
}

/* 1970s.md 6.2: a pass line below a short last line of the subject, up to
** 1979. */
static void passes_of_the_seventies(void **state) {
  (void)state;
  static const struct {
    int year;
    int length; /* of the line above */
    bool pass;
  } cases[] = {
      {79, 44, true}, {79, 45, false}, {80, 44, false}, {66, 20, true}};
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = parse(telegram_format(
        "R 041550Z APR %d\nFM AMEMBASSY OSLO\nUNCLAS OSLO 575\n"
        "E.O. 12065: N/A\nSUBJECT: %0*d\nFOR HATHERLEY\n1. TEXT.\n",
        cases[i].year, cases[i].length - 9, 0));
    CHECK_NUMBER(t->pass.n, cases[i].pass);
    CHECK_NUMBER(t->subject.n, cases[i].length - 9 + (cases[i].pass ? 0 : 14));
  }
  telegram_case("without a year");
  const CablesTelegram *t = parse(
      "UNCLAS OSLO 575\nE.O. 12065: N/A\nSUBJECT: BUOYS\nFOR HATHERLEY\n");
  CHECK_TEXT(t->subject, "BUOYS FOR HATHERLEY");
  telegram_case("not behind other text");
  t = parse(
      "R 041550Z APR 79\nUNCLAS OSLO 575\nE.O. 12065: N/A\nSUBJECT: BUOYS\n"
      "\nThe bells.\nFOR HATHERLEY\n1. TEXT.\n");
  CHECK_NUMBER(t->pass.n, 0);
  t = parse(
      "R 041550Z APR 79\nUNCLAS OSLO 575\nE.O. 12065: N/A\nSUBJECT: BUOYS\n"
      "REF: LIMA 71\n\nFOR HATHERLEY\n1. TEXT.\n");
  CHECK_NUMBER(t->pass.n, 0);
  t = parse(
      "R 041550Z APR 79\nUNCLAS OSLO 575\nE.O. 12065: N/A\nSUBJECT: BUOYS\n"
      "FOR HATHERLEY\nFROM THE BELLS\nDEPT PASS\n1. TEXT.\n");
  CHECK_TEXT(telegram_texts(t->pass), "FOR HATHERLEY|FROM THE BELLS|DEPT PASS");
}

/* modern.md 7.2: what goes on with a REF block below a blank line. */
static void references_go_on(void **state) {
  (void)state;
  static const struct {
    const char *line;
    bool more; /* the text below belongs to the block */
  } cases[] = {
      {"B. LIMA 72", true},
      {"B) LIMA 72", true},
      {"B: LIMA 72", true},
      {"(B) LIMA 72", true},
      {"[B] LIMA 72", true},
      {"[C] LIMA 72", true},
      {"[C] The buoys.", false},
      {"(C) LIMA 72", true},
      {"(C) The buoys.", false},
      {"(S) LIMA 72", true},
      {"(s) The buoys.", false},
      {"(B) The buoys.", true},
      {"- B. LIMA 72", true},
      {"-B. LIMA 72", true},
      {"LIMA 72", true},
      {"08 LIMA 72", true},
      {"The buoys.", false},
      {"612", true},
      {"0612 THE BUOYS", true},
      {"61", false},
      {"61 THE BUOYS", false},
      {"0612THE BUOYS", false},
      {"B.XY", true},
      {"B.X", false},
      {"--", false},
      {"B; LIMA 72", false},
      {"(B. LIMA 72", false},
      {"2. LIMA 72", false},
      {"NODIS", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char lines[200];
    snprintf(lines, sizeof(lines),
             "SUBJECT: BUOYS\nREF: A. LIMA 71\n\n%s\nC. OSLO 99\n",
             cases[i].line);
    const CablesTelegram *t = with_subject(lines);
    /* the line below goes on with what the line is of */
    bool found = false;
    for (size_t k = 0; k < t->n_references; k++) {
      found =
          found || cables_equal(t->references[k].refid, CABLES_LIT("09OSLO99"));
    }
    CHECK_NUMBER(found, cases[i].more);
  }
  telegram_case("a text that ends there");
  CHECK_NUMBER(parse(ENVELOPE CLASS_LINE "REF: A. LIMA 71\n\n--")->n_references,
               1);
  parse(ENVELOPE CLASS_LINE "REF: A. LIMA 71\n\n612");
  telegram_case("captions go not on");
  const CablesTelegram *t = with_subject(
      "SUBJECT: BUOYS\nREF: A. LIMA 71\nNOT FOR INTERNET DISTRIBUTION\nB. LIMA "
      "72\n");
  CHECK_NUMBER(t->n_references, 1);
}

/* modern.md 8.2: the reasons below a blank line. */
static void reasons_go_on(void **state) {
  (void)state;
  static const struct {
    const char *line;
    bool more;
  } cases[] = {
      {"Reason: 1.4 (b)", true},      {"for reason 1.4 (b)", true},
      {"for reasons 1.4 (b)", false}, {"1.4 (b)", true},
      {"The buoys are red.", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char lines[200];
    snprintf(lines, sizeof(lines),
             "SUBJECT: BUOYS\nClassified By: A Bell\n\n%s\n", cases[i].line);
    const CablesTelegram *t = with_subject(lines);
    CHECK_TEXT(telegram_texts(t->reasons), cases[i].more ? "1.4(b)" : "");
  }
  for (int n = 119; n <= 120; n++) {
    char lines[300];
    snprintf(lines, sizeof(lines),
             "SUBJECT: BUOYS\nClassified By: A Bell\n\nReason: 1.4 (b) %0*d\n",
             n - 16, 0);
    const CablesTelegram *t = with_subject(lines);
    CHECK_TEXT(telegram_texts(t->reasons), n == 119 ? "1.4(b)" : "");
  }
}

/* A field that comes again: TAGS that said nothing are said then, a REF block
** goes on, others do not count. */
static void fields_again(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *tags;
    const char *subject;
    const char *refs;
  } cases[] = {
      {"TAGS: N/A\nTAGS: PFOR\nSUBJECT: BUOYS\n", "PFOR", "BUOYS", ""},
      {"TAGS:\nTAGS: PFOR\nSUBJECT: BUOYS\n", "PFOR", "BUOYS", ""},
      {"TAGS: PREL\nTAGS: PFOR\nSUBJECT: BUOYS\n", "PREL", "BUOYS", ""},
      {"TAGS: PREL\nSUBJECT: BUOYS\nSUBJECT: BELLS\nAND MORE\nREF: LIMA 71\n",
       "PREL", "BUOYS", "cable:09LIMA71"},
      {"TAGS: PREL\nSUBJECT: BUOYS\nREF: LIMA 71\nREF: LIMA 72\nLIMA 73\n",
       "PREL", "BUOYS", "cable:09LIMA71|cable:09LIMA72|cable:09LIMA73"},
      {"TAGS: PREL\nSUBJECT: BUOYS\nREF: LIMA 71\nTAGS: PFOR\nREF: LIMA 72\n",
       "PREL", "BUOYS", "cable:09LIMA71|cable:09LIMA72"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t = parse(telegram_format(
        ENVELOPE CLASS_LINE EO_LINE "%s\n" PARAGRAPHS, cases[i].lines));
    CHECK_TEXT(telegram_texts(t->tags), cases[i].tags);
    CHECK_TEXT(t->subject, cases[i].subject);
    CHECK_TEXT(telegram_references(t), cases[i].refs);
    CHECK_NUMBER(t->n_numbered, 2);
  }
}

/* modern.md 12, point 11: labels inside lines. */
static void labels_inside(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *tags;
    const char *subject;
    const char *refs;
    const char *by;
    const char *order;
  } cases[] = {
      {"TAGS: PREL SUBJECT: BUOYS REF: LIMA 71", "PREL", "BUOYS",
       "cable:09LIMA71", NULL, NULL},
      {"SUBJECT: BUOYS TAGS: PREL", "PREL", "BUOYS", "", NULL, NULL},
      {"SUBJECT: SUBJECT: BUOYS", "", "SUBJECT: BUOYS", "", NULL, NULL},
      {"NODIS SUBJECT: BUOYS", "", "BUOYS", "", NULL, NULL},
      {"SUBJECT: BUOYS 1. (C) Red.", "", "BUOYS", "", NULL, NULL},
      {"NODIS FOR EUR 1. (C) Red.\nSUBJECT: BUOYS", "", NULL, "", NULL, NULL},
      {"SUBJECT: BUOYS E.O. 12958: X1", "", "BUOYS", "", NULL, "12958"},
      {"E.O. 12356: X1\nSUBJECT: BUOYS E.O. 12958: X1", "",
       "BUOYS E.O. 12958: X1", "", NULL, "12356"},
      {"SUBJECT: BUOYS\nREF: REF: LIMA 71", "", "BUOYS", "cable:09LIMA71", NULL,
       NULL},
      {"Classified By: A Bell for E.O. 12958 1.4 (b)", "", NULL, "", "A Bell",
       NULL},
      {"E.O. 12958: X1\nClassified By: A Bell for\nE.O. 12958 1.4 (b)", "",
       NULL, "", "A Bell", "12958"},
      {"E.O. 12958: X1\nClassified By: A Bell\n\nE.O. 12356 1.4 (b)", "", NULL,
       "", "A Bell", "12958"},
      {"Classified By: A Bell\nE.O. 12958: X1", "", NULL, "", "A Bell",
       "12958"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t = parse(telegram_format(
        ENVELOPE CLASS_LINE "%s\n\n" PARAGRAPHS, cases[i].lines));
    CHECK_TEXT(telegram_texts(t->tags), cases[i].tags);
    CHECK_TEXT(t->subject, cases[i].subject);
    CHECK_TEXT(telegram_references(t), cases[i].refs);
    CHECK_TEXT(t->classified_by, cases[i].by);
    CHECK_TEXT(t->executive_order, cases[i].order);
  }
}

/* A field that is repeated ends at a blank line; a subject at a joint. */
static void ends_of_fields(void **state) {
  (void)state;
  const CablesTelegram *t =
      with_subject("SUBJECT: BUOYS\nSUBJECT: BELLS\nAND MORE\n\nThe end.\n");
  CHECK_TEXT(t->subject, "BUOYS");
  CHECK_TEXT(t->n_paragraphs > 0 ? t->paragraphs[0].text : CABLES_NO_SPAN,
             "The end.");
  t = with_subject("SUBJECT: BUOYS\nOSLO 00000071  002 OF 002\nAND BELLS\n");
  CHECK_TEXT(t->subject, "BUOYS");
}

/* modern.md 8.2: a Classified By block can be paragraph 1; only its label
** begins with a number. */
static void numbered_blocks(void **state) {
  (void)state;
  const CablesTelegram *t = with_subject(
      "SUBJECT: BUOYS\n\n1. Classified By: A Bell, reason 1.4 (b).\n");
  CHECK_TEXT(t->classified_by, "A Bell");
  /* a paragraph 1 stands below it: the block is a text without number */
  CHECK_TEXT(t->paragraphs[0].text,
             "1. Classified By: A Bell, reason 1.4 (b).");
  CHECK_NUMBER(t->n_numbered, 2);
  t = with_subject("SUBJECT: BUOYS\n\nClassified By: A Bell, 1.4 (b).\n");
  CHECK_TEXT(t->classified_by, "A Bell");
  CHECK_NUMBER(t->paragraphs[0].number, 1);
  CHECK_NUMBER(t->n_numbered, 2);
}

/* A heading has four hundred lines at most. */
static void long_headings(void **state) {
  (void)state;
  for (size_t n = 399; n <= 400; n++) {
    char text[3000] = CLASS_LINE;
    char *z = text + strlen(text) - 1; /* no blank line below it */
    for (size_t i = 0; i < n; i++, z += 6) memcpy(z, "NODIS\n", 7);
    strcpy(z, SUBJECT_LINE);
    const CablesTelegram *t = parse(text);
    CHECK_TEXT(t->subject, n == 399 ? "A BUOY WITHOUT A NAME" : NULL);
    CHECK_TEXT(telegram_texts(t->captions), "NODIS");
    CablesParseOptions head = {.want = CABLES_WANT_HEADER, .more = true};
    strcat(text, "MORE\nOF IT\n");
    t = parse_bytes(text, strlen(text), head);
    CHECK_NUMBER(t->header_complete, 1);
    t = parse_bytes(text, strlen(CLASS_LINE) - 1 + 6 * 300, head);
    CHECK_NUMBER(t->header_complete, 0);
  }
}

/* modern.md 6: a marking in front of a subject has forty bytes at most. */
static void subject_markings(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *marking;
    const char *subject;
  } cases[] = {
      {"(CONFIDENTIAL//REL TO USA, AUS, CAN, GBR) BUOYS",
       "CONFIDENTIAL//REL TO USA, AUS, CAN, GBR", "BUOYS"},
      {"(CONFIDENTIAL//REL TO USA, AUS, CAN, GBRX) BUOYS",
       "CONFIDENTIAL//REL TO USA, AUS, CAN, GBRX", "BUOYS"},
      {"(CONFIDENTIAL//REL TO USA, AUS, CAN, GBRXY) BUOYS", NULL,
       "(CONFIDENTIAL//REL TO USA, AUS, CAN, GBRXY) BUOYS"},
      {"(U) BUOYS", "U", "BUOYS"},
      {"(U)", "U", NULL},
      {"(U BUOYS", NULL, "(U BUOYS"},
      {"[U) BUOYS", NULL, "[U) BUOYS"},
      {"()", NULL, "()"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char lines[100];
    snprintf(lines, sizeof(lines), "SUBJECT: %s\n", cases[i].line);
    const CablesTelegram *t = with_subject(lines);
    CHECK_TEXT(t->subject_marking, cases[i].marking);
    CHECK_TEXT(t->subject, cases[i].subject);
  }
}

/* A head is complete behind fifteen lines of other text, not behind fourteen:
** a label may come. */
static void free_lines(void **state) {
  (void)state;
  for (int n = 14; n <= 15; n++) {
    char text[2000] = ENVELOPE CLASS_LINE EO_LINE SUBJECT_LINE "\n";
    for (int i = 0; i < n; i++) strcat(text, "The buoys.\n");
    strcat(text, "\nThe");
    CablesParseOptions head = {.want = CABLES_WANT_HEADER, .more = true};
    const CablesTelegram *t = parse_bytes(text, strlen(text), head);
    CHECK_NUMBER(t->header_complete, n == 15);
  }
}

/* "A. REF" opens a REF block without a label of its own; on the first line of
** a fragment nothing stands before it. */
static void label_of_no_bytes(void **state) {
  (void)state;
  const CablesTelegram *t =
      parse("A. REF A OSLO 12\nSUBJECT: A BUOY\n\n1. One.\n");
  CHECK_TEXT(t->subject, "A BUOY");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(label_of_no_bytes),
      telegram_test(free_lines),
      telegram_test(labels),
      telegram_test(lengths_of_class_lines),
      telegram_test(levels_alone),
      telegram_test(long_envelopes),
      telegram_test(fragments),
      telegram_test(below_subjects),
      telegram_test(ends_of_bodies),
      telegram_test(underlined_headings),
      telegram_test(passes_of_the_seventies),
      telegram_test(references_go_on),
      telegram_test(reasons_go_on),
      telegram_test(fields_again),
      telegram_test(labels_inside),
      telegram_test(ends_of_fields),
      telegram_test(numbered_blocks),
      telegram_test(long_headings),
      telegram_test(subject_markings),
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
