/*
** The extension in hosts that this machine has not: other versions of SQLite,
** one without threads, other processors, a terminal whose clock we turn:
**
**   build/tests/trust/pretend
**
** SQLite's table of pointers, which the extension makes its calls through, is a
** copy in which some are replaced; some calls of the C library are replaced by
** the linker (--wrap).  Tells TAP lines.
*/
#define _GNU_SOURCE
#define SQLITE_CORE 1 /* our own calls go to SQLite itself */

#include <dirent.h>
#include <pthread.h>
#include <sqlite3ext.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int sqlite3_cables_init(sqlite3 *, char **,
                        const struct sqlite3_api_routines *);

enum { ROOM = 4096 };

static sqlite3_api_routines table; /* that the extension gets */
static sqlite3_api_routines real;  /* as it was */
static int told;                   /* results */

static void tell(bool ok, const char *name) {
  printf("%s %d - %s\n", ok ? "ok" : "not ok", ++told, name);
  fflush(stdout);
}

/* Whether two texts are the same; shows them when not. */
static bool same(const char *got, const char *want) {
  if (got != NULL && strcmp(got, want) == 0) return true;
  printf("# got  %s\n# want %s\n", got != NULL ? got : "NULL", want);
  return false;
}

/* Loads the extension into each new connection, with our table. */
static int load(sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  if (real.malloc64 == NULL) real = table = *api;
  return sqlite3_cables_init(db, error, &table);
}

static sqlite3 *connect(void) {
  sqlite3 *db;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) {
    printf("Bail out! %s\n", sqlite3_errmsg(db));
    exit(1);
  }
  return db;
}

/* The values that statements give, each with a blank behind it, then the error
** if there is one. */
static const char *ask_of(sqlite3 *db, const char *sql) {
  static char answer[ROOM];
  size_t n = 0;
  int rc = SQLITE_OK;
  answer[0] = '\0';
  while (rc == SQLITE_OK && *sql != '\0') {
    sqlite3_stmt *statement;
    rc = sqlite3_prepare_v2(db, sql, -1, &statement, &sql);
    while (rc == SQLITE_OK && (rc = sqlite3_step(statement)) == SQLITE_ROW) {
      rc = SQLITE_OK;
      for (int i = 0; i < sqlite3_column_count(statement); i++) {
        const char *z = (const char *)sqlite3_column_text(statement, i);
        n += (size_t)snprintf(answer + n, ROOM - n, "%s ", z != NULL ? z : "-");
        if (n >= ROOM) abort();
      }
    }
    if (rc == SQLITE_DONE) rc = SQLITE_OK;
    (void)sqlite3_finalize(statement);
  }
  if (rc != SQLITE_OK) snprintf(answer + n, ROOM - n, "%s", sqlite3_errmsg(db));
  return answer;
}

/* The same in a connection of its own. */
static const char *ask(const char *sql) {
  sqlite3 *db = connect();
  const char *answer = ask_of(db, sql);
  (void)sqlite3_close(db);
  return answer;
}

/* --- what is replaced */

static int version;             /* of SQLite */
static long processors;         /* of the machine; 0: as it is */
static int threads;             /* that were made */
static sqlite3_mutex *locks[2]; /* that sqlite3_mutex_alloc() gives */
static int n_locks;             /* calls of it */
static bool is_terminal;        /* standard error is one */
static bool is_closed;          /* and cannot be written to */
static char screen[ROOM];       /* what was written there */
static int64_t now;             /* of the clock, microseconds */
static int64_t step;            /* that a look takes */
static int jump_in;             /* looks until it jumps, or 0 */

static int get_version(void) { return version; }

static const char *get_version_text(void) { return "3.29.0"; }

static int not_threadsafe(void) { return 0; }

static sqlite3_mutex *get_lock(int kind) {
  (void)kind;
  return locks[n_locks++ % 2];
}

static void free_lock(sqlite3_mutex *lock) { (void)lock; }

/* The extension's nth allocation from now on fails; 0: none. */
static long until_scarce;

static bool is_scarce(void) { return until_scarce > 0 && --until_scarce == 0; }

static void *scarce_malloc(sqlite3_uint64 n) {
  return is_scarce() ? NULL : real.malloc64(n);
}

