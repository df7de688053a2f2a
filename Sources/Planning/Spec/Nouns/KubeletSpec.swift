import Diagnostics
import Groundwork

/// Settings of the kubelet that change what a node offers to pods.
package struct KubeletSpec: Sendable {
    package let maxPods: Traced<Int>?
    /// For the operating system.
    package let systemReserved: ReservedSpec
    /// For the kubelet and the container runtime; what is not set keeps the reservation of Karpenter.
    package let kubeReserved: ReservedSpec
    /// By eviction signal, such as `memory.available`.
    package let evictionHard: [(key: Traced<EvictionSignal>, value: Traced<EvictionThreshold>)]
    package let range: SourceRange
}

/// Resources of a node that pods cannot request.
package struct ReservedSpec: Sendable {
    package let cpu: Traced<ResourceAmount>?
    package let memory: Traced<ResourceAmount>?
    package let ephemeralStorage: Traced<ResourceAmount>?
}

extension KubeletSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        maxPods = fields.optional(
            "maxPods", .count(10...1000, 110), "maximum number of pods on a node; default: by its network interfaces")
        systemReserved = fields.always(
            "systemReserved", ReservedSpec.init(_:), "resources for the operating system; default: none")
        kubeReserved = fields.always(
            "kubeReserved", ReservedSpec.init(_:),
            "resources for the kubelet and the container runtime; default: by CPUs and maximum pods")
        evictionHard = fields.table(
            "evictionHard", .word, .evictionThreshold,
            "what must remain free of a resource before pods are evicted; default: those of the kubelet")
    }

    /// What must remain free of a resource; nil means the kubelet's default.
    package func threshold(_ signal: EvictionSignal) -> Traced<EvictionThreshold>? {
        evictionHard.first { $0.key.value == signal }?.value
    }
}

extension ReservedSpec {
    init(_ fields: inout FieldReader) {
        cpu = fields.optional("cpu", .cores, "CPU; default: as above")
        memory = fields.optional("memory", .size("1Gi"), "memory; default: as above")
        ephemeralStorage = fields.optional("ephemeral-storage", .size("5Gi"), "disk; default: as above")
    }

    /// What is set, by the names of Kubernetes.
    package var entries: [(String, Traced<ResourceAmount>)] {
        [("cpu", cpu), ("memory", memory), ("ephemeral-storage", ephemeralStorage)].compactMap { name, quantity in
            quantity.map { (name, $0) }
        }
    }
}
