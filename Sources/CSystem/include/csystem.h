#ifndef CSYSTEM_H
#define CSYSTEM_H

/// Exchanges two paths in one step. Returns 0, or -1 with errno set; ENOSYS where the system has no such call.
int stowage_exchange(const char *left, const char *right);

#endif