static void *scarce_realloc(void *p, sqlite3_uint64 n) {
  return is_scarce() ? NULL : real.realloc64(p, n);
}

static char *no_text(const char *format, ...) {
  (void)format;
  return NULL;
}

static int no_value(sqlite3_value *list, sqlite3_value **value) {
  (void)list;
  (void)value;
  return SQLITE_MISUSE;
}

long __real_sysconf(int name);
long __wrap_sysconf(int name);
long __wrap_sysconf(int name) {
  bool ours = name == _SC_NPROCESSORS_ONLN && processors != 0;
  return ours ? processors : __real_sysconf(name);
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr,
                          void *(*work)(void *), void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr,
                          void *(*work)(void *), void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr,
                          void *(*work)(void *), void *arg) {
  threads++;
  return __real_pthread_create(thread, attr, work, arg);
}

int __wrap_isatty(int fd);
int __wrap_isatty(int fd) { return fd == STDERR_FILENO && is_terminal; }

ssize_t __wrap_write(int fd, const void *z, size_t n);
ssize_t __wrap_write(int fd, const void *z, size_t n) {
  size_t had = strlen(screen);
  (void)fd;
  if (is_closed) return -1;
  if (had + n >= ROOM) abort();
  memcpy(screen + had, z, n);
  screen[had + n] = '\0';
  return (ssize_t)n;
}

int __wrap_clock_gettime(clockid_t id, struct timespec *t);
int __wrap_clock_gettime(clockid_t id, struct timespec *t) {
  (void)id;
  now += step;
  if (jump_in > 0 && --jump_in == 0) now += 1000000;
  t->tv_sec = now / 1000000;
  t->tv_nsec = now % 1000000 * 1000;
  return 0;
}

/* --- versions */

static void test_versions(void) {
  sqlite3_api_routines other = table;
  sqlite3 *db = connect();
  char *error = NULL;
  int rc = sqlite3_cables_init(db, &error, &other);
  tell(rc == SQLITE_ERROR &&
           same(error,
                "cables: another SQLite library of this process has loaded "
                "this file: load a copy of it") &&
           sqlite3_cables_init(db, NULL, &other) == SQLITE_ERROR,
       "a second table of pointers is refused");
  sqlite3_free(error);

  error = NULL;
  version = 3029000;
  table.libversion_number = get_version;
  table.libversion = get_version_text;
  rc = sqlite3_cables_init(db, &error, &table);
  tell(
      rc == SQLITE_ERROR &&
          same(error, "cables: SQLite 3.31.0 or newer is needed, not 3.29.0") &&
          sqlite3_cables_init(db, NULL, &table) == SQLITE_ERROR,
      "SQLite 3.29 is refused");
  sqlite3_free(error);
  sqlite3_close(db);
  table = real;
}

/* SQLite 3.38 and newer give the values of an IN all at once. */
static void test_in(void) {
  static const char *const sql =
      "SELECT path FROM cables('build/seeds/files') WHERE path IN "
      "('build/seeds/files/a.txt', 'build/seeds/files/z.txt', 'x')";
  static const char *const plan =
      "EXPLAIN QUERY PLAN SELECT path FROM cables('build/seeds/files') WHERE "
      "path IN ('a', 'b')";
  static const char *const misuse = "bad parameter or other API misuse";
  version = 3037000;
  table.libversion_number = get_version;
  bool right =
      same(ask(sql), "build/seeds/files/a.txt build/seeds/files/z.txt ");
  tell(right && strstr(ask(plan), " path= ") != NULL,
       "SQLite 3.37 gives the values of an IN one by one");
  table = real;
#if SQLITE_VERSION_NUMBER >= 3038000
  tell(strstr(ask(plan), " path-in ") != NULL,
       "newer ones give them all at once");
  table.vtab_in_first = no_value;
  right = same(ask(sql), misuse);
  table = real;
  table.vtab_in_next = no_value;
  tell(right && same(ask(sql), misuse),
       "a value that SQLite does not give is an error");
  table = real;
#endif
}

/* --- memory that is out for a while */

