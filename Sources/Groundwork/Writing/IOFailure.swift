#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An operation that failed.
package struct IOFailure: Error, Sendable, CustomStringConvertible {
    /// What was tried, as a verb.
    package let operation: String
    package let path: String
    /// The system's number for the reason.
    package let number: CInt

    package init(_ operation: String, _ path: String, number: CInt) {
        self.operation = operation
        self.path = path
        self.number = number
    }

    /// The reason in words.
    package var reason: String { String(cString: strerror(number)) }
    package var description: String { "cannot \(operation) `\(path)`: \(reason)" }

    /// Whether there was no room left to write.
    var isFull: Bool { number == ENOSPC || number == EDQUOT || number == EFBIG }
    /// Whether writing is not permitted here.
    var isForbidden: Bool { number == EACCES || number == EPERM || number == EROFS }
    /// Whether the path, or a folder above it, does not exist.
    var isMissing: Bool { number == ENOENT }
    /// Whether something other than the expected kind of entry is at the path.
    var isObstructed: Bool { [ENOTDIR, EISDIR, ELOOP, EEXIST, ENOTEMPTY].contains(number) }
    /// Whether the file system lacks what staging a tree needs, though a write in place may still succeed.
    var preventsStaging: Bool {
        isForbidden || [ENOSYS, EINVAL, EXDEV, EBUSY, EMLINK, ENOTSUP, EOPNOTSUPP, ENAMETOOLONG].contains(number)
    }
}

/// Calls the system, again when a signal interrupts it, and turns its error into a failure.
@discardableResult
func system(_ operation: String, _ path: @autoclosure () -> String, _ call: () -> CInt) throws(IOFailure) -> CInt {
    while true {
        let result = call()
        if result >= 0 { return result }
        let number = errno
        if number != EINTR { throw IOFailure(operation, path(), number: number) }
    }
}
