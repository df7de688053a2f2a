import Diagnostics
import YAML

extension FieldReader {
    /// Reads a value of any type, which may be null; nil if the key is missing.
    mutating func any(_ key: String, _ meaning: String, examples: String...) -> Node? {
        if mode == .recording {
            record(key, .object([("examples", .array(examples.compactMap(JSON.init(yaml:))))]), meaning)
        }
        return taken(key)?.value
    }
}
