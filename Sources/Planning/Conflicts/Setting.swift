import Diagnostics
import Groundwork

/// Something that a model could be told besides what it is told, and that may help where nothing fits it.
struct Setting: Sendable {
    /// The strongest form in words, such as `kvCacheDType: fp8`.
    let words: String
    /// Gives it to a model in the strongest form.
    let apply: @Sendable (inout ModelSpec) -> Void
    /// The same as changes of the text, the mildest first.
    let edits: [SpecEdit]
    /// Whether whatever fits without it fits with it too.
    var isHarmless = false

    /// A spec in which one model has it.
    func applied(to spec: ClusterSpec, for name: String) -> ClusterSpec {
        var copy = spec
        for index in copy.models.indices where copy.models[index].name.value == name { apply(&copy.models[index]) }
        return copy
    }
}

/// What keeps a model from fitting, as far as settings are concerned.
enum Matter {
    /// Memory or time: less of anything may help.
    case size
    /// Number formats that no GPU computes in.
    case format
    /// Something that no setting changes.
    case neither
}

/// Everything that a model could be told besides, as lists of which one is chosen each.
///
/// What the spec writes and is to be kept is left as it is.
func settings(_ model: ModelSpec, _ workload: Workload, keeping kept: [Wish], for matter: Matter) -> [[Setting]] {
    func isFree(_ place: SourceRange?) -> Bool { !kept.contains { $0.range.start == place?.start } }
    let formats = isFree(model.weights.dtype?.range) ? formatSettings(model, workload) : []
    let experts = isFree(model.gpu.expertParallel?.range) ? expertSettings(model, workload) : []
    let all: [[Setting]]
    switch matter {
    case .neither: all = [experts]
    case .format: all = [formats, versionSettings(model, workload)]
    case .size:
        all =
            [
                isFree(model.serving.kvCacheDType?.range) ? cacheSettings(model) : [],
                isFree(model.context?.range) ? contextSettings(model, workload) : [],
                formats,
                quantizeSettings(model, workload),
                isFree(model.gpu.tensorParallel?.range) ? countSettings(model, workload) : [], experts,
            ] + latencySettings(model).map { [$0] }
    }
    return all.filter { !$0.isEmpty }
}

/// A release of vLLM that runs the number format on more GPUs.
private func versionSettings(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    // An image that the spec does not write follows the version.
    let (image, own) = (model.serving.image, model.serving.version.range?.start)
    if case .written = image.origin, image.range?.start != own { return [] }
    let later = Catalog.numberFormats.filter { row in
        row.format == workload.dtype.value && row.use == .weights && workload.release < row.releases.from
    }
    return later.map(\.releases.from).sorted().prefix(1).map { version in
        let words = "version: \"\(version.text)\""
        let edit = SpecEdit(model, "serving", "version", to: "\"\(version.text)\"", as: "serving: {\(words)}")
        return Setting(
            words: words, apply: { $0.serving.version = Traced(version, .convention("tried")) },
            edits: [edit].compactMap { $0 })
    }
}

/// Whole experts on each GPU instead of a part of each.
private func expertSettings(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    guard workload.isMixture, model.gpu.expertParallel?.value != true else { return [] }
    let words = "expertParallel: true"
    let edit = SpecEdit(model, "gpu", "expertParallel", to: "true", as: "gpu: {\(words)}")
    return [
        Setting(
            words: words, apply: { $0.gpu.expertParallel = Traced(true, .convention("tried")) },
            edits: [edit].compactMap { $0 })
    ]
}

/// No latencies to keep where the spec asks for none and the plan keeps those of the class.
private func latencySettings(_ model: ModelSpec) -> [Setting] {
    func setting(_ key: String, _ apply: @escaping @Sendable (inout ModelSpec) -> Void) -> Setting {
        let words = "\(key): none"
        let edit = SpecEdit(model, "sla", key, to: "none", as: "sla: {\(words)}")
        return Setting(words: words, apply: apply, edits: [edit].compactMap { $0 }, isHarmless: true)
    }
    let (first, pace) = (model.objectives.firstToken, model.objectives.perOutputToken)
    if first?.isDefault == true, pace?.isDefault == true, model.sla.availability == nil {
        return [
            setting("timeToFirstToken") { $0.sla.firstToken = .none(nil) },
            setting("timePerOutputToken") { $0.sla.outputToken = .none(nil) }, bothLatencies(model),
        ]
    }
    return (first?.isDefault == true ? [setting("timeToFirstToken") { $0.sla.firstToken = .none(nil) }] : [])
        + (pace?.isDefault == true ? [setting("timePerOutputToken") { $0.sla.outputToken = .none(nil) }] : [])
}

/// Neither latency, where the spec has no word about what is promised.
private func bothLatencies(_ model: ModelSpec) -> Setting {
    let text = "{timeToFirstToken: none, timePerOutputToken: none}"
    return Setting(
        words: "timePerOutputToken: none",
        apply: {
            $0.sla.firstToken = .none(nil)
            $0.sla.outputToken = .none(nil)
        }, edits: [SpecEdit(model, "sla", to: text, as: "sla: \(text)")].compactMap { $0 }, isHarmless: true)
}

