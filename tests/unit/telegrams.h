/*
** What the tests of the telegram parser share: pieces of an invented telegram,
** a parser that lives as long as a group of tests, and checks that go on after
** a failure, so that one run tells everything that is wrong.  Tests are
** registered with telegram_test(), which fails a test whose checks failed.
*/
#ifndef CABLES_TESTS_TELEGRAMS_H
#define CABLES_TESTS_TELEGRAMS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../ext/telegram/telegram.h"

/* --- pieces of a telegram: 09OSLO71 of 11 February 2009, confidential */

#define ENVELOPE                             \
  "VZCZCXRO0071\n"                           \
  "PP RUEHLO\n"                              \
  "DE RUEHNY #0071/01 0421215\n"             \
  "ZNY CCCCC ZZH\n"                          \
  "P 111215Z FEB 09\n"                       \
  "FM AMEMBASSY OSLO\n"                      \
  "TO RUEHC/SECSTATE WASHDC PRIORITY 0412\n" \
  "INFO RUEHLO/AMEMBASSY LONDON 1188\n"
#define CLASS_LINE "C O N F I D E N T I A L OSLO 000071\n\n"
#define EO_LINE "E.O. 12958: DECL: 02/11/2019\n"
#define TAGS_LINE "TAGS: PREL, EWWT, NO\n"
#define SUBJECT_LINE "SUBJECT: A BUOY WITHOUT A NAME\n"
#define CLASSIFIED \
  "Classified By: Ambassador Rufus Hatherley for reasons 1.4 (b) and (d).\n\n"
#define HEADER \
  ENVELOPE CLASS_LINE EO_LINE TAGS_LINE SUBJECT_LINE "\n" CLASSIFIED
#define PARAGRAPHS                            \
  "1. (C) A buoy was laid out on Monday.\n\n" \
  "2. (C) Nobody has seen it since.\n\n"
#define SIGNATURE "HATHERLEY\n"

/* --- samples with everything in them */

/* A telegram of two sections with every field, an old one with distribution
** list and page lines, and a page with its table and what stands around. */
extern const char telegram_modern[];
extern const char telegram_old[];
extern const char telegram_page[];

/* --- checks */

/* The case of a table that is tested now, for messages; NULL: none. */
void telegram_case(const char *text);

/* Compare and go on.  want NULL: unknown (no bytes, not even an empty text). */
void telegram_check_text(CablesSpan got, const char *want, const char *what,
                         const char *file, int line);
void telegram_check_number(long got, long want, const char *what,
                           const char *file, int line);
#define CHECK_TEXT(got, want) \
  telegram_check_text((got), (want), #got, __FILE__, __LINE__)
#define CHECK_NUMBER(got, want) \
  telegram_check_number((long)(got), (long)(want), #got, __FILE__, __LINE__)
#define CHECK_WORD(got, want)                                               \
  telegram_check_text((CablesSpan){(got), (got) ? strlen(got) : 0}, (want), \
                      #got, __FILE__, __LINE__)

/* Lists as one text, to compare with CHECK_TEXT; valid until the next call.
**   texts       PREL|EWWT
**   addressees  action:RUEHC/SECSTATE WASHDC,PRIORITY,0412 and so on; "-" in
**               front for an excluded one, unknown parts left out
**   references  A:cable:09OSLO44(NOTAL), with "printed" for what has no id
**   paragraphs  1 C paragraph: text
**   citations   1:printed=09OSLO44 */
CablesSpan telegram_texts(CablesTexts list);
CablesSpan telegram_addressees(const CablesTelegram *t);
CablesSpan telegram_references(const CablesTelegram *t);
CablesSpan telegram_paragraphs(const CablesTelegram *t);
CablesSpan telegram_citations(const CablesTelegram *t);

/* Whether an anomaly of the part has that message. */
bool telegram_odd(const CablesTelegram *t, const char *part,
                  const char *message);
#define CHECK_ODD(t, part, message) \
  CHECK_NUMBER(telegram_odd((t), (part), (message)), 1)
#define CHECK_NOT_ODD(t, part, message) \
  CHECK_NUMBER(telegram_odd((t), (part), (message)), 0)

/* What telegram.h promises of any result: slices lie in the argument, rows are
** in order and do not overlap. */
void telegram_check_sound(const CablesTelegram *t, CablesSpan text);

/* A digest of every field of the header, and of the whole with body; the
** caller frees it. */
char *telegram_digest(const CablesTelegram *t, bool body);

/* --- parsing */

/* The parser of the group, and the bytes of its last argument in memory of
** just their size, so that the sanitizer sees a read past them. */
typedef struct TelegramFixture {
  CablesParser *parser;
  char *copy;
} TelegramFixture;
extern TelegramFixture telegram_fixture;

/* The bytes of text in memory of their own, until the next call. */
CablesSpan telegram_copy(const char *text, size_t n);

/* Formats a text, in a buffer of the fixture. */
const char *telegram_format(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

int telegram_begin(void **state);
int telegram_end(void **state);
#define telegram_test(f) \
  cmocka_unit_test_setup_teardown(f, telegram_begin, telegram_end)

static inline int telegram_open(void **state) {
  (void)state;
  telegram_fixture.parser = cables_parser_new();
  return telegram_fixture.parser == NULL;
}

static inline int telegram_close(void **state) {
  (void)state;
  cables_parser_free(telegram_fixture.parser);
  telegram_fixture.parser = NULL;
  telegram_copy(NULL, 0);
  return 0;
}
#define telegram_run(tests) \
  cmocka_run_group_tests((tests), telegram_open, telegram_close)

/* Parses n bytes; the result is sound. */
static inline const CablesTelegram *parse_bytes(const char *z, size_t n,
                                                CablesParseOptions options) {
  CablesSpan text = telegram_copy(z, n);
  const CablesTelegram *t =
      cables_parse(telegram_fixture.parser, text, &options);
  assert_non_null(t);
  telegram_check_sound(t, text);
  return t;
}

/* Parses a text with everything wanted. */
static inline const CablesTelegram *parse(const char *text) {
  return parse_bytes(text, strlen(text),
                     (CablesParseOptions){.want = CABLES_WANT_ALL});
}

#endif
