#pragma once
#include <malloc.h>

/// Swift's view of glibc lacks `mallopt`. Call it before the first thread.
static inline void malloc_keep_heaps(int count) { mallopt(M_ARENA_MAX, count); }
