import Diagnostics
import Groundwork

/// Warns about commitments for instances that no pool has on demand.
func checkCommitments(_ spec: ClusterSpec, _ pools: [PoolPlan], _ prices: PriceList, _ report: inout Report) {
    let used = Set(
        pools.filter { !$0.isSpot }.flatMap(\.hardware.types).compactMap(prices.commitment).map(\.instances.value))
    for commitment in spec.platform.commitments
    where !used.contains(commitment.instances.value)
        && Catalog.instanceTypes.contains(where: { $0.isNamed(commitment.instances.value) })
    {
        report.warning(
            "commitment-without-effect", "no node on demand is a `\(commitment.instances.value)`",
            at: commitment.instances.range,
            label: "the discount applies to nothing",
            help: [
                "set `instances: {prefer: [\(commitment.instances.value)]}` to place a model on what is committed, if it fits"
            ])
    }
}
