/*
** Rows under way and their threads: see pool.h.
*/
#include "pool.h"

#include <unistd.h>

#include "base/mem.h"
#include "thread.h"

enum {
  FREE_BYTES = 64 * 1024,      /* of a document that are not counted */
  PER_THREAD = 16,             /* rows of a ring for each thread */
  RING = CABLES_POOL_ROWS / 2, /* rows of a ring */
  TAKE = 8,                    /* documents that are read at a time */
  RUN = 4,                     /* rows that are parsed at a time */
  TAKE_BYTES = 256 * 1024      /* of documents that are read at a time, about */
};

/* Bytes in flight that are counted; what is not adds up to the rest. */
static const int64_t most_bytes =
    CABLES_POOL_BYTES - CABLES_POOL_ROWS * FREE_BYTES;

typedef enum JobKind {
  NO_JOB,
  JOB_RUN, /* cables_row_run() */
  JOB_TAKE /* cables_row_take() from the stream */
} JobKind;

/* Work on a few rows. */
typedef struct Job {
  JobKind kind;
  CablesRow *rows[TAKE];
  size_t n;
  CablesDepth depth;
} Job;

static void lock(CablesPool *pool) {
  if (pool->started) (void)pthread_mutex_lock(&pool->mutex);
}

static void unlock(CablesPool *pool) {
  if (pool->started) (void)pthread_mutex_unlock(&pool->mutex);
}

/* Who sees a state sees all that was done before it was set. */
static CablesRowState state_of(const CablesRow *row) {
  return __atomic_load_n(&row->state, __ATOMIC_SEQ_CST);
}

static void set_state(CablesRow *row, CablesRowState state) {
  __atomic_store_n(&row->state, state, __ATOMIC_SEQ_CST);
}

/* --- rings */

static CablesRow *ring_at(const CablesRing *ring, size_t i) {
  return ring->rows[(ring->first + i) % RING];
}

/* Makes the row at a place if there is none; false when memory is out. */
static bool ring_make(CablesRing *ring, size_t i) {
  if (ring->rows[i] != NULL) return true;
  CablesRow *row = cables_malloc(sizeof(*row));
  if (row == NULL) return false;
  *row = (CablesRow){0};
  ring->rows[i] = row;
  return true;
}

/* Takes the first row out.  An empty ring starts over, so that a scan without
** threads uses one row only. */
static void ring_remove(CablesRing *ring) {
  set_state(ring_at(ring, 0), CABLES_ROW_IDLE);
  ring->n--;
  ring->first = ring->n > 0 ? (ring->first + 1) % RING : 0;
}

/* --- jobs.  The mutex is held by the caller but where it says otherwise. */

/* Claims a row.  It gets the parser that was used last; it makes one itself
** when none is free. */
static void claim_row(CablesPool *pool, Job *job, CablesRow *row) {
  set_state(row, CABLES_ROW_BUSY);
  job->rows[job->n++] = row;
  if (row->parser == NULL && pool->n_parsers > 0)
    row->parser = pool->parsers[--pool->n_parsers];
}

/* Takes the parser of a row that is done with. */
static void keep_parser(CablesPool *pool, CablesRow *row) {
  if (row->parser == NULL) return;
  if (pool->n_parsers < CABLES_POOL_ROWS)
    pool->parsers[pool->n_parsers++] = row->parser;
  else
    cables_parser_free(row->parser);
  row->parser = NULL;
}

/* Claims the first rows that nobody has worked on. */
static void claim_queued(CablesPool *pool, Job *job, const CablesRing *ring) {
  size_t most = pool->started ? RUN : 1;
  for (size_t i = 0; i < ring->n && job->n < most; i++) {
    CablesRow *row = ring_at(ring, i);
    if (state_of(row) == CABLES_ROW_QUEUED) claim_row(pool, job, row);
  }
}

/* Claims rows for the next documents of the stream. */
static void claim_places(CablesPool *pool, Job *job) {
  CablesRing *ring = &pool->documents;
  job->kind = JOB_TAKE;
  pool->is_reading = true;
  while (job->n < TAKE && ring->n < pool->cap) {
    claim_row(pool, job, ring_at(ring, ring->n));
    ring->n++;
  }
}

