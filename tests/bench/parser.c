/*
** How long the parser takes: the header fields of typical telegrams, and texts
** of the worst shapes at three sizes, whose cost for a byte must not grow.
**
**   parser FILE...
**
** Prints microseconds for a header (median of 5 runs over all files), then
** nanoseconds a byte for each shape at 10 KB, 1 MB and 64 MB.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../ext/base/mem.h"
#include "../../ext/telegram/telegram.h"

void *cables_malloc(size_t n) { return malloc(n > 0 ? n : 1); }
void *cables_realloc(void *p, size_t n) { return realloc(p, n > 0 ? n : 1); }
void cables_free(void *p) { free(p); }

/* Seconds on a clock that only goes forward. */
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* --- the header of typical telegrams */

/* Reads a whole file; exits when it cannot. */
static CablesSpan slurp(const char *path) {
  FILE *f = fopen(path, "rb");
  char *z = malloc(1 << 20);
  if (f == NULL || z == NULL) {
    (void)fprintf(stderr, "cannot read %s\n", path);
    exit(1);
  }
  size_t n = fread(z, 1, 1 << 20, f);
  (void)fclose(f);
  return (CablesSpan){z, n};
}

/* Orders doubles for qsort. */
static int by_value(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Times the headers of all files. */
static void headers(CablesParser *parser, int n, char **paths) {
  enum { RUNS = 5, ROUNDS = 200 };
  CablesSpan *texts = malloc((size_t)n * sizeof(*texts));
  if (texts == NULL) exit(1);
  for (int i = 0; i < n; i++) texts[i] = slurp(paths[i]);
  CablesParseOptions header = {0};
  double runs[RUNS];
  for (int r = 0; r < RUNS; r++) {
    double start = now();
    for (int k = 0; k < ROUNDS; k++) {
      for (int i = 0; i < n; i++) cables_parse(parser, texts[i], &header);
    }
    runs[r] = (now() - start) / ((double)ROUNDS * n) * 1e6;
  }
  qsort(runs, RUNS, sizeof(*runs), by_value);
  printf("all header fields, %d telegrams: %.1f microseconds each "
         "(bar 15)\n\n",
         n, runs[RUNS / 2]);
  for (int i = 0; i < n; i++) free((char *)(size_t)texts[i].z);
  free(texts);
}

/* --- worst shapes */

#define HEADING                                        \
  "R 071707Z APR 06\nFM AMEMBASSY OSLO\nTO SECSTATE\n" \
  "C O N F I D E N T I A L OSLO 000123\n"              \
  "E.O. 12958: DECL: 04/07/2016\nTAGS: PREL\nSUBJECT: LIGHTS\n"

/* A head, and what is repeated behind it. */
static const struct {
  const char *name;
  const char *head;
  const char *unit;
} shapes[] = {
    {"a telegram's prose", HEADING "\n",
     "1. (C) The light was lit, and it was put out again when the sun\n"
     "rose over the harbor, as it had been for a hundred years.\n\n"},
    {"dashes only", "", "-"},
    {"dashes in lines", HEADING "\n", "-----------------------------\n"},
    {"empty paragraphs", HEADING "\n", "1.\n"},
    {"marked paragraphs", HEADING "\n", "1. (C) x\n"},
    {"blank lines", HEADING, "\n"},
    {"one line of words", HEADING "\n", "the lighthouse "},
    {"digits only", HEADING "\n", "1234567890"},
    {"REF that never ends", HEADING "\nREF: A. OSLO 1\n", "B. OSLO 2\n"},
    {"REF on one line", HEADING "\nREF: A. OSLO 1", " B. OSLO 2"},
    {"TAGS that never end", "TAGS: PREL", ", PGOV"},
    {"subject that never ends", "SUBJECT: ", "LIGHTS "},
    {"classifier that never ends", HEADING "Classified By: ", "A. Person "},
    {"addressees", "FM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC\n",
     "RUEHMO/AMEMBASSY MOSCOW PRIORITY 1234\n"},
    {"section joints", HEADING "\n1. (C) x\n",
     "OSLO 00000123  002 OF 002\n"},
    {"page lines", HEADING "\n1. (C) x\n", "PAGE 02  OSLO  00123\n"},
    {"classification lines", HEADING "\n1. (C) x\n",
     "C O N F I D E N T I A L OSLO 000123\n"},
    {"summaries", HEADING "\n", "SUMMARY\n\n"},
    {"citations", HEADING "\n1. (C) x", " ref A and OSLO 12"},
    {"crossed out", HEADING "\n1. (C) x", " XXXXXXXX"},
    {"open brackets", HEADING "\n1. (C) x", "("},
    {"paragraph signs", HEADING "\n", "\xc2\xb6"},
    {"table labels", "", "Reference ID\n"},
    {"tables", HEADING "\n", "a    b    c    d\n"},
    {"lists", HEADING "\n1. (C) x\n", "-- x\n"},
    {"capitals", HEADING "\n1. (C) x\n", "THE LIGHT\n"},
};

/* Fills z with a shape of n bytes. */
static void fill(char *z, size_t n, const char *head, const char *unit) {
  size_t at = strlen(head) < n ? strlen(head) : n;
  memcpy(z, head, at);
  size_t k = strlen(unit);
  for (; at + k <= n; at += k) memcpy(z + at, unit, k);
  memset(z + at, ' ', n - at);
}

/* Nanoseconds a byte for a text; small ones are parsed many times. */
static double cost(CablesParser *parser, CablesSpan text) {
  CablesParseOptions all = {.want = CABLES_WANT_ALL};
  int rounds = text.n < 1 << 20 ? 200 : 1;
  double start = now();
  for (int i = 0; i < rounds; i++) {
    if (cables_parse(parser, text, &all) == NULL) {
      (void)fprintf(stderr, "out of memory\n");
      exit(1);
    }
  }
  return (now() - start) / rounds / (double)text.n * 1e9;
}

/* Times every shape at every size. */
static void worst(CablesParser *parser) {
  static const size_t sizes[] = {10 << 10, 1 << 20, 64 << 20};
  char *z = malloc(sizes[2]);
  if (z == NULL) exit(1);
  printf("%-28s %10s %10s %10s %8s\n", "ns a byte, everything parsed", "10 KB",
         "1 MB", "64 MB", "64M/1M");
  for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
    double ns[3];
    for (int k = 0; k < 3; k++) {
      fill(z, sizes[k], shapes[i].head, shapes[i].unit);
      ns[k] = cost(parser, (CablesSpan){z, sizes[k]});
    }
    printf("%-28s %10.1f %10.1f %10.1f %8.2f\n", shapes[i].name, ns[0], ns[1],
           ns[2], ns[2] / ns[1]);
    (void)fflush(stdout);
  }
  free(z);
}

int main(int n_args, char **args) {
  CablesParser *parser = cables_parser_new();
  if (parser == NULL) return 1;
  if (n_args > 1) headers(parser, n_args - 1, args + 1);
  worst(parser);
  cables_parser_free(parser);
  return 0;
}
