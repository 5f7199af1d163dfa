#ifndef CMEMORY_H
#define CMEMORY_H

/// Gives freed memory of all arenas back to the system (glibc's malloc_trim, which Swift's module of it lacks).
void cmemory_give_back(void);

#endif
