import Groundwork

/// A way in which a spec could cost less, and what that risks.
struct Lever: Sendable {
    /// The edits that are tried, each on its own: the mildest first.
    let edits: [[SpecEdit]]
    let risk: String

    /// Edits of the text one of which is made; those that cannot be made are left out.
    init(_ edits: [SpecEdit?], risk: String) {
        self.edits = edits.compactMap { $0 }.map { [$0] }
        self.risk = risk
    }

    /// Edits that are made together; none if one of them cannot be made.
    init(together edits: [SpecEdit?], risk: String) {
        let found = edits.compactMap { $0 }
        self.edits = found.count == edits.count ? [found] : []
        self.risk = risk
    }
}

extension SpecEdit {
    /// The same edit, where the user has to write or do what only they can.
    func needing(_ condition: String) -> SpecEdit {
        var edit = self
        edit.isPattern = true
        edit.condition = condition
        return edit
    }

    /// The same edit as one of a model.
    func owned(by model: ModelSpec) -> SpecEdit {
        var edit = self
        edit.model = model.name.value
        return edit
    }
}
