/*
** Files for the unit tests of the source layer: a temporary folder that is the
** working folder while a test runs.
*/
#ifndef CABLES_TESTS_FILES_H
#define CABLES_TESTS_FILES_H

#include <stddef.h>

/* cmocka set-up: makes a temporary folder and goes there; *state is its
** resolved path. */
int test_files_begin(void **state);

/* cmocka tear-down: leaves the folder and removes it with all in it. */
int test_files_end(void **state);

/* Makes folders, one below the other; those that are there already are fine. */
void test_mkdir(const char *path);

/* Writes a file of n bytes, with the folders above it. */
void test_write(const char *path, const char *bytes, size_t n);

/* Writes a file that holds its own name. */
void test_touch(const char *path);

#endif
