import Groundwork

extension Recognizer {
    /// The GPU software of the nodes.
    mutating func gpuSoftware() -> SpecValue {
        let nodeClass = nodeClasses.first
        let daemons = preferred("DaemonSet")
        let plugin = daemons.first { image($0).contains("k8s-device-plugin") }
        let operated = tree.all("ClusterPolicy", "NVIDIADriver").first
        let exporter = daemons.first { image($0).contains("dcgm-exporter") }
        let claims = tree.all("ResourceClaimTemplate", "DeviceClass").first
        let namespace = plugin ?? exporter
        let manager = daemons.contains { image($0).contains("mig-manager") }
        let driver = claims.map { claim in
            SpecValue(.scalar("\"\(draVersion.text)\""), "assumed, for \(claim.key.words)")
        }
        return .mapping([
            (
                "stack",
                operated.map { .plain("operator", ($0.root.at("metadata", "name") ?? $0.root).home) }
            ),
            ("ami", ami(nodeClass)), ("draDriver", driver),
            (
                "migManager",
                !manager && relevantPools.contains { $0.labels?["nvidia.com/mig.config"] != nil }
                    ? .plain("false", "it has no DaemonSet here") : nil
            ),
            (
                "namespace",
                namespace.flatMap { found in
                    found.namespace == "gpu-system" || found.namespace.isEmpty
                        ? nil : .string(found.namespace, (found.root.at("metadata", "namespace") ?? found.root).home)
                }
            ),
        ])
    }

    /// Managed node groups may use newer features of the driver.
    private var draVersion: Version {
        let isShared = tree.all("DeviceClass", "ResourceClaim").contains { $0.root.holds("MPS") }
        return isShared ? Version("0.5") ?? Component.draDriver.assumed : Version("0.4") ?? Component.draDriver.assumed
    }

    /// The image of the first container.
    private func image(_ object: ImportedObject) -> String {
        object.template?.at("spec", "containers")?.items?.first?["image"]?.text ?? ""
    }

    /// The AMI of the nodes.
    private mutating func ami(_ nodeClass: ImportedObject?) -> SpecValue {
        if let term = nodeClass?.spec?["amiSelectorTerms"]?.items?.first {
            if let alias = term["alias"], let text = alias.text {
                if text.hasSuffix("@latest") {
                    warning(
                        "ami-not-pinned", "the AMI `\(text)` is not pinned", at: alias,
                        label: "replaces every node with each release",
                        help: ["pin a release, such as `al2023@v20260714`"])
                    let release = text.hasPrefix("bottlerocket") ? "v1.32.0" : "v20260714"
                    return .string(
                        "\(text.dropLast("latest".count))\(release)", "assumed: \(alias.home) has no release")
                }
                return .string(text, alias.home)
            }
            if let id = term["id"], let family = nodeClass?.spec?["amiFamily"]?.text {
                return .mapping([("id", .string(id.text ?? "")), ("family", .plain(family.lowercased()))], id.home)
            }
        }
        if let group = tree.all("ClusterConfig").first?.root["managedNodeGroups"]?.items?.first,
            let family = group["amiFamily"]
        {
            let alias = family.text == "Bottlerocket" ? "bottlerocket@v1.32.0" : "al2023@v20260714"
            return .string(alias, "assumed: \(family.home) has no release")
        }
        return .string("al2023@v20260714", "assumed: in no manifest")
    }

