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

    /// The version as written: `1.35` or `1.35.2`.
    package var text: String { patch.map { "\(major).\(minor).\($0)" } ?? "\(major).\(minor)" }
    /// The same, so that a sentence that names a version cannot show its parts.
    package var description: String { text }
    /// Its first two numbers.
    package var minorText: String { "\(major).\(minor)" }

    /// Whether this is that minor release or a later one.
    package func isAtLeast(_ major: Int, _ minor: Int) -> Bool { (self.major, self.minor) >= (major, minor) }

    package static func < (left: Version, right: Version) -> Bool {
        (left.major, left.minor, left.patch ?? 0) < (right.major, right.minor, right.patch ?? 0)
    }
}
