/// Eight bytes of a text, checked by a few operations on one number.
package struct EightBytes {
    @usableFromInline let word: UInt64

    /// Takes the bytes from an offset on; nil where fewer are left.
    @inlinable @inline(__always) package init?(_ text: UnsafeRawBufferPointer, at offset: Int) {
        guard offset + 8 <= text.count else { return nil }
        word = text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Whether each is a character.
    @inlinable @inline(__always) package var areASCII: Bool { word & 0x8080_8080_8080_8080 == 0 }

    /// Whether one of them is a line end.
    @inlinable @inline(__always) package var haveLineEnd: Bool {
        let others = word ^ 0x0A0A_0A0A_0A0A_0A0A
        return (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080 != 0
    }

    /// Whether all are printable ASCII.
    @inlinable @inline(__always) package var arePrintable: Bool {
        let isControl = (word &- 0x2020_2020_2020_2020) & ~word
        let isDelete = word &+ 0x0101_0101_0101_0101
        return (word | isControl | isDelete) & 0x8080_8080_8080_8080 == 0
    }
}
