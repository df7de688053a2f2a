import Groundwork

/// Random numbers that follow from a seed: SplitMix64.
package struct SeededNumbers: Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// Independent numbers for a purpose, so that one more use of one stream does not move the others.
    package init(seed: UInt64, stream: Int) {
        var mixed = SeededNumbers(seed: seed ^ (UInt64(bitPattern: Int64(stream)) &* 0xD1B5_4A32_D192_ED03))
        state = mixed.next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, and without, 1.
    package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// An exponentially distributed number with mean 1.
    package mutating func exponential() -> Double { -(1 - unit()).logarithm }

    /// A whole number below another.
    package mutating func below(_ count: Int) -> Int { Int(((next() >> 32) &* UInt64(count)) >> 32) }
}
