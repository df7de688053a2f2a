import Groundwork

/// The nodes that exist already, as the models need them, in sentences.
func existingNodePrerequisites(_ pools: [PoolPlan]) -> [ReasonedText] {
    pools.compactMap { pool in
        guard let existing = pool.existing else { return nil }
        let name = existing.name.value
        let labels = existing.labels.map { "`\($0.key.value)=\($0.value.value)`" }
        let taints = existing.taints.map { taint in
            "`\(taint.key.value)\(taint.value.map { "=\($0.value)" } ?? "")\(taint.effect.map { ":\($0.value.rawValue)" } ?? "")`"
        }
        let types = existing.instances.map { "`\($0.value)`" }
        return """
            Nodes of `\(name)`, which exist already: up to \(pool.size.nodes, as: "maximum nodes of \(name)") × \
            \(listed(types, "or")) for these models, with the labels \(labels.joined(separator: ", ")), \
            \(taints.isEmpty ? "no taints" : "no taints but \(taints.joined(separator: ", "))"), the NVIDIA driver, and a device plugin that \
            offers `nvidia.com/gpu`.
            """
    }
}

/// What the plan assumes of nodes that exist already, in sentences.
func existingNodeAssumptions(_ pools: [PoolPlan]) -> [ReasonedText] {
    pools.flatMap { pool -> [ReasonedText] in
        guard let existing = pool.existing else { return [] }
        let name = existing.name.value
        let watched: ReasonedText = """
            A DCGM exporter runs on the nodes of `\(name)`, and Prometheus scrapes it: GPU alerts and dashboards read its \
            metrics. Other pods leave room for these models there.
            """
        let paid: ReasonedText =
            existing.cost.value == .none
            ? "The nodes of `\(name)` cost nothing here, as the spec says."
            : """
            The nodes of `\(name)` count at their price without volumes, as many as these models need; the budget includes all \
            \(pool.size.nodes, as: "maximum nodes of \(name)") at all times.
            """
        return [watched, paid]
    }
}

/// The nodes of a pool as an object, if they exist already; nil for others.
func existingNodes(_ pool: PoolPlan) -> RequiredObject? {
    pool.existing.map { existing in
        RequiredObject(
            kind: "NodePool", name: existing.name, namespace: Traced("", .convention("nodes have no namespace")),
            keys: [],
            model: pool.models.first ?? "")
    }
}
