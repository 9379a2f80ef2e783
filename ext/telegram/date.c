/*
** Days of the Gregorian calendar: see date.h.
*/
#include "date.h"

/* Whether a year has a 29 February. */
static bool leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int cables_days_in_month(int year, int month) {
  static const signed char days[] = {31, 28, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool cables_date_valid(CablesDate d) {
  return d.year >= 1 && d.year <= 9999 && d.day >= 1 &&
         d.day <= cables_days_in_month(d.year, d.month);
}

/* <0, 0, >0 as a is less than, equal to, more than b. */
static int order(int a, int b) { return (a > b) - (a < b); }

int cables_date_compare(CablesDate a, CablesDate b) {
  int way = order(a.year, b.year);
  if (way == 0) way = order(a.month, b.month);
  return way == 0 ? order(a.day, b.day) : way;
}

CablesDate cables_date_add_years(CablesDate d, int n) {
  long long year = (long long)d.year + n;
  if (d.year == 0 || year < 1 || year > 9999) return (CablesDate){0, 0, 0};
  d.year = (int)year;
  if (d.month == 2 && d.day == 29 && !leap(d.year)) d.day = 28;
  return d;
}

/* The year starts in March here, so that the leap day is its last one; an era
** is 400 years of 146097 days. */
long cables_date_days(CablesDate d) {
  long y = d.month <= 2 ? d.year - 1L : d.year;
  long era = y / 400; /* y is not negative: the first year is 1 */
  long of_era = y - era * 400;
  long of_year = (153L * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day;
  long days = of_era * 365 + of_era / 4 - of_era / 100 + of_year - 1;
  return era * 146097 + days - 719468;
}

/* Whether s is " 17:07" or "T17:07", with or without seconds, their fraction
** and a Z. */
static bool is_time(CablesSpan s) {
  if (s.n < 6 || (s.z[0] != ' ' && s.z[0] != 'T') || s.z[3] != ':') {
    return false;
  }
  long hour = cables_number(cables_sub(s, 1, 2));
  long minute = cables_number(cables_sub(s, 4, 2));
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  size_t i = 6;
  if (i + 3 <= s.n && s.z[i] == ':') {
    long second = cables_number(cables_sub(s, i + 1, 2));
    if (second < 0 || second > 60) return false;
    i += 3;
    if (i < s.n && s.z[i] == '.') {
      i++;
      while (i < s.n && cables_is_digit(s.z[i])) i++;
    }
  }
  if (i < s.n && s.z[i] == 'Z') i++;
  return i == s.n;
}

CablesDate cables_date_from_iso(CablesSpan s) {
  const CablesDate unknown = {0, 0, 0};
  s = cables_trim(s);
  if (s.n < 10 || s.z[4] != '-' || s.z[7] != '-') return unknown;
  long year = cables_number(cables_sub(s, 0, 4));
  long month = cables_number(cables_sub(s, 5, 2));
  long day = cables_number(cables_sub(s, 8, 2));
  CablesDate d = {(int)year, (int)month, (int)day};
  if (!cables_date_valid(d)) return unknown;
  if (s.n > 10 && !is_time(cables_sub(s, 10, s.n))) return unknown;
  return d;
}

/* Writes n with two digits. */
static void write_two(char *z, int n) {
  z[0] = (char)('0' + n / 10 % 10);
  z[1] = (char)('0' + n % 10);
}

void cables_date_write(char *z, CablesDate d) {
  write_two(z, d.year / 100);
  write_two(z + 2, d.year % 100);
  z[4] = z[7] = '-';
  write_two(z + 5, d.month);
  write_two(z + 8, d.day);
}

void cables_date_print(CablesBuf *b, CablesDate d) {
  char z[CABLES_DATE_LENGTH];
  if (d.year == 0) return;
  cables_date_write(z, d);
  cables_buf_span(b, (CablesSpan){z, sizeof(z)});
}

int cables_month_from_name(CablesSpan s) {
  static const CablesSpan names[] = {
      CABLES_TEXT("JANUARY"), CABLES_TEXT("FEBRUARY"), CABLES_TEXT("MARCH"),
      CABLES_TEXT("APRIL"),   CABLES_TEXT("MAY"),      CABLES_TEXT("JUNE"),
      CABLES_TEXT("JULY"),    CABLES_TEXT("AUGUST"),   CABLES_TEXT("SEPTEMBER"),
      CABLES_TEXT("OCTOBER"), CABLES_TEXT("NOVEMBER"), CABLES_TEXT("DECEMBER")};
  if (s.n < 3) return 0;
  char first = cables_to_upper(s.z[0]);
  for (int i = 0; i < 12; i++) {
    CablesSpan name = names[i];
    if (name.z[0] == first && name.n >= s.n &&
        cables_equal_nocase(cables_sub(name, 0, s.n), s)) {
      return i + 1;
    }
  }
  return 0;
}
