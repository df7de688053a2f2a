/// What one replica asks of its node besides GPUs.
package struct HostRequests: Sendable {
    /// CPU, thousandths of a core.
    package let cpu: Int
    /// Memory, MiB.
    package let memory: Int
    /// Shared memory for the workers, MiB; part of the memory.
    package let sharedMemory: Int

    package init(tensorParallel: Int) {
        let ranks = Double(tensorParallel)
        cpu = Int((Thresholds.hostCoresBase.value + Thresholds.hostCoresPerGPU.value * ranks) * 1000)
        memory = Int((Thresholds.hostMemoryBase.value + Thresholds.hostMemoryPerGPU.value * ranks) * 1024)
        sharedMemory = Int(Thresholds.sharedMemoryPerGPU.value * ranks * 1024)
    }

    /// CPU of a node that is left when its daemons have theirs, thousandths of a core.
    package static func freeCPU(of type: InstanceType) -> Int {
        type.allocatableMilliCPU - Int(Thresholds.daemonCores.value * 1000)
    }

    /// Memory of a node that is left when its daemons have theirs, MiB.
    package static func freeMemory(of type: InstanceType) -> Int {
        type.allocatableMemoryMiB - Int(Thresholds.daemonMemory.value * 1024)
    }

    /// How many replicas a node's CPU and memory carry.
    package func fitting(on type: InstanceType) -> Int {
        min(HostRequests.freeCPU(of: type) / cpu, HostRequests.freeMemory(of: type) / memory)
    }
}
