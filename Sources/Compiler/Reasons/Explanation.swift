import Diagnostics

/// Draws the reasons of a fact as a tree, down to the spec's lines, the thresholds and the catalog's rows.
///
///     pool.gpuLimit = 16   nodes × GPUs
///     ├─ nodes = 2         specs/seed.yaml:31:14
///     └─ GPUs = 8          instance-types.csv, row `p5.48xlarge`
///                          https://aws.amazon.com/ec2/instance-types/p5/
///
/// What several formulas share is drawn once, and so are reasons and sources. Where a tree would pass the limit, it says how much is left out.
package func explanation(of fact: Fact, called name: String, limit: Int = 200) -> String {
    var tree = ReasonTree(limit: limit)
    tree.add(Ingredient(name, fact.value, fact.origin), branch: "", below: "")
    return tree.text
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
            case .record(let record): record.noun.name.withArticle
            }
        let line = whole.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        return line.count > 80 ? line.prefix(79) + "…" : line.count < whole.count ? line + " …" : whole
    }
}

/// The rows of a tree under way: on the left the values, on the right the reasons.
private struct ReasonTree {
    private var rows: [(left: String, right: String)] = []
    private var drawn: [ObjectIdentifier: String] = [:]
    private var sourced: Set<String> = []
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Adds a value with everything below it; `branch` leads to it, `below` to the rows under it.
    mutating func add(_ ingredient: Ingredient, branch: String, below: String) {
        if case .computed(let reason) = ingredient.origin {
            add(reason, called: ingredient.name, branch: branch, below: below)
            return
        }
        let left = "\(branch)\(ingredient.name) = \(ingredient.value.summary)"
        add(ingredient.origin, named: ingredient.name, left, below)
    }

    /// Adds a number with everything below it.
    private mutating func add(_ reason: Reason, called name: String, branch: String, below: String) {
        let reason = reason.resolved
        let unit = reason.measure.shown
        let shown = Notation.significant.text(reason.value)
        let left = "\(branch)\(name) = \(shown)\(unit.isEmpty ? "" : " \(unit)")"
        if case .origin(let origin) = reason.operation { return add(origin, named: name, left, below) }
        if let first = drawn[ObjectIdentifier(reason)] {
            rows.append((left, "as above, at `\(first)`"))
            return
        }
        drawn[ObjectIdentifier(reason)] = name
        rows.append((left, reason.formula))
        switch reason.operation {
        case .solved(let solution):
            add(solution, at: reason.value, below)
        case .chosen(let preference): add(preference.comparisons, below)
        default: add(reason.ingredients.map { ($0.name ?? "", $0) }, below)
        }
    }

    private mutating func add(_ origin: Origin, named name: String, _ left: String, _ below: String) {
        switch origin {
        case .written(let range): rows.append((left, range.description))
        case .convention(let reason): rows.append((left, reason))
        case .catalog(let reference):
            rows.append((left, "\(reference.table), row `\(reference.row)`"))
            add([reference.source], once: "\(reference.table) \(reference.row)", below)
        case .threshold(let threshold):
            rows.append((left, "threshold `\(threshold.name)`: \(fixedNotation(threshold.value)) \(threshold.unit)"))
            add([threshold.reason, threshold.source], once: threshold.name, below)
        case .inferred(let inference):
            draw(inference, name, left, inference.reason, inference.givens, below)
        case .derived(let derivation):
            draw(derivation, name, left, derivation.formula, derivation.ingredients, below)
        case .composed(let composition):
            draw(composition, name, left, composition.reason, composition.text.distinctFigures, below)
        case .computed(let reason): add(reason, called: name, branch: "", below: below)
        }
    }

    /// Adds the lines that stand behind a figure where it comes first.
    private mutating func add(_ lines: [String], once key: String, _ below: String) {
        guard sourced.insert(key).inserted else { return }
        for line in lines where !line.isEmpty { rows.append((below, line)) }
    }

