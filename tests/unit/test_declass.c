/*
** Tests of ext/telegram/declass.h.  The values in the tables were worked out
** by hand from declassification.md; the last test reads that document's own
** 74 examples in place.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../ext/base/buf.h"
#include "../../ext/telegram/declass.h"
#include "memory.h"

enum {
  R = CABLES_DECLASS_REPAIRED,
  S = CABLES_DECLASS_SUSPICIOUS,
  B = CABLES_DECLASS_BEYOND_LIMIT
};

/* One marking and all that is expected of it.  "" is unknown; for kinds
** without a text, NULL. */
typedef struct Case {
  const char *order;     /* as printed */
  const char *marking;   /* as printed */
  int level;             /* rank, or -1 */
  const char *created;   /* ISO, or "" */
  const char *kind;      /* expected */
  const char *date;      /* expected, or "" */
  const char *exemption; /* expected, or NULL */
  unsigned flags;        /* expected */
} Case;

static void assert_text(CablesSpan s, const char *text) {
  if (text == NULL) {
    assert_null(s.z);
    return;
  }
  assert_non_null(s.z);
  assert_true(cables_equal(s, cables_span(text)));
}

static void assert_date(CablesDate d, const char *iso) {
  CablesBuf b = {0};
  cables_date_print(&b, d);
  cables_buf_byte(&b, '\0');
  assert_string_equal(b.z, iso);
  cables_buf_free(&b);
}

/* The bytes of a text in memory of just their size, for the caller to free, so
** that a read behind them is seen; NULL stays unknown. */
static CablesSpan exact(const char *text, char **memory) {
  *memory = NULL;
  if (text == NULL) return CABLES_NO_SPAN;
  size_t n = strlen(text);
  *memory = malloc(n > 0 ? n : 1);
  assert_non_null(*memory);
  memcpy(*memory, text, n);
  return (CablesSpan){*memory, n};
}

/* Reads a marking; the texts live in the arena. */
static CablesDeclass reading(CablesArena *a, const char *order,
                             const char *marking, int level,
                             const char *created) {
  CablesDeclass d;
  char *texts[2];
  CablesSpan number = exact(order, &texts[0]);
  CablesSpan value = exact(marking, &texts[1]);
  cables_declass_read(number, value, level,
                      cables_date_from_iso(cables_span(created)), a, &d);
  free(texts[0]);
  free(texts[1]);
  assert_false(a->oom);
  assert_true(d.basis.n > 10);
  return d;
}

static void check(const Case *c, size_t n) {
  CablesArena a = {0};
  for (size_t i = 0; i < n; i++, c++) {
    CablesDeclass d = reading(&a, c->order, c->marking, c->level, c->created);
    const char *kind = cables_declass_kind_name(d.kind);
    bool review = d.kind == CABLES_DECLASS_REVIEW;
    bool down = d.kind == CABLES_DECLASS_DOWNGRADE;
    CablesDate date = review ? d.review : down ? d.downgrade : d.date;
    if (strcmp(kind, c->kind) != 0 || d.flags != c->flags) {
      print_message("row %d: %s: %s: kind %s, flags %u\n", (int)i, c->order,
                    c->marking, kind, d.flags);
    }
    assert_string_equal(kind, c->kind);
    assert_date(date, c->date);
    if (review || down) assert_int_equal(d.date.year, 0);
    assert_text(d.exemption, c->exemption);
    assert_int_equal(d.flags, c->flags);
    cables_arena_reset(&a);
  }
  cables_arena_free(&a);
  assert_int_equal(test_memory_live(), 0);
}

#define CHECK(cases) check((cases), sizeof(cases) / sizeof((cases)[0]))

static void eo_10501(void **state) {
  (void)state;
  static const Case cases[] = {
      {"10501", "GP-4", 2, "1968-02-29", "computed", "1980-02-29", NULL, 0},
      {"10501", "GROUP 4", 3, "1970-07-01", "computed", "1982-07-01", NULL, 0},
      {"10501", "Gp4", 3, "", "unknown_date", "", NULL, 0},
      {"10501", "GP 1", 3, "1968-05-10", "exempt", "", "GROUP 1", 0},
      {"10501", "GROUP-2", 3, "1968-05-10", "exempt", "", "GROUP 2", 0},
      {"", "GROUP 3", 4, "1968-05-10", "exempt", "", "GROUP 3", 0},
      {"1051", "GP-1", 4, "1968-05-10", "exempt", "", "GROUP 1", R},
  };
  CHECK(cases);
}

