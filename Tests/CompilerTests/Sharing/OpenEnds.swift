import Diagnostics
import Groundwork
import Testing
import YAML

/// The objects of a tree, as another program would read them.
struct EmittedTree {
    let objects: [Node]

    init(_ files: [(path: String, text: String)]) throws {
        objects = try files.filter { $0.path.hasSuffix(".yaml") && !$0.path.hasSuffix("kustomization.yaml") }.flatMap {
            var report = Report()
            let nodes = try #require(readYAML(SourceFile(path: $0.path, text: $0.text), &report), "\($0.path)")
            return nodes
        }
    }

    init(_ tree: FileTree) throws {
        try self.init(tree.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    func of(_ kind: String) -> [Node] { objects.filter { $0["kind"]?.scalar?.text == kind } }
    func names(_ kind: String) -> Set<String> { Set(of(kind).compactMap { $0["metadata"]?["name"]?.scalar?.text }) }

    var workloads: [Node] { of("Deployment") + of("DaemonSet") }
    var pools: [Node] { of("NodePool") }
    /// The managed node groups of what eksctl reads.
    var groups: [Node] { of("ClusterConfig").flatMap { $0["managedNodeGroups"]?.items ?? [] } }

    /// What is referred to and is not there, in words.
    var openEnds: [String] { claimEnds + nodeEnds + configurationEnds + resourceEnds + poolEnds }
}

extension Node {
    /// The text under a path of keys.
    fileprivate func text(_ keys: String...) -> String? {
        keys.reduce(Optional(self)) { $0?[$1] }?.scalar?.text
    }

    fileprivate var pod: Node? { self["spec"]?["template"]?["spec"] }
    fileprivate var containers: [Node] { pod?["containers"]?.items ?? [] }
    fileprivate var name: String { text("metadata", "name") ?? "?" }
    fileprivate var labels: [(key: String, value: String)] {
        ((self["spec"]?["template"]?["metadata"]?["labels"] ?? self["labels"])?.entries ?? []).map {
            ($0.key, $0.value.scalar?.text ?? "")
        }
    }
}

extension EmittedTree {
    /// Claims of pods, their templates and classes, and the requests that claims speak of.
    private var claimEnds: [String] {
        var ends: [String] = []
        let classes = names("DeviceClass")
        // NVIDIA's DRA driver makes the template that a ComputeDomain names.
        let made = of("ComputeDomain").compactMap {
            $0["spec"]?["channel"]?["resourceClaimTemplate"]?.text("name")
        }
        let templates = names("ResourceClaimTemplate").union(made)
        for workload in workloads {
            let claims = workload.pod?["resourceClaims"]?.items ?? []
            for claim in claims {
                if let name = claim.text("resourceClaimTemplateName"), !templates.contains(name) {
                    ends.append("template \(name)")
                }
                if let name = claim.text("resourceClaimName"), !names("ResourceClaim").contains(name) {
                    ends.append("claim \(name)")
                }
            }
            let own = Set(claims.compactMap { $0.text("name") })
            for use in workload.containers.flatMap({ $0["resources"]?["claims"]?.items ?? [] })
            where !own.contains(use.text("name") ?? "") {
                ends.append("claim \(use.text("name") ?? "?") of \(workload.name)")
            }
        }
        for claim in of("ResourceClaim") + of("ResourceClaimTemplate") {
            let spec = claim["spec"]?["spec"] ?? claim["spec"]
            let requests = spec?["devices"]?["requests"]?.items ?? []
            for request in requests {
                for choice in request["firstAvailable"]?.items ?? [request["exactly"] ?? request]
                where !classes.contains(choice.text("deviceClassName") ?? "?") {
                    ends.append("class \(choice.text("deviceClassName") ?? "?")")
                }
            }
            let known = Set(requests.compactMap { $0.text("name") })
            let spoken = (spec?["devices"]?["constraints"]?.items ?? []) + (spec?["devices"]?["config"]?.items ?? [])
            for name in spoken.flatMap({ $0["requests"]?.items ?? [] }).compactMap({ $0.scalar?.text })
            where !known.contains(name) {
                ends.append("request \(name) of \(claim.name)")
            }
        }
        return ends
    }

    /// Labels that pods select and taints that they tolerate by value.
    private var nodeEnds: [String] {
        let labels = Set((pools + groups).flatMap { pool in pool.labels.map { "\($0.key)=\($0.value)" } })
        let keys = Set((pools + groups).flatMap { pool in pool.labels.map(\.key) })
        let taints = Set(
            (pools.compactMap { $0.pod?["taints"] } + groups.compactMap { $0["taints"] }).flatMap { $0.items ?? [] }
                .map { "\($0.text("key") ?? "")=\($0.text("value") ?? "")" })
        var ends: [String] = []
        for workload in workloads {
            // What the MIG manager sets when a layout stands, and what Karpenter knows of types, are no labels of a pool.
            for (key, value) in (workload.pod?["nodeSelector"]?.entries ?? []).map({ ($0.key, $0.value) })
            where key != "nvidia.com/gpu.deploy.device-plugin" && !key.hasPrefix("karpenter.k8s.aws/") {
                let pair = "\(key)=\(value.scalar?.text ?? "")"
                if !labels.contains(pair), !key.hasPrefix("kubernetes.io/") { ends.append("label \(pair)") }
            }
            let affinity = workload.pod?["affinity"]?["nodeAffinity"]
            let required =
                affinity?["requiredDuringSchedulingIgnoredDuringExecution"]?["nodeSelectorTerms"]?.items ?? []
            let preferred = affinity?["preferredDuringSchedulingIgnoredDuringExecution"]?.items ?? []
            for term in required + preferred.compactMap({ $0["preference"] }) {
                for expression in term["matchExpressions"]?.items ?? [] {
                    let key = expression.text("key") ?? "?"
                    let values = (expression["values"]?.items ?? []).compactMap { $0.scalar?.text }
                    if values.isEmpty, !keys.contains(key), !key.hasPrefix("karpenter") { ends.append("label \(key)") }
                    for value in values where key.hasPrefix("stowage.dev/") && !labels.contains("\(key)=\(value)") {
                        ends.append("label \(key)=\(value)")
                    }
                }
            }
            for toleration in workload.pod?["tolerations"]?.items ?? [] {
                guard let key = toleration.text("key"), let value = toleration.text("value") else { continue }
                if !taints.contains("\(key)=\(value)") { ends.append("taint \(key)=\(value)") }
            }
            let priority = workload.pod?.text("priorityClassName") ?? "system-node-critical"
            if !priority.hasPrefix("system-"), !names("PriorityClass").contains(priority) {
                ends.append("priority class \(priority)")
            }
        }
        return ends
    }

    /// What the labels of nodes name: device-plugin configurations and MIG layouts; and the ConfigMaps that pods mount.
    private var configurationEnds: [String] {
        var ends: [String] = []
        let served = Set(
            of("DaemonSet").compactMap { $0.pod?["nodeSelector"]?.text("stowage.dev/device-plugin-config") })
        var layouts: Set<String> = []
        for map in of("ConfigMap") where map.name == "mig-manager-layouts" {
            var report = Report()
            let text = map.text("data", "config.yaml") ?? ""
            let inner = readYAML(SourceFile(path: "config.yaml", text: text), &report)?.first
            layouts.formUnion((inner?["mig-configs"]?.entries ?? []).map(\.key))
        }
        let managed = names("DaemonSet").contains("mig-manager")
        for pool in pools + groups {
            for (key, value) in pool.labels {
                if key == "stowage.dev/device-plugin-config", !served.contains(value) { ends.append("plugin \(value)") }
                if key == "nvidia.com/mig.config", !managed || !layouts.contains(value) {
                    ends.append("MIG layout \(value)")
                }
            }
        }
        let maps = names("ConfigMap")
        for workload in workloads {
            for volume in workload.pod?["volumes"]?.items ?? [] {
                if let name = volume.text("configMap", "name"), !maps.contains(name) {
                    ends.append("ConfigMap \(name)")
                }
            }
        }
        return ends
    }

    /// Extended resources that pods ask for: an overlay, a static pool or a DeviceClass brings them.
    private var resourceEnds: [String] {
        let named = Set(of("DeviceClass").compactMap { $0.text("spec", "extendedResourceName") })
        var ends: [String] = []
        for workload in of("Deployment") {
            let pools = pools(of: workload)
            for resource in workload.containers.flatMap({ $0["resources"]?["limits"]?.entries ?? [] }).map(\.key)
            where resource.contains("/") && resource != "nvidia.com/gpu" && !named.contains(resource) {
                let isOffered =
                    pools.isEmpty && isInGroup(workload)
                    || pools.contains { pool in
                        pool["spec"]?["replicas"] != nil
                            || of("NodeOverlay").contains { overlay in
                                overlay["spec"]?["capacity"]?[resource] != nil
                                    && (overlay["spec"]?["requirements"]?.items ?? []).contains {
                                        ($0["values"]?.items ?? []).contains { $0.scalar?.text == pool.name }
                                    }
                            }
                    }
                if !isOffered { ends.append("resource \(resource) of \(workload.name)") }
            }
        }
        return ends
    }

    /// Pools that overlays and node classes that pools name.
    private var poolEnds: [String] {
        let nodeClasses = names("EC2NodeClass")
        var ends = pools.compactMap {
            $0.pod?.text("nodeClassRef", "name") ?? $0.text("spec", "template", "spec", "nodeClassRef", "name")
        }
        .filter { !nodeClasses.contains($0) }.map { "node class \($0)" }
        for overlay in of("NodeOverlay") {
            for requirement in overlay["spec"]?["requirements"]?.items ?? []
            where requirement.text("key") == "karpenter.sh/nodepool" {
                for pool in (requirement["values"]?.items ?? []).compactMap({ $0.scalar?.text })
                where !names("NodePool").contains(pool) { ends.append("pool \(pool)") }
            }
        }
        return ends
    }

    /// Whether a workload goes to a managed node group, whose nodes stand ready with all that they have.
    private func isInGroup(_ workload: Node) -> Bool {
        let own = Set(wanted(by: workload))
        return groups.contains { group in
            group.labels.contains { $0.key == "stowage.dev/pool" && own.contains($0.value) }
        }
    }

    /// The pools that a workload requires.
    private func pools(of workload: Node) -> [Node] {
        let wanted = wanted(by: workload)
        return pools.filter { wanted.contains($0.name) }
    }

    private func wanted(by workload: Node) -> [String] {
        let affinity = workload.pod?["affinity"]?["nodeAffinity"]?["requiredDuringSchedulingIgnoredDuringExecution"]
        return (affinity?["nodeSelectorTerms"]?.items ?? []).flatMap { $0["matchExpressions"]?.items ?? [] }
            .flatMap { $0["values"]?.items ?? [] }.compactMap { $0.scalar?.text }
    }
}