    /// Adds a word with what it follows from, or a text with the figures in it.
    private mutating func draw(
        _ object: AnyObject, _ name: String, _ left: String, _ right: String, _ parts: [Ingredient], _ below: String
    ) {
        if let first = drawn[ObjectIdentifier(object)] {
            rows.append((left, "as above, at `\(first)`"))
            return
        }
        drawn[ObjectIdentifier(object)] = name
        rows.append((left, right))
        grow(parts.count, below) { tree, index, branch, below in
            tree.add(parts[index], branch: branch, below: below)
        }
    }

    private mutating func add(_ parts: [(name: String, reason: Reason)], _ below: String) {
        grow(parts.count, below) { tree, index, branch, below in
            tree.add(parts[index].reason, called: parts[index].name, branch: branch, below: below)
        }
    }

    /// Adds the conditions of a search at the value that it found, and those that fail one step beyond.
    private mutating func add(_ solution: Solution, at value: Double, _ below: String) {
        let conditions = solution.met.conditions
        let failing = solution.missed.conditions.filter { !$0.holds }
        let beyond = Notation.significant.text(solution.missed.candidate.value)
        grow(conditions.count + failing.count, below) { tree, index, branch, below in
            if index < conditions.count {
                tree.add(conditions[index], "at \(Notation.significant.text(value)): ", branch, below)
            } else {
                // The reasons are those above, one step further.
                let condition = failing[index - conditions.count]
                tree.rows.append(("\(branch)at \(beyond): \(condition.words(ofLeft: true))", "no longer holds"))
            }
        }
    }

    private mutating func add(_ comparisons: [Condition], _ below: String) {
        grow(comparisons.count, below) { tree, index, branch, below in
            tree.add(comparisons[index], "", branch, below)
        }
    }

    /// Adds a comparison with the reasons of both sides.
    private mutating func add(_ condition: Condition, _ place: String, _ branch: String, _ below: String) {
        rows.append(("\(branch)\(place)\(condition.words(ofLeft: true))", condition.words(ofLeft: false)))
        let sides = [condition.left, condition.right].filter {
            if case .candidate = $0.operation { return false }
            if case .constant = $0.operation { return false }
            return true
        }
        add(
            sides.flatMap { $0.name == nil ? $0.ingredients.map { ($0.name ?? "", $0) } : [($0.name ?? "", $0)] }, below
        )
    }

    /// Adds what stands below a row, as far as the limit allows.
    private mutating func grow(
        _ count: Int, _ below: String, _ add: (inout ReasonTree, Int, _ branch: String, _ below: String) -> Void
    ) {
        for index in 0..<count {
            if rows.count >= limit {
                rows.append(("\(below)└─ …", "\(count - index) more"))
                return
            }
            let isLast = index == count - 1
            add(&self, index, below + (isLast ? "└─ " : "├─ "), below + (isLast ? "   " : "│  "))
        }
    }

    /// The rows as text, the reasons in one column as far as values are short.
    var text: String {
        let width = rows.map(\.left.count).filter { $0 <= 48 }.max() ?? 0
        return rows.map { left, right in
            right.isEmpty
                ? left + "\n" : left + String(repeating: " ", count: max(0, width - left.count) + 3) + right + "\n"
        }.joined()
    }
}

extension Condition {
    /// The comparison in values, or the formulas that are compared.
    fileprivate func words(ofLeft isValues: Bool) -> String {
        func side(_ reason: Reason) -> String {
            isValues ? Notation.significant.text(reason.value) : reason.name ?? reason.formula
        }
        let unit = isValues ? right.measure.shown : ""
        return "\(side(left)) \(relation.rawValue) \(side(right))\(unit.isEmpty ? "" : " \(unit)")"
    }
}

extension ReasonedText {
    /// The figures of the text, each once.
    fileprivate var distinctFigures: [Ingredient] {
        var seen: Set<String> = []
        return figures.map(\.figure).filter { seen.insert("\($0.name) = \($0.value.summary)").inserted }
    }
}
