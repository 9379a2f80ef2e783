/*
** What the files of the telegram parser share: the state of one parse.  Only
** ext/telegram/ includes this; its interface to the rest is telegram.h.
**
** Order of work (modern.md 12): carrier.c finds the telegram in the text,
** lines.c cuts it into lines and marks page furniture, heading.c finds the
** classification line and the labelled fields below it, envelope.c reads what
** stands above, references.c, tags.c and classifier.c read their fields,
** body.c cuts the paragraphs, closing.c the signature, check.c compares.
*/
#ifndef CABLES_TELEGRAM_PARSE_H
#define CABLES_TELEGRAM_PARSE_H

#include <stdint.h>

#include "../base/arena.h"
#include "../base/buf.h"
#include "patterns.h"
#include "telegram.h"

/* What a line is, as far as the line itself tells. */
typedef enum LineKind {
  LINE_BLANK,  /* nothing, or a lone dash of pre-2000 texts */
  LINE_TEXT,   /* anything else */
  LINE_RULE,   /* dashes, equals signs, stars: an underline */
  LINE_BREAK,  /* section joint: MOSCOW 00003687  002 OF 002 */
  LINE_PAGE,   /* page line: PAGE 02  MOSCOW  00845  01 OF 02 */
  LINE_BANNER, /* classification alone, top or bottom of a page */
  LINE_STAMP,  /* release stamp and other print of the archive */
  LINE_SIPDIS  /* SIPDIS alone: a caption, or noise inside a text */
} LineKind;

typedef struct Line {
  size_t raw;    /* offset of the first byte of the printed line */
  size_t start;  /* offset of the content: indent and paragraph sign off */
  size_t n;      /* bytes of content, trimmed at the end */
  LineKind kind; /* see above */
  int section;   /* of a LINE_BREAK or LINE_PAGE: section that begins, or 0 */
  bool glued;    /* cut from the line before it, not printed on its own */
  bool spaced;   /* a blank stood at the printed end */
} Line;

/* A field printed over several lines, joined into one text with a map back to
** the argument. */
typedef struct Joined {
  CablesSpan text; /* lines joined with one blank; in the arena */
  size_t *at;      /* offset in text where each piece begins */
  size_t *from;    /* its offset in the argument */
  size_t n;        /* pieces */
  size_t start;    /* offset in the argument of the first byte */
  size_t end;      /* offset in the argument behind the last byte */
} Joined;

struct CablesParser {
  CablesArena arena;        /* of the present telegram */
  CablesPatterns *patterns; /* compiled once */
  CablesParseOptions options;
  CablesSpan text; /* the argument, or a copy of it with the envelope of a
                   ** lower-cased telegram in capitals, byte for byte */
  size_t begin;    /* offset where the telegram begins */
  size_t end;      /* offset behind it */

  Line *lines; /* lines cut so far */
  size_t n_lines;
  size_t cap_lines;
  size_t next; /* offset of the first line not cut yet */
  bool spread; /* a copier put a blank line after every line */
  bool oom;    /* lines could not grow */

  size_t class_line; /* index of the classification line, or NO_LINE */
  size_t boundary;   /* index of the first line of the heading */
  size_t body;       /* index of the first line of the body */
  size_t body_end;   /* index behind its last line: signature, trailer off */
  bool ended;        /* a signature or trailer closes the text */
  int last_section;  /* section of the last line of the body */
  uint64_t sections; /* sections met below the first, as bits */
  CablesSpan class_post; /* post of the classification line, printed */
  long class_serial;     /* its serial, or -1 */
  int level;             /* rank of its level, or -1 */
  CablesDate date;       /* day of the date-time group */
  Joined eo;             /* fields of the heading, joined */
  CablesSpan eo_number;
  Joined tags;
  Joined subject;
  Joined refs;
  Joined classified;
  bool watch;            /* the end of the telegram is not known yet */
  size_t behind;         /* offset behind the line that ended it, or 0 */
  bool chrome;           /* words of a page were met behind the telegram */
  bool record;           /* the heading "Message Text" of an archive's record */
  size_t attributes;     /* offset behind "Message Attributes", or 0 */
  CablesSpan page_refid; /* what a page or an archive's record says */
  CablesSpan page_created;
  CablesSpan page_released;
  CablesSpan page_classification;
  CablesSpan page_origin;
  CablesSpan de_day; /* day of year of the DE line */
  CablesSpan de_serial;
  CablesTelegram t; /* the result */
};

#define NO_LINE ((size_t)-1)

/* --- lines.c */

/* The ith line of the telegram, cut on demand, or NULL behind the last one
** and when memory is out. */
Line *cables_line(CablesParser *p, size_t i);

/* The content of a line. */
CablesSpan cables_line_text(const CablesParser *p, const Line *line);

/* Cuts line i at an offset of its content: what follows becomes line i + 1. */
void cables_line_split(CablesParser *p, size_t i, size_t offset);

/* Whether s ends with other letters, in any case. */
bool cables_ends_with(CablesSpan s, CablesSpan end);

/* Whether s ends as a sentence ends: a point or mark, closing brackets, quotes
** and decoration behind it. */
bool cables_ends_sentence(CablesSpan s);

/* Whether a line is page furniture. */
bool cables_line_noise(const Line *line);

/* Joins lines [from, to) that are text into one; skips everything else.  With
** hard, a line that is cut at the 71st column goes on without a blank. */
Joined cables_join(CablesParser *p, size_t from, size_t to, size_t skip,
                   bool hard);

/* The offset in the argument of an offset in the joined text, which is not
** empty. */
size_t cables_joined_source(const Joined *j, size_t offset);

