/*
** Fuzz target: the marking of an executive order.  Input: order, line end,
** marking; its last three bytes are the level and the day of creation.
*/
#include "../../ext/telegram/declass.h"

#include "../unit/memory.h"
#include "fuzz.h"

static void check_date(CablesDate d) {
  CHECK(d.year == 0 || cables_date_valid(d));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  if (n < 3) return 0;
  n -= 3;
  int level = data[n] % 6 - 1;
  CablesDate created = {1950 + data[n + 1] % 70, 1 + data[n + 2] % 12,
                        1 + data[n + 2] / 12 % 28};
  if (data[n + 1] == 255) created = (CablesDate){0, 0, 0};
  const uint8_t *nl = n > 0 ? memchr(data, '\n', n) : NULL;
  size_t cut = nl != NULL ? (size_t)(nl - data) : 0;
  size_t from = nl != NULL ? cut + 1 : 0;
  CablesSpan order = fuzz_copy(data, cut);
  CablesSpan marking = fuzz_copy(data + from, n - from);

  CablesArena arena = {0};
  CablesDeclass a, b;
  cables_declass_read(order, marking, level, created, &arena, &a);
  CHECK(!arena.oom);
  check_date(a.date);
  check_date(a.review);
  check_date(a.downgrade);
  fuzz_touch(a.downgrade_level);
  fuzz_touch(a.event);
  fuzz_touch(a.exemption);
  fuzz_touch(a.basis);
  CHECK(a.basis.n > 0);
  CHECK(cables_declass_kind_name(a.kind) != NULL);
  CHECK(a.kind != CABLES_DECLASS_DATE || a.date.year > 0);
  CHECK(a.kind != CABLES_DECLASS_SCHEDULE || a.date.year > 0);
  CHECK(a.kind != CABLES_DECLASS_COMPUTED || a.date.year > 0);
  cables_declass_read(order, marking, level, created, &arena, &b);
  CHECK(a.kind == b.kind && a.order == b.order && a.flags == b.flags);
  CHECK(cables_date_compare(a.date, b.date) == 0);

  int rank = cables_classification_rank(marking);
  CHECK(rank >= -1 && rank <= 4);
  check_date(cables_date_from_iso(marking));
  int month = cables_month_from_name(marking);
  CHECK(month >= 0 && month <= 12);
  check_date(cables_declass_automatic(created));

  cables_arena_free(&arena);
  CHECK(test_memory_live() == 0);
  fuzz_free(order);
  fuzz_free(marking);
  return 0;
}
