/*
** Addresses and citations: see cite.h.
*/
#include "cite.h"

#include "base/utf8.h"
#include "schema.h"
#include "telegram/refid.h"

enum { NAME_BYTES = 40 }; /* of an unknown name that an error repeats */

/* Appends what an error begins with, before the names that there are. */
static void print_unknown(CablesBuf *b, const char *start, CablesSpan name) {
  cables_buf_text(b, start);
  cables_buf_text(b, " '");
  cables_utf8_repair(cables_sub(name, 0, NAME_BYTES), b);
  cables_buf_text(b, "': there are");
}

/* --- addresses */

/* The letter that PlusD puts behind an id (shared/format/1970s.md 9): a..e at
** the end of the id as given, else that of its year.  Of 1973-76 a few pages
** have none, which no id tells; Cablegate's telegrams, of whatever year, have
** an a.  printed: an id, so not a short text. */
static char plusd_suffix(CablesSpan printed, int year) {
  static const char by_year[] = "bbbbcde"; /* 1973 ... 1979 */
  CablesSpan s = cables_trim(printed);
  if (s.z[s.n - 2] == '_' && s.z[s.n - 1] >= 'a' && s.z[s.n - 1] <= 'e')
    return s.z[s.n - 1];
  return year >= 1973 && year <= 1979 ? by_year[year - 1973] : 'a';
}

static CablesCiteResult print_plusd(CablesSpan printed, CablesRefid id,
                                    CablesDate created, CablesBuf *b) {
  char suffix = plusd_suffix(printed, id.year);
  (void)created;
  cables_buf_text(b, "https://wikileaks.org/plusd/cables/");
  if (suffix == 'a')
    cables_refid_print(b, id);
  else
    cables_refid_print_nara(b, id);
  cables_buf_format(b, "_%c.html", suffix);
  return CABLES_CITE_OK;
}

/* The address that a page of 2010-11 gives of itself in its links. */
static CablesCiteResult print_cablegate(CablesSpan printed, CablesRefid id,
                                        CablesDate created, CablesBuf *b) {
  (void)printed;
  if (created.year == 0) {
    cables_buf_text(b,
                    "refid_url: the site 'cablegate' needs a date: "
                    "refid_url(ref, 'cablegate', created)");
    return CABLES_CITE_FAULT;
  }
  cables_buf_format(b, "http://cablegate.wikileaks.org/cable/%04d/%02d/",
                    created.year, created.month);
  cables_refid_print(b, id);
  cables_buf_text(b, ".html");
  return CABLES_CITE_OK;
}

static const struct {
  const char *name;
  CablesCiteResult (*print)(CablesSpan printed, CablesRefid id,
                            CablesDate created, CablesBuf *b);
} sites[] = {{"plusd", print_plusd}, {"cablegate", print_cablegate}};

CablesCiteResult cables_cite_url(CablesSpan ref, CablesSpan site,
                                 CablesDate created, CablesBuf *b) {
  size_t i = 0;
  while (i < CABLES_COUNT(sites) &&
         !cables_equal(site, cables_span(sites[i].name)))
    i++;
  if (i == CABLES_COUNT(sites)) {
    print_unknown(b, "refid_url: no such site", site);
    for (i = 0; i < CABLES_COUNT(sites); i++)
      cables_buf_format(b, "%s %s", i > 0 ? "," : "", sites[i].name);
    return CABLES_CITE_FAULT;
  }
  CablesArena arena = {0};
  CablesRefid id;
  CablesCiteResult result = CABLES_CITE_NONE;
  if (cables_refid_read(ref, 0, &arena, &id))
    result = sites[i].print(ref, id, created, b);
  if (arena.oom) b->oom = true;
  cables_arena_free(&arena);
  return result;
}

/* --- citations */

/* What a citation is made of. */
typedef struct Work {
  const CablesTelegram *t;
  CablesRefid id;
  CablesSpan author; /* Embassy Moscow; never unknown */
  CablesDate sent;   /* or unknown */
} Work;

static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/* Whether the electronic records of the National Archives hold telegrams of
** its year (shared/format/1970s.md). */
static bool is_in_archives(const Work *w) {
  return w->id.year >= 1973 && w->id.year <= 1979;
}

/* "April 7, 2006", or what stands for a date that is not known. */
static void print_date(CablesBuf *b, CablesDate d) {
  if (d.year == 0)
    cables_buf_text(b, "n.d.");
  else
    cables_buf_format(b, "%s %d, %d", months[d.month - 1], d.day, d.year);
}

/* The id as the archive that holds the telegram writes it. */
static void print_id(CablesBuf *b, const Work *w) {
  if (is_in_archives(w))
    cables_refid_print_nara(b, w->id);
  else
    cables_refid_print(b, w->id);
}

/* The subject in quotation marks and a blank behind it; those inside become
** single ones.  The comma stands before the mark, and not behind a mark that
** ends a sentence itself. */
static void print_quoted(CablesBuf *b, CablesSpan subject) {
  if (subject.n == 0) return;
  cables_buf_byte(b, '"');
  for (size_t i = 0; i < subject.n; i++)
    cables_buf_byte(b, subject.z[i] == '"' ? '\'' : subject.z[i]);
  char last = subject.z[subject.n - 1];
  cables_buf_text(b, last == '?' || last == '!' ? "\" " : ",\" ");
}

