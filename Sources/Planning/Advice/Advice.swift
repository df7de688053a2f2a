import Groundwork

/// A change of a spec that saves money, as planned.
package struct Advice: Sendable {
    /// The edits of the text, applied together.
    package let edits: [SpecEdit]
    /// The change as the user would write it, with what else it needs.
    package let words: String
    /// What it changes in the plan of its model: figures before and after.
    package let effects: [String]
    /// What it risks.
    package let risk: String
    /// How much less the cluster is expected to cost with it, dollars per month.
    package let savedPerMonth: Double
    /// What the cluster is expected to cost with it, dollars per month.
    package let expectedPerMonth: Double
    /// The worst case with it, dollars per month.
    package let worstPerMonth: Double
    /// Whether the user has to replace a part of the text that only they know.
    package let isPattern: Bool
}

/// What a search for savings found.
package struct AdviceReport: Sendable {
    package let today: Plan
    /// The changes that save most, the largest saving first.
    package let advice: [Advice]
    /// How many changes were planned.
    package let tried: Int
    /// Models whose settings were not tried, because those of others may save more.
    package let modelsLeftOut: Int
}