static void test_memory(void) {
  static const char *const sql =
      "SELECT cable_subject('SUBJECT: A VISIT'), key FROM cable_paragraphs('1. "
      "(C) He came.', '06OSLO1'); SELECT text, length(parsed), path FROM "
      "cables('build/seeds/odd') WHERE path GLOB '*caf*'; SELECT "
      "refid_normalize('06 OSLO 1'), cable_tags('TAGS: PREL')";
  char whole[ROOM];
  bool right = true;
  long n = 1;
  snprintf(whole, ROOM, "%s", ask(sql));
  table.malloc64 = scarce_malloc;
  table.realloc64 = scarce_realloc;
  for (bool failed = true; failed; n++) {
    sqlite3 *db = connect();
    until_scarce = n;
    const char *answer = ask_of(db, sql);
    failed = until_scarce == 0;
    until_scarce = 0;
    right = right && (strcmp(answer, whole) == 0 ||
                      strstr(answer, "out of memory") != NULL);
    right = right && same(ask_of(db, sql), whole);
    sqlite3_close(db);
  }
  table = real;
  tell(right && n > 50, "what was out of memory is right the next time");
}

/* --- the environment variable CABLES_ROOT */

static void test_root(void) {
  sqlite3 *db = connect();
  char *error = NULL;
  setenv("CABLES_ROOT", "nowhere", 1);
  bool right =
      sqlite3_cables_init(db, NULL, &table) == SQLITE_ERROR &&
      sqlite3_cables_init(db, &error, &table) == SQLITE_ERROR &&
      same(error,
           "cables: the folder of the environment variable 'CABLES_ROOT' "
           "cannot be resolved");
  sqlite3_free(error);
  error = NULL;
  table.mprintf = no_text;
  right = right && sqlite3_cables_init(db, &error, &table) == SQLITE_NOMEM &&
          error == NULL;
  table = real;
  setenv("CABLES_ROOT", "", 1);
  tell(right && same(ask("SELECT cables_config('root')"), "- "),
       "a root that is no folder is refused, an empty one is none");
  unsetenv("CABLES_ROOT");
  sqlite3_close(db);
}

/* --- threads */

/* How many threads a scan makes that may have four; -1 when its answer is not
** that of one without. */
static int count_threads(void) {
  static const char *const sql =
      "SELECT count(refid), sum(length(body)) FROM "
      "cables('build/seeds/telegram'); SELECT bytes > 0 FROM "
      "cables_files('build/seeds/odd')";
  char alone[ROOM];
  sqlite3 *db = connect();
  (void)ask_of(db, "SELECT cables_config('threads', 1)");
  snprintf(alone, ROOM, "%s", ask_of(db, sql));
  (void)ask_of(db, "SELECT cables_config('threads', 4)");
  threads = 0;
  bool right = alone[0] != '0' && same(ask_of(db, sql), alone);
  sqlite3_close(db);
  return right ? threads : -1;
}

static void test_threads(void) {
  static struct { char name; } objects[2]; /* stand for locks */
  sqlite3_mutex *one = (sqlite3_mutex *)(void *)&objects[0];
  sqlite3_mutex *two = (sqlite3_mutex *)(void *)&objects[1];
  tell(count_threads() == 3, "a scan makes threads");
  table.xthreadsafe = not_threadsafe;
  tell(count_threads() == 0, "but none where SQLite is compiled without");
  table = real;
  table.mutex_alloc = get_lock;
  table.mutex_free = free_lock;
  n_locks = 0;
  locks[0] = locks[1] = one;
  tell(count_threads() == 0, "nor where all its locks are the same");
  locks[1] = NULL;
  bool right = count_threads() == 0;
  locks[0] = NULL;
  locks[1] = two;
  tell(right && count_threads() == 0, "nor where it has no locks");
  locks[0] = one;
  tell(count_threads() == 3, "but where it has two");
  table = real;

  processors = -1;
  right = same(ask("SELECT cables_config('threads')"), "1 ");
  processors = 4;
  right = right && same(ask("SELECT cables_config('threads')"), "4 ");
  processors = 100;
  tell(right && same(ask("SELECT cables_config('threads')"), "8 "),
       "as many as there are processors, at most 8");
  processors = 0;
}

