import Groundwork

/// Wishes that cannot be had together, none of them idle, and what giving way a little would cost.
package struct Conflict: Sendable {
    let wishes: [Wish]
    /// Whether each of the wishes, dropped alone, lets the whole spec compile.
    let anyOneHelps: Bool
    /// The single changes that help, the cheapest first.
    package let relaxations: [Relaxation]
    /// Models that could save something and whose wishes were not looked at.
    let modelsLeftOut: Int
}

/// A single change of a spec after which it compiles: it was tried.
package struct Relaxation: Sendable {
    package let edit: SpecEdit
    /// The worst case after it, dollars per month.
    package let worstPerMonth: Double

    /// The change and its price in words.
    package var words: String {
        "`\(edit.words)`\(edit.model.map { " for `\($0)`" } ?? ""): at worst \(dollars(worstPerMonth)) a month"
    }
}

/// Leaves out one wish after another, and keeps those without which the rest could be had.
///
/// The first wishes go first: what remains is a conflict in which no wish is idle. Empty where even a spec without wishes is refused.
func smallestConflict(_ wishes: [Wish], _ spec: ClusterSpec, isRefused: (ClusterSpec, [Wish]) -> Bool) -> [Wish] {
    guard !isRefused(wishes.reduce(spec) { $1.drop($0) }, wishes) else { return [] }
    var rest = spec
    var dropped: [Wish] = []
    var kept: [Wish] = []
    for wish in wishes {
        let without = wish.drop(rest)
        if isRefused(without, dropped + [wish]) {
            rest = without
            dropped.append(wish)
        } else {
            kept.append(wish)
        }
    }
    return kept
}
