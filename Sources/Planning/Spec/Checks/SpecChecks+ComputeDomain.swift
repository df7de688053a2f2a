import Diagnostics
import Groundwork
import YAML

/// Checks that a model's replicas can claim the channel of a ComputeDomain beside their GPUs.
func checkComputeDomain(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let domain = model.gpu.computeDomain
    guard domain.value else { return }
    let name = model.name.value
    let leaveOut = Help("leave out `computeDomain`", .removing(domain.range))
    if model.gpu.allocate.value != .dra {
        report.error(
            "domain-without-claims", "`\(name)` is to form a ComputeDomain, and it claims nothing", at: domain.range,
            label: "a domain's channel is a device to claim",
            notes: [.init("the device plugin hands out its GPUs", at: model.gpu.allocate.range)],
            help: claimHelp(model, platform, "claims GPUs and channel") + [leaveOut])
    }
    if model.gpu.share.value != .whole {
        report.error(
            "domain-of-parts", "`\(name)` is to form a ComputeDomain of parts of GPUs", at: domain.range,
            label: "a node has one channel for a domain: its replica takes all of its GPUs",
            notes: [.init("the part is chosen here", at: model.gpu.share.range)],
            help: [Help("`share: whole`", .replacing(model.gpu.share.range, by: "whole")), leaveOut])
    }
    guard let driver = platform.gpu.draDriver, !Component.draDriver.offers(.computeDomains, at: driver.value),
        let first = Component.draDriver.first(.computeDomains)
    else { return }
    report.error(
        "domain-too-early", "the DRA driver \(driver.value.text) is not known to make ComputeDomains", at: domain.range,
        label: "known from \(first.text) on", notes: [.init("the version is given here", at: driver.range)],
        help: ["run the driver \(first.text) or later", leaveOut])
}