/* A note after the Chicago manual. */
static void print_chicago(CablesBuf *b, const Work *w) {
  cables_buf_span(b, w->author);
  cables_buf_text(b, ", ");
  print_quoted(b, w->t->subject);
  cables_buf_text(b, "telegram ");
  print_id(b, w);
  cables_buf_text(b, ", ");
  print_date(b, w->sent);
  if (w->sent.year != 0) cables_buf_byte(b, '.');
}

/* As the National Archives want it: item, file unit, series, record group. */
static void print_nara(CablesBuf *b, const Work *w) {
  cables_buf_format(b, "Telegram %ld from ", w->id.serial);
  cables_buf_span(b, w->author);
  cables_buf_text(b, ", ");
  print_quoted(b, w->t->subject);
  print_date(b, w->sent);
  cables_buf_text(b, "; ");
  print_id(b, w);
  if (is_in_archives(w))
    cables_buf_text(b,
                    "; Central Foreign Policy Files, 1973-79; General Records "
                    "of the Department of State, Record Group 59; National "
                    "Archives");
  cables_buf_byte(b, '.');
}

/* What TeX reads as this character. */
static void print_tex(CablesBuf *b, CablesSpan s) {
  for (size_t i = 0; i < s.n; i++) {
    switch (s.z[i]) {
      case '\\':
        cables_buf_text(b, "\\textbackslash{}");
        break;
      case '{': /* a brace that is escaped counts for BibTeX all the same */
        cables_buf_text(b, "\\textbraceleft{}");
        break;
      case '}':
        cables_buf_text(b, "\\textbraceright{}");
        break;
      case '~':
        cables_buf_text(b, "\\textasciitilde{}");
        break;
      case '^':
        cables_buf_text(b, "\\textasciicircum{}");
        break;
      case '"':
        cables_buf_text(b, "\\textquotedbl{}");
        break;
      case '#':
      case '$':
      case '%':
      case '&':
      case '_':
        cables_buf_byte(b, '\\');
        cables_buf_byte(b, s.z[i]);
        break;
      default:
        cables_buf_byte(b, s.z[i]);
    }
  }
}

/* An entry for BibTeX and biblatex.  The second pair of braces keeps capital
** letters, and a name in one piece. */
static void print_bibtex(CablesBuf *b, const Work *w) {
  cables_buf_text(b, "@misc{");
  cables_refid_print(b, w->id);
  cables_buf_text(b, ",\n  author = {{");
  print_tex(b, w->author);
  if (w->t->subject.n > 0) {
    cables_buf_text(b, "}},\n  title = {{");
    print_tex(b, w->t->subject);
  }
  cables_buf_text(b, "}},\n  howpublished = {Telegram ");
  print_id(b, w);
  cables_buf_byte(b, '}');
  if (w->sent.year != 0)
    cables_buf_format(b, ",\n  year = {%d},\n  month = {%d},\n  day = {%d}",
                      w->sent.year, w->sent.month, w->sent.day);
  if (is_in_archives(w))
    cables_buf_text(b,
                    ",\n  note = {National Archives, Record Group 59, Central "
                    "Foreign Policy Files}");
  cables_buf_text(b, "\n}");
}

static const struct {
  const char *name;
  void (*print)(CablesBuf *b, const Work *w);
} styles[] = {
    {"chicago", print_chicago}, {"nara", print_nara}, {"bibtex", print_bibtex}};

/* The number of a style; how many there are when it is none. */
static size_t find_style(CablesSpan style) {
  size_t i = 0;
  while (i < CABLES_COUNT(styles) &&
         !cables_equal(style, cables_span(styles[i].name)))
    i++;
  return i;
}

static void print_styles(CablesBuf *b, CablesSpan style) {
  print_unknown(b, "cable_cite: no such style", style);
  for (size_t i = 0; i < CABLES_COUNT(styles); i++)
    cables_buf_format(b, "%s %s", i > 0 ? "," : "", styles[i].name);
}

CablesCiteResult cables_cite_print(const CablesTelegram *t, CablesSpan style,
                                   CablesBuf *b) {
  size_t i = find_style(style);
  if (i == CABLES_COUNT(styles)) {
    print_styles(b, style);
    return CABLES_CITE_FAULT;
  }
  CablesArena arena = {0};
  Work w = {.t = t, .sent = cables_date_from_iso(t->created)};
  bool found = cables_refid_read(t->refid, 0, &arena, &w.id);
  if (found) {
    w.author = t->origin.n > 0   ? t->origin
               : t->sender.n > 0 ? t->sender
                                 : w.id.post;
    styles[i].print(b, &w);
  }
  if (arena.oom) b->oom = true;
  cables_arena_free(&arena);
  return found ? CABLES_CITE_OK : CABLES_CITE_NONE;
}
