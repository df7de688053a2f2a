import Groundwork

extension Inventory {
    /// A NodeOverlay that tells Karpenter about resources that it cannot know.
    struct Overlay: Sendable {
        let object: KubernetesObject
        let requirements: [LabelRequirement]
        let capacity: [(resource: String, count: Int)]

        init(_ object: KubernetesObject) {
            self.object = object
            requirements = object.spec?["requirements"]?.items?.compactMap { LabelRequirement(ofNodes: $0) } ?? []
            capacity =
                object.spec?["capacity"]?.entries?.compactMap { entry in
                    (entry.value.count ?? entry.value.quantity.map { $0 > 0 ? 1 : 0 }).map { (entry.key, $0) }
                } ?? []
        }
    }

    /// The NodePools that a pod can run on, as indices in `pools`.
    struct Reach: Sendable {
        /// Those that its node selection allows.
        let admitted: [Int]
        /// Those among them whose taints it tolerates.
        let tolerated: [Int]
    }

    /// The pools by their labels, so that a node selection finds its pools without a search.
    struct PoolIndex: Sendable {
        private var byPair: [Labels.Pair: [Int]] = [:]
        /// The pools that allow several values of a label.
        private var undecided: [String: [Int]] = [:]

        init(_ pools: [Pool]) {
            for (number, pool) in pools.enumerated() {
                for pair in pool.labels.pairs { byPair[pair, default: []].append(number) }
                for requirement in pool.requirements where !isWellKnown(requirement.key) {
                    undecided[requirement.key, default: []].append(number)
                }
            }
        }

        /// The pools that may meet a requirement, or nil if only a search can tell.
        private func candidates(_ requirement: LabelRequirement, runtime: Bool) -> [Int]? {
            guard requirement.relation == .among, !isWellKnown(requirement.key),
                !(runtime && isSetOnNodes(requirement.key))
            else { return nil }
            let named = requirement.values.flatMap { byPair[Labels.Pair(key: requirement.key, value: $0)] ?? [] }
            return named + (undecided[requirement.key] ?? [])
        }

        /// Finds the pools that meet all requirements of one of the terms, in order.
        func pools(meeting terms: [[LabelRequirement]], of pools: [Pool], runtime: Bool = false) -> [Int] {
            var found: Set<Int> = []
            for term in terms {
                let short = term.compactMap { candidates($0, runtime: runtime) }.min { $0.count < $1.count }
                for number in short ?? Array(pools.indices) where pools[number].admits(term, runtime: runtime) {
                    found.insert(number)
                }
            }
            return found.sorted()
        }
    }
}
