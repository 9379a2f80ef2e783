/*
** The envelope: transmission id, routing line, DE line, date-time group, FM,
** TO, INFO, XMT, and the distribution block of the Department.  Sources:
** modern.md 1; 1970s.md 4, 5.
*/
#include <string.h>

#include "parse.h"
#include "refid.h"

/* --- addresses (modern.md 1.8) */

/* Precedence words with the letter order of the list; PIORITY and NICT are
** misspellings that were met. */
static const struct {
  const char *printed;
  const char *meant;
} precedences[] = {{"NIACT IMMEDIATE", "NIACT IMMEDIATE"},
                   {"NICT IMMEDIATE", "NIACT IMMEDIATE"},
                   {"IMMEDIATE", "IMMEDIATE"},
                   {"PRIORITY", "PRIORITY"},
                   {"PIORITY", "PRIORITY"},
                   {"ROUTINE", "ROUTINE"},
                   {"FLASH", "FLASH"},
                   {"NIACT", "NIACT IMMEDIATE"}};

/* Takes the last word or words off s when they are a precedence. */
static CablesSpan take_precedence(CablesSpan *s) {
  for (size_t i = 0; i < sizeof(precedences) / sizeof(*precedences); i++) {
    CablesSpan word = cables_span(precedences[i].printed);
    if (s->n > word.n &&
        cables_equal(cables_sub(*s, s->n - word.n, word.n), word) &&
        s->z[s->n - word.n - 1] == ' ') {
      *s = cables_trim(cables_sub(*s, 0, s->n - word.n));
      return cables_span(precedences[i].meant);
    }
  }
  return CABLES_NO_SPAN;
}

/* Length of the routing indicator and its slash at the start of s, or 0: 4 to
** 8 capital letters that start with R, or ZEN (delivered by other means). */
static size_t routing_length(CablesSpan s) {
  const char *slash = memchr(s.z, '/', s.n < 10 ? s.n : 10);
  if (slash == NULL) return 0;
  size_t n = (size_t)(slash - s.z);
  if (n == 3 && memcmp(s.z, "ZEN", 3) == 0) return 4;
  if (n < 4 || n > 8 || s.z[0] != 'R') return 0;
  for (size_t i = 0; i < n; i++) {
    if (!cables_is_upper(s.z[i])) return 0;
  }
  return n + 1;
}

/* Whether a word is a message continuity number: four digits, three, a range of
** two, or up to four in the 1970s. */
static bool is_mcn(CablesSpan word) {
  if (word.n > 11) return false;
  for (size_t i = 0; i < word.n; i++) {
    bool range = word.z[i] == '-' && i + 3 < word.n;
    if (!cables_is_digit(word.z[i]) && !range) return false;
  }
  return true;
}

/* Takes the message continuity number off the end of s, behind other words. */
static CablesSpan take_mcn(CablesSpan *s) {
  size_t at = s->n;
  while (at > 0 && s->z[at - 1] != ' ') at--;
  CablesSpan word = cables_sub(*s, at, s->n);
  if (at == 0 || !is_mcn(word)) return CABLES_NO_SPAN;
  *s = cables_trim(cables_sub(*s, 0, at));
  return word;
}

/* Drops the month that a program put behind LA PAZ, whose final Z it took for
** a time zone (modern.md 1.8, month-word damage). */
static void drop_month(CablesSpan *plad) {
  size_t at = cables_find(*plad, CABLES_LIT("LA PAZ "));
  if (at == (size_t)-1) return;
  CablesSpan rest = cables_sub(*plad, at + 7, plad->n);
  if (rest.n >= 3 && cables_month_from_name(cables_sub(rest, 0, 3)) > 0 &&
      (rest.n == 3 || rest.z[3] == ' ')) {
    *plad = cables_sub(*plad, 0, at + 6);
  }
}

/* Adds one address. */
static void add_address(CablesParser *p, CablesSpan s, bool action,
                        bool excluded) {
  if (p->options.want & CABLES_WITHOUT_ADDRESSEES) return;
  s = cables_trim(s);
  /* An exclusion from nothing: no address of this block stands before it. */
  const CablesTelegram *sofar = &p->t;
  if (excluded &&
      (sofar->n_addressees == 0 ||
       sofar->addressees[sofar->n_addressees - 1].action != action)) {
    return;
  }
  CablesAddressee a = {.action = action, .excluded = excluded, .printed = s};
  if (cables_starts(s, CABLES_LIT("/"))) s = cables_sub(s, 1, s.n);
  size_t routing = routing_length(s);
  if (routing > 0) {
    a.routing = cables_sub(s, 0, routing - 1);
    s = cables_sub(s, routing, s.n);
  }
  a.mcn = take_mcn(&s);
  a.precedence = take_precedence(&s);
  /* "NIACT IMMEDIATE 7881-7884" and the reverse both occur. */
  if (a.mcn.z == NULL && a.precedence.z != NULL) a.mcn = take_mcn(&s);
  drop_month(&s);
  a.plad = cables_folded(p, s);
  if (a.plad.z == NULL) return;
  CablesTelegram *t = &p->t;
  CablesAddressee *grown =
      cables_arena_grow(&p->arena, t->addressees, t->n_addressees, sizeof(a));
  if (grown == NULL) return;
  t->addressees = grown;
  t->addressees[t->n_addressees++] = a;
  cables_note(p, action ? "action" : "info", a.plad, "address",
              cables_offset(p, a.printed), a.printed.n);
}

