/*
** Tests of how a text is cut into lines: section joints, page lines, underlines
** and other furniture, continued lines.  Expected values are worked out from
** shared/format/modern.md 0.4, 9.1, 9.5, 10.4 and 1970s.md 3.
*/
#include "telegrams.h"

#define JOINT " 00000071  002 OF 002"

/* The first row of a text below the header of a post; NULL: no classification
** line. */
static CablesSpan first_row(const char *post, const char *text) {
  telegram_case(text);
  char line[100] = "";
  if (post != NULL) {
    snprintf(line, sizeof(line), "C O N F I D E N T I A L %s 000071\n", post);
  }
  const CablesTelegram *t = parse(telegram_format(
      ENVELOPE "%s" EO_LINE TAGS_LINE SUBJECT_LINE "\n1. (C) %s", line, text));
  CHECK_NUMBER(t->n_paragraphs > 0, 1);
  return t->n_paragraphs > 0 ? t->paragraphs[0].text : CABLES_NO_SPAN;
}

/* modern.md 9.5: the post of a joint is cut to ten characters; what stands
** before it is text. */
static void joints(void **state) {
  (void)state;
  static const struct {
    const char *post; /* or NULL: unknown */
    const char *line;
    const char *text; /* of it */
  } cases[] = {
      {"OSLO", "he said OSLO" JOINT, " he said"},
      {"OSLO", "he said oslo" JOINT, " he said"},
      {"OSLO", "OSLO" JOINT, ""},
      {"OSLO", "12 OSLO" JOINT, " 12"},
      {"OSLO", "which OSLO" JOINT " said", " said"},
      {"OSLO", "whither OSLO" JOINT " said", " whither said"},
      {"OSLO", "OSLO" JOINT "\xc2\xb6", ""},
      {"OSLO", "\\ OSLO" JOINT, ""},
      {"OSLO", "he said OSLO" JOINT " and then OSLO" JOINT " it",
       " he said and then it"},
      /* a post of just ten letters, and one of more */
      {"SAN SALVADOR", "he said SAN SALVAD" JOINT, " he said"},
      {"SAN SALVADOR", "he said SALVAD" JOINT, " he said"},
      /* another post: all of the line, to ten letters, or its last word */
      {"OSLO", "SAN JOSE" JOINT, ""},
      {"OSLO", "SAN SALVAD" JOINT, ""},
      {"OSLO", "SAN SALVADO" JOINT, " SAN"},
      {"OSLO", "on SAN JOSE" JOINT, " on SAN"},
      {"OSLO", "12 SAN JOSE" JOINT, " 12 SAN"},
      {"OSLO", "TEGUCIGALPA" JOINT, ""},
      {"OSLO", "he TEGUCIGALPA" JOINT, ""},
      /* no post: as many words as have ten letters */
      {NULL, "at SAN JOSE" JOINT, " at"},
      {NULL, "it SAN JOSE" JOINT, " it"},
      {NULL, "2 SAN JOSE" JOINT, " 2"},
      {NULL, "a SAN SALVAD" JOINT, " a"},
      {NULL, "a SAN SALVADO" JOINT, " a SAN"},
      /* joints that are none */
      {"OSLO", "OSLO 00000071  002 OR 002", " OSLO 00000071 002 OR 002"},
      {"OSLO", "OSLO 00000071  002 OF 1002", " OSLO 00000071 002 OF 1002"},
      {"OSLO", "OSLO 0000071  002 OF 002", " OSLO 0000071 002 OF 002"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char text[200];
    char want[200];
    snprintf(text, sizeof(text), "A buoy\n%s\nof wood.\n", cases[i].line);
    snprintf(want, sizeof(want), "A buoy%s of wood.", cases[i].text);
    CHECK_TEXT(first_row(cases[i].post, text), want);
  }
}

/* The shortest joint has 21 bytes; one may end the text. */
static void shortest_joint(void **state) {
  (void)state;
  CHECK_TEXT(first_row("OSLO", "A buoy.\nX 00000071 002 OF 002"), "A buoy.");
  CHECK_TEXT(first_row("OSLO", "A buoy.\nX 00000071 002 of 002"), "A buoy.");
  CHECK_TEXT(first_row("OSLO", "A buoy.\nX 00000071 002 OF 0"),
             "A buoy. X 00000071 002 OF 0");
}

/* The section of a joint is that of the text below it. */
static void sections(void **state) {
  (void)state;
  static const char *const joints[] = {"001", "002", "003", "000"};
  for (int i = 0; i < 4; i++) {
    telegram_case(joints[i]);
    const CablesTelegram *t = parse(telegram_format(
        HEADER "1. (C) One.\n\nOSLO 00000071  %s OF 003\n\n2. (C) Two.\n",
        joints[i]));
    CHECK_NUMBER(t->n_paragraphs, 2);
    CHECK_NUMBER(t->paragraphs[1].section, i < 3 ? i + 1 : 1);
  }
}

/* Sixty-four joints are cut out of a line; more are text. */
static void many_joints(void **state) {
  (void)state;
  for (int n = 64; n <= 65; n++) {
    char text[4000];
    char want[4000];
    size_t used = 0;
    size_t wanted = 0;
    for (int i = 1; i <= n; i++) {
      used += (size_t)snprintf(text + used, sizeof(text) - used,
                               "b%d OSLO" JOINT " ", i);
      wanted +=
          (size_t)snprintf(want + wanted, sizeof(want) - wanted, "b%d ", i);
    }
    snprintf(text + used, sizeof(text) - used, "end.\n");
    snprintf(want + wanted, sizeof(want) - wanted, "%send.",
             n == 64 ? "" : "OSLO 00000071 002 OF 002 ");
    CHECK_TEXT(first_row("OSLO", text), want);
  }
}

/* 1970s.md 3: a page line on two printed lines, and with text behind it. */
static void page_lines(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *text;
  } cases[] = {
      {"PAGE 02\nOSLO 00071 01 OF 02 111215Z", ""},
      {"PAGE 002\nOSLO 00071 01 OF 02 111215Z", ""},
      {"PAGE  002\nOSLO 00071 01 OF 02 111215Z",
       " OSLO 00071 01 OF 02 111215Z"},
      {"PAGE 02\nTHE BUOY IS", " THE BUOY IS"},
      {"PAGE 02\nthe buoy is", " the buoy is"},
      {"PAGE 02 OSLO 00071 01 OF 02 111215Z OSLO" JOINT " A BELL", " A BELL"},
      {"PAGE 02 OSLO 00071 01 OF 02 111215Z A BELL", " A BELL"},
      {"PAGE 02 OF THE BOOK", " PAGE 02 OF THE BOOK"},
      {"PAGE TWO", " PAGE TWO"},
      {"CONFIDENTIAL PTQ0000", ""},
      {"CONFIDENTIAL PTQ000X", " CONFIDENTIAL PTQ000X"},
      {"CONFIDENTIAL POSS DUPE", ""},
      {"Declassified/Released US Department of State EO Systematic Review", ""},
      {"Declassified/Released US Department of State EO Systematic Revie",
       " Declassified/Released US Department of State EO Systematic Revie"},
      {"Show Headers", ""},
      {"\xc2\xbf \xc2\xbf", ""},
      {"\xc2\xbf a", " \xc2\xbf a"},
      {"\xc2\xb6", ""},
      {"\xef\xbf\xbd", ""},
      {"\xb6", ""},
      {"\x80", " \x80"},
      {"-", ""},
      {"\\", ""},
      {"SIPDIS", ""},
      {"sipdis", ""},
      {"SIPDI", " SIPDI"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    char text[200];
    char want[200];
    snprintf(text, sizeof(text), "THEY SAY\n%s\nit is one of the red buoys.\n",
             cases[i].lines);
    snprintf(want, sizeof(want), "THEY SAY%s it is one of the red buoys.",
             cases[i].text);
    CHECK_TEXT(first_row("OSLO", text), want);
  }
}

/* An underline has three marks, of which Unicode has six more dashes. */
static void underlines(void **state) {
  (void)state;
  static const struct {
    const char *line;
    bool rule;
  } cases[] = {
      {"---", true},
      {"--", false},
      {"- - -", true},
      {"-\t--", true},
      {"===", true},
      {"***", true},
      {"___", true},
      {"~~~", true},
      {"==x", false},
      {"\xe2\x80\x90\xe2\x80\x90\xe2\x80\x90", true},
      {"\xe2\x80\x95\xe2\x80\x95\xe2\x80\x95", true},
      {"\xe2\x80\x8f\xe2\x80\x8f\xe2\x80\x8f", false},
      {"\xe2\x80\x96\xe2\x80\x96\xe2\x80\x96", false},
      {"\xe2\x81\x90\xe2\x81\x90\xe2\x81\x90", false},
      {"\xe2\x80\x90\xe2\x80\x90\xe2\x80", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].line);
    const CablesTelegram *t = parse(telegram_format(
        HEADER "1. (C) One.\n\nTHE BUOYS\n%s\n\n2. (C) Two.", cases[i].line));
    CHECK_NUMBER(t->n_paragraphs, 3);
    if (t->n_paragraphs == 3) {
      CHECK_NUMBER(strcmp(t->paragraphs[1].kind, "heading") == 0,
                   cases[i].rule);
      CHECK_NUMBER(t->paragraphs[1].text.n, cases[i].rule
                                                ? strlen("THE BUOYS")
                                                : t->paragraphs[1].text.n);
    }
    t = parse(
        telegram_format(HEADER "1. (C) One.\n\nTHE BUOYS\n%s", cases[i].line));
    CHECK_NUMBER(t->n_numbered, 1);
  }
}

