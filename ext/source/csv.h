/*
** The records of a CSV file, one after the other, in a window that need not
** hold more than one of them.  Finds where a record and its fields end, by
** memchr from quote to quote; decodes nothing.
*/
#ifndef CABLES_SOURCE_CSV_H
#define CABLES_SOURCE_CSV_H

#include "input.h"

/* Columns that are told apart; more are counted only. */
enum { CABLES_CSV_COLUMNS = 256 };

/* How the file is written. */
typedef enum CablesCsvForm {
  CABLES_CSV_CABLES, /* every field in quotes, quotes inside escaped with a
                     ** backslash or doubled, a running number and a date in
                     ** front: by them a record's start is known anywhere */
  CABLES_CSV_NAMED   /* fields in quotes where need be, quotes doubled */
} CablesCsvForm;

/* What is wrong with a record. */
typedef enum CablesCsvDamage {
  CABLES_CSV_SOUND,
  CABLES_CSV_COLUMNS_ODD, /* too few or too many columns */
  CABLES_CSV_QUOTES,      /* quotes do not match */
  CABLES_CSV_ENDS         /* the file ends inside it */
} CablesCsvDamage;

/* A field: its bytes from the record's first one on, quotes off. */
typedef struct CablesCsvField {
  size_t start;
  size_t end;
  bool quoted;
} CablesCsvField;

/* A scanner, and the record that it found last. */
typedef struct CablesCsv {
  CablesWindow *window; /* its first unused byte is the record's first */
  CablesCsvForm form;
  size_t n_columns;      /* that a sound record has */
  int64_t max_bytes;     /* bytes of a record that are kept */
  CablesSourceResult rc; /* sticky: memory is out, or poll() stopped */

  size_t at;              /* bytes of the window that are the record */
  int64_t dropped;        /* bytes of the record that were not kept */
  size_t columns;         /* fields that it has */
  CablesCsvDamage damage; /* what is wrong */
  CablesCsvField fields[CABLES_CSV_COLUMNS]; /* the first of them */
} CablesCsv;

/* Whether s starts with a running number and a date, as records of the first
** form do. */
bool cables_csv_is_start(CablesSpan s);

/* Passes over line ends; false at the end of the file, and when rc is set. */
bool cables_csv_skip_blank(CablesCsv *csv);

/* Finds the record at the window's first unused byte.  The caller uses it
** with cables_csv_use() before the next. */
CablesSourceResult cables_csv_scan(CablesCsv *csv);

/* The bytes of the record that are kept. */
CablesSpan cables_csv_bytes(const CablesCsv *csv);

/* Goes on behind the record. */
void cables_csv_use(CablesCsv *csv);

#endif
