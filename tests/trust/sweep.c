/*
** Fails every call in turn, and looks at what comes of it:
**
**   build/tests/trust/sweep [full]
**
** A query gives the right answer or says that it failed; a file that could not
** be read is told of; nothing leaks.  Without "full" those calls are tried that
** come from another place of the program than all before, and of each query two
** dozen more, spread evenly.  Tells TAP lines, with the number of faults of
** each.  Runs in the project's folder.
*/
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faults.h"

int sqlite3_cables_init(sqlite3 *, char **,
                        const struct sqlite3_api_routines *);

enum { FEW = 25, CONTEXT = 200 };

#define FOLDER "build/seeds/files"
#define ODD                                                        \
  "build/seeds/odd" /* a name that is no UTF-8, a file that is cut \
                     */

static bool is_full; /* every place is tried */
static int told;     /* results */

/* --- answers */

/* What running SQL gave. */
typedef struct Answer {
  int rc;
  char message[CONTEXT]; /* of an error */
  char *z;               /* each value and row, as text; by malloc() */
  size_t n;
  long calls;   /* counted */
  long memory;  /* bytes of SQLite left over */
  long handles; /* of files left over */
} Answer;

/* Marks the end of a value and of a row. */
enum { END_VALUE = '\x1f', END_ROW = '\x1e' };

static void add(Answer *a, const void *z, size_t n) {
  char *grown = realloc(a->z, a->n + n + 1);
  if (grown == NULL) abort();
  a->z = grown;
  if (n > 0) memcpy(a->z + a->n, z, n);
  a->n += n;
  a->z[a->n] = '\0';
}

/* Adds the row; false when a value cannot be had as memory is out. */
static bool add_row(Answer *a, sqlite3_stmt *statement) {
  for (int i = 0; i < sqlite3_column_count(statement); i++) {
    char type = (char)('0' + sqlite3_column_type(statement, i));
    const void *z = sqlite3_column_text(statement, i);
    if (z == NULL && type != '0' + SQLITE_NULL) return false;
    add(a, &type, 1);
    if (z != NULL) add(a, z, (size_t)sqlite3_column_bytes(statement, i));
    add(a, &(char){END_VALUE}, 1);
  }
  add(a, &(char){END_ROW}, 1);
  return true;
}

/* Runs statements until one fails. */
static int run_all(sqlite3 *db, const char *sql, Answer *a) {
  int rc = SQLITE_OK;
  while (rc == SQLITE_OK && *sql != '\0') {
    sqlite3_stmt *statement = NULL;
    rc = sqlite3_prepare_v2(db, sql, -1, &statement, &sql);
    if (rc != SQLITE_OK || statement == NULL) break;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
      if (add_row(a, statement)) continue;
      (void)sqlite3_finalize(statement);
      return SQLITE_NOMEM;
    }
    rc = sqlite3_finalize(statement);
  }
  return rc;
}

/* What is tried. */
typedef struct Try {
  FaultKind kind;
  long nth;
  bool forever;
  int error;
  bool loads;     /* opening and loading count too */
  bool is_strict; /* see Case */
} Try;

/* Runs `before` without faults and sql with them, in a connection of its own,
** which is gone afterwards. */
static void run(const char *before, const char *sql, Try t, Answer *a) {
  sqlite3 *db = NULL;
  Answer ignored = {0};
  long memory = (long)sqlite3_memory_used();
  long handles = faults_open_handles();
  *a = (Answer){0};
  add(a, "", 0);
  if (t.loads) faults_arm(t.kind, t.nth, t.forever, t.error, NULL);
  a->rc = sqlite3_open(":memory:", &db);
  if (a->rc == SQLITE_OK && before != NULL)
    a->rc = run_all(db, before, &ignored);
  if (!t.loads) faults_arm(t.kind, t.nth, t.forever, t.error, db);
  if (a->rc == SQLITE_OK) a->rc = run_all(db, sql, a);
  a->calls = faults_disarm();
  if (a->rc != SQLITE_OK && db != NULL)
    snprintf(a->message, CONTEXT, "%s", sqlite3_errmsg(db));
  (void)sqlite3_close(db);
  free(ignored.z);
  a->memory = (long)sqlite3_memory_used() - memory;
  a->handles = faults_open_handles() - handles;
}

