/// Why the text of a lock cannot be used.
enum LockProblem: Error, Equatable {
    /// It has not the fields of a lock; the offset is that of the first deviation.
    case malformed(offset: Int, expected: String)
    /// A newer compiler wrote it.
    case newerFormat(Int)
}

extension Lock {
    /// Reads the text of a lock.
    ///
    /// The order of its keys and its white space are free; unknown keys are not.
    init(reading bytes: [UInt8]) throws(LockProblem) {
        var scanner = JSONScanner(bytes)
        var files: [String: String]?
        var version: Int?
        try scanner.object { scanner, key throws(LockProblem) in
            switch key {
            case "version":
                version = try scanner.integer()
            case "compiler", "inputs":
                // Earlier builds wrote their version and the inputs.
                _ = try scanner.string()
            case "files":
                var found: [String: String] = [:]
                try scanner.object { scanner, path throws(LockProblem) in found[path] = try scanner.string() }
                files = found
            default:
                // A newer format may have more keys; its number comes first.
                if let version, version > Lock.format { throw .newerFormat(version) }
                throw .malformed(offset: scanner.offset, expected: "a known key")
            }
        }
        try scanner.end()
        if let version, version > Lock.format { throw .newerFormat(version) }
        guard version == Lock.format, let files else {
            throw .malformed(offset: bytes.count, expected: "`version` and `files`")
        }
        self.init(files: files)
    }
}
