// Keeps libdispatch alive in a process that has no descriptor left.
#ifndef PAYROUTER_CDESCRIPTORS_H
#define PAYROUTER_CDESCRIPTORS_H

#include <stdbool.h>
#include <stdint.h>

// Lets `open` of a thread's state answer with a descriptor that cannot be read instead of failing for want of one; see
// cdescriptors.c.
void cdescriptors_guard(bool isOn);

// Whether the guard stands before the system's `open` in this process.
bool cdescriptors_isInFront(void);

// The process's limits of descriptors.
bool cdescriptors_limits(uint64_t *soft, uint64_t *hard);

// Sets the soft limit.
bool cdescriptors_set_limit(uint64_t soft);

// How many descriptors are open; -1 if that cannot be found out.
int cdescriptors_open_count(void);

#endif
