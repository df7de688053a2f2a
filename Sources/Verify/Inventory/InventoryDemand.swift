import Diagnostics
import Groundwork

extension Inventory {
    /// The maximum of replicas of a workload, and where it is written.
    func mostReplicas(of workload: Workload) -> (count: Int, place: SourceRange?) {
        let scalers = autoscalers(of: workload.object.reference)
        if let scaler = scalers.first, let most = scaler.maximum {
            return (most, scaler.most?.place ?? scaler.object.place)
        }
        let key: String
        switch workload.object.kind {
        case .job: key = "parallelism"
        case .scaledJob: key = "maxReplicaCount"
        case .inferenceService:
            let predictor = workload.object.spec?["predictor"]
            let written = predictor?["maxReplicas"] ?? predictor?["minReplicas"]
            return (written?.integer ?? 1, written?.place)
        default: key = "replicas"
        }
        let written = workload.object.spec?[key]
        return (written?.integer ?? (workload.object.kind == .scaledJob ? 100 : 1), written?.place)
    }

    /// How many pods that request a count of a resource fit within the limits of some pools; nil if there is no limit.
    ///
    /// Also the pools among them that offer the resource, and the room in each.
    func room(for request: DeviceRequest, in pools: [Int]) -> (pools: [Int], rooms: [Int?], room: Int?) {
        let able = pools.filter { pool in
            guard offers(request.resource, pool) else { return false }
            // A pod that is too large for a node of the pool does not count against its limits.
            let perNode =
                offering(request.resource, of: pool)
                ?? (request.resource == "nvidia.com/gpu" ? nodes[pool].gpusPerNode : nil)
            return perNode.map { $0 >= request.count } ?? true
        }
        let rooms = able.map { pool -> Int? in
            let offering = offering(request.resource, of: pool)
            // Without an offering, the number of partitions per GPU is unknown.
            if offering == nil, isPartitioned(pool) { return nil }
            return nodes[pool].room(for: request.count, of: request.resource, offering: offering)
        }
        return (able, rooms, rooms.contains(nil) ? nil : rooms.compactMap { $0 }.reduce(0, +))
    }

    /// The GPUs that one pod of a workload needs: extended resources, and whole GPUs that it claims.
    func gpuDemand(of workload: Workload) -> [DeviceRequest] {
        var demand = workload.pod.gpus
        for claim in workload.pod.claims where claim.template != nil {
            guard let source = source(of: claim, in: workload.object.namespace) else { continue }
            let gpus = devices(of: source).filter { isWholeGPUClass($0.className.text ?? "") && !takesShare($0) }
                .compactMap(\.count)
            if !gpus.isEmpty {
                demand.append(DeviceRequest(resource: "nvidia.com/gpu", count: gpus.reduce(0, +), place: claim.place))
            }
        }
        return demand
    }

    /// Tells whether a claimed device may be a share of a GPU, according to the annotations of node classes.
    private func takesShare(_ device: ClaimedDevice) -> Bool {
        guard !device.namesCapacity else { return false }
        // Node groups have no such annotations.
        if nodes.contains(where: { $0.group != nil }) { return true }
        for nodeClass in objects(.nodeClass) {
            let annotations = nodeClass.root["metadata"]?["annotations"]
            if let shares = annotations?["karpenter.k8s.aws/nvidia-consumable-capacity"]?.text, shares != "disabled" {
                return true
            }
        }
        return false
    }

    /// Tells whether a DeviceClass is known to select whole GPUs.
    private func isWholeGPUClass(_ name: String) -> Bool {
        guard let own = object(.deviceClass, name) else { return name == "gpu.nvidia.com" }
        let selectors = own.spec?["selectors"]?.items?.compactMap { $0["cel"]?["expression"]?.text } ?? []
        return selectors.contains { $0.contains("type == \"gpu\"") || $0.contains("type == 'gpu'") }
    }
}
