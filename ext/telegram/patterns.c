/*
** The regular expressions of the telegram layer: see patterns.h.
*/
#include "patterns.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "../base/mem.h"

/* The digits of a macro as text. */
#define STRINGIFY_(x) #x
#define STRINGIFY(x) STRINGIFY_(x)

/* A pattern: its name for cable_explain, its text. */
typedef struct Pattern {
  const char *name;
  const char *text;
} Pattern;

/* Level of a classification line, spaced out or not, with the damage of
** modern.md 2.2: one or two surplus letters in front, the first letter lost,
** blanks lost. */
#define LEVEL                                                    \
  "(?:[A-Z]{0,2} ?C? ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L"           \
  "|T ?O ?P +S ?E ?C ?R ?E ?T|[A-Z]{0,2} ?S? ?E ?C ?R ?E ?T"     \
  "|U{0,2}N ?C ?L ?A ?S ?(?:S ?I ?F ?I ?E ?D)?(?: +E ?F ?T ?O)?" \
  "|L ?I ?M ?I ?T ?E ?D +O ?F ?F ?I ?C ?I ?A ?L +U ?S ?E)"

/* A portion marking between its brackets (modern.md 9.2), at most 40 bytes. */
#define MARKING                                                      \
  "(?:TS|S|C|U|SBU|LOU|SECRET|CONFIDENTIAL|UNCLAS(?:SIFIED)?"        \
  "|LIMITED OFFICIAL USE|FOUO|N|SNF|CNF)"                            \
  "(?:(?: ?//? ?| ?- ?| )(?:NF|N|SF|NOFORN|FOUO|FGI|ENTIRE TEXT|LES" \
  "|REL(?: TO)?[A-Z ,]{0,30}|EXDIS|NODIS|SBU|ORCON|NODIS))*\\.?"

