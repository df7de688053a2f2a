/// The collector into which every stage puts what it finds.
package struct Report: Sendable {
    private var found: [Diagnostic] = []
    private var seen: Set<String> = []

    package init() {}

    package var hasErrors: Bool { found.contains { $0.severity == .error } }
    package var isEmpty: Bool { found.isEmpty }

    /// Adds a diagnostic, once.
    package mutating func add(_ diagnostic: Diagnostic) {
        let place = diagnostic.range.map { "\($0.file.path):\($0.start)" } ?? ""
        if seen.insert("\(diagnostic.code) \(place) \(diagnostic.message)").inserted { found.append(diagnostic) }
    }

    /// Adds what another report holds, each diagnostic once.
    package mutating func add(_ other: Report) { for diagnostic in other.found { add(diagnostic) } }

    /// Adds an error.
    package mutating func error(
        _ code: String, _ message: String, at range: SourceRange?, label: String = "", notes: [Diagnostic.Note] = [],
        help: [Help] = []
    ) {
        add(Diagnostic(.error, code, message, at: range, label: label, notes: notes, help: help))
    }

    /// Adds a warning.
    package mutating func warning(
        _ code: String, _ message: String, at range: SourceRange?, label: String = "", notes: [Diagnostic.Note] = [],
        help: [Help] = []
    ) {
        add(Diagnostic(.warning, code, message, at: range, label: label, notes: notes, help: help))
    }

    /// Everything found, by file in the order of first mention, then by position; what has no place comes last.
    package var diagnostics: [Diagnostic] {
        var order: [String: Int] = [:]
        for diagnostic in found {
            guard let path = diagnostic.range?.file.path, order[path] == nil else { continue }
            order[path] = order.count
        }
        func key(_ diagnostic: Diagnostic) -> (Int, Int) {
            guard let range = diagnostic.range else { return (Int.max, 0) }
            return (order[range.file.path] ?? Int.max, range.start)
        }
        return found.enumerated().sorted { left, right in
            let (a, b) = (key(left.element), key(right.element))
            return a == b ? left.offset < right.offset : a < b
        }.map(\.element)
    }
}
