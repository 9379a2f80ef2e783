/*
** Declassification: what the marking of an executive order gives
** (shared/format/declassification.md).  Pure functions over the parts of a
** marking; the telegram that carries it is telegram.h's affair.
*/
#ifndef CABLES_TELEGRAM_DECLASS_H
#define CABLES_TELEGRAM_DECLASS_H

#include "../base/arena.h"
#include "date.h"

/* Rank of a classification: 0 unclassified, 1 restricted handling (LOU, SBU,
** FOUO), 2 confidential, 3 secret, 4 top secret; -1 none.  Takes levels, full
** markings and portion markings, letter-spaced ones too. */
int cables_classification_rank(CablesSpan marking);

typedef enum CablesDeclassKind {
  CABLES_DECLASS_MISSING,        /* E.O. line present, value empty */
  CABLES_DECLASS_DATE,           /* a calendar date in the marking */
  CABLES_DECLASS_SCHEDULE,       /* table of E.O. 11652 sec. 5(A) */
  CABLES_DECLASS_COMPUTED,       /* creation + n years */
  CABLES_DECLASS_EVENT,          /* an event, no date */
  CABLES_DECLASS_EXEMPT,         /* exempt, no date */
  CABLES_DECLASS_INDEFINITE,     /* OADR, MR, ... */
  CABLES_DECLASS_REVIEW,         /* a date for review only */
  CABLES_DECLASS_DOWNGRADE,      /* a date for downgrading only */
  CABLES_DECLASS_DECLASSIFIED,   /* record of a declassification */
  CABLES_DECLASS_NOT_CLASSIFIED, /* N/A */
  CABLES_DECLASS_INVALID_DATE,   /* looks like a date, is none */
  CABLES_DECLASS_UNKNOWN_LEVEL,  /* schedule needs a level */
  CABLES_DECLASS_UNKNOWN_DATE,   /* schedule needs a date of creation */
  CABLES_DECLASS_UNPARSED        /* none of the above */
} CablesDeclassKind;

/* Flags of declassification.md 9.5: informational. */
enum {
  CABLES_DECLASS_REPAIRED = 1,    /* order or date was put right */
  CABLES_DECLASS_SUSPICIOUS = 2,  /* date not after creation */
  CABLES_DECLASS_BEYOND_LIMIT = 4 /* later than the order's limit */
};

typedef struct CablesDeclass {
  CablesDeclassKind kind;     /* how the marking was read */
  int order;                  /* 10501 ... 13526 after repair; 0 unknown */
  CablesDate date;            /* declassifies on this day */
  CablesDate review;          /* day of a review */
  CablesDate downgrade;       /* day of a downgrading */
  CablesSpan downgrade_level; /* CONFIDENTIAL, ... */
  CablesSpan event;           /* the event's words as printed, folded */
  CablesSpan exemption;       /* X1, 25X1, XGDS-2, OADR, MR, GROUP 1, RDS-1,
                              ** canonical upper-case spelling */
  unsigned flags;             /* CABLES_DECLASS_REPAIRED | ... */
  CablesSpan basis;           /* one short sentence: which rule of which order
                              ** gave the answer */
} CablesDeclass;

/* Reads a marking.
**   order    the number as printed ("12958", "1652"), or unknown
**   marking  what follows the number and colon, "DECL: " included or not;
**            unknown is read as empty
**   level    rank of the level (2, 3, 4; 0, 1), or -1
**   created  day of the date-time group (UTC), or unknown
** out->event, exemption and basis live in the arena or are constants.  When
** memory is out arena->oom is set and out is not to be used.  Algorithm:
** declassification.md 8, dates 9. */
void cables_declass_read(CablesSpan order, CablesSpan marking, int level,
                         CablesDate created, CablesArena *arena,
                         CablesDeclass *out);

/* "date", "schedule", ... as the column declass_kind prints it. */
const char *cables_declass_kind_name(CablesDeclassKind kind);

/* The order that governed a telegram of that day: 10501, 11652, 12065, 12356,
** 12958 (also after its amendment by 13292, which cables never cite) or 13526
** (declassification.md 1); 0 when the day is unknown or before 15 December
** 1953. */
int cables_declass_order_in_force(CablesDate created);

/* 31 December, 25 years on (E.O. 12958 sec. 3.4 as amended, 13526 sec.
** 3.3(a)); unknown when created is. */
CablesDate cables_declass_automatic(CablesDate created);

#endif
