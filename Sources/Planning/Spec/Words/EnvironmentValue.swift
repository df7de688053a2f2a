import Groundwork

/// The value of an environment variable: a string, or a key of a Secret or ConfigMap.
package enum EnvironmentValue: Sendable, Hashable {
    case text(String)
    case secret(name: String, key: String)
    case configMap(name: String, key: String)

    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var secret: (name: String, key: String)? {
        if case .secret(let name, let key) = self { (name, key) } else { nil }
    }
    package var configMap: (name: String, key: String)? {
        if case .configMap(let name, let key) = self { (name, key) } else { nil }
    }
}

/// A mapping that is placed as the spec has it.
package struct RawMapping: FactConvertible {
    package let fact: FactValue
    package static var kind: RecordType.Kind { .mapping }
}
