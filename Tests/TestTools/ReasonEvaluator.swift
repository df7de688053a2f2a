import Foundation

/// Works out every node of an explanation anew from its operands.
///
/// It reads the JSON that `explain --format json` prints, and knows arithmetic, the stated roundings and notations, and nothing of the compiler.
package struct ReasonEvaluator {
    package typealias Node = [String: Any]

    package let nodes: [Node]
    package private(set) var differences: [String] = []
    /// The nodes below which the index of a series stands.
    private let indexed: [Set<Int>]
    /// What is asked of each node for every index of a series, read once.
    private let operations: [String]
    private let operands: [[Int]]
    private let stated: [Double?]

    package init(_ nodes: [Node]) {
        self.nodes = nodes
        operations = nodes.map { $0["operation"] as? String ?? "" }
        operands = nodes.map { Self.places($0["operands"]) }
        stated = nodes.map { $0["value"] as? Double }
        indexed = nodes.indices.reduce(into: []) { known, place in
            let node = nodes[place]
            var below = Self.references(of: node).filter { $0 < place }.reduce(into: Set<Int>()) {
                $0.formUnion(known[$1])
            }
            if node["operation"] as? String == "index" { below.insert(place) }
            known.append(below)
        }
    }

    /// Works out every node; what differs is noted.
    package mutating func evaluate() {
        for place in nodes.indices {
            if let reason = difference(at: place) {
                differences.append("node \(place), \(nodes[place]["name"] ?? "without a name"): \(reason)")
            }
        }
    }

    /// The places that a node refers to.
    private static func references(of node: Node) -> [Int] {
        places(node["operands"]) + ["index", "through", "factor"].compactMap { place(node[$0]) }
    }

    private func difference(at place: Int) -> String? {
        let node = nodes[place]
        guard let operation = node["operation"] as? String else { return "no operation" }
        guard Self.references(of: node).allSatisfy({ $0 < place }) else { return "an operand stands after it" }
        if let problem = shownDifference(node) { return problem }
        switch operation {
        case "constant", "index", "candidate", "written", "catalog", "convention", "group": return nil
        case "threshold", "default", "assumption": return nil
        case "inferred", "list": return nil
        case "text": return textDifference(node)
        case "search": return searchDifference(node)
        case "choice":
            let comparisons = node["comparisons"] as? [Node] ?? []
            return comparisons.allSatisfy(holds) ? nil : "it did not win over the next best"
        default:
            guard let stated = number(node["value"]) else { return wordDifference(node, operation) }
            guard let found = value(of: place, [:], isRoot: true) else { return "no operation is called \(operation)" }
            return found == stated ? nil : "it is stated as \(stated), and \(operation) gives \(found)"
        }
    }

    /// A word or a text that is another node's.
    private func wordDifference(_ node: Node, _ operation: String) -> String? {
        guard operation == "same", let operand = Self.places(node["operands"]).first else {
            return "\(operation) of something that is no number"
        }
        return "\(node["value"] ?? "")" == "\(nodes[operand]["value"] ?? "")" ? nil : "it is not what it says to be"
    }

    /// The value of a node, with the indices of series as they are set; what does not depend on one is taken as stated.
    private func value(of place: Int, _ indices: [Int: Double], isRoot: Bool = false) -> Double? {
        let operation = operations[place]
        if operation == "index" { return indices[place] ?? stated[place] }
        if !isRoot, indexed[place].isDisjoint(with: indices.keys) { return stated[place] }
        let operands = operands[place].compactMap { value(of: $0, indices) }
        switch operation {
        case "sum": return operands.dropFirst().reduce(operands[0], +)
        case "difference": return operands[0] - operands[1]
        case "product": return operands[0] * operands[1]
        case "quotient": return operands[0] / operands[1]
        case "minimum": return operands.min()
        case "maximum": return operands.max()
        case "power": return pow(operands[0], operands[1])
        case "natural logarithm": return log(operands[0])
        case "same": return operands[0]
        // A billionth above a whole number is dust of the computation.
        case "round up": return (operands[0] - 1e-9).rounded(.up)
        case "round down": return operands[0].rounded(.down)
        case "round": return rounded(operands[0], Self.place(nodes[place]["decimals"]) ?? 0)
        case "sum of products", "weighted sum of products", "product of factors":
            return series(nodes[place], operation, indices)
        default: return nil
        }
    }

    /// 1 + p(1) + … + p(n), 1 × p(1) + … + n × p(n), or p(n), where p(i) is the product of the factors 1 to i.
    private func series(_ node: Node, _ figure: String, _ indices: [Int: Double]) -> Double? {
        guard let index = Self.place(node["index"]), let through = Self.place(node["through"]),
            let factor = Self.place(node["factor"]), let last = value(of: through, indices)
        else { return nil }
        var (product, sum, weighted) = (1.0, 1.0, 0.0)
        var count = 1.0
        while count <= last {
            var inner = indices
            inner[index] = count
            guard let next = value(of: factor, inner) else { return nil }
            product *= next
            sum += product
            weighted += product * count
            count += 1
        }
        return figure == "sum of products" ? sum : figure == "product of factors" ? product : weighted
    }

    private func searchDifference(_ node: Node) -> String? {
        guard let met = node["met"] as? Node, let missed = node["missed"] as? Node,
            let there = Self.place(met["at"]), let beyond = Self.place(missed["at"]),
            let kept = met["conditions"] as? [Node], let broken = missed["conditions"] as? [Node]
        else { return "a search without its two sides" }
        guard number(nodes[there]["value"]) == number(node["value"]) else { return "the conditions are met elsewhere" }
        guard number(nodes[beyond]["value"]) != number(node["value"]) else { return "the next value is the same" }
        guard !kept.isEmpty, kept.allSatisfy(holds) else { return "a condition is not met" }
        return broken.allSatisfy(holds) ? "every condition is met one step further, too" : nil
    }

    private func holds(_ comparison: Node) -> Bool {
        guard let left = Self.place(comparison["left"]).flatMap({ number(nodes[$0]["value"]) }),
            let right = Self.place(comparison["right"]).flatMap({ number(nodes[$0]["value"]) })
        else { return false }
        return switch comparison["relation"] as? String {
        case "≤": left <= right
        case "≥": left >= right
        case "<": left < right
        default: false
        }
    }

    /// Whether a text consists of its parts, and each figure in it is its number in the stated notation.
    private func textDifference(_ node: Node) -> String? {
        guard let parts = node["parts"] as? [Any], let text = node["value"] as? String else {
            return "a text of nothing"
        }
        var joined = ""
        for part in parts {
            if let literal = part as? String {
                joined += literal
            } else if let figure = part as? Node, let shown = figure["shown"] as? String {
                if let problem = notationDifference(figure) { return problem }
                joined += shown
            }
        }
        return joined == text ? nil : "its parts give \(joined)"
    }

    /// Whether a figure is its node's value in the stated notation.
    private func notationDifference(_ figure: Node) -> String? {
        guard let place = Self.place(figure["figure"]), let shown = figure["shown"] as? String else {
            return "no figure"
        }
        guard let notation = figure["notation"] as? Node else {
            return nodes[place]["value"] as? String == shown ? nil : "\(shown) is not the word that it stands for"
        }
        guard let value = number(nodes[place]["value"]) else { return "\(shown) stands for no number" }
        let text = Self.text(of: value, notation)
        return text == shown ? nil : "\(value) is shown as \(shown), and its notation gives \(text)"
    }

    /// Whether the short text beside a number is its value to six digits, or all of it where a fact shows it.
    private func shownDifference(_ node: Node) -> String? {
        guard let shown = node["shown"] as? String, let value = number(node["value"]) else { return nil }
        guard let unit = node["unit"] as? String else {
            return shown == plain(value) ? nil : "\(value) is shown as \(shown)"
        }
        // The usual form first: a formatter of dates for every node takes longer than all else.
        let short = Self.text(of: value, ["form": "significant", "digits": 6])
        if shown == short || shown == "\(short) \(unit)" { return nil }
        if shown == "\(Self.text(of: value, ["form": "plain", "decimals": 2.0])) \(unit)" { return nil }
        return shown == Self.text(of: value, ["form": "instant"]) ? nil : "\(value) is shown as \(shown)"
    }

    private func number(_ value: Any?) -> Double? { value as? Double }

    /// A number in a stated notation.
    package static func text(of value: Double, _ notation: Node) -> String { written(value, notation) }

    /// The place of a node, or a count.
    package static func place(_ value: Any?) -> Int? { (value as? Double).map { Int($0) } }

    private static func places(_ value: Any?) -> [Int] { (value as? [Double] ?? []).map { Int($0) } }
}