/* --- judging */

/* Whether the answer of files that failed tells of each file of the whole
** answer: with the same row, or that it, or a folder or archive above it, could
** not be read.  The first value of a row is its path.  A glob that could not be
** looked at is told of by itself. */
static bool tells_all(const Answer *a, const Answer *whole) {
  static const char trouble[] = "cannot be read";
  for (const char *row = whole->z; *row != '\0';) {
    size_t n = strcspn(row, "\x1e") + 1;
    size_t n_path = strcspn(row, "\x1f");
    bool found = false;
    for (const char *got = a->z; *got != '\0' && !found;) {
      size_t n_got = strcspn(got, "\x1e") + 1;
      size_t n_told = strcspn(got, "\x1f");
      found = n_got == n && memcmp(got, row, n) == 0;
      const char *why = strstr(got, trouble);
      bool above = (n_told <= n_path && memcmp(got, row, n_told) == 0) ||
                   memchr(got, '*', n_told) != NULL;
      if (why != NULL && why < got + n_got && above) found = true;
      got += n_got;
    }
    if (!found) return false;
    row += n;
  }
  return true;
}

/* Why an answer is wrong, or NULL. */
static const char *judge(Try t, const Answer *a, const Answer *whole) {
  static const int failures[FAULT_KINDS] = {
      [FAULT_MEMORY] = SQLITE_NOMEM,
      [FAULT_POLL] = SQLITE_INTERRUPT,
      [FAULT_PROGRESS] = SQLITE_INTERRUPT,
      [FAULT_SYSTEM] = SQLITE_OK}; /* never: it goes on without */
  if (a->memory != 0) return "memory leaks";
  if (a->handles != 0) return "handles leak";
  if (whole->rc != SQLITE_OK && a->rc == whole->rc) {
    /* SQLite's own words, where it has no memory to keep ours. */
    bool is_lost = t.forever && strcmp(a->message, "SQL logic error") == 0;
    bool same = strcmp(a->message, whole->message) == 0;
    return same || is_lost ? NULL : "another message";
  }
  if (whole->rc != SQLITE_OK && a->rc == SQLITE_OK) return "no error";
  if (a->rc == SQLITE_OK) {
    if (a->n == whole->n && memcmp(a->z, whole->z, a->n) == 0) return NULL;
    if (t.kind == FAULT_FILES && !t.is_strict && tells_all(a, whole))
      return NULL;
    return "wrong answer without an error";
  }
  if (t.kind == FAULT_FILES)
    return t.error == ENOMEM || strncmp(a->message, "cables: ", 8) == 0
               ? NULL
               : "an error without a reason";
  return a->rc == failures[t.kind] ? NULL : "another error";
}

/* Shows where a wrong answer parts from the whole one. */
static void show(const Answer *a, const Answer *whole) {
  size_t i = 0;
  while (i < a->n && i < whole->n && a->z[i] == whole->z[i]) i++;
  printf("#   %d %s: %zu bytes of %zu, alike up to %zu: %.80s\n", a->rc,
         a->message, a->n, whole->n, i, i < a->n ? "" : "(ends)");
}

/* One query with one kind of fault. */
typedef struct Case {
  const char *name;
  FaultKind kind;
  int error;
  const char *before;
  const char *sql;
  bool loads;
  bool is_strict; /* no row may tell of a file that cannot be read */
  bool fails;     /* the right answer is an error */
} Case;

/* The nth try of a case; false when its answer is wrong. */
static bool try_one(const Case *c, long nth, bool forever, const Answer *whole,
                    long *calls) {
  Try t = {c->kind, nth, forever, c->error, c->loads, c->is_strict};
  Answer a;
  run(c->before, c->sql, t, &a);
  const char *why = judge(t, &a, whole);
  if (why != NULL) {
    printf("# %s: call %ld%s: %s\n", c->name, nth,
           forever ? " and all later ones" : "", why);
    show(&a, whole);
  }
  *calls = a.calls;
  free(a.z);
  return why == NULL;
}

