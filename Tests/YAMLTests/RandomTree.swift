/// A generator whose numbers depend on its seed alone (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The characters that trip parsers, with some that do not.
private let characters = Array(
    "  ::##--??,,[]{}!&*|>'\"%@`\\\n\n\t=~_<$()/;^+..0123456789abcdefxyYnNoOeETtZz\u{0}\u{7F}\u{85}\u{A0}\u{2028}\u{FEFF}\r€é😀"
        .unicodeScalars)

/// Makes a text of characters that trip parsers.
func randomText(_ generator: inout Seeded) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...9, using: &generator) {
        text.append(characters[Int.random(in: characters.indices, using: &generator)])
    }
    return String(text)
}

/// Makes a tree of at most some levels.
func randomTree(_ generator: inout Seeded, depth: Int) -> Value {
    switch Int.random(in: 0..<(depth > 0 ? 14 : 9), using: &generator) {
    case 0: return .null
    case 1: return .boolean(Bool.random(using: &generator))
    case 2: return .integer(Int.random(in: -1_000_000...1_000_000, using: &generator))
    case 3:
        let value = Double.random(in: -10...10, using: &generator)
        return .number([value, value * 1e-9, value * 1e12 + 0.5][Int.random(in: 0..<3, using: &generator)])
    case 4...8: return .string(Exact(randomText(&generator)))
    case 9...10:
        let count = Int.random(in: 0...4, using: &generator)
        return .array((0..<count).map { _ in randomTree(&generator, depth: depth - 1) })
    default:
        let count = Int.random(in: 0...4, using: &generator)
        var members: [Exact: Value] = [:]
        for _ in 0..<count { members[Exact(randomText(&generator))] = randomTree(&generator, depth: depth - 1) }
        return .object(members)
    }
}
