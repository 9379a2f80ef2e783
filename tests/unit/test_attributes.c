/*
** Tests of the archive's record behind a telegram.  Expected values are worked
** out from shared/format/1970s.md 2 and 8.
*/
#include "telegrams.h"

#define RECORD                                 \
  "Message Text\n\n"                           \
  "                  CONFIDENTIAL\n\n"         \
  "PAGE 01        OSLO  00071  111230Z\n\n"    \
  "ACTION EUR-12\n\n"                          \
  "INFO  OCT-01  ISO-00  /013 W\n"             \
  "            --------------------- 113164\n" \
  "R 111215Z FEB 75\n"                         \
  "FM AMEMBASSY OSLO\n"                        \
  "TO SECSTATE WASHDC 4711\n\n"                \
  "C O N F I D E N T I A L OSLO 0071\n\n"      \
  "E.O. 11652: GDS\n"                          \
  "TAGS: PFOR, NO\n"                           \
  "SUBJECT: A BUOY WITHOUT A NAME\n\n"         \
  "1. A BUOY WAS LAID OUT ON MONDAY.\n\n"      \
  "HATHERLEY\n\n"                              \
  "                  CONFIDENTIAL\n\nNNN\n\n"

#define ATTRIBUTES                          \
  "Message Attributes\n\n"                  \
  "Automatic Decaptioning: X\n"             \
  "Concepts: BUOYS, LIGHTS,\n"              \
  "  KEEPERS\n"                             \
  "Channel Indicators: n/a\n"               \
  "Decaption Date: 01 JAN 1960\n"           \
  "Document Number: 1975OSLO00099\n"        \
  "DRAFT DATE: 12 FEB 1975\n"               \
  "Original Classification: CONFIDENTIAL\n" \
  "Subject: SOMETHING ELSE\n"               \
  "TAGS: PINT, SW\n\n"                      \
  "Type: TE\n"

/* The value of an attribute, or unknown. */
static CablesSpan attribute(const CablesTelegram *t, const char *name) {
  for (size_t i = 0; i < t->n_attributes; i++) {
    if (cables_equal(t->attributes[i].name, cables_span(name))) {
      return t->attributes[i].value;
    }
  }
  return CABLES_NO_SPAN;
}

static void values(void **state) {
  (void)state;
  const CablesTelegram *t = parse(RECORD ATTRIBUTES);
  CHECK_TEXT(attribute(t, "Automatic Decaptioning"), "X");
  CHECK_TEXT(attribute(t, "Concepts"), "BUOYS, LIGHTS, KEEPERS");
  CHECK_TEXT(attribute(t, "Draft Date"), "12 FEB 1975");
  CHECK_TEXT(attribute(t, "Type"), "TE");
  /* The archive's nulls are no values. */
  CHECK_TEXT(attribute(t, "Channel Indicators"), NULL);
  CHECK_TEXT(attribute(t, "Decaption Date"), NULL);
  CHECK_NUMBER(t->n_attributes, 8);
}

/* The telegram's own lines are the better source. */
static void own_lines_first(void **state) {
  (void)state;
  const CablesTelegram *t = parse(RECORD ATTRIBUTES);
  CHECK_TEXT(t->refid, "75OSLO71");
  CHECK_TEXT(t->created, "1975-02-11 12:15:00");
  CHECK_TEXT(t->subject, "A BUOY WITHOUT A NAME");
  CHECK_NUMBER(t->tags.n, 2);
  CHECK_TEXT(t->tags.items[0], "PFOR");
  CHECK_TEXT(t->signer, "HATHERLEY");
  CHECK_NUMBER(t->n_numbered, 1);
}

/* What the record says otherwise is told, once for each attribute. */
static void differences(void **state) {
  (void)state;
  const CablesTelegram *t = parse(RECORD ATTRIBUTES);
  CHECK_NUMBER(t->n_anomalies, 2);
  CHECK_TEXT(t->anomalies[0].message,
             "attribute Document Number and telegram differ");
  CHECK_TEXT(t->anomalies[1].message, "attribute Subject and telegram differ");
  t = parse(RECORD
            "Message Attributes\n\nDocument Number: 1975OSLO00071\n"
            "Original Classification: SECRET\n"
            "Subject: A BUOY WITHOUT\n");
  CHECK_NUMBER(t->n_anomalies, 1);
  CHECK_TEXT(t->anomalies[0].message,
             "attribute Original Classification and telegram differ");
}

/* Where the text is missing the attributes serve. */
static void without_text(void **state) {
  (void)state;
  const CablesTelegram *t =
      parse("Message Text\n\nERROR READING TEXT\n\n" ATTRIBUTES);
  CHECK_NUMBER(t->found, 1);
  CHECK_TEXT(t->refid, "75OSLO99");
  CHECK_TEXT(t->created, "1975-02-12 00:00:00");
  CHECK_TEXT(t->classification, "CONFIDENTIAL");
  CHECK_TEXT(t->subject, "SOMETHING ELSE");
  CHECK_NUMBER(t->tags.n, 2);
  CHECK_TEXT(t->tags.items[1], "SW");
}