/* Whether documents of the stream may be read now. */
static bool is_readable(const CablesPool *pool) {
  size_t n = pool->documents.n;
  return pool->stream != NULL && !pool->is_reading && !pool->is_read &&
         n < pool->cap && (pool->in_flight < most_bytes || n == 0);
}

/* Finds work and claims it.  Only one thread can read at a time, so that comes
** first when it is worth while. */
static bool claim(CablesPool *pool, Job *job) {
  *job = (Job){.kind = JOB_RUN, .depth = pool->depth};
  bool readable = is_readable(pool);
  if (readable && pool->documents.n + TAKE <= pool->cap) {
    claim_places(pool, job);
    return true;
  }
  claim_queued(pool, job, &pool->documents);
  if (job->n == 0 && readable) claim_places(pool, job);
  if (job->n == 0) claim_queued(pool, job, &pool->files);
  return job->n > 0;
}

/* Counts bytes that a row is going to need, if they are free. */
static bool reserve(CablesPool *pool, CablesRow *row, size_t want) {
  lock(pool);
  int64_t more = (int64_t)want - row->reserved;
  bool ok = want <= (size_t)most_bytes && pool->in_flight + more <= most_bytes;
  if (ok) {
    pool->in_flight += more;
    row->reserved += more;
  }
  unlock(pool);
  return ok;
}

static void release(CablesPool *pool, CablesRow *row) {
  pool->in_flight -= row->reserved;
  row->reserved = 0;
}

/* Works on a row, as far as bytes are free.  Without the mutex. */
static void run_ahead(CablesPool *pool, CablesRow *row, CablesDepth depth) {
  size_t limit = FREE_BYTES;
  do {
    cables_row_run(row, depth, limit);
    limit = row->short_of;
  } while (limit > 0 && reserve(pool, row, limit));
}

/* Works on rows.  Whoever waits for one of them need not wait for all.  Without
** the mutex. */
static void run_all(CablesPool *pool, const Job *job) {
  for (size_t i = 0; i < job->n; i++) {
    run_ahead(pool, job->rows[i], job->depth);
    set_state(job->rows[i], CABLES_ROW_DONE);
    if (!__atomic_load_n(&pool->is_waiting, __ATOMIC_SEQ_CST)) continue;
    lock(pool);
    (void)pthread_cond_signal(&pool->done);
    unlock(pool);
  }
}

/* Reads documents; how many rows they became.  Without the mutex. */
static size_t take_all(CablesPool *pool, const Job *job) {
  size_t bytes = 0;
  size_t n = 0;
  while (n < job->n && bytes < TAKE_BYTES) {
    CablesRow *row = job->rows[n++];
    cables_row_take(row, pool->rules, pool->stream);
    if (row->result != CABLES_SOURCE_OK || row->stage == CABLES_ROW_END) break;
    bytes += cables_document_held(row->reader);
  }
  return n;
}

/* Lets others have the first n rows of what was read. */
static void settle(CablesPool *pool, const Job *job, size_t n) {
  for (size_t i = 0; i < n; i++) {
    CablesRow *row = job->rows[i];
    bool ok = row->result == CABLES_SOURCE_OK && row->stage != CABLES_ROW_END;
    if (ok) {
      row->reserved = (int64_t)cables_document_held(row->reader);
      pool->in_flight += row->reserved;
    } else {
      pool->is_read = true;
    }
    set_state(row, ok ? CABLES_ROW_QUEUED : CABLES_ROW_DONE);
  }
  /* Only who reads adds rows, so those that it did not need are the last. */
  for (size_t i = n; i < job->n; i++) {
    set_state(job->rows[i], CABLES_ROW_IDLE);
    keep_parser(pool, job->rows[i]);
    pool->documents.n--;
  }
  pool->is_reading = false;
  if (pool->n_idle > 0) (void)pthread_cond_signal(&pool->work);
  if (pool->is_waiting) (void)pthread_cond_signal(&pool->done);
}

