/// What a key of a `config.json` means to the plan: a row of `config-keys.csv`.
package struct ConfigKey: Sendable {
    package enum Use: String, Sendable {
        /// The figures depend on it.
        case read
        /// Neither memory nor speed depends on it.
        case ignored
        /// Only the value in the table is supported: any other changes the figures in a way that is not known.
        case only
    }

    package let name: String
    package let use: Use
    /// The supported value, if there is only one.
    package let value: String
    package let meaning: String

    /// All rows, in the order of the table.
    package static let all: [ConfigKey] = scan("config-keys", columns: ["key", "use", "value", "meaning"]) { row in
        ConfigKey(name: row.text(), use: row.word(Use.self), value: row.text(), meaning: row.text())
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The row of a key; nil if the table has none.
    static func named(_ name: String) -> ConfigKey? { byName[name] }
}
