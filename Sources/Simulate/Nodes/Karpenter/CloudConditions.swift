/// What a simulation assumes of EC2 and of the nodes: nothing of it is in the manifests.
package struct CloudConditions: Sendable {
    /// A time in which some offerings have no capacity; what is nil stands for all.
    package struct Shortage: Sendable {
        package var type: String?
        package var zone: String?
        package var capacity: CapacityType?
        package var from: VirtualTime
        package var to: VirtualTime

        package init(
            type: String? = nil, zone: String? = nil, capacity: CapacityType? = nil, from: VirtualTime, to: VirtualTime
        ) {
            (self.type, self.zone, self.capacity, self.from, self.to) = (type, zone, capacity, from, to)
        }
    }

    /// Milliseconds from the request until EC2 has the instance.
    package var launch = 5_000
    /// Milliseconds from then until the node has joined the cluster.
    package var join = 60_000
    /// Milliseconds from then until the node is ready and its devices are registered.
    package var initialize = 45_000
    /// Milliseconds until EC2 has terminated an instance.
    package var terminate = 60_000
    package var shortages: [Shortage] = []
    /// Whether Karpenter reads the notices of interruptions from a queue.
    package var hasInterruptionQueue = true

    package init() {}

    func isShort(_ offering: Offering, at now: VirtualTime) -> Bool {
        shortages.contains { shortage in
            shortage.from <= now && now < shortage.to && shortage.type ?? offering.type == offering.type
                && shortage.zone ?? offering.zone == offering.zone
                && shortage.capacity ?? offering.capacity == offering.capacity
        }
    }
}
