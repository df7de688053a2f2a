import Diagnostics

extension Help {
    /// Help that proposes a change, or one of several.
    package init(_ text: String, _ changes: NodeChange?...) {
        self.init(text, anyOf: changes.map { [$0] })
    }

    /// Help that proposes changes that are made together.
    package init(_ text: String, together changes: [NodeChange?]) {
        self.init(text, anyOf: [changes])
    }

    /// Help that proposes several ways, each of changes that are made together.
    package init(_ text: String, anyOf ways: [[NodeChange?]]) {
        self.init(text) {
            ways.compactMap { changes in
                let edits = changes.compactMap { $0?.edit }
                return edits.isEmpty || edits.count < changes.count ? nil : edits
            }
        }
    }
}
