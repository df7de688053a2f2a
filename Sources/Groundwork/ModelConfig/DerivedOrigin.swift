import Diagnostics

extension SourceRange {
    /// The origin of a figure that is counted or derived from what is written here, and is not written itself.
    var derived: Origin { .convention("derived from \(file.path):\(line)") }
}
