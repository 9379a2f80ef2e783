/*
** Fuzz target: spellings of reference ids, names of posts, runs of TAGS.  The
** last byte chooses the year.
*/
#include "../../ext/telegram/reference.h"
#include "../../ext/telegram/refid.h"

#include "../unit/memory.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  if (n < 1) return 0;
  n -= 1;
  int year = data[n] % 3 == 0 ? 0 : 1970 + data[n] / 3 % 41;
  CablesSpan text = fuzz_copy(data, n);
  CablesArena arena = {0};
  CablesRefid id;
  if (cables_refid_read(text, year, &arena, &id)) {
    CHECK(id.year >= 1966 && id.year <= 2065);
    CHECK(id.post.z != NULL && id.post.n > 0 && id.serial >= 0);
    for (size_t i = 0; i < id.post.n; i++) CHECK(cables_is_upper(id.post.z[i]));
    /* What is printed reads as itself. */
    CablesBuf b = {0}, c = {0};
    cables_refid_print(&b, id);
    if (id.serial > 0) {
      CablesRefid same;
      CHECK(cables_refid_read(cables_buf_get(&b), 0, &arena, &same));
      cables_refid_print(&c, same);
      if (!cables_equal(cables_buf_get(&b), cables_buf_get(&c)))
        fprintf(stderr, "%.*s -> %.*s\n", (int)b.n, b.z, (int)c.n, c.z);
      CHECK(cables_equal(cables_buf_get(&b), cables_buf_get(&c)));
    }
    b.n = 0;
    cables_refid_print_nara(&b, id);
    CHECK(!b.oom && !c.oom);
    cables_buf_free(&b);
    cables_buf_free(&c);
  }
  bool known;
  CablesSpan post = cables_post_canonical(text, &arena, &known);
  fuzz_touch(post);
  if (known) {
    CHECK(cables_post_find(post) != NULL);
    CablesSpan again = cables_post_canonical(post, &arena, &known);
    CHECK(known && cables_equal(post, again));
  }
  CablesSpan *codes;
  size_t n_codes = cables_tags_split(text, &arena, &codes);
  size_t sum = 0;
  for (size_t i = 0; i < n_codes; i++) {
    CHECK(cables_tag_find(codes[i]) != NULL);
    sum += codes[i].n;
  }
  CHECK(n_codes == 0 || (n_codes >= 2 && sum == text.n));
  (void)cables_post_find_display(text);
  (void)cables_post_find_alias(text);
  CHECK(!arena.oom);
  cables_arena_free(&arena);
  CHECK(test_memory_live() == 0);
  fuzz_free(text);
  return 0;
}
