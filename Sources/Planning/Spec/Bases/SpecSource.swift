import Diagnostics

/// The texts that one cluster spec consists of: its own file, then the base that it extends, then that one's base.
package struct SpecSource: Sendable {
    package let file: SourceFile
    package let bases: [SourceFile]

    package init(_ file: SourceFile, bases: [SourceFile] = []) {
        self.file = file
        self.bases = bases
    }
}
