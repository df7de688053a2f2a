import Groundwork

/// A model that the input serves: its Deployment, or base and surge, with what belongs to them.
struct FoundModel {
    let name: String
    /// The Deployments; the base first if there are two.
    let workloads: [ImportedObject]
    let container: ManifestValue
    let arguments: ServerArguments
    /// The pool that holds its minimum, and others that it may use.
    let pools: [FoundPool]

    var workload: ImportedObject { workloads[0] }
    var pod: ManifestValue? { workload.template?["spec"] }
    var namespace: String { workload.namespace }

    /// A resource that the container requests.
    func resource(_ isWanted: (String) -> Bool) -> (key: String, value: ManifestValue)? {
        for part in ["limits", "requests"] {
            for entry in container["resources"]?[part]?.entries ?? [] where isWanted(entry.key) {
                return (entry.key, entry.value)
            }
        }
        return nil
    }

    /// The GPUs that a replica requests, or the partitions.
    var gpus: (key: String, value: ManifestValue)? { resource { $0.hasPrefix("nvidia.com/") } }
}

/// A pool of nodes of the input.
struct FoundPool {
    let object: ImportedObject
    /// The node group of eksctl; nil for a NodePool.
    let group: ManifestValue?

    var name: String { group?["name"]?.text ?? object.name }
    var labels: ManifestValue? { group?["labels"] ?? object.spec?.at("template", "metadata", "labels") }
    var taints: ManifestValue? { group?["taints"] ?? object.spec?.at("template", "spec", "taints") }

    /// Whether Stowage made it: its nodes have the label of the pool.
    var isOurs: Bool { labels?["stowage.dev/pool"] != nil }

    /// The name of the pool in labels of its nodes.
    var poolName: String { labels?["stowage.dev/pool"]?.text ?? name }

    /// The values of a requirement.
    func requirement(_ key: String) -> [ManifestValue] {
        let all = object.spec?.at("template", "spec", "requirements")?.items ?? []
        return all.first { $0["key"]?.text == key && $0["operator"]?.text == "In" }?["values"]?.items ?? []
    }

    /// The instance types, or nothing if families or other requirements choose them.
    var types: [ManifestValue] {
        if let group { return (group["instanceType"].map { [$0] } ?? []) + group.items(of: "instanceTypes") }
        return requirement("node.kubernetes.io/instance-type")
    }

    var isSpot: Bool { requirement("karpenter.sh/capacity-type").contains { $0.text == "spot" } }
}
