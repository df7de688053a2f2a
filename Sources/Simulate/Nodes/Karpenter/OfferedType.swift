import Groundwork

/// How a node is paid.
package enum CapacityType: String, Sendable, CaseIterable {
    // In the order in which Karpenter prefers them.
    case reserved, spot
    case onDemand = "on-demand"
}

/// An instance type in a zone, paid in one way.
package struct Offering: Sendable, Hashable {
    package let type: String
    package let zone: String
    package let capacity: CapacityType
    /// Dollars per hour.
    package let price: Double
    /// The nodes that a reservation has; nil without a limit.
    var count: Int?

    package init(_ type: String, _ zone: String, _ capacity: CapacityType, price: Double, count: Int? = nil) {
        (self.type, self.zone, self.capacity, self.price, self.count) = (type, zone, capacity, price, count)
    }
}

/// An instance type, as Karpenter knows it before a node of it exists.
package struct OfferedType: Sendable {
    package let name: String
    /// The labels that every node of it has.
    package var labels: [String: String]
    /// What counts toward a pool's limits.
    package var capacity: ResourceAmounts
    /// What pods may request.
    package var allocatable: ResourceAmounts
    package var offerings: [Offering]

    package init(
        _ name: String, labels: [String: String] = [:], capacity: ResourceAmounts, allocatable: ResourceAmounts,
        offerings: [Offering]
    ) {
        self.name = name
        self.labels = labels.merging(["node.kubernetes.io/instance-type": name, "kubernetes.io/os": "linux"]) {
            own, _ in own
        }
        self.capacity = capacity
        self.allocatable = allocatable
        self.offerings = offerings
    }
}

extension OfferedType {
    /// An instance type of the catalog in some zones, in dollars per hour; nil where no price is known, since Karpenter then offers none.
    ///
    /// A given price also means that the region offers the type. Spot costs at most as much as on demand, and that if its price is not known.
    package init?(
        _ type: InstanceType, region: String, zones: [String], onDemand: Double? = nil, spot: Double? = nil,
        ephemeralGB: Int = 17
    ) {
        let listed = type.offering(in: region) == .notOffered ? nil : Catalog.price(of: type, region: region)?.onDemand
        guard let dollars = onDemand ?? listed else { return nil }
        var offerings: [Offering] = []
        for zone in zones {
            if type.isSoldOnDemand { offerings.append(Offering(type.name, zone, .onDemand, price: dollars)) }
            if type.hasSpot {
                offerings.append(Offering(type.name, zone, .spot, price: min(dollars, spot ?? dollars)))
            }
        }
        let gpus = type.gpuCount * 1000
        // Karpenter takes 7.5% of the memory off, rounded up.
        let memory = type.memoryMiB - (type.memoryMiB * 75 + 999) / 1000
        let shared = [
            "nvidia.com/gpu": gpus, "vpc.amazonaws.com/efa": type.efaCount * 1000, "pods": type.maxPods * 1000,
            "ephemeral-storage": (type.nvmeGB > 0 ? type.nvmeGB : ephemeralGB) * 1_000_000_000_000,
        ]
        let capacity = ["cpu": type.vcpu * 1000, "memory": memory * 1_048_576_000]
        let allocatable = ["cpu": type.allocatableMilliCPU, "memory": type.allocatableMemoryMiB * 1_048_576_000]
        var labels = ["topology.kubernetes.io/region": region]
        for key in InstanceType.nodeLabels {
            if case .value(let value) = type.nodeLabel(key) { labels[key] = value }
        }
        self.init(
            type.name, labels: labels, capacity: ResourceAmounts(shared.merging(capacity) { $1 }),
            allocatable: ResourceAmounts(shared.merging(allocatable) { $1 }), offerings: offerings)
    }
}
