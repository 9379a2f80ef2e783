/*
** A row under way: see row.h.
*/
#include "row.h"

#include <string.h>

#include "known.h"

enum {
  HEAD = 8192,      /* bytes of a document's text that are read first */
  HELD_HEAD = 4096, /* the same when its bytes are in memory already */
  LARGE = 1 << 20   /* buffers that held more are not kept */
};

/* Copies a span with a NUL behind it. */
static bool copy_text(CablesBuf *b, CablesSpan s, CablesSpan *out) {
  b->n = 0;
  cables_buf_span(b, s);
  cables_buf_byte(b, '\0');
  if (b->oom) return false;
  *out = (CablesSpan){b->z, s.n};
  return true;
}

/* Forgets the document. */
static void forget(CablesRow *row) {
  row->document = NULL;
  row->telegram = NULL;
  row->looked = false;
  row->is_telegram = false;
  row->has_known = false;
  row->counted = false;
  row->short_of = 0;
  row->result = CABLES_SOURCE_OK;
}

/* Once a large document was read, the memory that it took is given back. */
static void shrink(CablesRow *row) {
  if (!row->large) return;
  row->large = false;
  cables_reader_free(row->reader);
  row->reader = NULL;
  cables_parser_free(row->parser);
  row->parser = NULL;
  cables_arena_free(&row->arena);
}

/* The scan's options, but for what is the row's own. */
static void take_options(CablesRow *row) {
  int (*poll)(void *) = row->options.poll;
  void *poll_arg = row->options.poll_arg;
  row->options = row->rules->options;
  row->options.counters = &row->counters;
  row->options.poll = poll;
  row->options.poll_arg = poll_arg;
}

bool cables_row_begin(CablesRow *row, const CablesRowRules *rules,
                      const CablesFile *file) {
  CablesSpan name;
  forget(row);
  shrink(row);
  row->rules = rules;
  take_options(row);
  row->file = *file;
  row->stage = CABLES_ROW_FILE;
  row->is_taken = false;
  bool ok = copy_text(&row->path, file->path, &row->file.path) &&
            copy_text(&row->name, cables_span(file->name), &name);
  if (ok && file->error.z != NULL)
    ok = copy_text(&row->trouble, file->error, &row->file.error);
  row->file.name = row->name.z;
  return ok;
}

/* Has a reader. */
static bool has_reader(CablesRow *row) {
  if (row->reader == NULL) row->reader = cables_reader_new(&row->options);
  return row->reader != NULL;
}

/* Has what the work needs. */
static bool equip(CablesRow *row) {
  if (row->parser == NULL) row->parser = cables_parser_like(row->rules->model);
  return row->parser != NULL && has_reader(row);
}

/* Opens the file, unless it is a row itself for it could not be listed. */
static void open_file(CablesRow *row) {
  if (row->file.error.z != NULL) {
    row->stage = CABLES_ROW_READY;
    return;
  }
  CablesSpan entry = cables_filter_entry(row->rules->filter);
  row->result = cables_reader_open(row->reader, &row->file);
  if (row->result == CABLES_SOURCE_OK && entry.z != NULL)
    row->result = cables_reader_only(row->reader, entry);
  row->stage = CABLES_ROW_NEXT;
}

/* Whether a document can be passed over unread for its size.  A file that is a
** document itself was opened only to learn that it is no archive, of which the
** members count: it is not counted as opened. */
static bool is_left_out(CablesRow *row, const CablesDocument *d) {
  if (d->bytes < 0 || d->failed ||
      cables_filter_pass_bytes(row->rules->filter, d->bytes))
    return false;
  if (d->entry.z == NULL) {
    row->counters.files_opened--;
    row->n_probed++;
  }
  return true;
}

