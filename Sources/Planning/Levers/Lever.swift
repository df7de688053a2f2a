import Groundwork

/// A way in which a spec could cost less, and what that risks.
struct Lever: Sendable {
    /// A change that is tried.
    struct Change: Sendable {
        let edits: [SpecEdit]
        /// The same change of a model that is read already; nil where the text has to be read again.
        let setting: ModelChange?

        /// An edit and what it sets; nil if the text cannot be edited.
        init?(_ edit: SpecEdit?, _ setting: ModelChange? = nil) {
            guard let edit else { return nil }
            self.init(edits: [edit], setting: setting)
        }

        init(edits: [SpecEdit], setting: ModelChange?) {
            self.edits = edits
            self.setting = setting
        }
    }

    /// What is tried, each on its own: the mildest first.
    let changes: [Change]
    let risk: String

    /// Changes one of which is made; those whose text cannot be edited are left out.
    init(_ changes: [Change?], risk: String) {
        self.changes = changes.compactMap { $0 }
        self.risk = risk
    }

    /// Edits of the text one of which is made; those that cannot be made are left out.
    init(_ edits: [SpecEdit?], risk: String) {
        self.init(edits.map { Change($0) }, risk: risk)
    }

    /// Edits that are made together; none if one of them cannot be made.
    init(together edits: [SpecEdit?], risk: String) {
        let found = edits.compactMap { $0 }
        changes = found.count == edits.count ? [Change(edits: found, setting: nil)] : []
        self.risk = risk
    }

    /// A setting that a model could add.
    init(_ setting: Setting, risk: String) {
        self.init(setting.edits.map { Change($0, setting.apply) }, risk: risk)
    }
}

/// A change of a model.
typealias ModelChange = @Sendable (inout ModelSpec) -> Void

extension Lever {
    /// The mildest of its changes that saves nearly as much as the best of them; nil if none saves enough.
    ///
    /// `cost` is nil for a change that cannot be planned.
    func best(today: Double, saving least: Double, cost: (Change) -> Double?) -> (edits: [SpecEdit], saved: Double)? {
        let tried = changes.compactMap { change in cost(change).map { (edits: change.edits, saved: today - $0) } }
        guard let most = tried.map(\.saved).max(), most >= least else { return nil }
        return tried.first { $0.saved >= most * 0.95 }
    }

    /// Edits in words, as code, with the model that they change.
    static func words(of edits: [SpecEdit]) -> String {
        let owners = enumerated(unique(edits.compactMap(\.model)))
        return listed(edits.map(\.quotedWords)) + (owners.isEmpty ? "" : " for \(owners)")
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
