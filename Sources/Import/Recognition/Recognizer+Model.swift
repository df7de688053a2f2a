import Diagnostics
import Groundwork

extension Recognizer {
    /// Writes a model.
    mutating func model(_ model: FoundModel) -> SpecValue {
        let scaling = FoundScaling(model, in: tree)
        checkLiterals(model)
        checkKept(model)
        let (source, architecture) = source(of: model)
        let task = task(of: model, source)
        let priority = model.pod?["priorityClassName"].flatMap { value in
            ["critical", "standard", "best-effort"].first { value.text == "stowage-\($0)" }.map {
                SpecValue.plain($0, value.home)
            }
        }
        let home = (model.workload.root.at("metadata", "name") ?? model.workload.root).home
        var namespace: SpecValue?
        if model.namespace != defaultNamespace, !model.namespace.isEmpty {
            namespace = .string(
                model.namespace, (model.workload.root.at("metadata", "namespace") ?? model.workload.root).home)
        }
        let thresholds = scaling.scaler.map { "the thresholds of \($0.key.words)" } ?? "the levels of its alerts"
        let workloadClass = scaling.workloadClass.map { SpecValue.plain($0.rawValue, thresholds) }
        let context = model.arguments.flag("--max-model-len").flatMap { copied($0) }
        return .mapping([
            ("name", .string(model.name, home)), ("source", source), ("task", task),
            ("architecture", architecture), ("namespace", namespace),
            ("weights", weights(of: model)),
            ("serviceAccount", keeps(model) ? nil : serviceAccount(of: model)),
            ("class", workloadClass),
            ("priority", priority), ("instances", instances(of: model)), ("pool", pool(of: model)),
            ("context", context),
            ("sla", objectives(of: model, generates: task == nil)), ("replicas", replicas(of: model, scaling)),
            ("scaling", self.scaling(of: model, scaling)), ("headroom", headroom(of: model)), ("gpu", gpu(of: model)),
            ("serving", serving(of: model)),
            ("measured", measured(of: model, scaling)),
            ("labels", ownMetadata("labels", of: model)), ("annotations", ownMetadata("annotations", of: model)),
        ])
    }

    /// What a model that pools its input is for: embeddings, or scores where its head is that of a classifier.
    private func task(of model: FoundModel, _ source: SpecValue) -> SpecValue? {
        let traits = Catalog.model(named: source.text)?.traits ?? []
        let overrides = model.arguments.flag("--hf-overrides")?.value ?? ""
        guard let flag = model.arguments.flag("--task") ?? model.arguments.flag("--runner"),
            ["pooling", "embed", "embedding", "score", "classify", "reward"].contains(flag.value ?? "")
        else {
            // vLLM recognizes these by their architecture.
            guard traits.contains(.embedding) || traits.contains(.reranking) else { return nil }
            return .plain(traits.contains(.reranking) ? "rerank" : "embed", "the catalog: \(source.text)")
        }
        let ranks =
            ["score", "classify"].contains(flag.value) || overrides.mentions("ForSequenceClassification")
            || flag.value == "pooling" && traits.contains(.reranking)
        return .plain(ranks ? "rerank" : "embed", flag.place.home)
    }

    /// The value of a flag as it is.
    func copied(_ flag: ServerArguments.Flag) -> SpecValue? { flag.value.map { .plain($0, flag.place.home) } }

    /// The source of a model: what it loads, or the catalog's model of that name; with an architecture if the catalog has none.
    private mutating func source(of model: FoundModel) -> (SpecValue, SpecValue?) {
        if let asked = options.sources[model.name] { return (.string(asked, "--source"), nil) }
        let place = model.arguments.model?.place ?? model.container
        let text = model.arguments.model?.text ?? ""
        if let known = knownModel(of: model) {
            return (.string(known.name, known.name == text ? place.home : "\(place.home), by its name"), nil)
        }
        let isRepository = !text.hasPrefix("/") && !text.contains(":") && text.contains("/")
        let assumed = standIn(for: model)
        warning(
            "model-source-unknown", "the model that `\(model.name)` serves is not in the catalog", at: place,
            label: "`\(text)`",
            notes: assumed.map { ["an architecture that fits its GPUs is assumed: that of \($0.row.name)"] } ?? [],
            help: [
                "pass `--source \(model.name)=NAME` with a name that `stowage models list` prints, or correct `architecture`"
            ])
        return (.string(isRepository ? text : "unknown/\(model.name)", place.home), assumed?.architecture)
    }

