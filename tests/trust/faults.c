/*
** Faults on demand: see faults.h.
*/
#define _GNU_SOURCE /* the names of the calls for files */

#include "faults.h"

#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

static struct {
  FaultKind kind;
  long nth; /* calls until the one that fails */
  bool forever;
  int error;
  sqlite3 *db;
  long count;
} fault;

static long handles;
static sqlite3_mem_methods real;

/* --- places */

enum {
  FRAMES = 64,      /* functions that tell a place, of the innermost */
  CALLS = 1 << 16,  /* counted calls of which it is known */
  PLACES = 1 << 15, /* room for places, a power of two */
  FULL = PLACES / 2 /* of which so many are used */
};

static struct {
  pthread_mutex_t mutex; /* guards the rest */
  uint64_t seen[PLACES]; /* a hash table; 0 is free */
  size_t n_seen;
  bool is_new[CALLS]; /* the first calls, from the one numbered 1 on */
} places = {.mutex = PTHREAD_MUTEX_INITIALIZER};

/* The program's own code, as the linker tells. */
extern const char executable_start[] __asm__("__executable_start");
extern const char executable_end[] __asm__("etext");

/* A hash of the program's functions that led here, without libraries; not 0. */
static uint64_t place(void) {
  void *frames[FRAMES];
  int n = backtrace(frames, FRAMES);
  uint64_t h = 14695981039346656037u;
  for (int i = 0; i < n; i++) {
    uintptr_t at = (uintptr_t)frames[i];
    if (at >= (uintptr_t)executable_start && at < (uintptr_t)executable_end)
      h = (h ^ at) * 1099511628211u;
  }
  return h | 1;
}

/* Notes where the nth call comes from. */
static void note_place(long nth) {
  uint64_t h = place();
  pthread_mutex_lock(&places.mutex);
  size_t i = (size_t)(h >> 16) % PLACES;
  while (places.seen[i] != 0 && places.seen[i] != h) i = (i + 1) % PLACES;
  bool is_new = places.seen[i] == 0 && places.n_seen < FULL;
  if (is_new) {
    places.seen[i] = h;
    places.n_seen++;
  }
  if (nth < CALLS) places.is_new[nth] = is_new;
  pthread_mutex_unlock(&places.mutex);
}

bool faults_is_new(long nth) { return nth < CALLS && places.is_new[nth]; }

void faults_forget(void) {
  memset(places.seen, 0, sizeof(places.seen));
  places.n_seen = 0;
}

/* --- */

/* Whether a call of this kind has to fail.  Any thread may ask. */
static bool fails(FaultKind kind) {
  if (kind != __atomic_load_n(&fault.kind, __ATOMIC_ACQUIRE)) return false;
  long n = __atomic_add_fetch(&fault.count, 1, __ATOMIC_RELAXED);
  if (fault.nth == 0) note_place(n);
  if (n != fault.nth && !(fault.forever && fault.nth > 0 && n > fault.nth))
    return false;
  errno = fault.error;
  return true;
}

/* --- memory */

static void *fault_malloc(int n) {
  return fails(FAULT_MEMORY) ? NULL : real.xMalloc(n);
}

static void *fault_realloc(void *p, int n) {
  return fails(FAULT_MEMORY) ? NULL : real.xRealloc(p, n);
}

/* --- files.  A name and its form for large files are two symbols. */

#define WRAP(type, name, parameters, failed, ...) \
  type __real_##name parameters;                  \
  type __wrap_##name parameters;                  \
  type __wrap_##name parameters {                 \
    if (fails(FAULT_FILES)) return failed;        \
    return __real_##name(__VA_ARGS__);            \
  }

WRAP(ssize_t, read, (int fd, void *z, size_t n), -1, fd, z, n)
WRAP(int, fstat, (int fd, struct stat *st), -1, fd, st)
WRAP(int, fstat64, (int fd, struct stat64 *st), -1, fd, st)
WRAP(int, stat, (const char *path, struct stat *st), -1, path, st)
WRAP(int, stat64, (const char *path, struct stat64 *st), -1, path, st)
WRAP(int, lstat, (const char *path, struct stat *st), -1, path, st)
WRAP(int, lstat64, (const char *path, struct stat64 *st), -1, path, st)
WRAP(int, fstatat, (int dir, const char *name, struct stat *st, int flags), -1,
     dir, name, st, flags)
WRAP(int, fstatat64, (int dir, const char *name, struct stat64 *st, int flags),
     -1, dir, name, st, flags)
WRAP(struct dirent *, readdir, (DIR * d), NULL, d)
WRAP(struct dirent64 *, readdir64, (DIR * d), NULL, d)
WRAP(DIR *, fdopendir, (int fd), NULL, fd)
WRAP(off_t, lseek, (int fd, off_t at, int whence), -1, fd, at, whence)
WRAP(off64_t, lseek64, (int fd, off64_t at, int whence), -1, fd, at, whence)
WRAP(int, fstatfs, (int fd, struct statfs *fs), -1, fd, fs)
WRAP(int, fstatfs64, (int fd, struct statfs64 *fs), -1, fd, fs)
WRAP(char *, getcwd, (char *z, size_t n), NULL, z, n)
WRAP(char *, realpath, (const char *path, char *z), NULL, path, z)
WRAP(ssize_t, readlinkat, (int dir, const char *name, char *z, size_t n), -1,
     dir, name, z, n)

