/// Identifies numbers by how they were obtained: two with the same computation from the same places are one.
///
/// A deferred reason is identified by itself, so that identifying numbers computes nothing.
final class ReasonIdentities {
    private var known: [ObjectIdentifier: Int] = [:]
    private var numbers: [String: Int] = [:]
    /// The reasons that have a number, kept alive so that no other object gets the same identity.
    private var kept: [Reason] = []

    /// The number of a reason; equal for equal reasons.
    func number(of reason: Reason) -> Int {
        if let known = known[ObjectIdentifier(reason)] { return known }
        let content = content(of: reason)
        let number = numbers[content] ?? numbers.count
        numbers[content] = number
        known[ObjectIdentifier(reason)] = number
        kept.append(reason)
        return number
    }

    private func content(of reason: Reason) -> String {
        let own = "\(reason.name ?? "") \(reason.value) \(reason.operation.tag)"
        switch reason.operation {
        case .origin(let origin):
            guard let range = origin.range else { return own }
            return "\(own) \(range.file.path) \(range.start)"
        case .deferred, .solved, .chosen: return "\(own) \(ObjectIdentifier(reason))"
        default: return own + reason.operands.map { " \(number(of: $0))" }.joined()
        }
    }
}

extension Operation {
    /// A word for the operation, with what distinguishes it besides its operands.
    fileprivate var tag: String {
        switch self {
        case .constant: "constant"
        case .origin: "origin"
        case .sum: "sum"
        case .difference: "difference"
        case .product: "product"
        case .quotient: "quotient"
        case .minimum: "minimum"
        case .maximum: "maximum"
        case .power: "power"
        case .logarithm: "logarithm"
        case .rounded(_, let rounding): "rounded \(rounding)"
        case .same: "same"
        case .series(_, let figure): "series \(figure)"
        case .variable: "variable"
        case .candidate: "candidate"
        case .solved: "solved"
        case .chosen: "chosen"
        case .deferred: "deferred"
        }
    }
}
