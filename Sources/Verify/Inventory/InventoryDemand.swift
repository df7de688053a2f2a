import Diagnostics
import Groundwork

extension Inventory {
    /// The maximum of replicas of a workload, and where it is written.
    func mostReplicas(of workload: Workload) -> (count: Int, place: SourceRange?) {
        let scalers = autoscalers(of: workload.object.reference)
        if let scaler = scalers.first, let most = scaler.maximum {
            return (most, scaler.most?.place ?? scaler.object.place)
        }
        let isJob = workload.object.kind == .job
        let written = workload.object.spec?[isJob ? "parallelism" : "replicas"]
        return (written?.integer ?? 1, written?.place)
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
