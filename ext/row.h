/*
** A row under way: one file that is open, and the document in it that is the
** row, read and parsed no further than asked for.  One thread works on a row
** at a time; which one does not matter.
**
**   cables_row_begin(row, &rules, file);
**   cables_row_run(row, CABLES_DEPTH_HEADER, SIZE_MAX);   // the first document
**   ... row->stage == CABLES_ROW_READY: row->document, row->telegram ...
**   cables_row_leave(row);
**   cables_row_run(row, CABLES_DEPTH_HEADER, SIZE_MAX);   // the next one
**
** Knows no SQLite but its memory.
*/
#ifndef CABLES_ROW_H
#define CABLES_ROW_H

#include "base/arena.h"
#include "columns.h"
#include "filter.h"
#include "source/document.h"
#include "telegram/telegram.h"

/* What the rows of one scan share; not changed while a row is worked on. */
typedef struct CablesRowRules {
  CablesSourceOptions options; /* counters and poll are of each row */
  const CablesFilter *filter;
  const CablesParser *model; /* that parsers are made like */
  CablesDepth depth;         /* most that will be asked for */
  unsigned want;             /* CABLES_WANT_... of a telegram parsed whole */
} CablesRowRules;

/* How far a row is. */
typedef enum CablesRowStage {
  CABLES_ROW_FILE,  /* its file is to be opened */
  CABLES_ROW_NEXT,  /* the next document of the file is to come */
  CABLES_ROW_JUDGE, /* does that document hold a telegram? */
  CABLES_ROW_READY, /* it does, or cannot be read: it is a row */
  CABLES_ROW_END    /* the file has no document any more */
} CablesRowStage;

/* Who works on a row, as the pool keeps it (pool.h). */
typedef enum CablesRowState {
  CABLES_ROW_IDLE,   /* nobody will: it is in no ring */
  CABLES_ROW_QUEUED, /* nobody yet */
  CABLES_ROW_BUSY,   /* somebody */
  CABLES_ROW_DONE    /* somebody did */
} CablesRowState;

typedef struct CablesRow {
  CablesRowState state;        /* the pool's; atomic */
  int64_t reserved;            /* bytes in flight for it; guarded too */
  const CablesRowRules *rules; /* of the scan */
  CablesSourceOptions options; /* of its reader */
  CablesCounters counters;     /* not yet added to the connection's */
  int64_t n_documents;         /* the same: documents parsed */
  int64_t n_parses;            /* the same: calls of the parser */
  int64_t n_probed;            /* the same: files opened to be left out */
  CablesReader *reader;        /* NULL at first */
  CablesParser *parser;        /* NULL at first */
  CablesBuf path;              /* of the file, with a NUL */
  CablesBuf name;              /* the same, as it is opened */
  CablesBuf trouble;           /* why it could not be listed */
  CablesFile file;             /* points to those */
  void *folder;                /* the pool's: what keeps file.dir open */
  CablesRowStage stage;
  CablesSourceResult result;      /* why it ended early, or OK */
  size_t short_of;                /* it stopped before reading so many bytes */
  CablesDocument *document;       /* of the row; NULL: file.error says why */
  bool is_taken;                  /* it was taken from another's reader */
  bool is_last;                   /* and there was none any more */
  CablesArena arena;              /* of known */
  bool large;                     /* its buffers have grown beyond keeping */
  bool looked;                    /* some of the document was read */
  bool is_telegram;               /* the row holds one; else tells a failure */
  bool has_known;                 /* known is that of the document */
  CablesKnown known;              /* what its record says */
  const CablesTelegram *telegram; /* as far as it is parsed, or NULL */
  CablesDepth depth;              /* to which it is parsed */
  bool counted;                   /* n_documents holds it */
} CablesRow;

/* Gives a row the next file, of which path, name and error are copied; its dir
** must outlive the row's work.  row->options.poll is that of the thread that
** works on it: set it before each run.  False when memory is out. */
bool cables_row_begin(CablesRow *row, const CablesRowRules *rules,
                      const CablesFile *file);

/* Works until the document is known to be a row and is parsed to a depth, or
** the file ends (see stage, result).  limit: it stops before a read that makes
** the text longer than that, with short_of set; calling it again goes on. */
void cables_row_run(CablesRow *row, CablesDepth depth, size_t limit);

/* Leaves the document, so that the next run comes to the one behind it. */
void cables_row_leave(CablesRow *row);

/* Takes the next document from another row's reader, to be judged: then stage
** is JUDGE, or END.  All of it is read and nothing decoded: that is left to
** cables_row_run(), which comes to stage END when it is no row. */
void cables_row_take(CablesRow *row, const CablesRowRules *rules,
                     CablesRow *from);

/* Frees what a row holds but for the parser, which is given out (NULL when
** there is none). */
CablesParser *cables_row_free(CablesRow *row);

#endif
