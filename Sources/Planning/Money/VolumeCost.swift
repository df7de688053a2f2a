import Groundwork

/// The price of a node's root volume, dollars per month.
func volumePerMonth(_ pool: PoolPlan) -> Reasoned {
    if pool.existing != nil {
        return .given("volumes of others", 0, "$/month", .convention("who owns the nodes pays for their volumes"))
    }
    let volume = pool.hardware.volume
    let hasNVMe = pool.hardware.types.allSatisfy { $0.nvmeGB > 0 }
    let size = rootVolumeSize(volume, hasNVMe: hasNVMe).named("root volume", "GiB")
    guard volume.type.value == .gp3 else {
        let storage = size * Thresholds.provisionedVolumePrice.reasoned
        return storage + volume.iops.map { $0.named("IOPS", "IOPS") * Thresholds.provisionedIOPSPrice.reasoned }
    }
    let further = volume.iops.map { iops in
        Reasoned.maximum(0, iops.named("IOPS", "IOPS") - Thresholds.gp3IOPS.reasoned)
            * Thresholds.gp3IOPSPrice.reasoned
    }
    let faster = volume.throughput.map { throughput in
        Reasoned.maximum(0, throughput.named("throughput", "MiB/s") - Thresholds.gp3Throughput.reasoned)
            * Thresholds.gp3ThroughputPrice.reasoned
    }
    return size * Thresholds.volumePrice.reasoned + further + faster
}

/// Adds a part of a price that may be absent.
private func + (sum: Reasoned, part: Reasoned?) -> Reasoned { part.map { sum + $0 } ?? sum }