static void eo_11652(void **state) {
  (void)state;
  static const Case cases[] = {
      {"11652", "GDS", 4, "1973-01-01", "schedule", "1983-12-31", NULL, 0},
      {"11652", "gds ", 3, "1978-11-30", "schedule", "1986-12-31", NULL, 0},
      {"11652", "GDS (KISSINGER)", 2, "1975-12-31", "schedule", "1981-12-31",
       NULL, 0},
      {"11653", "GDS", 2, "1975-12-31", "schedule", "1981-12-31", NULL, R},
      {"16652", "GDS", 2, "1975-12-31", "schedule", "1981-12-31", NULL, R},
      {"1652", "XGDS-1", 2, "1975-12-31", "exempt", "", "XGDS-1", R},
      {"", "GDS", 2, "1975-06-01", "schedule", "1981-12-31", NULL, 0},
      {"11652", "GDS", 1, "", "not_classified", "", NULL, 0},
      {"11652", "GDS", -1, "", "unknown_level", "", NULL, 0},
      {"11652", "GDS", 2, "", "unknown_date", "", NULL, 0},
      {"", "GDS", 2, "", "unknown_date", "", NULL, 0},
      {"11652", "XGDS 3", 3, "1974-05-01", "exempt", "", "XGDS-3", 0},
      {"11652", "XGDS4", 3, "1974-05-01", "exempt", "", "XGDS-4", 0},
      {"11652", "XGDS (2)", 3, "1974-05-01", "exempt", "", "XGDS-2", 0},
      {"11652", "XGDS-1, DECLAS 1/1/2004", 3, "1974-05-01", "date",
       "2004-01-01", "XGDS-1", 0},
      {"11652", "XGDS-1-12-31-84", 3, "1974-05-01", "date", "1984-12-31",
       "XGDS-1", 0},
      {"11652", "XGDS 12-31-84", 3, "1974-05-01", "date", "1984-12-31", "XGDS",
       0},
      {"11652", "XGDS-2 DECLAS 12/31/2005", 3, "1974-05-01", "date",
       "2005-12-31", "XGDS-2", B},
      {"11652", "ADS, DECLAS SIGNATURE OF TREATY", 3, "1974-05-01", "event", "",
       NULL, 0},
      {"11652", "ADS DECLAS DEC 1, 1976", 3, "1974-05-01", "date", "1976-12-01",
       NULL, 0},
      {"11652", "AS 19760331", 2, "1974-05-01", "date", "1976-03-31", NULL, 0},
      {"11652", "GS RUMSFELD", 2, "1976-05-01", "schedule", "1982-12-31", NULL,
       0},
      {"11652", "GS,30-SEP-2005", 2, "1976-05-01", "date", "2005-09-30", NULL,
       0},
      {"11652", "X1", 2, "1976-05-01", "exempt", "", "XGDS-1", 0},
      {"11652", "11652 GDS", 2, "1976-05-01", "schedule", "1982-12-31", NULL,
       0},
      {"", "E.O. 11652: XGDS-1", 2, "1979-05-01", "exempt", "", "XGDS-1", 0},
      {"11652", "LDS", 2, "1976-05-01", "unparsed", "", NULL, 0},
      {"11652", "NA", 1, "1976-05-01", "not_classified", "", NULL, 0},
      {"11652", "   ", 2, "1976-05-01", "missing", "", NULL, 0},
      {"11652", "GDS", 2, "9999-05-01", "unparsed", "", NULL, 0},
      {"11652", "GDS", 4, "9989-05-01", "schedule", "9999-12-31", NULL, 0},
      {"11652", "GDS", 5, "1975-05-01", "unknown_level", "", NULL, 0},
      {"", "E. O. 11652: X1", 2, "1979-05-01", "exempt", "", "XGDS-1", 0},
      {"", "11652 X1", 2, "1979-05-01", "exempt", "", "XGDS-1", 0},
      {"12065", "11652 X1", 2, "1979-05-01", "exempt", "", "X1", 0},
      {"", "11652-", 2, "1979-05-01", "missing", "", NULL, 0},
      {"", "11652-X1", 2, "1979-05-01", "exempt", "", "X1", 0},
      {"", "11652/X1", 2, "1979-05-01", "exempt", "", "X1", 0},
      {"11652", "GS", 3, "1975-05-01", "schedule", "1983-12-31", NULL, 0},
  };
  CHECK(cases);
}

static void eo_12065(void **state) {
  (void)state;
  static const Case cases[] = {
      {"12065", "GDS 01/11/85 (NEWSOM, D.) P", 2, "1979-01-11", "date",
       "1985-01-11", NULL, 0},
      {"12065", "GDS", 2, "1978-12-31", "computed", "1984-12-31", NULL, 0},
      {"12065", "GDS", 2, "9994-12-31", "unparsed", "", NULL, 0},
      {"12065", "GDS", 2, "9993-12-31", "computed", "9999-12-31", NULL, 0},
      {"12065", "GS", 2, "1978-12-31", "unparsed", "", NULL, 0},
      {"12065", "REVW 11/12/99", 3, "1979-11-12", "review", "1999-11-12", NULL,
       0},
      {"12065", "RVW 11/12/79", 3, "1979-11-12", "review", "1979-11-12", NULL,
       S},
      {"12065", "RDS-1 1/2/99 DECL: 1/2/2005", 3, "1979-11-12", "review",
       "1999-01-02", "RDS-1", 0},
      {"12065", "REVIEW 1/2/99 DECLAS ON 1/2/95", 3, "1979-11-12", "date",
       "1995-01-02", NULL, 0},
      {"12065", "GDS", -1, "1978-12-31", "computed", "1984-12-31", NULL, 0},
      {"12065", "GDS (MR. SMITH) OR-M", 0, "1979-05-05", "not_classified", "",
       NULL, 0},
      {"12065", "GDS (SMITH, J.", 2, "", "unknown_date", "", NULL, 0},
      {"12065", "XDS-1 6/8/2009 (NAAS) OR-M", 3, "1979-06-08", "date",
       "2009-06-08", "XDS-1", 0},
      {"12065", "XDS-1 6/9/09 (NAAS) OR-M", 3, "1979-06-08", "date",
       "2009-06-09", "XDS-1", B},
      {"12065", "XDS-3 6/9/99", 3, "1979-06-08", "date", "1999-06-09", "XDS-3",
       B},
      {"12065", "XDS 4", 3, "1979-06-08", "exempt", "", "XDS-4", 0},
      {"12065", "RDS-3 11/12/99", 3, "1979-11-12", "review", "1999-11-12",
       "RDS-3", 0},
      {"12065", "rds3 (jones) 11/12/99", 3, "1979-11-12", "review",
       "1999-11-12", "RDS-3", 0},
      {"12065", "RDS", 3, "1979-11-12", "review", "", "RDS", 0},
      {"12065", "RDS-1 11/13/2009", 3, "1979-11-12", "review", "2009-11-13",
       "RDS-1", B},
      {"12065", "REVIEW ON 11/12/99", 3, "1979-11-12", "review", "1999-11-12",
       NULL, 0},
      {"12065", "GDS 11/31/85 (DOE)", 3, "1979-11-12", "invalid_date", "", NULL,
       0},
      {"12056", "GDS", 3, "1980-02-29", "computed", "1986-02-28", NULL, R},
      {"12065", "GDS1/17/85(DOE)", 2, "1979-01-17", "date", "1985-01-17", NULL,
       0},
      {"12065", "1/2/79 (RDS, W.)", 2, "1979-01-17", "date", "1979-01-02", NULL,
       S},
  };
  CHECK(cases);
}

static void eo_12356(void **state) {
  (void)state;
  static const Case cases[] = {
      {"12356", "OADR", 3, "1988-01-01", "indefinite", "", "OADR", 0},
      {"12356", "decl: oadr. ", 3, "1988-01-01", "indefinite", "", "OADR", 0},
      {"12356", "ORIGINATING AGENCY'S DETERMINATION REQUIRED", 3, "1988-01-01",
       "indefinite", "", "OADR", 0},
      {"12356", "DECL: OADR (SMITH, J.)", 3, "1988-01-01", "indefinite", "",
       "OADR", 0},
      {"12356", "DECL: MARCH 15, 1993", 2, "1987-03-15", "date", "1993-03-15",
       NULL, 0},
      {"12356", "DECL: 3/15/2050", 2, "1987-03-15", "date", "2050-03-15", NULL,
       0},
      {"12356", "N/A", 0, "1988-07-03", "not_classified", "", NULL, 0},
      {"", "OADR", 3, "1990-01-01", "indefinite", "", "OADR", 0},
      {"12356", "GDS", 2, "1987-03-15", "unparsed", "", NULL, 0},
  };
  CHECK(cases);
}

