import Diagnostics

/// The files of one cluster spec: its own file, then the base that it extends, then the base of that, and so on.
package struct SpecSource: Sendable {
    package let file: SourceFile
    package let bases: [SourceFile]

    package init(_ file: SourceFile, bases: [SourceFile] = []) {
        self.file = file
        self.bases = bases
    }
}
