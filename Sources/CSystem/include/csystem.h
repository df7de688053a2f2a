#ifndef CSYSTEM_H
#define CSYSTEM_H

/// Exchanges two paths in one step. Returns 0, or -1 with errno set; ENOSYS where the system has no such call.
int stowage_exchange(const char *left, const char *right);

/// Brings what was written to the file system of an open folder to the disk. Returns 0, or -1 with errno set.
int stowage_flush(int folder);

#endif