static void eo_12958(void **state) {
  (void)state;
  static const Case cases[] = {
      {"12958", "DECL: X1, X5", 3, "2002-01-07", "exempt", "", "X1, X5", 0},
      {"12958", "DECL: X1,X5,X1", 3, "2002-01-07", "exempt", "", "X1, X5", 0},
      {"12958", "DECL: X1 AND X6", 3, "2002-01-07", "exempt", "", "X1, X6", 0},
      {"12958", "DECL: 1.6(X6)", 3, "1998-06-01", "exempt", "", "X6", 0},
      {"12958", "DECL: X-5", 3, "1998-06-01", "exempt", "", "X5", 0},
      {"12958", "DECL: X9", 3, "1998-06-01", "unparsed", "", NULL, 0},
      {"12958", "DECL: 10/12/19 X1", 3, "2009-10-12", "date", "2019-10-12",
       "X1", 0},
      {"12958", "DECL: 25X1-human", 3, "2008-06-01", "exempt", "", "25X1-HUMAN",
       0},
      {"12958",
       "Declassify on: Source marked 25X1-human, Date of source: "
       "10/12/1985",
       3, "2009-06-01", "exempt", "", "25X1-HUMAN", 0},
      {"12958", "DECL: SOURCE MARKED OADR", 3, "2009-06-01", "indefinite", "",
       "OADR", 0},
      {"12958", "SOURCE MARKED MR", 3, "2009-06-01", "indefinite", "", "MR", 0},
      {"12958", "MARKED MR", 3, "2009-06-01", "indefinite", "", "MR", 0},
      {"12958", "ARKED MR", 3, "2009-06-01", "unparsed", "", NULL, 0},
      {"12958", "MR.", 3, "2009-06-01", "indefinite", "", "MR", 0},
      {"12958", "DECL: MANUAL REVIEW", 3, "2009-06-01", "indefinite", "", "MR",
       0},
      {"12958", "DECL: DCI Only", 3, "2001-06-01", "indefinite", "", "DCI ONLY",
       0},
      {"12958", "DECL: DNI ONLY", 3, "2007-06-01", "indefinite", "", "DNI ONLY",
       0},
      {"12958", "DECL: TEN YEARS", 3, "2009-06-01", "computed", "2019-06-01",
       NULL, 0},
      {"12958", "DECL: 25 YRS", 3, "2009-06-01", "computed", "2034-06-01", NULL,
       0},
      {"12958", "DECL: TWENTY-FIVE YEARS (DOE)", 3, "2009-06-01", "computed",
       "2034-06-01", NULL, 0},
      {"12958", "DECL: TEN (10) YEARS", 3, "2009-06-01", "computed",
       "2019-06-01", NULL, 0},
      {"12958", "DECL: 30YEARS", 3, "2009-06-01", "computed", "2039-06-01",
       NULL, B},
      {"12958", "DECL: 10 YEARS", 3, "", "unknown_date", "", NULL, 0},
      {"12958", "ADS, 10 YEARS", 3, "2000-01-02", "computed", "2010-01-02",
       NULL, 0},
      {"12958", "X DECLAS 10 YEARS", 3, "2000-01-02", "computed", "2010-01-02",
       NULL, 0},
      {"12958", "(DOE) 10 YEARS", 3, "2000-01-02", "unparsed", "", NULL, 0},
      {"12958", "DECLl: 02/08/20", 3, "2010-02-08", "date", "2020-02-08", NULL,
       0},
      {"12958", "DECL 6/3/08", 2, "2004-06-03", "date", "2008-06-03", NULL, 0},
      {"12958", "decl: 6/9/2015", 2, "2005-06-09", "date", "2015-06-09", NULL,
       0},
      {"12958", "DECLASSIFY ON: 1/1/2035", 2, "2009-12-31", "date",
       "2035-01-01", NULL, B},
      {"12958", "DECL: 12/31/2034", 2, "2009-12-31", "date", "2034-12-31", NULL,
       0},
      {"12958", "DECL: 01/01/2030", 2, "2000-01-01", "date", "2030-01-01", NULL,
       0},
      {"12958", "DECL: 2/30/2015", 2, "2005-02-28", "invalid_date", "", NULL,
       0},
      {"12958", "DECL: 00/00/2015", 2, "2005-02-28", "invalid_date", "", NULL,
       0},
      {"12958", "DECL: 1/2/205", 2, "2005-02-28", "invalid_date", "", NULL, 0},
      {"12958", "DECL: 1/2/02015", 2, "2005-02-28", "date", "2015-01-02", NULL,
       R},
      {"12958", "DECL: XXXXXXXXXXXXX", 2, "2005-02-28", "unparsed", "", NULL,
       0},
      {"12958", "N/a", 0, "2005-02-28", "not_classified", "", NULL, 0},
      {"12958", "n/a.", 0, "2005-02-28", "not_classified", "", NULL, 0},
      {"12958", "DECL: N/A", 0, "2005-02-28", "not_classified", "", NULL, 0},
      {"12958", "DECL:", 2, "2005-02-28", "missing", "", NULL, 0},
      {"12958", "DECLASSIFIED BY NARA", 0, "1966-12-28", "declassified", "",
       NULL, 0},
      {"12958", "DECLASSIFIED 1/1/1960", 0, "1966-12-28", "declassified",
       "1960-01-01", NULL, S},
      {"12958", "DECLASSIFIED 1/1/1960", 0, "", "declassified", "1960-01-01",
       NULL, 0},
      {"12958", "DECLASSIFIED 12/28/1966", 0, "1966-12-28", "declassified",
       "1966-12-28", NULL, S},
      {"12958", "DECLASSIFIED 12/29/1966", 0, "1966-12-28", "declassified",
       "1966-12-29", NULL, 0},
      {"12958", "1/2/2003 DECLASSIFIED 1/2/2004", 0, "1999-12-28",
       "declassified", "2004-01-02", NULL, 0},
      {"12958", "1/2/2003 DECLASSIFIED", 0, "1999-12-28", "declassified",
       "2003-01-02", NULL, 0},
      {"12598", "DECL: 1/2/2015", 2, "2005-01-02", "date", "2015-01-02", NULL,
       R},
      {"19528", "DECL: 1/2/2015", 2, "2005-01-02", "date", "2015-01-02", NULL,
       R},
      {"19523", "DECL: 1/2/2015", 2, "2005-01-02", "date", "2015-01-02", NULL,
       R},
      {"E.O. 12958:", "DECL: 1/2/2015", 2, "2005-01-02", "date", "2015-01-02",
       NULL, 0},
      {"12958", ": AS AMENDED: DECL: X3", 2, "1999-01-02", "exempt", "", "X3",
       0},
      {"12958", "DECL: SECRET NOFORN", 3, "1999-01-02", "unparsed", "", NULL,
       0},
      {"12958", "DECL: UNCLASSIFIED PORTIONS", 0, "1999-01-02", "unparsed", "",
       NULL, 0},
      {"12958", "DECL: INDEPENDENCE", 3, "1999-01-02", "unparsed", "", NULL, 0},
      {"12958", "DECLL: INDEPENDENCE", 3, "1999-01-02", "unparsed", "", NULL,
       0},
      {"12958", "DECL: SO IT BE HE", 3, "1999-01-02", "unparsed", "", NULL, 0},
      {"12958", "PEACE AND QUIET", 3, "1999-01-02", "unparsed", "", NULL, 0},
      {"12958", "DEC 1: LATER", 3, "1999-01-02", "unparsed", "", NULL, 0},
      {"12958", "DECL ONE: NO", 3, "1999-01-02", "unparsed", "", NULL, 0},
      {"12958", "DECL: O/A", 3, "1999-01-02", "unparsed", "", NULL, 0},
      {"12958", "DECL ON", 3, "1999-01-02", "missing", "", NULL, 0},
      {"12958", "DECL ON: 1/2/2005", 3, "1999-01-02", "date", "2005-01-02",
       NULL, 0},
      {"12958", "1/2/2004 DECL: 1/2/2005", 3, "1999-01-02", "date",
       "2005-01-02", NULL, 0},
      {"12958", "1/2/2004 DECL: NEVER", 3, "1999-01-02", "date", "2004-01-02",
       NULL, 0},
      {"12958", "DEC: 10/11/2015", 3, "2005-10-11", "date", "2015-10-11", NULL,
       0},
  };
  CHECK(cases);
}

