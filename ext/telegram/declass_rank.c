/*
** How high a classification marking ranks.  Written out, letter-spaced, with
** the damage of teletypes (modern.md 2.2), or abbreviated as portion markings
** are (modern.md 9.2).
*/
#include "declass.h"

/* Markings are short: what stands behind this many bytes changes nothing. */
enum { LONGEST = 256 };

/* Whether the letters of word, blanks between them or not, open s from offset
** i on and no further letter is glued to them. */
static bool spells(CablesSpan s, size_t i, const char *word) {
  for (; *word != '\0'; word++) {
    while (i < s.n && cables_is_space(s.z[i])) i++;
    if (i == s.n || cables_to_upper(s.z[i]) != *word) return false;
    i++;
  }
  return i == s.n || !cables_is_alpha(s.z[i]);
}

/* Whether the letters of s, everything else left out, hold the word. */
static bool holds(CablesSpan s, const char *word) {
  char letters[LONGEST];
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (cables_is_alpha(s.z[i])) letters[n++] = cables_to_upper(s.z[i]);
  }
  return cables_find((CablesSpan){letters, n}, cables_span(word)) != (size_t)-1;
}

/* 1 when an unclassified marking asks for restricted handling, else 0. */
static int handling(CablesSpan s) {
  static const char *const words[] = {"FOUO", "FOROFFICIALUSEONLY", "SENSITIVE",
                                      "SBU", "LIMITEDOFFICIALUSE"};
  for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
    if (holds(s, words[i])) return 1;
  }
  return 0;
}

typedef struct Level {
  const char *word; /* letters, without blanks */
  int rank;         /* 0..4 */
} Level;

/* The rank of a level that is written out from offset i on, or -1. */
static int written_out(CablesSpan s, size_t i) {
  static const Level levels[] = {{"TOPSECRET", 4},
                                 {"SECRET", 3},
                                 {"CONFIDENTIAL", 2},
                                 {"SENSITIVEBUTUNCLASSIFIED", 1},
                                 {"LIMITEDOFFICIALUSE", 1},
                                 {"FOROFFICIALUSEONLY", 1},
                                 {"OFFICIALUSEONLY", 1},
                                 {"UNCLASSIFIED", 0},
                                 {"UNCLASS", 0},
                                 {"UNCLAS", 0},
                                 {"NCLASSIFIED", 0},
                                 {"NCLAS", 0},
                                 {"ONFIDENTIAL", 2},
                                 {"OPSECRET", 4},
                                 {"ECRET", 3}};
  for (size_t k = 0; k < sizeof(levels) / sizeof(levels[0]); k++) {
    if (!spells(s, i, levels[k].word)) continue;
    return levels[k].rank == 0 ? handling(s) : levels[k].rank;
  }
  return -1;
}

/* Whether s, which follows an abbreviated level, is nothing or a control: a
** separator other than a point, or a blank and a control word. */
static bool control_follows(CablesSpan s) {
  static const char *const words[] = {"NF",  "N",      "NOFORN", "FOUO", "FGI",
                                      "REL", "ENTIRE", "LIMDIS", "NODIS"};
  if (s.n == 0) return true;
  bool apart = cables_is_space(s.z[0]);
  s = cables_trim(s); /* which leaves something: the marking is trimmed */
  if (s.z[0] == '/' || s.z[0] == ')' || s.z[0] == '-') return true;
  if (!apart) return false;
  for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
    if (spells(s, 0, words[i])) return true;
  }
  return false;
}

/* The rank of an abbreviated level, or -1. */
static int abbreviated(CablesSpan s) {
  static const Level levels[] = {
      {"TS", 4},  {"TSNF", 4}, {"S", 3},    {"SNF", 3}, {"C", 2}, {"CNF", 2},
      {"SBU", 1}, {"LOU", 1},  {"FOUO", 1}, {"OUO", 1}, {"U", 0}};
  size_t n = 0;
  while (n < s.n && cables_is_alnum(s.z[n])) n++;
  CablesSpan word = cables_sub(s, 0, n);
  if (!control_follows(cables_sub(s, n, s.n))) return -1;
  for (size_t k = 0; k < sizeof(levels) / sizeof(levels[0]); k++) {
    if (!cables_equal_nocase(word, cables_span(levels[k].word))) continue;
    return levels[k].rank == 0 ? handling(s) : levels[k].rank;
  }
  return -1;
}

int cables_classification_rank(CablesSpan marking) {
  CablesSpan s = cables_trim(marking);
  if (s.n > 0 && s.z[0] == '(') s = cables_sub(s, 1, s.n);
  s = cables_trim(cables_sub(s, 0, LONGEST));
  int rank = abbreviated(s);
  /* One or two stray letters ahead of the level: "CSE C R E T". */
  for (size_t i = 0; rank < 0 && i <= 2 && i < s.n; i++) {
    if (!cables_is_alpha(s.z[i])) break;
    rank = written_out(s, i);
  }
  return rank;
}
