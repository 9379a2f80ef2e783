/*
** Archives: see archive.h.  Knows libarchive, and nothing of documents.
*/
#include "archive.h"

#include <archive.h> /* NOLINT(readability-duplicate-include): not ours */
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../base/mem.h"
#include "../base/utf8.h"
#include "open.h"
#include "salvage.h"

enum {
  USTAR = 257,          /* offset of tar's magic bytes */
  FREE_BYTES = 1 << 20, /* unpacked before max_ratio counts */
  MAX_FAILURES = 1000   /* members in a row that cannot be read */
};

struct CablesArchive {
  CablesInput input; /* the member's bytes; error: why it cannot be read */
  struct archive *handle;
  CablesWindow *window; /* the archive's bytes */
  CablesArchiveKind kind;
  CablesUnpacked *unpacked;
  const CablesSourceOptions *options;
  CablesBuf name;         /* of the member */
  bool has_name;          /* a member was reached */
  bool in_member;         /* there may be bytes of it to come */
  bool told;              /* why the member cannot be read was told already */
  bool ended;             /* nothing comes any more */
  CablesSourceResult rc;  /* CABLES_SOURCE_STOP, _NOMEM: of a callback */
  const char *piece;      /* unpacked bytes that were not given yet */
  size_t n_piece;         /* their number */
  int64_t piece_at;       /* offset in the member of the first */
  int64_t at;             /* offset in the member of the next to be given */
  int64_t n_headers;      /* headers read so far */
  CablesSalvage *salvage; /* what unpacks it since an error, or NULL */
  bool tried;             /* it was tried */
  CablesBuf damage;       /* libarchive's words for that error */
};

