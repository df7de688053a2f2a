import Groundwork

/// Wishes that cannot be had together, none of them idle, and what giving way a little would cost.
package struct Conflict: Sendable {
    /// What is known of the settings that the spec does not write, such as another number format.
    enum Reach: Sendable {
        /// They do not help, alone or together, even where every other wish is left out.
        case none(settings: [String])
        /// With some of them the wishes can be had.
        case withSettings
        /// Not all of them were tried, and perhaps not all wishes.
        case unknown(areWishesTried: Bool)
    }

    /// The model that finds no place; nil where the cluster as a whole is refused.
    let model: String?
    let wishes: [Wish]
    /// Whether the spec has wishes besides these.
    let hasOthers: Bool
    /// Whether each of the wishes, dropped alone, lets the whole spec compile.
    let anyOneHelps: Bool
    let reach: Reach
    /// The changes that help, the cheapest first: single ones, or where none is enough several at once.
    package let relaxations: [Relaxation]
    /// Models that could save something and whose wishes were not looked at.
    let modelsLeftOut: Int
}

/// Changes of a spec after which it compiles: they were tried.
package struct Relaxation: Sendable {
    /// What is changed together.
    package let edits: [SpecEdit]
    /// The worst case after it, dollars per month; nil where no price is known of what it takes.
    package let worstPerMonth: Double?
    /// The types that it takes and whose price is not known.
    var unpriced: [String] = []
    /// The models that the price leaves out, because they have no place yet.
    var leftOut: [String] = []

    /// Whether a person has to write something else than the text that was tried.
    var isPattern: Bool { edits.contains(where: \.isPattern) }

    /// The changes and their price in words.
    package var words: String {
        let changes = listed(edits.map(\.quotedWords))
        let owners = enumerated(unique(edits.compactMap(\.model)))
        let whole = changes + (edits.count > 1 ? " together" : "") + (owners.isEmpty ? "" : " for \(owners)")
        guard let worstPerMonth else { return "\(whole), once a price of \(enumerated(unpriced)) is given" }
        return "\(whole): at worst \(dollars(worstPerMonth)) a month\(leftOutWords)"
    }

    private var leftOutWords: String {
        if leftOut.isEmpty { return "" }
        let models = leftOut.count > 3 ? "\(leftOut.count) models that are refused too" : enumerated(leftOut)
        return " without \(models)"
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
