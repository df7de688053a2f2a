import Diagnostics
import Groundwork
import YAML

/// Rejects fields that make no sense for the task of a model.
func checkTask(_ model: ModelSpec, _ report: inout Report) {
    if model.task.value.generates { checkGenerating(model, &report) } else { checkPooling(model, &report) }
}

/// A field that belongs to other tasks.
private struct StrayField {
    /// The field or feature, as `speculative decoding`.
    let what: String
    let range: SourceRange?
    let help: Help
}

/// Rejects what a model that generates no tokens does not have.
private func checkPooling(_ model: ModelSpec, _ report: inout Report) {
    let (sla, serving) = (model.sla, model.serving)
    let least = MetricName.endToEndLatency.metric.bounds.first ?? 0
    func latency(_ key: String, _ setting: LatencySetting, becomesEndToEnd: Bool = false) -> StrayField? {
        let range: SourceRange?
        switch setting {
        case .unset: return nil
        case .none(let place): range = place
        case .target(let target): range = target.range
        }
        let help =
            becomesEndToEnd && sla.endToEndLatency == nil && setting.target.map { $0.seconds.value >= least } == true
            ? Help("set `endToEndLatency` instead", replacing: range, by: ["endToEndLatency"])
            : Help("remove `\(key)`; the target of such a model is `endToEndLatency`", .removing(range))
        return StrayField(what: "`\(key)`", range: range, help: help)
    }
    func field(_ what: String, _ range: SourceRange?, _ help: String) -> StrayField? {
        range.map { StrayField(what: what, range: $0, help: Help(help, .removing($0))) }
    }
    let measured = model.measured
    let fields = [
        field("`output`", model.traffic?.outputTokens?.range, "remove `output`"),
        latency("timeToFirstToken", sla.ttft, becomesEndToEnd: true),
        latency("timePerOutputToken", sla.tpot),
        field(
            "`timeToFirstToken`", measured?.timeToFirstToken?.range,
            "remove `timeToFirstToken`; set `endToEndLatency` as measured"),
        field("`timePerOutputToken`", measured?.timePerOutputToken?.range, "remove `timePerOutputToken`"),
        field("`kvCacheShare`", measured?.kvCacheShare?.range, "remove `kvCacheShare`"),
        field("`kvCacheDType`", serving.kvCacheDType?.range, "remove `kvCacheDType`"),
        field("speculative decoding", serving.speculation?.range, "remove the argument"),
    ]
    for stray in fields.compactMap({ $0 }) { reject(stray, model, &report) }
    let signals = model.scaling.on
    for signal in signals where signal.value == .kvCache {
        let isExtra = signals.contains { $0.value == .concurrency }
        let change = isExtra ? NodeChange.removing(signal.range) : .replacing(signal.range, by: "concurrency")
        reject(
            StrayField(
                what: "scaling on `\(signal.value.rawValue)`", range: signal.range,
                help: Help("scale on `concurrency`, the requests that run or wait", change)),
            model, &report)
    }
}

/// Rejects what only a model that generates no tokens has.
private func checkGenerating(_ model: ModelSpec, _ report: inout Report) {
    let range: SourceRange?
    switch model.sla.endToEnd {
    case .unset: range = model.measured?.endToEndLatency?.range
    case .none(let place): range = place
    case .target(let target): range = target.range
    }
    guard let range else { return }
    reject(
        StrayField(
            what: "`endToEndLatency`", range: range,
            help: "set `timeToFirstToken` and `timePerOutputToken`, which do not depend on the length of an answer"),
        model, &report)
}

private func reject(_ field: StrayField, _ model: ModelSpec, _ report: inout Report) {
    let task = model.task
    report.error(
        "field-of-another-task",
        "\(field.what) does not apply to `\(model.name.value)`, a model with `task: \(task.value.rawValue)`",
        at: field.range,
        label: "applies to \(task.value.generates ? "`task: embed` and `task: rerank`" : "`task: generate`")",
        notes: task.range.map { [.init("the task is set here", at: $0)] } ?? [], help: [field.help])
}
