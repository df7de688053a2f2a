import Diagnostics
import Groundwork
import YAML

/// Warns about a block size for weights without blocks.
func checkScaleBlock(_ model: ModelSpec, _ block: Traced<Int>?, _ format: DType, _ report: inout Report) {
    guard let size = model.weights.blockSize, block == nil else { return }
    report.warning(
        "unused-block-size",
        "the weights of `\(model.name.value)` are loaded in `\(format.rawValue)` and have no blocks that share a scale",
        at: size.range, label: "has no effect", help: [Help("remove `blockSize`", .removing(size.range))])
}