/* Goes to the next document. */
static void next_document(CablesRow *row) {
  forget(row);
  row->result = cables_reader_next(row->reader, &row->document);
  if (row->result == CABLES_SOURCE_END) {
    row->result = CABLES_SOURCE_OK;
    row->stage = CABLES_ROW_END;
    shrink(row);
  } else if (row->result == CABLES_SOURCE_OK &&
             !is_left_out(row, row->document)) {
    row->stage = CABLES_ROW_JUDGE;
  }
}

/* How far a document is read at first. */
static size_t head_of(const CablesRow *row) {
  bool held = row->is_taken || row->document->kind == CABLES_DOCUMENT_BULK;
  return held ? HELD_HEAD : HEAD;
}

/* Twice what was read so far. */
static size_t twice(const CablesRow *row) {
  size_t n = row->document->text.n;
  if (n < head_of(row)) n = head_of(row);
  return 2 * n;
}

/* Whether it may read until the text has so many bytes. */
static bool may_read(CablesRow *row, size_t want, size_t limit) {
  if (want <= limit) return true;
  row->short_of = want;
  return false;
}

/* Reads more of the document; what was parsed of it is void. */
static bool read_more(CablesRow *row, size_t want) {
  row->telegram = NULL;
  row->result = cables_document_read(row->reader, want);
  if (row->document->text.n > LARGE) row->large = true;
  return row->result == CABLES_SOURCE_OK;
}

static bool parse(CablesRow *row, CablesDepth depth) {
  const CablesDocument *d = row->document;
  if (!row->has_known && d->n_fields > 0) {
    cables_arena_reset(&row->arena);
    row->has_known =
        cables_known_read(d->fields, d->n_fields, &row->arena, &row->known);
    if (!row->has_known) {
      row->result = CABLES_SOURCE_NOMEM;
      return false;
    }
  }
  CablesParseOptions options = {
      .want = depth == CABLES_DEPTH_WHOLE
                  ? row->rules->want
                  : row->rules->want & CABLES_WITHOUT_ALL,
      .more = !d->complete,
      .verbatim = d->verbatim,
  };
  if (row->has_known) options.known = row->known;
  row->telegram = cables_parse(row->parser, d->text, &options);
  row->depth = depth;
  row->n_parses++;
  if (!row->counted) row->n_documents++;
  row->counted = true;
  if (row->telegram == NULL) row->result = CABLES_SOURCE_NOMEM;
  return row->telegram != NULL;
}

/* Whether the text read so far holds a telegram.  Where a heading is wanted
** anyway it is parsed at once, which tells that too. */
static bool holds_telegram(CablesRow *row, CablesDepth depth) {
  const CablesDocument *d = row->document;
  if (d->failed || d->text.n == 0) return false;
  if (depth != CABLES_DEPTH_HEADER) {
    return cables_recognise(row->parser, d->text, !d->complete);
  }
  return parse(row, CABLES_DEPTH_HEADER) && row->telegram->recognised;
}

/* Decides whether the reader's document is a row: it holds a telegram, which
** its head tells, or it cannot be read. */
static void judge(CablesRow *row, CablesDepth depth, size_t limit) {
  const CablesDocument *d = row->document;
  while (row->stage == CABLES_ROW_JUDGE) {
    size_t want = row->looked ? twice(row) : head_of(row);
    if (!may_read(row, want, limit) || !read_more(row, want)) return;
    row->looked = true;
    row->is_telegram = holds_telegram(row, depth);
    if (row->result != CABLES_SOURCE_OK) return;
    if (row->is_telegram || d->failed)
      row->stage = CABLES_ROW_READY;
    else if (d->complete)
      row->stage = CABLES_ROW_NEXT;
  }
}

/* Reads and parses until the heading is known whole. */
static void parse_heading(CablesRow *row, size_t limit) {
  const CablesDocument *d = row->document;
  while ((row->telegram != NULL || parse(row, CABLES_DEPTH_HEADER)) &&
         !row->telegram->header_complete && !d->complete) {
    if (!may_read(row, twice(row), limit)) {
      row->telegram = NULL;
      return;
    }
    if (!read_more(row, twice(row))) return;
  }
}

