import Diagnostics

/// Draws the reasons of a fact as a tree, down to the spec's lines, the thresholds and the catalog's rows.
///
///     pool.gpuLimit = 16   nodes × GPUs
///     ├─ nodes = 2         specs/seed.yaml:31:14
///     └─ GPUs = 8          instance-types.csv, row `p5.48xlarge`
///                          https://aws.amazon.com/ec2/instance-types/p5/
///
/// What several formulas share is drawn once, and so are reasons and sources. A tree with more rows than the limit keeps those nearest to the
/// fact; `…` marks what is left out.
package func explanation(of fact: Fact, called name: String, limit: Int = usualRows) -> String {
    explanations(of: [Ingredient(name, fact.value, fact.origin)], limit: limit)[0]
}

/// Draws the reasons of several values together: what they share is drawn once.
package func explanations(of values: [Ingredient], limit: Int = usualRows) -> [String] {
    let maker = RowMaker()
    let roots = values.map(maker.row)
    grow(roots, limit)
    return roots.map(text)
}

/// The rows that are drawn without `--all`.
package let usualRows = 40

/// A row of a tree: a value, its reason, and the rows below it.
private final class Row {
    /// The rows below a row: how many, and how they are made.
    struct Parts {
        let count: Int
        /// Makes the first of them, up to a number.
        let make: (Int) -> [Row]

        static var none: Parts { Parts(count: 0) { _ in [] } }

        /// Rows for the elements of a list, made when they are drawn.
        static func of<Element>(_ elements: [Element], _ row: @escaping (Element) -> Row) -> Parts {
            Parts(count: elements.count) { elements.prefix($0).map(row) }
        }
    }

    let left: String
    let right: String
    /// Additional lines of the row, such as a source.
    let lines: [String]
    /// The identity that equal rows share; nil for a row without rows below it.
    let key: String?
    let name: String
    let parts: () -> Parts
    var children: [Row] = []
    var isTruncated = false
    /// The name of the row that has the same rows below it.
    var twin: String?
    var shownLines: [String] = []

    init(
        _ left: String, _ right: String, name: String, lines: [String] = [], key: String? = nil,
        parts: @escaping () -> Parts = { .none }
    ) {
        self.left = left
        self.right = right
        self.name = name
        self.lines = lines
        self.key = key
        self.parts = parts
    }
}

/// Grows the rows nearest to the roots first, until there are enough.
private func grow(_ roots: [Row], _ limit: Int) {
    var (queue, next, count) = (roots, 0, roots.count)
    var drawn: [String: Row] = [:]
    var namesakes: [String: Int] = [:]
    var sourced: Set<String> = []
    while next < queue.count {
        let row = queue[next]
        next += 1
        if !row.lines.isEmpty, sourced.insert(row.lines.joined()).inserted {
            row.shownLines = row.lines
            count += row.lines.count
        }
        let parts = row.parts()
        guard parts.count > 0 else { continue }
        if let key = row.key {
            if let first = drawn[key] {
                row.twin = namesakes[first.name, default: 0] > 1 ? first.left : first.name
                continue
            }
            drawn[key] = row
            namesakes[row.name, default: 0] += 1
        }
        let room = limit - count
        // Of a list that is too long, the first elements are shown if there is room.
        let shown = parts.count <= room ? parts.count : room >= 8 ? room / 2 : 0
        if shown == 0 {
            row.isTruncated = true
            continue
        }
        row.children = parts.make(shown)
        queue += row.children
        if shown < parts.count { row.children.append(Row("…", "\(parts.count - shown) more", name: "")) }
        count += row.children.count
    }
}

/// Writes a tree, the reasons in one column as far as values are short.
private func text(of root: Row) -> String {
    var rows: [(left: String, right: String)] = []
    write(root, branch: "", below: "", to: &rows)
    let width = rows.map(\.left.count).filter { $0 <= 48 }.max() ?? 0
    return rows.map { left, right in
        right.isEmpty
            ? left + "\n" : left + String(repeating: " ", count: max(0, width - left.count) + 3) + right + "\n"
    }.joined()
}

private func write(_ row: Row, branch: String, below: String, to rows: inout [(left: String, right: String)]) {
    let right = row.twin.map { "see `\($0)`" } ?? row.right + (row.isTruncated ? " …" : "")
    rows.append((branch + row.left, right))
    for line in row.shownLines { rows.append((below + (row.children.isEmpty ? "" : "│"), line)) }
    for (index, child) in row.children.enumerated() {
        let isLast = index == row.children.count - 1
        write(child, branch: below + (isLast ? "└─ " : "├─ "), below: below + (isLast ? "   " : "│  "), to: &rows)
    }
}

/// Makes the rows of values, and recognizes equal ones.
private struct RowMaker {
    private let identities = ReasonIdentities()

    /// Makes the row of a value.
    func row(_ ingredient: Ingredient) -> Row {
        if case .computed(let reason) = ingredient.origin { return row(reason, called: ingredient.name) }
        return row(ingredient.origin, "\(ingredient.name) = \(ingredient.value.summary)", named: ingredient.name)
    }