static const Pattern table[PATTERN_COUNT] = {
    /* Section joint of 2005-2010 (modern.md 9.5, generation B): post cut to
    ** ten characters, eight-digit serial, section, total.
    ** 1 post, 2 serial, 3 section, 4 total. */
    [PATTERN_PAGE_BREAK] =
        {"page_break",
         "(?i)\\b((?:[A-Z][A-Z.'-]*)(?: [A-Z.'-]+){0,2}|[X]+) (\\d{8}) {1,2}"
         "(\\d{3})(?:\\.\\d)? OF (\\d{3})\\b"},
    /* Page line of older copies (9.5 generations A and C; 1970s.md 3).
    ** 1 post, 2 serial, 3 section, 4 total. */
    [PATTERN_PAGE_LINE] =
        {"page_line",
         "^PAGE +\\d{1,3}(?: +R[A-Z]{3,7}\\d{4}\\b.*"
         "| +([A-Z0-9][A-Z0-9 .'-]{0,9}?) *(\\d{4,6})"
         "(?: +(?:TOSEC|SECTO) +\\d+)?(?: +(\\d\\d?) +OF +(\\d\\d?))?"
         "(?: +\\d{6}Z)?)?(?= |$)"},
    /* Second half of a page line that was printed on two lines (1970s.md 3).
    ** 1 post, 2 serial, 3 section, 4 total. */
    [PATTERN_POST_LINE] =
        {"page_line",
         "^([A-Z][A-Z .'-]{0,9}?) *(\\d{5,6})(?: +(?:TOSEC|SECTO) +\\d+)?"
         "(?: +(\\d\\d?) +OF +(\\d\\d?))?(?: +\\d{6}Z)?$"},
    /* Precedences and date-time group (modern.md 1.6, 1970s.md 5.2).
    ** 1, 2 precedence letters, 3 group, 4 day, 5 hour, 6 minute, 7 month,
    ** 8 year. */
    [PATTERN_DTG] =
        {"dtg",
         "^(?:([ZOPRY])(?: +([ZOPRY]))? +)?"
         "((\\d\\d)(\\d\\d)(\\d\\d) ?Z *([A-Za-z]{3})[A-Za-z]* *(\\d\\d))"
         "(?!\\d)"},
    /* DE line (modern.md 1.4): 1 station, 2 serial, 3 section, 4 day of year,
    ** 5 hour and minute. */
    [PATTERN_DE_LINE] = {"de_line",
                         "^DE +([A-Z]{4,8}) +#? ?(\\d{3,4})(?:/(\\d\\d))?"
                         "(?: +(\\d{3})(\\d{4}))?"},
    /* Classification line (modern.md 2): 1 level, 2 section, 3 total, 4 post,
    ** 5 serial. */
    [PATTERN_CLASS_LINE] =
        {"classification_line",
         "(?i)^(" LEVEL ")(?://[A-Z]+)?"
         "(?: +S ?E ?C ?T?T ?I? ?O ?N +(\\d\\d?) ?O ?F ?(\\d\\d?))?"
         "(?: +([A-Z0][A-Z0 .,'/-]{0,40}?|X{4,16}) *#?(\\d{1,7}))(?![\\d/:])"},
    /* E.O. line (modern.md 4.1): 1 number. */
    [PATTERN_EO_LABEL] = {"eo_line",
                          "(?i)^(?:\\(U\\) *)?E ?[.,]? ?[O0] ?[.,]? *:? "
                          "*(\\d{4,5})\\b *(?:[:;.]|-(?= ))? *"},
    /* TAGS line and its misspellings (modern.md 5.2, 1970s.md 6.4). */
    [PATTERN_TAGS_LABEL] =
        {"tags_line",
         "(?i)^(?:TAGS?(?: ?[:;,/.-]+|C:|(?= ))"
         "|(?:TAGES|TABS|TAS|TGS|AGS|TAGSS|TTAGS|RTAGS) ?[:;,]"
         "|TAGS?(?=[A-Z]{4}\\b))(?:\\s|\xc2\xa0)*"},
    /* SUBJECT line (modern.md 6, 1970s.md 6.5). */
    [PATTERN_SUBJECT_LABEL] =
        {"subject_line",
         "(?i)^(?:SUBJECT(?: ?[:;/.,]+| -(?= )|(?=[ ]|$))"
         "|(?:S?UBJECT|SUBJT?|SUJ|SUB|SUBECT|SUBJCT) ?[:;/.,]+)\\s*"},
    /* REF line (modern.md 7.1, 1970s.md 6.6). */
    [PATTERN_REF_LABEL] =
        {"ref_line",
         "^(?:[Pp][Rr][Oo][Gg][Rr][Aa][Mm] )?"
         "(?:(?i:REF(?:ERENCES?|TELS?|S|\\(S\\))?) ?[:;.]+"
         "|(?=A[.)] REF [A-Z])"
         "|REF(?:S|TELS?)?(?=$| (?:\\(?[A-Z0-9][.):]|[A-Z0-9]|\\()))\\s*"
         "(?:(?i:REF(?:ERENCES?|TELS?|S|\\(S\\))?) ?:\\s*)?"},
    /* Classified By block (modern.md 8.2), with its lead-ins. */
    [PATTERN_CLASSBY_LABEL] =
        {"classified_by",
         "(?i)^(?:\\d?\\d ?\\. *)?(?:\\(U\\) *)?"
         "(?:CL?AS?S?I?S?FI?I?E?D *-? *BY|CLASSIFIER|DERIVED FROM(?= ?:))"
         "\\b *[:;.-]* *"},
    /* A label in the middle of a line of a heading (modern.md 12, point 11),
    ** at the place where it is looked for: what stands before it ends there.
    ** The forms without a blank in front are those of modern.md 6.2. */
    [PATTERN_INNER_LABEL] =
        {"inner_label",
         "\\G(?:(?<=\\s)(?:E\\.? ?[O0]\\.? ?\\d{5}"
         "|(?:TAGS|Tags|AGS) ?:|TAGS (?=[A-Z]{4}\\b)"
         "|(?:SUBJECT|Subject|SUBJ) ?:"
         "|(?:REF|Ref|REFS|Refs|REFTELS?|Reftels?|REFERENCES?|Ref\\(s\\)) ?:"
         "|(?:REF|REFS|REFTELS?)(?= [A-Z][.):] [A-Z0-9])"
         "|REFTELS?(?= (?:\\d\\d )?[A-Z][A-Z]+(?: [A-Z]+){0,2} \\d)"
         "|(?i:Classi?f?ied By)\\b(?= ?:|\\s)"
         "|(?:Declassify|DECLASSIFY) [Oo][Nn] ?:"
         "|1 ?\\. ?\\((?:S|C|U|SBU|S/+NF|C/+NF|TS)\\))"
         "|(?<=[A-Z\\x9d])(?:REF(?=: )|Classified By(?=:)))"},
    /* Opening of a numbered paragraph (modern.md 9.1): 1 number, 2 dot or
    ** bracket, 3 marking. */
    [PATTERN_PARAGRAPH] = {"paragraph",
                           "(?i)^\\(?(\\d{1,3}) ?([.)]{1,2}|(?= \\())[ \\t]*"
                           "(?:\\( ?(" MARKING
                           ") ?\\)|((?-i:SBU|S|C|U))\\)(?= ))?"},
    /* Reasons of a classification (modern.md 8.2): 1 section, 2 letters. */
    [PATTERN_REASON] =
        {"reason",
         "(?i)(?<![\\d.])(1 ?\\. ?[456]|1\\.(?= ?\\())[ .,:;-]*"
         "((?:[(\\s.,/&;:+-]*(?:AND?\\b|AN D|A ND|OR)?[(\\s.,/&;:+-]*"
         "(?<![A-Z])[A-H]\\b[ .]*\\)?)+)"},
    /* Word that introduces the reasons, or ends the name (modern.md 8.2). */
    [PATTERN_REASON_WORD] =
        {"reason_word",
         "(?i)[\\s,;:.(-]+(?:(?:F ?[O0] ?R|FR|PER|UNDER|BASED [O0]N|BASED UPON"
         "|DUE TO|ON)\\s+(?:FOR\\s+)?)?"
         "(?:THE )?(?:R ?E ?A ?S ?O ?N ?\\(?S?\\)?|RESONS?|REASNS?|REASOSN"
         "|REASIONS?)(?=[\\s:;,.(\\d]|$)"
         "|[\\s,;:.(-]+(?:(?:F[O0]R|FR|PER|UNDER|BASED [O0]N|BASED UPON)"
         "[\\s:,]+)?(?:E\\.?O\\.? ?\\d{5}|(?:SECTION )?1 ?\\. ?[456]\\b"
         "|DECLASSIFY ON|DERIVED FROM|DATED? OF SOURCE)"},
    /* Values of the table of a cable page (modern.md 10.3): 1 id, 2 created,
    ** 3 released, 4 classification, 5 origin. */
    [PATTERN_PAGE_VALUES] =
        {"page_table",
         "^(\\d\\d[A-Z0-9]{2,40})\\s+(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d)"
         "(?::\\d\\d)?\\s+(?:(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d)(?::\\d\\d)?"
         "\\s+)?"
         "(UNCLASSIFIED//FOR OFFICIAL USE ONLY|UNCLASSIFIED"
         "|CONFIDENTIAL//NOFORN|CONFIDENTIAL|SECRET//NOFORN|SECRET"
         "|TOP SECRET|LIMITED OFFICIAL USE)(?:\\s+(\\S.*?))?\\s*$"},
    /* First line of what a web page prints behind a cable (modern.md 10.3,
    ** 1970s.md 10): 1 an opening that a text could have as well. */
    [PATTERN_CHROME] =
        {"page_chrome",
         "(?i)^(?:appears in these articles|understanding cables$"
         "|discussing cables$|every cable message consists of"
         "|if you are new to these pages|linked documents or other documents"
         "|(?:(?:leave|add|post) (?:a|your)|add) (?:reply|comment)\\b"
         "|(?:\\d+|no) (?:comments?|repl(?:y|ies)|responses?)(?: so far)?:?$"
         "|(?:comments|replies) ?(?:: ?\\d+|\\(\\d+\\))$"
         "|comments (?:are )?(?:off|closed)|like this:$|share this:?$"
         "|fill in your details|your e-?mail address will"
         "|filed under:|this entry was posted|bookmark the permalink"
         "|retrieved from \\W*https?:|this page was last |wikileaks link"
         "|copyright (?:\\(c\\)|©|\\d)|© |creative commons"
         "|this work is licensed|%d bloggers like|connecting to %s"
         "|((?:posted|filed) (?:in|by|on|at|under) |tagged (?:with )?"
         "|share (?:this|on|via)\\b|\\d+ responses to |powered by "
         "|« |» |← |→ |source: ?https?:|licen[cs]e: |log in |follow us"
         "|subscribe (?:to|by) |sign (?:in|up) |related (?:posts?|articles?)"
         "|recent (?:posts|comments)|trackback|print this|permalink"
         "|reply to this|e-?mail this|back to top|read more ?:"
         "|(?:categor(?:y|ies)|labels|(?-i:Tags)) ?: |views ?: ?\\d))"},
    /* A mention of another cable in a body (interface.md, cable_citations):
    ** 1 letters of ref A, 2 reftel, 3 year, 4 post, 5 serial. */
    [PATTERN_CITATION] =
        {"citation",
         "\\b(?:[Rr][Ee][Ff](?:[Tt][Ee][Ll])?[Ss]?\\.? ([A-Z])"
         "(?![A-Za-z'-])"
         "|([Rr][Ee][Ff][Tt][Ee][Ll][Ss]?)\\b"
         "|(?:(\\d\\d|(?:19|20)\\d\\d) ?)?"
         "(?<![A-Z.'-])([A-Z][A-Z.'-]{1,40}+(?: [A-Z][A-Z.'-]{1,40}+){0,3})"
         "\\s#?0*(\\d{1,6})"
         "(?![\\d,.%:/-]*\\d|[%A-Za-z]))"},
    /* Opening of a summary (modern.md 9.4). */
    [PATTERN_SUMMARY_OPEN] =
        {"summary",
         "(?i)^(?:BEGIN )?(?:EXECUTIVE )?SUM(?:M?AR?Y|MAY|AMRY)\\b"
         "(?:(?: ?/ ?| AND | & )(?:COMMENT|ACTION REQUEST|INTRODUCTION"
         "|TABLE OF CONTENTS|KEY POINTS|ACTION|BACKGROUND))*"
         "(?:,? CONTINUED)?[ ]*(?:[.:;]+|--?|-+(?= |$)|(?= ?$))[ -]*"},
    /* End of a summary (modern.md 9.4). */
    [PATTERN_SUMMARY_CLOSE] =
        {"end_summary",
         "(?i)[\\s(\\[-]*\\bEND (?:OF )?(?:EXECUTIVE )?SUM(?:M?AR?Y|MAY)\\b"
         "(?:(?: ?/ ?| AND | & )(?:COMMENT|ACTION REQUEST|INTRODUCTION"
         "|TABLE OF CONTENTS|KEY POINTS|ACTION|BACKGROUND))*[.:)\\]-]*"},
};

