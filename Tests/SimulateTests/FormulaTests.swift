import Simulate
import Testing

/// Formulas of `scalingModifiers`.
struct FormulaTests {
    @Test(
        "is computed as expr does",
        arguments: [
            ("(a + b) / 2", 3.5), ("a - b * 2", -8.0), ("a >= 2 ? a + b : 1", 7.0), ("b % 3 ** 1", 2.0),
            ("count([a, b, c], {# > 1}) > 1 ? 5 : 0", 5.0), ("max([a, b, 9])", 9.0), ("min(a, b)", 2.0),
            ("-a ** 2", -4.0), ("2 ** 3 ** 0", 2.0), ("a == 2 && not (b < 1) or false ? 1 : 0", 1.0),
            ("sum([a, b, c])", 7.5), ("round(median([a, b, c]) * 10) / 10", 2.0), ("1e1 + .5 + 1_000", 1010.5),
            ("missing ?? b", 5.0), ("a in [1, 2] ? 4 : 3", 4.0), ("any([a, b], {# > 4}) ? ceil(c) : floor(c)", 1.0),
            ("float(a) / 4", 0.5), ("!(a > 1) ? 1 : abs(-3)", 3.0), ("none([a], # > 4) ? 1 : 0", 1.0),
        ])
    func computes(_ text: String, _ value: Double) throws {
        let formula = try #require(ModifierFormula(text))
        #expect(formula.value(Self.values) == .number(value))
    }

    @Test(
        "has no value where KEDA reports an error",
        arguments: ["a + unknown", "missing + 1", "a > true ? 1 : 0", "b % 0"])
    func errors(_ text: String) throws {
        #expect(try #require(ModifierFormula(text)).value(Self.values) == nil)
    }

    @Test("rejects what is no formula", arguments: ["", "a +", "(a", "a b", "count(a", "a ? b", "a @ b", "[1, ]"])
    func rejects(_ text: String) { #expect(ModifierFormula(text) == nil) }

    @Test("names its triggers")
    func variables() throws {
        #expect(
            try #require(ModifierFormula("max([a, b]) > c ? count([d], {# > e}) : -f")).variables == [
                "a", "b", "c", "d", "e", "f",
            ])
    }

    private static func values(_ name: String) -> ModifierFormula.Value? {
        ["a": .number(2), "b": .number(5), "c": .number(0.5), "missing": .null][name]
    }
}
