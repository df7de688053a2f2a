import Groundwork

/// What a node of a type offers to replicas besides GPUs, after what its kubelet reserves and its daemons request.
package struct NodeResources<N: Arithmetic>: Sendable {
    package let type: InstanceType
    package let nodes: NodesSpec

    package init(_ type: InstanceType, _ nodes: NodesSpec) {
        self.type = type
        self.nodes = nodes
    }

    /// CPU, cores.
    package var cpu: N {
        let kubelet = nodes.kubelet
        let table = N.given("allocatable CPU", Double(type.allocatableMilliCPU), "millicores", .catalog(type.reference))
        var cores = table / .constant(1000, "millicores/core")
        if let own = kubelet?.kubeReserved.cpu {
            cores =
                .given("vCPUs", Double(type.vcpu), "cores", .catalog(type.reference))
                - .given("kube-reserved CPU", own.map(\.value), "cores")
        }
        if let system = kubelet?.systemReserved.cpu {
            cores = cores - .given("system-reserved CPU", system.map(\.value), "cores")
        }
        return cores - .given(Thresholds.daemonCores)
    }

    /// Memory, MiB.
    package var memory: N {
        let kubelet = nodes.kubelet
        var memory = N.given(
            "allocatable memory", Double(type.allocatableMemoryMiB), "MiB", .catalog(type.reference))
        let pods = N.given("maximum pods of the type", Double(type.maxPods), "pods", .catalog(type.reference))
        if let own = kubelet?.kubeReserved.memory {
            memory =
                memory + N.given(Thresholds.kubeletMemoryPerPod) * pods + .given(Thresholds.kubeletMemory)
                - .given("kube-reserved memory", own.map(\.mebibytes), "MiB")
        } else if let most = kubelet?.maxPods {
            memory = memory + N.given(Thresholds.kubeletMemoryPerPod) * (pods - .given("maximum pods", most, "pods"))
        }
        if let system = kubelet?.systemReserved.memory {
            memory = memory - .given("system-reserved memory", system.map(\.mebibytes), "MiB")
        }
        if let threshold = kubelet?.threshold(.memoryAvailable) {
            memory = memory + .given(Thresholds.evictionMemory) - kept(threshold, of: visibleMemory, "MiB", \.mebibytes)
        }
        return memory - .given(Thresholds.daemonMemory) * .mebibytesPerGiB
    }

    /// Memory that the operating system has, MiB.
    private var visibleMemory: N {
        let all = N.given("memory", Double(type.memoryMiB), "MiB", .catalog(type.reference))
        return all * (1 - .given(Thresholds.hypervisorMemory))
    }

    /// Disk besides the images, GiB.
    package var disk: N {
        let kubelet = nodes.kubelet
        let whole: N
        if type.nvmeGB > 0 {
            whole =
                N.given("NVMe", Double(type.nvmeGB), "GB", .catalog(type.reference)) * .constant(1e9, "B/GB")
                / .bytesPerGiB
        } else {
            whole = nodes.volume.size.map { .given("volume size", $0, "GiB") } ?? .given(Thresholds.rootVolume)
        }
        var disk: N
        if let threshold = kubelet?.threshold(.nodefsAvailable) {
            disk = whole - kept(threshold, of: whole, "GiB", \.gibibytes)
        } else {
            disk = whole * (1 - .given(Thresholds.diskReserve))
        }
        for reserved in [kubelet?.systemReserved, kubelet?.kubeReserved] {
            guard let storage = reserved?.ephemeralStorage else { continue }
            disk = disk - .given("reserved disk", storage.map(\.gibibytes), "GiB")
        }
        return disk - .given(Assumptions.imageStorage)
    }

    /// Pods besides the daemons'; nil if the spec sets no maximum, because the types allow more than a node has GPUs.
    package var pods: N? {
        nodes.kubelet?.maxPods.map { .given("maximum pods", $0, "pods") - .given(Thresholds.daemonPods) }
    }

    /// What an eviction threshold keeps free.
    private func kept(
        _ threshold: Traced<EvictionThreshold>, of whole: N, _ unit: Unit, _ amount: (ResourceAmount) -> Double
    ) -> N {
        switch threshold.value {
        case .share(let ratio, _): whole * .given("eviction threshold", ratio, "ratio", threshold.origin)
        case .quantity(let quantity): .given("eviction threshold", amount(quantity), unit, threshold.origin)
        }
    }
}

extension ResourceAmount {
    /// An amount of bytes in MiB.
    package var mebibytes: Double { value / 0x1p20 }
    /// An amount of bytes in GiB.
    package var gibibytes: Double { value / 0x1p30 }
}

/// The size of a root volume, GiB: small if images are on NVMe.
package func rootVolumeSize(_ volume: VolumeSpec, hasNVMe: Bool) -> Traced<Int> {
    volume.size ?? .whole(hasNVMe ? Thresholds.rootVolumeBesideNVMe : Thresholds.rootVolume)
}