/* Does a job; gives the mutex free meanwhile.  poll: of this thread. */
static void perform(CablesPool *pool, const Job *job, int (*poll)(void *),
                    void *poll_arg) {
  for (size_t i = 0; i < job->n; i++) {
    job->rows[i]->options.poll = poll;
    job->rows[i]->options.poll_arg = poll_arg;
  }
  unlock(pool);
  if (job->kind == JOB_TAKE) {
    pool->stream->options.poll = poll;
    pool->stream->options.poll_arg = poll_arg;
    size_t n = take_all(pool, job);
    lock(pool);
    settle(pool, job, n);
  } else {
    run_all(pool, job);
    lock(pool);
  }
}

/* Takes up to n parsers that lie idle. */
static void take_parsers(CablesPool *pool, size_t n) {
  CablesParser *parser;
  while (pool->n_parsers < n &&
         (parser = cables_db_take_idle(pool->db)) != NULL)
    pool->parsers[pool->n_parsers++] = parser;
}

/* --- workers */

/* The poll of a worker. */
static int is_stopped(void *p) {
  CablesPool *pool = p;
  return __atomic_load_n(&pool->stop, __ATOMIC_RELAXED);
}

static void *work(void *p) {
  CablesPool *pool = p;
  Job job;
  lock(pool);
  while (!is_stopped(pool)) {
    if (claim(pool, &job)) {
      perform(pool, &job, is_stopped, pool);
    } else {
      pool->n_idle++;
      (void)pthread_cond_wait(&pool->work, &pool->mutex);
      pool->n_idle--;
    }
  }
  unlock(pool);
  return NULL;
}

bool cables_pool_is_possible(void) {
  if (sqlite3_threadsafe() == 0) return false;
  /* With SQLITE_CONFIG_SINGLETHREAD every mutex is the same dummy. */
  sqlite3_mutex *a = sqlite3_mutex_alloc(SQLITE_MUTEX_FAST);
  sqlite3_mutex *b = sqlite3_mutex_alloc(SQLITE_MUTEX_FAST);
  bool differ = a != NULL && b != NULL && a != b;
  sqlite3_mutex_free(a);
  sqlite3_mutex_free(b);
  return differ;
}

/* Makes mutex and conditions. */
static bool make_locks(CablesPool *pool) {
  if (pthread_mutex_init(&pool->mutex, NULL) != 0) return false;
  if (pthread_cond_init(&pool->work, NULL) != 0) {
    (void)pthread_mutex_destroy(&pool->mutex);
    return false;
  }
  if (cables_thread_condition(&pool->done)) return true;
  (void)pthread_cond_destroy(&pool->work);
  (void)pthread_mutex_destroy(&pool->mutex);
  return false;
}

bool cables_pool_start(CablesPool *pool, size_t threads) {
  if (!make_locks(pool)) return false;
  pool->started = true;
  pool->process = getpid();
  for (size_t i = 0; i < pool->files.n; i++)
    cables_file_stat(&ring_at(&pool->files, i)->file);
  take_parsers(pool, threads);
  pool->cap = threads * PER_THREAD;
  if (pool->cap > CABLES_POOL_ROWS / 2) pool->cap = CABLES_POOL_ROWS / 2;
  __atomic_store_n(&pool->stop, 0, __ATOMIC_RELAXED);
  while (pool->n_threads + 1 < threads &&
         cables_thread_start(&pool->threads[pool->n_threads], work, pool))
    pool->n_threads++;
  return true;
}

/* --- the connection's thread */

void cables_pool_begin(CablesPool *pool, CablesDb *db,
                       const CablesRowRules *rules, int (*poll)(void *),
                       void *poll_arg) {
  pool->db = db;
  pool->rules = rules;
  pool->poll = poll;
  pool->poll_arg = poll_arg;
  pool->cap = 1;
  pool->depth = CABLES_DEPTH_FOUND;
  if (pool->n_parsers == 0) take_parsers(pool, 1);
}

size_t cables_pool_room(const CablesPool *pool) {
  return pool->cap - pool->files.n - pool->files.n_fresh;
}

