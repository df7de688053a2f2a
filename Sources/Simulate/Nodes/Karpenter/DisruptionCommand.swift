/// A decision to remove nodes, perhaps after their replacement.
package struct DisruptionCommand: Sendable {
    package enum Reason: String, Sendable, Hashable {
        case empty, drifted, underutilized, expired, interrupted, timedOut
    }

    let reason: Reason
    let claims: [String]
    var drafts: [ClaimDraft]
    var replacements: [String] = []
    var started: VirtualTime

    /// The reason as budgets name it.
    var budgetReason: DisruptionBudget.Reason? {
        switch reason {
        case .empty: .empty
        case .drifted: .drifted
        case .underutilized: .underutilized
        case .expired, .interrupted, .timedOut: nil
        }
    }
}
