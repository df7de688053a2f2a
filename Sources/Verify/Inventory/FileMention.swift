import Diagnostics
import Groundwork

/// Finds the name of a file in the text of a script; a longer name that contains it is another one.
package func mention(of name: String, in script: SourceFile) -> Int? {
    let bytes = script.bytes
    var from = 0
    while let start = bytes[from...].firstRange(of: Array(name.utf8))?.lowerBound {
        let end = start + name.utf8.count
        let isWhole =
            (start == 0 || !isOfName(bytes[start - 1])) && (end == bytes.count || !isOfName(bytes[end]))
        if isWhole { return start }
        from = start + 1
    }
    return nil
}

/// Whether a byte may be part of a file's name.
private func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
    default: false
    }
}
