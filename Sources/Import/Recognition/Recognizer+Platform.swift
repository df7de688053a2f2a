import Diagnostics
import Groundwork

extension Recognizer {
    /// The name of the spec: that in labels of pools, otherwise that of the cluster.
    var clusterName: SpecValue {
        if let name = options.name { return .string(name, "--name") }
        for object in preferred("NodePool", "EC2NodeClass") {
            if let label = object.label("stowage.dev/cluster") { return .string(label.text ?? "", label.home) }
        }
        if let source = ownObjects.first(where: { $0.kind == "Application" || $0.kind == "GitRepository" }),
            let name = source.root.at("metadata", "name")
        {
            return .string(name.text ?? "", name.home)
        }
        if let config = tree.all("ClusterConfig").first, let name = config.root.at("metadata", "name") {
            return .string(name.text ?? "", name.home)
        }
        return .string(cluster?.text ?? options.cluster ?? "imported", cluster?.home ?? "in no manifest")
    }

    /// The name of the EKS cluster, in the discovery tags of node classes or in the name of their role.
    private var cluster: (text: String, home: String)? {
        for object in nodeClasses {
            let terms =
                (object.spec?["subnetSelectorTerms"]?.items ?? [])
                + (object.spec?["securityGroupSelectorTerms"]?.items ?? [])
            for term in terms {
                if let tag = term.at("tags", "karpenter.sh/discovery"), let text = tag.text { return (text, tag.home) }
            }
            if let role = object.spec?["role"], let text = role.text, text.hasPrefix("KarpenterNodeRole-") {
                return (String(text.dropFirst("KarpenterNodeRole-".count)), role.home)
            }
        }
        return tree.all("ClusterConfig").first?.root.at("metadata", "name").map { ($0.text ?? "", $0.home) }
    }

    /// The zones that pools require.
    var zones: [ManifestValue] {
        for pool in relevantPools {
            let zones =
                pool.requirement("topology.kubernetes.io/zone") + (pool.group?["availabilityZones"]?.items ?? [])
            if !zones.isEmpty { return zones }
        }
        return []
    }

