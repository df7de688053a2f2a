import Diagnostics
import Groundwork
import YAML

/// Checks the volume of the nodes against the limits of EBS, and the AMI against what creates the nodes.
func checkNodeSettings(_ spec: ClusterSpec, _ report: inout Report) {
    let volume = spec.platform.nodes.volume
    if volume.type.value == .gp3 {
        checkGP3(volume, &report)
    } else {
        checkProvisioned(volume, &report)
    }
    let mostTags = Int(Thresholds.mostTags.value)
    if spec.platform.tags.count > mostTags {
        report.error(
            "too-many-tags", "`tags` has \(spec.platform.tags.count) tags", at: spec.platform.tags[mostTags].key.range,
            label: "must be at most \(mostTags): EC2 allows 50, of which Karpenter, EKS and Stowage set some")
    }
    let ami = spec.platform.gpu.ami
    guard ami.value.alias == nil, ami.value.id == nil, ami.range != nil else { return }
    for model in spec.models {
        guard case .managed = nodeSupply(model, spec.platform).value else { continue }
        report.error(
            "ami-of-node-group",
            "the managed node group of `\(model.name.value)` cannot find its AMI by tags or by an SSM parameter",
            at: ami.range, label: "only Karpenter can", help: ["set the `id` of the AMI"])
        return
    }
}

private func checkGP3(_ volume: VolumeSpec, _ report: inout Report) {
    let base = Int(Thresholds.gp3IOPS.value)
    if let iops = volume.iops {
        let most = Int(Thresholds.mostGP3IOPS.value)
        if iops.value < base || iops.value > most {
            report.error(
                "volume-iops-out-of-range", "`iops` of a gp3 volume is \(iops.value)", at: iops.range,
                label: "must be \(base) to \(most)")
        } else if let size = volume.size, Double(iops.value) > Thresholds.gp3IOPSPerGiB.value * Double(size.value) {
            report.error(
                "volume-iops-out-of-range",
                "`iops` is \(iops.value), more than a gp3 volume of \(size.value) GiB offers",
                at: iops.range, label: "at most \(Thresholds.gp3IOPSPerGiB.text) per GiB",
                notes: [.init("the size is set here", at: size.range)])
        }
    }
    guard let throughput = volume.throughput else { return }
    let iops = volume.iops?.value ?? base
    if Double(throughput.value) > Thresholds.gp3ThroughputPerIOPS.value * Double(iops) {
        let needed = Int((Double(throughput.value) / Thresholds.gp3ThroughputPerIOPS.value).rounded(.up))
        report.error(
            "volume-throughput-too-high",
            "`throughput` is \(throughput.value) MiB/s, more than \(iops) IOPS of gp3 allow",
            at: throughput.range, label: "at most \(Thresholds.gp3ThroughputPerIOPS.text) MiB/s per IOPS",
            help: ["set `iops` to at least \(needed)"])
    }
}

private func checkProvisioned(_ volume: VolumeSpec, _ report: inout Report) {
    let type = volume.type.value.rawValue
    if volume.iops == nil {
        report.error(
            "volume-without-iops", "an \(type) volume must have `iops`", at: volume.type.range,
            label: "has no default", help: ["set `iops`, or use gp3"])
    }
    if let throughput = volume.throughput {
        report.error(
            "volume-throughput-of-other-type", "an \(type) volume has no `throughput`", at: throughput.range,
            label: "for gp3 only", help: [Help("remove `throughput`", .removing(throughput.range))])
    }
}
