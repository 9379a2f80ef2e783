/*
** The words that a web page prints behind a telegram: counts of comments,
** buttons, labels of its own.  Sources: modern.md 10.3; 1970s.md 10.
**
** There is no end mark in a copied page.  What gives a line away is that it
** consists of nothing but the words of pages, or opens as only pages do; what
** stands above it decides whether it is taken for one (closing.c).
*/
#include <stdlib.h>
#include <string.h>

#include "parse.h"

enum {
  LONGEST_WORD = 16, /* bytes of a word of the table, at most, and NUL */
  LONGEST_LINE = 80  /* bytes of a line of such words */
};

/* Words on buttons, links and labels of pages, in byte order. */
static const char *const page_words[] = {
    "about",    "advertise",  "advertisement", "archives",   "articles",
    "back",     "blog",       "bookmark",      "cables",     "categories",
    "category", "comments",   "contact",       "copyright",  "delicious",
    "digg",     "disclaimer", "discuss",       "download",   "edit",
    "email",    "facebook",   "faq",           "faqs",       "favorites",
    "feed",     "filed",      "follow",        "forum",      "google",
    "headers",  "help",       "hide",          "home",       "homepage",
    "licence",  "license",    "like",          "likes",      "link",
    "linkedin", "links",      "loading",       "log",        "login",
    "mail",     "menu",       "metadata",      "navigation", "newer",
    "next",     "older",      "pdf",           "permalink",  "pinterest",
    "popular",  "posted",     "posts",         "previous",   "print",
    "privacy",  "rating",     "raw",           "recent",     "reddit",
    "register", "related",    "replies",       "reply",      "retweet",
    "rss",      "save",       "search",        "send",       "share",
    "shared",   "shares",     "sitemap",       "sponsored",  "stumbleupon",
    "submit",   "subscribe",  "tag",           "tagged",     "tags",
    "top",      "trackback",  "trackbacks",    "tumblr",     "tweet",
    "tweets",   "twitter",    "viewed",        "views",      "votes",
    "whatsapp",
};

/* Words that stand between them, in byte order. */
static const char *const small_words[] = {
    "a",       "all",     "an",   "and",  "as",     "at",    "by",    "cable",
    "comment", "content", "e",    "for",  "friend", "from",  "in",    "it",
    "more",    "my",      "no",   "of",   "on",     "or",    "other", "our",
    "page",    "post",    "read", "sign", "the",    "these", "this",  "times",
    "to",      "under",   "up",   "us",   "via",    "with",  "you",   "your",
};

/* Compares a word with one of a table. */
static int compare(const void *key, const void *word) {
  return strcmp(key, *(const char *const *)word);
}

#define IS_ONE_OF(word, table)                                \
  (bsearch((word), (table), sizeof(table) / sizeof(*(table)), \
           sizeof(*(table)), compare) != NULL)

/* The number of words of pages in s, when there are no others but numbers and
** small words between them; 0 otherwise.  Capitals alone are a telegram's. */
static size_t count_words(CablesSpan s) {
  size_t found = 0;
  bool lower = false;
  while (s.n > 0) {
    char word[LONGEST_WORD] = "";
    size_t n = 0;
    while (n < s.n && cables_is_alnum(s.z[n])) n++;
    if (n >= sizeof(word)) return 0;
    for (size_t i = 0; i < n; i++) {
      char c = s.z[i];
      lower = lower || cables_is_lower(c);
      word[i] = cables_is_upper(c) ? (char)(c - 'A' + 'a') : c;
    }
    s = cables_sub(s, n + 1, s.n);
    if (IS_ONE_OF(word, page_words)) {
      found++;
    } else if (n > 0 && !cables_is_digit(word[0]) &&
               !IS_ONE_OF(word, small_words)) {
      return 0;
    }
  }
  return lower ? found : 0;
}

size_t cables_page_words(CablesParser *p, CablesSpan s, bool *beyond_doubt) {
  CablesMatch m;
  *beyond_doubt = false;
  if (cables_match(p->patterns, PATTERN_CHROME, s, 0, &m)) {
    *beyond_doubt = m.group[1].z == NULL;
    return 1;
  }
  return s.n <= LONGEST_LINE ? count_words(s) : 0;
}