/* What is only read once it is made, so that any number of threads can share
** it. */
typedef struct Compiled {
  int n_refs;                      /* who share it; atomic */
  pcre2_general_context *general;  /* memory from ext/base/mem.h */
  pcre2_match_context *limits;     /* match, depth and heap limits */
  pcre2_code *code[PATTERN_COUNT]; /* compiled patterns */
  bool jit[PATTERN_COUNT];         /* compiled to machine code too */
} Compiled;

struct CablesPatterns {
  Compiled *compiled;
  pcre2_match_data *data; /* offsets of the last match */
  const char *runaway;    /* pattern that reached a limit */
  bool oom;               /* memory was out in a match */
};

static void *pcre2_alloc(size_t n, void *unused) {
  (void)unused;
  return cables_malloc(n);
}

static void pcre2_release(void *p, void *unused) {
  (void)unused;
  cables_free(p);
}

/* Compiles the table into c; false when memory is out. */
static bool compile_all(Compiled *c) {
  pcre2_compile_context *context = pcre2_compile_context_create(c->general);
  bool ok = context != NULL;
  for (int i = 0; ok && i < PATTERN_COUNT; i++) {
    int error;
    PCRE2_SIZE where;
    const char *text = table[i].text;
    c->code[i] = pcre2_compile((PCRE2_SPTR)text, strlen(text), PCRE2_NEVER_UTF,
                               &error, &where, context);
    ok = c->code[i] != NULL;
    /* Where machine code cannot be made the interpreter does the same. */
    if (ok) c->jit[i] = pcre2_jit_compile(c->code[i], PCRE2_JIT_COMPLETE) == 0;
  }
  pcre2_compile_context_free(context);
  return ok;
}

