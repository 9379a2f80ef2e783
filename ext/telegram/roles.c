/*
** Roles of paragraphs: summary, comment, action request, biographic note, from
** opening words, headings and end markers.  Source: modern.md 9.4.
*/
#include <string.h>

#include "parse.h"

const char *cables_role_of(CablesSpan s, bool heading) {
  static const struct {
    const char *word;
    const char *role;
  } words[] = {{"SUMMARY", "summary"},
               {"BEGIN SUMMARY", "summary"},
               {"EXECUTIVE SUMMARY", "summary"},
               {"SUMMAY", "summary"},
               {"COMMENT", "comment"},
               {"BEGIN COMMENT", "comment"},
               {"EMBASSY COMMENT", "comment"},
               {"POST COMMENT", "comment"},
               {"ACTION REQUEST", "action request"},
               {"THIS IS AN ACTION REQUEST", "action request"},
               {"BIOGRAPHIC NOTE", "biographic note"},
               {"BIO NOTE", "biographic note"},
               {"BIOGRAPHIC INFORMATION", "biographic note"},
               {"BIOGRAPHICAL NOTE", "biographic note"}};
  while (s.n > 0 && (s.z[0] == '(' || s.z[0] == '[')) s = cables_sub(s, 1, s.n);
  for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
    CablesSpan word = cables_span(words[i].word);
    if (!cables_starts_nocase(s, word)) continue;
    if (s.n == word.n || heading) return words[i].role;
    char next = s.z[word.n];
    bool sentence =
        strcmp(words[i].role, "action request") == 0 && s.z[0] == 'T';
    if (strchr(".:;-/)", next) != NULL || sentence) return words[i].role;
    CablesSpan rest = cables_trim(cables_sub(s, word.n, 12));
    if (next == ' ' && (strchr("-:.&", rest.z[0]) != NULL ||
                        cables_starts_nocase(rest, CABLES_LIT("AND ")))) {
      return words[i].role;
    }
  }
  return NULL;
}

/* Rows behind an opening word in which its end marker is looked for. */
enum { MAX_ROLE_ROWS = 12 };

/* The words that end what a role opened: END COMMENT. */
static CablesSpan end_marker(const char *role) {
  if (strcmp(role, "comment") == 0) return CABLES_LIT("END COMMENT");
  if (strcmp(role, "action request") == 0) {
    return CABLES_LIT("END ACTION REQUEST");
  }
  return CABLES_LIT("END NOTE");
}

/* The row that closes what row i opened: one near below with the end marker
** and no other role before it; i itself when there is none. */
static size_t closing_row(const CablesTelegram *t, size_t i) {
  CablesSpan marker = end_marker(t->paragraphs[i].role);
  for (size_t k = i; k < t->n_paragraphs && k < i + MAX_ROLE_ROWS; k++) {
    const CablesParagraph *row = &t->paragraphs[k];
    if (k > i && row->role != NULL) break;
    if (cables_find_nocase(row->text, marker) != (size_t)-1) return k;
  }
  return i;
}

void cables_spread_roles(CablesParser *p) {
  CablesTelegram *t = &p->t;
  for (size_t i = 0; i < t->n_paragraphs; i++) {
    const char *role = t->paragraphs[i].role;
    if (role == NULL || strcmp(role, "summary") == 0) continue;
    size_t last = closing_row(t, i);
    while (i < last) t->paragraphs[++i].role = role;
  }
}
