import Groundwork

/// The expected hourly price of a node of a pool: that of its cheapest type less the discount of a commitment, on spot less the discount of the spec or of the catalog.
///
/// If surges of one elastic pool need nodes of different sizes, it is the mean of these.
func nodePrice(_ pool: PoolPlan, _ running: RunningNodes, _ prices: PriceList) -> Reasoned {
    let surges = running.surges(of: pool)
    if surges.count > 1 {
        let paid = Reasoned.sum(surges.map { $0.nodes * prices.paid($0.type) })
        return (paid / .sum(surges.map(\.nodes))).named("mean node price", "$/h")
    }
    let type = pool.hardware.types[0]
    let price = pool.isSpot ? prices.known(type) : prices.paid(type)
    let gpus = pool.size.gpus.named("maximum GPUs", "GPUs") / pool.size.nodes.named("maximum nodes", "nodes")
    let usual =
        gpus.value == Double(type.gpuCount)
        ? price : (price * (gpus / type.gpus)).named("price of a node with the same number of GPUs", "$/h")
    guard pool.isSpot, let discount = prices.spotDiscount(of: type) else { return usual }
    return (usual * (1 - discount)).named("spot price", "$/h")
}
