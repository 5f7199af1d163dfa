#include "csqlite.h"
#include <sqlite3.h>

int csqlite_configure(int piece_bytes, int pieces) {
    int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return code == SQLITE_OK ? sqlite3_config(SQLITE_CONFIG_LOOKASIDE, piece_bytes, pieces) : code;
}
