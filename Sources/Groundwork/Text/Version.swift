/// A version of two or three numbers.
package struct Version: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let major: Int
    package let minor: Int
    package let patch: Int?

    package init(_ major: Int, _ minor: Int, _ patch: Int? = nil) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `1.35` or `1.35.2`, also after a `v`; nil if it is none.
    package init?(_ text: String) {
        let parts = (text.hasPrefix("v") ? text.dropFirst() : text[...]).split(separator: ".").map { Int($0) }
        guard parts.count == 2 || parts.count == 3, let major = parts[0], let minor = parts[1] else { return nil }
        self.init(major, minor, parts.count == 3 ? parts[2] : nil)
    }

    /// The version as written: `1.35` or `1.35.2`.
    package var text: String { patch.map { "\(major).\(minor).\($0)" } ?? "\(major).\(minor)" }
    /// The same, so that a sentence that names a version cannot show its parts.
    package var description: String { text }
    /// Its first two numbers.
    package var minorText: String { "\(major).\(minor)" }

    package static func < (left: Version, right: Version) -> Bool {
        (left.major, left.minor, left.patch ?? 0) < (right.major, right.minor, right.patch ?? 0)
    }
}
