/*
** Tests of the words of the heading, each text in memory of just its size.
** Expected values are worked out from shared/format/modern.md 2.2, 3.1 and 3.3
** and 1970s.md 6.2.
*/
#include "../../ext/telegram/words.h"
#include "telegrams.h"

static CablesSpan copy(const char *text) {
  telegram_case(text);
  return telegram_copy(text, strlen(text));
}

/* modern.md 2.2: levels, spaced out, damaged, with words behind them. */
static void ranks(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int rank;
  } cases[] = {
      {"U N C L A S", 0},
      {"NCLAS", 0},
      {"NCLA", -1},
      {"", -1},
      {"LIMITED OFFICIAL USE", 1},
      {"C O N F I D E N T I A L", 2},
      {"SECRET NOFORN", 3},
      {"SECRET NOFORN/EXDIS", 3},
      {"SECRET NEWS", -1},
      {"TOP SECRET", 4},
      /* three letters too much in front, not four */
      {"XXXECRET", 3},
      {"XXXXECRET", -1},
      /* 63 letters are looked at */
      {"UNCLASAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", -1},
      {"UNCLASAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", -1},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_NUMBER(cables_level_rank(copy(cases[i].text)), cases[i].rank);
  }
  CHECK_TEXT(cables_level_name(-1), NULL);
  CHECK_TEXT(cables_level_name(0), "UNCLASSIFIED");
  CHECK_TEXT(cables_level_name(4), "TOP SECRET");
}

/* A level is printed spaced out, in capitals, or with sections behind it. */
static void printed_levels(void **state) {
  (void)state;
  static const struct {
    const char *level;
    bool sections;
    bool printed;
  } cases[] = {
      {"C onfidential", false, true},  {"Co nfidential", false, true},
      {"Con fidential", false, false}, {"Confidential", false, false},
      {"confidential", false, false},  {"confidentiaL", false, false},
      {"CONFIDENTIAL", false, true},   {"ConfidentiaL", false, true},
      {"Confidential", true, true},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CablesMatch m = {0};
    m.group[1] = copy(cases[i].level);
    if (cases[i].sections) m.group[3] = CABLES_LIT("02");
    CHECK_NUMBER(cables_is_level_printed(&m), cases[i].printed);
  }
}

/* Puts the lines below a classification line, each apart from the one before
** or not. */
static const CablesTelegram *below(const char *lines, bool apart) {
  parse("");
  CablesParser *p = telegram_fixture.parser;
  telegram_case(lines);
  while (*lines != '\0') {
    size_t n = strcspn(lines, "\n");
    p->text = telegram_copy(lines, n);
    cables_caption_or_pass(p, p->text, apart);
    lines += n + (lines[n] == '\n');
  }
  return &p->t;
}

/* modern.md 3.3: a line without FOR, PASS, FROM or POUCH as a word goes on with
** the pass line above. */
static void pass_lines(void **state) {
  (void)state;
  static const struct {
    const char *lines;
    const char *pass;
  } cases[] = {
      {"FOR POL\nFORTRESS WALL", "FOR POL FORTRESS WALL"},
      {"FOR POL\nSEMAFOR WALL", "FOR POL SEMAFOR WALL"},
      {"FOR POL\nWALL SEMAFOR", "FOR POL WALL SEMAFOR"},
      {"FOR POL\nFOR WALL", "FOR POL|FOR WALL"},
      {"FOR POL\nWALL FOR", "FOR POL|WALL FOR"},
      {"FOR POL\nFORTRESS FOR POL", "FOR POL|FORTRESS FOR POL"},
      {"FOR POL\nWALL-FOR-POL", "FOR POL|WALL-FOR-POL"},
      {"FOR POL\nWALL PASS", "FOR POL|WALL PASS"},
      {"FOR POL\nWALL FROM", "FOR POL|WALL FROM"},
      {"FOR POL\nWALL POUCH", "FOR POL|WALL POUCH"},
      {"FOR POL,; FOR ECON\nAND ALL", "FOR POL|FOR ECON AND ALL"},
      {"FOR POL;", "FOR POL"},
      {"FOR POL;,;FOR ECON", "FOR POL|FOR ECON"},
      {"FOR POL\nWALL", "FOR POL WALL"},
      {"FOR POL\nABC", "FOR POL ABC"},
      {"FOR POL\nAB", "FOR POL"},
      {"FOR POL\nINFO LIMA", "FOR POL"},
      {"FOR POL\nTO LIMA", "FOR POL"},
      {"FOR POL\nTOSEC 12", "FOR POL"},
      {"FOR POL\nSECTO 12", "FOR POL"},
      {"FOR POL\nFOLLOWING LIMA 12", "FOR POL"},
      {"FOR POL\nFOL LIMA 12", "FOR POL"},
      {"FOR POL\nQUOTE LIMA 12", "FOR POL"},
      {"WALL", "WALL"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_TEXT(telegram_texts(below(cases[i].lines, false)->pass),
               cases[i].pass);
  }
  CHECK_TEXT(telegram_texts(below("FOR POL\nWALL", true)->pass),
             "FOR POL|WALL");
}

/* A pass line has three to four hundred bytes. */
static void long_pass_lines(void **state) {
  (void)state;
  char line[500];
  for (size_t n = 400; n <= 401; n++) {
    memset(line, 'X', sizeof(line));
    line[n] = '\0';
    CHECK_NUMBER(below(line, false)->pass.n, n == 400);
  }
}

/* modern.md 3.1, 3.2. */
static void captions(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *captions;
    const char *pass;
  } cases[] = {
      {"SIPDIS", "SIPDIS", ""},
      {"sipdis", "SIPDIS", ""},
      {"SIPDIS.", "SIPDIS", ""},
      {"SIPDISX", "", "SIPDISX"},
      {"SIPDIS1", "", "SIPDIS1"},
      {"SIPDIS, NOFORN / EXDIS", "SIPDIS|NOFORN|EXDIS", ""},
      {"SIPDIS FOR POL", "SIPDIS", "FOR POL"},
      {"SIPDIS : FOR POL", "SIPDIS", "FOR POL"},
      {"NOFORN REL SAU", "NOFORN|REL SAU", ""},
      {"RELEASABLE TO LIMA", "RELEASABLE TO LIMA", ""},
      {"REL", "", "REL"},
      {"C O R R E C T E D  C O P Y", "CORRECTED COPY", ""},
      {"CORRECTCOPY", "CORRECTED COPY", ""},
      {"CORRECTED COP", "", "CORRECTED COP"},
      {"CORRECTCOP", "", "CORRECTCOP"},
      {" ,/;.-", "", ""},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    const CablesTelegram *t = below(cases[i].line, false);
    CHECK_TEXT(telegram_texts(t->captions), cases[i].captions);
    CHECK_TEXT(telegram_texts(t->pass), cases[i].pass);
  }
}

