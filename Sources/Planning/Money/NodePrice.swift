import Groundwork

/// What a node of a pool usually costs in an hour: its cheapest type, and on spot less by the discount that the spec expects.
///
/// Where surges of one elastic pool want nodes of different sizes it is the mean of what they want.
func nodePrice(_ pool: PoolPlan, _ running: RunningNodes, _ prices: PriceList) -> Reasoned {
    let surges = running.surges(of: pool)
    if surges.count > 1 {
        let paid = Reasoned.sum(surges.map { $0.nodes * prices.known($0.type) })
        return (paid / .sum(surges.map(\.nodes))).named("mean price of a node", "$/h")
    }
    let type = pool.hardware.types[0]
    let price = prices.known(type)
    let gpus = pool.size.gpus.named("most GPUs", "GPUs") / pool.size.nodes.named("most nodes", "nodes")
    let usual =
        gpus.value == Double(type.gpuCount)
        ? price : (price * (gpus / type.gpus)).named("price of a node with as many GPUs", "$/h")
    guard pool.role == .spot, let discount = prices.spotDiscount else { return usual }
    return (usual * (1 - discount.named("spot discount", "ratio"))).named("price on spot", "$/h")
}
