/*
** Bulk files: see bulk.h.  csv.c finds where records end, here they get their
** numbers, and record.c makes their text.
*/
#include "bulk.h"

#include <string.h>

#include "../base/mem.h"
#include "../base/utf8.h"
#include "csv.h"

enum {
  MAX_NUMBER = 1 << 24, /* numbers from there on are taken for damage */
  NAME_SIZE = 24        /* the longest known name of a column, and more */
};

struct CablesBulk {
  CablesCsv csv;
  const CablesSourceOptions *options;
  CablesColumns columns;        /* of its records */
  int64_t count;                /* records so far */
  CablesBuf seen;               /* a bit for each number that was met */
  const CablesOffsetsKey *file; /* what it is, or NULL */
  const CablesOffsetsKey *key;  /* the same while places are gathered */
  CablesPlaces places;          /* of its records */
  CablesSpan only;              /* the one entry that comes, or unknown */
  int64_t sought;               /* its number, when its place is known, or 0 */
  bool done;                    /* none comes any more */
  char entry[24];               /* record.entry */
  CablesBuf note;               /* record.note */
};

/* --- Recognition. */

/* Bytes of a byte order mark and of line ends at the start. */
static size_t blank_start(CablesSpan s) {
  size_t n = cables_starts(s, CABLES_LIT("\xef\xbb\xbf")) ? 3 : 0;
  while (n < s.n && (s.z[n] == '\n' || s.z[n] == '\r')) n++;
  return n;
}

/* The name of a column without blanks, marks and case. */
static CablesSpan plain_name(CablesSpan name, char *z) {
  size_t n = 0;
  for (size_t i = 0; i < name.n && n < NAME_SIZE; i++) {
    char c = cables_to_upper(name.z[i]);
    if (cables_is_alnum(c)) z[n++] = c;
  }
  return (CablesSpan){z, n};
}

/* Whether a name is one of a list, which blanks separate. */
static bool is_among(CablesSpan name, const char *list) {
  CablesSpan rest = cables_span(list);
  if (name.n == 0) return false;
  while (rest.n > 0) {
    size_t n = cables_find(rest, CABLES_LIT(" "));
    if (n > rest.n) n = rest.n;
    if (cables_equal(cables_sub(rest, 0, n), name)) return true;
    rest = cables_sub(rest, n + 1, rest.n);
  }
  return false;
}

static const char body_names[] =
    "BODY TEXT MSGTEXT MESSAGETEXT MESSAGEBODY FULLTEXT CABLETEXT";
static const char header_names[] = "HEADER HEADERTEXT MSGHEADER";
static const char known_names[] =
    "DOCNUMBER DOCNBR DOCNO DOCID DOCUMENTNUMBER DOCUMENTID MRN REFID "
    "REFERENCEID ID IDENTIFIER CREATED DATE DATETIME DOCDATE DOCUMENTDATE "
    "SENTDATE DATESENT DRAFTDATE SUBJECT SUBJ TITLE FROM SENDER TO RECIPIENT "
    "ORIGIN OFFICE CLASSIFICATION ORIGCLASS ORIGINALCLASSIFICATION HANDLING "
    "REFERENCES REFS REFERENCE TAGS CONCEPTS FILMNUMBER FILMNO FILM LOCATOR "
    "MSGFROM MSGTO MSGSUBJECT";

/* Whether a line names columns: a body and something else that is known.  Says
** how many, and which the body and the header are. */
static bool is_names(CablesSpan line, size_t *n, size_t *header, size_t *body) {
  char z[NAME_SIZE];
  size_t known = 0;
  *header = *body = CABLES_NO_COLUMN;
  for (*n = 0; line.n > 0; ++*n) {
    if (*n == CABLES_CSV_COLUMNS) return false;
    CablesSpan name = plain_name(cables_next_name(&line), z);
    bool is_body = *body == CABLES_NO_COLUMN && is_among(name, body_names);
    if (is_body) *body = *n;
    if (is_among(name, header_names)) *header = *n;
    if (!is_body && is_among(name, known_names)) known++;
  }
  return *body != CABLES_NO_COLUMN && known > 0;
}

/* The first line of s; unknown when it does not end there. */
static CablesSpan first_line(CablesSpan s) {
  size_t n = cables_find(s, CABLES_LIT("\n"));
  return n > s.n ? CABLES_NO_SPAN : cables_sub(s, 0, n);
}

bool cables_is_bulk(CablesSpan head) {
  size_t n, header, body;
  size_t blank = blank_start(head);
  CablesSpan s = cables_sub(head, blank, head.n);
  if (cables_csv_is_start(s)) return true;
  CablesSpan line = first_line(s);
  /* A row of names has commas, and most other files have none so early. */
  if (line.z == NULL || memchr(line.z, ',', line.n) == NULL) return false;
  return is_names(cables_trim(line), &n, &header, &body);
}