static void sweep(const Case *c) {
  Answer whole;
  long faults = 0;
  long wrong = 0;
  run(c->before, c->sql, (Try){.kind = c->kind, .loads = c->loads}, &whole);
  if ((whole.rc != SQLITE_OK) != c->fails || whole.memory != 0 ||
      whole.handles != 0) {
    printf("# %s: without faults: %d %s\n", c->name, whole.rc, whole.message);
    wrong++;
  }
  long step = is_full || whole.calls < FEW ? 1 : whole.calls / FEW;
  for (int forever = 0; wrong == 0 && forever < 2; forever++) {
    long calls = 1;
    /* Until one call more than there are. */
    for (long nth = 1; nth <= whole.calls + 1 && wrong < 5; nth++) {
      bool is_new = forever == 0 && faults_is_new(nth);
      if (!is_new && (nth - 1) % step != 0) continue;
      wrong += !try_one(c, nth, forever != 0, &whole, &calls);
      faults++;
    }
  }
  bool enough = faults > 1 || whole.calls == 0;
  printf("%s %d - %s: %ld faults\n", wrong == 0 && enough ? "ok" : "not ok",
         ++told, c->name, faults);
  fflush(stdout);
  free(whole.z);
}

/* --- cases */

#define ALL "SELECT * FROM cables('" FOLDER "')"
#define FIELDS                                                         \
  "SELECT path, entry, refid, subject, body, bytes, mtime, anomalies " \
  "FROM cables('" FOLDER "')"
#define ONE_THREAD "SELECT cables_config('threads', 1);"
#define THREADS "SELECT cables_config('threads', 4);"
#define ROOT "SELECT cables_config('root', 'build/seeds');" ONE_THREAD
#define STRICT_ALONE "SELECT cables_config('strict', 1);"
#define STRICT ONE_THREAD STRICT_ALONE
#define PROGRESS "SELECT cables_config('progress', 1);"
#define WIDE "PRAGMA encoding = 'UTF-16le';"

