extension ManifestValue {
    /// The facts that placeholders placed in a scalar, as `explain` shows them.
    package var placedFacts: [LineTrace.Piece] {
        switch storage {
        case .fact(let fact, let node): [.placeholder(node, fact)]
        case .text(_, let node, let scope):
            if case .text(let text) = node.content {
                text.placeholders.compactMap { placeholder in
                    placeholder.path.fact(in: scope).map {
                        LineTrace.Piece(placeholder.path.range, placeholder.path, $0)
                    }
                }
            } else {
                []
            }
        case .template, .node, .list, .mapping: []
        }
    }

    /// Whether this is the same value of the same template as another, so that no patch changed it.
    package func isUntouched(from other: ManifestValue) -> Bool {
        switch (storage, other.storage) {
        case (.template(let node, let scope), .template(let other, let outer)),
            (.text(_, let node, let scope), .text(_, let other, let outer)):
            node === other && scope === outer
        default: false
        }
    }

    /// Whether a patch wrote the value.
    package var isWrittenByPatch: Bool { if case .node = storage { true } else { false } }
}
