#pragma once

/// Makes SQLite's allocator leaner for the whole process: no statistics, which take a lock at every allocation, and more of
/// the small pieces that each connection keeps for itself.
///
/// To be called before the first connection is opened; returns SQLite's code, `SQLITE_MISUSE` afterwards.
int csqlite_configure(int piece_bytes, int pieces);
