/*
** Plans of the table `cables`: see plan.h.
*/
#include "plan.h"

#include "telegram/telegram.h"

enum { LIMIT_COLUMN = -1 };

/* The constraints that a scan can use, and their words. */
static const struct {
  const char *word;
  CablesTerm term;
} words[] = {
    {"source", {CABLES_COLUMN_SOURCE, SQLITE_INDEX_CONSTRAINT_EQ, false}},
    {"path=", {CABLES_COLUMN_PATH, SQLITE_INDEX_CONSTRAINT_EQ, false}},
    {"path-in", {CABLES_COLUMN_PATH, SQLITE_INDEX_CONSTRAINT_EQ, true}},
    {"path-glob", {CABLES_COLUMN_PATH, SQLITE_INDEX_CONSTRAINT_GLOB, false}},
    {"entry=", {CABLES_COLUMN_ENTRY, SQLITE_INDEX_CONSTRAINT_EQ, false}},
    {"bytes=", {CABLES_COLUMN_BYTES, SQLITE_INDEX_CONSTRAINT_EQ, false}},
    {"bytes<", {CABLES_COLUMN_BYTES, SQLITE_INDEX_CONSTRAINT_LT, false}},
    {"bytes<=", {CABLES_COLUMN_BYTES, SQLITE_INDEX_CONSTRAINT_LE, false}},
    {"bytes>", {CABLES_COLUMN_BYTES, SQLITE_INDEX_CONSTRAINT_GT, false}},
    {"bytes>=", {CABLES_COLUMN_BYTES, SQLITE_INDEX_CONSTRAINT_GE, false}},
    {"mtime=", {CABLES_COLUMN_MTIME, SQLITE_INDEX_CONSTRAINT_EQ, false}},
    {"mtime<", {CABLES_COLUMN_MTIME, SQLITE_INDEX_CONSTRAINT_LT, false}},
    {"mtime<=", {CABLES_COLUMN_MTIME, SQLITE_INDEX_CONSTRAINT_LE, false}},
    {"mtime>", {CABLES_COLUMN_MTIME, SQLITE_INDEX_CONSTRAINT_GT, false}},
    {"mtime>=", {CABLES_COLUMN_MTIME, SQLITE_INDEX_CONSTRAINT_GE, false}},
    {"limit", {LIMIT_COLUMN, SQLITE_INDEX_CONSTRAINT_LIMIT, false}},
};

/* What SQLite is told about costs; only their order matters. */
static const double files_of_a_source = 10000;
static const double cost_of_depth[] = {20, 25, 100}; /* of one file */
static const double part_by_path = 0.0001; /* of the files, one path */
static const double part_by_glob = 0.1;
static const double part_by_stat = 0.3;  /* for each test of bytes or mtime */
static const double part_by_entry = 0.5; /* most files have none */

/* What a plan costs. */
typedef struct Estimate {
  double part; /* of the files that are opened */
  bool limited;
} Estimate;

/* The word for a constraint, or -1 when no scan can use it.  The operator is
** looked at first: the column of a LIMIT means nothing. */
static int find_word(const struct sqlite3_index_constraint *c, bool all_in) {
  int column =
      c->op == SQLITE_INDEX_CONSTRAINT_LIMIT ? LIMIT_COLUMN : c->iColumn;
  if (c->op == SQLITE_INDEX_CONSTRAINT_OFFSET) return -1;
  for (size_t i = 0; i < CABLES_COUNT(words); i++) {
    const CablesTerm *t = &words[i].term;
    if (t->op == c->op && t->column == column && t->all_in == all_in)
      return (int)i;
  }
  return -1;
}

/* Whether constraint i compares text as we do, byte by byte. */
static bool is_binary(sqlite3_index_info *info, int i) {
  return sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY") == 0;
}

static void estimate(Estimate *e, const CablesTerm *t) {
  if (t->op == SQLITE_INDEX_CONSTRAINT_LIMIT)
    e->limited = true;
  else if (t->op == SQLITE_INDEX_CONSTRAINT_GLOB)
    e->part *= part_by_glob;
  else if (t->column == CABLES_COLUMN_PATH)
    e->part *= t->all_in ? 10 * part_by_path : part_by_path;
  else if (t->column == CABLES_COLUMN_ENTRY)
    e->part *= part_by_entry;
  else if (t->column != CABLES_COLUMN_SOURCE)
    e->part *= part_by_stat;
}

