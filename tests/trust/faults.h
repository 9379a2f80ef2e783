/*
** Faults on demand: the nth call of some kind fails, once or from then on.
**
** Memory is SQLite's, and with it that of all layers but libarchive's and
** libxml2's.  Files are the calls of the C library that the extension makes:
** the linker puts ours in their place (--wrap), and leaves SQLite's alone.
** The clock is ours too: it moves so fast that every poll looks.  Standard
*error
** is a terminal, on which nothing is seen.
*/
#ifndef CABLES_TESTS_FAULTS_H
#define CABLES_TESTS_FAULTS_H

#include <sqlite3.h>
#include <stdbool.h>

typedef enum FaultKind {
  FAULT_NONE,
  FAULT_MEMORY,   /* malloc and realloc of SQLite */
  FAULT_FILES,    /* open, read, stat, readdir and their kin */
  FAULT_POLL,     /* the poll in which somebody interrupts the connection */
  FAULT_PROGRESS, /* the call of a progress handler that asks to stop */
  FAULT_SYSTEM,   /* threads, locks, the clock and writing to the terminal */
  FAULT_KINDS
} FaultKind;

/* Takes SQLite's memory over; before anything else of SQLite. */
void faults_init(void);

/* From now on calls of the kind are counted, and the nth fails (0: none), with
** forever all later ones too.  A failing call for files sets errno to error.
** db: the connection that is interrupted. */
void faults_arm(FaultKind kind, long nth, bool forever, int error, sqlite3 *db);

/* Whether the nth call that was counted, while none was to fail, came from a
** place of the program, told by the functions that led there, that no such call
** had come from before. */
bool faults_is_new(long nth);

/* Forgets those places. */
void faults_forget(void);

/* Nothing fails any more; gives the number of calls that were counted. */
long faults_disarm(void);

/* Handles of files that the extension holds. */
long faults_open_handles(void);

#endif