static void eo_13526(void **state) {
  (void)state;
  static const Case cases[] = {
      {"13526", "DECL: 20351011", 3, "2010-10-10", "date", "2035-10-11", NULL,
       B},
      {"13526", "25X1-20501001", 3, "2005-10-01", "date", "2050-10-01", "25X1",
       0},
      {"13526", "25X1, 20551002", 3, "2005-10-01", "date", "2055-10-02", "25X1",
       B},
      {"13526", "50X1-HUM, 20870302", 3, "2012-03-01", "date", "2087-03-02",
       "50X1-HUM", B},
      {"10501", "DECL: 1/2/1980", 3, "1968-05-10", "date", "1980-01-02", NULL,
       0},
      {"", "DECL: 1/2/53", 3, "", "date", "1953-01-02", NULL, 0},
      {"", "DECL: 1/2/52", 3, "", "date", "2052-01-02", NULL, 0},
      {"13526", "DECL: 50X1-HUM", 3, "2012-03-01", "exempt", "", "50X1-HUM", 0},
      {"13526", "DECL: 50X2 WMD", 3, "2012-03-01", "exempt", "", "50X2-WMD", 0},
      {"13526", "75X", 3, "2012-03-01", "exempt", "", "75X", 0},
      {"13526", "25X6, 25X9", 3, "2012-03-01", "exempt", "", "25X6, 25X9", 0},
      {"13526", "DECL: 20351301", 3, "2010-10-10", "invalid_date", "", NULL, 0},
      {"13526", "N/A to RD/FRD/TFNI portions. See source list", 3, "2012-03-01",
       "exempt", "", "RD/FRD/TFNI", 0},
      {"13526", "N/A TO PORTIONS", 3, "2012-03-01", "unparsed", "", NULL, 0},
      {"13526", "SOME PORTIONS", 3, "2012-03-01", "unparsed", "", NULL, 0},
      {"13526", "75X, 20990101", 3, "2012-03-01", "date", "2099-01-01", "75X",
       0},
      {"13526", "DECL: 10 YEARS", 3, "2012-02-29", "computed", "2022-02-28",
       NULL, 0},
      {"13256", "DECL: 1/2/2022", 3, "2012-01-02", "date", "2022-01-02", NULL,
       R},
      {"13292", "DECL: 1/2/2029", 3, "2004-01-01", "date", "2029-01-02", NULL,
       B},
  };
  CHECK(cases);
}

static void date_forms(void **state) {
  (void)state;
  static const char *const forms[] = {
      "6/3/2019",     "06/03/2019",      "6-3-19",
      "6-3-2019",     "2019/06/03",      "2019-06-03",
      "2019/6/3",     "20190603",        "JUNE 3, 2019",
      "Jun 3 2019",   "3 JUN 2019",      "3 June, 2019",
      "jun. 3, 2019", "3-JUN-2019",      "03JUN2019",
      "3 JUN 19",     "JUNE 3RD 2019",   "3rd June 2019",
      "June 3, '19",  "6/ 3/ 2019",      "6 / 3 / 2019",
      "ON 6/3/2019.", "(DOE, J. 6/3/19", "6.3.2019",
      "DECL06/03/19", "JUNE 3,2019",     "13/1/2019, 6/3/2019"};
  CablesArena a = {0};
  for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
    CablesDeclass d = reading(&a, "12958", forms[i], 2, "2009-06-03");
    if (d.date.year == 0) print_message("%s\n", forms[i]);
    assert_date(d.date, "2019-06-03");
    assert_int_equal(d.kind, CABLES_DECLASS_DATE);
    assert_int_equal(d.flags, 0);
  }
  cables_arena_free(&a);
}

static void no_date_forms(void **state) {
  (void)state;
  static const char *const forms[] = {
      "12/2015",  "JUNE 1975",     "2015",   "1.6",        "1-2-3-4-5-6",
      "MAY 2015", "202-647-40000", "1.2.15", "MAYOR 3 15", "10/12"};
  CablesArena a = {0};
  for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
    CablesDeclass d = reading(&a, "12958", forms[i], 2, "2009-06-03");
    if (d.kind != CABLES_DECLASS_UNPARSED) print_message("%s\n", forms[i]);
    assert_int_equal(d.kind, CABLES_DECLASS_UNPARSED);
    assert_int_equal(d.date.year, 0);
  }
  cables_arena_free(&a);
}