static const struct {
  const char *name;
  const char *before;
  const char *sql;
  bool tells; /* its rows tell of files that cannot be read */
} queries[] = {
    {"all columns", ONE_THREAD, ALL, false},
    {"fields with place", ONE_THREAD, FIELDS, true},
    {"header only", ONE_THREAD,
     "SELECT path, refid, subject, anomalies FROM cables('" FOLDER "')", true},
    {"order and limit", ONE_THREAD, FIELDS " ORDER BY path LIMIT 3", true},
    {"one path", ONE_THREAD, FIELDS " WHERE path = '" FOLDER "/a.txt'", false},
    {"paths and a date", ONE_THREAD,
     FIELDS " WHERE path IN ('" FOLDER "/a.txt', '" FOLDER "/sub/g.txt') AND "
            "mtime > '1971-01-01'",
     false},
    {"bytes", ONE_THREAD, FIELDS " WHERE bytes > 100", false},
    {"an entry", ONE_THREAD, FIELDS " WHERE entry = 'b/c.txt'", false},
    {"a glob", ONE_THREAD,
     "SELECT path, entry, body, anomalies FROM cables('" FOLDER "/**/*.[ct]*')",
     true},
    {"a list", ONE_THREAD,
     "SELECT path, entry, body, anomalies FROM cables('[\"" FOLDER
     "/sub\", \"" FOLDER "/b.csv\"]')",
     true},
    {"below a root", ROOT, FIELDS, true},
    {"a named table", ONE_THREAD,
     "CREATE VIRTUAL TABLE temp.n USING cables('" FOLDER "');"
     "SELECT path, entry, subject, anomalies FROM n WHERE path GLOB '*t' OR "
     "bytes < 9; DROP TABLE n",
     false},
    {"a join with paragraphs", ONE_THREAD,
     "SELECT c.path, p.key, p.text FROM cables('" FOLDER
     "') c JOIN cable_paragraphs(c.text) p",
     false},
    {"a record that is sought", ONE_THREAD ALL ";",
     "SELECT path, entry, body FROM cables('" FOLDER
     "/b.csv') WHERE entry = '2'",
     false},
    {"threads", THREADS, FIELDS, true},
    {"files of a source, threads", THREADS, /* more than 64 of them */
     "SELECT path, error FROM cables_files('ext') "
     "WHERE bytes IS NULL OR bytes >= 0",
     true},
    {"parsed rows and places", ONE_THREAD,
     "SELECT path, entry, length(parsed), offset, length, format, source, "
     "anomalies FROM cables('" FOLDER "')",
     true},
    {"a join with parsed rows", ONE_THREAD,
     "SELECT c.path, p.key, r.rowid FROM cables('" FOLDER
     "') c JOIN cable_paragraphs(c.parsed, 'X') p "
     "JOIN cable_references(c.text, 1974) r",
     false},
    {"a telegram that the cache gives up", ONE_THREAD,
     "SELECT p.text, cable_subject(c.text) FROM cables('" FOLDER
     "') c, cable_paragraphs('SUBJECT: A' || char(10) || char(10) || '1. B.' "
     "|| char(10) || char(10) || '2. C.') p ORDER BY p.key",
     false},
    {"names that are no UTF-8", ONE_THREAD,
     "SELECT path, bytes, anomalies FROM cables('" ODD
     "') WHERE path GLOB '*caf*'; SELECT path FROM cables_files('" ODD "')",
     false},
    {"the same, threads", THREADS,
     "SELECT path, text, body FROM cables('" ODD "') WHERE path GLOB '*caf*'",
     false},
    {"a root", "", "SELECT cables_config('root', 'build/seeds')", false},
    {"progress", PROGRESS ONE_THREAD,
     FIELDS "; SELECT cables_progress(1, 2), cables_progress(NULL, 2)", true},
    {"progress, threads", PROGRESS THREADS, FIELDS, true},
    {"values of other types", "",
     "SELECT cable_subject(1.5), cable_subject(zeroblob(99)), "
     "refid_normalize(2.5, 1974), cable_cite(3.5, 'nara'), "
     "declass_schedule(12958, 1.5, 2.5, 3.5), cables_config('max_bytes', '9'), "
     "refid_url('06MOSCOW12345678')",
     false},
    {"UTF-16", WIDE ONE_THREAD,
     "SELECT path, body FROM cables('" FOLDER "') WHERE path IN ('" FOLDER
     "/a.txt', '" FOLDER "/d.tar') AND mtime > '1971' AND path GLOB '*a*';"
     "SELECT r.ordinal, r.rowid, r.year, display, cables_config('root', "
     "'build/seeds') "
     "FROM cable_references('REF: 06OSLO1', '1974') r, "
     "cable_posts WHERE post = 'OSLO';"
     "SELECT entry FROM cables('" FOLDER "') WHERE entry = 'b/c.txt';"
     "SELECT path FROM cables_files('" FOLDER "') WHERE path GLOB '*t'",
     false},
};
enum { N_QUERIES = sizeof(queries) / sizeof(queries[0]) };

static void sweep_queries(FaultKind kind, int error, const char *name) {
  faults_forget();
  for (int i = 0; i < N_QUERIES; i++) {
    char label[CONTEXT];
    if (kind == FAULT_FILES && !queries[i].tells) continue;
    snprintf(label, sizeof(label), "%s: %s", name, queries[i].name);
    sweep(&(Case){.name = label,
                  .kind = kind,
                  .error = error,
                  .before = queries[i].before,
                  .sql = queries[i].sql});
  }
}

