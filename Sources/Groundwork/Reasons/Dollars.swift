/// Dollars as people write them: `$1,234`.
package func dollars(_ value: Double) -> String {
    (value.rounded() < 0 ? "-$" : "$") + Notation.grouped.text(value.magnitude)
}

/// Dollars as people write them, with their reasons: `$1,234`.
package func dollars(_ amount: Traced<Double>, _ name: String) -> ReasonedText {
    dollars(amount.named(name, "$/month"))
}

/// Dollars as people write them, with their reasons: `$1,234`.
package func dollars(_ amount: Reasoned) -> ReasonedText {
    amount.value < 0 ? "-$\((0 - amount).named(amount.reason.name ?? "", "$/month"), .grouped)" : "$\(amount, .grouped)"
}