/* Block that the walk is in. */
typedef enum Block { BLOCK_NONE, BLOCK_TO, BLOCK_INFO, BLOCK_OFFICES } Block;

/* Whether s is a list of offices with numbers of copies: LOG-00 EEB-00
** (modern.md 1.9, 1970s.md 4). */
static bool is_offices(CablesSpan s) {
  size_t i = 0;
  while (i < s.n && cables_is_upper(s.z[i])) i++;
  return i > 0 && i <= 5 && i + 2 < s.n && s.z[i] == '-' &&
         cables_is_digit(s.z[i + 1]) && cables_is_digit(s.z[i + 2]) &&
         (i + 3 == s.n || s.z[i + 3] == ' ');
}

/* An address that may announce exclusions: "XMT AMCONSUL X", "XMT/...",
** "COLLECTIVE, XMT POST" (modern.md 1.8).  excluded: in an XMT list already.
*/
static void address_line(CablesParser *p, CablesSpan s, Block block,
                         bool *excluded) {
  bool action = block == BLOCK_TO;
  if (cables_starts(s, CABLES_LIT("PAGE "))) return;
  size_t comma = cables_find(s, CABLES_LIT(", XMT "));
  if (comma != (size_t)-1) {
    add_address(p, cables_sub(s, 0, comma), action, *excluded);
    *excluded = true;
    s = cables_trim(cables_sub(s, comma + 5, s.n));
  } else if (cables_starts(s, CABLES_LIT("XMT ")) ||
             cables_starts(s, CABLES_LIT("XMT/"))) {
    *excluded = true;
    s = cables_trim(cables_sub(s, 4, s.n));
  } else if (routing_length(s) > 0) {
    /* An address with a routing indicator ends a list of exclusions. */
    *excluded = false;
  }
  add_address(p, s, action, *excluded);
}

/* --- the other lines */

/* Takes the date-time group over. */
static void take_dtg(CablesParser *p, const CablesMatch *m) {
  int month = cables_month_from_name(m->group[7]);
  long year = cables_number(m->group[8]);
  CablesDate d = {cables_full_year((int)year), month,
                  (int)cables_number(m->group[4])};
  p->t.dtg = cables_folded(p, m->group[3]);
  cables_note(p, "dtg", p->t.dtg, "dtg", cables_offset(p, m->group[3]),
              m->group[3].n);
  p->t.year = d.year;
  long hour = cables_number(m->group[5]);
  long minute = cables_number(m->group[6]);
  if (!cables_date_valid(d) || hour > 23 || minute > 59) return;
  p->date = d;
  const char time[] = {' ',
                       m->group[5].z[0],
                       m->group[5].z[1],
                       ':',
                       m->group[6].z[0],
                       m->group[6].z[1],
                       ':',
                       '0',
                       '0'};
  p->t.created = cables_moment(p, d, (CablesSpan){time, sizeof(time)});
  cables_note(p, "created", p->t.created, "dtg", cables_offset(p, m->group[3]),
              m->group[3].n);
}

/* The highest of the precedence letters Z O P R; Y is military (flash
** override) and ranks as flash. */
static void take_precedences(CablesParser *p, CablesSpan first,
                             CablesSpan second) {
  static const char letters[] = "YZOPR";
  static const char *const names[] = {"FLASH", "FLASH", "IMMEDIATE", "PRIORITY",
                                      "ROUTINE"};
  if (first.z == NULL) return;
  size_t rank = (size_t)(strchr(letters, first.z[0]) - letters);
  if (second.z != NULL) {
    size_t other = (size_t)(strchr(letters, second.z[0]) - letters);
    if (other < rank) rank = other;
  }
  p->t.precedence = cables_span(names[rank]);
  cables_note(p, "precedence", p->t.precedence, "dtg", cables_offset(p, first),
              first.n);
}

/* A month of three letters, one of them wrong, is read as the month that it
** misses by one letter (1970s.md 5.2: PEB); 0 when none or several fit. */
static const char *repaired_month(CablesSpan s) {
  static const char *const months[] = {"JAN", "FEB", "MAR", "APR",
                                       "MAY", "JUN", "JUL", "AUG",
                                       "SEP", "OCT", "NOV", "DEC"};
  const char *found = NULL;
  for (size_t i = 0; i < 12; i++) {
    int same = (cables_to_upper(s.z[0]) == months[i][0]) +
               (cables_to_upper(s.z[1]) == months[i][1]) +
               (cables_to_upper(s.z[2]) == months[i][2]);
    if (same == 2) {
      if (found != NULL) return NULL;
      found = months[i];
    }
  }
  return found;
}