CablesRow *cables_pool_add(CablesPool *pool, const CablesFile *file,
                           void *folder) {
  CablesRing *ring = &pool->files;
  size_t i = (ring->first + ring->n + ring->n_fresh) % RING;
  if (!ring_make(ring, i)) return NULL;
  CablesRow *row = ring->rows[i];
  if (!cables_row_begin(row, pool->rules, file)) return NULL;
  row->folder = folder;
  ring->n_fresh++;
  return row;
}

void cables_pool_wake(CablesPool *pool, CablesDepth depth) {
  lock(pool);
  pool->depth = depth;
  for (; pool->files.n_fresh > 0; pool->files.n_fresh--)
    set_state(ring_at(&pool->files, pool->files.n++), CABLES_ROW_QUEUED);
  if (pool->n_idle > 0) (void)pthread_cond_broadcast(&pool->work);
  unlock(pool);
}

void cables_pool_run(CablesPool *pool, CablesRow *row, CablesDepth depth) {
  row->options.poll = pool->poll;
  row->options.poll_arg = pool->poll_arg;
  cables_row_run(row, depth, SIZE_MAX);
}

/* Takes the rows that the caller has left out of a ring.  With the mutex. */
static void drop_left(CablesPool *pool, CablesRing *ring) {
  for (; ring->n_left > 0; ring->n_left--) {
    CablesRow *row = ring_at(ring, 0);
    release(pool, row);
    keep_parser(pool, row);
    ring_remove(ring);
  }
}

/* The caller has left the first row that it had not yet left.  It is taken out
** at once, or with others. */
static void leave_row(CablesPool *pool, CablesRing *ring, bool at_once) {
  ring->n_left++;
  if (!at_once && ring->n_left < RUN) return;
  lock(pool);
  drop_left(pool, ring);
  if (pool->n_idle > 0 && pool->documents.n <= pool->cap / 2)
    (void)pthread_cond_signal(&pool->work);
  unlock(pool);
}

/* Works on what there is, or waits, until the caller's next row of a ring is
** done; false when poll() stopped it. */
static bool work_until_done(CablesPool *pool, CablesRing *ring) {
  Job job;
  bool stop = false;
  lock(pool);
  drop_left(pool, ring);
  while (!stop && state_of(ring_at(ring, 0)) != CABLES_ROW_DONE) {
    job = (Job){.kind = JOB_RUN, .depth = pool->depth};
    if (state_of(ring_at(ring, 0)) == CABLES_ROW_QUEUED)
      claim_queued(pool, &job, ring);
    if (job.n > 0 || claim(pool, &job)) {
      perform(pool, &job, pool->poll, pool->poll_arg);
    } else {
      /* Before the last look at the state, for the other side does it the
      ** other way round. */
      __atomic_store_n(&pool->is_waiting, 1, __ATOMIC_SEQ_CST);
      if (state_of(ring_at(ring, 0)) != CABLES_ROW_DONE)
        cables_thread_wait(&pool->done, &pool->mutex);
      __atomic_store_n(&pool->is_waiting, 0, __ATOMIC_SEQ_CST);
    }
    unlock(pool);
    stop = pool->poll(pool->poll_arg) != 0;
    lock(pool);
  }
  unlock(pool);
  return !stop;
}

/* Brings the caller's next row of a ring to where it is judged. */
static CablesSourceResult finish(CablesPool *pool, CablesRing *ring,
                                 CablesRow **out) {
  bool done = state_of(ring_at(ring, ring->n_left)) == CABLES_ROW_DONE;
  if (!done && !work_until_done(pool, ring)) return CABLES_SOURCE_STOP;
  CablesRow *row = *out = ring_at(ring, ring->n_left);
  if (row->result == CABLES_SOURCE_OK && row->stage != CABLES_ROW_READY &&
      row->stage != CABLES_ROW_END)
    cables_pool_run(pool, row, CABLES_DEPTH_FOUND);
  return row->result;
}

CablesSourceResult cables_pool_first(CablesPool *pool, CablesRow **row) {
  *row = NULL;
  if (pool->files.n == 0) return CABLES_SOURCE_END;
  return finish(pool, &pool->files, row);
}