/* declassification.md 9.2. */
static void two_digit_years(void **state) {
  (void)state;
  static const Case cases[] = {
      {"11652", "1/1/72", 2, "", "date", "1972-01-01", NULL, 0},
      {"11652", "1/1/71", 2, "", "date", "2071-01-01", NULL, 0},
      {"12065", "1/1/78", 2, "", "date", "1978-01-01", NULL, 0},
      {"12065", "1/1/77", 2, "", "date", "2077-01-01", NULL, 0},
      {"12356", "1/1/82", 2, "", "date", "1982-01-01", NULL, 0},
      {"12356", "1/1/81", 2, "", "date", "2081-01-01", NULL, 0},
      {"12958", "1/1/95", 2, "", "date", "1995-01-01", NULL, 0},
      {"12958", "1/1/94", 2, "", "date", "2094-01-01", NULL, 0},
      {"13526", "1/1/09", 2, "", "date", "2009-01-01", NULL, 0},
      {"13526", "1/1/08", 2, "", "date", "2108-01-01", NULL, 0},
      {"13526", "1/1/35", 2, "", "date", "2035-01-01", NULL, 0},
      {"12958", "12/31/99", 2, "1999-12-31", "date", "1999-12-31", NULL, S},
      {"12958", "1/1/00", 2, "1999-12-31", "date", "2000-01-01", NULL, 0},
      {"12958", "2/29/00", 2, "1996-02-29", "date", "2000-02-29", NULL, 0},
      {"12958", "2/29/18", 2, "2008-02-29", "invalid_date", "", NULL, 0},
      {"11652", "1/1/49", 2, "1974-01-01", "date", "2049-01-01", NULL, B},
      {"11652", "1/2/49", 2, "1974-01-01", "date", "1949-01-02", NULL, S},
      {"12958", "2/28/05", 2, "2005-03-01", "date", "2005-02-28", NULL, S},
      {"12958", "3/1/05", 2, "2005-03-01", "date", "2005-03-01", NULL, S},
  };
  CHECK(cases);
}

static void events(void **state) {
  (void)state;
  static const struct {
    const char *marking, *event, *exemption;
  } cases[] = {
      {"DECL: TEN YEARS AFTER KOREAN UNIFICATION",
       "TEN YEARS AFTER KOREAN UNIFICATION", NULL},
      {"decl:  after\tKorean \r\n unification ", "after Korean unification",
       NULL},
      {"XGDS-3 DECLAS UPON WITHDRAWAL", "UPON WITHDRAWAL", "XGDS-3"},
      {"XGDS-3, UPON WITHDRAWAL", "UPON WITHDRAWAL", "XGDS-3"},
      {"ADS, DECLAS AT END CURRENT TEST SERIES", "AT END CURRENT TEST SERIES",
       NULL},
      {"DECL: CLOSURE OF ICTY", "CLOSURE OF ICTY", NULL},
      {"DECLASSIFY ON: CONCLUSION", "CONCLUSION", NULL},
      {"GDS, DECLAS SIGNING OF TREATY", "SIGNING OF TREATY", NULL},
      {"10 YEARS AFTER CREATION", "10 YEARS AFTER CREATION", NULL},
      {"AGDS, FOLLOWING THE VISIT", "FOLLOWING THE VISIT", NULL},
      {"UPON WITHDRAWAL, DECL:", "UPON WITHDRAWAL, DECL:", NULL},
      {"DECLAS INDEPENDENCE", "INDEPENDENCE", NULL},
      {"DECL: FOR YOU", "FOR YOU", NULL},
      {"DEC: CLOSURE OF ICTY", "CLOSURE OF ICTY", NULL},
      {"X DECLAS FOR NOW", "FOR NOW", NULL},
      {"UNTIL THE PRESIDENT RETURNS (DOE)", "UNTIL THE PRESIDENT RETURNS (DOE)",
       NULL},
  };
  CablesArena a = {0};
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    CablesDeclass d = reading(&a, "12356", cases[i].marking, 3, "1987-01-01");
    assert_int_equal(d.kind, CABLES_DECLASS_EVENT);
    assert_text(d.event, cases[i].event);
    assert_text(d.exemption, cases[i].exemption);
    assert_int_equal(d.date.year, 0);
  }
  /* An event word in a name is none. */
  CablesDeclass d = reading(&a, "12065", "GDS (WHEN, J.)", 3, "1979-01-01");
  assert_int_equal(d.kind, CABLES_DECLASS_COMPUTED);
  cables_arena_free(&a);
}

static void downgrading(void **state) {
  (void)state;
  CablesArena a = {0};
  CablesDeclass d = reading(&a, "12958", "DNG: CO 01/26/2021", 3, "2006-01-30");
  assert_int_equal(d.kind, CABLES_DECLASS_DOWNGRADE);
  assert_date(d.downgrade, "2021-01-26");
  assert_date(d.date, "");
  assert_text(d.downgrade_level, "CONFIDENTIAL");
  d = reading(&a, "12958", "Downgrade to Secret on 1/2/2015", 4, "2006-01-30");
  assert_date(d.downgrade, "2015-01-02");
  assert_text(d.downgrade_level, "SECRET");
  d = reading(&a, "12958", "DNG: CO", 3, "2006-01-30");
  assert_int_equal(d.kind, CABLES_DECLASS_DOWNGRADE);
  assert_date(d.downgrade, "");
  d = reading(&a, "12958", "DNG: CO 1/2/2011 DECL: 1/2/2016", 3, "2006-01-30");
  assert_int_equal(d.kind, CABLES_DECLASS_DATE);
  assert_date(d.downgrade, "2011-01-02");
  assert_date(d.date, "2016-01-02");
  d = reading(&a, "12958", "DECL: 1/2/2016 DNG: 1/2/2011", 3, "2006-01-30");
  assert_date(d.downgrade, "2011-01-02");
  assert_date(d.date, "2016-01-02");
  assert_text(d.downgrade_level, NULL);
  static const char *const levels[][2] = {
      {"DNG: CONF 1/2/2015", "CONFIDENTIAL"},
      {"DWNG: SE 1/2/2015", "SECRET"},
      {"DNG: UNCLASSIFIED 1/2/2015", "UNCLASSIFIED"},
      {"DNG: TO THE S 1/2/2015", "SECRET"},
      {"DNG: 1/2/2015 S", NULL},
      {"DNG:", NULL}};
  for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
    d = reading(&a, "12958", levels[i][0], 4, "2006-01-30");
    assert_int_equal(d.kind, CABLES_DECLASS_DOWNGRADE);
    assert_int_equal(d.downgrade.year, strlen(levels[i][0]) > 4 ? 2015 : 0);
    assert_text(d.downgrade_level, levels[i][1]);
  }
  /* A day that is odd is told of, but not one that is missing. */
  d = reading(&a, "12958", "DNG: CO 1/2/2006", 4, "2006-01-30");
  assert_int_equal(d.flags, S);
  d = reading(&a, "12958", "DNG: CO", 4, "2006-01-30");
  assert_int_equal(d.flags, 0);
  d = reading(&a, "12958", "DNG: CO 1/2/2011 DECL: 1/2/2005", 4, "2006-01-30");
  assert_int_equal(d.flags, S);
  /* A word of downgrading in a name is none. */
  d = reading(&a, "12958", "DECL: 1/2/2015 (DNG, J.)", 4, "2006-01-30");
  assert_int_equal(d.kind, CABLES_DECLASS_DATE);
  assert_date(d.downgrade, "");
  cables_arena_free(&a);
}