/* A line with precedences and date-time group, if line is one. */
static bool dtg_line(CablesParser *p, CablesSpan s) {
  if (p->t.dtg.z != NULL || s.n < 11) return false;
  bool precedence = cables_is_precedence(s.z[0]) && s.z[1] == ' ';
  if (!precedence && !cables_is_digit(s.z[0])) return false;
  CablesMatch m;
  if (!cables_match(p->patterns, PATTERN_DTG, s, 0, &m)) return false;
  if (cables_month_from_name(m.group[7]) == 0) {
    const char *month = repaired_month(m.group[7]);
    if (month == NULL) return false;
    cables_odd(p, "envelope",
               cables_format(p, "month of the date-time group misspelt: %.*s",
                             (int)m.group[7].n, m.group[7].z),
               cables_offset(p, m.group[7]), m.group[7].n);
    CablesSpan printed = m.group[3];
    m.group[7] = cables_span(month);
    take_dtg(p, &m);
    p->t.dtg = cables_folded(p, printed);
  } else {
    take_dtg(p, &m);
  }
  take_precedences(p, m.group[1], m.group[2]);
  return true;
}

/* "DRAFTED BY EUR/SE:RCEWING:LLL", "APPROVED BY C:MNIMETZ" (1970s.md 4). */
static bool staff_line(CablesParser *p, CablesSpan s) {
  static const char *const labels[] = {"DRAFTED BY", "APPROVED BY"};
  for (int k = 0; k < 2; k++) {
    CablesSpan label = cables_span(labels[k]);
    if (!cables_starts(s, label)) continue;
    CablesSpan rest = cables_trim(cables_sub(s, label.n, s.n));
    while (cables_starts(rest, CABLES_LIT(":"))) {
      rest = cables_trim(cables_sub(rest, 1, rest.n));
    }
    CablesSpan value = cables_folded(p, rest);
    CablesSpan *field = k == 0 ? &p->t.drafted_by : &p->t.approved_by;
    if (field->z == NULL && value.z != NULL) {
      *field = value;
      cables_note(p, k == 0 ? "drafted_by" : "approved_by", value, "staff_line",
                  cables_offset(p, rest), rest.n);
    }
    return true;
  }
  return false;
}

/* The DE line's serial and day, kept for the comparisons. */
static bool de_line(CablesParser *p, CablesSpan s) {
  CablesMatch m;
  if (s.z[0] != 'D' || !cables_match(p->patterns, PATTERN_DE_LINE, s, 0, &m)) {
    return false;
  }
  p->de_serial = m.group[2];
  p->de_day = m.group[4];
  return true;
}

/* The FM line's address. */
static bool fm_line(CablesParser *p, CablesSpan s) {
  if (!cables_starts(s, CABLES_LIT("FM "))) return false;
  if (p->t.sender.z == NULL) {
    CablesSpan rest = cables_trim(cables_sub(s, 3, s.n));
    p->t.sender = cables_folded(p, rest);
    cables_note(p, "sender", p->t.sender, "fm_line", cables_offset(p, rest),
                rest.n);
  }
  return true;
}

/* One line of the envelope; gives the block that the next line is in. */
static Block envelope_line(CablesParser *p, CablesSpan s, Block block,
                           bool *excluded) {
  if (cables_starts(s, CABLES_LIT("TO "))) {
    *excluded = false;
    address_line(p, cables_trim(cables_sub(s, 3, s.n)), BLOCK_TO, excluded);
    return BLOCK_TO;
  }
  if (cables_starts(s, CABLES_LIT("INFO "))) {
    CablesSpan rest = cables_trim(cables_sub(s, 5, s.n));
    *excluded = false;
    if (is_offices(rest)) return BLOCK_OFFICES;
    address_line(p, rest, BLOCK_INFO, excluded);
    return BLOCK_INFO;
  }
  if (dtg_line(p, s) || fm_line(p, s) || de_line(p, s) || staff_line(p, s)) {
    return BLOCK_NONE;
  }
  if (cables_starts(s, CABLES_LIT("ACTION ")) ||
      cables_starts(s, CABLES_LIT("ORIGIN "))) {
    return BLOCK_OFFICES;
  }
  if ((block == BLOCK_TO || block == BLOCK_INFO) && s.n <= 100) {
    address_line(p, s, block, excluded);
  }
  return block;
}

void cables_parse_envelope(CablesParser *p) {
  size_t stop = p->class_line != NO_LINE ? p->class_line : p->boundary;
  Block block = BLOCK_NONE;
  bool excluded = false;
  for (size_t i = 0; i < stop; i++) {
    const Line *line = &p->lines[i];
    if (line->kind == LINE_RULE) block = BLOCK_NONE;
    if (line->kind != LINE_TEXT) continue;
    CablesSpan s = cables_line_text(p, line);
    if (cables_starts(s, CABLES_LIT("---------------"))) {
      block = BLOCK_NONE;
      continue;
    }
    block = envelope_line(p, s, block, &excluded);
  }
}
