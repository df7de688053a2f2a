import Diagnostics
import Groundwork
import YAML

/// Checks a model on nodes that exist already.
func checkExistingPool(_ model: ModelSpec, _ spec: ClusterSpec, _ report: inout Report) {
    guard let pool = model.existing else { return }
    let name = model.name.value
    let here = [Diagnostic.Note("the nodes are described here", at: pool.name.range)]
    if model.gpu.share.value != .whole || model.gpu.allocate.value == .dra {
        let isShared = model.gpu.share.value != .whole
        report.error(
            "existing-nodes-not-divided",
            "`\(name)` \(isShared ? "shares GPUs" : "claims its GPUs") on nodes that exist already, which is not supported",
            at: isShared ? model.gpu.share.range : model.gpu.allocate.range,
            label: "only whole GPUs of a device plugin", notes: here,
            help: ["use whole GPUs, or nodes of the spec: remove `existing`"])
    }
    if let nodes = model.gpu.nodes {
        report.error(
            "nodes-of-existing-pool", "`nodes` of `\(name)` is set, and its nodes exist already", at: nodes.range,
            label: "no effect", notes: here, help: [Help("remove `nodes`", .removing(nodes.range))])
    }
    let types = pool.instances.compactMap { written in
        Catalog.instanceType(named: written.value).map { (type: $0, range: written.range) }
    }
    if let first = types.first, let other = types.first(where: { $0.type.gpuID != first.type.gpuID }) {
        report.error(
            "existing-nodes-of-two-gpus",
            "`\(first.type.name)` and `\(other.type.name)` have different GPUs: \(first.type.gpuID) and \(other.type.gpuID)",
            at: other.range, label: "a Deployment has one GPU product",
            help: ["list types of one GPU product, and add a label that only their nodes have"])
    }
    guard
        let other = spec.models.first(where: { $0.existing?.name.value == pool.name.value })?.existing,
        !pool.isSame(as: other)
    else { return }
    report.error(
        "existing-nodes-described-twice", "`\(pool.name.value)` is described in two ways", at: pool.name.range,
        label: "differs from the first description", notes: [.init("it is first described here", at: other.name.range)],
        help: ["describe it the same way for each model"])
}
