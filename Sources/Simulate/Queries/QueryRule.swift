import Groundwork

/// A recording or alerting rule.
package struct QueryRule: Sendable {
    package enum Purpose: Sendable {
        case record(String)
        /// An alert, the milliseconds until it fires, and those that it goes on firing.
        case alert(String, after: Int, keeping: Int)
    }

    package let purpose: Purpose
    package let query: Query
    package let labels: [String: AlertLabel]

    package init(_ purpose: Purpose, _ query: Query, labels: [String: AlertLabel] = [:]) {
        self.purpose = purpose
        self.query = query
        self.labels = labels
    }
}

/// The value of a label that a rule sets: strings, and labels of the element that are placed between them.
package struct AlertLabel: Sendable {
    private enum Part: Sendable { case string(String), label(String) }

    private let parts: [Part]

    /// Reads `{{ $labels.x }}` and plain strings; nil for any other template.
    package init?(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{") {
            parts.append(.string(String(rest[..<open.lowerBound])))
            rest = rest[open.upperBound...]
            guard let close = rest.firstRange(of: "}}") else { return nil }
            let words = rest[..<close.lowerBound].split(separator: " ")
            guard words.count == 1, let word = words.first,
                let name = ["$labels.", ".Labels."].first(where: word.hasPrefix).map({ word.dropFirst($0.count) }),
                !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
            else { return nil }
            parts.append(.label(String(name)))
            rest = rest[close.upperBound...]
        }
        parts.append(.string(String(rest)))
        self.parts = parts
    }

    /// The value for an element.
    func value(_ labels: SeriesLabels) -> String {
        parts.map { part in
            switch part {
            case .string(let text): text
            case .label(let name): labels[name]
            }
        }.joined()
    }
}
