/*
** Bytes that come in order: see input.h.  Knows nothing of what they are.
*/
#include "input.h"

#include <errno.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "open.h"

/* The end of the file, which is an error before the size that the file had when
** it was opened: what came would look whole. */
static CablesSourceResult end_file(CablesFileInput *file) {
  if (file->at >= file->input.size) return CABLES_SOURCE_END;
  file->input.error.n = 0;
  cables_buf_span(
      &file->input.error,
      CABLES_LIT("file cannot be read: it became shorter meanwhile"));
  return CABLES_SOURCE_ERROR;
}

static CablesSourceResult read_file(CablesInput *input, char *z, size_t n,
                                    size_t *got) {
  CablesFileInput *file = (CablesFileInput *)(void *)input;
  ssize_t count;
  *got = 0;
  if (cables_stopped(file->options)) return CABLES_SOURCE_STOP;
  /* What a file grows by meanwhile is left out.  Files of file systems that do
  ** not know sizes have the size 0. */
  if (input->size > 0) {
    if (file->at >= input->size) return CABLES_SOURCE_END;
    if ((int64_t)n > input->size - file->at)
      n = (size_t)(input->size - file->at);
  }
  do {
    count = read(file->fd, z, n);
  } while (count < 0 && errno == EINTR);
  if (count < 0) {
    input->error.n = 0;
    cables_reason(&input->error, "file cannot be read", errno);
    return CABLES_SOURCE_ERROR;
  }
  if (count == 0) return end_file(file);
  file->options->counters->bytes_read += count;
  file->total += count;
  file->at += count;
  *got = (size_t)count;
  return CABLES_SOURCE_OK;
}

static bool seek_file(CablesInput *input, int64_t offset) {
  CablesFileInput *file = (CablesFileInput *)(void *)input;
  if (offset < 0 || lseek(file->fd, (off_t)offset, SEEK_SET) != offset)
    return false;
  file->at = offset;
  return true;
}

void cables_file_input(CablesFileInput *file, int fd, int64_t size,
                       const CablesSourceOptions *options) {
  file->input.read = read_file;
  file->input.seek = seek_file;
  file->input.size = size;
  file->input.error.n = 0;
  file->input.error.oom = false;
  file->options = options;
  file->fd = fd;
  file->total = 0;
  file->at = 0;
}

void cables_window_start(CablesWindow *w, CablesInput *input) {
  w->input = input;
  w->buf.n = 0;
  w->buf.oom = false;
  w->at = 0;
  w->offset = 0;
  w->ended = w->failed = false;
}

/* Gives the room of the used bytes to new ones. */
static void compact(CablesWindow *w) {
  if (w->at == 0) return;
  w->buf.n -= w->at;
  if (w->buf.n > 0) memmove(w->buf.z, w->buf.z + w->at, w->buf.n);
  w->offset += (int64_t)w->at;
  w->at = 0;
}

CablesSourceResult cables_window_more(CablesWindow *w, size_t n) {
  if (w->ended) return CABLES_SOURCE_OK;
  compact(w);
  if (n > CABLES_ONE_READ) n = CABLES_ONE_READ;
  if (!cables_buf_reserve(&w->buf, n)) return CABLES_SOURCE_NOMEM;
  size_t got = 0;
  CablesSourceResult rc =
      w->input->read(w->input, w->buf.z + w->buf.n, n, &got);
  w->buf.n += got;
  if (rc == CABLES_SOURCE_NOMEM || rc == CABLES_SOURCE_STOP) return rc;
  if (rc != CABLES_SOURCE_OK) w->ended = true;
  if (rc == CABLES_SOURCE_ERROR) w->failed = true;
  /* Spares a read that gives nothing. */
  if (w->input->size > 0 && w->offset + (int64_t)w->buf.n == w->input->size)
    w->ended = true;
  return w->input->error.oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
}

void cables_no_input(CablesInput *input) {
  input->read = NULL;
  input->seek = NULL;
  input->size = -1;
  input->error.n = 0;
  input->error.oom = false;
}

CablesSourceResult cables_window_pour(CablesWindow *from, CablesWindow *to,
                                      int64_t size, int64_t most) {
  CablesInput *input = from->input;
  CablesSpan s = cables_window_get(from);
  cables_window_start(to, to->input);
  /* With a byte more, since the end is known when nothing comes. */
  if (size >= 0 && size <= most) cables_buf_reserve(&to->buf, (size_t)size + 1);
  cables_buf_span(&to->buf, s);
  cables_window_use(from, s.n);
  while (!from->ended && (int64_t)to->buf.n <= most) {
    size_t got = 0;
    if (to->buf.n == to->buf.cap) cables_buf_reserve(&to->buf, CABLES_ONE_READ);
    if (to->buf.oom) return CABLES_SOURCE_NOMEM;
    size_t room = to->buf.cap - to->buf.n;
    CablesSourceResult rc =
        input->read(input, to->buf.z + to->buf.n,
                    room < CABLES_ONE_READ ? room : CABLES_ONE_READ, &got);
    to->buf.n += got;
    from->offset += (int64_t)got;
    if (rc == CABLES_SOURCE_NOMEM || rc == CABLES_SOURCE_STOP) return rc;
    from->ended = rc != CABLES_SOURCE_OK;
    from->failed = rc == CABLES_SOURCE_ERROR;
  }
  to->ended = true;
  to->failed = from->failed;
  if (to->failed)
    cables_buf_span(&to->input->error, cables_buf_get(&input->error));
  bool oom = to->buf.oom || input->error.oom || to->input->error.oom;
  return oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_OK;
}

CablesSpan cables_window_get(const CablesWindow *w) {
  if (w->buf.z == NULL) return CABLES_LIT("");
  return (CablesSpan){w->buf.z + w->at, w->buf.n - w->at};
}

int64_t cables_window_tell(const CablesWindow *w) {
  return w->offset + (int64_t)w->at;
}

bool cables_window_seeks(const CablesWindow *w) {
  return w->input->seek != NULL || (w->ended && w->offset == 0 && !w->failed);
}

bool cables_window_seek(CablesWindow *w, int64_t offset) {
  if (offset >= w->offset && offset - w->offset <= (int64_t)w->buf.n) {
    w->at = (size_t)(offset - w->offset);
    return true;
  }
  if (w->input->seek == NULL || !w->input->seek(w->input, offset)) return false;
  w->buf.n = w->at = 0;
  w->offset = offset;
  w->ended = w->failed = false;
  return true;
}

void cables_window_free(CablesWindow *w) {
  cables_buf_free(&w->buf);
  *w = (CablesWindow){0};
}
