import Diagnostics

/// The reasons of values as JSON, for programs: every node once, with its operation, operands, unit, exact value and shown text.
///
/// An operand is the index of another node in the list, from 0; operands come before what is computed from them.
package struct ReasonGraph {
    package private(set) var nodes: [JSON] = []
    private var numbers: [ObjectIdentifier: Int] = [:]
    private var words: [String: Int] = [:]
    /// The reasons of nodes, kept alive so that no other object gets the same identity.
    private var kept: [Reason] = []

    package init() {}

    /// Adds a value with everything that it rests on, and returns its index.
    package mutating func add(_ value: Ingredient) -> Int {
        if case .computed(let reason) = value.origin { return add(reason, called: value.name, as: value.value) }
        return add(members(of: value))
    }

    /// Adds a number with everything that it rests on, and returns its index.
    package mutating func add(_ reason: Reason) -> Int {
        if let known = numbers[ObjectIdentifier(reason)] { return known }
        let place = add(members(of: reason))
        numbers[ObjectIdentifier(reason)] = place
        kept.append(reason)
        return place
    }

    /// Adds a number under the name of a fact, if that differs from its own.
    private mutating func add(_ reason: Reason, called name: String, as value: FactValue) -> Int {
        let place = add(reason)
        if case .number = value, reason.name == name { return place }
        return add(
            [("name", .string(name))] + shown(value) + [("operation", "same"), ("operands", [.integer(place)])])
    }

    private mutating func add(_ members: [(key: String, value: JSON)]) -> Int {
        let node = JSON.object(members)
        let key = node.line
        if let known = words[key] { return known }
        words[key] = nodes.count
        nodes.append(node)
        return nodes.count - 1
    }

    private mutating func places(_ reasons: [Reason]) -> JSON { .array(reasons.map { .integer(add($0)) }) }

    private mutating func members(of reason: Reason) -> [(key: String, value: JSON)] {
        let name: [(key: String, value: JSON)] = reason.name.map { [("name", .string($0))] } ?? []
        if case .deferred = reason.operation {
            let resolved = reason.resolved
            if resolved.name == reason.name { return members(of: resolved) }
            return name + shown(reason) + [("operation", "same"), ("operands", places([resolved]))]
        }
        return name + shown(reason) + operation(of: reason)
    }

    private mutating func operation(of reason: Reason) -> [(key: String, value: JSON)] {
        switch reason.operation {
        case .constant: return [("operation", "constant")]
        case .variable: return [("operation", "index")]
        case .candidate: return [("operation", "candidate")]
        case .origin(let origin): return members(of: origin)
        case .sum: return operation("sum", reason)
        case .difference: return operation("difference", reason)
        case .product: return operation("product", reason)
        case .quotient: return operation("quotient", reason)
        case .minimum: return operation("minimum", reason)
        case .maximum: return operation("maximum", reason)
        case .power: return operation("power", reason)
        case .logarithm: return operation("natural logarithm", reason)
        case .same: return operation("same", reason)
        case .rounded(_, .up): return operation("round up", reason)
        case .rounded(_, .down): return operation("round down", reason)
        case .rounded(_, .nearest(let decimals)):
            return operation("round", reason) + [("decimals", .integer(decimals))]
        case .series(let series, let figure):
            return [
                ("operation", .string(figure.rawValue)), ("index", .integer(add(series.index))),
                ("through", .integer(add(series.last))), ("factor", .integer(add(series.factor))),
            ]
        case .solved(let solution):
            return [
                ("operation", "search"), ("statement", .string(solution.statement)),
                ("met", conditions(solution.met)), ("missed", conditions(solution.missed)),
            ]
        case .chosen(let preference):
            return [
                ("operation", "choice"), ("statement", .string(preference.statement)),
                ("comparisons", .array(preference.comparisons.map { comparison($0) })),
            ]
        case .deferred: return operation("same", reason)
        }
    }

    private mutating func operation(_ name: String, _ reason: Reason) -> [(key: String, value: JSON)] {
        [("operation", .string(name)), ("operands", places(reason.operands))]
    }

    private mutating func conditions(_ side: Solution.Side) -> JSON {
        [
            "at": .integer(add(side.candidate)),
            "conditions": .array(side.conditions.map { comparison($0) }),
        ]
    }

    private mutating func comparison(_ condition: Condition) -> JSON {
        [
            "left": .integer(add(condition.left)), "relation": .string(condition.relation.rawValue),
            "right": .integer(add(condition.right)),
        ]
    }

    private mutating func members(of value: Ingredient) -> [(key: String, value: JSON)] {
        [("name", .string(value.name))] + shown(value.value) + members(of: value.origin, value.value)
    }

    private mutating func members(of origin: Origin, _ value: FactValue? = nil) -> [(key: String, value: JSON)] {
        switch origin {
        case .written(let range):
            let place = range.file.place(of: range.start)
            return [
                ("operation", "written"), ("file", .string(range.file.path)), ("line", .integer(place.line)),
                ("column", .integer(place.column)),
            ]
        case .parameter(let parameter):
            return [
                ("operation", .string(parameter.kind.rawValue)), ("parameter", .string(parameter.name)),
                ("reason", .string(parameter.reason)), ("source", .string(parameter.source)),
            ] + (parameter.field.map { [("field", .string($0))] } ?? [])
        case .catalog(let reference):
            return [
                ("operation", "catalog"), ("table", .string(reference.table)), ("row", .string(reference.row)),
                ("source", .string(reference.source)),
            ]
        case .convention(let reason):
            return listed(value) ?? [("operation", "convention"), ("reason", .string(reason))]
        case .inferred(let inference):
            return [
                ("operation", "inferred"), ("reason", .string(inference.reason)),
                ("operands", .array(inference.givens.map { .integer(add($0)) })),
            ]
        case .computed(let reason): return [("operation", "same"), ("operands", places([reason]))]
        case .composed(let composition):
            return [
                ("operation", "text"), ("reason", .string(composition.reason)), ("parts", parts(of: composition.text)),
            ]
        }
    }

    /// The items of a list; nil for a single value.
    private mutating func listed(_ value: FactValue?) -> [(key: String, value: JSON)]? {
        let items: [Ingredient]
        switch value {
        case .list(let facts): items = facts.enumerated().map { Ingredient("\($0)", $1.value, $1.origin) }
        case .mapping(let pairs): items = pairs.map { Ingredient($0.key, $0.fact.value, $0.fact.origin) }
        case .record: return [("operation", "group")]
        default: return nil
        }
        return [("operation", "list"), ("operands", .array(items.map { .integer(add($0)) }))]
    }

    /// The parts of a text: literal text, and the figures with their notation.
    package mutating func parts(of text: ReasonedText) -> JSON {
        let bytes = Array(text.text.utf8)
        var (parts, end): ([JSON], Int) = ([], 0)
        func literal(_ range: Range<Int>) {
            if !range.isEmpty { parts.append(.string(String(decoding: bytes[range], as: UTF8.self))) }
        }
        for mark in text.figures {
            literal(end..<mark.start)
            end = mark.start + mark.count
            var members: [(key: String, value: JSON)] = [
                ("figure", .integer(add(mark.figure))),
                ("shown", .string(String(decoding: bytes[mark.start..<end], as: UTF8.self))),
            ]
            if let notation = mark.notation { members.append(("notation", notation.json)) }
            parts.append(.object(members))
        }
        literal(end..<bytes.count)
        return .array(parts)
    }

    private func shown(_ reason: Reason) -> [(key: String, value: JSON)] {
        [("value", exact(reason.value)), ("shown", .string(reason.shown)), ("unit", .string(reason.measure.symbol))]
    }

    private func shown(_ value: FactValue) -> [(key: String, value: JSON)] {
        switch value {
        case .string(let text): [("value", .string(text))]
        case .integer(let number): [("value", .integer(number)), ("shown", .string(String(number)))]
        case .number(let number): [("value", exact(number)), ("shown", .string(fixedNotation(number)))]
        case .boolean(let flag): [("value", .boolean(flag))]
        case .list, .mapping, .record: []
        }
    }

    private func exact(_ number: Double) -> JSON {
        number == number.rounded() && number.magnitude < 1e15 ? .integer(Int(number)) : .number(number)
    }
}

extension Notation {
    /// The notation for programs.
    package var json: JSON {
        switch self {
        case .plain: ["form": "plain", "decimals": 6]
        case .rounded(let decimals): ["form": "plain", "decimals": .integer(decimals)]
        case .fixed(let decimals): ["form": "fixed", "decimals": .integer(decimals)]
        case .grouped: ["form": "grouped", "decimals": 0]
        case .quantity: ["form": "quantity", "decimals": 3]
        case .float: ["form": "float"]
        case .instant: ["form": "instant"]
        case .significant: ["form": "significant", "digits": 6]
        }
    }
}
