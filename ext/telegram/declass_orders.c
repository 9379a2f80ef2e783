/*
** The executive orders: their numbers, times and limits
** (declassification.md 1, 8.1, 9.2, 9.5).
*/
#include "declass_parts.h"

typedef struct Order {
  int number;          /* as cited */
  CablesDate since;    /* first day in force */
  int year;            /* first year, for two-digit years */
  const char *printed; /* the number's digits */
} Order;

/* E.O. 13292 amended E.O. 12958, and cables went on citing 12958. */
static const Order orders[] = {
    {10501, {1953, 12, 15}, 1953, "10501"},
    {11652, {1972, 6, 1}, 1972, "11652"},
    {12065, {1978, 12, 1}, 1978, "12065"},
    {12356, {1982, 8, 1}, 1982, "12356"},
    {12958, {1995, 10, 14}, 1995, "12958"},
    {13292, {2003, 3, 25}, 2003, "13292"},
    {13526, {2010, 6, 27}, 2009, "13526"},
};
enum { ORDERS = sizeof(orders) / sizeof(orders[0]) };

int cables_declass_order_in_force(CablesDate created) {
  int number = 0;
  if (created.year == 0) return 0;
  for (int i = 0; i < ORDERS; i++) {
    if (orders[i].number == 13292) continue;
    if (cables_date_compare(orders[i].since, created) <= 0) {
      number = orders[i].number;
    }
  }
  return number;
}

bool cables_declass_order_known(long n) {
  for (int i = 0; i < ORDERS; i++) {
    if (orders[i].number == n) return true;
  }
  return false;
}

int cables_declass_first_year(int order) {
  for (int i = 0; i < ORDERS; i++) {
    if (orders[i].number == order) return orders[i].year;
  }
  return orders[0].year;
}

/* Whether one insertion, deletion or replacement turns a into b. */
static bool one_edit(CablesSpan a, CablesSpan b) {
  for (size_t i = 0; i <= b.n; i++) {
    if (!cables_starts(a, cables_sub(b, 0, i))) return false;
    CablesSpan behind_a = cables_sub(a, i + 1, a.n);
    CablesSpan behind_b = cables_sub(b, i + 1, b.n);
    if (cables_equal(behind_a, behind_b) ||
        cables_equal(behind_a, cables_sub(b, i, b.n)) ||
        cables_equal(cables_sub(a, i, a.n), behind_b)) {
      return true;
    }
  }
  return false;
}

/* Whether a and b are the same digits in another order (12598, 19528). */
static bool mixed_up(CablesSpan a, CablesSpan b) {
  int count[10] = {0};
  if (a.n != b.n) return false;
  for (size_t i = 0; i < a.n; i++) {
    if (!cables_is_digit(a.z[i])) return false;
    count[a.z[i] - '0']++;
    count[b.z[i] - '0']--;
  }
  for (int i = 0; i < 10; i++) {
    if (count[i] != 0) return false;
  }
  return true;
}

/* The letters and digits from the first digit on ("E.O. 12958:"). */
static CablesSpan digits_of(CablesSpan printed) {
  size_t i = 0;
  while (i < printed.n && !cables_is_digit(printed.z[i])) i++;
  size_t n = 0;
  while (i + n < printed.n && cables_is_alnum(printed.z[i + n])) n++;
  return cables_sub(printed, i, n);
}

int cables_declass_order(CablesSpan printed, CablesDate created,
                         bool *repaired) {
  CablesSpan s = digits_of(printed);
  int in_force = cables_declass_order_in_force(created);
  int best = 0;
  *repaired = false;
  if (s.n == 0 || cables_declass_order_known(cables_number(s))) {
    return s.n == 0 ? in_force : (int)cables_number(s);
  }
  for (int i = 0; i < ORDERS; i++) {
    CablesSpan number = cables_span(orders[i].printed);
    if (!one_edit(s, number) && !mixed_up(s, number)) continue;
    if (best == 0 || orders[i].number == in_force) best = orders[i].number;
  }
  *repaired = true;
  return best != 0 ? best : in_force;
}

CablesDate cables_declass_automatic(CablesDate created) {
  if (created.year < 1 || created.year > 9999 - 25) {
    return (CablesDate){0, 0, 0};
  }
  return (CablesDate){created.year + 25, 12, 31};
}

/* E.O. 11652 sec. 5(E); E.O. 12065 sec. 1-402 (foreign government information,
** reason 1: thirty years); E.O. 13292 and 13526 sec. 1.5, and for 25X and 50X
** marks sec. 3.3(h).  The others set no limit that a marking could pass. */
CablesDate cables_declass_limit(int order, CablesSpan exemption,
                                CablesDate created) {
  const CablesDate none = {0, 0, 0};
  const CablesDate amended = {2003, 3, 25};
  if (created.year == 0) return none;
  if (order == 11652) return (CablesDate){created.year + 30, 12, 31};
  if (order == 12065) {
    bool foreign = cables_equal(exemption, CABLES_LIT("XDS-1")) ||
                   cables_equal(exemption, CABLES_LIT("RDS-1"));
    return cables_date_add_years(created, foreign ? 30 : 20);
  }
  if (order == 12958 && cables_date_compare(created, amended) >= 0) {
    order = 13292;
  }
  if (order != 13292 && order != 13526) return none;
  if (cables_starts(exemption, CABLES_LIT("75X"))) return none;
  if (cables_starts(exemption, CABLES_LIT("50X"))) {
    return cables_date_add_years(created, 75);
  }
  bool long_lived = cables_starts(exemption, CABLES_LIT("25X"));
  return cables_date_add_years(created, long_lived ? 50 : 25);
}
