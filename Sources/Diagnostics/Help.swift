/// A line of help: what could be done, and how, where that is a change of a text.
///
/// A line without proposals is advice: it leaves something for the reader to decide.
package struct Help: Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    package let text: String
    private let propose: @Sendable () -> [[TextEdit]]

    package init(_ text: String) {
        self.init(text) { [] }
    }

    package init(stringLiteral text: String) { self.init(text) }

    /// Help that proposes changes; they are computed only when needed.
    package init(_ text: String, proposing: @escaping @Sendable () -> [[TextEdit]]) {
        self.text = text
        propose = proposing
    }

    /// Help that proposes another text in a place, or one of several.
    package init(_ text: String, replacing range: SourceRange?, by others: [String]) {
        self.init(text) { range.map { range in others.map { [TextEdit(range, $0)] } } ?? [] }
    }

    /// Help that asks whether a similar word was meant, and proposes it in the place of the one that is there.
    package init(meaning word: String, at range: SourceRange?) {
        self.init("did you mean `\(word)`?", replacing: range, by: [word])
    }

    /// The ways to do it: each is the edits that are made together.
    package var proposals: [[TextEdit]] { propose() }

    package var description: String { text }
}