    /// Volumes, kubelet and metadata of the nodes.
    func nodes(_ nodeClass: ImportedObject) -> SpecValue? {
        let volume = nodeClass.spec?["blockDeviceMappings"]?.items?.first { $0["rootVolume"]?.boolean == true }
        let disk = (volume ?? nodeClass.spec?["blockDeviceMappings"]?.items?.first)?["ebs"]
        let hops = nodeClass.spec?.at("metadataOptions", "httpPutResponseHopLimit")
        func copied(_ key: String) -> SpecValue? { disk?[key].map { SpecValue(copying: $0) } }
        let kubelet = nodeClass.spec?["kubelet"]
        return SpecValue.mapping([
            (
                "volume",
                SpecValue.mapping([
                    ("size", needed.contains("/volume") ? copied("volumeSize") : nil),
                    ("type", disk?["volumeType"]?.text == "gp3" ? nil : copied("volumeType")), ("iops", copied("iops")),
                    ("throughput", copied("throughput")), ("kmsKey", copied("kmsKeyID")),
                ]).unlessEmpty
            ),
            (
                "kubelet",
                SpecValue.mapping(
                    ["maxPods", "systemReserved", "kubeReserved", "evictionHard"].map { key in
                        (key, kubelet?[key].map { SpecValue(copying: $0) })
                    }
                ).unlessEmpty
            ),
            (
                "metadata",
                hops?.integer == 1 ? nil : hops.map { .mapping([("hopLimit", .plain($0.text ?? "1", $0.home))]) }
            ),
        ]).unlessEmpty
    }

    /// The role of the nodes, unless it is named after the cluster.
    func role(_ nodeClass: ImportedObject?) -> SpecValue? {
        guard let role = nodeClass?.spec?["role"], let text = role.text else { return nil }
        let name = options.cluster ?? discovered(nodeClass) ?? String(text.dropFirst("KarpenterNodeRole-".count))
        return text == "KarpenterNodeRole-\(name)" ? nil : .string(text, role.home)
    }

    /// The cluster in the tags by which subnets are found.
    private func discovered(_ nodeClass: ImportedObject?) -> String? {
        nodeClass?.spec?["subnetSelectorTerms"]?.items?.first?.at("tags", "karpenter.sh/discovery")?.text
    }

    /// The tags by which subnets or security groups are found, unless they are those of the cluster.
    func discoveryTags(_ nodeClass: ImportedObject?, _ field: String) -> SpecValue? {
        guard let tags = nodeClass?.spec?[field]?.items?.first?["tags"], let entries = tags.entries else { return nil }
        let name = options.cluster ?? discovered(nodeClass)
        if entries.count == 1, entries[0].key == "karpenter.sh/discovery", entries[0].value.text == name { return nil }
        return SpecValue(copying: tags)
    }

    /// The tags of instances that Stowage does not set.
    func tags(_ nodeClass: ImportedObject?) -> SpecValue? {
        let own = (nodeClass?.spec?["tags"]?.entries ?? []).filter { !$0.key.hasPrefix("stowage.dev/") }
        return SpecValue.mapping(own.map { ($0.key, .string($0.value.text ?? "", $0.value.home)) }).unlessEmpty
    }

    /// The images of the DaemonSets that are not those of the catalog, and the Secrets to pull them with.
    func images() -> SpecValue? {
        let wanted: [(String, ImageName, String)] = [
            ("dcgmExporter", .dcgmExporter, "dcgm-exporter"), ("devicePlugin", .devicePlugin, "k8s-device-plugin"),
            ("migManager", .migManager, "mig-manager"),
        ]
        return SpecValue.mapping(
            wanted.map { (field, name, part) -> (String, SpecValue?) in
                let row = Catalog.image(name)
                let found = ownObjects.filter { $0.kind == "DaemonSet" }.lazy.compactMap {
                    $0.template?.at("spec", "containers")?.items?.first?["image"]
                }.first { $0.text?.contains(part) == true }
                guard let found, found.text != "\(row.repository):\(row.tag)" else { return (field, nil) }
                return (field, .string(found.text ?? "", found.home))
            }
        ).unlessEmpty
    }
}

extension ManifestValue {
    /// Whether a text is anywhere in the value.
    func holds(_ word: String) -> Bool {
        if let entries { return entries.contains { $0.value.holds(word) } }
        if let items { return items.contains { $0.holds(word) } }
        return text == word
    }
}
