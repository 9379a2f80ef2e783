/*
** Tests of pages of the PlusD archive as text.  Expected values are worked out
** from shared/format/1970s.md 10.
*/
#include "telegrams.h"

#define LABELS                                                 \
  "A BUOY WITHOUT A NAME\n"                                    \
  "Date:\n1975 February 11, 00:00 (Tuesday)\tCanonical ID:\n"  \
  "1975OSLO00071_b\n"                                          \
  "Original Classification:\nCONFIDENTIAL\n"                   \
  "Handling Restrictions:\n-- N/A or Blank --\n"               \
  "TAGS:\nNO - Norway | PFOR - Political Affairs--Foreign\n"   \
  "From:\nNorway Oslo\n"                                       \
  "Content\nShow Headers\n1. A BUOY WAS LAID OUT ON MONDAY.\n" \
  "HATHERLEY\nCONFIDENTIAL\nNNN\n"

#define RAW                             \
  "Raw content\n"                       \
  "CONFIDENTIAL\n"                      \
  "PAGE 01 OSLO 00071 111230Z\n"        \
  "ACTION EUR-12\n"                     \
  "INFO OCT-01 ISO-00 /013 W\n"         \
  "--------------------- 113164\n"      \
  "R 111215Z FEB 75\n"                  \
  "FM AMEMBASSY OSLO\n"                 \
  "TO SECSTATE WASHDC 4711\n"           \
  "C O N F I D E N T I A L OSLO 0071\n" \
  "E.O. 11652: GDS\n"                   \
  "TAGS: PFOR, NO\n"                    \
  "SUBJECT: A BUOY WITHOUT A NAME\n"    \
  "1. A BUOY WAS LAID OUT ON MONDAY.\n" \
  "HATHERLEY\n"                         \
  "CONFIDENTIAL\n"                      \
  "NNN\n"

static void page(void **state) {
  (void)state;
  const CablesTelegram *t = parse(LABELS RAW "Metadata\nPrint share\n");
  CHECK_NUMBER(t->carrier, CABLES_CARRIER_PAGE);
  CHECK_TEXT(t->refid, "75OSLO71");
  CHECK_TEXT(t->created, "1975-02-11 12:15:00");
  CHECK_TEXT(t->classification, "CONFIDENTIAL");
  CHECK_TEXT(t->origin, "Embassy Oslo");
  CHECK_TEXT(t->signer, "HATHERLEY");
  CHECK_NUMBER(t->n_numbered, 1);
  CHECK_NUMBER(t->complete, 1);
  /* Null values are left out: five of six labels. */
  CHECK_NUMBER(t->n_attributes, 5);
  CHECK_TEXT(t->attributes[0].name, "Date");
  CHECK_TEXT(t->attributes[1].value, "1975OSLO00071_b");
}

/* Values on the line of their label, as some copies have them. */
static void values_behind_labels(void **state) {
  (void)state;
  const CablesTelegram *t =
      parse("Canonical ID: 1975OSLO00071_b\nTo: STATE\n" RAW);
  CHECK_NUMBER(t->n_attributes, 2);
  CHECK_TEXT(t->attributes[1].name, "To");
  CHECK_TEXT(t->attributes[1].value, "STATE");
  CHECK_TEXT(t->refid, "75OSLO71");
}

/* A record whose raw text is missing keeps what the labels tell. */
static void labels_alone(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "Date:\n1975 February 11, 00:00 (Tuesday)\nCanonical ID:\n"
      "1975OSLO00071_b\nRaw content\nERROR READING TEXT\n");
  CHECK_NUMBER(t->found, 1);
  CHECK_TEXT(t->refid, "75OSLO71");
  CHECK_TEXT(t->created, "1975-02-11 00:00:00");
  CHECK_NUMBER(t->complete, 0);
}

/* Dates in another form are none. */
static void odd_dates(void **state) {
  (void)state;
  static const char *const dates[] = {"1975",
                                      "1975 February 11",
                                      "1975 February, 11",
                                      "75 February 11, 00:00 (X)",
                                      "1975 February 11, 24:00 (X)",
                                      "1975 February 31, 00:00 (X)",
                                      "1975 February 11, 0",
                                      "1975, February 11",
                                      "-- N/A or Blank --",
                                      ""};
  for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++) {
    telegram_case(dates[i]);
    const CablesTelegram *t = parse(telegram_format(
        "Date: %s\nCanonical ID: 1975OSLO00071_b\nTagsx: PFOR\nRaw content\n"
        "ERROR READING TEXT\n",
        dates[i]));
    CHECK_TEXT(t->refid, "75OSLO71");
    CHECK_TEXT(t->created, NULL);
  }
}

