/// What stowage remembers about a tree that it wrote: each file with its digest.
///
/// It depends neither on the spec nor on the program: the same files have the same lock.
package struct Lock: Sendable, Equatable {
    /// The format that this compiler writes and reads.
    static let format = 1

    /// The SHA-256 digest of each file, by path.
    ///
    /// The lock does not list itself.
    package let files: [String: String]

    package init(files: [String: String]) { self.files = files }

    /// Takes the digests of a tree.
    package init(_ tree: FileTree) {
        let digests = tree.files.map { ($0.path, sha256($0.bytes)) }
        self.init(files: Dictionary(digests) { first, _ in first })
    }

    /// The text of the lock: JSON, a line per file, sorted, so that merges and diffs stay small.
    package var bytes: [UInt8] {
        var text = "{\n  \"version\": \(Lock.format),\n  \"files\": {"
        var separator = "\n"
        for (path, digest) in files.sorted(by: { $0.key < $1.key }) {
            text += "\(separator)    \(quoted(path)): \(quoted(digest))"
            separator = ",\n"
        }
        text += files.isEmpty ? "}\n}\n" : "\n  }\n}\n"
        return Array(text.utf8)
    }

    /// Writes a JSON string.
    private func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else { return "\"\(text)\"" }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\u{0}"..<"\u{10}": result += "\\u000" + String(scalar.value, radix: 16)
            case "\u{10}"..<"\u{20}": result += "\\u00" + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
