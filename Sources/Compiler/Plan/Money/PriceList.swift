/// What instance types cost: the spec's own prices first, then the catalog's.
package struct PriceList: Sendable {
    private let own: [String: Traced<Double>]
    private let region: Traced<String>

    package init(_ platform: PlatformSpec) {
        own = Dictionary(platform.prices.map { ($0.type.value, $0.perHour) }) { _, last in last }
        region = platform.region
    }

    /// The on-demand price of a type in dollars per hour; nil where none is known.
    package func onDemand(_ type: InstanceType) -> Traced<Double>? {
        if let price = own[type.name] { return price }
        return Catalog.price(of: type, region: region.value).map { Traced($0.dollarsPerHour, .catalog($0.reference)) }
    }

    /// Whether a type's price is borrowed from another region than the cluster's.
    package func isBorrowed(_ type: InstanceType) -> Bool {
        own[type.name] == nil && Catalog.price(of: type, region: region.value)?.region != region.value
    }
}
