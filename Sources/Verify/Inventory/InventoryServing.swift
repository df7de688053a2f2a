import Groundwork

extension Inventory.Workload {
    /// The containers that run vLLM, by image, command or name.
    var servers: [Inventory.Container] { pod.containers.filter(\.isServer) }

    /// Whether its pods may run on spot nodes: they select only spot nodes, or tolerate a taint of spot nodes.
    var isForSpot: Bool {
        let key = "karpenter.sh/capacity-type"
        if pod.nodes.contains({ $0.key == key && $0.relation == .among && $0.values == ["spot"] }) { return true }
        return (pod.spec["tolerations"]?.items ?? []).contains { $0["key"]?.text == key && $0["value"]?.text == "spot" }
    }
}

extension Inventory.Container {
    /// The value of an option, written as `--name value` or `--name=value`, and its place.
    func option(_ name: String) -> (text: String, word: ManifestValue)? {
        for (index, word) in words.enumerated() {
            guard let text = word.text else { continue }
            if text == name, index + 1 < words.count, let next = words[index + 1].text {
                return (next, words[index + 1])
            }
            let rest = text.utf8.dropFirst(name.utf8.count)
            guard rest.first == UInt8(ascii: "="), text.utf8.starts(with: name.utf8) else { continue }
            return (String(text[text.utf8.index(after: rest.startIndex)...]), word)
        }
        return nil
    }

    /// The command of a hook, as one string.
    func hook(_ name: String) -> (text: String, value: ManifestValue)? {
        guard let command = value["lifecycle"]?[name]?["exec"]?["command"], let words = command.texts else {
            return nil
        }
        return (words.joined(separator: " "), command.items?.last ?? command)
    }

    /// How long a preStop hook sleeps, in seconds.
    var stopSeconds: Double {
        let sleep = value["lifecycle"]?["preStop"]?["sleep"]?["seconds"]?.number ?? 0
        guard let text = hook("preStop")?.text, let match = text.firstMatch(of: /sleep\s+([0-9]+)/) else {
            return sleep
        }
        return max(sleep, Double(match.output.1) ?? 0)
    }
}

extension Inventory.Pool {
    /// A requirement on a label, as written.
    func written(_ key: String) -> ManifestValue? { written.first { $0["key"]?.text == key } }

    /// The values that a label may have, if the pool lists them.
    func values(of key: String) -> [String]? {
        requirements.first { $0.key == key && $0.relation == .among }?.values
    }

    /// The instance types that it lists and the catalog knows.
    var types: [InstanceType] {
        (values(of: "node.kubernetes.io/instance-type") ?? []).compactMap { Catalog.instanceType(named: $0) }
    }

    /// Whether its nodes may be spot nodes.
    var mayBeSpot: Bool { values(of: "karpenter.sh/capacity-type")?.contains("spot") ?? false }

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

    /// Each trigger of each ScaledObject.
    var triggers: [(scaler: KubernetesObject, trigger: ManifestValue)] {
        objects(.scaledObject).flatMap { scaler in (scaler.spec?["triggers"]?.items ?? []).map { (scaler, $0) } }
    }
}
