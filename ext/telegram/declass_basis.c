/*
** The sentences that say which rule of which order gave the answer, and the
** names of the kinds (declassification.md 3 to 8).
*/
#include "declass_parts.h"

const char *cables_declass_kind_name(CablesDeclassKind kind) {
  static const char *const names[] = {
      "missing",       "date",         "schedule",       "computed",
      "event",         "exempt",       "indefinite",     "review",
      "downgrade",     "declassified", "not_classified", "invalid_date",
      "unknown_level", "unknown_date", "unparsed"};
  size_t i = (size_t)kind;
  return i < sizeof(names) / sizeof(names[0]) ? names[i] : "unparsed";
}

static const char *schedule_basis(int level) {
  if (level == 4) {
    return "E.O. 11652 sec. 5(A)(1): TOP SECRET is declassified on 31 December "
           "of the 10th full calendar year";
  }
  if (level == 3) {
    return "E.O. 11652 sec. 5(A)(2): SECRET is declassified on 31 December of "
           "the 8th full calendar year";
  }
  return "E.O. 11652 sec. 5(A)(3): CONFIDENTIAL is declassified on 31 December "
         "of the 6th full calendar year";
}

static const char *date_basis(const CablesDeclass *d) {
  if (cables_starts(d->exemption, CABLES_LIT("25X")) ||
      cables_starts(d->exemption, CABLES_LIT("50X")) ||
      cables_starts(d->exemption, CABLES_LIT("75X"))) {
    return "date printed with a 25-year exemption (E.O. 13526 sec. 3.3)";
  }
  switch (d->order) {
    case 11652:
      return d->exemption.n > 0
                 ? "date printed with an exemption (E.O. 11652 sec. 5(B))"
                 : "date printed in the marking (E.O. 11652 sec. 5(A))";
    case 12065:
      return d->exemption.n > 0
                 ? "date printed in the marking (E.O. 12065 sec. 1-402)"
                 : "date printed in the marking (E.O. 12065 sec. 1-401)";
    case 12356:
      return "date printed in the marking (E.O. 12356 sec. 1.4(a))";
    case 12958:
      return "date printed in the marking (E.O. 12958 sec. 1.6(a))";
    case 13292:
      return "date printed in the marking (E.O. 13292 sec. 1.5(a))";
    case 13526:
      return "date printed in the marking (E.O. 13526 sec. 1.5(a))";
    default:
      return "date printed in the marking";
  }
}

static const char *computed_basis(const CablesDeclass *d,
                                  CablesDeclassRule rule) {
  if (rule == CABLES_DECLASS_GROUP4) {
    return "E.O. 10501 as amended by E.O. 10964, Group 4: 12 years from "
           "creation";
  }
  if (rule == CABLES_DECLASS_GDS) {
    return "E.O. 12065 sec. 1-401: six years from creation, no date given";
  }
  switch (d->order) {
    case 12958:
      return "years printed in the marking, counted from creation (E.O. 12958 "
             "sec. 1.6)";
    case 13292:
    case 13526:
      return "years printed in the marking, counted from creation (E.O. 13526 "
             "sec. 1.5)";
    default:
      return "years printed in the marking, counted from creation";
  }
}

static const char *exempt_basis(const CablesDeclass *d) {
  CablesSpan code = d->exemption;
  if (cables_starts(code, CABLES_LIT("XGDS"))) {
    return "exempt from the General Declassification Schedule (E.O. 11652 "
           "sec. 5(B)): no date";
  }
  if (cables_starts(code, CABLES_LIT("XDS"))) {
    return "extended classification (E.O. 12065 sec. 1-402): no date given";
  }
  if (cables_starts(code, CABLES_LIT("GROUP"))) {
    return "E.O. 10501 as amended by E.O. 10964, Groups 1 to 3: never "
           "declassified automatically";
  }
  if (cables_starts(code, CABLES_LIT("25X"))) {
    return "exempt from declassification at 25 years (E.O. 13526 sec. "
           "3.3(b)): no date";
  }
  if (cables_starts(code, CABLES_LIT("50X"))) {
    return "exempt up to 75 years (E.O. 13526 sec. 1.5(a) and 3.3(h)): no date";
  }
  if (cables_starts(code, CABLES_LIT("75X"))) {
    return "exempt beyond 75 years (E.O. 13526 sec. 3.3(h)): no date";
  }
  if (cables_starts(code, CABLES_LIT("X"))) {
    return "exempt from declassification at ten years (E.O. 12958 sec. "
           "1.6(d)): no date";
  }
  return "Restricted Data and the like are never declassified automatically "
         "(32 CFR 2001.21)";
}

static const char *indefinite_basis(const CablesDeclass *d) {
  if (cables_equal(d->exemption, CABLES_LIT("OADR"))) {
    return "Originating Agency's Determination Required (E.O. 12356 sec. "
           "1.5(a)(4)): no date";
  }
  if (cables_equal(d->exemption, CABLES_LIT("MR"))) {
    return "Manual Review (32 CFR 2001.12(c)): no date";
  }
  return "indefinite marking of an older order (32 CFR 2001.12(c)): no date";
}

/* The sentences of kinds that give no date of declassification. */
static const char *dateless_basis(const CablesDeclass *d) {
  switch (d->kind) {
    case CABLES_DECLASS_MISSING:
      return "the marking is empty";
    case CABLES_DECLASS_EVENT:
      return "declassified by an event: no date";
    case CABLES_DECLASS_REVIEW:
      return "date for review only, nothing is automatic (E.O. 12065 sec. "
             "1-402)";
    case CABLES_DECLASS_DOWNGRADE:
      return "date for downgrading only: stays classified";
    case CABLES_DECLASS_NOT_CLASSIFIED:
      return "not classified: nothing to declassify";
    case CABLES_DECLASS_INVALID_DATE:
      return "the date printed in the marking does not exist";
    case CABLES_DECLASS_UNKNOWN_LEVEL:
      return "E.O. 11652 sec. 5(A) needs the level, which is unknown";
    case CABLES_DECLASS_UNKNOWN_DATE:
      return "the rule counts from creation, which is unknown";
    default:
      return "no rule reads this marking";
  }
}

CablesSpan cables_declass_basis(const CablesDeclass *d, CablesDeclassRule rule,
                                int level) {
  switch (d->kind) {
    case CABLES_DECLASS_DATE:
      return cables_span(date_basis(d));
    case CABLES_DECLASS_SCHEDULE:
      return cables_span(schedule_basis(level));
    case CABLES_DECLASS_COMPUTED:
      return cables_span(computed_basis(d, rule));
    case CABLES_DECLASS_EXEMPT:
      return cables_span(exempt_basis(d));
    case CABLES_DECLASS_INDEFINITE:
      return cables_span(indefinite_basis(d));
    case CABLES_DECLASS_DECLASSIFIED:
      return cables_span(d->date.year != 0
                             ? "record of a declassification on that day"
                             : "record of a declassification, day not given");
    default:
      return cables_span(dateless_basis(d));
  }
}
