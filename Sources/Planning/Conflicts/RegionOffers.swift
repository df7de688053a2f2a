import Groundwork

/// What the region offers and what the model would fit on elsewhere, in words; nil if no other type would help.
func offersInWords(_ demand: Demand, _ prices: PriceList) -> String? {
    let elsewhere = searchCandidates(demand, prices: prices.assumingOffers).feasible.map(\.type)
    let families = unique(elsewhere.filter { !prices.isOffered($0) }.map(\.family))
    guard !families.isEmpty else { return nil }
    let region = prices.region.value
    let offered = unique(
        Catalog.instanceTypes.filter { $0.isUsable && $0.isSoldOnDemand && prices.isOffered($0) }.map(\.family))
    let some = enumerated(families, "or")
    return """
        \(region) offers \(enumerated(offered)); `\(demand.model.name.value)` would fit on \(some), which it does not \
        offer according to the catalog
        """
}

/// The families for which an on-demand price in the region is known, in words.
func pricedInWords(_ prices: PriceList) -> String {
    let region = prices.region.value
    guard Catalog.hasPrices(of: region) else {
        return "the catalog has no prices in \(region), only in \(enumerated(Catalog.pricedRegions))"
    }
    let priced = Catalog.instanceTypes.filter { $0.isUsable && prices.listed($0)?.onDemand != nil }
    return "the catalog has prices in \(region) for \(enumerated(unique(priced.map(\.family))))"
}
