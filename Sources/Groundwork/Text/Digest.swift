#if canImport(CommonCrypto)
    import CommonCrypto
#else
    import CCrypto
#endif

/// Computes the SHA-256 digest of bytes, as 64 hexadecimal digits.
package func sha256(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(sha256) }

/// Computes the SHA-256 digest of a stretch of memory, as 64 hexadecimal digits.
func sha256(_ bytes: UnsafeRawBufferPointer) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
        #if canImport(CommonCrypto)
            var hash = CC_SHA256_CTX()
            CC_SHA256_Init(&hash)
            CC_SHA256_Update(&hash, bytes.baseAddress, CC_LONG(bytes.count))
            CC_SHA256_Final(digest.baseAddress, &hash)
        #else
            var hash = SHA256_CTX()
            SHA256_Init(&hash)
            SHA256_Update(&hash, bytes.baseAddress, bytes.count)
            SHA256_Final(digest.baseAddress, &hash)
        #endif
        return String(unsafeUninitializedCapacity: digest.count * 2) { text in
            for (index, byte) in digest.enumerated() {
                text[index * 2] = digits[Int(byte >> 4)]
                text[index * 2 + 1] = digits[Int(byte & 15)]
            }
            return digest.count * 2
        }
    }
}
