/*
** One scan of a source: see scan.h.
*/
#include "scan.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/open.h"

enum {
  FEW_STEPS = 8,     /* files or documents before threads are made */
  SHORT_TIME = 2000, /* microseconds; the same */
  FEW_ROWS = 64,     /* a LIMIT that threads do not pay for */
  SCORE_FULL = 256   /* score of a depth that every row is asked for */
};

/* The result code for what a function of the source layer gave. */
static int result_code(CablesScan *scan, CablesSourceResult result) {
  int rc = cables_poll_code(&scan->poll, result);
  return rc == SQLITE_ERROR && scan->error.oom ? SQLITE_NOMEM : rc;
}

/* In strict mode the failure of a file is an error of the query. */
static int check_strict(CablesScan *scan) {
  const CablesRow *row = scan->row;
  const CablesDocument *d = row->document;
  if (scan->db->settings.strict == 0 || (d != NULL && !d->failed))
    return SQLITE_OK;
  CablesSpan path = cables_filter_shown(&scan->filter, row->file.path);
  scan->error.n = 0;
  cables_buf_byte(&scan->error, '\'');
  cables_buf_span(&scan->error, path);
  cables_buf_text(&scan->error, "': ");
  if (d == NULL)
    cables_buf_span(&scan->error, row->file.error);
  else
    cables_buf_span(&scan->error, d->notes[d->n_notes - 1]);
  return scan->error.oom || path.z == NULL ? SQLITE_NOMEM : SQLITE_ERROR;
}

/* --- folders.  A list closes its handles as it goes on. */

static void release_folder(CablesFolder *folder) {
  if (folder == NULL || --folder->n_refs > 0) return;
  (void)close(folder->fd);
  cables_free(folder);
}

/* Whether a file is in the folder of the last one.  Below a root one folder's
** links may lead anywhere. */
static bool is_same_folder(const CablesScan *scan, const CablesFile *file) {
  CablesSpan path = cables_buf_get(&scan->folder_path);
  return scan->folder != NULL && scan->folder->dir == file->dir &&
         scan->rules.options.root == NULL && file->path.n > path.n &&
         cables_starts(file->path, path) &&
         cables_find(cables_sub(file->path, path.n, file->path.n),
                     CABLES_LIT("/")) == (size_t)-1;
}

/* Makes a file one that cannot be read, for the present errno. */
static int refuse_file(CablesScan *scan, CablesFile *file) {
  scan->trouble.n = 0;
  cables_reason(&scan->trouble, "file cannot be read", errno);
  file->error = cables_buf_get(&scan->trouble);
  file->dir = AT_FDCWD;
  return scan->trouble.oom ? SQLITE_NOMEM : SQLITE_OK;
}

/* Gives a file a handle of its folder that lasts as long as its row; *out is
** NULL when its dir does so anyway, and when there is none to be had: then the
** file is one that cannot be read. */
static int keep_folder(CablesScan *scan, CablesFile *file, CablesFolder **out) {
  *out = NULL;
  if (!scan->pool.started || file->dir == AT_FDCWD || file->error.z != NULL)
    return SQLITE_OK;
  if (!is_same_folder(scan, file)) {
    release_folder(scan->folder);
    scan->folder = NULL;
    int fd = fcntl(file->dir, F_DUPFD_CLOEXEC, 0);
    CablesFolder *folder = fd >= 0 ? cables_malloc(sizeof(*folder)) : NULL;
    if (folder == NULL) {
      if (fd >= 0) (void)close(fd);
      return fd >= 0 ? SQLITE_NOMEM : refuse_file(scan, file);
    }
    *folder = (CablesFolder){.fd = fd, .dir = file->dir, .n_refs = 1};
    scan->folder = folder;
    size_t n = file->path.n;
    while (n > 0 && file->path.z[n - 1] != '/') n--;
    scan->folder_path.n = 0;
    cables_buf_span(&scan->folder_path, cables_sub(file->path, 0, n));
    if (scan->folder_path.oom) return SQLITE_NOMEM;
  }
  *out = scan->folder;
  scan->folder->n_refs++;
  file->dir = scan->folder->fd;
  return SQLITE_OK;
}