/* What is an error also when nothing is out: of memory. */
static void sweep_errors(void) {
  static const struct {
    const char *before;
    const char *sql;
  } errors[] = {
      {NULL, "SELECT cables_config('threads', 0)"},
      {NULL, "SELECT cables_config('root', 'nowhere')"},
      {NULL, "SELECT cables_config(1.5)"},
      {NULL, "SELECT refid_url('06MOSCOW1', 'nowhere')"},
      {NULL, "SELECT path FROM cables"},
      {NULL, "SELECT path FROM cables('nowhere')"},
      {NULL, "SELECT path FROM cables_files"},
      {NULL, "SELECT path FROM cables_files('nowhere')"},
      {NULL, "SELECT text FROM cable_paragraphs"},
      {NULL, "SELECT text FROM cable_paragraphs(x'006361626c657301ff')"},
      {NULL, "CREATE VIRTUAL TABLE temp.n USING cables(a, b)"},
      {NULL, "CREATE VIRTUAL TABLE temp.n USING cables()"},
      {STRICT, "SELECT path, body FROM cables('" ODD "')"},
      {THREADS STRICT_ALONE, "SELECT path, body FROM cables('" ODD "')"},
  };
  for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
    char label[CONTEXT];
    snprintf(label, sizeof(label), "memory: %.100s", errors[i].sql);
    sweep(&(Case){.name = label,
                  .kind = FAULT_MEMORY,
                  .before = errors[i].before,
                  .sql = errors[i].sql,
                  .fails = true});
  }
}

/* The examples of cables_help: every table and every function. */
static void sweep_examples(FaultKind kind, const char *name) {
  Answer a;
  run(NULL,
      "SELECT DISTINCT example FROM cables_help WHERE kind IN ('table', "
      "'function')",
      (Try){0}, &a);
  int n = 0;
  for (char *z = a.z; *z != '\0'; n++) {
    char label[CONTEXT];
    size_t end = strcspn(z, "\x1f");
    z[end] = '\0';
    snprintf(label, sizeof(label), "%s: %.60s", name, z + 1);
    sweep(&(Case){
        .name = label, .kind = kind, .before = ONE_THREAD, .sql = z + 1});
    z += end + 2;
  }
  if (n < 50) printf("not ok %d - examples of cables_help\n", ++told);
  free(a.z);
}

/* In strict mode a query fails as a whole, or gives all, also one whose
** condition leaves out what a file that cannot be read is told by. */
static void sweep_strict(int error, const char *name) {
  faults_forget();
  for (int i = 0; i < N_QUERIES; i++) {
    char before[CONTEXT];
    char label[CONTEXT];
    snprintf(before, sizeof(before), STRICT "%s", queries[i].before);
    snprintf(label, sizeof(label), "%s, strict: %s", name, queries[i].name);
    sweep(&(Case){.name = label,
                  .kind = FAULT_FILES,
                  .error = error,
                  .before = before,
                  .sql = queries[i].sql,
                  .is_strict = true});
  }
}

int main(int argc, char **argv) {
  is_full = argc > 1 && strcmp(argv[1], "full") == 0;
  faults_init();
  if (sqlite3_auto_extension((void (*)(void))sqlite3_cables_init) != SQLITE_OK)
    return 1;
  sweep(&(Case){.name = "memory: opening and loading",
                .kind = FAULT_MEMORY,
                .sql = "SELECT 1",
                .loads = true});
  sweep_queries(FAULT_MEMORY, 0, "memory");
  sweep_examples(FAULT_MEMORY, "memory");
  sweep_errors();
  sweep_queries(FAULT_FILES, EIO, "files, EIO");
  sweep_queries(FAULT_FILES, EMFILE, "files, EMFILE");
  sweep_queries(FAULT_FILES, ENOMEM, "files, ENOMEM");
  sweep_strict(EIO, "files, EIO");
  sweep_strict(ENOMEM, "files, ENOMEM");
  sweep_queries(FAULT_POLL, 0, "interrupts");
  sweep_queries(FAULT_PROGRESS, 0, "progress handlers");
  sweep_queries(FAULT_SYSTEM, 0, "threads, locks, clock");
  printf("1..%d\n", told);
  return 0;
}
