import Groundwork
import Testing

/// Quantities as the API server reads and stores them.
struct QuantityTests {
    @Test(
        "is a whole number of thousandths, rounded up",
        arguments: [
            ("70", 70_000), ("571m", 571), ("0.5", 500), ("0.0001", 1), ("-0.5", -500), ("1500u", 2),
            ("64Ki", 65_536_000),
            ("1.5Gi", 1_610_612_736_000), ("25e-3", 25), ("1E3", 1_000_000), ("2k", 2_000_000), ("+3", 3000), ("0", 0),
        ])
    func milli(_ text: String, _ milli: Int) { #expect(Quantity(text)?.milli == milli) }

    private static let doubles: [(String, Double)] = [
        ("571m", 571 * 1e-3), ("0.571", 571 * 1e-3), ("0.0005", 500 * 1e-6), ("25e-3", 25 * 1e-3), ("0.1", 0.1),
        ("12M", 12e6), ("80Gi", 85_899_345_920), ("1500m", 1.5),
    ]

    @Test("as a double it is the digits of the canonical form times a power of ten", arguments: doubles)
    func double(_ text: String, _ double: Double) { #expect(Quantity(text)?.double == double) }

    @Test("rejects what is none", arguments: ["", ".", "m", "1.2.3", "5 m", "1e", "0x1", "1Mib", "--1", "ten"])
    func rejects(_ text: String) { #expect(Quantity(text) == nil) }
}
