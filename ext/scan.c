/*
** One scan of a source: see scan.h.
*/
#include "scan.h"

#include <stdint.h>

enum { HEAD = 8192 }; /* bytes of a document's text that are read first */

/* The result code for what a function of the source layer gave. */
static int result_code(CablesScan *scan, CablesSourceResult result) {
  switch (result) {
    case CABLES_SOURCE_OK:
    case CABLES_SOURCE_END:
      return SQLITE_OK;
    case CABLES_SOURCE_NOMEM:
      return SQLITE_NOMEM;
    case CABLES_SOURCE_STOP:
      return scan->poll.rc != SQLITE_OK ? scan->poll.rc : SQLITE_INTERRUPT;
    default:
      return scan->error.oom ? SQLITE_NOMEM : SQLITE_ERROR;
  }
}

/* In strict mode the failure of a file is an error of the query. */
static int check_strict(CablesScan *scan, CablesSpan reason) {
  if (scan->db->settings.strict == 0) return SQLITE_OK;
  CablesSpan path = cables_filter_shown(&scan->filter, scan->file->path);
  scan->error.n = 0;
  cables_buf_byte(&scan->error, '\'');
  cables_buf_span(&scan->error, path);
  cables_buf_text(&scan->error, "': ");
  cables_buf_span(&scan->error, reason);
  return scan->error.oom || path.z == NULL ? SQLITE_NOMEM : SQLITE_ERROR;
}

static int check_document(CablesScan *scan) {
  const CablesDocument *d = scan->document;
  if (!d->failed) return SQLITE_OK;
  return check_strict(scan, d->n_notes > 0 ? d->notes[d->n_notes - 1]
                                           : CABLES_LIT("cannot be read"));
}

/* Reads more of the row's document; what was parsed of it is void. */
static int read_more(CablesScan *scan, size_t want) {
  scan->telegram = NULL;
  CablesSourceResult result = cables_document_read(scan->reader, want);
  if (result != CABLES_SOURCE_OK) return result_code(scan, result);
  return check_document(scan);
}

/* Twice what was read so far. */
static size_t twice(const CablesDocument *d) {
  size_t n = d->text.n < HEAD ? HEAD : d->text.n;
  return n > SIZE_MAX / 2 ? SIZE_MAX : 2 * n;
}

/* Decides whether the reader's document is a row: it holds a telegram, which
** its head tells, or it cannot be read. */
static int judge(CablesScan *scan, bool *is_row) {
  CablesDocument *d = scan->document;
  int rc = read_more(scan, HEAD);
  scan->is_telegram = false;
  *is_row = false;
  while (rc == SQLITE_OK) {
    *is_row = d->failed;
    if (d->failed) break;
    scan->is_telegram =
        d->text.n > 0 && cables_recognise(scan->parser, d->text, !d->complete);
    *is_row = scan->is_telegram;
    if (*is_row || d->complete) break;
    rc = read_more(scan, twice(d));
  }
  return rc;
}

/* Opens the list of the source, or for the next key the list of that alone;
** scan->list stays NULL when there is no further one. */
static int open_list(CablesScan *scan) {
  size_t n_keys;
  const CablesSpan *keys = cables_filter_keys(&scan->filter, &n_keys);
  if (scan->filter.nothing || scan->next_key >= (n_keys > 0 ? n_keys : 1))
    return SQLITE_OK;
  scan->error.n = 0;
  CablesSourceResult result =
      cables_list_open(&scan->list, scan->source, &scan->options, &scan->error);
  if (result == CABLES_SOURCE_OK && n_keys > 0)
    result = cables_list_only(scan->list, keys[scan->next_key]);
  scan->next_key++;
  return result_code(scan, result);
}

/* Goes to the next file that may hold a row; *is_row: it is one itself, for it
** could not be listed.  scan->list is NULL when there is none any more. */
static int next_file(CablesScan *scan, bool *is_row) {
  *is_row = false;
  if (scan->list == NULL) {
    int rc = open_list(scan);
    if (rc != SQLITE_OK || scan->list == NULL) return rc;
  }
  scan->error.n = 0;
  CablesSourceResult result =
      cables_list_next(scan->list, &scan->file, &scan->error);
  if (result == CABLES_SOURCE_END) {
    cables_list_close(scan->list);
    scan->list = NULL;
    return open_list(scan);
  }
  if (result != CABLES_SOURCE_OK) return result_code(scan, result);
  if (!cables_filter_pass(&scan->filter, scan->file))
    return scan->filter.shown.oom ? SQLITE_NOMEM : SQLITE_OK;
  if (scan->file->error.z != NULL) {
    *is_row = true;
    return check_strict(scan, scan->file->error);
  }
  result = cables_reader_open(scan->reader, scan->file);
  scan->in_file = result == CABLES_SOURCE_OK;
  return result_code(scan, result);
}

