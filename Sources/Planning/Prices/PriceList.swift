import Groundwork

/// An instance type that can be had, and its on-demand price in dollars per hour.
package struct Offer: Sendable {
    package let type: InstanceType
    package let gpu: GPU
    package let price: Traced<Double>
}

/// What instance types cost: the spec's own prices first, then the catalog's.
package struct PriceList: Sendable {
    private let own: [String: Traced<Double>]
    /// What a type of unknown price is taken to cost; nil: it cannot be had.
    private var assumed: Traced<Double>?
    /// The region of which every price is known.
    package static let home = "us-east-1"

    let region: Traced<String>
    /// What spot costs less than on demand, as a ratio; nil where the spec does not say.
    private(set) var spotDiscount: Traced<Double>?
    /// What there is to choose from: every usable type that the region offers at a known price, in the catalog's order.
    private(set) var offers: [Offer] = []

    package init(_ spec: ClusterSpec) {
        let platform = spec.platform
        // What is never sold on demand costs what its reservation does.
        let reserved = spec.reservations.filter { Catalog.instanceType(named: $0.type.value)?.isSoldOnDemand == false }
        own = Dictionary(
            reserved.map { ($0.type.value, $0.pricePerHour) } + platform.prices.map { ($0.type.value, $0.perHour) }
        ) { _, last in last }
        region = platform.region
        spotDiscount = platform.spotDiscount
        offers = allOffers()
    }

    /// The same prices, where types of unknown price cost nothing: to find what they could do, and never to plan with.
    var assumingUnknown: PriceList {
        var prices = self
        prices.assumed = Traced(0, .convention("no price is known, and what it could do is asked all the same"))
        prices.offers = prices.allOffers()
        return prices
    }

    private func allOffers() -> [Offer] {
        Catalog.instanceTypes.compactMap { type in
            guard type.isUsable, isOffered(type), let price = onDemand(type) else { return nil }
            return Offer(type: type, gpu: Catalog.gpu(of: type), price: price)
        }
    }

    /// Whether the region has a type, as far as the catalog knows; who gives a price for it has seen it there.
    package func isOffered(_ type: InstanceType) -> Bool {
        if own[type.name] != nil { return true }
        return if case .notOffered = type.offering(in: region.value) { false } else { true }
    }

    /// The on-demand price of a type in dollars per hour, or that of its reservation; nil where none is known.
    package func onDemand(_ type: InstanceType) -> Traced<Double>? {
        if let price = own[type.name] { return price }
        return Catalog.price(of: type, region: region.value).map { Traced($0.dollarsPerHour, .catalog($0.reference)) }
            ?? assumed
    }

    /// The on-demand price of a type on which a model is placed: without one it would not have been tried.
    func known(_ type: InstanceType) -> Reasoned {
        guard let price = onDemand(type) else { preconditionFailure("\(type.name) was chosen without a price") }
        return price.named("price of \(type.name)", "$/h")
    }

    /// The same prices, with spot at another discount.
    func withSpot(at discount: Traced<Double>?) -> PriceList {
        var prices = self
        prices.spotDiscount = discount
        return prices
    }

    /// Whether a type's price is borrowed from another region than the cluster's.
    package func isBorrowed(_ type: InstanceType) -> Bool {
        own[type.name] == nil && Catalog.price(of: type, region: region.value)?.region != region.value
    }
}
