import Diagnostics
import Synchronization

/// The file that was read last: many changes of one text are computed one after another, and each would read it again.
private let lastRead = Mutex<(file: SourceFile, documents: [Node])?>(nil)

/// Reads the documents of a text; none where it is no YAML, which is reported elsewhere.
func documents(of file: SourceFile) -> [Node] {
    lastRead.withLock { last in
        if let last, last.file === file { return last.documents }
        var discarded = Report()
        let documents = readYAML(file, &discarded) ?? []
        last = (file, documents)
        return documents
    }
}