int cables_scan_next(CablesScan *scan) {
  bool is_row = false;
  int rc = SQLITE_OK;
  scan->is_telegram = false;
  while (rc == SQLITE_OK && !is_row) {
    scan->telegram = NULL;
    scan->document = NULL;
    if (!scan->in_file) {
      rc = next_file(scan, &is_row);
      if (scan->list == NULL) break;
      continue;
    }
    CablesSourceResult result =
        cables_reader_next(scan->reader, &scan->document);
    rc = result_code(scan, result);
    if (result == CABLES_SOURCE_OK)
      rc = judge(scan, &is_row);
    else
      scan->in_file = false;
  }
  scan->at_end = rc != SQLITE_OK || !is_row;
  return rc;
}

int cables_scan_start(CablesScan *scan, CablesSpan source,
                      sqlite3_value **values) {
  const CablesSettings *settings = &scan->db->settings;
  cables_scan_stop(scan);
  scan->at_end = true;
  scan->source = source;
  scan->options = (CablesSourceOptions){
      .root = settings->root,
      .max_bytes = settings->max_bytes,
      .follow_links = settings->follow_links != 0,
      .counters = &scan->db->counters,
      .poll = cables_poll,
      .poll_arg = &scan->poll,
  };
  cables_poll_start(&scan->poll, scan->sqlite);
  int rc = cables_filter_start(&scan->filter, &scan->plan, values);
  if (rc != SQLITE_OK || source.z == NULL) return rc;
  if (scan->reader == NULL) scan->reader = cables_reader_new(&scan->options);
  if (scan->parser == NULL) scan->parser = cables_db_take_parser(scan->db);
  if (scan->reader == NULL || scan->parser == NULL) return SQLITE_NOMEM;
  return cables_scan_next(scan);
}

static int parse(CablesScan *scan, CablesDepth depth) {
  const CablesDocument *d = scan->document;
  CablesParseOptions options = {
      .want = depth == CABLES_DEPTH_WHOLE ? scan->plan.want
                                          : (unsigned)CABLES_WANT_HEADER,
      .more = !d->complete,
  };
  scan->telegram = cables_parse(scan->parser, d->text, &options);
  scan->depth = depth;
  scan->db->parses++;
  return scan->telegram != NULL ? SQLITE_OK : SQLITE_NOMEM;
}

/* Reads and parses until the heading is known whole. */
static int parse_heading(CablesScan *scan) {
  const CablesDocument *d = scan->document;
  int rc = parse(scan, CABLES_DEPTH_HEADER);
  while (rc == SQLITE_OK && !scan->telegram->header_complete && !d->complete &&
         !d->failed) {
    rc = read_more(scan, twice(d));
    if (rc == SQLITE_OK) rc = parse(scan, CABLES_DEPTH_HEADER);
  }
  return rc;
}

static int parse_whole(CablesScan *scan) {
  int rc = SQLITE_OK;
  if (!scan->document->complete && !scan->document->failed)
    rc = read_more(scan, SIZE_MAX);
  return rc == SQLITE_OK ? parse(scan, CABLES_DEPTH_WHOLE) : rc;
}

int cables_scan_telegram(CablesScan *scan, CablesDepth depth,
                         const CablesTelegram **telegram) {
  int rc = SQLITE_OK;
  *telegram = NULL;
  if (!scan->is_telegram) return SQLITE_OK;
  if (scan->telegram == NULL || scan->depth < depth) {
    if (scan->telegram == NULL) scan->db->documents_parsed++;
    rc = depth == CABLES_DEPTH_WHOLE ? parse_whole(scan) : parse_heading(scan);
  }
  if (rc == SQLITE_OK) *telegram = scan->telegram;
  return rc;
}

bool cables_scan_facts(CablesScan *scan, sqlite3_int64 *bytes,
                       sqlite3_int64 *mtime) {
  const CablesDocument *d = scan->document;
  CablesFile *file = scan->file;
  if (d != NULL && d->bytes >= 0) {
    *bytes = d->bytes;
    *mtime = d->mtime;
    return true;
  }
  if (!file->has_stat) cables_file_stat(file);
  *bytes = file->bytes;
  *mtime = file->mtime;
  return file->has_stat;
}

void cables_scan_stop(CablesScan *scan) {
  cables_list_close(scan->list);
  scan->list = NULL;
  scan->next_key = 0;
  scan->in_file = false;
  scan->at_end = true;
  scan->file = NULL;
  scan->document = NULL;
  scan->is_telegram = false;
  scan->telegram = NULL;
  cables_buf_free(&scan->error);
}

void cables_scan_free(CablesScan *scan) {
  cables_scan_stop(scan);
  cables_reader_free(scan->reader);
  if (scan->parser != NULL) cables_db_give_parser(scan->db, scan->parser);
  cables_filter_free(&scan->filter);
  cables_poll_end(&scan->poll);
  scan->reader = NULL;
  scan->parser = NULL;
}
