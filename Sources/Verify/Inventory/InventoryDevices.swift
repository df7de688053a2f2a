import Groundwork

extension Inventory {
    /// The DeviceClasses that NVIDIA's driver installs.
    static let stockDeviceClasses: Set = [
        "gpu.nvidia.com", "mig.nvidia.com", "vfio.gpu.nvidia.com", "compute-domain-daemon.nvidia.com",
        "compute-domain-default-channel.nvidia.com",
    ]

    /// One kind of device that a claim requests.
    struct ClaimedDevice: Sendable {
        let className: ManifestValue
        /// The count; nil if the claim requests all devices, or one of several alternatives.
        let count: Int?
        /// Whether it requests a part of a device's capacity.
        var namesCapacity = false
    }

    /// The devices that a ResourceClaim or ResourceClaimTemplate requests.
    func devices(of claim: KubernetesObject) -> [ClaimedDevice] {
        let spec = claim.kind == .resourceClaimTemplate ? claim.spec?["spec"] : claim.spec
        return (spec?["devices"]?["requests"]?.items ?? []).flatMap { request -> [ClaimedDevice] in
            if let alternatives = request["firstAvailable"]?.items {
                return alternatives.compactMap { $0["deviceClassName"] }.map {
                    ClaimedDevice(className: $0, count: nil)
                }
            }
            let exact = request["exactly"] ?? request
            guard let name = exact["deviceClassName"] else { return [] }
            let count = exact["allocationMode"]?.text == "All" ? nil : exact["count"]?.count ?? 1
            return [ClaimedDevice(className: name, count: count, namesCapacity: exact["capacity"] != nil)]
        }
    }

    /// Finds the template that a pod's claim is created from, or the claim itself.
    func source(of claim: PodClaim, in namespace: String) -> KubernetesObject? {
        if let template = claim.template { return object(.resourceClaimTemplate, template.text ?? "", in: namespace) }
        return claim.claim.flatMap { object(.resourceClaim, $0.text ?? "", in: namespace) }
    }

    /// Tells whether a DeviceClass selects GPUs or parts of them.
    func isGPUClass(_ name: String) -> Bool {
        if let own = object(.deviceClass, name) {
            return own.spec?["selectors"]?.items?.contains {
                $0["cel"]?["expression"]?.text?.mentions("gpu.nvidia.com") ?? false
            }
                ?? false
        }
        return name == "gpu.nvidia.com" || name == "mig.nvidia.com"
    }

    /// The first claim of a workload's pods that requests GPUs.
    func gpuClaim(of workload: Workload) -> PodClaim? {
        workload.pod.claims.first { claim in
            guard let source = source(of: claim, in: workload.object.namespace) else { return false }
            return devices(of: source).contains { isGPUClass($0.className.text ?? "") }
        }
    }

    /// Tells whether the claims of a workload's pods are known to request other devices than GPUs, such as Neuron cores.
    func claimsOtherDevices(_ workload: Workload) -> Bool {
        !workload.pod.claims.isEmpty && workload.pod.gpus.isEmpty
            && workload.pod.claims.allSatisfy { claim in
                guard let source = source(of: claim, in: workload.object.namespace) else { return false }
                let names = devices(of: source).map { $0.className.text ?? "" }
                return !names.isEmpty && names.allSatisfy { !isGPUClass($0) && !$0.mentions("nvidia") }
            }
    }

    /// Tells whether a DaemonSet is NVIDIA's device plugin.
    func isDevicePlugin(_ workload: Workload) -> Bool {
        workload.isDaemon
            && workload.pod.containers.contains { $0.value["image"]?.text.map(isNVIDIAPlugin) ?? false }
    }

    /// A configuration of NVIDIA's device plugin in a ConfigMap.
    struct PluginConfig {
        let map: KubernetesObject
        let entry: ManifestValue.Entry
        let text: String

        /// Its content; nil if it is not valid YAML.
        var root: ManifestValue? { entry.value.document }
    }

    /// Every configuration of NVIDIA's device plugin, recognized by its content; JSON is skipped.
    var pluginConfigs: [PluginConfig] {
        objects(.configMap).flatMap { map in
            (map.root["data"]?.entries ?? []).compactMap { entry in
                guard !entry.key.hasSuffix(".json"), let text = entry.value.text,
                    text.mentions("migStrategy") || text.mentions("sharing:")
                else { return nil }
                return PluginConfig(map: map, entry: entry, text: text)
            }
        }
    }
}

/// Tells whether an image is NVIDIA's device plugin: those of other devices have nearly the same name.
func isNVIDIAPlugin(_ image: String) -> Bool {
    image.mentions("k8s-device-plugin") && !image.mentions("efa-") && !image.mentions("rocm/")
        && !image.mentions("neuron")
}

/// A MIG profile or its resource without the attribute for the media engines or for graphics, which does not change its size.
func plainProfile(_ name: String) -> String {
    for attribute in ["+me.all", ".me.all", "+me", ".me", "-me", "+gfx", ".gfx"] where name.hasSuffix(attribute) {
        return String(name.dropLast(attribute.utf8.count))
    }
    return name
}
