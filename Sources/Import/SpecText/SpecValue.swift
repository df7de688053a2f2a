import Groundwork
import YAML

/// A value of a spec that is written, with a comment that says where it was read.
package struct SpecValue: Sendable {
    /// What is written.
    package indirect enum Content: Sendable {
        /// The text of a scalar as it is written, quotes included.
        case scalar(String)
        /// Several lines, written as a block.
        case block(String)
        case list([SpecValue])
        case mapping([Entry])
    }

    /// A key and its value.
    package struct Entry: Sendable {
        let key: String
        let value: SpecValue
    }

    let content: Content
    let comment: String

    init(_ content: Content, _ comment: String = "") {
        self.content = content
        self.comment = comment
    }

    /// A text that is written as a string.
    static func string(_ text: String, _ comment: String = "") -> SpecValue {
        SpecValue(.scalar(quotedInLine(text)), comment)
    }

    /// A word or number that is written as it is.
    static func plain(_ text: String, _ comment: String = "") -> SpecValue { SpecValue(.scalar(text), comment) }

    /// A list.
    static func list(_ items: [SpecValue], _ comment: String = "") -> SpecValue { SpecValue(.list(items), comment) }

    /// A mapping of what is there.
    static func mapping(_ entries: [(String, SpecValue?)], _ comment: String = "") -> SpecValue {
        SpecValue(
            .mapping(entries.compactMap { key, value in value.map { Entry(key: key, value: $0) } }), comment)
    }

    /// Whether nothing is in it.
    var isEmpty: Bool {
        switch content {
        case .scalar, .block: false
        case .list(let items): items.isEmpty
        case .mapping(let entries): entries.isEmpty
        }
    }

    /// The value, unless nothing is in it.
    var unlessEmpty: SpecValue? { isEmpty ? nil : self }

    /// The same value with a comment.
    func noted(_ comment: String) -> SpecValue { SpecValue(content, comment) }
}

extension SpecValue {
    /// A value of a manifest as it is, with the place where it was read.
    init(copying value: ManifestValue, isNoted: Bool = true) {
        let comment = isNoted ? value.home : ""
        if let entries = value.entries {
            self.init(
                .mapping(entries.map { Entry(key: $0.key, value: SpecValue(copying: $0.value, isNoted: false)) }),
                comment)
        } else if let items = value.items {
            self.init(.list(items.map { SpecValue(copying: $0, isNoted: false) }), comment)
        } else if let text = value.text {
            switch value.kind {
            case .string: self = text.contains("\n") ? SpecValue(.block(text), comment) : .string(text, comment)
            case .null, .boolean, .integer, .number, .list, .mapping: self = .plain(text, comment)
            }
        } else {
            self = .plain("null", comment)
        }
    }
}

/// A text in one line, plain where every parser reads it as that text, else quoted.
private func quotedInLine(_ text: String) -> String {
    if text.isEmpty { return "\"\"" }
    var bytes: [UInt8] = []
    appendFlowScalar(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}
