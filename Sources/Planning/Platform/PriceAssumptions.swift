import Groundwork

/// What the costs leave out, and which prices they rest on.
func costAssumptions(_ pools: [PoolPlan], _ prices: PriceList) -> [ReasonedText] {
    [
        "The cost excludes network traffic, EKS, NAT, load balancers, object storage, and nodes that Karpenter briefly launches beyond a limit."
    ] + listedPrices(pools, prices) + committedPrices(pools, prices) + spotPrices(pools, prices)
}

/// The date of list prices, and the prices of volumes, outside the region of the latest ones.
private func listedPrices(_ pools: [PoolPlan], _ prices: PriceList) -> [ReasonedText] {
    let region = prices.region.value
    guard region != PriceList.home else { return [] }
    let dates = unique(pools.flatMap(\.hardware.types).compactMap { prices.listed($0)?.date })
    let volumes: ReasonedText = "Root volumes are priced as in \(PriceList.home)."
    guard !dates.isEmpty else { return [volumes] }
    return ["Instances are priced as in \(region) in \(dates.joined(separator: ", ")). \(volumes)"]
}

/// Which discounts of commitments the expected cost counts.
private func committedPrices(_ pools: [PoolPlan], _ prices: PriceList) -> [ReasonedText] {
    var seen: Set<String> = []
    let used = pools.filter { !$0.isSpot }.flatMap(\.hardware.types).compactMap(prices.commitment)
        .filter { seen.insert($0.instances.value).inserted }
    return used.map { commitment in
        let discount = commitment.discount.named("committed discount", "ratio")
        return """
            Nodes of `\(commitment.instances.value)` on demand are expected to cost \(percentOff(discount), .rounded(1))% less, as a \
            commitment covers all of them; the worst case uses the on-demand price.
            """
    }
}

/// What spot is expected to cost, for the instance types that the expected cost counts.
private func spotPrices(_ pools: [PoolPlan], _ prices: PriceList) -> [ReasonedText] {
    var seen: Set<String> = []
    let types = pools.filter { $0.isSpot }.map { $0.hardware.types[0] }.filter { seen.insert($0.name).inserted }
    guard let first = types.first else { return [] }
    if prices.ownDiscount != nil, let discount = prices.spotDiscount(of: first) {
        return [
            "Spot is expected to cost \(percent(discount), .rounded(1))% less than on-demand; the worst case uses the on-demand price."
        ]
    }
    return types.map { type in
        guard let discount = prices.spotDiscount(of: type), let spread = prices.spotSpread(of: type) else {
            return """
                No spot prices of `\(type.name)` in \(prices.region.value) are known: spot is priced as on-demand. Set \
                `platform.spotDiscount`.
                """
        }
        return """
            Spot of `\(type.name)` is expected to cost \(percent(discount), .rounded(1))% less than on-demand: the middle between the most \
            expensive and the cheapest zone of \(prices.region.value) in one snapshot of \(SpotPrices.date), \
            \(percent(spread.least), .rounded(1))% and \(percent(spread.most), .rounded(1))% off. Set `platform.spotDiscount` to replace it. \
            The worst case uses the on-demand price.
            """
    }
}
