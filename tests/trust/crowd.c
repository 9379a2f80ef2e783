/*
** Many connections in many threads, each loaded, queried and closed again:
**
**   build/tests/trust/crowd [ROUNDS [FILE.so]]
**
** ROUNDS is how many connections each thread makes, one after the other, or as
** "600s" for how many seconds it goes on.  With FILE.so each connection loads
** that, else the extension is linked in.
**
** Every answer has to be the one that a connection alone gave; some scans make
** threads of their own, some are left early.  Then a process that has loaded
** the extension forks, and both go on.  Tells TAP lines.  Runs in the project's
** folder.
*/
#define _GNU_SOURCE

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int sqlite3_cables_init(sqlite3 *, char **,
                        const struct sqlite3_api_routines *);

enum { THREADS = 6, QUERIES = 5 };

static const char *const queries[QUERIES] = {
    "SELECT group_concat(refid || length(body)), cables_config('threads', 4) "
    "FROM cables('build/seeds/files')",
    "SELECT count(*) FROM cables('build/seeds/telegram')",
    "SELECT group_concat(p.text) FROM cables('build/seeds/files') c JOIN "
    "cable_paragraphs(c.text) p WHERE p.number < 3",
    "SELECT sum(length(example)) FROM cables_help",
    "SELECT group_concat(subject) FROM (SELECT subject FROM "
    "cables('build/seeds/telegram') LIMIT 70)"};

static char *expected[QUERIES];
static long rounds = 3;     /* of a thread, or 0: until the end */
static time_t end;          /* when the last round may start */
static const char *library; /* FILE.so, or NULL */
static long n_connections;  /* of all threads */

/* The first value that a query gives, or NULL; by malloc(). */
static char *ask(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  char *answer = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
    return NULL;
  if (sqlite3_step(statement) == SQLITE_ROW) {
    const char *z = (const char *)sqlite3_column_text(statement, 0);
    answer = z != NULL ? strdup(z) : NULL;
  }
  if (sqlite3_finalize(statement) == SQLITE_OK) return answer;
  free(answer);
  return NULL;
}

static sqlite3 *open_one(void) {
  sqlite3 *db;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) abort();
  if (library != NULL) {
    char *error = NULL;
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    if (sqlite3_load_extension(db, library, NULL, &error) != SQLITE_OK) {
      printf("Bail out! %s\n", error);
      exit(1);
    }
  }
  free(ask(db, "SELECT cables_config('threads', 3)"));
  return db;
}

/* Leaves a scan after its first rows, with its threads at work. */
static void leave_early(sqlite3 *db) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, "SELECT body FROM cables('build/seeds/telegram')",
                         -1, &statement, NULL) != SQLITE_OK)
    abort();
  for (int i = 0; i < 12; i++) (void)sqlite3_step(statement);
  (void)sqlite3_finalize(statement);
}

/* Whether a thread has its i-th round to go. */
static bool goes_on(long i) {
  return rounds > 0 ? i < rounds : time(NULL) < end;
}

/* Asks everything in connections of its own; gives how many answers are wrong.
 */
static long work(long seed) {
  long wrong = 0;
  for (long i = 0; goes_on(i); i++) {
    sqlite3 *db = open_one();
    (void)__atomic_add_fetch(&n_connections, 1, __ATOMIC_RELAXED);
    for (int k = 0; k < QUERIES; k++) {
      int q = (int)((k + seed + i) % QUERIES);
      char *answer = ask(db, queries[q]);
      if (answer == NULL || strcmp(answer, expected[q]) != 0) wrong++;
      free(answer);
    }
    leave_early(db);
    if (sqlite3_close(db) != SQLITE_OK) wrong++;
  }
  return wrong;
}

static void *run(void *arg) { return (void *)work((long)arg); }

/* How many answers of all threads are wrong. */
static long crowd(void) {
  pthread_t threads[THREADS];
  long wrong = 0;
  for (long i = 0; i < THREADS; i++)
    if (pthread_create(&threads[i], NULL, run, (void *)i) != 0) abort();
  for (int i = 0; i < THREADS; i++) {
    void *result;
    pthread_join(threads[i], &result);
    wrong += (long)result;
  }
  return wrong;
}

/* Forks when the extension is loaded and was used; both processes ask more.  No
** scan is under way: like SQLite's own, its locks may be held by a thread that
** the child does not have. */
static bool forked(void) {
  sqlite3 *db = open_one();
  int status = -1;
  free(ask(db, queries[1]));
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    sqlite3 *other = open_one();
    char *answer = ask(other, queries[0]);
    bool same = answer != NULL && strcmp(answer, expected[0]) == 0;
    free(answer);
    sqlite3_close(other);
    sqlite3_close(db);
    _exit(!same);
  }
  bool ok = child > 0 && waitpid(child, &status, 0) == child && status == 0;
  char *answer = ask(db, queries[0]);
  ok = ok && answer != NULL && strcmp(answer, expected[0]) == 0;
  free(answer);
  return sqlite3_close(db) == SQLITE_OK && ok;
}

int main(int argc, char **argv) {
  if (argc > 1) rounds = atol(argv[1]);
  if (argc > 1 && strchr(argv[1], 's') != NULL) {
    end = time(NULL) + rounds;
    rounds = 0;
  }
  library = argc > 2 ? argv[2] : NULL;
  void (*linked)(void) = (void (*)(void))sqlite3_cables_init;
  if (library == NULL && sqlite3_auto_extension(linked) != SQLITE_OK) return 1;
  sqlite3 *db = open_one();
  for (int i = 0; i < QUERIES; i++) {
    expected[i] = ask(db, queries[i]);
    if (expected[i] == NULL || strlen(expected[i]) < 2) {
      printf("Bail out! query %d gives nothing: %s\n", i, sqlite3_errmsg(db));
      return 1;
    }
  }
  sqlite3_close(db);
  long wrong = crowd();
  if (wrong > 0) printf("# %ld wrong answers\n", wrong);
  printf("%s 1 - %d threads, %ld connections, %ld queries\n",
         wrong == 0 ? "ok" : "not ok", THREADS, n_connections,
         n_connections * (QUERIES + 1));
  printf("%s 2 - a fork after loading\n", forked() ? "ok" : "not ok");
  printf("1..2\n");
  for (int i = 0; i < QUERIES; i++) free(expected[i]);
  return 0;
}
