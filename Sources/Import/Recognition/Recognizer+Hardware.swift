import Groundwork

/// The share of a GPU's memory that weights may take, so that a KV cache has room beside them.
private let shareForWeights = 0.8

extension Recognizer {
    /// The instance types of the pool that holds its minimum, and whether spot may be used.
    func instances(of model: FoundModel) -> SpecValue? {
        let types = model.pools.first.map(\.typeNames) ?? []
        let spot = model.pools.first { $0.isSpot && $0.isOurs }
        let isExisting = model.pools.first.map { !$0.isOurs } ?? false
        return SpecValue.mapping([
            (
                "prefer",
                types.isEmpty || isExisting ? nil : .list(types.map { .plain($0.name) }, types.first?.home ?? "")
            ),
            ("spot", spot.map { .plain("allowed", $0.object.key.words) }),
        ]).unlessEmpty
    }

    /// The pool: a name that several models share, or nodes that stay as they are.
    mutating func pool(of model: FoundModel) -> SpecValue? {
        guard let pool = model.pools.first else { return existingPool(of: model) }
        if pool.isOurs {
            let shared = String(pool.poolName.dropLast("-primary".count))
            return pool.poolName.hasSuffix("-primary") && shared != model.name
                ? .string(shared, (pool.object.root.at("metadata", "name") ?? pool.object.root).home) : nil
        }
        let selected = model.pod?["nodeSelector"]?.entries ?? []
        let labels = selected.filter { $0.key != "karpenter.sh/nodepool" }
        let taints = (pool.taints?.items ?? []).filter { $0["key"]?.text != "nvidia.com/gpu" }
        let limit = pool.object.spec?.at("limits", "nvidia.com/gpu")?.quantity
        let gpus = pool.typeNames.first.flatMap { Catalog.instanceType(named: $0.name) }?.gpuCount
        let nodes =
            pool.object.spec?.at("limits", "nodes")?.integer ?? limit.flatMap { limit in gpus.map { Int(limit) / $0 } }
        let home = (pool.object.root.at("metadata", "name") ?? pool.object.root).home
        let wanted = SpecValue.mapping(
            labels.map { ($0.key, SpecValue.string($0.value.text ?? "")) }, labels.first?.value.home ?? "")
        let tainted = SpecValue.list(taints.map { SpecValue(copying: $0, isNoted: false) }, taints.first?.home ?? "")
        let types = SpecValue.list(pool.typeNames.map { .plain($0.name) }, pool.typeNames.first?.home ?? "")
        var most: SpecValue?
        if let nodes, nodes > 0 { most = .plain("\(nodes)", "the limits of \(pool.object.key.words)") }
        return .mapping([
            ("existing", .string(pool.name, home)), ("labels", wanted.unlessEmpty), ("taints", tainted.unlessEmpty),
            ("instances", types), ("maxNodes", most),
        ])
    }

    /// Nodes that the pods require by name and that are not in the input.
    private mutating func existingPool(of model: FoundModel) -> SpecValue? {
        guard let name = requiredValues("karpenter.sh/nodepool", of: model.pod).first else { return nil }
        let required = requiredValues("node.kubernetes.io/instance-type", of: model.pod).first
        if required == nil {
            warning(
                "nodes-unknown", "NodePool `\(name)`, on which `\(model.name)` runs, is not among the manifests",
                at: model.workload.root.at("metadata", "name"), label: "its instance type is assumed",
                help: ["import its NodePool too, or correct `instances`"])
        }
        return .mapping([
            ("existing", .string(name, model.workload.key.words)),
            (
                "instances",
                .list(
                    [.plain(required ?? likelyType(of: model))],
                    required == nil ? "assumed: the nodes are not in the input" : model.workload.key.words)
            ),
        ])
    }

    /// The type that is assumed for nodes that are not in the input: one whose memory is the limit of the pod, else the smallest that is enough.
    func likelyType(of model: FoundModel) -> String {
        let gpus = model.gpus?.value.integer ?? 1
        let memory = Int((model.container.at("resources", "limits", "memory")?.quantity ?? 0) / 1_048_576)
        let weights = weightsMiB(of: model)
        let fitting = Catalog.instanceTypes.filter { type in
            type.gpuCount >= gpus && type.allocatableMemoryMiB >= memory && type.rejection == nil
                && Double(type.gpuMemoryMiB * gpus) * shareForWeights >= weights
                && Catalog.gpu(of: type).runs(.bf16, release: Component.vLLM.assumed) != nil
        }
        // The kubelet may keep some memory for itself.
        let same = fitting.filter { type in
            type.gpuCount == gpus && type.allocatableMemoryMiB - memory < type.allocatableMemoryMiB / 10
        }
        let likely =
            same.max { $0.gpuMemoryMiB < $1.gpuMemoryMiB }
            ?? fitting.min { ($0.gpuCount, $0.memoryMiB) < ($1.gpuCount, $1.memoryMiB) }
        return likely?.name ?? "g6e.2xlarge"
    }

    /// The size of the weights; 0 if the model is not known.
    private func weightsMiB(of model: FoundModel) -> Double {
        guard let known = knownModel(of: model) else { return 0 }
        let bytes = model.arguments.flag("--quantization") == nil ? 2.0 : 1
        return Double(known.parameters) * bytes / 1_048_576 + Double(known.extraMiB)
    }