/* The constraint that names the source: its index; -1 when there is none; -2
** when there is but it cannot be used. */
static int find_source(const sqlite3_index_info *info) {
  int found = -1;
  for (int i = 0; i < info->nConstraint; i++) {
    const struct sqlite3_index_constraint *c = &info->aConstraint[i];
    if (c->op != SQLITE_INDEX_CONSTRAINT_EQ ||
        c->iColumn != CABLES_COLUMN_SOURCE)
      continue;
    if (c->usable) return i;
    found = -2;
  }
  return found;
}

/* Takes constraint i as the next value, if a scan can use it.  Those before the
** source leave room for it. */
static void take(sqlite3_index_info *info, int i, int source, int *n_taken,
                 Estimate *e, CablesBuf *text) {
  const struct sqlite3_index_constraint *c = &info->aConstraint[i];
  struct sqlite3_index_constraint_usage *usage = &info->aConstraintUsage[i];
  int room = i < source ? CABLES_PLAN_TERMS - 1 : CABLES_PLAN_TERMS;
  if (!c->usable || *n_taken >= room) return;
  bool is_path =
      c->op == SQLITE_INDEX_CONSTRAINT_EQ && c->iColumn == CABLES_COLUMN_PATH;
  bool all_in = is_path && cables_api_is_in(info, i);
  int word = find_word(c, all_in);
  if (word < 0) return;
  const CablesTerm *t = &words[word].term;
  if (t->column == CABLES_COLUMN_SOURCE && i != source) return;
  bool compares =
      t->op != SQLITE_INDEX_CONSTRAINT_GLOB &&
      (t->column == CABLES_COLUMN_PATH || t->column == CABLES_COLUMN_ENTRY ||
       t->column == CABLES_COLUMN_MTIME);
  if (compares && !is_binary(info, i)) return;
  usage->argvIndex = ++*n_taken;
  usage->omit = t->column == CABLES_COLUMN_SOURCE;
  if (all_in) cables_api_take_in(info, i);
  cables_buf_format(text, " %s", words[word].word);
  estimate(e, t);
}

/* Whether rows in byte order of path are what the query wants. */
static bool is_sorted(const sqlite3_index_info *info) {
  return info->nOrderBy == 1 && !info->aOrderBy[0].desc &&
         info->aOrderBy[0].iColumn == CABLES_COLUMN_PATH;
}

int cables_plan_best(sqlite3_index_info *info, bool has_source) {
  CablesBuf text = {0};
  Estimate e = {1, false};
  int n_taken = 0;
  int source = has_source ? -1 : find_source(info);
  if (source == -2) return SQLITE_CONSTRAINT;
  CablesDepth depth = cables_columns_depth(info->colUsed);
  cables_buf_format(&text, "d%d", (int)depth);
  for (int i = 0; i < info->nConstraint; i++)
    take(info, i, source, &n_taken, &e, &text);
  if (is_sorted(info)) {
    info->orderByConsumed = 1;
    cables_buf_text(&text, " sorted");
  }
  char *z = text.oom ? NULL : sqlite3_mprintf("%.*s", (int)text.n, text.z);
  cables_buf_free(&text);
  if (z == NULL) return SQLITE_NOMEM;
  info->idxStr = z;
  info->needToFreeIdxStr = 1;
  info->idxNum = (int)cables_columns_want(info->colUsed);
  if (source == -1 && !has_source) return SQLITE_OK; /* costs are huge yet */
  double files = files_of_a_source * e.part;
  if (e.limited && files > 100) files = 100;
  info->estimatedCost = 10 + files * cost_of_depth[depth];
  info->estimatedRows = files < 1 ? 1 : (sqlite3_int64)files;
  return SQLITE_OK;
}

/* The term of a word, or NULL when it stands for none: sorted. */
static const CablesTerm *term_of(CablesSpan word) {
  for (size_t i = 0; i < CABLES_COUNT(words); i++) {
    if (cables_equal(word, cables_span(words[i].word))) return &words[i].term;
  }
  return NULL;
}

void cables_plan_read(const char *text, int number, CablesPlan *plan) {
  *plan = (CablesPlan){.depth = (CablesDepth)(text[1] - '0'),
                       .want = (unsigned)number};
  CablesSpan rest = cables_span(text + 2);
  while (rest.n > 0) {
    rest = cables_sub(rest, 1, rest.n);
    CablesSpan word = cables_sub(rest, 0, cables_find(rest, CABLES_LIT(" ")));
    rest = cables_sub(rest, word.n, rest.n);
    const CablesTerm *term = term_of(word);
    if (term != NULL) plan->terms[plan->n_terms++] = *term;
  }
}
