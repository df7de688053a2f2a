/// A text with placeholders in it.
struct TemplateText: Sendable {
    enum Piece: Sendable {
        case literal(String)
        case placeholder(TemplateNode.Placeholder)
    }

    let pieces: [Piece]

    /// Fills the placeholders, or gives nil where a fact is not set.
    func filled(in scope: Scope) -> String? {
        var result = ""
        for piece in pieces {
            switch piece {
            case .literal(let text): result += text
            case .placeholder(let placeholder):
                guard let text = placeholder.path.fact(in: scope)?.value.text else { return nil }
                result += text
            }
        }
        return result
    }

    /// The whole text, if there is no placeholder in it.
    var literal: String? {
        pieces.reduce("") { text, piece in
            if let text, case .literal(let more) = piece { text + more } else { nil }
        }
    }

    /// The placeholders, in order.
    var placeholders: [TemplateNode.Placeholder] {
        pieces.compactMap { if case .placeholder(let placeholder) = $0 { placeholder } else { nil } }
    }
}
