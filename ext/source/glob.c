/*
** Globs: see glob.h.  Knows no file system.
*/
#include "glob.h"

#include "../base/utf8.h"

/* Takes one character from s at *i.  A byte that is not part of UTF-8 becomes
** a code of its own above Unicode, so that it matches only itself. */
static unsigned take(CablesSpan s, size_t *i) {
  unsigned lead = (unsigned char)s.z[*i];
  size_t n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (n == 1 || cables_utf8_valid(cables_sub(s, *i, n)) != n) {
    *i += 1;
    return lead < 0x80 ? lead : 0x110000 + lead;
  }
  unsigned code = n == 2 ? lead & 0x1f : n == 3 ? lead & 0x0f : lead & 0x07;
  for (size_t k = 1; k < n; k++)
    code = code << 6 | ((unsigned char)s.z[*i + k] & 0x3f);
  *i += n;
  return code;
}

/* Matches the class at p.z[*i], just behind its '[', with a character and
** moves *i behind its ']'.  Gives -1 when the class is not closed: the '[' is
** then an ordinary character. */
static int match_class(CablesSpan p, size_t *i, unsigned c) {
  size_t at = *i;
  bool negate = at < p.n && (p.z[at] == '!' || p.z[at] == '^');
  if (negate) at++;
  bool hit = false;
  for (bool first = true; at < p.n; first = false) {
    if (p.z[at] == ']' && !first) {
      *i = at + 1;
      return hit != negate;
    }
    unsigned low = take(p, &at);
    unsigned high = low;
    if (at + 1 < p.n && p.z[at] == '-' && p.z[at + 1] != ']') {
      at++;
      high = take(p, &at);
    }
    if (c >= low && c <= high) hit = true;
  }
  return -1;
}

/* Matches one pattern element other than * with one character of the name and
** moves both on. */
static bool match_one(CablesSpan p, size_t *i, CablesSpan name, size_t *k) {
  unsigned c = take(name, k);
  if (p.z[*i] == '?') {
    ++*i;
    return true;
  }
  if (p.z[*i] == '[') {
    size_t at = *i + 1;
    int hit = match_class(p, &at, c);
    if (hit >= 0) {
      *i = at;
      return hit;
    }
  }
  return take(p, i) == c;
}

bool cables_glob_name(CablesSpan p, CablesSpan name) {
  size_t i = 0;
  size_t k = 0;
  size_t star = p.n; /* behind the last *, p.n while there was none */
  size_t mark = 0;   /* where the name goes on when that * takes one more */
  bool starred = false;
  while (k < name.n) {
    if (i < p.n && p.z[i] == '*') {
      starred = true;
      star = ++i;
      mark = k;
    } else if (i >= p.n || !match_one(p, &i, name, &k)) {
      /* Only the last * needs another try: an earlier one could take no more
      ** than it did without losing what follows it. */
      if (!starred) return false;
      take(name, &mark);
      i = star;
      k = mark;
    }
  }
  while (i < p.n && p.z[i] == '*') i++;
  return i == p.n;
}

bool cables_is_glob(CablesSpan text) {
  for (size_t i = 0; i < text.n; i++)
    if (text.z[i] == '*' || text.z[i] == '?' || text.z[i] == '[') return true;
  return false;
}

/* Whether a part stands for any depth of folders. */
static bool is_deep(CablesSpan part) {
  return cables_equal(part, CABLES_LIT("**"));
}

/* Adds what a state reaches without a name: ** may stand for no folder. */
static uint64_t closure(const CablesGlob *glob, uint64_t state) {
  for (unsigned i = 0; i + 1 < glob->n_parts; i++)
    if (state >> i & 1 && is_deep(glob->parts[i])) state |= UINT64_C(2) << i;
  return state;
}

bool cables_glob_init(CablesGlob *glob, CablesSpan text) {
  size_t base = 0; /* length of the base */
  size_t at = 0;
  while (at < text.n) {
    size_t n = cables_find(cables_sub(text, at, text.n), CABLES_LIT("/"));
    if (n == (size_t)-1 || cables_is_glob(cables_sub(text, at, n))) break;
    at += n + 1;
    base = at;
  }
  while (base > 1 && text.z[base - 2] == '/') base--;
  *glob = (CablesGlob){.base = cables_sub(text, 0, base)};
  while (at < text.n) {
    CablesSpan rest = cables_sub(text, at, text.n);
    size_t n = cables_find(rest, CABLES_LIT("/"));
    CablesSpan part = cables_sub(rest, 0, n);
    at += part.n + 1;
    if (part.n == 0 || cables_equal(part, CABLES_LIT("."))) continue;
    if (glob->n_parts == CABLES_GLOB_PARTS) return false;
    glob->parts[glob->n_parts++] = part;
  }
  if (text.n > 0 && text.z[text.n - 1] == '/') {
    if (glob->n_parts == CABLES_GLOB_PARTS) return false;
    glob->parts[glob->n_parts++] = CABLES_LIT("**");
  }
  glob->start = closure(glob, 1);
  return true;
}

uint64_t cables_glob_enter(const CablesGlob *glob, uint64_t state,
                           CablesSpan name) {
  uint64_t next = 0;
  for (unsigned i = 0; i < glob->n_parts; i++) {
    if (!(state >> i & 1)) continue;
    if (is_deep(glob->parts[i])) {
      next |= UINT64_C(1) << i;
    } else if (i + 1 < glob->n_parts &&
               cables_glob_name(glob->parts[i], name)) {
      next |= UINT64_C(2) << i;
    }
  }
  return closure(glob, next);
}

bool cables_glob_file(const CablesGlob *glob, uint64_t state, CablesSpan name) {
  unsigned last = glob->n_parts - 1;
  return glob->n_parts > 0 && state >> last & 1 &&
         cables_glob_name(glob->parts[last], name);
}
