import Diagnostics
import Groundwork
import YAML

/// Reports whole experts on each GPU for a dense model: vLLM exits at startup with that argument.
func checkExperts(_ model: ModelSpec, _ architecture: ModelArchitecture, _ report: inout Report) {
    guard let asked = model.gpu.expertParallel, asked.value, architecture.experts == nil else { return }
    report.error(
        "expert-parallel-without-experts", "`\(model.name.value)` is a dense model and has no experts",
        at: asked.range, label: "vLLM rejects `--enable-expert-parallel` for it",
        notes: [.init("the model is named here", at: model.source.range)],
        help: [Help("remove `expertParallel`", .removing(asked.range))])
}