/* Gives one reference back; NULL is harmless. */
static void release(Compiled *c) {
  if (c == NULL || __atomic_sub_fetch(&c->n_refs, 1, __ATOMIC_ACQ_REL) > 0)
    return;
  for (int i = 0; i < PATTERN_COUNT; i++) pcre2_code_free(c->code[i]);
  pcre2_match_context_free(c->limits);
  pcre2_general_context_free(c->general);
  cables_free(c);
}

/* Compiles the table; NULL when memory is out. */
static Compiled *compile(void) {
  Compiled *c = cables_malloc(sizeof(*c));
  if (c == NULL) return NULL;
  memset(c, 0, sizeof(*c));
  c->n_refs = 1;
  c->general = pcre2_general_context_create(pcre2_alloc, pcre2_release, NULL);
  c->limits = pcre2_match_context_create(c->general);
  if (c->general == NULL || c->limits == NULL || !compile_all(c)) {
    release(c);
    return NULL;
  }
  pcre2_set_match_limit(c->limits, 200000);
  pcre2_set_depth_limit(c->limits, 2000);
  pcre2_set_heap_limit(c->limits, 4096);
  return c;
}

CablesPatterns *cables_patterns_like(const CablesPatterns *other) {
  CablesPatterns *p = cables_malloc(sizeof(*p));
  if (p == NULL) return NULL;
  memset(p, 0, sizeof(*p));
  if (other != NULL) {
    p->compiled = other->compiled;
    (void)__atomic_add_fetch(&p->compiled->n_refs, 1, __ATOMIC_RELAXED);
  } else {
    p->compiled = compile();
  }
  if (p->compiled != NULL)
    p->data = pcre2_match_data_create(CABLES_MAX_GROUPS, p->compiled->general);
  if (p->data != NULL) return p;
  cables_patterns_free(p);
  return NULL;
}