static void parse_whole(CablesRow *row, size_t limit) {
  const CablesDocument *d = row->document;
  if (!d->complete) {
    int64_t most = row->options.max_bytes;
    if (d->bytes >= 0 && d->bytes < most) most = d->bytes;
    if (limit < SIZE_MAX && !may_read(row, (size_t)most, limit)) return;
    if (!read_more(row, SIZE_MAX)) return;
  }
  (void)parse(row, CABLES_DEPTH_WHOLE);
}

/* Whether what was parsed is enough for a depth. */
static bool is_known(const CablesRow *row, CablesDepth depth) {
  if (row->telegram == NULL || row->depth < depth) return false;
  return depth == CABLES_DEPTH_WHOLE || row->telegram->header_complete ||
         row->document->complete;
}

void cables_row_run(CablesRow *row, CablesDepth depth, size_t limit) {
  row->short_of = 0;
  row->result = CABLES_SOURCE_OK;
  if (!equip(row)) {
    row->result = CABLES_SOURCE_NOMEM;
    return;
  }
  if (row->stage == CABLES_ROW_FILE) open_file(row);
  while (row->result == CABLES_SOURCE_OK && row->short_of == 0 &&
         (row->stage == CABLES_ROW_NEXT || row->stage == CABLES_ROW_JUDGE)) {
    if (row->stage == CABLES_ROW_NEXT)
      next_document(row);
    else
      judge(row, depth, limit);
  }
  if (row->result != CABLES_SOURCE_OK || row->short_of > 0 ||
      row->stage != CABLES_ROW_READY || !row->is_telegram ||
      depth == CABLES_DEPTH_FOUND || is_known(row, depth))
    return;
  if (depth == CABLES_DEPTH_WHOLE)
    parse_whole(row, limit);
  else
    parse_heading(row, limit);
}

void cables_row_leave(CablesRow *row) {
  bool is_file = row->document == NULL;
  row->stage = is_file ? CABLES_ROW_END : CABLES_ROW_NEXT;
  if (row->is_taken) shrink(row);
  forget(row);
}

/* Has what was counted while a document was read counted with its row. */
static void take_counts(CablesRow *row, CablesRow *from) {
  row->counters = from->counters;
  row->n_probed += from->n_probed;
  from->counters = (CablesCounters){0};
  from->n_probed = 0;
}

void cables_row_take(CablesRow *row, const CablesRowRules *rules,
                     CablesRow *from) {
  CablesDocument *d;
  forget(row);
  row->rules = rules;
  row->file = from->file;
  row->is_taken = true;
  row->is_last = false;
  row->stage = CABLES_ROW_JUDGE;
  take_options(row);
  row->result = has_reader(row) ? cables_reader_next(from->reader, &d)
                                : CABLES_SOURCE_NOMEM;
  while (row->result == CABLES_SOURCE_OK && is_left_out(row, d))
    row->result = cables_reader_next(from->reader, &d);
  if (row->result == CABLES_SOURCE_OK)
    row->result =
        cables_document_move(from->reader, row->reader, &row->document);
  if (row->result == CABLES_SOURCE_OK) {
    row->large = cables_document_held(row->reader) > LARGE;
  } else if (row->result == CABLES_SOURCE_END) {
    row->result = CABLES_SOURCE_OK;
    row->stage = CABLES_ROW_END;
    row->is_last = true;
  }
  take_counts(row, from);
}

CablesParser *cables_row_free(CablesRow *row) {
  CablesParser *parser = row->parser;
  cables_reader_free(row->reader);
  cables_buf_free(&row->path);
  cables_buf_free(&row->name);
  cables_buf_free(&row->trouble);
  cables_arena_free(&row->arena);
  *row = (CablesRow){0};
  return parser;
}
