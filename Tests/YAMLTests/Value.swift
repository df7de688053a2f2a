import Diagnostics
import Foundation
import YAML

/// A text that equals another only if its bytes are the same; Swift's own equality ignores how accents are composed.
struct Exact: Hashable, Comparable, CustomStringConvertible {
    let text: String

    init(_ text: String) { self.text = text }

    var description: String { text.debugDescription }

    static func == (left: Exact, right: Exact) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }
    static func < (left: Exact, right: Exact) -> Bool { left.text.utf8.lexicographicallyPrecedes(right.text.utf8) }
    func hash(into hasher: inout Hasher) { hasher.combine(Array(text.utf8)) }
}

/// A tree of values as JSON has them: what all parsers must agree on.
enum Value: Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case integer(Int)
    case string(Exact)
    case array([Value])
    case object([Exact: Value])

    /// The value that a node means.
    init(_ node: Node) {
        switch node.content {
        case .sequence(let items): self = .array(items.map(Value.init))
        case .mapping(let entries):
            self = .object(Dictionary(entries.map { (Exact($0.key), Value($0.value)) }) { first, _ in first })
        case .scalar(let scalar):
            switch scalar.meaning {
            case .null: self = .null
            case .boolean(let value): self = .boolean(value)
            case .integer(let value): self = .integer(value)
            case .number(let value): self = Int(exactly: value).map { .integer($0) } ?? .number(value)
            case .string: self = .string(Exact(scalar.text))
            }
        }
    }

    /// The value as a node without places; keys in order of their bytes.
    var node: Node {
        let content: Node.Content =
            switch self {
            case .null: .scalar(Node.Scalar("null"))
            case .boolean(let value): .scalar(Node.Scalar(value.description))
            case .integer(let value): .scalar(Node.Scalar(value.description))
            case .number(let value): .scalar(Node.Scalar(value.description))
            case .string(let exact): .scalar(Node.Scalar(exact.text, .doubleQuoted))
            case .array(let items): .sequence(items.map(\.node))
            case .object(let members):
                .mapping(
                    members.sorted { $0.key < $1.key }.map { Node.Entry($0.key.text, Self.nowhere, $0.value.node) })
            }
        return Node(content, Self.nowhere)
    }

    private static let nowhere = SourceRange(SourceFile(path: "", bytes: []), 0, 0)
}

extension Value: Decodable {
    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: Name.self) {
            var members: [Exact: Value] = [:]
            for key in object.allKeys { members[Exact(key.stringValue)] = try object.decode(Value.self, forKey: key) }
            self = .object(members)
            return
        }
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .null
        } else if let value = try? single.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? single.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? single.decode(Double.self) {
            self = .number(value)
        } else if let value = try? single.decode(String.self) {
            self = .string(Exact(value))
        } else {
            self = .array(try single.decode([Value].self))
        }
    }

    /// Any name of a member.
    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