/* --- files into the pool */

/* Opens the list of the source, or for the next key the list of that alone;
** scan->list stays NULL when there is no further one. */
static int open_list(CablesScan *scan) {
  size_t n_keys;
  const CablesSpan *keys = cables_filter_keys(&scan->filter, &n_keys);
  if (scan->filter.nothing || scan->next_key >= (n_keys > 0 ? n_keys : 1)) {
    scan->is_listed = true;
    return SQLITE_OK;
  }
  scan->error.n = 0;
  CablesSourceResult result = cables_list_open(
      &scan->list, scan->source, &scan->rules.options, &scan->error);
  if (result == CABLES_SOURCE_OK && n_keys > 0)
    result = cables_list_only(scan->list, keys[scan->next_key]);
  scan->next_key++;
  return result_code(scan, result);
}

/* Goes on in the list; *file: what may hold a row, or NULL. */
static int list_file(CablesScan *scan, CablesFile **file) {
  *file = NULL;
  if (scan->list == NULL) {
    int rc = open_list(scan);
    if (rc != SQLITE_OK || scan->list == NULL) return rc;
  }
  scan->error.n = 0;
  CablesSourceResult result = cables_list_next(scan->list, file, &scan->error);
  if (result != CABLES_SOURCE_OK) *file = NULL;
  if (result == CABLES_SOURCE_END) {
    cables_list_close(scan->list);
    scan->list = NULL;
    return open_list(scan);
  }
  if (result != CABLES_SOURCE_OK) return result_code(scan, result);
  scan->progress.files++;
  if (cables_filter_pass(&scan->filter, *file)) return SQLITE_OK;
  if (scan->filter.shown.oom) return SQLITE_NOMEM;
  /* A folder that cannot be listed may hold what passes: in strict mode that
  ** is an error. */
  if (scan->db->settings.strict == 0 || (*file)->error.z == NULL) *file = NULL;
  return SQLITE_OK;
}

/* The depth to which rows are parsed ahead: that of most rows of late. */
static CablesDepth usual_depth(const CablesScan *scan) {
  if (scan->score[CABLES_DEPTH_WHOLE] > SCORE_FULL / 2)
    return CABLES_DEPTH_WHOLE;
  if (scan->score[CABLES_DEPTH_HEADER] > SCORE_FULL / 2)
    return CABLES_DEPTH_HEADER;
  return CABLES_DEPTH_FOUND;
}

/* Adds files to the pool until it is full; not before half of it is free, so
** that workers are woken seldom. */
static int fill(CablesScan *scan) {
  CablesPool *pool = &scan->pool;
  int rc = SQLITE_OK;
  if (scan->is_listed || pool->files.n > pool->cap / 2) return SQLITE_OK;
  while (rc == SQLITE_OK && !scan->is_listed && cables_pool_room(pool) > 0) {
    CablesFile *file;
    CablesFolder *folder;
    rc = list_file(scan, &file);
    if (rc != SQLITE_OK || file == NULL) continue;
    CablesFile kept = *file;
    rc = keep_folder(scan, &kept, &folder);
    if (rc == SQLITE_OK && cables_pool_add(pool, &kept, folder) == NULL) {
      release_folder(folder);
      rc = SQLITE_NOMEM;
    }
  }
  cables_pool_wake(pool, usual_depth(scan));
  return rc;
}

/* Makes threads when the scan lasts and there is more than one thing to do:
** files to come, or documents of the first row's file. */
static void start_threads(CablesScan *scan) {
  if (scan->pool.started || scan->threads < 2 || scan->n_steps < 2) return;
  if (scan->is_listed && scan->pool.files.n == 0) return;
  if (scan->n_steps < FEW_STEPS &&
      cables_poll_clock() - scan->began < SHORT_TIME)
    return;
  if (!cables_pool_start(&scan->pool, scan->threads)) scan->threads = 1;
}

/* --- rows out of it */

