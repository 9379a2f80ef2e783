/*
** Days and moments, as telegrams write them.  Gregorian, UTC, no library.
*/
#ifndef CABLES_TELEGRAM_DATE_H
#define CABLES_TELEGRAM_DATE_H

#include "../base/buf.h"
#include "../base/span.h"

/* A day; year == 0 means unknown. */
typedef struct CablesDate {
  int year;  /* four digits, or 0 */
  int month; /* 1..12 */
  int day;   /* 1..31 */
} CablesDate;

/* Days of a month; 0 for a month that does not exist. */
int cables_days_in_month(int year, int month);

/* Whether d is a real day. */
bool cables_date_valid(CablesDate d);

/* <0, 0, >0 as a is before, on or after b. */
int cables_date_compare(CablesDate a, CablesDate b);

/* The same day n years on; 29 February becomes 28 February in a year that is
** not a leap year (declassification.md 9.3).  Unknown when d is unknown or the
** year leaves 1..9999. */
CablesDate cables_date_add_years(CablesDate d, int n);

/* Days since 1970-01-01; negative before. */
long cables_date_days(CablesDate d);

/* Reads "2006-04-07", with or without " 17:07:00" behind it; unknown when s is
** anything else. */
CablesDate cables_date_from_iso(CablesSpan s);

/* Writes "2006-04-07", without a NUL.  d: a real day. */
enum { CABLES_DATE_LENGTH = 10 };
void cables_date_write(char *z, CablesDate d);

/* Appends "2006-04-07"; nothing when d is unknown. */
void cables_date_print(CablesBuf *b, CablesDate d);

/* The month of a name of at least three letters (JAN, Sept, FEBRUARY), any
** case; 0 when it is none. */
int cables_month_from_name(CablesSpan s);

#endif
