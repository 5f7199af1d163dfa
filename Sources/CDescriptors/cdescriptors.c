// libdispatch on Linux looks once a second how many of its worker threads run, while work waits for them: it opens
// /proc/<thread>/stat for each. If `open` fails it takes the thread for dead and ends the process (SIGILL,
// "workq: registered worker exited prematurely"), also if `open` failed only because the process has no descriptor left.
//
// This `open` stands before the system's in every program that links this file, for all its libraries. It does what the
// system's does; only where descriptors have run out, and only for such a path, it gives a number that no descriptor can
// have. Reading and closing it fail, which libdispatch takes well: the thread counts as not running.
//
// <fcntl.h> is left out on purpose: it may declare `open` as inline code of its own.

#define _GNU_SOURCE
#include "CDescriptors.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define AT_WORKING_FOLDER (-100)
#define CREATES 0100
#define IS_TEMPORARY 020000000

int open(const char *path, int flags, ...);

static atomic_bool guards;

void cdescriptors_guard(bool isOn) { atomic_store(&guards, isOn); }

// "/proc/<digits>/stat"
static bool isThreadState(const char *path) {
    if (strncmp(path, "/proc/", 6) != 0) return false;
    size_t digits = strspn(path + 6, "0123456789");
    return digits > 0 && strcmp(path + 6 + digits, "/stat") == 0;
}

int open(const char *path, int flags, ...) {
    unsigned mode = 0;
    if (flags & (CREATES | IS_TEMPORARY)) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, unsigned);
        va_end(rest);
    }
    long descriptor = syscall(SYS_openat, AT_WORKING_FOLDER, path, flags, mode);
    bool isShort = descriptor < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM);
    if (isShort && atomic_load(&guards) && isThreadState(path)) return INT_MAX;
    return (int)descriptor;
}

bool cdescriptors_isInFront(void) {
    Dl_info found, own;
    void *first = dlsym(RTLD_DEFAULT, "open");
    if (!first || !dladdr(first, &found) || !dladdr((void *)&cdescriptors_guard, &own)) return false;
    return found.dli_fbase == own.dli_fbase;
}
