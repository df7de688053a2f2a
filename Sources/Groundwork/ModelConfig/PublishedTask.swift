import Diagnostics
import YAML

/// Finds out what a model is published for; nil if that cannot be planned, or is another task than that of the spec, which is reported.
///
/// A model that generates text can be served for its embeddings.
func publishedTask(_ whole: Node, _ text: Node, for task: ModelTask?, _ report: inout Report) -> ModelTask? {
    let types = [text["model_type"], whole["model_type"]].compactMap { $0 }
    let rows = types.compactMap { node in node.scalar.flatMap { ModelType.named($0.text) }.map { (node, $0.task) } }
    let stated = architecture(of: whole).flatMap { node in
        node.scalar.flatMap { ModelType.Task(architecture: $0.text) }.map { (node, $0) }
    }
    let found = rows.first { $0.1.planned == nil } ?? stated ?? rows.first { $0.1 != .generate }
    guard let (node, published) = found else { return .generate }
    let name = node.scalar?.text ?? ""
    guard let planned = published.planned else {
        report.error(
            "unsupported-model", "`\(name)` is not supported: \(published.rejection ?? "")", at: node.range,
            label: "not supported", help: ["plan models that generate text, embed or rerank"])
        return nil
    }
    if let task, task != planned {
        report.error(
            "task-of-another-model", "`\(name)` \(planned.words), and the task of the model is `\(task.rawValue)`",
            at: node.range, label: "not for this task", help: ["set `task: \(planned.rawValue)`"])
        return nil
    }
    if planned == .rerank, let labels = labelCount(whole), labels.count != 1 {
        report.error(
            "unsupported-model", "`\(name)` puts text into \(labels.count) classes: vLLM scores only with one",
            at: labels.range, label: "not a reranker", help: ["plan models that generate text, embed or rerank"])
        return nil
    }
    return planned
}

/// The name of the architecture of a model.
func architecture(of whole: Node) -> Node? { whole["architectures"]?.items?.first ?? whole["_class_name"] }

/// The number of classes of a classifier; nil if it is not written.
private func labelCount(_ whole: Node) -> (count: Int, range: SourceRange)? {
    if let node = whole["num_labels"], case .integer(let count)? = node.scalar?.meaning { return (count, node.range) }
    guard let entry = whole.entries?.first(where: { $0.key == "id2label" }) else { return nil }
    return entry.value.entries.map { ($0.count, entry.keyRange) }
}
