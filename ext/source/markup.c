/*
** Which '<' of a page are markup: see markup.h.  Knows tags, not the tree that
** they build.
*/
#include "markup.h"

#include <stdlib.h>
#include <string.h>

enum {
  LONGEST_NAME = 16, /* bytes; the longest name in the table has 10 */
  MAX_QUOTED = 16    /* values of a tag that may hold a '<' */
};

/* An element of HTML, of today or of 2010. */
typedef struct Element {
  const char *name;   /* lower case */
  CablesElement kind; /* what it does */
} Element;

/* In byte order of the name. */
static const Element elements[] = {
    {"a", CABLES_ELEMENT_INLINE},         {"abbr", CABLES_ELEMENT_INLINE},
    {"acronym", CABLES_ELEMENT_INLINE},   {"address", CABLES_ELEMENT_BLOCK},
    {"applet", CABLES_ELEMENT_INLINE},    {"area", CABLES_ELEMENT_INLINE},
    {"article", CABLES_ELEMENT_BLOCK},    {"aside", CABLES_ELEMENT_BLOCK},
    {"audio", CABLES_ELEMENT_INLINE},     {"b", CABLES_ELEMENT_INLINE},
    {"base", CABLES_ELEMENT_INLINE},      {"basefont", CABLES_ELEMENT_INLINE},
    {"bdi", CABLES_ELEMENT_INLINE},       {"bdo", CABLES_ELEMENT_INLINE},
    {"big", CABLES_ELEMENT_INLINE},       {"blink", CABLES_ELEMENT_INLINE},
    {"blockquote", CABLES_ELEMENT_BLOCK}, {"body", CABLES_ELEMENT_BODY},
    {"br", CABLES_ELEMENT_BREAK},         {"button", CABLES_ELEMENT_INLINE},
    {"canvas", CABLES_ELEMENT_INLINE},    {"caption", CABLES_ELEMENT_BLOCK},
    {"center", CABLES_ELEMENT_BLOCK},     {"cite", CABLES_ELEMENT_INLINE},
    {"code", CABLES_ELEMENT_INLINE},      {"col", CABLES_ELEMENT_INLINE},
    {"colgroup", CABLES_ELEMENT_INLINE},  {"data", CABLES_ELEMENT_INLINE},
    {"datalist", CABLES_ELEMENT_INLINE},  {"dd", CABLES_ELEMENT_BLOCK},
    {"del", CABLES_ELEMENT_INLINE},       {"details", CABLES_ELEMENT_BLOCK},
    {"dfn", CABLES_ELEMENT_INLINE},       {"dialog", CABLES_ELEMENT_BLOCK},
    {"dir", CABLES_ELEMENT_BLOCK},        {"div", CABLES_ELEMENT_BLOCK},
    {"dl", CABLES_ELEMENT_BLOCK},         {"dt", CABLES_ELEMENT_BLOCK},
    {"em", CABLES_ELEMENT_INLINE},        {"embed", CABLES_ELEMENT_INLINE},
    {"fieldset", CABLES_ELEMENT_BLOCK},   {"figcaption", CABLES_ELEMENT_BLOCK},
    {"figure", CABLES_ELEMENT_BLOCK},     {"font", CABLES_ELEMENT_INLINE},
    {"footer", CABLES_ELEMENT_BLOCK},     {"form", CABLES_ELEMENT_BLOCK},
    {"frame", CABLES_ELEMENT_INLINE},     {"frameset", CABLES_ELEMENT_INLINE},
    {"h1", CABLES_ELEMENT_BLOCK},         {"h2", CABLES_ELEMENT_BLOCK},
    {"h3", CABLES_ELEMENT_BLOCK},         {"h4", CABLES_ELEMENT_BLOCK},
    {"h5", CABLES_ELEMENT_BLOCK},         {"h6", CABLES_ELEMENT_BLOCK},
    {"head", CABLES_ELEMENT_INLINE},      {"header", CABLES_ELEMENT_BLOCK},
    {"hgroup", CABLES_ELEMENT_BLOCK},     {"hr", CABLES_ELEMENT_BLOCK},
    {"html", CABLES_ELEMENT_INLINE},      {"i", CABLES_ELEMENT_INLINE},
    {"iframe", CABLES_ELEMENT_DROPPED},   {"img", CABLES_ELEMENT_INLINE},
    {"input", CABLES_ELEMENT_INLINE},     {"ins", CABLES_ELEMENT_INLINE},
    {"isindex", CABLES_ELEMENT_BLOCK},    {"kbd", CABLES_ELEMENT_INLINE},
    {"label", CABLES_ELEMENT_INLINE},     {"layer", CABLES_ELEMENT_BLOCK},
    {"legend", CABLES_ELEMENT_BLOCK},     {"li", CABLES_ELEMENT_BLOCK},
    {"link", CABLES_ELEMENT_INLINE},      {"listing", CABLES_ELEMENT_PRE},
    {"main", CABLES_ELEMENT_BLOCK},       {"map", CABLES_ELEMENT_INLINE},
    {"mark", CABLES_ELEMENT_INLINE},      {"marquee", CABLES_ELEMENT_BLOCK},
    {"math", CABLES_ELEMENT_INLINE},      {"menu", CABLES_ELEMENT_BLOCK},
    {"meta", CABLES_ELEMENT_INLINE},      {"meter", CABLES_ELEMENT_INLINE},
    {"nav", CABLES_ELEMENT_BLOCK},        {"nobr", CABLES_ELEMENT_INLINE},
    {"noembed", CABLES_ELEMENT_DROPPED},  {"noframes", CABLES_ELEMENT_DROPPED},
    {"noscript", CABLES_ELEMENT_DROPPED}, {"object", CABLES_ELEMENT_INLINE},
    {"ol", CABLES_ELEMENT_BLOCK},         {"optgroup", CABLES_ELEMENT_BLOCK},
    {"option", CABLES_ELEMENT_BLOCK},     {"output", CABLES_ELEMENT_INLINE},
    {"p", CABLES_ELEMENT_BLOCK},          {"param", CABLES_ELEMENT_INLINE},
    {"picture", CABLES_ELEMENT_INLINE},   {"plaintext", CABLES_ELEMENT_PRE},
    {"pre", CABLES_ELEMENT_PRE},          {"progress", CABLES_ELEMENT_INLINE},
    {"q", CABLES_ELEMENT_INLINE},         {"rb", CABLES_ELEMENT_INLINE},
    {"rp", CABLES_ELEMENT_INLINE},        {"rt", CABLES_ELEMENT_INLINE},
    {"rtc", CABLES_ELEMENT_INLINE},       {"ruby", CABLES_ELEMENT_INLINE},
    {"s", CABLES_ELEMENT_INLINE},         {"samp", CABLES_ELEMENT_INLINE},
    {"script", CABLES_ELEMENT_DROPPED},   {"search", CABLES_ELEMENT_BLOCK},
    {"section", CABLES_ELEMENT_BLOCK},    {"select", CABLES_ELEMENT_INLINE},
    {"slot", CABLES_ELEMENT_INLINE},      {"small", CABLES_ELEMENT_INLINE},
    {"source", CABLES_ELEMENT_INLINE},    {"spacer", CABLES_ELEMENT_INLINE},
    {"span", CABLES_ELEMENT_INLINE},      {"strike", CABLES_ELEMENT_INLINE},
    {"strong", CABLES_ELEMENT_INLINE},    {"style", CABLES_ELEMENT_DROPPED},
    {"sub", CABLES_ELEMENT_INLINE},       {"summary", CABLES_ELEMENT_BLOCK},
    {"sup", CABLES_ELEMENT_INLINE},       {"svg", CABLES_ELEMENT_INLINE},
    {"table", CABLES_ELEMENT_TABLE},      {"tbody", CABLES_ELEMENT_INLINE},
    {"td", CABLES_ELEMENT_CELL},          {"template", CABLES_ELEMENT_DROPPED},
    {"textarea", CABLES_ELEMENT_PRE},     {"tfoot", CABLES_ELEMENT_INLINE},
    {"th", CABLES_ELEMENT_CELL},          {"thead", CABLES_ELEMENT_INLINE},
    {"time", CABLES_ELEMENT_INLINE},      {"title", CABLES_ELEMENT_DROPPED},
    {"tr", CABLES_ELEMENT_ROW},           {"track", CABLES_ELEMENT_INLINE},
    {"tt", CABLES_ELEMENT_INLINE},        {"u", CABLES_ELEMENT_INLINE},
    {"ul", CABLES_ELEMENT_BLOCK},         {"var", CABLES_ELEMENT_INLINE},
    {"video", CABLES_ELEMENT_INLINE},     {"wbr", CABLES_ELEMENT_INLINE},
    {"xmp", CABLES_ELEMENT_PRE},
};

