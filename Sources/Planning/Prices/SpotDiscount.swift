import Groundwork

extension PriceList {
    /// The discount of a type on spot, a ratio: that of the spec, else the middle of what its zones showed in one snapshot; nil if none is known.
    package func spotDiscount(of type: InstanceType) -> Reasoned? {
        if hasNoDiscount { return nil }
        if let own = ownDiscount { return own.named("spot discount", "ratio") }
        guard let spread = spotSpread(of: type) else { return nil }
        return ((spread.least + spread.most) / 2).named("spot discount of \(type.name)", "ratio")
    }

    /// The least and the greatest discount of a type among the zones of the region in one snapshot; nil if none is known.
    package func spotSpread(of type: InstanceType) -> (least: Reasoned, most: Reasoned)? {
        guard let listed = listed(type), let price = listed.onDemand, let spot = listed.spot else { return nil }
        let origin = Origin.catalog(listed.spotReference)
        let onDemand = Reasoned.given("list price of \(type.name)", price, "$/h", .catalog(listed.reference))
        func discount(_ words: String, _ spot: Double) -> Reasoned {
            let paid = Reasoned.given("spot price of \(type.name) in its \(words) zone", spot, "$/h", origin)
            return Reasoned.maximum(0, 1 - paid / onDemand).named("discount in the \(words) zone", "ratio")
        }
        return (discount("most expensive", spot.most), discount("cheapest", spot.least))
    }
}

/// A discount in percent.
func percentOff(_ discount: Reasoned) -> Reasoned { (discount * 100).named("discount in percent", "%") }

/// A spot discount in percent.
func percent(_ discount: Reasoned) -> Reasoned { (discount * 100).named("spot discount in percent", "%") }
