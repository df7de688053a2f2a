import Diagnostics
import Groundwork

/// The flags that other fields of a spec set.
private let ownedFlags: Set = [
    "--model", "--model-path", "--served-model-name", "--max-model-len", "--max-num-seqs", "--tensor-parallel-size",
    "--tp",
    "--gpu-memory-utilization", "--max-num-batched-tokens", "--dtype", "--quantization", "--kv-cache-dtype",
    "--enable-expert-parallel", "--port", "--host", "--shutdown-timeout", "--data-parallel-size",
    "--pipeline-parallel-size", "--task", "--runner", "--hf-overrides", "--limit-mm-per-prompt",
    "--max-num-queued-reqs", "--max-num-queued-tokens", "--c", "--m", "--u",
    "--lc", "--ec",
]

/// The variables that Stowage sets itself.
private let ownVariables: Set = [
    "HF_HOME", "VLLM_CACHE_ROOT", "VLLM_NO_USAGE_STATS", "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HOME",
]

extension Recognizer {
    /// How vLLM serves a model.
    func serving(of model: FoundModel) -> SpecValue? {
        let (image, version) = self.image(of: model)
        let resources = model.container.at("resources", "requests")
        let wantsResources = needed.contains("\(model.name)/resources")
        let isOurs = !keeps(model)
        return SpecValue.mapping(
            (isOurs ? [] : existingWorkload(of: model)) + [
                ("image", isOurs ? image : nil), ("version", isOurs ? version : keptVersion(model, version)),
                (
                    "kvCacheDType",
                    model.arguments.flag("--kv-cache-dtype").flatMap {
                        $0.value == "fp8" ? .plain("fp8", $0.place.home) : nil
                    }
                ),
                ("gpuMemoryUtilization", memoryShare(of: model)),
                (
                    "maxNumBatchedTokens",
                    needed.contains("\(model.name)/maxNumBatchedTokens")
                        ? model.arguments.flag("--max-num-batched-tokens").flatMap { copied($0) } : nil
                ),
                ("maxNumQueuedReqs", model.arguments.flag("--max-num-queued-reqs").flatMap { copied($0) }),
                ("maxNumQueuedTokens", model.arguments.flag("--max-num-queued-tokens").flatMap { copied($0) }),
                (
                    "boundQueue",
                    needed.contains("\(model.name)/boundQueue")
                        ? .plain("false", "\(model.container.home), without such a limit") : nil
                ),
                ("extraArgs", isOurs ? extraArguments(of: model) : nil),
                ("runAsRoot", isOurs ? runsAsRoot(model) : nil),
                ("pullSecrets", isOurs ? pullSecrets(of: model) : nil), ("env", isOurs ? environment(of: model) : nil),
                ("envFrom", isOurs ? environmentSources(of: model) : nil),
                ("volumes", isOurs ? volumes(of: model) : nil),
                (
                    "resources",
                    wantsResources
                        ? SpecValue.mapping([
                            ("cpu", resources?["cpu"].map { .string($0.text ?? "", $0.home) }),
                            ("memory", resources?["memory"].map { .string($0.text ?? "", $0.home) }),
                        ]).unlessEmpty : nil
                ),
                ("tolerations", tolerations(of: model)), ("affinity", affinity(of: model)),
            ]
        ).unlessEmpty
    }

    /// The image, or its version where only that differs from the default.
    private func image(of model: FoundModel) -> (SpecValue?, SpecValue?) {
        guard let image = model.container["image"], let text = image.text, isPinned(text) else { return (nil, nil) }
        let upstream = Catalog.image(.vLLM).repository
        let assumed = Component.vLLM.assumed
        if text == "\(upstream):v\(assumed.minorText).\(assumed.patch ?? 0)" { return (nil, nil) }
        guard let version = imageVersion(text) else {
            let (release, reason) = assumedRelease(of: model)
            return (.string(text, image.home), .string(release.minorText, "assumed: \(reason)"))
        }
        // An image of a release that is not supported stays under a patch.
        let oldest = Component.vLLM.since(.release)
        if version < oldest {
            return (nil, .string(oldest.minorText, "assumed: \(version.text) is older than what is supported"))
        }
        return (.string(text, image.home), nil)
    }

