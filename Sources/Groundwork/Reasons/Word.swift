/// A value that the spec writes as one of a few words.
package protocol Word: RawRepresentable<String>, CaseIterable, Hashable, FactConvertible where AllCases == [Self] {}

extension Word {
    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(rawValue) }
}
