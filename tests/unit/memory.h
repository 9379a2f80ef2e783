/*
** Fault injection for the allocator of the unit tests.
*/
#ifndef CABLES_TESTS_MEMORY_H
#define CABLES_TESTS_MEMORY_H

/* Makes the nth allocation from now on fail (1 is the next one); with
** forever, all later ones too.  0 switches failing off. */
void test_memory_fail(long nth, int forever);

/* Allocations that live now: 0 when nothing leaked. */
long test_memory_live(void);

#endif