    /// The catalog's model that it loads: by its name, or by the last part of a path, a volume or what it is served as.
    func knownModel(of model: FoundModel) -> ModelArchitecture? {
        let text = options.sources[model.name] ?? model.arguments.model?.text ?? ""
        if let known = Catalog.model(named: text) { return known }
        let names = [
            text.split(separator: "/").last.map(String.init) ?? "", served(model), mountedName(model), model.name,
        ]
        return names.lazy.filter { !$0.isEmpty }.compactMap { name in
            Catalog.models.first { plain($0.name.split(separator: "/").last ?? "") == plain(name[...]) }
        }.first
    }

    /// Its objectives: for tokens if it generates them, else for whole requests.
    private func objectives(of model: FoundModel, generates: Bool) -> SpecValue? {
        let served = served(model).isEmpty ? model.arguments.model?.text ?? "" : served(model)
        let latencies = generates ? ["timeToFirstToken", "timePerOutputToken"] : ["endToEndLatency"]
        return readObjectives(model.name, served: served, tree, fields: latencies + ["availability"])
    }

    /// The name under which it is served.
    private func served(_ model: FoundModel) -> String { model.arguments.flag("--served-model-name")?.value ?? "" }

    /// The last part of what is mounted where the model lies.
    private func mountedName(_ model: FoundModel) -> String {
        guard let location = weightsVolume(of: model) else { return "" }
        let reference =
            location.at("image", "reference")?.text ?? location.at("persistentVolumeClaim", "claimName")?.text
        return reference?.split(separator: "/").last?.split(separator: ":").first.map(String.init) ?? ""
    }

    /// The volume that the model's path is in.
    func weightsVolume(of model: FoundModel) -> ManifestValue? {
        guard let path = model.arguments.model?.text, path.hasPrefix("/") else { return nil }
        let mount = model.container["volumeMounts"]?.items?.first { mount in
            mount["mountPath"]?.text.map { path == $0 || path.hasPrefix($0 + "/") } ?? false
        }
        return model.pod?["volumes"]?.items?.first { $0["name"]?.text == mount?["name"]?.text }
    }

    /// The letters and digits of a name.
    private func plain(_ name: Substring) -> String { String(name.lowercased().filter { $0.isLetter || $0.isNumber }) }

    /// Where the weights are, their dtype, and the Secret to load them with.
    private func weights(of model: FoundModel) -> SpecValue? {
        var from: SpecValue?
        if let (text, place) = model.arguments.model {
            // A variable that is filled in later is no bucket.
            if text.wholeMatch(of: #/s3:\/\/[a-z0-9][a-z0-9.-]+[a-z0-9](\/[^${}]*)?/#) != nil {
                from = .string(text, place.home)
            }
            if let volume = weightsVolume(of: model) {
                if let claim = volume.at("persistentVolumeClaim", "claimName") {
                    from = .string("pvc://\(claim.text ?? "")", claim.home)
                } else if let image = volume.at("image", "reference") {
                    from = .string("oci://\(image.text ?? "")", image.home)
                }
            }
        }
        let quantization = model.arguments.flag("--quantization").flatMap { flag in
            flag.value == "fp8" && from == nil ? SpecValue.plain("fp8", flag.place.home) : nil
        }
        let dtype = model.arguments.flag("--dtype").flatMap { flag -> SpecValue? in
            switch flag.value {
            case "bfloat16": .plain("bf16", flag.place.home)
            case "float16", "half": .plain("fp16", flag.place.home)
            default: nil
            }
        }
        let token = model.container["env"]?.items?.first {
            ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"].contains($0["name"]?.text ?? "")
        }?.at("valueFrom", "secretKeyRef", "name")
        return SpecValue.mapping([
            ("from", from), ("dtype", quantization ?? dtype),
            ("tokenSecret", from == nil && !keeps(model) ? token.map { .string($0.text ?? "", $0.home) } : nil),
        ]).unlessEmpty
    }

