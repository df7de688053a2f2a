import Diagnostics
import Groundwork

/// Nodes of an existing NodePool or node group, not managed by Stowage, as the models on them need them.
package struct ExistingPoolSpec: Sendable {
    package let name: Traced<String>
    /// The labels of its nodes that the models' pods require.
    package let labels: [(key: Traced<String>, value: Traced<String>)]
    /// The taints of its nodes.
    package let taints: [Toleration]
    /// The types of its nodes, the first that fits being the one that is planned for.
    package let instances: [Traced<String>]
    package let maxNodes: Traced<Int>?
    package let cost: Traced<NodeCost>
    package let range: SourceRange
}

extension ExistingPoolSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        let name = fields.required(
            "existing", .objectName.example("shared-gpus"),
            "name of an existing NodePool or node group, not managed by Stowage")
        self.name = name
        let written = fields.table(
            "labels", .nodeLabelKey, .labelValue,
            "labels of its nodes, which the pods require; default: karpenter.sh/nodepool with that name"
        )
        .map { (key: $0.key, value: $0.value) }
        let custom = Traced(
            "karpenter.sh/nodepool", .convention("the label that Karpenter puts on the nodes of a NodePool"))
        labels = written.isEmpty ? [(custom, name)] : written
        taints = fields.nouns(
            "taints", Toleration.init(_:), "taints of its nodes, which the pods tolerate; default: none")
        let types = "instance types of its nodes, with one GPU product; the first that fits is planned for"
        instances = fields.list("instances", .instanceType, types + "; required with `existing`")
        fields.reportAbsence("instances", .instanceType, types)
        maxNodes = fields.optional(
            "maxNodes", .count(1...1000, 4), "nodes that these models may use at most; default: as many as they need")
        cost = fields.optional(
            "cost", .word, "whether its nodes count in the costs and the budget", default: .counted,
            because: "the nodes run for these models")
    }

    /// The taints of its nodes, without the one that all serving pods tolerate.
    package var furtherTaints: [Toleration] {
        taints.filter { $0.key.value != "nvidia.com/gpu" || $0.effect?.value != .noSchedule }
    }

    /// Whether it describes the same nodes as another of its name.
    func isSame(as other: ExistingPoolSpec) -> Bool {
        func pairs(_ pool: ExistingPoolSpec) -> [String] { pool.labels.map { "\($0.key.value)=\($0.value.value)" } }
        func taints(_ pool: ExistingPoolSpec) -> [String] {
            pool.taints.map { "\($0.key.value)=\($0.value?.value ?? ""):\($0.effect?.value.rawValue ?? "")" }
        }
        return pairs(self) == pairs(other) && taints(self) == taints(other)
            && instances.map(\.value) == other.instances.map(\.value) && cost.value == other.cost.value
            && maxNodes?.value == other.maxNodes?.value
    }
}

extension InstancesSpec {
    /// The instances of nodes that exist already; what the spec asks for besides is reported.
    func replaced(by pool: ExistingPoolSpec, _ report: inout Report) -> InstancesSpec {
        for place in [prefer.first?.range, avoid.first?.range, spot?.range] {
            guard let place else { continue }
            report.error(
                "instances-of-existing-nodes", "`instances` does not apply to nodes that exist already", at: place,
                label: "no effect", notes: [.init("the nodes are described here", at: pool.range)],
                help: ["remove `instances`: the types of these nodes are in `pool.instances`"])
        }
        return InstancesSpec(
            prefer: pool.instances, avoid: [], spot: Traced(.never, .convention("the nodes exist already")),
            range: range)
    }
}
