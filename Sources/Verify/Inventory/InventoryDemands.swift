import Diagnostics
import Groundwork

extension Inventory {
    /// An operator that does not exist, or that does not fit its values.
    struct OperatorMismatch: Sendable {
        let message: String
        let place: SourceRange
        let label: String
        var help: String?
    }

    /// Where requirements on labels are written, which decides what is allowed in them.
    enum DemandPlace: Sendable { case labelSelector, nodeAffinity, nodePool }
}

extension ManifestValue {
    /// What is wrong with the operator of a requirement `{key, operator, values}`; nil if it fits its values.
    ///
    /// Operators listed in the kind's schema are checked with the schema; the schemas of pods list none.
    func mismatch(
        _ kind: Inventory.DemandPlace, in words: @autoclosure () -> String
    ) -> Inventory.OperatorMismatch? {
        guard let operation = self["operator"], let text = operation.text else { return nil }
        guard let relation = LabelRequirement.Relation(rawValue: text) else {
            if kind != .nodeAffinity { return nil }
            let known = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]
            return Inventory.OperatorMismatch(
                message: "\(words()) uses `\(text)`, which is not an operator", place: operation.place,
                label: "must be one of \(known.map { "`\($0)`" }.joined(separator: ", "))",
                help: closest(to: text, among: known).map { "did you mean `\($0)`?" })
        }
        let values = items(of: "values")
        let place = (self["values"] ?? operation).place
        switch relation {
        case .among, .notAmong:
            // In a NodePool this has no effect, and is accepted.
            guard values.isEmpty, kind != .nodePool || relation == .among else { return nil }
            return Inventory.OperatorMismatch(
                message: "\(words()) uses `\(text)` without values", place: place, label: "requires at least one value",
                help: "use `\(relation == .among ? "Exists" : "DoesNotExist")` to check only for the label")
        case .exists, .absent:
            if values.isEmpty { return nil }
            return Inventory.OperatorMismatch(
                message: "\(words()) uses `\(text)` with values", place: place,
                label: kind == .nodePool ? "ignored by Karpenter" : "takes no values",
                help: "use `\(relation == .exists ? "In" : "NotIn")` to compare with values")
        case .greater, .less, .atLeast, .atMost:
            let isNatural = kind == .nodePool
            guard values.count == 1, let text = values[0].text else {
                return Inventory.OperatorMismatch(
                    message: "\(words()) uses `\(text)` with \(values.isEmpty ? "no value" : "\(values.count) values")",
                    place: place, label: "requires exactly one integer")
            }
            if let number = Int(text), number >= 0 || !isNatural { return nil }
            return Inventory.OperatorMismatch(
                message: "\(words()) compares with `\(text)`", place: values[0].place,
                label: "must be an integer\(isNatural ? ", 0 or greater" : "")")
        }
    }

    /// What is wrong with a toleration's operator; nil if it fits key and value.
    func tolerationMismatch(in words: @autoclosure () -> String) -> Inventory.OperatorMismatch? {
        let operation = self["operator"]?.text ?? "Equal"
        let value = self["value"].flatMap { $0.text?.isEmpty ?? true ? nil : $0 }
        switch operation {
        case "Exists":
            return value.map {
                Inventory.OperatorMismatch(
                    message: "\(words()) uses `Exists` with a value", place: $0.place, label: "takes no value",
                    help: "remove it, or use `Equal`")
            }
        case "Gt", "Lt":
            guard let value, value.text.flatMap({ Int($0) }) == nil else { break }
            return Inventory.OperatorMismatch(
                message: "\(words()) compares with `\(value.text ?? "")`", place: value.place,
                label: "must be an integer")
        default: break
        }
        guard self["key"]?.text?.isEmpty ?? true, operation == "Equal" else { return nil }
        return Inventory.OperatorMismatch(
            message: "\(words()) has no `key` but does not use `Exists`", place: entries?.first?.keyPlace ?? place,
            label: "without a key, only `operator: Exists` is allowed")
    }

    /// The node requirements of a pod's spec, required and preferred.
    var nodeDemands: [ManifestValue] {
        let affinity = self["affinity"]?["nodeAffinity"]
        let required =
            affinity?["requiredDuringSchedulingIgnoredDuringExecution"]?["nodeSelectorTerms"]?.items ?? []
        let preferred = (affinity?["preferredDuringSchedulingIgnoredDuringExecution"]?.items ?? []).compactMap {
            $0["preference"]
        }
        return (required + preferred).flatMap { $0.items(of: "matchExpressions") }
    }

    /// The selectors of other pods in a pod's spec.
    var podSelectors: [ManifestValue] {
        let spreads = items(of: "topologySpreadConstraints").compactMap { $0["labelSelector"] }
        guard let affinity = self["affinity"] else { return spreads }
        return spreads
            + ["podAffinity", "podAntiAffinity"].compactMap { affinity[$0] }.flatMap { kind -> [ManifestValue] in
                let required = kind.items(of: "requiredDuringSchedulingIgnoredDuringExecution")
                let preferred = kind.items(of: "preferredDuringSchedulingIgnoredDuringExecution")
                let terms = required + preferred.compactMap { $0["podAffinityTerm"] }
                return terms.flatMap { [$0["labelSelector"], $0["namespaceSelector"]].compactMap { $0 } }
            }
    }
}