/* The order after repair. */
static void orders(void **state) {
  (void)state;
  static const struct {
    const char *printed, *created;
    int order;
  } cases[] = {
      {"12958", "", 12958},           {"12598", "2005-01-01", 12958},
      {"19528", "", 12958},           {"1652", "1974-01-01", 11652},
      {"11653", "", 11652},           {"12O65", "1979-01-01", 12065},
      {"E.O. 11652", "", 11652},      {"l2958", "", 12958},
      {"99999", "1974-01-01", 11652}, {"99999", "", 0},
      {"", "1985-01-01", 12356},      {"", "", 0},
      {"13292", "2005-01-01", 13292}, {"129581234567", "1985-01-01", 12356},
      {"11652", "1985-01-01", 11652}, {"\xff\xfe", "1985-01-01", 12356},
  };
  CablesArena a = {0};
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    CablesDeclass d = reading(&a, cases[i].printed, "N/A", 2, cases[i].created);
    assert_int_equal(d.order, cases[i].order);
  }
  cables_arena_free(&a);
}

static void in_force(void **state) {
  (void)state;
  static const struct {
    CablesDate day;
    int order;
  } cases[] = {
      {{1953, 12, 14}, 0},     {{1953, 12, 15}, 10501}, {{1972, 5, 31}, 10501},
      {{1972, 6, 1}, 11652},   {{1978, 11, 30}, 11652}, {{1978, 12, 1}, 12065},
      {{1982, 7, 31}, 12065},  {{1982, 8, 1}, 12356},   {{1995, 10, 13}, 12356},
      {{1995, 10, 14}, 12958}, {{2010, 6, 26}, 12958},  {{2010, 6, 27}, 13526},
      {{2030, 1, 1}, 13526},   {{0, 0, 0}, 0}};
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    assert_int_equal(cables_declass_order_in_force(cases[i].day),
                     cases[i].order);
  }
}

static void automatic(void **state) {
  (void)state;
  assert_date(cables_declass_automatic((CablesDate){1974, 2, 3}), "1999-12-31");
  assert_date(cables_declass_automatic((CablesDate){2000, 12, 31}),
              "2025-12-31");
  assert_date(cables_declass_automatic((CablesDate){0, 0, 0}), "");
  assert_date(cables_declass_automatic((CablesDate){9990, 1, 1}), "");
}

static void basis(void **state) {
  (void)state;
  CablesArena a = {0};
  CablesDeclass d = reading(&a, "11652", "GDS", 3, "1974-08-25");
  assert_text(d.basis,
              "E.O. 11652 sec. 5(A)(2): SECRET is declassified on 31 December "
              "of the 8th full calendar year");
  d = reading(&a, "12958", "DECL: 1/2/2015", 3, "2005-01-02");
  assert_text(d.basis, "date printed in the marking (E.O. 12958 sec. 1.6(a))");
  d = reading(&a, "12065", "GDS (DOE)", 3, "1979-01-02");
  assert_text(d.basis,
              "E.O. 12065 sec. 1-401: six years from creation, no date given");
  d = reading(&a, "12356", "OADR", 3, "1989-01-02");
  assert_text(d.basis,
              "Originating Agency's Determination Required (E.O. 12356 sec. "
              "1.5(a)(4)): no date");
  d = reading(&a, "11652", "GDS", 4, "1974-08-25");
  assert_text(d.basis,
              "E.O. 11652 sec. 5(A)(1): TOP SECRET is declassified on 31 "
              "December of the 10th full calendar year");
  d = reading(&a, "11652", "GDS", 2, "1974-08-25");
  assert_text(d.basis,
              "E.O. 11652 sec. 5(A)(3): CONFIDENTIAL is declassified on 31 "
              "December of the 6th full calendar year");
  static const char *const marks[] = {"25X1, 20300101", "50X1-HUM, 20300101",
                                      "75X, 20300101"};
  for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
    d = reading(&a, "13526", marks[i], 3, "2012-01-02");
    assert_text(d.basis,
                "date printed with a 25-year exemption (E.O. 13526 sec. 3.3)");
  }
  d = reading(&a, "11652", "DECLAS 1/2/1980", 3, "1974-01-02");
  assert_text(d.basis, "date printed in the marking (E.O. 11652 sec. 5(A))");
  d = reading(&a, "11652", "XGDS-1 1/2/1980", 3, "1974-01-02");
  assert_text(d.basis, "date printed with an exemption (E.O. 11652 sec. 5(B))");
  d = reading(&a, "12065", "GDS 1/2/1985", 3, "1979-01-02");
  assert_text(d.basis, "date printed in the marking (E.O. 12065 sec. 1-401)");
  d = reading(&a, "12065", "XDS-1 1/2/1985", 3, "1979-01-02");
  assert_text(d.basis, "date printed in the marking (E.O. 12065 sec. 1-402)");
  d = reading(&a, "10501", "GROUP 4", 3, "1968-01-02");
  assert_text(d.basis,
              "E.O. 10501 as amended by E.O. 10964, Group 4: 12 years from "
              "creation");
  d = reading(&a, "12356", "10 YEARS", 3, "1989-01-02");
  assert_text(d.basis, "years printed in the marking, counted from creation");
  d = reading(&a, "12356", "MR", 3, "1989-01-02");
  assert_text(d.basis, "Manual Review (32 CFR 2001.12(c)): no date");
  d = reading(&a, "12356", "DECLASSIFIED", 3, "1989-01-02");
  assert_text(d.basis, "record of a declassification, day not given");
  d = reading(&a, "12356", "DECLASSIFIED 1/2/2003", 3, "1989-01-02");
  assert_text(d.basis, "record of a declassification on that day");
  cables_arena_free(&a);
}