CablesPatterns *cables_patterns_new(void) { return cables_patterns_like(NULL); }

void cables_patterns_free(CablesPatterns *p) {
  if (p == NULL) return;
  pcre2_match_data_free(p->data);
  release(p->compiled);
  cables_free(p);
}

/* Copies the groups of the last match out. */
static void take_groups(CablesPatterns *p, int count, CablesSpan subject,
                        CablesMatch *match) {
  const PCRE2_SIZE *o = pcre2_get_ovector_pointer(p->data);
  for (int i = 0; i < CABLES_MAX_GROUPS; i++) {
    bool set = i < count && o[2 * i] != PCRE2_UNSET;
    match->group[i] =
        set ? (CablesSpan){subject.z + o[2 * i], o[2 * i + 1] - o[2 * i]}
            : CABLES_NO_SPAN;
  }
  match->start = o[0];
  match->end = o[1];
}

bool cables_match(CablesPatterns *p, CablesPatternId id, CablesSpan subject,
                  size_t from, CablesMatch *match) {
  if (subject.z == NULL || from > subject.n) return false;
  PCRE2_SPTR z = (PCRE2_SPTR)subject.z;
  const Compiled *c = p->compiled;
  int rc = c->jit[id] ? pcre2_jit_match(c->code[id], z, subject.n, from, 0,
                                        p->data, c->limits)
                      : pcre2_match(c->code[id], z, subject.n, from, 0, p->data,
                                    c->limits);
  if (rc == PCRE2_ERROR_NOMATCH) return false;
  if (rc < 0) {
    if (rc == PCRE2_ERROR_NOMEMORY) {
      p->oom = true;
    } else {
      p->runaway = table[id].name;
    }
    return false;
  }
  if (match != NULL) take_groups(p, rc, subject, match);
  return true;
}

const char *cables_patterns_runaway(CablesPatterns *p) {
  const char *name = p->runaway;
  p->runaway = NULL;
  return name;
}

bool cables_patterns_oom(CablesPatterns *p) {
  bool oom = p->oom;
  p->oom = false;
  return oom;
}

const char *cables_pattern_name(CablesPatternId id) { return table[id].name; }

const char *cables_pcre2_version(void) {
  static const char version[] =
      STRINGIFY(PCRE2_MAJOR) "." STRINGIFY(PCRE2_MINOR);
  return version;
}

bool cables_pcre2_jit(void) {
  unsigned jit = 0;
  pcre2_config(PCRE2_CONFIG_JIT, &jit);
  return jit != 0;
}
