/*
** The progress lines: see progress.h.
*/
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
  INTERVAL = 200 * 1000, /* microseconds between two lines */
  COUNTING = 20 * 1000   /* microseconds of counting files between them */
};

static int64_t now(void) {
  struct timespec t;
  if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
  return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Appends a number of bytes: 950 bytes, 83.2 MB. */
static void put_bytes(CablesBuf *b, int64_t n) {
  static const char units[] = "kMGTPE";
  if (n < 1000) {
    cables_buf_format(b, "%" PRId64 " bytes", n);
    return;
  }
  double x = (double)n / 1000;
  size_t i = 0;
  while (x >= 999.95) {
    x /= 1000;
    i++;
  }
  cables_buf_format(b, "%.1f %cB", x, units[i]);
}

/* Appends a time: 0:42, 1:02:42. */
static void put_time(CablesBuf *b, int64_t seconds) {
  if (seconds >= 3600)
    cables_buf_format(b, "%" PRId64 ":%02d:%02d", seconds / 3600,
                      (int)(seconds / 60 % 60), (int)(seconds % 60));
  else
    cables_buf_format(b, "%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

/* Appends how long the rest will take when `done` of `total` took so long. */
static void put_left(CablesBuf *b, double seconds, int64_t done,
                     int64_t total) {
  double left = seconds * (double)(total - done) / (double)done + 0.5;
  cables_buf_text(b, ", ");
  put_time(b, (int64_t)left);
  cables_buf_text(b, " left");
}

/* Writes a line over the last one, and frees it.  tail: what ends it.  False
** when nobody can see it: whoever closes the terminal has seen enough. */
static bool put(CablesBuf *b, const char *tail) {
  cables_buf_text(b, "\x1b[K"); /* what is left of a longer line goes */
  cables_buf_text(b, tail);
  bool ok = b->oom || write(STDERR_FILENO, b->z, b->n) >= 0;
  cables_buf_free(b);
  return ok;
}

/* Writes the line of a scan.  tail: what ends it. */
static void put_line(CablesProgress *p, int64_t t, const char *tail) {
  CablesBuf b = {0};
  double seconds = (double)(t - p->began) / 1e6;
  cables_buf_format(&b, "\rcables: %" PRId64 " documents, ", p->documents);
  put_bytes(&b, p->bytes);
  cables_buf_format(&b, ", %.0f/s", (double)p->documents / seconds);
  if (p->has_total && p->files > 0 && p->total >= p->files && *tail == '\0')
    put_left(&b, seconds, p->files, p->total);
  if (!put(&b, tail)) p->is_on = false;
  p->is_written = true;
}

/* Counts files for a short while. */
static void count_files(CablesProgress *p, int64_t t) {
  CablesSourceResult rc = CABLES_SOURCE_OK;
  CablesFile *file;
  while (rc == CABLES_SOURCE_OK && now() - t < COUNTING) {
    for (int i = 0; i < 64 && rc == CABLES_SOURCE_OK; i++) {
      rc = cables_list_next(p->list, &file, &p->error);
      if (rc == CABLES_SOURCE_OK) p->total++;
    }
  }
  if (rc == CABLES_SOURCE_OK) return;
  p->has_total = rc == CABLES_SOURCE_END;
  cables_list_close(p->list);
  p->list = NULL;
}

void cables_progress_begin(CablesProgress *p, bool is_wanted, CablesSpan source,
                           const CablesSourceOptions *options) {
  *p = (CablesProgress){.is_on = is_wanted && isatty(STDERR_FILENO) == 1};
  if (!p->is_on) return;
  p->began = now();
  p->next = p->began + INTERVAL;
  p->options = *options;
  p->options.counters = &p->counters;
  if (cables_list_open(&p->list, source, &p->options, &p->error) !=
      CABLES_SOURCE_OK)
    p->list = NULL;
}

void cables_progress_tick(CablesProgress *p) {
  if (!p->is_on) return;
  int64_t t = now();
  if (t < p->next) return;
  if (p->list != NULL) count_files(p, t);
  put_line(p, t, "");
  p->next = now() + INTERVAL;
}

void cables_progress_end(CablesProgress *p) {
  if (p->is_on && p->is_written) put_line(p, now(), "\n");
  cables_list_close(p->list);
  cables_buf_free(&p->error);
  *p = (CablesProgress){0};
}

/* Writes the line of a tally.  tail: what ends it. */
static void put_tally(CablesTally *tally, int64_t t, const char *tail) {
  CablesBuf b = {0};
  double seconds = (double)(t - tally->began) / 1e6;
  cables_buf_format(&b, "\rcables: %" PRId64, tally->done);
  if (tally->total >= tally->done)
    cables_buf_format(&b, " of %" PRId64, tally->total);
  cables_buf_format(&b, " stored, %.0f/s", (double)tally->done / seconds);
  if (tally->total >= tally->done && *tail == '\0')
    put_left(&b, seconds, tally->done, tally->total);
  (void)put(&b, tail);
  tally->is_written = true;
}

void cables_tally(CablesTally *tally, int64_t done, int64_t total) {
  if (done < 1) return;
  int64_t t = now();
  if (tally->done == 0 || done < tally->done)
    *tally = (CablesTally){.began = t, .next = t + INTERVAL};
  tally->done = done;
  tally->total = total;
  if (t < tally->next) return;
  tally->next = t + INTERVAL;
  if (isatty(STDERR_FILENO) == 1) put_tally(tally, t, "");
}

void cables_tally_end(CablesTally *tally) {
  if (tally->is_written) put_tally(tally, now(), "\n");
  *tally = (CablesTally){0};
}
