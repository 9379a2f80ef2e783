/*
** A telegram: text in, fields and paragraphs out.
**
**   CablesParser *parser = cables_parser_new();
**   const CablesTelegram *t = cables_parse(parser, text, &options);
**   if (t == NULL) ... memory is out ...
**   else if (t->found) ... t->refid, t->subject, t->paragraphs[0].text ...
**   cables_parser_free(parser);
**
** Knows no files and no SQL.  The text may be a bare telegram of any decade, a
** fragment of one, or the text of a web page around one.  It is taken as
** bytes: nothing is decoded, a carriage return or NUL counts as white space,
** every offset is an offset into the argument.  Sources of the rules:
** shared/format/modern.md, 1970s.md, declassification.md.
**
** Unknown is the unknown span (z == NULL), 0 or an empty list, as each field
** says.  Every string is a slice of the argument or lives in the parser's
** arena: it is valid until the parser's next call, as long as the argument
** lives.
*/
#ifndef CABLES_TELEGRAM_TELEGRAM_H
#define CABLES_TELEGRAM_TELEGRAM_H

#include "../base/buf.h"
#include "../base/span.h"
#include "date.h"
#include "declass.h"

/* What to find.  The header is always parsed. */
enum {
  CABLES_WANT_HEADER = 0,    /* envelope and heading only */
  CABLES_WANT_BODY = 1,      /* paragraphs, body, summary, signer, complete */
  CABLES_WANT_CITATIONS = 2, /* citations (implies the body) */
  CABLES_WANT_REDACTIONS = 4,
  CABLES_WANT_TRACE = 8, /* where each value comes from */
  CABLES_WANT_TEXT = 16, /* the end of t->text, and attributes */
  CABLES_WANT_ALL = 31,
  /* What a caller who wants the header only can do without. */
  CABLES_WITHOUT_ADDRESSEES = 32,
  CABLES_WITHOUT_REFERENCES = 64,
  CABLES_WITHOUT_CLASSIFIER = 128, /* classified_by and reasons */
  CABLES_WITHOUT_ANOMALIES = 256,  /* and complete */
  CABLES_WITHOUT_ALL = 480,
  /* What a caller who wants the paragraphs can do without as well. */
  CABLES_WITHOUT_BODY_TEXT = 512 /* body and summary */
};

/* What the source of a telegram says of it beside the text: the columns of a
** bulk file, say.  Unknown where it says nothing. */
typedef struct CablesKnown {
  CablesSpan refid;
  CablesSpan created;        /* 2006-04-07 17:07, seconds optional */
  CablesSpan released;       /* the same */
  CablesSpan classification; /* SECRET//NOFORN */
  CablesSpan origin;         /* Embassy Moscow */
} CablesKnown;

typedef struct CablesParseOptions {
  unsigned want; /* CABLES_WANT_... */
  bool more;     /* text is the head of a longer document */
  CablesRange
      verbatim;      /* part of a page's text that the page shows as it is,
                     ** so that a telegram in it ends with it; may be empty */
  int year;          /* year of the telegram where it tells none; 0 unknown */
  CablesSpan refid;  /* its id where it tells none */
  CablesKnown known; /* what its source says, as the table of a page does */
} CablesParseOptions;

/* How the telegram lies in the text. */
typedef enum CablesCarrier {
  CABLES_CARRIER_TELEGRAM, /* bare */
  CABLES_CARRIER_PAGE      /* inside the text of a web page */
} CablesCarrier;

/* A list of texts. */
typedef struct CablesTexts {
  CablesSpan *items;
  size_t n;
} CablesTexts;

typedef struct CablesAddressee {
  bool action;           /* TO, else INFO */
  bool excluded;         /* XMT */
  CablesSpan precedence; /* FLASH, NIACT IMMEDIATE, ... or unknown */
  CablesSpan routing;    /* routing indicator: RUEHC */
  CablesSpan plad;       /* SECSTATE WASHDC */
  CablesSpan mcn;        /* message continuity number, as printed */
  CablesSpan printed;    /* slice of the argument */
} CablesAddressee;

typedef struct CablesReference {
  CablesSpan label;   /* A, or unknown */
  const char *kind;   /* cable dtg email telcon report other */
  CablesSpan refid;   /* canonical, unknown if not a cable */
  CablesSpan note;    /* NOTAL, AND PREVIOUS, ... or unknown */
  CablesSpan printed; /* as printed, folded to one line */
  size_t start;       /* where the item lies in the argument */
  size_t length;
} CablesReference;

typedef struct CablesParagraph {
  int number;                /* printed number, 0 if none */
  int repeat;                /* 1, or n for the nth paragraph of this number */
  int section;               /* transmission section it starts in: 1, 2, ... */
  const char *kind;          /* paragraph heading list table signature */
  CablesSpan key;            /* 06MOSCOW3687#7, unknown without id or number */
  CablesSpan marking;        /* C, S/NF, as printed */
  CablesSpan classification; /* the marking spelled out */
  const char *role;          /* summary, comment, action request, ... or NULL */
  CablesSpan heading;        /* the heading it stands under, or unknown */
  CablesSpan text;           /* reflowed to one line */
  size_t start;              /* where it lies in the argument */
  size_t length;
  size_t lines_from; /* the parser's own: lines that it is joined from */
  size_t lines_to;
  size_t lines_skip; /* bytes of number and marking on the first of them */
} CablesParagraph;

typedef struct CablesCitation {
  int paragraph;      /* number of the paragraph, 0 if none */
  CablesSpan printed; /* as printed, folded to one line */
  CablesSpan refid;   /* canonical, or unknown */
  size_t start;
  size_t length;
} CablesCitation;

