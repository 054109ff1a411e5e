#pragma once
#include <sqlite3.h>

/// `sqlite3_config` takes a varying number of arguments, which Swift cannot call. Counting memory takes one lock for the
/// whole process at every allocation; nobody reads the count.
static inline int sqlite_counts_no_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
