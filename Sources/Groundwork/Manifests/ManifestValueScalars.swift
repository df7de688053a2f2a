import YAML

extension ManifestValue {
    /// What the value is.
    package var kind: Kind {
        switch storage {
        case .template(let node, _):
            switch node.content {
            case .literal(let literal): Kind(literal.meaning)
            case .sequence: .list
            case .mapping: .mapping
            case .placeholder, .text, .document: .string
            }
        case .text: .string
        case .fact(let fact, _): Kind(fact.value)
        case .node(let node):
            switch node.content {
            case .scalar(let scalar): Kind(scalar.meaning)
            case .sequence: .list
            case .mapping: .mapping
            }
        case .list: .list
        case .mapping: .mapping
        }
    }

    /// The text of a scalar, whatever its kind; nil for null, lists and mappings.
    package var text: String? {
        switch storage {
        case .template(let node, let scope):
            switch node.content {
            case .literal(let literal): literal.meaning == .null ? nil : literal.text
            case .document(let notation, let nested): documentText(notation, nested, scope)
            case .sequence, .mapping, .placeholder, .text: nil
            }
        case .text(let text, _, _): text
        case .fact(let fact, _): fact.value.text
        case .node(let node): node.scalar.flatMap { $0.meaning == .null ? nil : $0.text }
        case .list, .mapping: nil
        }
    }

    /// The text of a string; nil for everything else, such as a number.
    package var string: String? { kind == .string ? text : nil }

    /// The number of an integer.
    package var integer: Int? {
        switch scalar {
        case .integer(let number): number
        case .null, .boolean, .number, .string, nil: nil
        }
    }

    /// The number of an integer or a fraction.
    package var number: Double? {
        switch scalar {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .boolean, .string, nil: nil
        }
    }

    /// Whether a boolean is true.
    package var boolean: Bool? { if case .boolean(let flag) = scalar { flag } else { nil } }

    package var isNull: Bool { kind == .null }

    /// The document inside a string, where the template wrote it with `$json` or `$yaml`.
    package var nested: ManifestValue? {
        guard case .template(let node, let scope) = storage, case .document(_, let nested) = node.content else {
            return nil
        }
        return ManifestValue(nested, in: scope)
    }

    /// The document inside a string: as the template has it, or read from a file's text.
    package var document: ManifestValue? {
        if case .node(let node) = storage { return node.documents?.first.map { ManifestValue($0) } }
        return nested
    }

    /// What a scalar means; nil for lists and mappings.
    package var scalar: Meaning? {
        switch storage {
        case .template(let node, _):
            switch node.content {
            case .literal(let literal): literal.meaning
            case .document: .string
            case .sequence, .mapping, .placeholder, .text: nil
            }
        case .text: .string
        case .fact(let fact, _):
            switch fact.value {
            case .string: .string
            case .integer(let number): .integer(number)
            case .number(let number): .number(number)
            case .boolean(let flag): .boolean(flag)
            case .list, .mapping, .record: nil
            }
        case .node(let node): node.scalar?.meaning
        case .list, .mapping: nil
        }
    }
}

extension ManifestValue.Kind {
    init(_ meaning: Meaning) {
        switch meaning {
        case .null: self = .null
        case .boolean: self = .boolean
        case .integer: self = .integer
        case .number: self = .number
        case .string: self = .string
        }
    }

    init(_ fact: FactValue) {
        switch fact {
        case .string: self = .string
        case .integer: self = .integer
        case .number: self = .number
        case .boolean: self = .boolean
        case .list: self = .list
        case .mapping, .record: self = .mapping
        }
    }
}
