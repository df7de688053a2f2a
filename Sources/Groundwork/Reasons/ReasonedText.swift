/// A text that knows the figures in it.
///
///     let query: ReasonedText = "\(load) > \(up, .plain)"
///
/// Every number that is written into one keeps its reasons, so that a text is also its explanation.
package struct ReasonedText: Sendable {
    package struct Mark: Sendable {
        /// The position of the figure in the text, in UTF-8 bytes.
        package fileprivate(set) var start: Int
        package let count: Int
        package let figure: Ingredient
        /// How a number was written; nil for a word.
        package let notation: Notation?
    }

    package private(set) var text: String
    package private(set) var figures: [Mark]

    package init(_ text: String) {
        self.text = text
        figures = []
    }

    private mutating func mark(_ shown: String, _ figure: Ingredient, _ notation: Notation?) {
        figures.append(Mark(start: text.utf8.count, count: shown.utf8.count, figure: figure, notation: notation))
        text += shown
    }

    package static func + (left: ReasonedText, right: ReasonedText) -> ReasonedText {
        var result = left
        result += right
        return result
    }

    package static func += (left: inout ReasonedText, right: ReasonedText) {
        let shift = left.text.utf8.count
        left.text += right.text
        left.figures.reserveCapacity(left.figures.count + right.figures.count)
        for var mark in right.figures {
            mark.start += shift
            left.figures.append(mark)
        }
    }

    /// The text as a value, with its reason.
    package func because(_ reason: String) -> Traced<String> {
        Traced(text, figures.isEmpty ? .convention(reason) : .composed(Composition(reason, self)))
    }
}

extension ReasonedText: ExpressibleByStringInterpolation, StringInterpolationProtocol {
    package init(stringLiteral value: String) { self.init(value) }
    package init(stringInterpolation: ReasonedText) { self = stringInterpolation }

    package init(literalCapacity: Int, interpolationCount: Int) {
        text = ""
        text.reserveCapacity(literalCapacity + interpolationCount * 8)
        figures = []
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }
    package mutating func appendInterpolation(_ text: String) { self.text += text }
    package mutating func appendInterpolation(_ text: ReasonedText) { self += text }

    /// Writes a number with its reasons.
    package mutating func appendInterpolation(_ number: Reasoned, _ notation: Notation = .plain) {
        let reason = number.reason
        let figure = Ingredient(reason.name ?? "value", .number(number.value), .computed(reason))
        mark(notation.text(number.value), figure, notation)
    }

    /// Writes a threshold.
    package mutating func appendInterpolation(_ threshold: Parameter, _ notation: Notation = .plain) {
        appendInterpolation(threshold.reasoned, notation)
    }

    /// Writes a traced number.
    package mutating func appendInterpolation(
        _ number: Traced<Double>, as name: String, _ notation: Notation = .plain
    ) {
        mark(notation.text(number.value), Ingredient(name, number), notation)
    }

    /// Writes a traced whole number.
    package mutating func appendInterpolation(_ number: Traced<Int>, as name: String, _ notation: Notation = .plain) {
        mark(notation.text(Double(number.value)), Ingredient(name, number), notation)
    }

    /// Writes a value that can be shown as text, such as a version.
    package mutating func appendInterpolation(_ value: Traced<some FactConvertible>, as name: String) {
        mark(value.value.fact.text ?? "", Ingredient(name, value), nil)
    }

    /// Writes a traced word.
    package mutating func appendInterpolation(_ word: Traced<String>, as name: String) {
        if case .composed(let composition) = word.origin { return self += composition.text }
        mark(word.value, Ingredient(name, word), nil)
    }
}

extension Sequence<ReasonedText> {
    /// All of them, with a separator in between.
    package func joined(separator: String = "") -> ReasonedText {
        var result: ReasonedText?
        for text in self {
            if result == nil { result = text } else { result? += "\(separator)\(text)" }
        }
        return result ?? ""
    }
}
