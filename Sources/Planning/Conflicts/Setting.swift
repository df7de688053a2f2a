import Diagnostics
import Groundwork

/// A setting that a model could add, and that may help if it fits nowhere.
struct Setting: Sendable {
    /// The strongest form in words, such as `kvCacheDType: fp8`.
    let words: String
    /// Gives it to a model in the strongest form.
    let apply: @Sendable (inout ModelSpec) -> Void
    /// The same as edits of the text, the smallest change first.
    let edits: [SpecEdit]
    /// Whether everything that fits without it also fits with it.
    var isHarmless = false

    /// A spec in which one model has it.
    func applied(to spec: ClusterSpec, for name: String) -> ClusterSpec {
        var copy = spec
        for index in copy.models.indices where copy.models[index].name.value == name { apply(&copy.models[index]) }
        return copy
    }
}

/// Why a model does not fit, as far as settings matter.
enum Matter {
    /// Memory or latency: asking for less may help.
    case size
    /// Dtypes that no GPU supports.
    case format
    /// Something that no setting changes.
    case neither
}

/// All settings that a model could add, as lists of alternatives.
///
/// Requirements of the spec that are kept are not changed.
func settings(_ model: ModelSpec, _ workload: Workload, keeping kept: [Requirement], for matter: Matter) -> [[Setting]]
{
    func isFree(_ place: SourceRange?) -> Bool { !kept.contains { $0.range.beginning == place?.beginning } }
    let formats = isFree(model.weights.dtype?.range) ? formatSettings(model, workload) : []
    let experts = isFree(model.gpu.expertParallel?.range) ? expertSettings(model, workload) : []
    let all: [[Setting]]
    switch matter {
    case .neither: all = [experts]
    case .format: all = [formats, versionSettings(model, workload)]
    case .size:
        all =
            [
                isFree(model.serving.kvCacheDType?.range) && model.task.value.generates ? cacheSettings(model) : [],
                isFree(model.context?.range) ? contextSettings(model, workload) : [],
                formats,
                quantizeSettings(model, workload),
                isFree(model.gpu.tensorParallel?.range) ? countSettings(model, workload) : [], experts,
            ] + latencySettings(model).map { [$0] }
    }
    return all.filter { !$0.isEmpty }
}

/// A release of vLLM that runs the dtype on more GPUs.
private func versionSettings(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    // An image that the spec does not set follows the version.
    let (image, own) = (model.serving.image, model.serving.version.range?.beginning)
    if case .written = image.origin, image.range?.beginning != own { return [] }
    let later = Catalog.dtypes.filter { row in
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
    guard workload.isMoE, model.gpu.expertParallel?.value != true else { return [] }
    let words = "expertParallel: true"
    let edit = SpecEdit(model, "gpu", "expertParallel", to: "true", as: "gpu: {\(words)}")
    return [
        Setting(
            words: words, apply: { $0.gpu.expertParallel = Traced(true, .convention("tried")) },
            edits: [edit].compactMap { $0 })
    ]
}

/// No latency targets, if the spec sets none and the plan uses those of the class.
private func latencySettings(_ model: ModelSpec) -> [Setting] {
    func setting(_ key: String, _ apply: @escaping @Sendable (inout ModelSpec) -> Void) -> Setting {
        let words = "\(key): none"
        let edit = SpecEdit(model, "sla", key, to: "none", as: "sla: {\(words)}")
        return Setting(words: words, apply: apply, edits: [edit].compactMap { $0 }, isHarmless: true)
    }
    if !model.task.value.generates {
        let isDefault = model.objectives.endToEnd?.isDefault == true
        return isDefault ? [setting("endToEndLatency") { $0.sla.endToEnd = .none(nil) }] : []
    }
    let (first, tpot) = (model.objectives.ttft, model.objectives.tpot)
    if first?.isDefault == true, tpot?.isDefault == true, model.sla.availability == nil {
        return [
            setting("timeToFirstToken") { $0.sla.ttft = .none(nil) },
            setting("timePerOutputToken") { $0.sla.tpot = .none(nil) }, bothLatencies(model),
        ]
    }
    return (first?.isDefault == true ? [setting("timeToFirstToken") { $0.sla.ttft = .none(nil) }] : [])
        + (tpot?.isDefault == true ? [setting("timePerOutputToken") { $0.sla.tpot = .none(nil) }] : [])
}

/// Neither latency target, if the spec has no `sla`.
private func bothLatencies(_ model: ModelSpec) -> Setting {
    let text = "{timeToFirstToken: none, timePerOutputToken: none}"
    return Setting(
        words: "timePerOutputToken: none",
        apply: {
            $0.sla.ttft = .none(nil)
            $0.sla.tpot = .none(nil)
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

/// Other dtypes in which the weights are available.
///
/// The dtype of weights from another place is a fact, not a choice.
func formatSettings(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    let written = model.weights.dtype?.value
    // Without a dtype, a model may be allowed to convert 16 bits to 8, which leaves the choice to the plan.
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

/// Permission to convert weights to 8 bits, if they have more.
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

/// Numbers of GPUs that are not tried by default, because they are not powers of two.
func countSettings(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    guard case .whole = model.gpu.share.value, !model.gpu.computeDomain.value else { return [] }
    return countsThatDivide(model, workload).filter { !gpuCounts.contains($0) }.map { count in
        let words = "tensorParallel: \(count)"
        return Setting(
            words: words, apply: { $0.gpu.tensorParallel = Traced(count, .convention("tried")) },
            edits: [SpecEdit(model, "gpu", "tensorParallel", to: "\(count)", as: "gpu: {\(words)}")].compactMap { $0 })
    }
}

/// The numbers of GPUs of an instance among which a model's weights divide evenly, on any GPU.
func countsThatDivide(_ model: ModelSpec, _ workload: Workload) -> [Int] {
    let most = Catalog.instanceTypes.filter(\.isUsable).map(\.gpuCount).max() ?? 0
    return (1...max(1, most)).filter { workload.loads(over: $0, model) }
}

/// Weights with fewer bits than the published ones, which may exist elsewhere: the user has to name the place.
func otherWeights(_ model: ModelSpec, _ workload: Workload) -> [Setting] {
    let published = workload.architecture.nativeDType.size.value
    let bytes = min(workload.dtype.value.size.value, published)
    // 4-bit dtypes differ only in their scales, which is no reason to look for other weights.
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

/// The shortest context that fits a model's requests.
func leastContext(_ model: ModelSpec) -> Int {
    max((model.traffic?.inputTokens.value ?? 0) + (model.traffic?.outputTokens?.value ?? 0), 1024)
}
