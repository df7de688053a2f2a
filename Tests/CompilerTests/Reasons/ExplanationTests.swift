import Testing

@testable import Groundwork

@Suite("An explanation")
struct ExplanationTests {
    private let full = Parameter(
        "kvCacheHigh", 0.7, "ratio", because: "room for one cold start", source: "https://example.org")

    private func given(_ name: String, _ value: Double, _ unit: Unit = .one) -> Reasoned {
        .given(name, value, unit, .convention("a guess"))
    }

    private func text(_ number: Reasoned, called name: String = "sum", limit: Int = 60) -> String {
        let traced = Traced<Double>(number)
        return explanation(of: Fact(traced.value.fact, traced.origin), called: name, limit: limit)
    }

    @Test("draws a shared reason once, and thresholds with their source")
    func sharing() {
        let share = full.reasoned * given("load", 3)
        let sum = share.named("once", .one) + share.named("again", .one)
        #expect(
            text(sum) == """
                sum = 4.2                 once + again
                ├─ once = 2.1             kvCacheHigh × load
                │  ├─ kvCacheHigh = 0.7   threshold `kvCacheHigh`: 0.7 ratio
                │  │                      room for one cold start
                │  │                      https://example.org
                │  └─ load = 3            a guess
                └─ again = 2.1            kvCacheHigh × load
                   ├─ kvCacheHigh = 0.7   threshold `kvCacheHigh`: 0.7 ratio
                   └─ load = 3            a guess

                """)
        let twice = share.named("once", .one)
        #expect(
            text(twice + given("more", 1) * twice) == """
                sum = 4.2                 once + more × once
                ├─ once = 2.1             kvCacheHigh × load
                │  ├─ kvCacheHigh = 0.7   threshold `kvCacheHigh`: 0.7 ratio
                │  │                      room for one cold start
                │  │                      https://example.org
                │  └─ load = 3            a guess
                └─ more = 1               a guess

                """)
    }

    @Test("leaves out what is furthest from the value, and says so")
    func limited() {
        let sum = (full.reasoned * given("load", 3)).named("once", .one) + given("more", 1)
        #expect(
            text(sum, limit: 3) == """
                sum = 3.1       once + more
                ├─ once = 2.1   kvCacheHigh × load …
                └─ more = 1     a guess

                """)
    }

    @Test("writes formulas from the operations that ran, with brackets where they are needed")
    func formulas() {
        let (a, b, c) = (given("a", 1), given("b", 2), given("c", 4))
        #expect((a + b - c).reason.formula == "a + b − c")
        #expect((a - (b + c)).reason.formula == "a − (b + c)")
        #expect((a * (b + c) / c).reason.formula == "a × (b + c) ÷ c")
        #expect((a / (b * c)).reason.formula == "a ÷ (b × c)")
        #expect((a * (b / c)).reason.formula == "a × (b ÷ c)")
        #expect((1 - a).reason.formula == "1 − a")
        #expect((a / b).roundedUp.reason.formula == "ceil(a ÷ b)")
        #expect((a / b).rounded(2).reason.formula == "round(a ÷ b, 2)")
        #expect((a + b).named("sum", .one).raised(to: c).reason.formula == "sum^c")
        #expect(Reasoned.most(a, b, c * b).reason.formula == "max(a, b, c × b)")
        #expect(Reasoned.minimum(a, .maximum(b, c)).reason.formula == "min(a, max(b, c))")
        #expect(Reasoned.sum([a, b, c]).reason.formula == "a + b + c")
    }

    @Test("computes with reasons what plain numbers give")
    func agrees() {
        func formula<N: Arithmetic>(_ a: N, _ b: N) -> N {
            N.maximum(a / b, (a * b + 1).logarithm).raised(to: 1 - b).rounded(4) + (a / b).roundedUp + b.roundedDown
        }
        for (a, b) in [(1.5, 0.25), (7, 3), (0.1, 0.3), (1e9, 12)] {
            #expect(formula(given("a", a), given("b", b)).value == formula(a, b))
            func factor<N: Arithmetic>(_ i: N, _ a: N, _ b: N) -> N { a / (i + b) }
            let plain = Double.chain(through: 12) { factor($0, a, b) }
            let (first, second) = (given("a", a), given("b", b))
            let reasoned = Reasoned.chain(through: given("n", 12)) { factor($0, first, second) }
            #expect(reasoned.sum.value == plain.sum && reasoned.weighted.value == plain.weighted)
            #expect(reasoned.last.value == plain.last)
        }
    }

    @Test("shows where a search ended, and what fails one step beyond")
    func search() {
        let room = given("room", 21.5, "GiB")
        let most = Reasoned.solved("most", 10, "1", "the most that fit", beyond: 11) { count in
            [Condition(count * .constant(2, "GiB"), .atMost, room)]
        }
        #expect(
            text(most, called: "most") == """
                most = 10                 the most that fit
                ├─ at 10: 20 ≤ 21.5 GiB   most × 2 ≤ room
                │  └─ room = 21.5 GiB     a guess
                └─ at 11: 22 ≤ 21.5 GiB   does not hold: most × 2 ≤ room

                """)
    }

    @Test("keeps the figures of a text, and how they are written")
    func texts() {
        let share = given("share", 0.256, "ratio")
        let percent: ReasonedText = "\((share * 100).named("percent", "%"), .rounded(0))%"
        let text: ReasonedText = "at most \(percent) of \(given("cost", 12345.6, "$"), .grouped) dollars"
        #expect(text.text == "at most 26% of 12,346 dollars")
        #expect(text.figures.map(\.figure.name) == ["percent", "cost"])
        #expect(text.figures.map { $0.start } == [8, 15])
    }

    @Test(
        "writes numbers in the notation that a text asks for",
        arguments: [
            (1234567.4, Notation.grouped, "1,234,567"), (-1234.5, .grouped, "-1,235"), (0.05, .fixed(2), "0.05"),
            (12, .fixed(2), "12.00"), (16.8, .quantity, "16800m"), (17, .quantity, "17"), (1, .float, "1.0"),
            (0.1234567, .plain, "0.123457"), (2.50, .rounded(1), "2.5"), (7.88874e19, .significant, "7.88874e+19"),
        ] as [(Double, Notation, String)])
    func notations(value: Double, notation: Notation, text: String) { #expect(notation.text(value) == text) }

    @Test("knows what a unit measures, and labels from measures")
    func units() {
        #expect((Unit("$/GiB/month").dimension * Unit("GiB").dimension).unit.symbol == "$/month")
        #expect((Unit("GiB").dimension / Unit("GiB/s").dimension).unit.symbol == "s")
        #expect(Unit("replicas/node").dimension == .none)
        #expect((given("a", 1, "GiB") * given("b", 2, "B/GiB")).reason.measure.symbol == "B")
    }
}
