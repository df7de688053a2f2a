import Diagnostics
import Groundwork
import YAML

/// Reports node groups that may not grow as large as their models want, and names that two pools give their groups.
func checkNodeGroups(_ models: [Placement], _ pools: [PoolPlan], _ report: inout Report) {
    var owners: [String: Placement] = [:]
    for group in primaryGroups(models) {
        guard let pool = pools.first(where: { $0.name.value == group.name }), let nodes = pool.group,
            let first = group.models.first
        else { continue }
        if let other = owners[nodes.name.value] {
            report.error(
                "node-group-of-two-pools", "`\(nodes.name.value)` is the node group of two pools",
                at: first.spec.gpu.nodes?.range ?? first.spec.range, label: "other labels and taints than the first",
                notes: [.init("it is named first here", at: other.spec.gpu.nodes?.range ?? other.spec.range)],
                help: ["name another group", "let both models name the same `pool`"])
        }
        owners[nodes.name.value] = first
        guard case .managed(_, let most?) = first.nodes.supply.value, nodes.maxNodes.value > most else { continue }
        let replicas = group.models.reduce(0) { $0 + $1.maxReplicas.value }
        let names = group.models.map { "`\($0.name)`" }.joined(separator: " and ")
        let held = most * first.shape.replicasPerNode
        report.error(
            "node-group-too-small",
            "\(names) may have \(replicas) replicas on \(nodes.maxNodes.value) nodes, and the node group has \(most) at most",
            at: first.spec.gpu.nodes?.range,
            label: "\(held == 1 ? "one replica" : "\(held) replicas") on `\(first.shape.type.name)`",
            help: [
                Help(
                    "`max: \(nodes.maxNodes.value)`, once the group may grow so far",
                    first.spec.setting("gpu", "nodes", "max", to: "\(nodes.maxNodes.value)")),
                Help("`replicas: {max: …}` of \(held) at most\(group.models.count > 1 ? ", together" : "")"),
            ])
    }
}
