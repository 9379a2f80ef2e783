/*
** Threads and waiting: see thread.h.
*/
#include "thread.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

enum {
  STACK = 1 << 20,       /* bytes of a thread's stack */
  WAIT = 5 * 1000 * 1000 /* nanoseconds between two polls */
};

bool cables_thread_start(pthread_t *thread, void *(*work)(void *), void *arg) {
  pthread_attr_t attr;
  sigset_t all;
  sigset_t old;
  if (pthread_attr_init(&attr) != 0) return false;
  (void)pthread_attr_setstacksize(&attr, STACK);
  (void)sigfillset(&all);
  (void)pthread_sigmask(SIG_SETMASK, &all, &old);
  bool ok = pthread_create(thread, &attr, work, arg) == 0;
  (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
  (void)pthread_attr_destroy(&attr);
  return ok;
}

/* Waits by a clock that nobody sets, where there is one. */
bool cables_thread_condition(pthread_cond_t *condition) {
  pthread_condattr_t attr;
  if (pthread_condattr_init(&attr) != 0) return false;
#if defined(_POSIX_CLOCK_SELECTION) && _POSIX_CLOCK_SELECTION > 0
  (void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
#endif
  bool ok = pthread_cond_init(condition, &attr) == 0;
  (void)pthread_condattr_destroy(&attr);
  return ok;
}

void cables_thread_wait(pthread_cond_t *condition, pthread_mutex_t *mutex) {
  struct timespec until = {0, 0};
#if defined(_POSIX_CLOCK_SELECTION) && _POSIX_CLOCK_SELECTION > 0
  (void)clock_gettime(CLOCK_MONOTONIC, &until);
#else
  (void)clock_gettime(CLOCK_REALTIME, &until);
#endif
  until.tv_nsec += WAIT;
  if (until.tv_nsec >= 1000000000) {
    until.tv_nsec -= 1000000000;
    until.tv_sec++;
  }
  (void)pthread_cond_timedwait(condition, mutex, &until);
}