/* Waits until every other thread of the process sleeps. */
static void await_sleep(void) {
  bool all = false;
  while (!all) {
    char own[ROOM];
    DIR *tasks = opendir("/proc/self/task");
    all = tasks != NULL;
    snprintf(own, ROOM, "%ld", (long)gettid());
    for (struct dirent *d; tasks != NULL && (d = readdir(tasks)) != NULL;) {
      char path[ROOM];
      char state = 'S';
      snprintf(path, ROOM, "/proc/self/task/%s/stat", d->d_name);
      FILE *f = d->d_name[0] == '.' ? NULL : fopen(path, "r");
      if (f == NULL) continue;
      if (fscanf(f, "%*d (%*[^)]) %c", &state) == 1 && state != 'S' &&
          strcmp(d->d_name, own) != 0)
        all = false;
      fclose(f);
    }
    if (tasks != NULL) closedir(tasks);
    usleep(1000);
  }
}

#ifdef __SANITIZE_ADDRESS__
enum { LEAKS_COUNT = 1 };
#else
enum { LEAKS_COUNT = 0 };
#endif

/* Ends a child.  What libxml2 keeps for each thread is lost where the thread
** is, and no leak of ours: the sanitizer is not asked. */
static void leave(int status) {
  if (LEAKS_COUNT) _exit(status);
  exit(status);
}

/* Forks in the middle of a scan; both processes leave it. */
static bool fork_in(const char *sql) {
  sqlite3_stmt *statement;
  sqlite3 *db = connect();
  int status = -1;
  (void)ask_of(db, "SELECT cables_config('threads', 4)");
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
    return false;
  threads = 0;
  for (int i = 0; i < 70; i++)
    if (sqlite3_step(statement) != SQLITE_ROW) return false;
  await_sleep();
  fflush(stdout);
  pid_t child = fork();
  bool closed = sqlite3_finalize(statement) == SQLITE_OK &&
                sqlite3_close(db) == SQLITE_OK;
  if (child == 0) leave(closed ? 0 : 1);
  return threads > 0 && closed && child > 0 &&
         waitpid(child, &status, 0) == child && status == 0;
}

static void test_fork(void) {
  tell(fork_in("SELECT body FROM cables('build/seeds/telegram')") &&
           fork_in("SELECT bytes FROM cables_files('build/seeds/telegram')"),
       "a process that forked waits for no thread");
}

/* --- progress */

static char folder[] = "build/pretend-XXXXXX";

/* Writes a telegram of so many bytes below the folder. */
static void put_telegram(const char *name, size_t n) {
  static const char start[] =
      "R 071707Z APR 06\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC\n"
      "UNCLAS OSLO 000001\n\nSUBJECT: A LIGHTHOUSE\n\n1. ";
  char path[ROOM];
  snprintf(path, ROOM, "%s/%.1s", folder, name);
  (void)mkdir(path, 0700);
  snprintf(path, ROOM, "%s/%s", folder, name);
  FILE *f = fopen(path, "w");
  if (f == NULL) abort();
  fputs(start, f);
  for (size_t i = sizeof(start); i < n; i++) putc(i % 70 == 0 ? '\n' : 'x', f);
  putc('\n', f);
  if (fclose(f) != 0) abort();
}

/* Removes the folder and what was written there. */
static void clear_folder(void) {
  static const char *const names[] = {
      "a/1.txt", "b/2.txt", "c/3.txt", "c/4.txt", "c/5.txt", "a", "b", "c", ""};
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    char path[ROOM];
    snprintf(path, ROOM, "%s/%s", folder, names[i]);
    (void)remove(path);
  }
}

/* A connection that shows progress, and its scan of the folder. */
static sqlite3_stmt *start_scan(sqlite3 **db) {
  char sql[ROOM];
  sqlite3_stmt *statement = NULL;
  *db = connect();
  (void)ask_of(*db,
               "SELECT cables_config('progress', 1), "
               "cables_config('threads', 1)");
  snprintf(sql, ROOM, "SELECT length(body) FROM cables('%s')", folder);
  if (sqlite3_prepare_v2(*db, sql, -1, &statement, NULL) != SQLITE_OK) abort();
  screen[0] = '\0';
  return statement;
}