/// The KV cache in 8 bits.
func cacheSettings(_ model: ModelSpec) -> [Setting] {
    guard model.serving.kvCacheDType?.value != .fp8 else { return [] }
    let words = "kvCacheDType: fp8"
    let edit = SpecEdit(model, "serving", "kvCacheDType", to: "fp8", as: "serving: {\(words)}")
    return [
        Setting(
            words: words, apply: { $0.serving.kvCacheDType = Traced(.fp8, .convention("tried")) },
            edits: [edit].compactMap { $0 })
    ]
}

private func contextSettings(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    let least = leastContext(model)
    let now = workload.context.value
    guard least < now else { return [] }
    let shorter = contextLengths.filter { $0 < now && $0 > least } + [least]
    return [
        Setting(
            words: "context: \(contextLength(least))", apply: { $0.context = Traced(least, .convention("tried")) },
            edits: shorter.compactMap { length in
                let words = contextLength(length)
                return SpecEdit(model, "context", to: words, as: "context: \(words)")
            }, isHarmless: true)
    ]
}

/// Other number formats that the weights are to be had in.
///
/// Of weights from another place the format is a fact, and nothing to be chosen.
func formatSettings(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    let written = model.weights.dtype?.value
    // Without a format of its own a model may be given the leave to turn 16 bits into 8, which leaves the choice to the plan.
    let formats: [DType] = written == nil ? [.fp16] : [.fp16, .fp8]
    return formats.filter { format in
        var report = Report()
        return !model.hasOwnWeights && format != workload.dtype.value
            && isLoadable(model, format, workload.architecture, &report)
    }.map { format in
        let words = "dtype: \(format.rawValue)"
        let edit = SpecEdit(
            model, "weights", "dtype", to: format.rawValue, as: written == nil ? "weights: {\(words)}" : words)
        return Setting(
            words: words, apply: { $0.weights.dtype = Traced(format, .convention("tried")) },
            edits: [edit].compactMap { $0 })
    }
}

/// The leave to turn weights into 8 bits, where they have more.
func quantizeSettings(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    guard model.weights.dtype == nil, model.weights.quantize.value == .never,
        workload.dtype.value.size.value > DType.fp8.size.value
    else {
        return []
    }
    let words = "quantize: allowed"
    let edit = SpecEdit(model, "weights", "quantize", to: "allowed", as: "weights: {\(words)}")
    return [
        Setting(
            words: words, apply: { $0.weights.quantize = Traced(.allowed, .convention("tried")) },
            edits: [edit].compactMap { $0 })
    ]
}

/// Numbers of GPUs that are not tried by themselves, being no powers of two.
func countSettings(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    guard case .whole = model.gpu.share.value, !model.gpu.computeDomain.value else { return [] }
    return countsThatDivide(model, workload).filter { !gpuCounts.contains($0) }.map { count in
        let words = "tensorParallel: \(count)"
        return Setting(
            words: words, apply: { $0.gpu.tensorParallel = Traced(count, .convention("tried")) },
            edits: [SpecEdit(model, "gpu", "tensorParallel", to: "\(count)", as: "gpu: {\(words)}")].compactMap { $0 })
    }
}

/// The numbers of GPUs of an instance over which a model's weights divide, on any of them.
func countsThatDivide(_ model: ModelSpec, _ workload: Workload) -> [Int] {
    let most = Catalog.instanceTypes.filter(\.isUsable).map(\.gpuCount).max() ?? 0
    return (1...max(1, most)).filter { workload.loads(over: $0, model) }
}

/// Weights in fewer bits than the published ones, as somebody may have put them elsewhere: which, is for a person to say.
func otherWeights(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    let published = workload.architecture.nativeDType.size.value
    let bytes = min(workload.dtype.value.size.value, published)
    // Formats of 4 bits differ in what stands beside them, and that is no reason to look for other weights.
    let formats = [DType.fp8, .int4].filter { format in
        bytes >= DType.fp8.size.value && (format.size.value < bytes || workload.isQuantized)
    }
    let edits = formats.compactMap { format in
        let ending = "dtype: \(format.rawValue)}"
        var edit = SpecEdit(
            model, "weights", to: "{from: \"hf://owner/model\", \(ending)", as: "weights: {from: …, \(ending)")
        edit?.isPattern = true
        return edit
    }
    guard let last = formats.last else { return [] }
    return [
        Setting(
            words: "weights: {from: …, dtype: \(last.rawValue)}",
            apply: {
                $0.weights.from = Traced(.huggingFace("owner/model"), .convention("tried"))
                $0.weights.dtype = Traced(last, .convention("tried"))
            }, edits: edits)
    ]
}

/// The context lengths that are proposed, the longest first.
let contextLengths = [1024, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1].map { $0 * 1024 }

/// The shortest context in which a model's requests have room.
func leastContext(_ model: ModelSpec) -> Int {
    max((model.traffic?.inputTokens.value ?? 0) + (model.traffic?.outputTokens.value ?? 0), 1024)
}