static void remove_file(CablesScan *scan) {
  release_folder(cables_pool_remove(&scan->pool));
}

/* Makes a row the scan's, or goes on behind what is none. */
static int take(CablesScan *scan, CablesRow *row, bool is_document) {
  cables_pool_count(&scan->pool, row);
  if (row->stage == CABLES_ROW_END) {
    if (is_document) {
      bool is_last = row->is_last;
      cables_pool_remove_document(&scan->pool);
      if (!is_last) return SQLITE_OK;
      cables_pool_close_stream(&scan->pool);
    }
    remove_file(scan);
    return SQLITE_OK;
  }
  scan->row = row;
  scan->is_document = is_document;
  scan->progress.documents++;
  return check_strict(scan);
}

/* One step towards the next row: scan->row is set when it is there. */
static int step(CablesScan *scan) {
  CablesRow *row;
  if (scan->n_steps <= FEW_STEPS) scan->n_steps++;
  scan->progress.bytes = scan->db->counters.bytes_read - scan->bytes_before;
  cables_progress_tick(&scan->progress);
  if (scan->pool.stream != NULL) {
    CablesSourceResult result = cables_pool_document(&scan->pool, &row);
    if (result != CABLES_SOURCE_OK) return result_code(scan, result);
    return take(scan, row, true);
  }
  start_threads(scan);
  int rc = fill(scan);
  if (rc != SQLITE_OK) return rc;
  CablesSourceResult result = cables_pool_first(&scan->pool, &row);
  if (result == CABLES_SOURCE_END) return SQLITE_OK;
  if (result != CABLES_SOURCE_OK) return result_code(scan, result);
  return take(scan, row, false);
}

/* Leaves the row, of which it is known now how deep it was asked for. */
static int leave(CablesScan *scan) {
  CablesRow *row = scan->row;
  if (row == NULL) return SQLITE_OK;
  for (int d = CABLES_DEPTH_HEADER; d <= CABLES_DEPTH_WHOLE; d++) {
    unsigned add = (int)scan->asked >= d ? SCORE_FULL / 8 : 0;
    scan->score[d] = scan->score[d] - scan->score[d] / 8 + add;
  }
  scan->asked = CABLES_DEPTH_FOUND;
  scan->row = NULL;
  if (scan->is_document) {
    cables_pool_remove_document(&scan->pool);
    return SQLITE_OK;
  }
  bool has_more = row->document != NULL && row->document->entry.z != NULL;
  cables_row_leave(row);
  /* To find documents takes hardly more than to read them. */
  if (!has_more || scan->rules.depth == CABLES_DEPTH_FOUND) return SQLITE_OK;
  start_threads(scan);
  if (!scan->pool.started) return SQLITE_OK;
  cables_pool_wake(&scan->pool, usual_depth(scan));
  return cables_pool_open_stream(&scan->pool) ? SQLITE_OK : SQLITE_NOMEM;
}

int cables_scan_next(CablesScan *scan) {
  int rc = leave(scan);
  while (rc == SQLITE_OK && scan->row == NULL &&
         !(scan->is_listed && scan->pool.files.n == 0))
    rc = step(scan);
  scan->at_end = rc != SQLITE_OK || scan->row == NULL;
  if (!scan->at_end) return rc;
  cables_pool_stop(&scan->pool);
  cables_progress_end(&scan->progress);
  return rc;
}

/* How many threads pay: one when only few rows are wanted. */
static size_t count_threads(const CablesScan *scan, sqlite3_value **values) {
  const CablesPlan *plan = &scan->plan;
  for (int i = 0; i < plan->n_terms; i++) {
    if (plan->terms[i].op == SQLITE_INDEX_CONSTRAINT_LIMIT) {
      sqlite3_int64 n = sqlite3_value_int64(values[i]);
      if (n >= 0 && n <= FEW_ROWS) return 1;
    }
  }
  return cables_pool_is_possible() ? (size_t)scan->db->settings.threads : 1;
}

