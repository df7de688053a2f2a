/// The expressions of a query by kind, in each list the outermost first: most rules need one kind.
package struct QueryParts: Sendable {
    /// An expression, and its bytes in the text of the query.
    package struct Part<Content: Sendable>: Sendable {
        package let content: Content
        package let extent: Range<Int>
    }

    package private(set) var selectors: [Part<Query.Selector>] = []
    package private(set) var calls: [Part<(name: String, arguments: [Query])>] = []
    package private(set) var aggregations: [Part<Query.Aggregation>] = []
    package private(set) var binaries: [Part<Query.Binary>] = []

    /// Sorts the expressions of a query; without one there are none.
    package init(_ query: Query?) { if let query { add(query) } }

    private mutating func add(_ query: Query) {
        switch query.content {
        case .number, .text: return
        case .selector(let selector): selectors.append(Part(content: selector, extent: query.extent))
        case .range(let inner, _), .subquery(let inner, _, _), .negation(let inner): add(inner)
        case .call(let name, let arguments):
            calls.append(Part(content: (name, arguments), extent: query.extent))
            for argument in arguments { add(argument) }
        case .aggregation(let aggregation):
            aggregations.append(Part(content: aggregation, extent: query.extent))
            if let parameter = aggregation.parameter { add(parameter) }
            add(aggregation.operand)
        case .binary(let binary):
            binaries.append(Part(content: binary, extent: query.extent))
            add(binary.left)
            add(binary.right)
        }
    }
}