void cables_pool_count(CablesPool *pool, CablesRow *row) {
  CablesDb *db = pool->db;
  db->counters.files_listed += row->counters.files_listed;
  db->counters.files_opened += row->counters.files_opened;
  db->counters.bytes_read += row->counters.bytes_read;
  db->files_probed += row->n_probed;
  db->documents_parsed += row->n_documents;
  db->parses += row->n_parses;
  row->counters = (CablesCounters){0};
  row->n_probed = row->n_documents = row->n_parses = 0;
}

void *cables_pool_remove(CablesPool *pool) {
  CablesRow *row = ring_at(&pool->files, pool->files.n_left);
  void *folder = row->folder;
  row->folder = NULL;
  cables_pool_count(pool, row);
  /* Only this thread adds and removes files, so their number may be read. */
  bool is_only = pool->files.n_left + 1 == pool->files.n;
  leave_row(pool, &pool->files, is_only || !pool->started);
  return folder;
}

bool cables_pool_open_stream(CablesPool *pool) {
  CablesRing *ring = &pool->documents;
  bool ok = true;
  lock(pool);
  /* Workers make no rows: all that there can be are made now. */
  for (size_t i = 0; ok && i < RING; i++) ok = ring_make(ring, i);
  if (ok) {
    pool->stream = ring_at(&pool->files, pool->files.n_left);
    pool->is_reading = pool->is_read = false;
    if (pool->n_idle > 0) (void)pthread_cond_broadcast(&pool->work);
  }
  unlock(pool);
  return ok;
}

CablesSourceResult cables_pool_document(CablesPool *pool, CablesRow **row) {
  return finish(pool, &pool->documents, row);
}

void cables_pool_remove_document(CablesPool *pool) {
  CablesRow *row = ring_at(&pool->documents, pool->documents.n_left);
  cables_pool_count(pool, row);
  cables_row_leave(row);
  leave_row(pool, &pool->documents, false);
}

void cables_pool_close_stream(CablesPool *pool) {
  lock(pool);
  drop_left(pool, &pool->documents);
  pool->stream->stage = CABLES_ROW_END;
  pool->stream = NULL;
  unlock(pool);
}

/* Ends the threads. */
static void end_threads(CablesPool *pool) {
  lock(pool);
  __atomic_store_n(&pool->stop, 1, __ATOMIC_RELAXED);
  (void)pthread_cond_broadcast(&pool->work);
  unlock(pool);
  for (size_t i = 0; i < pool->n_threads; i++)
    (void)pthread_join(pool->threads[i], NULL);
  (void)pthread_cond_destroy(&pool->done);
  (void)pthread_cond_destroy(&pool->work);
  (void)pthread_mutex_destroy(&pool->mutex);
}

void cables_pool_stop(CablesPool *pool) {
  /* A fork copies no thread: there is nobody to wait for, and a thread that is
  ** not there may hold the mutex. */
  if (pool->started && pool->process == getpid()) end_threads(pool);
  pool->started = false;
  pool->n_threads = pool->n_idle = 0;
  drop_left(pool, &pool->files);
  while (pool->documents.n > 0) {
    cables_pool_count(pool, ring_at(&pool->documents, 0));
    keep_parser(pool, ring_at(&pool->documents, 0));
    ring_remove(&pool->documents);
  }
  pool->documents.n_left = 0;
  pool->stream = NULL;
  pool->in_flight = 0;
  pool->cap = 1;
}

static void free_ring(CablesRing *ring) {
  for (size_t i = 0; i < RING; i++) {
    if (ring->rows[i] == NULL) continue;
    cables_parser_free(cables_row_free(ring->rows[i]));
    cables_free(ring->rows[i]);
    ring->rows[i] = NULL;
  }
}

void cables_pool_free(CablesPool *pool) {
  free_ring(&pool->files);
  free_ring(&pool->documents);
  while (pool->n_parsers > 0)
    cables_db_give_parser(pool->db, pool->parsers[--pool->n_parsers]);
}
