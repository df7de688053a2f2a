import Groundwork

/// An available instance type and its on-demand price in dollars per hour.
package struct Offer: Sendable {
    package let type: InstanceType
    package let gpu: GPU
    package let price: Traced<Double>
}

/// Prices of instance types: the spec's own first, then the catalog's.
package struct PriceList: Sendable {
    private let own: [String: Traced<Double>]
    /// The price assumed for a type of unknown price; nil if such types are excluded.
    private var assumed: Traced<Double>?
    /// The region for which every price is known.
    package static let home = "us-east-1"

    let region: Traced<String>
    /// The discount of spot against on-demand, as a ratio; nil if the spec does not set it.
    private(set) var spotDiscount: Traced<Double>?
    /// The instance types to choose from: every usable type that the region offers at a known price, in the catalog's order.
    private(set) var offers: [Offer] = []

    package init(_ spec: ClusterSpec) {
        let platform = spec.platform
        // A type that is not sold on demand costs what its reservation costs.
        let reserved = spec.reservations.filter { Catalog.instanceType(named: $0.type.value)?.isSoldOnDemand == false }
        own = Dictionary(
            reserved.map { ($0.type.value, $0.pricePerHour) } + platform.prices.map { ($0.type.value, $0.perHour) }
        ) { _, last in last }
        region = platform.region
        spotDiscount = platform.spotDiscount
        offers = allOffers()
    }

    /// The same prices with types of unknown price at zero: to find what they could run, never to plan with.
    var assumingUnknown: PriceList {
        var prices = self
        prices.assumed = Traced(0, .convention("no price is known; only tried to see what fits"))
        prices.offers = prices.allOffers()
        return prices
    }

    private func allOffers() -> [Offer] {
        Catalog.instanceTypes.compactMap { type in
            guard type.isUsable, isOffered(type), let price = onDemand(type) else { return nil }
            return Offer(type: type, gpu: Catalog.gpu(of: type), price: price)
        }
    }

    /// Whether the region offers a type according to the catalog; a price in the spec implies that it does.
    package func isOffered(_ type: InstanceType) -> Bool {
        if own[type.name] != nil { return true }
        return if case .notOffered = type.offering(in: region.value) { false } else { true }
    }

    /// The on-demand price of a type in dollars per hour, or that of its reservation; nil if none is known.
    package func onDemand(_ type: InstanceType) -> Traced<Double>? {
        if let price = own[type.name] { return price }
        return Catalog.price(of: type, region: region.value).map { Traced($0.dollarsPerHour, .catalog($0.reference)) }
            ?? assumed
    }

    /// The on-demand price of a type on which a model is placed: types without one are not tried.
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

    /// Whether a type's price is that of another region.
    package func isBorrowed(_ type: InstanceType) -> Bool {
        own[type.name] == nil && Catalog.price(of: type, region: region.value)?.region != region.value
    }
}
