extension ReasonedText {
    /// The parameters of some kinds that its figures rest on, each once, in the order in which they are found.
    ///
    /// A search is not repeated: only what its result is computed from counts, not what was compared on the way.
    ///
    /// Deferred reasons are computed only on request, or if their origins are not listed.
    package func parameters(_ kinds: Set<Parameter.Kind>, workingOut: Bool = false) -> [Parameter] {
        var search = ParameterSearch(kinds: kinds, worksOut: workingOut)
        for mark in figures { search.visit(mark.figure.origin) }
        return search.found
    }
}

/// Follows reasons down to their parameters.
private struct ParameterSearch {
    let kinds: Set<Parameter.Kind>
    let worksOut: Bool
    private(set) var found: [Parameter] = []
    private var seen: Set<ObjectIdentifier> = []

    init(kinds: Set<Parameter.Kind>, worksOut: Bool) {
        self.kinds = kinds
        self.worksOut = worksOut
    }

    mutating func visit(_ origin: Origin) {
        switch origin {
        case .written, .catalog, .convention: break
        case .parameter(let parameter):
            if kinds.contains(parameter.kind), isNew(parameter) { found.append(parameter) }
        case .inferred(let inference):
            if isNew(inference) { for given in inference.givens { visit(given.origin) } }
        case .composed(let composition):
            if isNew(composition) { for mark in composition.text.figures { visit(mark.figure.origin) } }
        case .computed(let reason): visit(reason)
        }
    }

    private mutating func visit(_ reason: Reason) {
        guard isNew(reason) else { return }
        if !worksOut, case .deferred(_, let origins?) = reason.operation {
            for origin in origins() { visit(origin) }
            return
        }
        let reason = reason.resolved
        switch reason.operation {
        case .origin(let origin): visit(origin)
        case .solved(let solution) where worksOut:
            for condition in solution.met.conditions {
                visit(condition.left)
                visit(condition.right)
            }
        default: for operand in reason.operands { visit(operand) }
        }
    }

    private mutating func isNew(_ object: AnyObject) -> Bool { seen.insert(ObjectIdentifier(object)).inserted }
}
