import Groundwork

/// A tree of manifests, as far as it is simulated.
package struct SimulatedTree: Sendable {
    package var workloads: [TreeWorkload]
    package let pools: [KarpenterPool]
    package let types: [OfferedType]
    package let given: [GivenNode]
    package let daemons: [PodPlacementSpec]
    package let limits: [DisruptionLimit]
    package let rules: [ManifestValue]
    package let conditions: TreeConditions
    /// The queries of scalers, compiled: for each workload by the index of its trigger or metric, nil for one without a query.
    package let queries: [[LoadQuery?]]
    /// The models that are served, in the order of their first Deployment, and the model of each workload; -1 for none.
    package let models: [String]
    package let modelOfWorkload: [Int]

    /// The zones in which nodes may run.
    package var zones: [String] {
        let offered = types.flatMap { $0.offerings.map(\.zone) }
        let present = given.compactMap { $0.node.labels["topology.kubernetes.io/zone"] }
        return Set(offered + present).sorted()
    }

    /// Reads a tree; problems are what the simulation cannot follow.
    package init(_ objects: [ManifestValue], _ conditions: TreeConditions, _ problems: inout [UnreadableField]) {
        let workloads = readWorkloads(objects, conditions.kubernetes, &problems)
        pools = objects.compactMap { KarpenterPool(reading: $0) }
        types = poolTypes(objects, pools.map(\.requirements), conditions)
        let fixed = staticNodes(objects, workloads, conditions)
        given = fixed + existingNodes(workloads, pools, types, besides: fixed, conditions)
        daemons = objects.filter { $0["kind"]?.text == "DaemonSet" }.compactMap { PodPlacementSpec(workload: $0) }
        limits = objects.filter { $0["kind"]?.text == "PodDisruptionBudget" }.compactMap {
            DisruptionLimit(reading: $0)
        }
        rules = objects.filter { $0["kind"]?.text == "PrometheusRule" }
        self.conditions = conditions
        self.workloads = workloads
        var models: [String] = []
        modelOfWorkload = workloads.map { workload in
            guard let model = workload.model else { return -1 }
            if let place = models.firstIndex(of: model) { return place }
            models.append(model)
            return models.count - 1
        }
        self.models = models
        let labels = workloads.map {
            LoadLabels(
                deployment: $0.name, isStatefulSet: $0.kind != .deployment, namespace: $0.namespace,
                model: $0.model ?? "", service: $0.service)
        }
        var compiled: [[LoadQuery?]] = []
        for workload in workloads {
            var own: [LoadQuery?] = Array(repeating: nil, count: (workload.queries.keys.max() ?? -1) + 1)
            for (index, text) in workload.queries.sorted(by: { $0.key < $1.key }) {
                do { own[index] = try LoadQuery(text, labels, models: modelOfWorkload) } catch {
                    let place = objects.first { $0.at("metadata", "name")?.text == workload.name }?.place
                    if let place {
                        problems.append(
                            UnreadableField(
                                place: place,
                                message: "the query of `\(workload.title)` is not simulated: \(error.message)"))
                    }
                }
            }
            compiled.append(own)
        }
        queries = compiled
    }
}
