import Groundwork

/// What one replica needs on its node besides GPUs.
package struct HostRequests<N: Arithmetic>: Sendable {
    /// CPU, cores.
    package let cpu: N
    /// Memory, MiB.
    package let memory: N
    /// Shared memory for the workers, MiB; part of the memory.
    package let sharedMemory: N

    package init(tensorParallel gpus: N) {
        cpu = .given(Assumptions.hostCoresBase) + .given(Assumptions.hostCoresPerGPU) * gpus
        memory = (.given(Assumptions.hostMemoryBase) + .given(Assumptions.hostMemoryPerGPU) * gpus) * .mebibytesPerGiB
        sharedMemory = .given(Thresholds.sharedMemoryPerGPU) * gpus * .mebibytesPerGiB
    }

    /// CPU of a node that its daemons leave, cores.
    package static func freeCPU(of type: InstanceType) -> N {
        .given("allocatable CPU", Double(type.allocatableMilliCPU), "millicores", .catalog(type.reference))
            / .constant(1000, "millicores/core") - .given(Thresholds.daemonCores)
    }

    /// Memory of a node that its daemons leave, MiB.
    package static func freeMemory(of type: InstanceType) -> N {
        .given("allocatable memory", Double(type.allocatableMemoryMiB), "MiB", .catalog(type.reference))
            - .given(Thresholds.daemonMemory) * .mebibytesPerGiB
    }

    /// How many replicas fit a node's CPU and memory.
    package func fitting(on type: InstanceType) -> N {
        .minimum(
            (Self.freeCPU(of: type) / cpu).roundedDown.named("replicas by CPU", "replicas"),
            (Self.freeMemory(of: type) / memory).roundedDown.named("replicas by memory", "replicas"))
    }
}
