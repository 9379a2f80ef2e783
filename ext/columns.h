/*
** The columns of `cables`: one table in the order of the schema, from which
** come the declared schema, what a query must read, the scalar functions
** cable_subject(text) and so on, and their help.
*/
#ifndef CABLES_COLUMNS_H
#define CABLES_COLUMNS_H

#include "api.h"
#include "schema.h"
#include "telegram/telegram.h"

/* In the order of the schema. */
typedef enum CablesColumnId {
  CABLES_COLUMN_REFID,
  CABLES_COLUMN_CREATED,
  CABLES_COLUMN_RELEASED,
  CABLES_COLUMN_CLASSIFICATION,
  CABLES_COLUMN_ORIGIN,
  CABLES_COLUMN_PRECEDENCE,
  CABLES_COLUMN_DTG,
  CABLES_COLUMN_SENDER,
  CABLES_COLUMN_DRAFTED_BY,
  CABLES_COLUMN_APPROVED_BY,
  CABLES_COLUMN_ACTION,
  CABLES_COLUMN_INFO,
  CABLES_COLUMN_SUBJECT,
  CABLES_COLUMN_SUBJECT_MARKING,
  CABLES_COLUMN_TAGS,
  CABLES_COLUMN_TAGS_PRINTED,
  CABLES_COLUMN_REFS,
  CABLES_COLUMN_CAPTIONS,
  CABLES_COLUMN_PASS,
  CABLES_COLUMN_EXECUTIVE_ORDER,
  CABLES_COLUMN_DECLASS_DATE,
  CABLES_COLUMN_DECLASS_KIND,
  CABLES_COLUMN_DECLASS_EVENT,
  CABLES_COLUMN_DECLASS_EXEMPTION,
  CABLES_COLUMN_DECLASS_REVIEW,
  CABLES_COLUMN_CLASSIFIED_BY,
  CABLES_COLUMN_REASONS,
  CABLES_COLUMN_SECTIONS,
  CABLES_COLUMN_SIGNER,
  CABLES_COLUMN_SUMMARY,
  CABLES_COLUMN_PARAGRAPHS,
  CABLES_COLUMN_REDACTIONS,
  CABLES_COLUMN_COMPLETE,
  CABLES_COLUMN_ANOMALIES,
  CABLES_COLUMN_ATTRIBUTES,
  CABLES_COLUMN_TEXT,
  CABLES_COLUMN_BODY,
  CABLES_COLUMN_FORMAT,
  CABLES_COLUMN_PATH,
  CABLES_COLUMN_ENTRY,
  CABLES_COLUMN_OFFSET,
  CABLES_COLUMN_LENGTH,
  CABLES_COLUMN_BYTES,
  CABLES_COLUMN_MTIME,
  CABLES_COLUMN_SOURCE, /* hidden: the argument */
  CABLES_COLUMN_PARSED, /* hidden: child rows (packed.h) */
  CABLES_COLUMN_ITEM,   /* hidden: entry, or '' where it is NULL */
  CABLES_N_COLUMNS
} CablesColumnId;

/* How much of a document a column needs. */
typedef enum CablesDepth {
  CABLES_DEPTH_FOUND,  /* the head, which every row needs: it is known that the
                       ** document holds a telegram */
  CABLES_DEPTH_HEADER, /* as much as holds the telegram's heading */
  CABLES_DEPTH_WHOLE   /* all of it */
} CablesDepth;

/* Gives one value of a telegram as a result. */
typedef void CablesEmit(sqlite3_context *context, const CablesTelegram *t);

/* What a column is made of. */
typedef struct CablesColumn {
  CablesDepth depth;
  unsigned want;        /* CABLES_WANT_... */
  size_t span;          /* offset of a CablesSpan in the telegram, plus one */
  size_t texts;         /* offset of a CablesTexts in it, plus one */
  CablesEmit *emit;     /* where it is neither; NULL: the table gives it */
  const char *function; /* the scalar function of the same value, or NULL */
  const char *sample;   /* SQL expression of a text to try the function on */
} CablesColumn;

/* The table `cables`: fields in the order of CablesColumnId. */
extern const CablesTable cables_table;

/* The same order. */
extern const CablesColumn cables_columns[CABLES_N_COLUMNS];

/* Sets the result to the column's value of a telegram; NULL where it holds
** none, and for a column that only the table knows. */
void cables_column_emit(CablesColumnId id, sqlite3_context *context,
                        const CablesTelegram *t);

/* What the columns of a query need, from the bits of colUsed: the deepest
** depth, and all wants together. */
CablesDepth cables_columns_depth(sqlite3_uint64 used);
unsigned cables_columns_want(sqlite3_uint64 used);

#endif
