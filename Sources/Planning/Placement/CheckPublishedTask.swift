import Diagnostics
import Groundwork
import YAML

/// Reports a task that the model cannot do, and fields that its kind of attention rules out.
func checkPublishedTask(_ model: ModelSpec, _ architecture: ModelArchitecture, _ report: inout Report) {
    let (task, published) = (model.task, architecture.task)
    let source = Diagnostic.Note("the model is named here", at: model.source.range)
    if published != .generate, published != task.value {
        report.error(
            "task-of-another-model",
            "`\(model.source.value)` \(published.words), and the task of `\(model.name.value)` is `\(task.value.rawValue)`",
            at: task.range ?? model.source.range,
            label: task.range == nil ? "`task` is `generate` by default" : "not what the model does",
            notes: task.range == nil ? [] : [source],
            help: [
                Help("set `task: \(published.rawValue)`", anyOf: [model.becoming(published)])
            ])
        return
    }
    if task.value == .rerank, published == .generate, !architecture.traits.contains(.yesOrNo),
        !model.overridesArchitecture
    {
        report.error(
            "reranker-without-classifier",
            "`\(model.source.value)` generates text: it has no classifier that scores a document", at: task.range,
            label: "vLLM has nothing to score with", notes: [source],
            help: [
                "use a reranker, such as `BAAI/bge-reranker-v2-m3` or `Qwen/Qwen3-Reranker-0.6B`",
                "if the model answers `yes` or `no`, tell vLLM in `extraArgs`: `--hf-overrides={\"architectures\": …}`",
            ])
    }
    checkAttention(model, architecture, &report)
}

/// Reports fields that make no sense if each token of a prompt attends to all others.
private func checkAttention(_ model: ModelSpec, _ architecture: ModelArchitecture, _ report: inout Report) {
    guard architecture.traits.contains(.bidirectional) else { return }
    let note = Diagnostic.Note("each token of a prompt attends to all others in this model", at: model.source.range)
    if model.task.value.generates {
        report.error(
            "generation-by-bidirectional-model",
            "`\(model.name.value)` attends in both directions and cannot generate text", at: model.source.range,
            label: "each token attends to all others",
            help: [
                Help("set `task: embed`", anyOf: [model.becoming(.embed)])
            ])
    }
    if let rate = model.traffic?.prefixHitRate, rate.value > 0 {
        report.error(
            "prefix-of-bidirectional-model", "`\(model.name.value)` has no prefix cache", at: rate.range,
            label: "no part of a prompt is computed before the rest", notes: [note],
            help: [Help("remove `prefixHitRate`", .removing(rate.range))])
    }
    if let batched = model.serving.maxNumBatchedTokens, let context = model.context, batched.value < context.value {
        report.error(
            "step-shorter-than-context",
            "`maxNumBatchedTokens` of `\(model.name.value)` is \(batched.value), less than `context`, \(context.value)",
            at: batched.range, label: "vLLM does not divide a prompt of this model", notes: [note],
            help: [
                Help("set at least `\(context.value)`", replacing: batched.range, by: ["\(context.value)"])
            ])
    }
}

extension ModelSpec {
    /// The changes of the spec's text that give the model another task, with the fields that it has then.
    fileprivate func becoming(_ task: ModelTask) -> [NodeChange] {
        let output = task.generates ? nil : traffic?.outputTokens?.range
        return [setting("task", to: task.rawValue)] + [output.flatMap { .removing($0) }].compactMap { $0 }
    }

    /// Whether an argument tells vLLM that its architecture is another one.
    var overridesArchitecture: Bool {
        serving.extraArgs.contains { $0.value.hasPrefix("--hf-overrides") || $0.value.hasPrefix("--hf_overrides") }
    }
}
