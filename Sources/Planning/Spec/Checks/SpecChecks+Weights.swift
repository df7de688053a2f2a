import Diagnostics
import Groundwork
import YAML

/// Warns of weights on Hugging Face without an owner: a few old models are still found so, and nothing else is.
func checkWeights(_ model: ModelSpec, _ report: inout Report) {
    guard case .written(let range) = model.weights.from.origin,
        case .huggingFace(let repository) = model.weights.from.value, !repository.contains("/")
    else { return }
    let known = Catalog.models.map(\.name).filter { $0.hasSuffix("/\(repository)") }
    report.warning(
        "weights-without-owner", "`from` is `hf://\(repository)`, which lacks the owner of the model", at: range,
        label: "Hugging Face finds a few old models so",
        help: known.map { Help(meaning: "hf://\($0)", at: range) } + ["a model is written `hf://owner/model`"])
}
