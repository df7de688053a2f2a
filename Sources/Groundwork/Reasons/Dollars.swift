/// Dollars with thousands separators: `$1,234`.
package func dollars(_ value: Double) -> String {
    (value.rounded() < 0 ? "-$" : "$") + Notation.grouped.text(value.magnitude)
}

/// Dollars with thousands separators and their reasons: `$1,234`.
package func dollars(_ amount: Traced<Double>, _ name: String) -> ReasonedText {
    dollars(amount.named(name, "$/month"))
}

/// Dollars with thousands separators and their reasons: `$1,234`.
package func dollars(_ amount: Reasoned) -> ReasonedText {
    amount.value < 0 ? "-$\((0 - amount).named(amount.reason.name ?? "", "$/month"), .grouped)" : "$\(amount, .grouped)"
}
