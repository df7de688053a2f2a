import Groundwork

extension Recognizer {
    /// The instance types of the pool that holds its minimum, and whether spot may be used.
    mutating func instances(of model: FoundModel) -> SpecValue? {
        if lacksNodes(model) { return assumedInstances(of: model) }
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
        guard let pool = model.pools.first else {
            let name = requiredValues("stowage.dev/pool", of: model.pod).first
            return name.map { sharedPool($0, of: model, model.workload.key.words) } ?? existingPool(of: model)
        }
        if pool.isOurs {
            return sharedPool(
                pool.poolName, of: model, (pool.object.root.at("metadata", "name") ?? pool.object.root).home)
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
        } else if lacksNodes(model), lacksKarpenter {
            nodes = .plain("managed", "there are no NodePools")
        } else if lacksNodes(model), !claims.isEmpty {
            nodes = .plain("static", "assumed, for its claims")
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

    /// How pods share the device that a model uses, besides MIG, and how many do; nil if one has it alone.
    func sharing(of model: FoundModel) -> (kind: String, pods: Int)? {
        let share = share(of: model, model.pod?["resourceClaims"]?.items ?? [])
        guard case .mapping(let entries)? = share?.content, let entry = entries.first(where: { $0.key != "mig" }) else {
            return nil
        }
        return (entry.key, Int(entry.value.text) ?? 2)
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