/* The trace tells where captions stand, if they stand in the text. */
static void traced(void **state) {
  (void)state;
  const CablesTelegram *t = below("SIPDIS, NOFORN FOR POL", false);
  CHECK_NUMBER(t->n_trace, 2);
  if (t->n_trace == 2) {
    CHECK_WORD(t->trace[0].field, "captions");
    CHECK_TEXT(t->trace[0].value, "SIPDIS, NOFORN");
    CHECK_NUMBER(t->trace[0].start, 0);
    CHECK_NUMBER(t->trace[0].length, 14);
    CHECK_WORD(t->trace[1].field, "pass");
    CHECK_NUMBER(t->trace[1].start, 15);
    CHECK_NUMBER(t->trace[1].length, 7);
  }
  t = below("FOR POL", false);
  CHECK_NUMBER(t->n_trace, 1);
  /* Behind the text's end, and in front of it. */
  CablesParser *p = telegram_fixture.parser;
  CablesSpan s = copy("SIPDISSIPDIS");
  p->text = (CablesSpan){s.z, 6};
  cables_caption_or_pass(p, (CablesSpan){s.z + 6, 6}, false);
  p->text = (CablesSpan){s.z + 6, 6};
  cables_caption_or_pass(p, (CablesSpan){s.z, 6}, false);
  CHECK_NUMBER(p->t.n_trace, 1);
}

/* 1970s.md 6.2: whom a line is for. */
static void is_pass_line(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool is;
  } cases[] = {
      {"FOR POL", true},      {"FROM POL", true},  {"PASS POL", true},
      {"INFORM POL", true},   {"DEPT POL", true},  {"FORTRESS", false},
      {"A FOR B", true},      {"A POUCH B", true}, {"A PASS B", true},
      {"A. B. FOR C", true},  {"A FOR", false},    {"A b FOR C", false},
      {"A, B FOR C", false},  {"A FROM B", false}, {"ABC", false},
      {"A PASS B c d", true}, {"a FOR B", false},  {"", false},
      {"A1 FOR B", false},    {"A FOR 1", true},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_NUMBER(cables_is_pass_line(copy(cases[i].text)), cases[i].is);
  }
}

/* modern.md 3.1: a handling sentence begins with whole words, among the first
** 120 bytes. */
static void is_handling(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool is;
  } cases[] = {
      {"NOT FOR INTERNET", true},       {"NOT FOR INTERNE", false},
      {"-- NOT FOR INTERNET", true},    {"XNOT FOR INTERNET", false},
      {"X NOT FOR INTERNET", true},     {"Please handle accordingly", true},
      {"NOT FOR INTELLECTUALS", false}, {"", false},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    CHECK_NUMBER(cables_is_handling(copy(cases[i].text)), cases[i].is);
  }
  char z[200];
  for (int n = 104; n <= 105; n++) {
    snprintf(z, sizeof(z), "%*sNOT FOR INTERNET", n, "");
    CHECK_NUMBER(cables_is_handling(copy(z)), n == 104);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(ranks),        telegram_test(printed_levels),
      telegram_test(pass_lines),   telegram_test(long_pass_lines),
      telegram_test(captions),     telegram_test(traced),
      telegram_test(is_pass_line), telegram_test(is_handling),
  };
  return telegram_run(tests);
}