/* A text that begins with a line end. */
static void empty_first_lines(void **state) {
  (void)state;
  static const char *const ends[] = {"\n", "\r\n", "\r\r\n", " \n", ""};
  for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
    telegram_case(ends[i]);
    const CablesTelegram *t =
        parse(telegram_format("%sSUBJECT: A BUOY\r\n\r\n1. One.\r\n", ends[i]));
    CHECK_TEXT(t->subject, "A BUOY");
    CHECK_TEXT(telegram_paragraphs(t), "1 paragraph: One.");
  }
}

/* A field goes on without a blank behind a hyphen of a word, and where the
** machine cut a Classified By block at its 71st column. */
static void continued(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *subject;
  } cases[] = {
      {"BUOYS\nA-\nB", "BUOYS A-B"},
      {"BUOYS-\nBELLS", "BUOYS-BELLS"},
      {"BUOYS-\n\"BELLS\"", "BUOYS- \"BELLS\""},
      {"BUOYS)-\nBELLS", "BUOYS)- BELLS"},
      {"BUOYS --\nBELLS", "BUOYS -- BELLS"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].lines);
    const CablesTelegram *t = parse(telegram_format(
        ENVELOPE CLASS_LINE EO_LINE TAGS_LINE "SUBJECT: %s\n\n" PARAGRAPHS,
        cases[i].lines));
    CHECK_TEXT(t->subject, cases[i].subject);
  }
  static const char line[] = /* 71 bytes */
      "Classified By: Ambassador Rufus Hatherley of the Embassy in Oslo, Norwa";
  for (int indent = 0; indent <= 1; indent++) {
    const CablesTelegram *t =
        parse(telegram_format(ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE
                              "\n%s\n%*sy, for reasons 1.4 (b).\n\n" PARAGRAPHS,
                              line, indent, ""));
    CHECK_TEXT(t->classified_by,
               indent == 0
                   ? "Ambassador Rufus Hatherley of the Embassy in Oslo, Norway"
                   : "Ambassador Rufus Hatherley of the Embassy in Oslo, Norwa "
                     "y");
  }
}