    /// The version of a workload that stays as it is, which its image tells.
    private func keptVersion(_ model: FoundModel, _ assumed: SpecValue?) -> SpecValue? {
        guard assumed == nil, let image = model.container["image"], let version = image.text.flatMap(imageVersion),
            version >= Component.vLLM.since(.release), version.minorText != Component.vLLM.assumed.minorText
        else { return assumed }
        return .string(version.minorText, image.home)
    }

    /// Whether a reference to an image is pinned, and nothing in it is left to be filled in.
    private func isPinned(_ image: String) -> Bool {
        let form =
            #/[a-z0-9][a-z0-9._\/-]*(:[0-9]+\/[a-z0-9._\/-]+)?(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[0-9a-f]{64})?/#
        guard let match = image.wholeMatch(of: form) else { return false }
        return match.3 != nil || match.2 != nil && match.2 != ":latest"
    }

    /// The share of GPU memory, unless it is the default or that of a shared GPU.
    private func memoryShare(of model: FoundModel) -> SpecValue? {
        guard let flag = model.arguments.flag("--gpu-memory-utilization"), let share = flag.value.flatMap(Double.init),
            share >= 0.5, share <= 0.98,
            share != 0.9 || Component.vLLM.offers(.largerMemoryShare, at: release(of: model))
        else { return nil }
        return .plain("\(shortest(share * 100))%", flag.place.home)
    }

    /// The arguments that no other field sets.
    private func extraArguments(of model: FoundModel) -> SpecValue? {
        let streams = model.arguments.model?.text.hasPrefix("s3://") ?? false
        let extra = model.arguments.flags.filter { flag in
            !ownedFlags.contains(flag.name) && !isSecretName(String(flag.name.dropFirst(2)))
                && !(streams && flag.name == "--load-format")
        }
        let texts = extra.flatMap(\.texts).filter { !isSecretText($0) }
        return SpecValue.list(texts.map { .string($0) }, extra.first?.place.home ?? "").unlessEmpty
    }

    /// The Secrets with which images are pulled.
    private func pullSecrets(of model: FoundModel) -> SpecValue? {
        let names = (model.pod?["imagePullSecrets"]?.items ?? []).compactMap { $0["name"] }
        return SpecValue.list(names.map { .string($0.text ?? "") }, names.first?.home ?? "").unlessEmpty
    }

    /// The variables that are no credentials: a text, or a key of a Secret or ConfigMap.
    private func environment(of model: FoundModel) -> SpecValue? {
        let variables = model.container.items(of: "env").compactMap { variable -> (String, SpecValue?)? in
            guard let name = variable["name"]?.text, !ownVariables.contains(name) else { return nil }
            if let value = variable["value"], let text = value.text {
                return isSecretName(name) || isSecretText(text) ? nil : (name, .string(text, value.home))
            }
            for (reference, kind) in [("secretKeyRef", "secret"), ("configMapKeyRef", "configMap")] {
                if let source = variable.at("valueFrom", reference) {
                    return (
                        name,
                        .mapping(
                            [
                                (kind, source["name"].map { .string($0.text ?? "") }),
                                ("key", source["key"].map { .string($0.text ?? "") }),
                            ], source.home)
                    )
                }
            }
            return nil
        }
        return SpecValue.mapping(variables).unlessEmpty
    }

    /// Reports credentials that are written into a manifest; they are not imported.
    mutating func checkLiterals(_ model: FoundModel) {
        for variable in model.container.items(of: "env") {
            guard let name = variable["name"], let text = name.text, let value = variable["value"]?.text,
                !value.isEmpty,
                isSecretName(text) || isSecretText(value)
            else { continue }
            warning(
                "literal-credential", "the value of `\(text)` of `\(model.name)` is a credential in a manifest",
                at: nil, label: "", notes: ["it is at \(name.home), and is not imported"],
                help: ["put it into a Secret, and set `serving: {env: {\(text): {secret: NAME, key: KEY}}}`"])
        }
    }

    /// Secrets and ConfigMaps all of whose keys are variables.
    private func environmentSources(of model: FoundModel) -> SpecValue? {
        let sources = model.container.items(of: "envFrom").map { source in
            SpecValue.mapping(
                [
                    ("secret", source.at("secretRef", "name").map { .string($0.text ?? "") }),
                    ("configMap", source.at("configMapRef", "name").map { .string($0.text ?? "") }),
                    ("prefix", source["prefix"].map { .string($0.text ?? "") }),
                ], source.home)
        }
        return SpecValue.list(sources).unlessEmpty
    }

