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
            case .number(let number): fixedNotation(rounded(number))
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

/// Rounds to six significant digits, as people read numbers.
private func rounded(_ number: Double) -> Double {
    guard number.isFinite, abs(number) > 1e-100 else { return number }
    var unit = 1.0
    while abs(number) * unit < 100_000 { unit *= 10 }
    return (number * unit).rounded() / unit
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
        let left = "\(branch)\(ingredient.name) = \(ingredient.shown.summary)"
        switch ingredient.origin {
        case .written(let range): rows.append((left, range.description))
        case .convention(let reason): rows.append((left, reason))
        case .catalog(let reference):
            rows.append((left, "\(reference.table), row `\(reference.row)`"))
            add([reference.source], once: "\(reference.table) \(reference.row)", below)
        case .threshold(let threshold):
            rows.append((left, "threshold `\(threshold.name)`: \(fixedNotation(threshold.value)) \(threshold.unit)"))
            add([threshold.reason, threshold.source], once: threshold.name, below)
        case .derived(let derivation): add(derivation, named: ingredient.name, left, below)
        }
    }

    /// Adds the lines that stand behind a figure where it comes first.
    private mutating func add(_ lines: [String], once key: String, _ below: String) {
        guard sourced.insert(key).inserted else { return }
        for line in lines where !line.isEmpty { rows.append((below, line)) }
    }

    private mutating func add(_ derivation: Derivation, named name: String, _ left: String, _ below: String) {
        if let first = drawn[ObjectIdentifier(derivation)] {
            rows.append((left, "as above, at `\(first)`"))
            return
        }
        drawn[ObjectIdentifier(derivation)] = name
        rows.append((left, derivation.formula))
        for (index, ingredient) in derivation.ingredients.enumerated() {
            if rows.count >= limit {
                rows.append(("\(below)└─ …", "\(derivation.ingredients.count - index) more"))
                return
            }
            let isLast = index == derivation.ingredients.count - 1
            add(ingredient, branch: below + (isLast ? "└─ " : "├─ "), below: below + (isLast ? "   " : "│  "))
        }
    }

    /// The rows as text, the reasons in one column as far as values are short.
    var text: String {
        let width = rows.map(\.left.count).filter { $0 <= 48 }.max() ?? 0
        return rows.map { left, right in
            left + String(repeating: " ", count: max(0, width - left.count) + 3) + right + "\n"
        }.joined()
    }
}