static void kind_names(void **state) {
  (void)state;
  assert_string_equal(cables_declass_kind_name(CABLES_DECLASS_MISSING),
                      "missing");
  assert_string_equal(cables_declass_kind_name(CABLES_DECLASS_NOT_CLASSIFIED),
                      "not_classified");
  assert_string_equal(cables_declass_kind_name(CABLES_DECLASS_UNPARSED),
                      "unparsed");
  assert_string_equal(cables_declass_kind_name((CablesDeclassKind)15),
                      "unparsed");
}

static void ranks(void **state) {
  (void)state;
  static const struct {
    const char *marking;
    int rank;
  } cases[] = {
      {"CONFIDENTIAL", 2},
      {"C O N F I D E N T I A L", 2},
      {"CC O N F I D E N T I A L", 2},
      {"CO N F I D E N T I A L", 2},
      {"O N F I D E N T I A L", 2},
      {"C o n f i d e n t i a l section 01 of 04 ankara 000348", 2},
      {"C O N F I D E N T I A L SECTION 01 OF 02 ABUJA 000123", 2},
      {"Confidential", 2},
      {"CONFIDENTIAL//NOFORN", 2},
      {"CONFIDENTIAL - ENTIRE TEXT", 2},
      {"SECRET", 3},
      {"S E C R E T", 3},
      {"SS E C R E T", 3},
      {"CSE C R E T", 3},
      {"E C R E T", 3},
      {"S E C R E T NICOSIA 2618", 3},
      {"SECRET//NOFORN", 3},
      {"SECRET/REL FRANCE", 3},
      {"SECRET SENSITIVE", 3},
      {"TOP SECRET", 4},
      {"T O P   S E C R E T", 4},
      {"TOP SECRET//SI", 4},
      {"TS", 4},
      {"TS//SI", 4},
      {"S", 3},
      {"(S)", 3},
      {"s/nf", 3},
      {"S/NF", 3},
      {"S//NF", 3},
      {"S-NF", 3},
      {"SNF", 3},
      {"S//FGI//NF", 3},
      {"S//REL TO USA, FVEY", 3},
      {"C", 2},
      {"c", 2},
      {"C)", 2},
      {"C NF", 2},
      {"C/REL NATO", 2},
      {"C - ENTIRE TEXT", 2},
      {"C )", 2},
      {"C /NF", 2},
      {"C .", -1},
      {"C.", -1},
      {"AB", -1},
      {"S E C R", -1},
      {"XXSECRET", 3},
      {"XXXSECRET", -1},
      {"X-SECRET", -1},
      {"U", 0},
      {"(U)", 0},
      {"U//FOUO", 1},
      {"SBU", 1},
      {"SBU/NF", 1},
      {"SBU)", 1},
      {"LOU", 1},
      {"LIMITED OFFICIAL USE", 1},
      {"L I M I T E D  O F F I C I A L  U S E", 1},
      {"UNCLASSIFIED", 0},
      {"UNCLAS", 0},
      {"UUNCLAS", 0},
      {"U N C L A S S I F I E D", 0},
      {"UNCLAS E F T O", 0},
      {"UNCLAS SENSITIVE", 1},
      {"UNCLAS SECTION 01 OF 02 ROME 000123", 0},
      {"UNCLASSIFIED//FOR OFFICIAL USE ONLY", 1},
      {"UNCLASSIFIED//FOUO", 1},
      {"SENSITIVE BUT UNCLASSIFIED", 1},
      {" SECRET \n", 3},
      {"U.S.", -1},
      {"(U.S.)", -1},
      {"IRAN", -1},
      {"CHINA", -1},
      {"", -1},
      {"   ", -1},
      {"SECRETARY", -1},
      {"SECRETARIAT", -1},
      {"CONFIDENTIALITY", -1},
      {"N/SF", -1},
      {"/Rel UK", -1},
      {"C SPAN", -1},
      {"\xff\xff", -1},
      {"(", -1},
  };
  for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
    char *text;
    int rank = cables_classification_rank(exact(cases[i].marking, &text));
    free(text);
    if (rank != cases[i].rank) print_message("%s\n", cases[i].marking);
    assert_int_equal(rank, cases[i].rank);
  }
  assert_int_equal(cables_classification_rank(CABLES_NO_SPAN), -1);
  assert_int_equal(cables_classification_rank(CABLES_LIT("S\0E\0C\0R\0E\0T")),
                   3);
}

static void memory_out(void **state) {
  (void)state;
  CablesDate created = {1998, 1, 1};
  long failed = 0;
  for (bool oom = true; oom; failed++) {
    CablesArena a = {0};
    CablesDeclass d;
    char big[40000];
    memset(big, 'A', sizeof(big));
    memcpy(big, "DECL: X1, X5 UPON ", 18);
    test_memory_fail(failed + 1, 1);
    cables_declass_read(CABLES_LIT("12958"), (CablesSpan){big, sizeof(big)}, 3,
                        created, &a, &d);
    test_memory_fail(0, 0);
    oom = a.oom;
    cables_arena_free(&a);
  }
  /* Each allocation was out once: of the text, and of the codes. */
  assert_true(failed > 2);
  assert_int_equal(test_memory_live(), 0);
}