/* Something odd.  length 0: no place in the text. */
typedef struct CablesAnomaly {
  const char *part; /* envelope heading body references declassification ... */
  CablesSpan message; /* short lower-case sentence */
  size_t start;
  size_t length;
} CablesAnomaly;

typedef struct CablesRedaction {
  const char *kind; /* crossed out, omission, exemption */
  int paragraph;    /* number of the paragraph, 0 if none */
  CablesSpan printed;
  size_t start;
  size_t length;
} CablesRedaction;

/* Where a value comes from. */
typedef struct CablesTrace {
  const char *field; /* name of the column */
  CablesSpan value;  /* as the column gives it */
  const char *rule;  /* name of the pattern or rule */
  size_t start;      /* where it is printed in the argument */
  size_t length;
} CablesTrace;

/* An attribute of the archive's own record (1970s.md 8). */
typedef struct CablesAttribute {
  CablesSpan name;
  CablesSpan value;
} CablesAttribute;

typedef struct CablesTelegram {
  bool recognised;       /* what cables_recognise() says of it */
  bool found;            /* the text holds a telegram */
  bool header_complete;  /* the heading ends inside the text: reading on cannot
                         ** change a field of it */
  CablesCarrier carrier; /* how it lies in the text */
  CablesSpan text;       /* the telegram alone, printed; lines may still carry
                         ** the page's paragraph signs, see cables_clean() */

  CablesSpan refid;          /* 06MOSCOW3687 */
  CablesSpan created;        /* 2006-04-07 17:07:00 */
  CablesSpan released;       /* of the page */
  CablesSpan classification; /* CONFIDENTIAL, SECRET//NOFORN, ... */
  CablesSpan origin;         /* Embassy Moscow */
  CablesSpan precedence;     /* IMMEDIATE */
  CablesSpan dtg;            /* as printed: 071707Z APR 06 */
  CablesSpan sender;         /* FM: AMEMBASSY MOSCOW */
  CablesSpan subject;
  CablesSpan subject_marking;
  CablesTexts tags;
  CablesSpan tags_printed;
  CablesTexts captions;
  CablesTexts pass;           /* pass lines: whom it is passed to */
  CablesSpan executive_order; /* 12958 */
  bool has_declass;           /* declass is set: an E.O. line was found */
  CablesDeclass declass;
  CablesSpan classified_by;
  CablesTexts reasons;    /* 1.4(b) */
  CablesSpan drafted_by;  /* 1970s */
  CablesSpan approved_by; /* 1970s */
  CablesAttribute *attributes;
  size_t n_attributes;
  int year;           /* four digits, 0 unknown */
  bool has_own_year;  /* the text tells it: not that of the options */
  bool has_own_refid; /* the same of refid */
  int sections;       /* announced; 1 if unsectioned; 0 unknown */

  CablesAddressee *addressees;
  size_t n_addressees;
  CablesReference *references;
  size_t n_references;
  CablesAnomaly *anomalies;
  size_t n_anomalies;

  /* With CABLES_WANT_BODY. */
  CablesSpan signer;
  CablesSpan summary;
  CablesSpan body; /* first paragraph to signature, no page breaks */
  int complete;    /* 1 or 0 */
  int n_numbered;  /* numbered paragraphs */
  CablesParagraph *paragraphs;
  size_t n_paragraphs;

  /* With CABLES_WANT_CITATIONS, _REDACTIONS, _TRACE. */
  CablesCitation *citations;
  size_t n_citations;
  CablesRedaction *redactions;
  size_t n_redactions;
  CablesTrace *trace;
  size_t n_trace;
} CablesTelegram;

typedef struct CablesParser CablesParser;

/* A parser for one thread: compiled patterns and an arena.  NULL when memory
** is out. */
CablesParser *cables_parser_new(void);

/* The same, sharing the patterns of another parser, which may be in use by
** another thread and may be freed before: a hundredth of the work. */
CablesParser *cables_parser_like(const CablesParser *other);

/* Frees it and the telegram that it gave; NULL is harmless. */
void cables_parser_free(CablesParser *parser);

/* Parses.  text: any bytes, kept alive by the caller while the result is used.
** Gives the telegram, owned by the parser and valid until its next call, with
** found == false when there is none (a fragment of a heading counts as one:
** the fields that it holds are found); NULL when memory is out. */
const CablesTelegram *cables_parse(CablesParser *parser, CablesSpan text,
                                   const CablesParseOptions *options);

/* Whether the text, possibly only the head of a document, holds a telegram as
** a file of its own must: a transmission id, a date-time group with FM, a
** classification line, or the table of a cable page.  more: it is a head, whose
** last line may be cut.  Cheaper than parsing; once true for a head it is true
** for the whole. */
bool cables_recognise(CablesParser *parser, CablesSpan text, bool more);

/* The telegram's text as the column `text` gives it: line ends \n, no carriage
** returns, NULs or paragraph signs of web pages, lines trimmed of the page's
** trailing backslashes; otherwise as printed.  False when memory is out. */
bool cables_clean(CablesSpan text, CablesBuf *out);

/* Hard-wrapped lines joined into paragraphs: lines of a paragraph are joined
** with one blank, blank lines stay between paragraphs, list items and table
** rows keep their lines.  False when memory is out. */
bool cables_reflow(CablesSpan text, CablesBuf *out);

/* Undoes the damage that the message system did to apostrophes ("President,s"),
** quotation marks ("&window8") and dashes (" ) "), and joins runs that it cut
** after 45 bytes, where the place leaves no doubt; all else stays as it is.
** Linear but for quotations, which reach 400 bytes.  False when memory is out.
*/
bool cables_repair(CablesSpan text, CablesBuf *out);

#endif
