/*
** What can be unpacked of a damaged file: see salvage.h.
*/
#include "salvage.h"

#include <archive.h> /* NOLINT(readability-duplicate-include): not ours */
#include <archive_entry.h>
#include <string.h>

#include "../base/mem.h"

/* The header of a zip's member: magic, version 2.0, flags, method, time, date,
** checksum, sizes, length of the name, none more; the name.  The sizes are the
** largest: they are met by no file that is damaged. */
enum { METHOD = 8, ZIP_HEADER = 31 };
static const unsigned char zip_header[ZIP_HEADER] = {
    'P', 'K', 3,    4,    20,   0,    0,    0,    0,    0,    0, 0, 0, 0, 0,  0,
    0,   0,   0xf0, 0xff, 0xff, 0x7f, 0xf0, 0xff, 0xff, 0x7f, 1, 0, 0, 0, 'x'};

struct CablesSalvage {
  struct archive *zip;
  CablesWindow *window;
  unsigned char header[ZIP_HEADER]; /* that is given first */
  bool begun;                       /* it was */
  CablesSourceResult rc;            /* CABLES_SOURCE_STOP, _NOMEM */
};

/* The method by which a zip calls what starts like this; 0: it is unknown. */
static unsigned char find_method(CablesSpan head) {
  if (cables_starts(head, CABLES_LIT("\x1f\x8b\x08"))) return 8;
  if (cables_starts(head, CABLES_LIT("BZh"))) return 12;
  if (cables_starts(head, CABLES_LIT("\xfd"
                                     "7zXZ")))
    return 95;
  return cables_starts(head, CABLES_LIT("\x28\xb5\x2f\xfd")) ? 93 : 0;
}

/* Bytes of a gzip header, which a zip has not (RFC 1952, 2.3). */
static size_t gzip_header(CablesSpan head) {
  enum { FIXED = 10, CHECK = 2, EXTRA = 4, NAME = 8, COMMENT = 16 };
  if (head.n < FIXED) return head.n;
  int flags = (unsigned char)head.z[3];
  size_t n = FIXED;
  if ((flags & EXTRA) && n + 2 <= head.n)
    n += 2 + (size_t)(unsigned char)head.z[n] +
         256 * (size_t)(unsigned char)head.z[n + 1];
  for (int text = NAME; text <= COMMENT; text *= 2) {
    if (!(flags & text)) continue;
    while (n < head.n && head.z[n] != '\0') n++;
    n++;
  }
  if (flags & CHECK) n += 2;
  return n < head.n ? n : head.n;
}

static la_ssize_t read_packed(struct archive *zip, void *arg,
                              const void **bytes) {
  CablesSalvage *salvage = arg;
  CablesWindow *w = salvage->window;
  *bytes = salvage->header;
  if (!salvage->begun) {
    salvage->begun = true;
    return ZIP_HEADER;
  }
  if (cables_window_get(w).n == 0) {
    salvage->rc = cables_window_more(w, CABLES_ONE_READ);
    if (salvage->rc != CABLES_SOURCE_OK) {
      archive_set_error(zip, -1, "stopped");
      return ARCHIVE_FATAL;
    }
  }
  CablesSpan s = cables_window_get(w);
  cables_window_use(w, s.n);
  *bytes = s.z;
  return (la_ssize_t)s.n;
}

/* Goes to where the compressed bytes start, and knows what they are. */
static bool find_start(CablesSalvage *salvage) {
  CablesWindow *w = salvage->window;
  if (!cables_window_seeks(w) || !cables_window_seek(w, 0)) return false;
  if (cables_window_get(w).n < CABLES_FIRST_READ)
    salvage->rc = cables_window_more(w, CABLES_FIRST_READ);
  CablesSpan head = cables_window_get(w);
  unsigned char method = find_method(head);
  memcpy(salvage->header, zip_header, ZIP_HEADER);
  salvage->header[METHOD] = method;
  if (method == 8) cables_window_use(w, gzip_header(head));
  return salvage->rc == CABLES_SOURCE_OK && method != 0;
}

/* Opens the zip, and its member. */
static bool open_zip(CablesSalvage *salvage) {
  struct archive_entry *entry;
  struct archive *zip = salvage->zip = archive_read_new();
  return zip != NULL &&
         archive_read_support_format_zip_streamable(zip) == ARCHIVE_OK &&
         archive_read_open(zip, salvage, NULL, read_packed, NULL) ==
             ARCHIVE_OK &&
         archive_read_next_header(zip, &entry) == ARCHIVE_OK;
}

CablesSalvage *cables_salvage_open(CablesWindow *window,
                                   CablesSourceResult *rc) {
  CablesSalvage *salvage = cables_malloc(sizeof(*salvage));
  *rc = CABLES_SOURCE_NOMEM;
  if (salvage == NULL) return NULL;
  *salvage = (CablesSalvage){.window = window};
  bool opened = find_start(salvage) && open_zip(salvage);
  *rc = salvage->rc;
  if (opened) return salvage;
  cables_salvage_close(salvage);
  return NULL;
}

size_t cables_salvage_read(CablesSalvage *salvage, const void **bytes) {
  la_int64_t offset;
  size_t n = 0;
  int r = ARCHIVE_OK;
  while (n == 0 && r == ARCHIVE_OK)
    r = archive_read_data_block(salvage->zip, bytes, &n, &offset);
  return r == ARCHIVE_OK ? n : 0;
}

CablesSourceResult cables_salvage_result(const CablesSalvage *salvage) {
  return salvage->rc;
}

void cables_salvage_close(CablesSalvage *salvage) {
  if (salvage == NULL) return;
  if (salvage->zip != NULL) (void)archive_read_free(salvage->zip);
  cables_free(salvage);
}