CablesArchiveKind cables_archive_kind(CablesSpan head) {
  static const struct {
    const char *magic;
    size_t n;
    CablesArchiveKind kind;
  } kinds[] = {
      {"PK\3\4", 4, CABLES_ARCHIVE_ZIP},
      {"PK\5\6", 4, CABLES_ARCHIVE_ZIP}, /* an empty one */
      {"7z\xbc\xaf\x27\x1c", 6, CABLES_ARCHIVE_7Z},
      {"\x1f\x8b\x08", 3, CABLES_ARCHIVE_PACKED},
      {"\xfd"
       "7zXZ\0",
       6, CABLES_ARCHIVE_PACKED},
      {"\x28\xb5\x2f\xfd", 4, CABLES_ARCHIVE_PACKED},
  };
  for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
    if (cables_starts(head, (CablesSpan){kinds[i].magic, kinds[i].n}))
      return kinds[i].kind;
  /* Of bzip2 the size of a block and the mark of the first, or of the end. */
  if (cables_starts(head, CABLES_LIT("BZh")) && head.n >= 10 &&
      head.z[3] >= '1' && head.z[3] <= '9' &&
      (memcmp(head.z + 4, "1AY&SY", 6) == 0 ||
       memcmp(head.z + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0))
    return CABLES_ARCHIVE_PACKED;
  if (cables_starts(cables_sub(head, USTAR, 5), CABLES_LIT("ustar")))
    return CABLES_ARCHIVE_TAR;
  return CABLES_ARCHIVE_NONE;
}

/* --- What libarchive calls. */

/* Ends libarchive's work from within. */
static int give_up(CablesArchive *archive, CablesSourceResult rc) {
  archive->rc = rc;
  archive_set_error(archive->handle, EINTR, "stopped");
  return ARCHIVE_FATAL;
}

static la_ssize_t read_archive(struct archive *handle, void *arg,
                               const void **bytes) {
  CablesArchive *archive = arg;
  CablesWindow *w = archive->window;
  *bytes = NULL;
  if (cables_window_get(w).n == 0) {
    CablesSourceResult rc = cables_window_more(w, CABLES_ONE_READ);
    if (rc != CABLES_SOURCE_OK) return give_up(archive, rc);
  }
  CablesSpan s = cables_window_get(w);
  if (s.n == 0 && w->failed) { /* add_reason() knows why */
    archive_set_error(handle, EIO, "it cannot be read");
    return ARCHIVE_FATAL;
  }
  cables_window_use(w, s.n);
  *bytes = s.z;
  return (la_ssize_t)s.n;
}

static la_int64_t seek_archive(struct archive *handle, void *arg,
                               la_int64_t offset, int whence) {
  CablesArchive *archive = arg;
  CablesWindow *w = archive->window;
  int64_t size = w->input->size;
  if (size < 0) size = w->offset + (int64_t)w->buf.n;
  (void)handle;
  if (whence == SEEK_CUR)
    offset += cables_window_tell(w);
  else if (whence == SEEK_END)
    offset += size;
  if (offset > size) offset = size;
  return cables_window_seek(w, offset) ? offset : ARCHIVE_FATAL;
}

/* --- Reasons. */

/* Starts the text of why something cannot be read. */
static CablesBuf *start_error(CablesArchive *archive) {
  archive->input.error.n = 0;
  return &archive->input.error;
}

/* Appends why: that the archive's bytes cannot be read, or libarchive's words,
** which then are that they end too early. */
static void add_reason(CablesArchive *archive) {
  const CablesWindow *w = archive->window;
  if (archive->damage.n > 0) {
    cables_buf_span(&archive->input.error, cables_buf_get(&archive->damage));
    return;
  }
  if (w->failed) {
    cables_buf_span(&archive->input.error, cables_buf_get(&w->input->error));
    return;
  }
  CablesSpan why = cables_span(archive_error_string(archive->handle));
  if (why.z == NULL) why = CABLES_LIT("unknown reason");
  cables_utf8_repair(why, &archive->input.error);
}

/* Tells that nothing more comes of the archive. */
static CablesSourceResult break_off(CablesArchive *archive) {
  archive->ended = true;
  if (archive->rc != CABLES_SOURCE_OK) return archive->rc;
  CablesBuf *error = start_error(archive);
  cables_buf_text(error, archive->has_name ? "archive cannot be read on: "
                                           : "archive cannot be read: ");
  add_reason(archive);
  if (archive->has_name && archive->name.n > 0) {
    cables_buf_text(error, " (member '");
    cables_buf_span(error, cables_buf_get(&archive->name));
    cables_buf_text(error, "')");
  }
  return error->oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_ERROR;
}

/* Tells that the member cannot be read, but others may; why NULL: libarchive's
** words. */
static CablesSourceResult pass_member(CablesArchive *archive, const char *why) {
  CablesBuf *error = start_error(archive);
  if (archive->name.n > 0) {
    cables_buf_text(error, "member '");
    cables_buf_span(error, cables_buf_get(&archive->name));
    cables_buf_text(error, "' cannot be read: ");
  } else {
    cables_buf_text(error, "archive cannot be read: ");
  }
  if (why != NULL)
    cables_buf_text(error, why);
  else
    add_reason(archive);
  return error->oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_ERROR;
}

/* Counts unpacked bytes; CABLES_SOURCE_ERROR when they are too many. */
static CablesSourceResult count(CablesArchive *archive, size_t n) {
  CablesUnpacked *unpacked = archive->unpacked;
  double max = archive->options->max_ratio;
  unpacked->out += (int64_t)n;
  if (max <= 0 || unpacked->out <= FREE_BYTES ||
      (double)unpacked->out <= max * (double)*unpacked->in)
    return CABLES_SOURCE_OK;
  unpacked->exceeded = archive->ended = true;
  CablesBuf *error = start_error(archive);
  cables_buf_format(error, "archive expands to more than %g times its size",
                    max);
  if (archive->name.n > 0) {
    cables_buf_text(error, " (member '");
    cables_buf_span(error, cables_buf_get(&archive->name));
    cables_buf_text(error, "')");
  }
  return error->oom ? CABLES_SOURCE_NOMEM : CABLES_SOURCE_ERROR;
}

CablesSpan cables_archive_error(const CablesArchive *archive) {
  return cables_buf_get(&archive->input.error);
}

/* --- Damage in compressed bytes. */

static la_ssize_t read_salvaged(struct archive *handle, void *arg,
                                const void **bytes) {
  CablesArchive *archive = arg;
  (void)handle;
  size_t n = cables_salvage_read(archive->salvage, bytes);
  CablesSourceResult rc = cables_salvage_result(archive->salvage);
  return rc == CABLES_SOURCE_OK ? (la_ssize_t)n : give_up(archive, rc);
}

/* Goes to where the first reader of the archive was when it failed; false when
** that is not reached. */
static bool catch_up(CablesArchive *archive) {
  struct archive *a = archive->handle;
  struct archive_entry *entry;
  const void *bytes;
  la_int64_t offset;
  int r = ARCHIVE_OK;
  for (int64_t i = 0; i < archive->n_headers; i++) {
    r = archive_read_next_header(a, &entry);
    if (r != ARCHIVE_OK && r != ARCHIVE_WARN) return false;
  }
  archive->n_piece = 0;
  archive->piece_at = 0;
  while (archive->in_member &&
         archive->piece_at + (int64_t)archive->n_piece <= archive->at) {
    r = archive_read_data_block(a, &bytes, &archive->n_piece, &offset);
    if (r != ARCHIVE_OK && r != ARCHIVE_WARN) {
      archive->n_piece = 0;
      return archive->rc == CABLES_SOURCE_OK;
    }
    archive->piece = bytes;
    archive->piece_at = offset;
  }
  if (archive->piece_at < archive->at) {
    size_t given = (size_t)(archive->at - archive->piece_at);
    archive->piece += given;
    archive->n_piece -= given;
    archive->piece_at = archive->at;
  }
  return true;
}

/* Where compressed bytes are cut or damaged, the archive is read once more by
** what gives all of them before the damage.  True: there may be more now. */
static bool salvage(CablesArchive *archive) {
  if (archive->kind != CABLES_ARCHIVE_PACKED || archive->tried ||
      archive->rc != CABLES_SOURCE_OK)
    return false;
  archive->tried = true;
  CablesBuf *error = start_error(archive);
  add_reason(archive);
  cables_buf_span(&archive->damage, cables_buf_get(error));
  if (error->oom || archive->damage.oom)
    archive->rc = CABLES_SOURCE_NOMEM;
  else
    archive->salvage = cables_salvage_open(archive->window, &archive->rc);
  if (archive->salvage == NULL) return false;
  struct archive *a = archive_read_new();
  if (a == NULL) {
    archive->rc = CABLES_SOURCE_NOMEM;
    return false;
  }
  (void)archive_read_free(archive->handle);
  archive->handle = a;
  archive->unpacked->out = 0;
  return archive_read_support_format_tar(a) == ARCHIVE_OK &&
         archive_read_support_format_empty(a) == ARCHIVE_OK &&
         archive_read_support_format_raw(a) == ARCHIVE_OK &&
         archive_read_open(a, archive, NULL, read_salvaged, NULL) ==
             ARCHIVE_OK &&
         catch_up(archive);
}

/* Whether compressed bytes were damaged: the end of what could be unpacked is
** not the end of the archive then. */
static bool is_damaged(const CablesArchive *archive) {
  return archive->damage.n > 0;
}

/* Whether it is a single compressed file, without a name. */
static bool is_single(const CablesArchive *archive) {
  return archive_format(archive->handle) == ARCHIVE_FORMAT_RAW;
}

/* --- The bytes of a member. */

/* Unpacks the next piece of the member. */
static CablesSourceResult next_piece(CablesArchive *archive) {
  const void *bytes = NULL;
  la_int64_t offset = 0;
  archive->n_piece = 0;
  if (cables_stopped(archive->options)) return CABLES_SOURCE_STOP;
  int r = archive_read_data_block(archive->handle, &bytes, &archive->n_piece,
                                  &offset);
  if (r == ARCHIVE_FATAL && salvage(archive)) {
    if (archive->n_piece > 0) return count(archive, archive->n_piece);
    r = archive_read_data_block(archive->handle, &bytes, &archive->n_piece,
                                &offset);
  }
  if (r == ARCHIVE_OK || r == ARCHIVE_WARN) {
    archive->piece = bytes;
    archive->piece_at = offset > archive->at ? offset : archive->at;
    return count(archive, archive->n_piece);
  }
  archive->n_piece = 0;
  archive->in_member = false;
  if (r == ARCHIVE_EOF && !(is_damaged(archive) && is_single(archive)))
    return CABLES_SOURCE_END;
  if (r == ARCHIVE_FATAL || r == ARCHIVE_EOF) return break_off(archive);
  return pass_member(archive, NULL);
}

static CablesSourceResult read_member(CablesInput *input, char *z, size_t n,
                                      size_t *got) {
  CablesArchive *archive = (CablesArchive *)(void *)input;
  *got = 0;
  while (archive->n_piece == 0) {
    if (!archive->in_member) return CABLES_SOURCE_END;
    CablesSourceResult rc = next_piece(archive);
    if (rc == CABLES_SOURCE_ERROR) archive->told = true;
    if (rc != CABLES_SOURCE_OK) return rc;
  }
  /* A hole of a sparse file is read as NUL bytes. */
  if (archive->piece_at > archive->at) {
    int64_t hole = archive->piece_at - archive->at;
    if ((uint64_t)hole < n) n = (size_t)hole;
    memset(z, 0, n);
    if (cables_stopped(archive->options)) return CABLES_SOURCE_STOP;
    CablesSourceResult rc = count(archive, n);
    if (rc != CABLES_SOURCE_OK) return rc;
  } else {
    if (archive->n_piece < n) n = archive->n_piece;
    memcpy(z, archive->piece, n);
    archive->piece += n;
    archive->n_piece -= n;
    archive->piece_at += (int64_t)n;
  }
  archive->at += (int64_t)n;
  *got = n;
  return CABLES_SOURCE_OK;
}

/* --- The archive. */

/* Tells libarchive what to expect. */
static int set_formats(CablesArchive *archive) {
  struct archive *a = archive->handle;
  int r = ARCHIVE_OK;
  switch (archive->kind) {
    case CABLES_ARCHIVE_TAR:
      return archive_read_support_format_tar(a);
    case CABLES_ARCHIVE_ZIP:
      return archive_read_support_format_zip(a);
    case CABLES_ARCHIVE_7Z:
      return archive_read_support_format_7zip(a);
    default:
      break;
  }
  /* Where a decompressor is an outside program, libarchive warns. */
  if (archive_read_support_filter_gzip(a) != ARCHIVE_OK ||
      archive_read_support_filter_bzip2(a) != ARCHIVE_OK ||
      archive_read_support_filter_xz(a) != ARCHIVE_OK ||
      archive_read_support_filter_zstd(a) != ARCHIVE_OK)
    r = ARCHIVE_FATAL;
  if (r == ARCHIVE_OK) r = archive_read_support_format_tar(a);
  if (r == ARCHIVE_OK) r = archive_read_support_format_empty(a);
  if (r == ARCHIVE_OK) r = archive_read_support_format_raw(a);
  return r;
}

/* 7z has its list of members at the end: where the window cannot seek, all of
** the archive is read into it, up to max_bytes. */
static CablesSourceResult read_whole(CablesArchive *archive) {
  CablesWindow *w = archive->window;
  CablesSourceResult rc = CABLES_SOURCE_OK;
  while (rc == CABLES_SOURCE_OK && !w->ended &&
         (int64_t)w->buf.n <= archive->options->max_bytes)
    rc = cables_window_more(w, CABLES_ONE_READ);
  return rc;
}

/* Opens libarchive's reader. */
static CablesSourceResult open_handle(CablesArchive *archive) {
  struct archive *a = archive->handle;
  bool seeks = cables_window_seeks(archive->window);
  if (archive->kind == CABLES_ARCHIVE_7Z && !seeks) {
    CablesSourceResult rc = read_whole(archive);
    if (rc != CABLES_SOURCE_OK) return rc;
    seeks = cables_window_seeks(archive->window);
    if (!seeks) {
      archive->ended = true;
      return pass_member(archive, archive->window->failed
                                      ? NULL
                                      : "a 7z archive in another is too large");
    }
  }
  int r = set_formats(archive);
  if (r == ARCHIVE_OK) r = archive_read_set_read_callback(a, read_archive);
  if (r == ARCHIVE_OK && seeks)
    r = archive_read_set_seek_callback(a, seek_archive);
  if (r == ARCHIVE_OK) r = archive_read_set_callback_data(a, archive);
  if (r == ARCHIVE_OK) r = archive_read_open1(a);
  if (r == ARCHIVE_OK || salvage(archive)) return CABLES_SOURCE_OK;
  return break_off(archive);
}

CablesSourceResult cables_archive_open(CablesArchive **out,
                                       CablesWindow *window,
                                       CablesArchiveKind kind,
                                       CablesUnpacked *unpacked,
                                       const CablesSourceOptions *options) {
  CablesArchive *archive = *out = cables_malloc(sizeof(*archive));
  if (archive == NULL) return CABLES_SOURCE_NOMEM;
  *archive = (CablesArchive){
      .window = window, .kind = kind, .unpacked = unpacked, .options = options};
  archive->input.read = read_member;
  archive->input.size = -1;
  archive->handle = archive_read_new();
  if (archive->handle != NULL) {
    CablesSourceResult rc = open_handle(archive);
    if (rc == CABLES_SOURCE_OK) return rc;
    archive->told = rc != CABLES_SOURCE_ERROR;
    archive->rc = rc;
    if (rc == CABLES_SOURCE_ERROR) return CABLES_SOURCE_OK;
    cables_archive_close(archive);
    *out = NULL;
    return rc;
  }
  cables_archive_close(archive);
  *out = NULL;
  return CABLES_SOURCE_NOMEM;
}

void cables_archive_close(CablesArchive *archive) {
  if (archive == NULL) return;
  if (archive->handle != NULL) (void)archive_read_free(archive->handle);
  cables_salvage_close(archive->salvage);
  cables_buf_free(&archive->damage);
  cables_buf_free(&archive->input.error);
  cables_buf_free(&archive->name);
  cables_free(archive);
}

void cables_archive_leave(CablesArchive *archive) { archive->told = true; }

/* Takes the member's name.  libarchive gives none in UTF-8 when it is in
** another charset than the locale's. */
static bool set_name(CablesArchive *archive, struct archive_entry *entry) {
  archive->name.n = 0;
  archive->has_name = true;
  if (is_single(archive)) return true;
  CablesSpan name = cables_span(archive_entry_pathname_utf8(entry));
  if (name.z == NULL) name = cables_span(archive_entry_pathname(entry));
  if (name.z != NULL) cables_decode(name, &archive->name);
  return !archive->name.oom;
}

/* Whether the bytes of the member are packed with those of others, so that
** passing over them means unpacking them. */
static bool is_solid(const CablesArchive *archive) {
  return archive->kind == CABLES_ARCHIVE_7Z ||
         archive->kind == CABLES_ARCHIVE_PACKED;
}

/* Goes behind the member.  What is unpacked on the way is counted, and asks
** whether to go on. */
static CablesSourceResult leave_member(CablesArchive *archive) {
  CablesSourceResult rc = CABLES_SOURCE_OK;
  while (archive->in_member && rc == CABLES_SOURCE_OK && is_solid(archive))
    rc = next_piece(archive);
  if (archive->in_member && rc == CABLES_SOURCE_OK &&
      archive_read_data_skip(archive->handle) == ARCHIVE_FATAL)
    rc = break_off(archive);
  archive->in_member = false;
  archive->n_piece = 0;
  return rc == CABLES_SOURCE_END ? CABLES_SOURCE_OK : rc;
}

/* Goes to the next header; CABLES_SOURCE_OK without a member for one that is
** no regular file. */
static CablesSourceResult next_header(CablesArchive *archive,
                                      struct archive_entry **entry) {
  for (int failures = 0; failures < MAX_FAILURES; failures++) {
    if (cables_stopped(archive->options)) return CABLES_SOURCE_STOP;
    int r = archive_read_next_header(archive->handle, entry);
    if (r == ARCHIVE_FATAL && salvage(archive))
      r = archive_read_next_header(archive->handle, entry);
    if (archive->rc != CABLES_SOURCE_OK) return archive->rc;
    if (r == ARCHIVE_OK || r == ARCHIVE_WARN) return CABLES_SOURCE_OK;
    if (r == ARCHIVE_EOF && is_damaged(archive)) break;
    if (r == ARCHIVE_EOF) {
      archive->ended = true;
      return CABLES_SOURCE_END;
    }
    if (r == ARCHIVE_FATAL) break;
  }
  return break_off(archive);
}

/* Fills in what the header of a member says. */
static void take_header(CablesArchive *archive, struct archive_entry *entry,
                        CablesMember *member) {
  archive->n_headers++;
  archive->in_member = true;
  archive->told = false;
  archive->at = archive->piece_at = 0;
  archive->n_piece = 0;
  archive->input.error.n = 0;
  *member = (CablesMember){.input = &archive->input, .size = -1};
  if (archive->name.n > 0) member->name = cables_buf_get(&archive->name);
  if (archive_entry_size_is_set(entry))
    member->size = archive_entry_size(entry);
  member->has_mtime = archive_entry_mtime_is_set(entry) != 0;
  if (member->has_mtime) member->mtime = archive_entry_mtime(entry);
}

CablesSourceResult cables_archive_next(CablesArchive *archive,
                                       CablesMemberWanted *wanted, void *arg,
                                       CablesMember *member) {
  struct archive_entry *entry = NULL;
  *member = (CablesMember){.size = -1};
  if (archive->rc == CABLES_SOURCE_ERROR) { /* it could not be opened */
    archive->rc = CABLES_SOURCE_OK;
    return CABLES_SOURCE_ERROR;
  }
  for (;;) {
    if (archive->has_name && archive->name.n > 0)
      member->name = cables_buf_get(&archive->name);
    bool told = archive->told;
    CablesSourceResult rc = leave_member(archive);
    if (rc == CABLES_SOURCE_ERROR && told) rc = CABLES_SOURCE_OK;
    if (rc == CABLES_SOURCE_OK && archive->ended) return CABLES_SOURCE_END;
    if (rc == CABLES_SOURCE_OK) rc = next_header(archive, &entry);
    if (rc != CABLES_SOURCE_OK) return rc;
    if (!set_name(archive, entry)) return CABLES_SOURCE_NOMEM;
    take_header(archive, entry, member);
    if (archive_entry_filetype(entry) != AE_IFREG ||
        archive_entry_hardlink(entry) != NULL)
      continue;
    if (wanted != NULL && !wanted(arg, member->name)) continue;
    if (archive_entry_is_data_encrypted(entry)) {
      archive->in_member = false;
      return pass_member(archive, "encrypted");
    }
    return CABLES_SOURCE_OK;
  }
}

const char *cables_archive_library(void) { return archive_version_string(); }