/* --- The file. */

/* The columns of a file, by its line of names if it has one. */
static bool set_columns(CablesColumns *columns, CablesSpan line) {
  columns->form = CABLES_CSV_CABLES;
  if (line.z != NULL) {
    columns->form = CABLES_CSV_NAMED;
    (void)is_names(line, &columns->n, &columns->header, &columns->body);
  }
  return cables_columns_set(columns, line);
}

CablesBulk *cables_bulk_new(CablesWindow *window,
                            const CablesSourceOptions *options) {
  CablesBulk *bulk = cables_malloc(sizeof(*bulk));
  if (bulk == NULL) return NULL;
  memset(bulk, 0, sizeof(*bulk));
  bulk->options = options;
  bulk->csv.window = window;
  bulk->csv.max_bytes = options->max_bytes;
  cables_window_use(window, blank_start(cables_window_get(window)));
  CablesSpan head = cables_window_get(window);
  CablesSpan line = CABLES_NO_SPAN;
  if (!cables_csv_is_start(head)) {
    line = first_line(head);
    cables_window_use(window, line.n + 1);
    line = cables_trim(line);
  }
  if (!set_columns(&bulk->columns, line)) {
    cables_bulk_free(bulk);
    return NULL;
  }
  bulk->csv.form = bulk->columns.form;
  bulk->csv.n_columns = bulk->columns.n;
  return bulk;
}

void cables_bulk_free(CablesBulk *bulk) {
  if (bulk == NULL) return;
  cables_columns_free(&bulk->columns);
  cables_buf_free(&bulk->seen);
  cables_buf_free(&bulk->note);
  cables_places_free(&bulk->places);
  cables_free(bulk);
}

void cables_bulk_remember(CablesBulk *bulk, const CablesOffsetsKey *key) {
  if (bulk->options->offsets != NULL) bulk->file = bulk->key = key;
}

/* The number of an entry, below 0 for "#17"; 0 when it is none. */
static int64_t entry_number(CablesSpan entry) {
  bool counted = cables_starts(entry, CABLES_LIT("#"));
  if (counted) entry = cables_sub(entry, 1, entry.n);
  if (entry.n == 0 || entry.n > 18 || entry.z[0] == '0') return 0;
  int64_t number = 0;
  for (size_t i = 0; i < entry.n; i++) {
    if (!cables_is_digit(entry.z[i])) return 0;
    number = 10 * number + (entry.z[i] - '0');
  }
  return counted ? -number : number;
}

void cables_bulk_only(CablesBulk *bulk, CablesSpan entry) {
  int64_t offset;
  bool known;
  int64_t number = entry_number(entry);
  bulk->only = entry;
  bulk->done = number == 0;
  if (number == 0 || bulk->key == NULL) return;
  if (!cables_offsets_find(bulk->options->offsets, bulk->key, number, &offset,
                           &known)) {
    bulk->done = known;
  } else if (cables_window_seek(bulk->csv.window, offset)) {
    bulk->sought = number;
    bulk->key = NULL;
  }
}

/* --- Records. */

/* Whether a number is met for the first time; it is not any more then.  -1
** when memory is out. */
static int is_new(CablesBulk *bulk, int64_t number) {
  if (number <= 0 || number >= MAX_NUMBER) return 0;
  size_t byte = (size_t)number / 8;
  char bit = (char)(1 << (number % 8));
  if (byte >= bulk->seen.n) {
    size_t more = byte + 1 - bulk->seen.n;
    if (!cables_buf_reserve(&bulk->seen, more)) return -1;
    memset(bulk->seen.z + bulk->seen.n, 0, more);
    bulk->seen.n += more;
  }
  if (bulk->seen.z[byte] & bit) return 0;
  bulk->seen.z[byte] = (char)(bulk->seen.z[byte] | bit);
  return 1;
}

/* The number in the first column of a record of the first form; 0 when it is
** none. */
static int64_t printed_number(const CablesBulk *bulk) {
  const CablesCsv *csv = &bulk->csv;
  const CablesCsvField *first = &csv->fields[0];
  if (csv->columns < 2) return 0;
  CablesSpan s = cables_sub(cables_csv_bytes(csv), first->start,
                            first->end - first->start);
  int64_t number = entry_number(s);
  return number > 0 ? number : 0;
}

/* Prints a number into bulk->entry, from its end on: below 0 as "#17". */
static CablesSpan print_entry(CablesBulk *bulk, int64_t number) {
  size_t size = sizeof(bulk->entry);
  size_t at = size;
  for (int64_t n = number < 0 ? -number : number; n > 0; n /= 10)
    bulk->entry[--at] = (char)('0' + n % 10);
  if (number < 0) bulk->entry[--at] = '#';
  return (CablesSpan){bulk->entry + at, size - at};
}

