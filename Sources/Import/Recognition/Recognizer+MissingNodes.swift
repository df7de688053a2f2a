import Groundwork

/// The share of a GPU's memory that weights may take, so that a KV cache has room beside them.
private let shareForWeights = 0.8

extension Recognizer {
    /// Whether a model runs on nodes of Stowage's that are not in the input.
    func lacksNodes(_ model: FoundModel) -> Bool {
        model.pools.isEmpty && !requiredValues("stowage.dev/pool", of: model.pod).isEmpty
    }

    /// Whether the input has what belongs to no namespace, but no NodePools of its own: only EKS knows the managed node groups.
    var lacksKarpenter: Bool {
        ownObjects.contains { $0.kind == "PriorityClass" } && relevantPools.isEmpty && nodeClasses.isEmpty
            && found.models.contains(where: lacksNodes)
    }

    /// The instances for nodes that are not in the input: those with the GPUs that names tell, and whether spot may be used.
    mutating func assumedInstances(of model: FoundModel) -> SpecValue? {
        warning(
            "nodes-unknown", "the nodes on which `\(model.name)` runs are not among the manifests",
            at: model.workload.root.at("metadata", "name"), label: "new nodes are planned for it",
            help: ["import its NodePool or node group too, or set `instances`"])
        let products = productsOfUnknownNodes(model)
        var families: [String] = []
        for product in products {
            for type in Catalog.instanceTypes where Catalog.gpu(of: type).id == product {
                if !families.contains(type.family) { families.append(type.family) }
            }
        }
        let home = "\(model.workload.key.words), by the names of its GPUs: \(products.joined(separator: ", "))"
        return SpecValue.mapping([
            ("prefer", families.isEmpty ? nil : .list(families.map { .plain($0) }, home)),
            ("spot", usesSpot(model) ? .plain("allowed", model.workload.key.words) : nil),
        ]).unlessEmpty
    }

    /// The GPUs of nodes that are not in the input, after which elastic and spot pools and device classes are named.
    private func productsOfUnknownNodes(_ model: FoundModel) -> [String] {
        let pools = model.workloads.flatMap { requiredValues("stowage.dev/pool", of: $0.template?["spec"]) }
        let classes = (model.pod?["resourceClaims"]?.items ?? []).flatMap { claim -> [String] in
            let template = claim["resourceClaimTemplateName"]?.text.flatMap {
                tree.object("ResourceClaimTemplate", $0, in: model.namespace)
            }
            let requests = template?.spec?.at("spec", "devices", "requests")?.items ?? []
            return requests.compactMap { ($0["exactly"] ?? $0)["deviceClassName"]?.text }
        }
        let names = (pools + classes).compactMap { name in
            ["elastic-", "spot-", "stowage-"].first { name.hasPrefix($0) }.map { String(name.dropFirst($0.count)) }
        }
        return names.filter { name in Catalog.gpus.contains { $0.id == name } }
    }

    /// Whether nodes that are not in the input are spot: the model has a base and a surge, or tolerates them.
    func usesSpot(_ model: FoundModel) -> Bool {
        lacksNodes(model)
            && (model.workloads.count > 1
                || requiredValues("stowage.dev/pool", of: model.pod).contains { $0.hasPrefix("spot-") })
    }

    /// The name of a pool that several models share; nil for the model's own.
    func sharedPool(_ name: String, of model: FoundModel, _ home: String) -> SpecValue? {
        let shared = String(name.dropLast("-primary".count))
        return name.hasSuffix("-primary") && shared != model.name ? .string(shared, home) : nil
    }

    /// Nodes that the pods require by name and that are not in the input.
    mutating func existingPool(of model: FoundModel) -> SpecValue? {
        guard let name = requiredValues("karpenter.sh/nodepool", of: model.pod).first else {
            return labeledPool(of: model)
        }
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

    /// Existing nodes that only their labels and taints tell.
    private mutating func labeledPool(of model: FoundModel) -> SpecValue? {
        let labels = labelsOfUnknownNodes(model)
        guard !labels.isEmpty else { return nil }
        warning(
            "nodes-unknown", "the nodes on which `\(model.name)` runs are not among the manifests",
            at: model.workload.root.at("metadata", "name"),
            label: "the name of their pool and their instance type are assumed",
            help: ["import their NodePool too, or correct `pool`"])
        let words = labels.flatMap { [$0.key.split(separator: "/").last.map(String.init) ?? "", $0.value.text ?? ""] }
        let name = words.joined(separator: "-").lowercased().map { $0.isLetter || $0.isNumber ? String($0) : "-" }
            .joined()
        return .mapping([
            ("existing", .string(name, "assumed: the nodes are not in the input")),
            ("labels", .mapping(labels.map { ($0.key, .string($0.value.text ?? "")) }, labels.first?.value.home ?? "")),
            (
                "taints",
                SpecValue.list(
                    taintsOfUnknownNodes(model).map { item in
                        .mapping(
                            ["key", "value", "effect"].map {
                                ($0, item[$0].map { SpecValue(copying: $0, isNoted: false) })
                            }, item.home)
                    }
                ).unlessEmpty
            ),
            ("instances", .list([.plain(likelyType(of: model))], "assumed: the nodes are not in the input")),
        ])
    }

    /// The labels by which pods of a generated Deployment require nodes that exist already and are not in the input.
    private func labelsOfUnknownNodes(_ model: FoundModel) -> [(key: String, value: ManifestValue)] {
        guard model.workload.isOwn, model.pools.isEmpty else { return [] }
        let terms =
            model.pod?.at("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")?[
                "nodeSelectorTerms"]?.items ?? []
        let own = ["stowage.dev/pool", "karpenter.sh/nodepool", "eks.amazonaws.com/nodegroup"]
        let expressions = terms.first?["matchExpressions"]?.items ?? []
        guard terms.count == 1, !expressions.contains(where: { own.contains($0["key"]?.text ?? "") }) else { return [] }
        return expressions.compactMap { item in
            guard let key = item["key"]?.text, let value = item["values"]?.items?.first, item["operator"]?.text == "In"
            else { return nil }
            return (key, value)
        }
    }

    /// Their taints: what the pods tolerate before that of GPUs.
    func taintsOfUnknownNodes(_ model: FoundModel) -> [ManifestValue] {
        guard !labelsOfUnknownNodes(model).isEmpty else { return [] }
        return Array((model.pod?["tolerations"]?.items ?? []).prefix { $0["key"]?.text != "nvidia.com/gpu" })
    }

    /// The type that is assumed for nodes that are not in the input: one whose memory is the limit of the pod, else the smallest that is enough.
    func likelyType(of model: FoundModel) -> String {
        let parallel = model.arguments.flag("--tensor-parallel-size", "--tp")?.value.flatMap { Int($0) }
        let gpus = model.gpus?.value.integer ?? parallel ?? 1
        let partition = partition(of: model)
        let memory = Int((model.container.at("resources", "limits", "memory")?.quantity ?? 0) / 1_048_576)
        let weights = weightsMiB(of: model)
        let fitting = Catalog.instanceTypes.filter { type in
            type.gpuCount >= gpus && type.allocatableMemoryMiB >= memory && type.rejection == nil
                && (partition.map { Catalog.migProfile(gpu: Catalog.gpu(of: type).id, profile: $0) != nil } ?? true)
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
}
