#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A reader of whole files that reuses one stretch of memory.
struct FileReader: ~Copyable {
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    init() {}

    deinit { buffer.deallocate() }

    /// Reads a regular file and hands its content to the body.
    ///
    /// Nil if there is no file, or something else, at the path.
    mutating func read<Result>(
        _ path: String, in folder: borrowing Folder, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(IOFailure) -> Result? {
        let file: CInt
        do {
            let number = folder.descriptor
            // Without O_NONBLOCK a pipe in the place of a file would block for ever.
            file = try system("open", folder.path(of: path)) {
                openat(number, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            }
        } catch let failure where failure.isMissing || failure.isObstructed || failure.number == ENXIO {
            return nil
        }
        defer { close(file) }
        var count = 0
        while true {
            if count == buffer.count { grow() }
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let step = platformRead(file, rest)
            if step > 0 { count += step }
            if step == 0 { return body(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
            let number = errno
            if step < 0, number == EISDIR || number == EAGAIN { return nil }
            if step < 0, number != EINTR { throw IOFailure("read", folder.path(of: path), number: number) }
        }
    }

    private mutating func grow() {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
        buffer.deallocate()
        buffer = larger
    }
}

/// The system's `read`, which a method of that name would hide.
private func platformRead(_ file: CInt, _ target: UnsafeMutableRawBufferPointer) -> Int {
    read(file, target.baseAddress, target.count)
}

/// Reads a regular file; nil if there is none.
package func readFile(_ path: String, in folder: borrowing Folder) throws(IOFailure) -> [UInt8]? {
    var reader = FileReader()
    return try reader.read(path, in: folder) { Array($0) }
}

/// Compares bytes with a stretch of memory.
func isEqual(_ bytes: [UInt8], _ content: UnsafeRawBufferPointer) -> Bool {
    bytes.withUnsafeBytes { own in
        guard own.count == content.count, let left = own.baseAddress, let right = content.baseAddress else {
            return own.count == content.count
        }
        return memcmp(left, right, own.count) == 0
    }
}
