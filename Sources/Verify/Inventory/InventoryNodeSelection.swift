import Diagnostics
import Groundwork

extension Inventory {
    /// The nodes that a pod may run on: its node selector and its required node affinity.
    struct NodeSelection: Sendable {
        /// Alternatives, each a list of requirements that must all be met.
        let terms: [[LabelRequirement]]
        private let selector: ManifestValue?
        private let affinity: ManifestValue?

        init(_ podSpec: ManifestValue) {
            selector = podSpec["nodeSelector"]
            affinity = podSpec["affinity"]?["nodeAffinity"]?["requiredDuringSchedulingIgnoredDuringExecution"]
            let labels = selector.map { Labels($0).pairs } ?? []
            let always = labels.map { LabelRequirement(nodeLabel($0.key), .among, [$0.value]) }
            let alternatives = affinity?["nodeSelectorTerms"]?.items ?? []
            terms =
                alternatives.isEmpty
                ? [always]
                : alternatives.map { term in
                    always + (term["matchExpressions"]?.items?.compactMap { LabelRequirement(ofNodes: $0) } ?? [])
                }
        }

        /// The place where the selection is written; nil if every node qualifies.
        var place: SourceRange? {
            affinity?["nodeSelectorTerms"]?.items?.first?["matchExpressions"]?.items?.first?["key"]?.place
                ?? selector?.entries?.first?.keyPlace
        }

        /// Tells whether any requirement meets a condition.
        func contains(_ condition: (LabelRequirement) -> Bool) -> Bool {
            terms.contains { $0.contains(where: condition) }
        }
    }
}