/* First letters, asked of every line before a pattern is tried on it. */

/* Whether a classification line may begin with c (modern.md 2.1; 2.2 for the
** damage). */
static inline bool cables_begins_level(char c) {
  switch (c) {
    case 'C':
    case 'E':
    case 'L':
    case 'N':
    case 'O':
    case 'S':
    case 'T':
    case 'U':
      return true;
    default:
      return false;
  }
}

/* Whether c is a letter of precedence (modern.md 1.6). */
static inline bool cables_is_precedence(char c) {
  return c == 'Z' || c == 'O' || c == 'P' || c == 'R' || c == 'Y';
}

/* --- carrier.c */

/* Finds the telegram in the text: sets begin, end, the page's values and
** t.carrier.  Gives whether a mark of a telegram's beginning was met. */
bool cables_find_telegram(CablesParser *p);

/* Whether a line that begins at an offset is not the telegram's any more: for
** telegrams alone, whose end is watched for while lines are cut. */
bool cables_ends_telegram(CablesParser *p, CablesSpan line, size_t from);

/* --- heading.c, envelope.c, tags.c, references.c, classifier.c */

/* Finds the classification line and with it the boundary between envelope and
** heading; where there is none, the first label is the boundary. */
void cables_find_boundary(CablesParser *p);
void cables_parse_heading(CablesParser *p);
void cables_parse_envelope(CablesParser *p);
void cables_parse_tags(CablesParser *p);
void cables_parse_references(CablesParser *p);
void cables_parse_classifier(CablesParser *p);

/* Whether line i is a classification line with post and serial; m gets
** PATTERN_CLASS_LINE's groups. */
bool cables_class_line_at(CablesParser *p, size_t i, CablesMatch *m);

/* Whether line i opens the body: paragraph 1, a summary, a marked text. */
bool cables_opens_body(CablesParser *p, size_t i);

/* Whether line i is the first of a later section's text: a numbered or marked
** paragraph. */
bool cables_opens_section(CablesParser *p, size_t i);

/* The number of a paragraph that begins at the start of s, or 0; match, if
** not NULL, gets PATTERN_PARAGRAPH's groups.  A reference ("1. STATE 109337")
** and a decimal ("1.4 (b)") are none. */
int cables_paragraph_number(CablesParser *p, CablesSpan s, CablesMatch *match);

/* --- page.c */

/* The number of words in s, which are only those that a web page prints behind
** a telegram, or open a line of such; 0 when s is none.  *beyond_doubt: no
** telegram's text opens so. */
size_t cables_page_words(CablesParser *p, CablesSpan s, bool *beyond_doubt);

/* --- plusd.c */

/* Whether a line gives a page of the PlusD archive away. */
bool cables_is_plusd(CablesSpan line);

/* Reads the page's labels down to the raw text. */
void cables_parse_plusd(CablesParser *p);

/* --- attributes.c */

/* Reads the record's attributes, and fills what the telegram does not tell. */
void cables_parse_attributes(CablesParser *p);

/* Reads the attributes behind a telegram without the heading "Message Text":
** they are shown, and fill nothing, as they are met too late. */
void cables_parse_late_attributes(CablesParser *p);

/* Adds an attribute, unless its value says that there is none. */
void cables_attribute_add(CablesParser *p, CablesSpan name, CablesSpan value);

/* The value of an attribute, or unknown. */
CablesSpan cables_attribute(const CablesParser *p, const char *name);

/* --- roles.c */

/* The role that opening words give, or NULL (modern.md 9.4). */
const char *cables_role_of(CablesSpan s, bool heading);

/* A comment or note that is not closed in the paragraph that opens it reaches
** to its end marker (modern.md 9.4), over rows without a role of their own.
** Summaries are followed while the rows are made. */
void cables_spread_roles(CablesParser *p);

/* --- body.c, closing.c, summary.c, citations.c, check.c */
void cables_parse_body(CablesParser *p);
void cables_parse_closing(CablesParser *p);
void cables_parse_summary(CablesParser *p);

/* Whether END SUMMARY stands in a text, in any spelling; m, if not NULL, tells
** where. */
bool cables_closes_summary(CablesParser *p, CablesSpan text, CablesMatch *m);
void cables_parse_citations(CablesParser *p);
void cables_parse_redactions(CablesParser *p);
void cables_check(CablesParser *p);

/* --- parse.c */

/* A copy of s in the arena with white space folded to one blank and trimmed;
** unknown when nothing is left. */
CablesSpan cables_folded(CablesParser *p, CablesSpan s);

/* A copy of s in upper case. */
CablesSpan cables_upper(CablesParser *p, CablesSpan s);

/* Formats into the arena. */
CablesSpan cables_format(CablesParser *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A day, and what follows it, in the arena: "2006-04-07", " 17:07:00". */
CablesSpan cables_moment(CablesParser *p, CablesDate d, CablesSpan time);

/* Appends to a list, unless it holds the text already. */
void cables_texts_add(CablesParser *p, CablesTexts *list, CablesSpan s);

/* Records where a value comes from (with CABLES_WANT_TRACE). */
void cables_note(CablesParser *p, const char *field, CablesSpan value,
                 const char *rule, size_t start, size_t length);

/* Records an anomaly.  length 0: no place. */
void cables_odd(CablesParser *p, const char *part, CablesSpan message,
                size_t start, size_t length);

/* The offset in the argument of a slice of it. */
static inline size_t cables_offset(const CablesParser *p, CablesSpan slice) {
  return (size_t)(slice.z - p->text.z);
}

#endif
