/*
** A list walked ahead of its reader: see ahead.h.
**
** The files come in batches, which form a ring: the thread fills the one behind
** the last that is full, the reader empties the first.  A batch is one side's
** alone, so only their numbers are guarded.
*/
#include "ahead.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/mem.h"
#include "thread.h"

enum {
  BATCHES = 4, /* in the ring */
  FILES = 256  /* of a batch */
};

typedef struct Batch {
  CablesFile files[FILES];
  size_t n;                  /* their number */
  CablesBuf text;            /* their paths, each with a NUL, and errors */
  CablesSourceResult result; /* OK, or why there are no more behind them */
} Batch;

struct CablesAhead {
  CablesList *list;
  CablesSourceOptions *options; /* of the list */
  CablesSourceOptions reader;   /* the same as they were */
  CablesCounters counters;      /* the thread's; the reader counts itself */
  CablesBuf error;              /* the thread's */
  Batch batches[BATCHES];
  size_t next;            /* file of the first batch; the reader's */
  pthread_mutex_t mutex;  /* guards n_filled */
  pthread_cond_t filled;  /* a batch was */
  pthread_cond_t emptied; /* the same */
  size_t first;           /* the batch being emptied; the reader's */
  size_t n_filled;        /* batches, from the first */
  int stop;               /* atomic */
  pthread_t thread;
  pid_t process; /* that made it */
};

/* --- the thread */

static int is_stopped(void *p) {
  CablesAhead *ahead = p;
  return __atomic_load_n(&ahead->stop, __ATOMIC_RELAXED);
}

/* Appends a file; its spans are set right when the text moves no more. */
static bool add(Batch *batch, CablesFile *file) {
  cables_file_stat(file);
  cables_buf_span(&batch->text, file->path);
  cables_buf_byte(&batch->text, '\0');
  cables_buf_span(&batch->text, file->error);
  CablesFile *copy = &batch->files[batch->n++];
  *copy = *file;
  copy->dir = AT_FDCWD;
  copy->name = NULL;
  return !batch->text.oom;
}

/* Points the files' spans into the text. */
static void settle(Batch *batch) {
  const char *z = batch->text.z;
  for (size_t i = 0; i < batch->n; i++) {
    CablesFile *file = &batch->files[i];
    file->path.z = z;
    z += file->path.n + 1;
    if (file->error.z == NULL) continue;
    file->error.z = z;
    z += file->error.n;
  }
}

static void fill(CablesAhead *ahead, Batch *batch) {
  CablesFile *file;
  batch->n = batch->text.n = 0;
  batch->result = CABLES_SOURCE_OK;
  while (batch->result == CABLES_SOURCE_OK && batch->n < FILES) {
    batch->result = cables_list_next(ahead->list, &file, &ahead->error);
    if (batch->result == CABLES_SOURCE_OK && !add(batch, file))
      batch->result = CABLES_SOURCE_NOMEM;
  }
  if (batch->result == CABLES_SOURCE_NOMEM) batch->n = 0;
  settle(batch);
}

static void *work(void *p) {
  CablesAhead *ahead = p;
  bool more = true;
  for (size_t i = 0; more; i = (i + 1) % BATCHES) {
    (void)pthread_mutex_lock(&ahead->mutex);
    while (ahead->n_filled == BATCHES && !is_stopped(ahead))
      (void)pthread_cond_wait(&ahead->emptied, &ahead->mutex);
    (void)pthread_mutex_unlock(&ahead->mutex);
    if (is_stopped(ahead)) return NULL;
    fill(ahead, &ahead->batches[i]);
    more = ahead->batches[i].result == CABLES_SOURCE_OK;
    (void)pthread_mutex_lock(&ahead->mutex);
    ahead->n_filled++;
    (void)pthread_cond_signal(&ahead->filled);
    (void)pthread_mutex_unlock(&ahead->mutex);
  }
  return NULL;
}

/* --- the reader */

