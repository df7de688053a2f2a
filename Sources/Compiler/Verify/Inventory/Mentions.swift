#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension String {
    /// Whether a word stands in it, byte by byte: long texts, such as dashboards, are looked through for many words.
    func mentions(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        return utf8.withContiguousStorageIfAvailable { text in
            guard var rest = UnsafeRawPointer(text.baseAddress) else { return length == 0 }
            let end = rest + text.count
            while end - rest >= length, let found = memchr(rest, Int32(word.utf8Start.pointee), end - rest - length + 1)
            {
                if memcmp(found, word.utf8Start, length) == 0 { return true }
                rest = UnsafeRawPointer(found) + 1
            }
            return false
        } ?? contains(word.description)
    }
}
