import Groundwork

/// What one replica needs on its node besides GPUs.
package struct HostRequests<N: Arithmetic>: Sendable {
    /// CPU, cores.
    package let cpu: N
    /// Memory, MiB.
    package let memory: N
    /// Shared memory for the workers, MiB; part of the memory.
    package let sharedMemory: N

    /// What the spec requests, or else by the number of GPUs.
    package init(tensorParallel gpus: N, _ resources: ResourcesSpec) {
        cpu =
            resources.cpu.map { .given("CPU", $0.map(\.value), "cores") }
            ?? .given(Assumptions.hostCoresBase) + .given(Assumptions.hostCoresPerGPU) * gpus
        memory =
            resources.memory.map { .given("memory", $0.map(\.mebibytes), "MiB") }
            ?? (.given(Assumptions.hostMemoryBase) + .given(Assumptions.hostMemoryPerGPU) * gpus) * .mebibytesPerGiB
        sharedMemory = .given(Thresholds.sharedMemoryPerGPU) * gpus * .mebibytesPerGiB
    }

    /// How many replicas fit a node's CPU and memory, and its maximum number of pods.
    package func fitting(on node: NodeResources<N>) -> N {
        let fitting = N.minimum(
            (node.cpu / cpu).roundedDown.named("replicas by CPU", "replicas"),
            (node.memory / memory).roundedDown.named("replicas by memory", "replicas"))
        return node.pods.map { .minimum(fitting, $0) } ?? fitting
    }
}