static bool make_locks(CablesAhead *ahead) {
  if (pthread_mutex_init(&ahead->mutex, NULL) != 0) return false;
  if (pthread_cond_init(&ahead->emptied, NULL) != 0) {
    (void)pthread_mutex_destroy(&ahead->mutex);
    return false;
  }
  if (cables_thread_condition(&ahead->filled)) return true;
  (void)pthread_cond_destroy(&ahead->emptied);
  (void)pthread_mutex_destroy(&ahead->mutex);
  return false;
}

static void free_locks(CablesAhead *ahead) {
  (void)pthread_cond_destroy(&ahead->filled);
  (void)pthread_cond_destroy(&ahead->emptied);
  (void)pthread_mutex_destroy(&ahead->mutex);
}

CablesAhead *cables_ahead_start(CablesList *list,
                                CablesSourceOptions *options) {
  CablesAhead *ahead = cables_malloc(sizeof(*ahead));
  if (ahead == NULL) return NULL;
  *ahead = (CablesAhead){.list = list,
                         .options = options,
                         .reader = *options,
                         .process = getpid()};
  if (!make_locks(ahead)) {
    cables_free(ahead);
    return NULL;
  }
  options->counters = &ahead->counters;
  options->poll = is_stopped;
  options->poll_arg = ahead;
  if (cables_thread_start(&ahead->thread, work, ahead)) return ahead;
  *options = ahead->reader;
  free_locks(ahead);
  cables_free(ahead);
  return NULL;
}

/* Waits until the first batch is full; false when the poll wants to stop. */
static bool await_batch(CablesAhead *ahead) {
  bool stop = false;
  (void)pthread_mutex_lock(&ahead->mutex);
  while (ahead->n_filled == 0 && !stop) {
    cables_thread_wait(&ahead->filled, &ahead->mutex);
    (void)pthread_mutex_unlock(&ahead->mutex);
    stop = ahead->reader.poll(ahead->reader.poll_arg) != 0;
    (void)pthread_mutex_lock(&ahead->mutex);
  }
  (void)pthread_mutex_unlock(&ahead->mutex);
  return !stop;
}

/* Gives the first batch back to the thread. */
static void leave_batch(CablesAhead *ahead) {
  ahead->first = (ahead->first + 1) % BATCHES;
  ahead->next = 0;
  (void)pthread_mutex_lock(&ahead->mutex);
  ahead->n_filled--;
  (void)pthread_cond_signal(&ahead->emptied);
  (void)pthread_mutex_unlock(&ahead->mutex);
}

CablesSourceResult cables_ahead_next(CablesAhead *ahead, CablesFile **file) {
  for (;;) {
    Batch *batch = &ahead->batches[ahead->first];
    /* Behind its first file a batch is known to be full. */
    if (ahead->next == 0 && !await_batch(ahead)) return CABLES_SOURCE_STOP;
    if (ahead->next < batch->n) {
      *file = &batch->files[ahead->next++];
      if ((*file)->error.z == NULL) ahead->reader.counters->files_listed++;
      return CABLES_SOURCE_OK;
    }
    if (batch->result != CABLES_SOURCE_OK) return batch->result;
    leave_batch(ahead);
  }
}

void cables_ahead_stop(CablesAhead *ahead) {
  if (ahead == NULL) return;
  /* A fork copies no thread: there is nobody to wait for, and nobody uses the
  ** locks. */
  if (ahead->process == getpid()) {
    (void)pthread_mutex_lock(&ahead->mutex);
    __atomic_store_n(&ahead->stop, 1, __ATOMIC_RELAXED);
    (void)pthread_cond_signal(&ahead->emptied);
    (void)pthread_mutex_unlock(&ahead->mutex);
    (void)pthread_join(ahead->thread, NULL);
    free_locks(ahead);
  }
  for (size_t i = 0; i < BATCHES; i++) cables_buf_free(&ahead->batches[i].text);
  cables_buf_free(&ahead->error);
  cables_free(ahead);
}
