import Diagnostics
import Groundwork

extension Inventory {
    /// The volume of a node that has images, containers and their ephemeral storage.
    struct Disk: Sendable {
        let bytes: Double
        /// What a note says of it, and where.
        let words: String
        let place: SourceRange

        /// What pods can request: Karpenter subtracts what the kubelet evicts at, and what is reserved for the system.
        var usable: Double {
            bytes * (1 - Thresholds.evictionShare.value) - Thresholds.reservedDisk.value * 1_073_741_824
        }
    }

    /// The volume of the nodes of a pool that may run a workload; nil if it is not known.
    func disk(of pool: Pool, for workload: Workload) -> Disk? {
        guard pool.group == nil, !pool.isAutoMode, let nodeClass = pool.nodeClass(in: self) else { return nil }
        if let policy = nodeClass.spec?["instanceStorePolicy"], policy.text == "RAID0" {
            let types = pool.gpuTypes.narrowed(to: workload.pod.nodes.terms)
            guard pool.hasGPUs == true, let known = types.known, let most = known.map(\.nvmeGB).max() else {
                return nil
            }
            if most > 0 {
                return Disk(
                    bytes: Double(most) * 1e9, words: "`RAID0` makes one volume of the local NVMe", place: policy.place)
            }
        }
        return volume(of: nodeClass)
    }

    /// The EBS volume that holds images and containers; nil if the AMI decides it.
    func volume(of nodeClass: KubernetesObject) -> Disk? {
        guard let spec = nodeClass.spec else { return nil }
        let mappings = spec.items(of: "blockDeviceMappings")
        let device = nodeClass.isBottlerocket ? "/dev/xvdb" : "/dev/xvda"
        let chosen =
            mappings.first { $0["rootVolume"]?.boolean == true }
            ?? mappings.first { $0["deviceName"]?.text == device }
        if let size = chosen?["ebs"]?["volumeSize"] {
            return size.quantity.map { Disk(bytes: $0, words: "the size of the volume is set here", place: size.place) }
        }
        guard mappings.isEmpty, nodeClass.hasDefaultVolume else { return nil }
        return Disk(
            bytes: Thresholds.defaultRootVolume.value * 1_073_741_824,
            words: "\(nodeClass.words) sets no `blockDeviceMappings`, so the volume has "
                + "\(Thresholds.defaultRootVolume.text) GiB",
            place: nodeClass.place)
    }

    /// Whether the settings of a pool's nodes divide each GPU into shares that are advertised as GPUs.
    func sharesGPUs(_ pool: Int) -> Bool {
        if isPartitioned(pool) { return true }
        let userData = nodes[pool].nodeClass(in: self)?.spec?["userData"]?.text ?? ""
        if userData.mentions("device-sharing-strategy") { return true }
        return pluginConfigs.contains { $0.text.mentions("timeSlicing") || $0.text.mentions("mps") }
    }
}

extension KubernetesObject {
    /// Whether the nodes of an EC2NodeClass run Bottlerocket.
    var isBottlerocket: Bool {
        spec?["amiFamily"]?.text == "Bottlerocket"
            || spec?["amiSelectorTerms"]?.items?.contains { $0["alias"]?.text?.hasPrefix("bottlerocket") ?? false }
                ?? false
    }

    /// Whether Karpenter maps the default volume: an AMI of another family has its own.
    fileprivate var hasDefaultVolume: Bool {
        let family = spec?["amiFamily"]?.text
        if family == "Custom" || family?.hasPrefix("Windows") == true { return false }
        return family != nil
            || spec?["amiSelectorTerms"]?.items?.contains {
                $0["alias"]?.text.map { !$0.hasPrefix("windows") } ?? false
            }
                ?? false
    }
}

extension Inventory.Pod {
    /// The total request for a resource of the containers that run at the same time.
    func asked(_ name: String) -> Double {
        if let whole = spec["resources"]?["requests"]?[name]?.quantity { return whole }
        return spec.items(of: "containers").compactMap { container in
            let resources = container["resources"]
            return (resources?["requests"]?[name] ?? resources?["limits"]?[name])?.quantity
        }.reduce(0, +)
    }

    /// Where the first of these requests is written.
    func place(of name: String) -> SourceRange? {
        for owner in [spec] + containers.map(\.value) {
            let resources = owner["resources"]
            for part in [resources?["requests"], resources?["limits"]] where part?[name] != nil {
                return part?.keyPlace(name)
            }
        }
        return nil
    }
}
