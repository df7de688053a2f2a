// The functions of one digest alone. Those that OpenSSL recommends since 3.0 look for providers at the start, which takes longer than
// hashing a small tree.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
