#include "CDescriptors.h"

#include <dirent.h>
#include <sys/resource.h>

bool cdescriptors_limits(uint64_t *soft, uint64_t *hard) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
    *soft = limit.rlim_cur;
    *hard = limit.rlim_max;
    return true;
}

bool cdescriptors_set_limit(uint64_t soft) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
    limit.rlim_cur = soft;
    return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

int cdescriptors_open_count(void) {
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) return -1;
    int count = 0;
    while (readdir(folder)) count++;
    closedir(folder);
    // Without ".", ".." and the folder itself.
    return count - 3;
}