/* Gives the record its number; false when memory is out. */
static bool set_entry(CablesBulk *bulk, CablesRecord *record) {
  int64_t number =
      bulk->csv.form == CABLES_CSV_NAMED ? bulk->count : printed_number(bulk);
  if (bulk->sought != 0) {
    number = bulk->sought;
  } else {
    int fresh = bulk->csv.form == CABLES_CSV_NAMED ? 1 : is_new(bulk, number);
    if (fresh < 0) return false;
    if (fresh == 0) number = -bulk->count;
  }
  if (bulk->key != NULL)
    cables_places_add(&bulk->places, record->offset, number);
  record->entry = print_entry(bulk, number);
  return true;
}

/* Tells that there are too few or too many columns. */
static void set_columns_note(const CablesCsv *csv, CablesBuf *note) {
  if (csv->columns > csv->n_columns && csv->form == CABLES_CSV_CABLES)
    cables_buf_format(note, "more than %zu columns", csv->n_columns);
  else
    cables_buf_format(note, "%zu column%s instead of %zu", csv->columns,
                      csv->columns == 1 ? "" : "s", csv->n_columns);
}

/* Tells what is damaged. */
static void set_note(CablesBulk *bulk, CablesRecord *record) {
  const CablesCsv *csv = &bulk->csv;
  CablesBuf *note = &bulk->note;
  note->n = 0;
  if (csv->damage != CABLES_CSV_SOUND)
    cables_buf_format(note, "record %.*s at byte %lld: ", (int)record->entry.n,
                      record->entry.z, (long long)record->offset);
  if (csv->damage == CABLES_CSV_QUOTES)
    cables_buf_text(note, "quotes do not match");
  else if (csv->damage == CABLES_CSV_ENDS)
    cables_buf_text(note, "the file ends inside it");
  else if (csv->damage == CABLES_CSV_COLUMNS_ODD)
    set_columns_note(csv, note);
  record->note = cables_buf_get(note);
}

/* Finds the next record; false at the end and on failure. */
static bool find_record(CablesBulk *bulk, CablesRecord *record) {
  CablesCsv *csv = &bulk->csv;
  cables_csv_use(csv);
  if (!cables_csv_skip_blank(csv)) return false;
  record->offset = cables_window_tell(csv->window);
  bulk->count++;
  if (cables_csv_scan(csv) != CABLES_SOURCE_OK) return false;
  record->length = (int64_t)csv->at + csv->dropped;
  record->is_cut = record->length > csv->max_bytes;
  return true;
}

/* Whether what lies at the place that was sought is the record. */
static bool is_there(const CablesBulk *bulk) {
  return bulk->csv.form == CABLES_CSV_NAMED || bulk->sought < 0 ||
         printed_number(bulk) == bulk->sought;
}

/* Forgets the places, which are wrong, and goes back to the start. */
static CablesSourceResult start_over(CablesBulk *bulk) {
  CablesWindow *w = bulk->csv.window;
  cables_offsets_drop(bulk->options->offsets, bulk->file->path);
  bulk->sought = 0;
  bulk->count = 0;
  bulk->csv.at = 0;
  bulk->done = !cables_window_seek(w, 0);
  CablesSourceResult rc = cables_window_more(w, CABLES_FIRST_READ);
  cables_window_use(w, blank_start(cables_window_get(w)));
  return rc;
}

/* At the end of the file: keeps the places. */
static void keep_places(CablesBulk *bulk) {
  bulk->done = true;
  if (bulk->key != NULL && !bulk->csv.window->failed)
    cables_offsets_put(bulk->options->offsets, bulk->key, &bulk->places);
}

CablesSourceResult cables_bulk_next(CablesBulk *bulk, CablesRecord *record) {
  while (!bulk->done) {
    if (!find_record(bulk, record)) {
      if (bulk->csv.rc != CABLES_SOURCE_OK) return bulk->csv.rc;
      keep_places(bulk);
      break;
    }
    if (bulk->sought != 0) {
      bulk->done = true;
      if (!is_there(bulk)) {
        CablesSourceResult rc = start_over(bulk);
        if (rc != CABLES_SOURCE_OK) return rc;
        continue;
      }
    }
    if (!set_entry(bulk, record)) return CABLES_SOURCE_NOMEM;
    if (bulk->only.z != NULL && !cables_equal(bulk->only, record->entry))
      continue;
    set_note(bulk, record);
    return bulk->note.oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
  }
  return CABLES_SOURCE_END;
}

bool cables_bulk_text(const CablesBulk *bulk, CablesRecordText *text,
                      bool copy) {
  return cables_record_start(text, &bulk->columns, &bulk->csv, copy);
}