int cables_scan_start(CablesScan *scan, CablesSpan source,
                      sqlite3_value **values) {
  const CablesSettings *settings = &scan->db->settings;
  cables_scan_stop(scan);
  scan->source = source;
  scan->rules =
      (CablesRowRules){.options = {.root = settings->root,
                                   .max_bytes = settings->max_bytes,
                                   .max_ratio = (double)settings->max_ratio,
                                   .offsets = scan->db->offsets,
                                   .follow_links = settings->follow_links != 0,
                                   .counters = &scan->db->counters,
                                   .poll = cables_poll,
                                   .poll_arg = &scan->poll},
                       .filter = &scan->filter,
                       .model = cables_db_model(scan->db),
                       .depth = scan->plan.depth,
                       .want = scan->plan.want};
  if (scan->rules.model == NULL) return SQLITE_NOMEM;
  cables_poll_start(&scan->poll, scan->sqlite);
  int rc = cables_filter_start(&scan->filter, &scan->plan, values);
  if (rc != SQLITE_OK || source.z == NULL) return rc;
  scan->is_listed = false;
  scan->threads = count_threads(scan, values);
  scan->began = cables_poll_clock();
  scan->bytes_before = scan->db->counters.bytes_read;
  cables_pool_begin(&scan->pool, scan->db, &scan->rules, cables_poll,
                    &scan->poll);
  cables_progress_begin(&scan->progress, settings->progress != 0, source,
                        &scan->rules.options);
  return cables_scan_next(scan);
}

int cables_scan_telegram(CablesScan *scan, CablesDepth depth,
                         const CablesTelegram **telegram) {
  CablesRow *row = scan->row;
  *telegram = NULL;
  if (depth > scan->asked) scan->asked = depth;
  if (!row->is_telegram) return SQLITE_OK;
  if (row->telegram == NULL || row->depth < depth) {
    CablesDepth usual = usual_depth(scan);
    cables_pool_run(&scan->pool, row, depth > usual ? depth : usual);
    cables_pool_count(&scan->pool, row);
    int rc = result_code(scan, row->result);
    if (rc == SQLITE_OK) rc = check_strict(scan);
    if (rc != SQLITE_OK) return rc;
  }
  *telegram = row->telegram;
  return SQLITE_OK;
}

bool cables_scan_bytes(CablesScan *scan, sqlite3_int64 *bytes) {
  CablesRow *row = scan->row;
  const CablesDocument *d = row->document;
  if (d != NULL && (d->bytes >= 0 || d->entry.z != NULL)) {
    *bytes = d->bytes;
    return d->bytes >= 0;
  }
  cables_file_stat(&row->file);
  *bytes = row->file.bytes;
  return row->file.has_stat;
}

bool cables_scan_mtime(CablesScan *scan, sqlite3_int64 *mtime) {
  CablesRow *row = scan->row;
  const CablesDocument *d = row->document;
  if (d != NULL && d->bytes >= 0 && d->entry.z == NULL) {
    *mtime = d->mtime;
    return true;
  }
  cables_file_stat(&row->file);
  *mtime = row->file.mtime;
  return row->file.has_stat;
}

void cables_scan_stop(CablesScan *scan) {
  cables_pool_stop(&scan->pool);
  while (scan->pool.files.n > 0) remove_file(scan);
  release_folder(scan->folder);
  scan->folder = NULL;
  cables_progress_end(&scan->progress);
  cables_list_close(scan->list);
  scan->list = NULL;
  scan->is_listed = true;
  scan->next_key = 0;
  scan->row = NULL;
  scan->at_end = true;
  scan->asked = CABLES_DEPTH_FOUND;
  for (int d = 0; d <= CABLES_DEPTH_WHOLE; d++) scan->score[d] = 0;
  scan->n_steps = 0;
  cables_buf_free(&scan->folder_path);
  cables_buf_free(&scan->error);
  cables_buf_free(&scan->trouble);
}

void cables_scan_free(CablesScan *scan) {
  cables_scan_stop(scan);
  cables_pool_free(&scan->pool);
  cables_filter_free(&scan->filter);
  cables_poll_end(&scan->poll);
}
