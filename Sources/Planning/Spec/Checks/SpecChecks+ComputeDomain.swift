import Diagnostics
import Groundwork
import YAML

/// Checks that a model's replicas can claim the channel of a ComputeDomain with their GPUs.
func checkComputeDomain(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let domain = model.gpu.computeDomain
    guard domain.value else { return }
    let name = model.name.value
    let leaveOut = Help("remove `computeDomain`", .removing(domain.range))
    if model.gpu.allocate.value != .dra {
        report.error(
            "computedomain-without-claims", "the ComputeDomain of `\(name)` requires `allocate: dra`", at: domain.range,
            label: "the channel of a ComputeDomain is a claimed device",
            notes: [.init("the device plugin allocates its GPUs", at: model.gpu.allocate.range)],
            help: claimHelp(model, platform, "to claim GPUs and the channel") + [leaveOut])
    }
    if model.gpu.share.value != .whole {
        report.error(
            "computedomain-with-gpu-shares", "the ComputeDomain of `\(name)` requires whole GPUs", at: domain.range,
            label: "a node has one channel for a domain, so its replica uses all of its GPUs",
            notes: [.init("sharing is set here", at: model.gpu.share.range)],
            help: [Help("set `share: whole`", .replacing(model.gpu.share.range, by: "whole")), leaveOut])
    }
    guard let driver = platform.gpu.draDriver, !Component.draDriver.offers(.computeDomains, at: driver.value),
        let first = Component.draDriver.first(.computeDomains)
    else { return }
    report.error(
        "computedomain-too-early", "DRA driver \(driver.value.text) is not known to support ComputeDomains",
        at: domain.range,
        label: "known from \(first.text) on", notes: [.init("the version is set here", at: driver.range)],
        help: ["use DRA driver \(first.text) or later", leaveOut])
}