/* A page being escaped. */
typedef struct Page {
  CablesSpan text;       /* all of it */
  size_t no_quote[2];    /* from here on there is no " and no ' */
  size_t no_comment_end; /* from here on there is no --> */
} Page;

/* Compares a name with an element of the table. */
static int compare_name(const void *key, const void *element) {
  return strcmp(key, ((const Element *)element)->name);
}

CablesElement cables_element(CablesSpan name) {
  char lower[LONGEST_NAME];
  if (name.n >= sizeof(lower)) return CABLES_ELEMENT_UNKNOWN;
  for (size_t i = 0; i < name.n; i++) {
    char c = name.z[i];
    lower[i] = cables_is_upper(c) ? (char)(c - 'A' + 'a') : c;
  }
  lower[name.n] = '\0';
  const Element *found =
      bsearch(lower, elements, sizeof(elements) / sizeof(elements[0]),
              sizeof(elements[0]), compare_name);
  return found ? found->kind : CABLES_ELEMENT_UNKNOWN;
}

/* Whether a name that HTML does not have is markup all the same: lower-case
** words with one colon or hyphen, as in <o:p> and <my-box>. */
static bool is_foreign(CablesSpan name) {
  size_t joints = 0;
  for (size_t i = 0; i < name.n; i++) {
    char c = name.z[i];
    if (c == ':' || c == '-') {
      if (i == 0 || i + 1 == name.n) return false;
      joints++;
    } else if (!cables_is_lower(c) && !cables_is_digit(c)) {
      return false;
    }
  }
  return joints == 1;
}

