import Diagnostics

extension FieldReader {
    /// Reports a value that is required in this case only.
    mutating func reportAbsence<Value>(_ key: String, _ type: FieldType<Value>, _ meaning: String) {
        guard mode == .reading, !entryExists(key) else { return }
        reportMissing(key, type.expects(), meaning)
    }

    /// Writes into the schema that exactly one of the keys is given.
    mutating func recordSingleKey() { if mode == .recording { recorded.holdsOneKey = true } }
}