    /// The ServiceAccount, with the role that its annotation names.
    private func serviceAccount(of model: FoundModel) -> SpecValue? {
        guard let name = model.pod?["serviceAccountName"], let text = name.text, text != "default" else { return nil }
        let role = tree.object("ServiceAccount", text, in: model.namespace)?
            .annotation("eks.amazonaws.com/role-arn").map { SpecValue.string($0.text ?? "", $0.home) }
        return .mapping([
            ("name", role != nil && text == model.name ? nil : .string(text, name.home)), ("roleArn", role),
        ])
    }

    /// The lowest and highest number of replicas.
    private mutating func replicas(of model: FoundModel, _ scaling: FoundScaling) -> SpecValue {
        let fixed = model.workload.spec?["replicas"]
        let place = scaling.bounds.max ?? fixed ?? model.workload.root
        warning(
            "traffic-unknown", "no manifest states the traffic of `\(model.name)`", at: place,
            label: "its replicas are kept",
            help: ["set `traffic` instead of `replicas`, so that Stowage can plan for it"])
        guard scaling.scaler != nil else {
            let count = fixed?.text ?? "1"
            let home = (fixed ?? model.workload.root).home
            return .mapping([("min", .plain(count, home)), ("max", .plain(count, home))])
        }
        let (least, most) = scaling.bounds
        if model.workloads.count > 1, let base = fixed?.integer, let surge = most?.integer {
            return .mapping([
                ("min", .plain("\(base)", (fixed ?? place).home)),
                ("max", .plain("\(base + surge)", "\((fixed ?? place).home) and \(place.home)")),
            ])
        }
        return .mapping([
            ("min", .plain(least?.text ?? (scaling.isKEDA ? "0" : "1"), (least ?? place).home)),
            ("max", .plain(most?.text ?? "100", place.home)),
        ])
    }

    /// The requests per second of a replica, from the time for which a rejected request counts in the load.
    private func requests(of scaling: FoundScaling) -> (value: Double, home: String)? {
        guard let concurrency = scaling.sustained["concurrency"], let stay = scaling.stay, stay > 0 else { return nil }
        return (concurrency.value / stay, concurrency.home)
    }

    /// What a replica sustains, as the thresholds and limits of the input say.
    private func measured(of model: FoundModel, _ scaling: FoundScaling) -> SpecValue? {
        func sustained(_ signal: String) -> (value: Double, home: String)? {
            if let known = scaling.sustained[signal] { return known }
            guard let row = scaling.workloadClass.map(WorkloadThresholds.row),
                let trigger = scaling.signals.first(where: { $0.signal == signal })
            else { return nil }
            return (trigger.threshold / row.up.value, "\(trigger.home), as \(shortest(row.up.value * 100))% of it")
        }
        let limit = model.arguments.flag("--max-num-seqs").flatMap { flag in
            flag.value.flatMap(Double.init).map { ($0, flag.place.home) }
        }
        guard let concurrency = sustained("concurrency") ?? limit else { return nil }
        return .mapping([
            ("concurrency", .plain("\(max(1, Int(concurrency.0.rounded())))", concurrency.1)),
            (
                "requestsPerSecond",
                (sustained("requests") ?? requests(of: scaling)).map {
                    .plain(shortest(($0.value * 1e6).rounded() / 1e6), $0.home)
                }
            ),
            ("kvCacheShare", sustained("kv-cache").map { .plain("\(shortest($0.value))%", $0.home) }),
        ])
    }
}