/* Offset behind a quoted value whose opening quote is at i; i + 1 when it is
** never closed. */
static size_t skip_quoted(Page *page, size_t i) {
  CablesSpan s = page->text;
  size_t *none = &page->no_quote[s.z[i] == '"' ? 0 : 1];
  if (i + 1 >= *none) return i + 1; /* or the text ends here */
  const char *end = memchr(s.z + i + 1, s.z[i], s.n - i - 1);
  if (end == NULL) {
    *none = i + 1;
    return i + 1;
  }
  return (size_t)(end - s.z) + 1;
}

/* Offset behind the '>' of a tag whose name ends at i; 0 when it has none.
** Every tag is looked at from its own '<', so a tag may hold only so many '<'
** in its values, or hostile text would make the whole quadratic. */
static size_t tag_end(Page *page, size_t i) {
  CablesSpan s = page->text;
  int quoted = 0;
  bool value = false; /* the last byte but blanks was '=' */
  while (i < s.n) {
    char c = s.z[i];
    if (c == '>') return i + 1;
    if (c == '<') return 0;
    if (value && (c == '"' || c == '\'')) {
      size_t end = skip_quoted(page, i);
      if (memchr(s.z + i, '<', end - i) != NULL && ++quoted > MAX_QUOTED)
        return 0;
      i = end;
      value = false;
      continue;
    }
    if (!cables_is_space(c)) value = c == '=';
    i++;
  }
  return 0;
}

/* Offset behind the comment that starts at i, 0 when it is not closed. */
static size_t comment_end(Page *page, size_t i) {
  if (i >= page->no_comment_end) return 0;
  CablesSpan rest = cables_sub(page->text, i + 4, page->text.n);
  size_t n = cables_find(rest, CABLES_LIT("-->"));
  if (n != (size_t)-1) return i + 4 + n + 3;
  page->no_comment_end = i;
  return 0;
}

/* Offset behind the markup whose '<' is at i; 0 when that is data. */
static size_t markup_end(Page *page, size_t i) {
  CablesSpan rest = cables_sub(page->text, i, page->text.n);
  if (cables_starts(rest, CABLES_LIT("<!--"))) return comment_end(page, i);
  if (rest.n < 2) return 0;
  char next = rest.z[1];
  if (next == '!' || next == '?') {
    bool named = rest.n > 2 && (cables_is_alpha(rest.z[2]) || rest.z[2] == '[');
    return named ? tag_end(page, i + 2) : 0;
  }
  size_t start = next == '/' ? 2 : 1;
  size_t n = start;
  while (n < rest.n && n < start + 40 &&
         (cables_is_alnum(rest.z[n]) || rest.z[n] == ':' || rest.z[n] == '-'))
    n++;
  if (n == rest.n) return 0;
  char behind = rest.z[n];
  if (!cables_is_space(behind) && behind != '/' && behind != '>') return 0;
  CablesSpan name = cables_sub(rest, start, n - start);
  if (cables_element(name) == CABLES_ELEMENT_UNKNOWN && !is_foreign(name))
    return 0;
  return tag_end(page, i + n);
}

/* Whether an entity with its semicolon stands at the '&' at i. */
static bool is_entity(CablesSpan s, size_t i) {
  size_t n = 1;
  if (i + n < s.n && s.z[i + n] == '#') n++;
  size_t start = n;
  while (i + n < s.n && n < 34 && cables_is_alnum(s.z[i + n])) n++;
  return n > start && i + n < s.n && s.z[i + n] == ';';
}

void cables_markup_escape(CablesSpan text, CablesBuf *out) {
  Page page = {
      .text = text, .no_quote = {text.n, text.n}, .no_comment_end = text.n};
  size_t done = 0; /* bytes appended */
  size_t i = 0;
  while (i < text.n) {
    if (text.z[i] != '<' && text.z[i] != '&') {
      i++;
      continue;
    }
    bool tag = text.z[i] == '<';
    size_t end = tag ? markup_end(&page, i) : is_entity(text, i) ? i + 1 : 0;
    if (end > 0) {
      i = end;
      continue;
    }
    cables_buf_span(out, cables_sub(text, done, i - done));
    cables_buf_text(out, tag ? "&lt;" : "&amp;");
    done = ++i;
  }
  cables_buf_span(out, cables_sub(text, done, text.n - done));
}