/* The same for those that give an error number. */
#define WRAP_SYSTEM(name, parameters, failed, ...) \
  int __real_##name parameters;                    \
  int __wrap_##name parameters;                    \
  int __wrap_##name parameters {                   \
    if (fails(FAULT_SYSTEM)) return failed;        \
    return __real_##name(__VA_ARGS__);             \
  }

static int opened(int fd) {
  if (fd >= 0) __atomic_add_fetch(&handles, 1, __ATOMIC_RELAXED);
  return fd;
}

/* Those that give a handle; the extension creates no file, so that there is no
** mode, and duplicates handles only. */
#define WRAP_OPEN(name, mine, second)                \
  int __real_##name(int fd, mine second, ...);       \
  int __wrap_##name(int fd, mine second, ...);       \
  int __wrap_##name(int fd, mine second, ...) {      \
    va_list more;                                    \
    va_start(more, second);                          \
    int third = va_arg(more, int);                   \
    va_end(more);                                    \
    if (fails(FAULT_FILES)) return -1;               \
    return opened(__real_##name(fd, second, third)); \
  }
WRAP_OPEN(openat, const char *, path)
WRAP_OPEN(openat64, const char *, path)
WRAP_OPEN(fcntl, int, command)
WRAP_OPEN(fcntl64, int, command)

int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd) {
  __atomic_sub_fetch(&handles, 1, __ATOMIC_RELAXED);
  return __real_close(fd);
}

/* closedir() closes the handle that fdopendir() got. */
int __real_closedir(DIR *d);
int __wrap_closedir(DIR *d);
int __wrap_closedir(DIR *d) {
  __atomic_sub_fetch(&handles, 1, __ATOMIC_RELAXED);
  return __real_closedir(d);
}

/* --- polls */

int __real_cables_poll(void *poll);
int __wrap_cables_poll(void *poll);
int __wrap_cables_poll(void *poll) {
  if (fails(FAULT_POLL)) sqlite3_interrupt(fault.db);
  return __real_cables_poll(poll);
}

static int progress(void *arg) {
  (void)arg;
  return fails(FAULT_PROGRESS);
}

/* --- the system */

WRAP_SYSTEM(pthread_create,
            (pthread_t * thread, const pthread_attr_t *attr,
             void *(*work)(void *), void *arg),
            EAGAIN, thread, attr, work, arg)
WRAP_SYSTEM(pthread_mutex_init,
            (pthread_mutex_t * mutex, const pthread_mutexattr_t *attr), ENOMEM,
            mutex, attr)
WRAP_SYSTEM(pthread_cond_init,
            (pthread_cond_t * condition, const pthread_condattr_t *attr),
            ENOMEM, condition, attr)
WRAP_SYSTEM(pthread_attr_init, (pthread_attr_t * attr), ENOMEM, attr)
WRAP_SYSTEM(pthread_condattr_init, (pthread_condattr_t * attr), ENOMEM, attr)

int __wrap_isatty(int fd);
int __wrap_isatty(int fd) {
  (void)fd;
  return 1;
}

/* The extension writes to standard error alone. */
ssize_t __wrap_write(int fd, const void *z, size_t n);
ssize_t __wrap_write(int fd, const void *z, size_t n) {
  (void)fd;
  (void)z;
  return fails(FAULT_SYSTEM) ? -1 : (ssize_t)n;
}

/* Every look at the clock takes ten milliseconds. */
int __wrap_clock_gettime(clockid_t id, struct timespec *t);
int __wrap_clock_gettime(clockid_t id, struct timespec *t) {
  static long looks;
  long n = __atomic_add_fetch(&looks, 1, __ATOMIC_RELAXED);
  (void)id;
  if (fails(FAULT_SYSTEM)) return -1;
  t->tv_sec = n / 100;
  t->tv_nsec = n % 100 * 10000000;
  return 0;
}

/* --- */

void faults_init(void) {
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
  sqlite3_mem_methods ours = real;
  ours.xMalloc = fault_malloc;
  ours.xRealloc = fault_realloc;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
  sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
}

void faults_arm(FaultKind kind, long nth, bool forever, int error,
                sqlite3 *db) {
  fault.nth = nth;
  fault.forever = forever;
  fault.error = error;
  fault.db = db;
  fault.count = 0;
  if (kind == FAULT_PROGRESS) sqlite3_progress_handler(db, 1, progress, NULL);
  __atomic_store_n(&fault.kind, kind, __ATOMIC_RELEASE);
}

long faults_disarm(void) {
  if (fault.kind == FAULT_PROGRESS)
    sqlite3_progress_handler(fault.db, 0, NULL, NULL);
  __atomic_store_n(&fault.kind, FAULT_NONE, __ATOMIC_RELEASE);
  return fault.count;
}

long faults_open_handles(void) {
  return __atomic_load_n(&handles, __ATOMIC_RELAXED);
}