    /// Mounted Secrets, ConfigMaps and claims, except the weights.
    private func volumes(of model: FoundModel) -> SpecValue? {
        let weights = weightsVolume(of: model)?["name"]?.text
        let mounts = model.container.items(of: "volumeMounts")
        let volumes = (model.pod?["volumes"]?.items ?? []).compactMap { volume -> SpecValue? in
            guard let name = volume["name"]?.text, name != weights else { return nil }
            let source: (String, ManifestValue?)
            if let secret = volume.at("secret", "secretName") {
                source = ("secret", secret)
            } else if let map = volume.at("configMap", "name") {
                source = ("configMap", map)
            } else if let claim = volume.at("persistentVolumeClaim", "claimName") {
                source = ("claim", claim)
            } else {
                return nil
            }
            guard let mount = mounts.first(where: { $0["name"]?.text == name }), let path = mount["mountPath"]?.text
            else {
                return nil
            }
            return .mapping(
                [
                    ("name", .string(name)), (source.0, source.1.map { .string($0.text ?? "") }),
                    ("mountPath", .string(path)), ("subPath", mount["subPath"].map { .string($0.text ?? "") }),
                    ("readOnly", mount["readOnly"]?.boolean == true ? nil : .plain("false")),
                ], volume.home)
        }
        return SpecValue.list(volumes).unlessEmpty
    }

    /// The taints that pods tolerate besides those of their pools.
    private func tolerations(of model: FoundModel) -> SpecValue? {
        let taints = model.pools.flatMap { $0.taints?.items ?? [] } + taintsOfUnknownNodes(model)
        let ofPools = Set(taints.compactMap { $0["key"]?.text })
        let other = (model.pod?["tolerations"]?.items ?? []).filter { toleration in
            let key = toleration["key"]?.text ?? ""
            return !key.isEmpty && key != "nvidia.com/gpu" && key != "stowage.dev/pool" && !ofPools.contains(key)
                && toleration["tolerationSeconds"] == nil
        }
        return SpecValue.list(
            other.map { item in
                SpecValue.mapping(
                    ["key", "value", "effect"].map { key in
                        (key, item[key].map { SpecValue(copying: $0, isNoted: false) })
                    },
                    item.home)
            }
        ).unlessEmpty
    }

    /// Pods that it is scheduled next to, or away from.
    private func affinity(of model: FoundModel) -> SpecValue? {
        SpecValue.mapping(
            ["podAffinity", "podAntiAffinity"].map { key in
                (key, model.pod?.at("affinity", key).map { SpecValue(copying: $0) })
            }
        ).unlessEmpty
    }

    /// Labels or annotations of the pods that neither Stowage nor the platform sets.
    func ownMetadata(_ kind: String, of model: FoundModel) -> SpecValue? {
        guard model.workload.isOwn else { return nil }
        let shared = Set(commonMetadata(kind).map(\.key))
        let own = (model.workload.template?.at("metadata", kind)?.entries ?? []).filter { entry in
            !isKnownMetadata(entry.key) && !shared.contains(entry.key)
                && model.workload.root.at("metadata", kind)?[entry.key] != nil
        }
        return SpecValue.mapping(own.map { ($0.key, .string($0.value.text ?? "", $0.value.home)) }).unlessEmpty
    }

    /// Labels or annotations that all objects of Stowage have.
    func commonMetadata(_ kind: String) -> [ManifestValue.Entry] {
        let objects = ownObjects
        guard let first = objects.first(where: { $0.kind == "Deployment" || $0.kind == "NodePool" }) else { return [] }
        return (first.root.at("metadata", kind)?.entries ?? []).filter { entry in
            !isKnownMetadata(entry.key)
                && objects.allSatisfy { $0.root.at("metadata", kind)?[entry.key]?.text == entry.value.text }
        }
    }

    /// Whether Stowage or a controller sets a label or an annotation.
    private func isKnownMetadata(_ key: String) -> Bool {
        let domain = key.split(separator: "/").first.map(String.init) ?? ""
        return key.contains("/")
            && (["kubernetes.io", "stowage.dev", "argoproj.io", "fluxcd.io", "karpenter.sh", "keda.sh", "k8s.io"]
                .contains {
                    domain == $0 || domain.hasSuffix(".\($0)")
                })
            || key == "release" || key == "grafana_dashboard"
    }
}
