import Testing

@testable import Diagnostics

@Suite("Eight bytes")
struct EightBytesTests {
    @Test("are checked as one by one, whatever byte stands wherever")
    func everyByte() {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<8 {
                for filling: UInt8 in [0x20, 0x61, 0x7E] {
                    var bytes = [UInt8](repeating: filling, count: 8)
                    bytes[place] = byte
                    let isPrintable = byte >= 0x20 && byte < 0x7F
                    let found = bytes.withUnsafeBytes { EightBytes($0, at: 0) }
                    #expect(found?.arePrintable == isPrintable, "\(byte) at \(place)")
                    #expect(found?.areASCII == (byte < 0x80), "\(byte) at \(place)")
                    #expect(found?.haveLineEnd == (byte == 0x0A), "\(byte) at \(place)")
                }
            }
        }
    }

    @Test("are not taken past the end")
    func end() {
        let bytes = [UInt8](repeating: 0x61, count: 9)
        #expect(bytes.withUnsafeBytes { EightBytes($0, at: 1) } != nil)
        #expect(bytes.withUnsafeBytes { EightBytes($0, at: 2) } == nil)
    }

    @Test("leave no line unseen")
    func lines() {
        for length in 0..<40 {
            for end in 0..<max(length, 1) {
                var bytes = [UInt8](repeating: 0x61, count: length)
                if end < length { bytes[end] = 0x0A }
                let starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
                #expect(SourceFile(path: "a", bytes: bytes).lineStarts == starts)
            }
        }
    }
}