    /// Makes the row of a value that was read or inferred.
    private func row(_ origin: Origin, _ left: String, named name: String) -> Row {
        switch origin {
        case .written(let range): Row(left, range.description, name: name)
        case .convention(let reason): Row(left, reason, name: name)
        case .catalog(let reference):
            Row(left, "\(reference.table), row `\(reference.row)`", name: name, lines: [reference.source])
        case .parameter(let parameter):
            Row(
                left,
                "\(parameter.kind.rawValue) `\(parameter.name)`: \(fixedNotation(parameter.value)) \(parameter.unit)",
                name: name,
                lines: [parameter.reason, parameter.source, parameter.field.map { "override with `\($0)`" } ?? ""]
                    .filter { !$0.isEmpty })
        case .inferred(let inference):
            Row(left, inference.reason, name: name, key: "\(ObjectIdentifier(inference))") {
                .of(inference.givens, row)
            }
        case .composed(let composition):
            Row(left, composition.reason, name: name, key: "\(ObjectIdentifier(composition))") {
                .of(composition.text.distinctFigures, row)
            }
        case .computed(let reason): row(reason, called: name)
        }
    }

    /// Makes the row of a number.
    private func row(_ number: Reason, called name: String) -> Row {
        var reason = number.resolved
        // A figure under another name is drawn as the original.
        while case .same(let other) = reason.operation { reason = other.resolved }
        let left = "\(name) = \(reason.shown)"
        let key = "\(identities.number(of: reason))"
        switch reason.operation {
        case .origin(let origin): return row(origin, left, named: name)
        case .constant, .candidate, .variable: return Row(left, reason.operation.words, name: name)
        case .solved(let solution):
            return Row(left, solution.statement, name: name, key: key) { .of(ends(of: solution, at: reason)) { $0 } }
        case .chosen(let preference):
            return Row(left, preference.statement, name: name, key: key) { .of(preference.comparisons) { row($0) } }
        default:
            return Row(left, reason.formula, name: name, key: key) {
                .of(reason.ingredients.filter(\.hasReasons)) { row($0, called: $0.name ?? "") }
            }
        }
    }

    /// Makes the rows of a search's result: the conditions at the value that it found, and those that fail one step beyond.
    private func ends(of solution: Solution, at reason: Reason) -> [Row] {
        let place = Notation.significant.text(reason.value)
        let beyond = Notation.significant.text(solution.missed.candidate.value)
        return solution.met.conditions.map { row($0, "at \(place): ") }
            + solution.missed.conditions.filter { !$0.holds }.map {
                Row("at \(beyond): \($0.comparedValues)", "does not hold: \($0.comparedFormulas)", name: "at \(beyond)")
            }
    }

    /// Makes the row of a comparison, with the reasons of both sides.
    private func row(_ condition: Condition, _ place: String = "") -> Row {
        Row("\(place)\(condition.comparedValues)", condition.comparedFormulas, name: place) {
            let sides = [condition.left, condition.right].flatMap { $0.name == nil ? $0.ingredients : [$0] }
            return .of(sides.filter(\.hasReasons)) { row($0, called: $0.name ?? "") }
        }
    }
}

extension Reason {
    /// Whether it is more than a constant of the formula or the value that is tried.
    fileprivate var hasReasons: Bool {
        switch operation {
        case .candidate, .constant, .variable: false
        default: true
        }
    }
}

extension FactValue {
    /// The value in one short line.
    package var summary: String {
        let whole =
            switch self {
            case .string(let text): text
            case .number(let number): Notation.significant.text(number)
            case .integer, .boolean: text ?? ""
            case .list(let facts):
                "[" + facts.prefix(8).map(\.value.summary).joined(separator: ", ") + (facts.count > 8 ? ", …]" : "]")
            case .mapping(let pairs):
                "{" + pairs.prefix(8).map { "\($0.key): \($0.fact.value.summary)" }.joined(separator: ", ")
                    + (pairs.count > 8 ? ", …}" : "}")
            case .record(let record): record.type.name.withArticle
            }
        let line = whole.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        return line.count > 80 ? line.prefix(79) + "…" : line.count < whole.count ? line + " …" : whole
    }
}

extension Reason {
    /// The value with its unit, as `explain` shows it; units of counts are part of the name.
    package var shown: String {
        let unit = measure
        if unit.isInstant { return Notation.instant.text(value) }
        // Amounts of money are exact, so that they add up.
        let isAmount = unit.dimension == Unit("$/month").dimension && abs(value) >= 1
        let number = (isAmount ? Notation.rounded(2) : .significant).text(value)
        return unit.dimension == .none ? number : "\(number) \(unit.symbol)"
    }
}

extension Operation {
    /// What a number is that is not computed.
    fileprivate var words: String {
        switch self {
        case .candidate: "the value that is tried"
        case .variable: "the index of the series"
        default: "a constant of the formula"
        }
    }
}

extension Condition {
    /// The comparison in values.
    fileprivate var comparedValues: String {
        "\(Notation.significant.text(left.value)) \(relation.rawValue) \(right.shown)"
    }

    /// The comparison in names or formulas.
    fileprivate var comparedFormulas: String {
        "\(left.name ?? left.formula) \(relation.rawValue) \(right.name ?? right.formula)"
    }
}

extension ReasonedText {
    /// The figures of the text, each once.
    fileprivate var distinctFigures: [Ingredient] {
        var seen: Set<String> = []
        return figures.map(\.figure).filter { seen.insert("\($0.name) = \($0.value.summary)").inserted }
    }
}
