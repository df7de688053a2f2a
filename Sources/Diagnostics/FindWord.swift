#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds the first place of a word in bytes, at a start or after it.
///
/// Byte by byte, because long texts, such as dashboards, are looked through for many words.
package func find(_ word: StaticString, in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let length = word.utf8CodeUnitCount
    var at = start
    while at + length <= bytes.count,
        let found = memchr(base + at, Int32(word.utf8Start.pointee), bytes.count - length - at + 1)
    {
        if memcmp(found, word.utf8Start, length) == 0 { return UnsafeRawPointer(found) - UnsafeRawPointer(base) }
        at = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
    }
    return nil
}

/// Finds the first place of a word in bytes, at a start or after it.
package func find(_ word: StaticString, in bytes: [UInt8], from start: Int = 0) -> Int? {
    bytes.withUnsafeBufferPointer { find(word, in: $0, from: start) }
}

extension String {
    /// Whether it contains a word.
    package func mentions(_ word: StaticString) -> Bool {
        utf8.withContiguousStorageIfAvailable { find(word, in: $0) != nil } ?? contains(word.description)
    }
}