/// Rounds half away from zero.
private func rounded(_ value: Double, _ decimals: Int) -> Double {
    let scale = pow(10, Double(decimals))
    return (value * scale).rounded() / scale
}

/// A number without an exponent, in as few digits as read back the same.
private func plain(_ value: Double) -> String {
    if value == value.rounded(), value.magnitude < 1e15 { return String(Int(value)) }
    return NSDecimalNumber(string: "\(value)").stringValue
}

/// A number in a stated notation.
private func written(_ value: Double, _ notation: ReasonEvaluator.Node) -> String {
    let decimals = ReasonEvaluator.place(notation["decimals"]) ?? 0
    switch notation["form"] as? String {
    case "plain": return plain(rounded(rounded(value, decimals), 6))
    case "fixed": return String(format: "%.\(decimals)f", rounded(value, decimals))
    case "grouped":
        let formatter = NumberFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.usesGroupingSeparator = true
        formatter.groupingSeparator = ","
        formatter.groupingSize = 3
        formatter.maximumFractionDigits = 0
        return formatter.string(from: NSNumber(value: value.rounded())) ?? ""
    case "quantity":
        let thousandths = Int((value * 1000).rounded())
        return thousandths % 1000 == 0 ? "\(thousandths / 1000)" : "\(thousandths)m"
    case "float": return "\(value)"
    case "instant":
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'"
        return formatter.string(from: Date(timeIntervalSince1970: value))
    case "significant":
        if value.magnitude >= 1e15 { return String(format: "%.5e", value) }
        guard value != 0 else { return "0" }
        var unit = 1.0
        while value.magnitude * unit < 100_000 { unit *= 10 }
        return plain((value * unit).rounded() / unit)
    default: return ""
    }
}