/* Steps until the end, with half a second before each step but the first; adds
** files before one of them.  How many rows there were; -1: an error. */
static int run_scan(sqlite3_stmt *statement, sqlite3 *db, int add_before) {
  int n = 0;
  int rc = sqlite3_step(statement);
  for (; rc == SQLITE_ROW; n++) {
    now += 500000;
    if (n + 2 == add_before) {
      put_telegram("c/4.txt", 200);
      put_telegram("c/5.txt", 200);
    }
    rc = sqlite3_step(statement);
  }
  (void)sqlite3_finalize(statement);
  (void)sqlite3_close(db);
  return rc == SQLITE_DONE ? n : -1;
}

static void test_lines(void) {
  sqlite3 *db;
  put_telegram("a/1.txt", 600);
  put_telegram("b/2.txt", 1020000);
  sqlite3_stmt *statement = start_scan(&db);
  int n = run_scan(statement, db, 0);
  tell(n == 2 && same(screen,
                      "\rcables: 1 documents, 600 bytes, 2/s, 0:01 left\x1b[K"
                      "\rcables: 2 documents, 1.0 MB, 2/s, 0:00 left\x1b[K"
                      "\rcables: 2 documents, 1.0 MB, 2/s\x1b[K\n"),
       "a scan shows how far it is");

  is_closed = true;
  statement = start_scan(&db);
  n = run_scan(statement, db, 0);
  is_closed = false;
  tell(n == 2 && same(screen, ""), "a terminal that is gone does no harm");

  put_telegram("c/3.txt", 200);
  statement = start_scan(&db);
  n = run_scan(statement, db, 3);
  tell(n == 5 &&
           strstr(screen, "\rcables: 3 documents, 1.0 MB, 2/s, 0:00 left") !=
               NULL &&
           strstr(screen,
                  "\rcables: 4 documents, 1.0 MB, 2/s\x1b[K"
                  "\rcables: 5 documents") != NULL,
       "files that are added are not foreseen");

  step = 300000; /* counting files takes longer than it may */
  statement = start_scan(&db);
  bool right = run_scan(statement, db, 0) == 5 &&
               strstr(screen, "0 documents, 0 bytes, 0/s\x1b[K") != NULL;
  step = 0;
  for (int jump = 1; jump < 12; jump++) {
    jump_in = jump;
    statement = start_scan(&db);
    right = run_scan(statement, db, 0) == 5 && right;
  }
  tell(right, "a clock that jumps does no harm");

  right = same(ask("SELECT cables_config('progress', 1); "
                   "SELECT path FROM cables('nowhere')"),
               "1 cables: no such file or folder: 'nowhere'");
  tell(right, "a source that is not there is an error as ever");
}

static void test_tally(void) {
  sqlite3 *db = connect();
  (void)ask_of(db, "SELECT cables_config('progress', 1)");
  screen[0] = '\0';
  (void)ask_of(db, "SELECT cables_progress(0, 9)");
  (void)ask_of(db, "SELECT cables_progress(1, 36020)");
  now += 1000000;
  bool right = same(ask_of(db, "SELECT cables_progress(10, 36020)"), "10 ");
  (void)ask_of(db, "SELECT cables_progress(4, 36020)");
  now += 1000000;
  (void)ask_of(db, "SELECT cables_progress(6, 5)");
  is_terminal = false;
  now += 1000000;
  (void)ask_of(db, "SELECT cables_progress(8, 9)");
  (void)ask_of(db, "SELECT cables_progress(NULL, 9)");
  is_terminal = true;
  tell(right && same(screen,
                     "\rcables: 10 of 36020 stored, 10/s, 1:00:01 left\x1b[K"
                     "\rcables: 6 stored, 6/s\x1b[K"
                     "\rcables: 8 of 9 stored, 4/s\x1b[K\n"),
       "a statement shows how far it is");
  sqlite3_close(db);
}

int main(void) {
  if (sqlite3_auto_extension((void (*)(void))load) != SQLITE_OK) return 1;
  sqlite3_close(connect());
  test_versions();
  test_in();
  test_memory();
  test_root();
  step = 10000; /* a look at the clock takes as long as many steps */
  test_threads();
  test_fork();
  step = 0;
  is_terminal = true;
  if (mkdtemp(folder) == NULL) return 1;
  test_lines();
  test_tally();
  clear_folder();
  printf("1..%d\n", told);
  return 0;
}