/* What stands behind a telegram begins with its printed line, indent and
** all. */
static void indented(void **state) {
  (void)state;
  static const char text[] = HEADER PARAGRAPHS SIGNATURE;
  const CablesTelegram *t =
      parse(telegram_format("%s   Comments (3)\nJane\n", text));
  CHECK_NUMBER(t->text.n, strlen(text));
}

/* A label behind nothing but backslashes or signs leaves no line before it. */
static void nothing_before_labels(void **state) {
  (void)state;
  static const char *const fronts[] = {"\\\\ ", "\xc2\xb6\xc2\xb6 ", "\\ \\ "};
  for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts); i++) {
    telegram_case(fronts[i]);
    const CablesTelegram *t = parse(
        telegram_format(ENVELOPE CLASS_LINE EO_LINE
                        "%sTAGS: PREL, EWWT\n" SUBJECT_LINE "\n" PARAGRAPHS,
                        fronts[i]));
    CHECK_TEXT(telegram_texts(t->tags), "PREL|EWWT");
    CHECK_NUMBER(t->pass.n, 0);
    CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(joints),
      telegram_test(shortest_joint),
      telegram_test(sections),
      telegram_test(many_joints),
      telegram_test(page_lines),
      telegram_test(underlines),
      telegram_test(empty_first_lines),
      telegram_test(continued),
      telegram_test(indented),
      telegram_test(nothing_before_labels),
  };
  return telegram_run(tests);
}
