import CLibYAML
import Diagnostics

/// The limits of the reader.
package struct ReadLimits: Sendable {
    /// The size of a file, in bytes.
    package let bytes: Int
    /// The nesting of collections; libyaml's time grows with its square.
    package let depth: Int
    /// The nodes that all aliases of a document expand to together.
    package let aliasedNodes: Int

    package init(bytes: Int = 64 << 20, depth: Int = 100, aliasedNodes: Int = 100_000) {
        self.bytes = bytes
        self.depth = depth
        self.aliasedNodes = aliasedNodes
    }
}

/// Reads all documents of a file; nil if its text does not make YAML.
///
/// An empty document between `---` lines is an empty plain scalar; a file without any content has no documents. Entries that
/// are rejected (a duplicate key, a key that is no scalar, a merge) are reported and left out, so that later stages may go on.
/// With `merging`, the keys of a merge `<<` are taken in as Kubernetes' own parser does: those of the mapping itself win.
package func readYAML(
    _ file: SourceFile, _ report: inout Report, limits: ReadLimits = ReadLimits(), merging: Bool = false
) -> [Node]? {
    guard file.bytes.count <= limits.bytes else {
        report.error(
            "oversized-file", "the file has \(file.bytes.count) bytes, more than the limit of \(limits.bytes)",
            at: SourceRange(file, 0, 0))
        return nil
    }
    return file.bytes.withUnsafeBufferPointer { text in
        guard let encoding = checkEncoding(file, text, &report) else { return nil }
        var composer = Composer(file, EventStream(text, encoding), limits, merging: merging)
        let documents = composer.documents()
        for problem in composer.problems { report.add(problem) }
        return documents
    }
}