    /// The namespace of most models.
    var defaultNamespace: String {
        let counts = Dictionary(grouping: found.models.map(\.namespace)) { $0 }.mapValues(\.count)
        let isUsual =
            counts["inference"] != nil || ownObjects.contains { $0.kind == "Namespace" && $0.name == "inference" }
        if isUsual { return "inference" }
        if tree.all("Namespace").contains(where: \.isOwn),
            counts.count > 1
        {
            return "inference"
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "inference"
    }

    /// What is installed on the cluster.
    mutating func platform() -> SpecValue {
        if cluster == nil, options.cluster == nil {
            warning(
                "cluster-unknown", "no manifest states the name of the EKS cluster", at: nil, label: "",
                help: ["pass `--cluster NAME`, which the discovery tags and the role of nodes need"])
        }
        let nodeClass = nodeClasses.first
        let region = region()
        let namespace = defaultNamespace
        var name = SpecValue.string("imported", "in no manifest")
        if let cluster { name = .string(cluster.text, cluster.home) }
        if let given = options.cluster { name = .string(given, "--cluster") }
        let zones = SpecValue.list(self.zones.map { .plain($0.text ?? "") }, self.zones.first?.home ?? "")
        let namespaced: SpecValue? =
            namespace == "inference" || namespace.isEmpty ? nil : .string(namespace, "that of most models")
        let profile = nodeClass?.spec?["instanceProfile"].map { SpecValue.string($0.text ?? "", $0.home) }
        let nodes = nodeClass.flatMap { self.nodes($0) }
        return .mapping([
            ("cluster", name), ("region", region), ("zones", zones.unlessEmpty),
            ("kubernetes", version("kubernetes", options.kubernetes, .kubernetes)),
            ("karpenter", karpenter()), ("autoscaler", autoscaler()),
            ("clusterAutoscaler", clusterAutoscaler), ("gpu", gpuSoftware()), ("monitoring", monitoring()),
            ("images", images()), ("timezone", timezone),
            ("nodes", nodes), ("namespaces", namespaces), ("clientNamespaces", clientNamespaces),
            ("namespace", namespaced), ("role", role(nodeClass)), ("instanceProfile", profile),
            ("subnetTags", discoveryTags(nodeClass, "subnetSelectorTerms")),
            ("securityGroupTags", discoveryTags(nodeClass, "securityGroupSelectorTerms")), ("tags", tags(nodeClass)),
            ("labels", commonMetadata("labels", "labels")),
            ("annotations", commonMetadata("annotations", "annotations")),
        ])
    }

    /// Labels or annotations of all objects, as a field of the spec.
    private func commonMetadata(_ kind: String, _ field: String) -> SpecValue? {
        SpecValue.mapping(
            commonMetadata(kind).map { ($0.key, .string($0.value.text ?? "", $0.value.home)) }
        ).unlessEmpty
    }

    /// A version that is in no manifest: that of an option, otherwise the one that is assumed.
    private mutating func version(_ option: String, _ given: Version?, _ component: Component) -> SpecValue {
        if let given { return SpecValue(.scalar("\"\(given.text)\""), "--\(option)") }
        let assumed = component == .kubernetes ? Version("1.35") ?? component.assumed : component.assumed
        warning(
            "version-unknown", "no manifest states the version of \(component.words)", at: nil, label: "",
            notes: ["\(assumed.text) is assumed"], help: ["pass `--\(option) VERSION`"])
        return SpecValue(.scalar("\"\(assumed.text)\""), "assumed: in no manifest")
    }

    /// The region: that of the zones, or of the node groups.
    private func region() -> SpecValue? {
        if let region = options.region { return .string(region, "--region") }
        if let zone = zones.first, let text = zone.text, text.last?.isLetter == true {
            return .string(String(text.dropLast()), "\(zone.home), the region of the zones")
        }
        if let region = tree.all("ClusterConfig").first?.root.at("metadata", "region") {
            return .string(region.text ?? "", region.home)
        }
        return nil
    }

    /// Karpenter, with the feature gates that objects need.
    private mutating func karpenter() -> SpecValue? {
        let isUsed =
            !nodeClasses.isEmpty || relevantPools.contains { $0.group == nil }
            || tree.all("ClusterConfig").isEmpty && !lacksKarpenter
        guard isUsed else { return nil }
        var gates: [SpecValue] = []
        if !tree.all("NodeOverlay").isEmpty { gates.append(.plain("NodeOverlay")) }
        if tree.all("NodePool").contains(where: { $0.spec?["replicas"] != nil }) {
            gates.append(.plain("StaticCapacity"))
        }
        if !tree.all("CapacityBuffer").isEmpty { gates.append(.plain("CapacityBuffer")) }
        for model in found.models where lacksNodes(model) {
            let gate = model.pod?["resourceClaims"] != nil ? "StaticCapacity" : isShared(model) ? "NodeOverlay" : nil
            if let gate, !gates.contains(where: { $0.text == gate }) { gates.append(.plain(gate)) }
        }
        let isSpot = relevantPools.contains(where: \.isSpot) || found.models.contains(where: usesSpot)
        return .mapping([
            ("version", version("karpenter", options.karpenter, .karpenter)),
            (
                "featureGates",
                gates.isEmpty ? nil : .list(gates, "there are objects that need them")
            ),
            (
                "interruptionQueue",
                !isSpot
                    ? nil : .string(options.cluster ?? cluster?.text ?? "imported", "assumed: named after the cluster")
            ),
        ])
    }

    /// The add-ons that scale pods.
    private mutating func autoscaler() -> SpecValue? {
        let usesKEDA = !tree.all("ScaledObject", "TriggerAuthentication").isEmpty
        let metrics = tree.all("HorizontalPodAutoscaler").flatMap { $0.spec?["metrics"]?.items ?? [] }
        let adapter = metrics.first { $0["object"] != nil || $0["pods"] != nil }
        // An HPA of another name can only be taken over by KEDA.
        let names = Set(found.models.map(\.name))
        let adopts = tree.all("HorizontalPodAutoscaler").contains { !names.contains($0.name) }
        let isNeeded = usesKEDA || adopts || options.keda != nil
        return SpecValue.mapping([
            ("keda", isNeeded ? version("keda", options.keda, .keda) : nil),
            (
                "prometheusAdapter",
                adapter.map {
                    SpecValue(.scalar("\"\(Component.prometheusAdapter.assumed.text)\""), "assumed, for \($0.home)")
                }
            ),
        ]).unlessEmpty
    }

    private var clusterAutoscaler: SpecValue? {
        for model in found.models {
            let annotation = model.workload.template?.at("metadata", "annotations")?[
                "cluster-autoscaler.kubernetes.io/safe-to-evict"]
            if let annotation { return .plain("true", annotation.home) }
        }
        return nil
    }

    private var timezone: SpecValue? {
        if let zone = scheduleZone { return .string(zone.text ?? "", zone.home) }
        return hours.flatMap { $0.zone == "UTC" ? nil : .string($0.zone, "so that the hours below are in one day") }
    }

    private var namespaces: SpecValue {
        let models = Set(found.models.map(\.namespace))
        let created = tree.all("Namespace").first { models.contains($0.name) && ($0.isOwn || ownObjects.isEmpty) }
        // In what a namespace holds there may be its quota without itself.
        let quota = ownObjects.first { $0.kind == "ResourceQuota" && models.contains($0.namespace) }
        return (created ?? quota).map { .plain("create", ($0.root.at("metadata", "name") ?? $0.root).home) }
            ?? .plain("existing", "in no manifest")
    }

    /// The namespaces whose pods may reach the models; nil if all may.
    ///
    /// That of Prometheus is added to them, so that it stands in the manifests only.
    private var clientNamespaces: SpecValue? {
        guard let policy = ownObjects.first(where: { $0.kind == "NetworkPolicy" && $0.name == "stowage-models" }),
            let sources = policy.spec?["ingress"]?.items?.first?["from"]?.items
        else { return nil }
        var names = sources.compactMap { $0.at("namespaceSelector", "matchLabels", "kubernetes.io/metadata.name") }
        guard names.count == sources.count, let first = names.first else { return nil }
        if names.count > 1, names.last?.text == monitoringNamespace?.text ?? "monitoring" { names.removeLast() }
        return .list(names.map { .string($0.text ?? "") }, first.home)
    }
}