/* The end of a record is needed before its header is complete. */
static void heads(void **state) {
  (void)state;
  CablesParseOptions head = {.want = CABLES_WANT_HEADER, .more = true};
  const char *text = RECORD;
  CHECK_NUMBER(parse_bytes(text, strlen(text), head)->header_complete, 0);
}

/* Lines that name no attribute, values that say nothing, dates that are none.
 */
static void odd_attributes(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "Message Text\n\nSUBJECT: A BUOY\n\nMessage Attributes\n\n"
      "Buoy: red\n"
      "no colon\n"
      "Type:\n"
      "Concepts: --\n"
      "Locator: TEXT ON-LINE\n"
      "Draft Date: 31 FEB 1975\n"
      "TAGS: PFOR, NO\n"
      "Original Classification: (B)\n"
      "Document Number: 1975OSLO00099\n"
      "Message Text\n"
      "Secure: OPEN\n");
  CHECK_TEXT(attribute(t, "Type"), NULL);
  CHECK_TEXT(attribute(t, "Concepts"), NULL);
  CHECK_TEXT(attribute(t, "Locator"), "TEXT ON-LINE");
  CHECK_TEXT(attribute(t, "Draft Date"), "31 FEB 1975");
  CHECK_TEXT(attribute(t, "Secure"), NULL);
  CHECK_TEXT(t->refid, "75OSLO99");
  CHECK_TEXT(t->created, NULL);
  CHECK_TEXT(t->classification, NULL);
  CHECK_TEXT(t->subject, "A BUOY");
  t = parse(
      "Message Text\n\nSUBJECT: A BUOY\n\nMessage Attributes\n\n"
      "Draft Date: 1 JAN 75\nType: TE\n");
  CHECK_TEXT(t->created, NULL);
  t = parse(
      "Message Text\n\nSUBJECT: A BUOY\n\nMessage Attributes\n\n"
      "Sent Date: 06-jan-1975\nOriginal Classification: SECRET\n");
  CHECK_TEXT(t->created, "1975-01-06 00:00:00");
  CHECK_TEXT(t->classification, "SECRET");
}

/* Nulls of the archive; a record that ends in a value, without a line end, and
** one that ends in its heading. */
static void ends_of_records(void **state) {
  (void)state;
  const CablesTelegram *t =
      parse(RECORD
            "Message Attributes\n\nCapture Date: 01 JAN 1960\nCopy: SINGLE\n"
            "Concepts: BUOYS,\nLIGHTS");
  CHECK_NUMBER(t->n_attributes, 2);
  CHECK_TEXT(attribute(t, "Capture Date"), NULL);
  CHECK_TEXT(attribute(t, "Copy"), "SINGLE");
  CHECK_TEXT(attribute(t, "Concepts"), "BUOYS, LIGHTS");
  t = parse(RECORD "Message Attributes");
  CHECK_NUMBER(t->n_attributes, 0);
  CHECK_TEXT(t->refid, "75OSLO71");
}

/* The record's level serves where the telegram has none, also the lowest. */
static void levels(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *level;
    const char *classification;
  } cases[] = {
      {"", "UNCLASSIFIED", "UNCLASSIFIED"},
      {"", "SECRET", "SECRET"},
      {"", "SECRETARY", NULL},
      {"UNCLAS OSLO 0071\n\n", "SECRET", "UNCLASSIFIED"},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
    telegram_case(cases[i].level);
    const CablesTelegram *t = parse(telegram_format(
        "Message Text\n\n%sSUBJECT: A BUOY\n\n1. A BUOY.\n\nMessage "
        "Attributes\n\nOriginal Classification: %s\n",
        cases[i].line, cases[i].level));
    CHECK_TEXT(t->classification, cases[i].classification);
  }
}

/* Behind a telegram without the heading "Message Text" they are shown, also
** when the text ends there; another telegram has none. */
static void late(void **state) {
  (void)state;
  static const char text[] =
      "R 111215Z FEB 75\nFM AMEMBASSY OSLO\nC O N F I D E N T I A L OSLO 0071\n"
      "SUBJECT: A BUOY\n\n1. A BUOY.\n";
  const CablesTelegram *t =
      parse(telegram_format("%sMessage Attributes\nType: TE", text));
  CHECK_TEXT(attribute(t, "Type"), "TE");
  CHECK_TEXT(t->text, text);
  t = parse(telegram_format("%sMessage Attributes", text));
  CHECK_NUMBER(t->n_attributes, 0);
  CHECK_TEXT(t->text, text);
  t = parse(telegram_format("%sReference ID\nType: TE\n", text));
  CHECK_NUMBER(t->n_attributes, 0);
  CHECK_TEXT(t->text, text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(ends_of_records),
      telegram_test(levels),
      telegram_test(late),
      telegram_test(odd_attributes),
      telegram_test(values),
      telegram_test(own_lines_first),
      telegram_test(differences),
      telegram_test(without_text),
      telegram_test(heads),
  };
  return telegram_run(tests);
}
