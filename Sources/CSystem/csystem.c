#define _GNU_SOURCE
#include "csystem.h"

#include <errno.h>
#include <stdio.h>

#if defined(__linux__)
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

int stowage_exchange(const char *left, const char *right) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, left, AT_FDCWD, right, 2u /* RENAME_EXCHANGE */);
}

int stowage_flush(int folder) { return syncfs(folder); }
#elif defined(__APPLE__)
#include <unistd.h>

int stowage_exchange(const char *left, const char *right) { return renamex_np(left, right, RENAME_SWAP); }

int stowage_flush(int folder) { return fsync(folder); }
#else
int stowage_exchange(const char *left, const char *right) {
    (void)left;
    (void)right;
    errno = ENOSYS;
    return -1;
}

int stowage_flush(int folder) {
    (void)folder;
    errno = ENOSYS;
    return -1;
}
#endif
