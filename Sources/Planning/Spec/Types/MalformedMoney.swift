/// Money in common notations: `$1,500`, `20 USD/day`, `$260k/month`.
private struct WrittenMoney {
    enum Comma { case thousands, decimals }

    let amount: Double
    /// What the commas in the amount mean.
    let comma: Comma?
    /// The letter that multiplies the amount.
    let suffix: Character?
    let hasCurrency: Bool
    /// What follows the amount, without the slash; nil where nothing does.
    let period: Substring?

    init?(_ text: String) {
        let written = text.hasPrefix("$") ? text.dropFirst() : text[...]
        let digits = written.prefix { $0.isASCII && $0.isNumber || $0 == "," || $0 == "." }
        comma = WrittenMoney.comma(in: digits)
        let plain = digits.replacing(",", with: comma == .decimals ? "." : "")
        guard let (number, none) = Decimal.prefix(of: String(plain)), none.isEmpty else { return nil }
        var rest = written.dropFirst(digits.count)
        suffix = rest.wholeMatch(of: /([kKmM])([^A-Za-z].*)?/)?.1.first
        if suffix != nil { rest = rest.dropFirst() }
        amount = number.value() * (suffix.map { "kK".contains($0) ? 1e3 : 1e6 } ?? 1)
        guard
            let (_, currency, period) = rest.wholeMatch(of: /[ ]*(USD|usd|\$|dollars)? *(?:(?:\/|per ) *(.+))?/)?.output
        else {
            return nil
        }
        hasCurrency = currency != nil || text.hasPrefix("$")
        self.period = period
    }

    /// Tells what commas mean: a thousands separator has three digits after it.
    private static func comma(in digits: Substring) -> Comma? {
        guard digits.contains(",") else { return nil }
        return digits.wholeMatch(of: /[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?/) != nil ? .thousands : .decimals
    }
}

/// Explains money in another notation, and writes the same amount in the expected one.
func malformedMoney(_ text: String, per expected: Period) -> FieldProblem? {
    guard let money = WrittenMoney(text) else { return nil }
    guard let period = money.period.map({ Period(named: $0) }) ?? expected else {
        return FieldProblem(
            "unknown-unit", "is `\(text)`, which is not in dollars per \(expected)",
            help: "write money such as `$20/\(expected)`")
    }
    let (factor, monthHours) = period.factor(to: expected)
    let same = expected.money(money.amount * factor)
    func problem(_ code: String, _ message: String, label: String = "", _ reason: String = "") -> FieldProblem {
        FieldProblem(
            code, "is `\(text)`, \(message)", label: label, help: "write `\(same)`\(reason)", instead: [same])
    }
    if period != expected {
        return problem(
            "unknown-unit", "which is not in dollars per \(expected)",
            monthHours.map { ", the equivalent for a month of \(plainly($0)) hours" } ?? "")
    }
    if money.comma == .thousands { return problem("malformed-quantity", "with a thousands separator") }
    if money.comma == .decimals { return problem("malformed-quantity", "with a decimal comma") }
    if let suffix = money.suffix { return problem("malformed-quantity", "with the suffix `\(suffix)`") }
    if money.period == nil {
        return problem(
            "missing-unit", "without \(money.hasCurrency ? "a period" : "a currency and a period")",
            label: "must be in dollars per \(expected)")
    }
    if !money.hasCurrency { return problem("missing-unit", "without a currency") }
    let isInForm = text.wholeMatch(of: /\$[0-9]+\.[0-9]+\/(.+)/)?.1 == expected.rawValue[...]
    return problem("malformed-quantity", isInForm ? "with too many decimals" : "in an unsupported notation")
}
