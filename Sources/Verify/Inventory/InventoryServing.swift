import Groundwork

extension Inventory.Workload {
    /// The containers that run vLLM, by image, command or name.
    var servers: [Inventory.Container] { pod.containers.filter(\.isServer) }

    /// Whether its pods may run on spot nodes: they select only spot nodes, or tolerate a taint of spot nodes.
    var isForSpot: Bool {
        let key = "karpenter.sh/capacity-type"
        if pod.nodes.contains({ $0.key == key && $0.relation == .among && $0.values == ["spot"] }) { return true }
        return pod.spec.items(of: "tolerations").contains { $0["key"]?.text == key && $0["value"]?.text == "spot" }
    }
}

extension Inventory.Container {
    /// The command of a hook, as one string.
    func hook(_ name: String) -> (text: String, value: ManifestValue)? {
        guard let command = value["lifecycle"]?[name]?["exec"]?["command"], let words = command.texts else {
            return nil
        }
        return (words.joined(separator: " "), command.items?.last ?? command)
    }

    /// How long a preStop hook sleeps, in seconds: each `sleep` of its script, one after the other.
    var stopSeconds: Double {
        let sleep = value["lifecycle"]?["preStop"]?["sleep"]?["seconds"]?.number ?? 0
        guard let text = hook("preStop")?.text else { return sleep }
        let units: [Substring: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        let sleeps = text.matches(of: /\bsleep\s+([0-9]+(?:\.[0-9]+)?)([smhd]?)/).map { match in
            (Double(match.output.1) ?? 0) * (units[match.output.2] ?? 1)
        }
        return max(sleep, sleeps.reduce(0, +))
    }
}

/// Tells whether KServe serves a format of models with vLLM.
func isServedByVLLM(_ format: String) -> Bool { ["huggingface", "vllm"].contains(format.lowercased()) }

/// Tells whether an image runs vLLM's server: routers, clients, simulators and operators are named after vLLM, too.
func isVLLMImage(_ image: String) -> Bool {
    let name = String(image.prefix { $0 != "@" })
    guard name.mentions("vllm") else { return false }
    let path = name.split(separator: "/").last.map { String($0.prefix { $0 != ":" }) } ?? ""
    let others = [
        "router", "bench", "client", "extproc", "gateway", "operator", "controller", "mock", "sim", "exporter", "proxy",
    ]
    return !others.contains { path.contains($0) } && !name.mentions("vllm-project/semantic-router")
}

extension Inventory.Pool {
    /// A requirement on a label, as written, perhaps under a former name.
    func written(_ key: String) -> ManifestValue? { written.first { $0["key"]?.text.map(nodeLabel) == key } }

    /// The values that a label may have, if the pool lists them.
    func values(of key: String) -> [String]? {
        requirements.first { $0.key == key && $0.relation == .among }?.values
    }

    /// The capacity types that it allows; nil if it says nothing of them.
    var capacityTypes: Set<String>? {
        let demands = requirements.filter { $0.key == "karpenter.sh/capacity-type" }
        if demands.isEmpty { return nil }
        return Set(["on-demand", "spot", "reserved"].filter { type in demands.allSatisfy { $0.accepts(type) } })
    }

    /// Whether its nodes may be spot nodes.
    var mayBeSpot: Bool { capacityTypes?.contains("spot") ?? false }

    /// The requirement that decides the instance types, as written.
    var typeRequirement: ManifestValue? {
        let keys =
            ["node.kubernetes.io/instance-type"]
            + ["family", "gpu-name", "gpu-memory", "gpu-count", "size", "generation", "category"].map {
                "karpenter.k8s.aws/instance-\($0)"
            }
        return keys.compactMap { written($0) }.first ?? written.first
    }

    /// The EC2NodeClass that it refers to.
    func nodeClass(in tree: Inventory) -> KubernetesObject? {
        (object.spec?["template"]?["spec"]?["nodeClassRef"]?["name"]?.text).flatMap { tree.object(.nodeClass, $0) }
    }
}

extension Inventory {
    /// The NodePools that use an EC2NodeClass.
    func pools(of nodeClass: KubernetesObject) -> [Pool] {
        pools.filter { $0.nodeClass(in: self)?.reference == nodeClass.reference }
    }

    /// Each trigger of each ScaledObject and ScaledJob.
    var triggers: [(scaler: KubernetesObject, trigger: ManifestValue)] {
        (objects(.scaledObject) + objects(.scaledJob)).flatMap { scaler in
            (scaler.spec?["triggers"]?.items ?? []).map { (scaler, $0) }
        }
    }
}