    /// How a replica uses GPUs.
    func gpu(of model: FoundModel) -> SpecValue? {
        let claims = model.pod?["resourceClaims"]?.items ?? []
        let parallel = model.arguments.flag("--tensor-parallel-size", "--tp")
        let whole = model.resource { $0 == "nvidia.com/gpu" }
        let extended = model.resource { $0.hasPrefix("deviceclass.resource.kubernetes.io/") }
        let isShared = share(of: model, claims) != nil
        let tensorParallel =
            parallel.flatMap { copied($0) }
            ?? (isShared ? nil : whole.map { SpecValue.plain($0.value.text ?? "1", $0.value.home) })
        let isStatic = model.pools.first?.object.spec?["replicas"]
        let group = model.pools.first?.group
        var nodes: SpecValue?
        if let group {
            let name = group["name"]?.text ?? ""
            let most = group["maxSize"].map { SpecValue.plain($0.text ?? "") }
            nodes =
                name.hasSuffix("-primary")
                ? SpecValue.plain("managed", group.home)
                : SpecValue.mapping([("managed", .string(name)), ("max", most)], group.home)
        } else if let isStatic, claims.isEmpty || needed.contains("\(model.name)/static") {
            nodes = .plain("static", isStatic.home)
        }
        return SpecValue.mapping([
            ("share", share(of: model, claims)),
            ("allocate", claims.first.map { .plain("dra", $0.home) } ?? extended.map { .plain("dra", $0.value.home) }),
            ("claim", extended.map { .plain("extended-resource", $0.value.home) }),
            ("nodes", nodes),
            ("tensorParallel", isShared ? nil : tensorParallel),
            (
                "expertParallel",
                model.arguments.flag("--enable-expert-parallel").map { .plain("true", $0.place.home) }
            ),
        ]).unlessEmpty
    }

    /// Whether several pods share the GPU that a model uses.
    func isShared(_ model: FoundModel) -> Bool { share(of: model, model.pod?["resourceClaims"]?.items ?? []) != nil }

    /// The profile of the MIG partition that a model runs on; nil for a whole GPU.
    func partition(of model: FoundModel) -> String? {
        let share = share(of: model, model.pod?["resourceClaims"]?.items ?? [])
        guard case .mapping(let entries)? = share?.content,
            case .scalar(let profile)? = entries.first(where: { $0.key == "mig" })?.value.content
        else { return nil }
        return profile
    }

    /// The share of a GPU: a MIG partition, or replicas that take turns.
    private func share(of model: FoundModel, _ claims: [ManifestValue]) -> SpecValue? {
        if let resource = model.gpus, resource.key.hasPrefix("nvidia.com/mig-") {
            let profile = String(resource.key.dropFirst("nvidia.com/mig-".count))
            return .mapping([("mig", .plain(profile))], resource.value.home)
        }
        if let claim = claims.first { return share(ofClaim: claim, model) }
        guard let pool = model.pools.first, let layout = pool.labels?["stowage.dev/device-plugin-config"] else {
            return sharedDevices(of: model)
        }
        for kind in ["time-slicing", "mps"] {
            if let text = layout.text, text.hasPrefix("\(kind)-"), let count = Int(text.dropFirst(kind.count + 1)) {
                return .mapping([(kind, .plain("\(count)"))], layout.home)
            }
        }
        return nil
    }

    /// The share that a device plugin's configuration sets for `nvidia.com/gpu.shared`.
    private func sharedDevices(of model: FoundModel) -> SpecValue? {
        guard model.gpus?.key == "nvidia.com/gpu.shared" else { return nil }
        for map in tree.all("ConfigMap") {
            for entry in map.root["data"]?.entries ?? [] {
                guard let text = entry.value.text, let match = text.firstMatch(of: /replicas: ([0-9]+)/) else {
                    continue
                }
                return .mapping(
                    [(text.contains("mps:") ? "mps" : "time-slicing", .plain(String(match.1)))], entry.value.home)
            }
        }
        return nil
    }

    /// The share that a claim asks for: the profile of its DeviceClass, and how its devices are shared.
    private func share(ofClaim claim: ManifestValue, _ model: FoundModel) -> SpecValue? {
        let template = claim["resourceClaimTemplateName"]?.text.flatMap {
            tree.object("ResourceClaimTemplate", $0, in: model.namespace)
        }
        let shared = claim["resourceClaimName"]?.text.flatMap { tree.object("ResourceClaim", $0, in: model.namespace) }
        let spec = template?.spec?["spec"] ?? shared?.spec
        guard let devices = spec?["devices"], let request = devices["requests"]?.items?.first else { return nil }
        let name = (request["exactly"] ?? request)["deviceClassName"]
        let classSelectors = name?.text.flatMap { tree.object("DeviceClass", $0) }?.spec?["selectors"]
        let selectors = (classSelectors?.items ?? []) + ((request["exactly"] ?? request)["selectors"]?.items ?? [])
        let profile = selectors.lazy.compactMap {
            $0.at("cel", "expression")?.text?.firstMatch(of: /profile == "([^"]+)"/)
        }
        .first.map { String($0.1) }
        let sharing = devices["config"]?.items?.first?.at("opaque", "parameters", "sharing", "strategy")
        let replicas = model.arguments.flag("--gpu-memory-utilization")?.value.flatMap(Double.init).map {
            Int((0.9 / $0).rounded())
        }
        let kind = sharing?.text == "TimeSlicing" ? "time-slicing" : sharing?.text == "MPS" ? "mps" : nil
        var entries: [(String, SpecValue?)] = [("mig", profile.map { SpecValue.plain($0) })]
        if let kind { entries.append((kind, SpecValue.plain("\(replicas ?? 2)"))) }
        return SpecValue.mapping(entries, (name ?? request).home).unlessEmpty
    }
}