/* 1970s.md 10: the raw text begins at page 1, its banner above it, where no
** heading stands; without either only the labels tell. */
static void raw_without_heading(void **state) {
  (void)state;
  static const char labels[] =
      "Canonical ID: 1975OSLO00071_b\nDate: 1975 February 11, 00:00 (X)\n\n";
  static const char *const banners[] = {"CONFIDENTIAL\n", ""};
  for (size_t i = 0; i < 2; i++) {
    telegram_case(banners[i]);
    const CablesTelegram *t = parse(telegram_format(
        "%s%sPAGE 01 OSLO 00071 111230Z\nACTION EUR-12\n"
        "R 111215Z FEB 75\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 4711\n"
        "C O N F I D E N T I A L OSLO 0071\nE.O. 11652: GDS\nTAGS: PFOR, NO\n"
        "SUBJECT: A BUOY\n1. A BUOY WAS LAID OUT.\nHATHERLEY\n",
        labels, banners[i]));
    CHECK_TEXT(t->refid, "75OSLO71");
    CHECK_TEXT(t->subject, "A BUOY");
    CHECK_TEXT(t->signer, "HATHERLEY");
    CHECK_NUMBER(t->text.z[0], banners[i][0] != '\0' ? 'C' : 'P');
  }
  telegram_case("labels alone");
  const CablesTelegram *t = parse(labels);
  CHECK_TEXT(t->refid, "75OSLO71");
  CHECK_TEXT(t->created, "1975-02-11 00:00:00");
}

/* A page that ends in its labels; lines that are a label without its colon, or
** begin like one; a value without an id. */
static void ends_in_labels(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "Canonical ID:\n1975OSLO00071_b\nCanonical ID: NONE\nTAGS\nTAGS PFOR\n"
      "Original Classification: --\nLocator: TEXT\nFrom:\nOslo");
  CHECK_TEXT(t->refid, "75OSLO71");
  CHECK_NUMBER(t->n_attributes, 4);
  if (t->n_attributes < 4) return;
  CHECK_TEXT(t->attributes[1].value, "NONE");
  CHECK_TEXT(t->attributes[2].name, "Locator");
  CHECK_TEXT(t->attributes[3].name, "From");
  CHECK_TEXT(t->attributes[3].value, "Oslo");
  CHECK_TEXT(t->classification, NULL);
}

/* The line that gives the page away has less than two hundred bytes. */
static void long_lines(void **state) {
  (void)state;
  for (int n = 199; n <= 200; n++) {
    const CablesTelegram *t = parse(
        telegram_format("Canonical ID: 1975OSLO00071_b %*s\n", n - 30, "x"));
    CHECK_NUMBER(t->n_attributes, n == 199);
  }
}

/* 1970s.md 10: unclassified pages have a banner above page 1, too; a page that
** ends in the words "Raw content" has none: its own view is what is left. */
static void where_it_begins(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "Canonical ID: 1975OSLO00071_b\nUNCLASSIFIED\n"
      "PAGE 01 OSLO 00071 111230Z\nR 111215Z FEB 75\n");
  CHECK_NUMBER(t->text.z[0], 'U');
  t = parse(
      "Canonical ID: 1975OSLO00071_b\nOSLO\n"
      "PAGE 01 OSLO 00071 111230Z\nR 111215Z FEB 75\n");
  CHECK_NUMBER(t->text.z[0], 'P');
  static const char shown[] =
      "S E C R E T OSLO 0071\nSUBJECT: A BUOY\n1. A BUOY.\n";
  t = parse(
      telegram_format("Canonical ID: 1975OSLO00071_b\n%sRaw content\n", shown));
  CHECK_NUMBER(t->text.z[0], 'S');
  CHECK_TEXT(t->subject, "A BUOY");
  t = parse(telegram_format(
      "Canonical ID: 1975OSLO00071_b\n%sRaw content\n1. MORE.\n", shown));
  CHECK_TEXT(t->text, "1. MORE.\n");
}

/* A page's attributes are those of its labels, whatever stands behind it. */
static void labels_and_attributes(void **state) {
  (void)state;
  const CablesTelegram *t = parse(
      "Canonical ID: 1975OSLO00071_b\nRaw content\nS E C R E T OSLO 0071\n"
      "1. A BUOY.\nMessage Attributes\n\nType: TE\n");
  CHECK_NUMBER(cables_find(t->text, CABLES_LIT("Message")), -1);
  CHECK_NUMBER(t->n_attributes, 1);
  CHECK_TEXT(t->attributes[0].name, "Canonical ID");
}

/* Each label is read once, however many there are. */
static void many_labels(void **state) {
  (void)state;
  enum { LABELS_OF_ONE = 20000 };
  static const char line[] = "Canonical ID: x\n";
  size_t n = sizeof(line) - 1;
  char *text = malloc(n * LABELS_OF_ONE);
  assert_non_null(text);
  for (size_t i = 0; i < LABELS_OF_ONE; i++) memcpy(text + i * n, line, n);
  const CablesTelegram *t = parse_bytes(
      text, n * LABELS_OF_ONE, (CablesParseOptions){.want = CABLES_WANT_ALL});
  CHECK_NUMBER(t->n_attributes, LABELS_OF_ONE);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      telegram_test(many_labels),
      telegram_test(ends_in_labels),
      telegram_test(long_lines),
      telegram_test(where_it_begins),
      telegram_test(labels_and_attributes),
      telegram_test(raw_without_heading),
      telegram_test(odd_dates),
      telegram_test(page),
      telegram_test(values_behind_labels),
      telegram_test(labels_alone),
  };
  return telegram_run(tests);
}
