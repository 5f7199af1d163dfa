#ifndef CSQLITE_H
#define CSQLITE_H

/// Makes SQLite's allocator keep no statistics, for which it takes a lock at every allocation of the process.
///
/// To be called before the first connection is opened; returns SQLite's code, `SQLITE_MISUSE` afterwards.
int csqlite_without_statistics(void);

#endif
