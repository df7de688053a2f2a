import Groundwork

/// An available instance type and what it is expected to cost on demand, in dollars per hour.
package struct Offer: Sendable {
    package let type: InstanceType
    package let gpu: GPU
    package let price: Traced<Double>
}

/// Prices of instance types: the spec's own first, then the catalog's in the region of the cluster.
package struct PriceList: Sendable {
    /// Which types are tried beyond those that the region offers at a known price.
    private enum Reach { case priced, unpriced, anywhere }

    private let own: [String: Traced<Double>]
    private var reach = Reach.priced
    /// The region that is tried if the cluster's has nothing.
    package static let home = "us-east-1"

    let region: Traced<String>
    let commitments: [(instances: Traced<String>, discount: Traced<Double>)]
    /// The discount of spot that the spec sets, as a ratio; nil if it sets none.
    let ownDiscount: Traced<Double>?
    /// Whether spot costs as much as on-demand.
    private(set) var hasNoDiscount = false
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
        commitments = platform.commitments
        ownDiscount = platform.spotDiscount
        offers = allOffers()
    }

    /// The same prices with types of unknown price at zero: to find what they could run, never to plan with.
    var assumingUnknown: PriceList { reaching(.unpriced) }

    /// The same with types that the region does not offer: to find what another region could run, never to plan with.
    var assumingOffers: PriceList { reaching(.anywhere) }

    /// The same prices with spot at the on-demand price.
    var withoutDiscount: PriceList {
        var prices = self
        prices.hasNoDiscount = true
        return prices
    }

    private func reaching(_ reach: Reach) -> PriceList {
        var prices = self
        prices.reach = reach
        prices.offers = prices.allOffers()
        return prices
    }

    private func allOffers() -> [Offer] {
        Catalog.instanceTypes.compactMap { type in
            guard type.isUsable, isOffered(type), let price = onDemand(type) else { return nil }
            let paid = commitment(of: type) == nil ? price : Traced<Double>(paid(type))
            return Offer(type: type, gpu: Catalog.gpu(of: type), price: paid)
        }
    }

    /// Whether the region offers a type according to the catalog; a price in the spec implies that it does.
    package func isOffered(_ type: InstanceType) -> Bool {
        if reach == .anywhere || own[type.name] != nil { return true }
        return if case .notOffered = type.offering(in: region.value) { false } else { true }
    }

    /// The on-demand price of a type in dollars per hour, or that of its reservation; nil if none is known.
    package func onDemand(_ type: InstanceType) -> Traced<Double>? {
        if let price = own[type.name] { return price }
        if let listed = listed(type), let price = listed.onDemand { return Traced(price, .catalog(listed.reference)) }
        return reach == .priced ? nil : Traced(0, .convention("no price is known; only tried to see what fits"))
    }

    /// The row of a type in the catalog's prices of the region.
    func listed(_ type: InstanceType) -> ListPrice? { Catalog.price(of: type, region: region.value) }

    /// The on-demand price of a type on which a model is placed: types without one are not tried.
    func known(_ type: InstanceType) -> Reasoned {
        guard let price = onDemand(type) else { preconditionFailure("\(type.name) was chosen without a price") }
        return price.named("price of \(type.name)", "$/h")
    }
}
