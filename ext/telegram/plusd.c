/*
** The page of the PlusD archive as text: labels and values of its metadata, a
** view of the body, then the whole raw text.  Source: 1970s.md 10.
*/
#include <string.h>

#include "parse.h"
#include "refid.h"

/* Labels in the order of the page. */
static const char *const labels[] = {"Date",
                                     "Canonical ID",
                                     "Original Classification",
                                     "Current Classification",
                                     "Handling Restrictions",
                                     "Character Count",
                                     "Executive Order",
                                     "Locator",
                                     "TAGS",
                                     "Concepts",
                                     "Enclosure",
                                     "Type",
                                     "Office Origin",
                                     "Office Action",
                                     "Archive Status",
                                     "From",
                                     "Markings",
                                     "To"};

/* Cuts the next line or cell of a table off *s, trimmed; false when nothing is
** left. */
static bool next_cell(CablesSpan *s, CablesSpan *cell) {
  if (s->n == 0) return false;
  size_t n = 0;
  while (n < s->n && s->z[n] != '\n' && s->z[n] != '\t') n++;
  *cell = cables_trim(cables_sub(*s, 0, n));
  *s = cables_sub(*s, n + 1, s->n);
  return true;
}

/* The label that a line is, or begins with and has its value behind the colon
** on the same line; unknown when it is none. */
static CablesSpan label_of(CablesSpan line, CablesSpan *value) {
  for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
    CablesSpan label = cables_span(labels[i]);
    if (!cables_starts(line, label) || line.n == label.n ||
        line.z[label.n] != ':') {
      continue;
    }
    *value = cables_trim(cables_sub(line, label.n + 1, line.n));
    return label;
  }
  return CABLES_NO_SPAN;
}

bool cables_is_plusd(CablesSpan line) {
  return line.n < 200 &&
         cables_find(line, CABLES_LIT("Canonical ID:")) != (size_t)-1;
}

/* Cuts what stands before a mark, or all where it does not stand, off *s. */
static CablesSpan cut(CablesSpan *s, CablesSpan mark) {
  CablesSpan part = cables_sub(*s, 0, cables_find(*s, mark));
  *s = cables_trim(cables_sub(*s, part.n + mark.n, s->n));
  return part;
}

/* "1975 January 1, 00:00 (Wednesday)" as "1975-01-01 00:00". */
static CablesSpan iso_moment(CablesParser *p, CablesSpan s) {
  CablesSpan year = cut(&s, CABLES_LIT(" "));
  CablesSpan month = cut(&s, CABLES_LIT(" "));
  CablesSpan day = cut(&s, CABLES_LIT(","));
  CablesSpan time = cut(&s, CABLES_LIT(" "));
  CablesDate d = {(int)cables_number(year), cables_month_from_name(month),
                  (int)cables_number(day)};
  if (year.n != 4 || !cables_date_valid(d) || time.n != 5) {
    return CABLES_NO_SPAN;
  }
  return cables_format(p, "%04d-%02d-%02d %.*s", d.year, d.month, d.day, 5,
                       time.z);
}

/* Takes one label's value over. */
static void take(CablesParser *p, CablesSpan label, CablesSpan value) {
  if (cables_starts(value, CABLES_LIT("--"))) return;
  cables_attribute_add(p, label, cables_folded(p, value));
  CablesRefid id;
  if (cables_equal(label, CABLES_LIT("Canonical ID")) &&
      cables_refid_read(value, 0, &p->arena, &id)) {
    p->page_refid = value;
  }
  if (cables_equal(label, CABLES_LIT("Original Classification"))) {
    p->page_classification = value;
  }
  if (cables_equal(label, CABLES_LIT("Date"))) {
    p->page_created = iso_moment(p, value);
  }
}

void cables_parse_plusd(CablesParser *p) {
  CablesSpan rest = p->text;
  CablesSpan line;
  CablesSpan label = CABLES_NO_SPAN;
  while (next_cell(&rest, &line)) {
    if (line.n == 0) continue;
    if (cables_starts(line, CABLES_LIT("PAGE 0")) ||
        cables_equal_nocase(line, CABLES_LIT("Raw content"))) {
      break;
    }
    CablesSpan value;
    CablesSpan found = label_of(line, &value);
    if (found.z != NULL) {
      label = value.n == 0 ? found : CABLES_NO_SPAN;
      if (value.n > 0) take(p, found, value);
    } else if (label.z != NULL) {
      take(p, label, line);
      label = CABLES_NO_SPAN;
    }
  }
}
