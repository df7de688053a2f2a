import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// What a run of the tests can write instead of comparing with it: `RECORD=KIND` or `RECORD=KIND/NAME` asks for it.
///
/// Such a run fails, so that it is not taken for a passed test, and ends with a list of what changed, for the reviewer.
package enum Recording: String, CaseIterable {
    case cases, facts, fields, findings, folders, imports, lengths, messages, picture, rules, schema, threshold, trees

    /// What is asked for; a name may end in `*`.
    private static let request: (kind: Recording, name: String?)? = {
        guard let text = ProcessInfo.processInfo.environment["RECORD"], !text.isEmpty else { return nil }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard let kind = Recording(rawValue: parts[0]) else {
            let kinds = allCases.map(\.rawValue).joined(separator: ", ")
            print("RECORD is `\(text)`, and has to be one of \(kinds), or one thing of a kind, such as `cases/NAME`")
            exit(2)
        }
        return (kind, parts.count > 1 ? parts[1] : nil)
    }()

    /// Whether to record this kind, or what has this name in it.
    package func isAsked(_ name: String = "") -> Bool {
        guard let (kind, wanted) = Recording.request, kind == self else { return false }
        guard let wanted else { return true }
        return wanted.hasSuffix("*") ? name.hasPrefix(wanted.dropLast()) : name == wanted
    }

    /// Writes files, removes those without a text, and fails.
    package func write(_ files: [(file: URL, text: String?)]) throws {
        for (file, text) in files {
            let old = try? String(contentsOf: file, encoding: .utf8)
            if old == text { continue }
            Recording.summary.withLock { summary in
                // The list is printed when every test has ended.
                if summary.isEmpty { atexit { Recording.printSummary() } }
                summary.add(file.lastPathComponents(3), from: old, to: text)
            }
            if let text {
                let folder = file.deletingLastPathComponent()
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            } else {
                try FileManager.default.removeItem(at: file)
            }
        }
        throw Recorded()
    }

    private static let summary = Mutex(TextChanges())

    private static func printSummary() { print(summary.withLock(\.text)) }
}

/// A test that has recorded what it expects.
struct Recorded: Error, CustomStringConvertible {
    let description = "recorded: read what changed, and run the test again"
}

extension URL {
    /// The end of a path, as it is shown.
    fileprivate func lastPathComponents(_ count: Int) -> String { pathComponents.suffix(count).joined(separator: "/") }
}
