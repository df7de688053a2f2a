import Diagnostics
import Groundwork
import YAML

/// Reports node groups that are too small for their models, and node groups that two pools use.
func checkNodeGroups(_ models: [Placement], _ pools: [PoolPlan], _ report: inout Report) {
    var owners: [String: Placement] = [:]
    for group in primaryGroups(models) {
        guard let pool = pools.first(where: { $0.name.value == group.name }), let nodes = pool.group,
            let first = group.models.first
        else { continue }
        if let other = owners[nodes.name.value] {
            report.error(
                "node-group-of-two-pools", "`\(nodes.name.value)` is the node group of two pools",
                at: first.spec.gpu.nodes?.range ?? first.spec.range,
                label: "needs other labels and taints than the first pool",
                notes: [.init("first used here", at: other.spec.gpu.nodes?.range ?? other.spec.range)],
                help: ["use another node group", "or set the same `pool` for both models"])
        }
        owners[nodes.name.value] = first
        checkMostNodes(group.models, nodes, &report)
        guard case .managed(_, let most?) = first.nodes.supply.value, nodes.maxNodes.value > most else { continue }
        let replicas = group.models.reduce(0) { $0 + $1.maxReplicas.value }
        let names = group.models.map { "`\($0.name)`" }.joined(separator: " and ")
        let held = most * first.candidate.replicasPerNode
        report.error(
            "node-group-too-small",
            "\(names) may have \(replicas) replicas on \(nodes.maxNodes.value) nodes, and the node group has at most \(most)",
            at: first.spec.gpu.nodes?.range,
            label: "enough for \(held == 1 ? "one replica" : "\(held) replicas") on `\(first.candidate.type.name)`",
            help: [
                Help(
                    "set `max: \(nodes.maxNodes.value)`, once the group can have that many nodes",
                    first.spec.setting("gpu", "nodes", "max", to: "\(nodes.maxNodes.value)")),
                Help("or set `replicas: {max: …}` to at most \(held)\(group.models.count > 1 ? " in total" : "")"),
            ])
    }
}

/// Reports nodes that exist already, and of which the models need more than they may use.
private func checkMostNodes(_ models: [Placement], _ nodes: NodeGroup, _ report: inout Report) {
    guard let most = nodes.existing?.maxNodes, nodes.maxNodes.value > most.value, let first = models.first else {
        return
    }
    let held = most.value * first.candidate.replicasPerNode
    report.error(
        "existing-nodes-too-few",
        "\(listed(models.map { "`\($0.name)`" })) may need \(nodes.maxNodes.value) nodes of `\(nodes.name.value)`, and may use "
            + "\(most.value)",
        at: most.range,
        label: "enough for \(held == 1 ? "one replica" : "\(held) replicas") on `\(first.candidate.type.name)`",
        help: [
            Help(
                "set `maxNodes: \(nodes.maxNodes.value)`, if there can be that many", replacing: most.range,
                by: ["\(nodes.maxNodes.value)"]),
            Help("or set `replicas: {max: …}` to at most \(held)\(models.count > 1 ? " in total" : "")"),
        ])
}
