/*
** Threads, and waiting for them without sleeping through what the host wants.
*/
#ifndef CABLES_THREAD_H
#define CABLES_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* Starts a thread that takes no signals; false when there can be none. */
bool cables_thread_start(pthread_t *thread, void *(*work)(void *), void *arg);

/* Makes a condition for cables_thread_wait(); false when that fails. */
bool cables_thread_condition(pthread_cond_t *condition);

/* Waits for a condition with its mutex held, but not longer than the 5 ms until
** the next poll. */
void cables_thread_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);

#endif
