import CSodium

/// Computes the SHA-256 digest of bytes, as 64 hexadecimal digits.
package func sha256(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(sha256) }

/// Computes the SHA-256 digest of a stretch of memory, as 64 hexadecimal digits.
func sha256(_ bytes: UnsafeRawBufferPointer) -> String {
    let size = Int(crypto_hash_sha256_BYTES)
    let digits = Array("0123456789abcdef".utf8)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { digest in
        _ = digest.baseAddress.map {
            crypto_hash_sha256(
                $0, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, UInt64(bytes.count))
        }
        return String(unsafeUninitializedCapacity: size * 2) { text in
            for (index, byte) in digest.enumerated() {
                text[index * 2] = digits[Int(byte >> 4)]
                text[index * 2 + 1] = digits[Int(byte & 15)]
            }
            return size * 2
        }
    }
}