/* Pseudo-random markings of pieces and raw bytes: no crash, and a date is
** always a real one. */
static void hostile_bytes(void **state) {
  (void)state;
  static const char *const pieces[] = {
      "DECL", ":",   " ",          "XGDS",  "-",   "1",     "12",
      "/",    "19",  "85",         "JUNE",  "DEC", ".",     ",",
      "(",    "X5",  "25X",        "1.6",   "DNG", "CO",    "RDS",
      "GDS",  "N/A", "\xff",       "YEARS", "TEN", "AFTER", "DECLASSIFIED",
      "2015", "GP",  "E.O. 11652", "ON"};
  CablesArena a = {0};
  unsigned seed = 1;
  for (int round = 0; round < 20000; round++) {
    char z[400];
    size_t n = 0;
    seed = seed * 1664525u + 1013904223u;
    unsigned count = (seed >> 16) % 14;
    for (unsigned k = 0; k < count; k++) {
      seed = seed * 1664525u + 1013904223u;
      const char *p = pieces[(seed >> 16) % 32];
      if ((seed >> 28) == 0) {
        z[n++] = (char)(seed >> 20);
      } else {
        memcpy(z + n, p, strlen(p));
        n += strlen(p);
      }
    }
    char *exact = malloc(n > 0 ? n : 1);
    assert_non_null(exact);
    memcpy(exact, z, n);
    CablesDeclass d;
    cables_declass_read((CablesSpan){exact, n}, (CablesSpan){exact, n},
                        (int)(seed >> 24) % 6 - 1, (CablesDate){1974, 2, 28},
                        &a, &d);
    assert_true(d.date.year == 0 || cables_date_valid(d.date));
    assert_true(d.review.year == 0 || cables_date_valid(d.review));
    assert_true(d.downgrade.year == 0 || cables_date_valid(d.downgrade));
    assert_true(cables_classification_rank((CablesSpan){exact, n}) <= 4);
    free(exact);
    cables_arena_reset(&a);
  }
  cables_arena_free(&a);
}

/* 256 kilobytes of each of the texts that could make a scanner go square. */
static void long_markings(void **state) {
  (void)state;
  static const char *const units[] = {
      "1-",       "1 ", "1",      "JAN 1 ", "GDS ", "X1 ",
      "25X1-",    "(",  "DECL: ", "D",      "\xff", "N/A TO ",
      "DATE OF ", "A ", "GP-",    "XGDS ",  "JAN1", "-"};
  CablesArena a = {0};
  size_t n = 1 << 18;
  char *z = malloc(n);
  assert_non_null(z);
  for (size_t k = 0; k < sizeof(units) / sizeof(units[0]); k++) {
    size_t length = strlen(units[k]);
    for (size_t i = 0; i < n; i++) z[i] = units[k][i % length];
    CablesDeclass d;
    cables_declass_read((CablesSpan){z, n}, (CablesSpan){z, n}, 3,
                        (CablesDate){1974, 2, 28}, &a, &d);
    assert_false(a.oom);
    cables_arena_reset(&a);
  }
  memset(z, 0, n);
  CablesDeclass d;
  cables_declass_read(CABLES_NO_SPAN, (CablesSpan){z, n}, 3,
                      (CablesDate){1974, 2, 28}, &a, &d);
  assert_int_equal(d.kind, CABLES_DECLASS_MISSING);
  free(z);
  cables_arena_free(&a);
}

static void unknown_marking(void **state) {
  (void)state;
  CablesArena a = {0};
  CablesDeclass d = reading(&a, NULL, NULL, -1, "");
  assert_int_equal(d.kind, CABLES_DECLASS_MISSING);
  assert_int_equal(d.order, 0);
  cables_declass_read(CABLES_LIT("12958"),
                      CABLES_LIT("DECL:\0"
                                 "1/2/2015\0"),
                      3, (CablesDate){2005, 1, 2}, &a, &d);
  assert_date(d.date, "2015-01-02");
  /* A day of creation that does not exist is unknown. */
  cables_declass_read(CABLES_LIT("11652"), CABLES_LIT("GDS"), 3,
                      (CablesDate){1975, 2, 29}, &a, &d);
  assert_int_equal(d.kind, CABLES_DECLASS_UNKNOWN_DATE);
  cables_arena_free(&a);
}

/* Splits a line at tabs in place; gives the number of fields. */
static int split(char *line, char **fields, int most) {
  int n = 0;
  line[strcspn(line, "\r\n")] = '\0';
  while (n < most) {
    fields[n++] = line;
    line = strchr(line, '\t');
    if (line == NULL) break;
    *line++ = '\0';
  }
  return n;
}

static const char *none_if_null(const char *z) {
  return strcmp(z, "NULL") == 0 ? "" : z;
}

static void shared_examples(void **state) {
  (void)state;
  char path[1024];
  char line[4096];
  char *f[9];
  int rows = 0;
  CablesArena a = {0};
  const char *shared = getenv("CABLES_SHARED");
  snprintf(path, sizeof(path), "%s/format/declass-examples.tsv",
           shared != NULL ? shared : "../shared");
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    print_message("SKIPPED: no %s (set CABLES_SHARED)\n", path);
    skip();
  }
  assert_non_null(fgets(line, sizeof(line), file));
  while (fgets(line, sizeof(line), file) != NULL) {
    assert_int_equal(split(line, f, 9), 9);
    int level = cables_classification_rank(cables_span(none_if_null(f[2])));
    CablesDeclass d = reading(&a, f[0], f[1], level, none_if_null(f[3]));
    rows++;
    if (strcmp(cables_declass_kind_name(d.kind), f[6]) != 0) {
      print_message("row %d: %s: %s\n", rows, f[0], f[1]);
    }
    assert_string_equal(cables_declass_kind_name(d.kind), f[6]);
    assert_date(d.date, none_if_null(f[4]));
    assert_date(d.review, none_if_null(f[5]));
    cables_arena_reset(&a);
  }
  fclose(file);
  cables_arena_free(&a);
  assert_int_equal(rows, 74);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(eo_10501),        cmocka_unit_test(eo_11652),
      cmocka_unit_test(eo_12065),        cmocka_unit_test(eo_12356),
      cmocka_unit_test(eo_12958),        cmocka_unit_test(eo_13526),
      cmocka_unit_test(date_forms),      cmocka_unit_test(no_date_forms),
      cmocka_unit_test(two_digit_years), cmocka_unit_test(events),
      cmocka_unit_test(downgrading),     cmocka_unit_test(orders),
      cmocka_unit_test(in_force),        cmocka_unit_test(automatic),
      cmocka_unit_test(basis),           cmocka_unit_test(kind_names),
      cmocka_unit_test(ranks),           cmocka_unit_test(memory_out),
      cmocka_unit_test(hostile_bytes),   cmocka_unit_test(long_markings),
      cmocka_unit_test(unknown_marking), cmocka_unit_test(shared_examples),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
