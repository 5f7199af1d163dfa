#include "cmemory.h"

#include <malloc.h>

void cmemory_give_back(void) { (void)malloc_trim(0); }
