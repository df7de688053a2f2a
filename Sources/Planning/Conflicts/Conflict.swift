import Groundwork

/// A minimal set of requirements that cannot be met together, and what it costs to relax them.
package struct Conflict: Sendable {
    /// What is known about settings that the spec does not write, such as another dtype.
    enum Reach: Sendable {
        /// They do not help, alone or together, even if every other requirement is dropped.
        case none(settings: [String])
        /// Some of them make it possible to meet the requirements.
        case withSettings
        /// Not all of them were tried, and perhaps not all requirements.
        case unknown(areRequirementsTried: Bool)
    }

    /// The model that cannot be placed; nil if the cluster as a whole cannot be planned.
    let model: String?
    let requirements: [Requirement]
    /// Whether the spec has other requirements.
    let hasOthers: Bool
    /// Whether dropping any single one of the requirements lets the whole spec compile.
    let anyOneHelps: Bool
    let reach: Reach
    /// The changes that help, the cheapest first: single ones, or several at once if no single one is enough.
    package let relaxations: [Relaxation]
    /// Models that could save something and whose requirements were not tried.
    let modelsLeftOut: Int
    /// What the region offers, if the model would fit on what it does not offer.
    var offers: String?
}

/// Changes of a spec after which it compiles, as tried.
package struct Relaxation: Sendable {
    /// What is changed together.
    package let edits: [SpecEdit]
    /// The worst case after it, dollars per month; nil if a price that it needs is not known.
    package let worstPerMonth: Double?
    /// The types that it uses and whose price is not known.
    var unpriced: [String] = []
    /// The models that the price excludes, because they are not placed yet.
    var leftOut: [String] = []

    /// Whether the user has to write something other than the text that was tried.
    var isPattern: Bool { edits.contains(where: \.isPattern) }

    /// The changes and their price in words.
    package var words: String {
        let changes = listed(edits.map(\.quotedWords))
        let owners = enumerated(unique(edits.compactMap(\.model)))
        let whole = changes + (edits.count > 1 ? " together" : "") + (owners.isEmpty ? "" : " for \(owners)")
        guard let worstPerMonth else { return "\(whole), once a price for \(enumerated(unpriced)) is given" }
        return "\(whole): at worst \(dollars(worstPerMonth)) per month\(leftOutWords)"
    }

    private var leftOutWords: String {
        if leftOut.isEmpty { return "" }
        let models = leftOut.count > 3 ? "\(leftOut.count) models that also fail" : enumerated(leftOut)
        return ", excluding \(models)"
    }
}

/// Drops one requirement after another, and keeps those without which the rest could be met.
///
/// The first are dropped first: what remains is a minimal conflict. Empty if even a spec without requirements fails.
func smallestConflict(
    _ requirements: [Requirement], _ spec: ClusterSpec, isRejected: (ClusterSpec, [Requirement]) -> Bool
) -> [Requirement] {
    guard !isRejected(requirements.reduce(spec) { $1.drop($0) }, requirements) else { return [] }
    var rest = spec
    var dropped: [Requirement] = []
    var kept: [Requirement] = []
    for requirement in requirements {
        let without = requirement.drop(rest)
        if isRejected(without, dropped + [requirement]) {
            rest = without
            dropped.append(requirement)
        } else {
            kept.append(requirement)
        }
    }
    return kept
}
