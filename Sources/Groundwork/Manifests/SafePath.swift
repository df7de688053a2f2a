/// The file in which stowage records what it wrote.
package let lockPath = "stowage.lock.json"

/// The folder that holds a half-finished write where folders cannot be exchanged.
let journalPath = ".stowage-journal"

/// The longest name that the usual file systems take, in bytes.
private let longestName = 255

/// Says why a file may not be written under a path, or nil if it may: a path stays inside the output folder on every system.
package func unsafePathReason(_ path: String) -> String? {
    if isHarmless(path) { return nil }
    if path.isEmpty { return "it is empty" }
    for scalar in path.unicodeScalars where !scalar.isPlainASCII {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return "it contains a control character"
        // Invisible and direction-changing characters make two paths look alike.
        case .format: return "it contains an invisible character"
        default: if scalar == "\\" { return "it contains a backslash" }
        }
    }
    if path.utf8.first == UInt8(ascii: "/") { return "it is absolute" }
    let components = path.split(separator: "/", omittingEmptySubsequences: false)
    for component in components {
        switch component {
        case "": return "it has an empty component"
        case ".", "..": return "it has the component `\(component)`"
        default: break
        }
        if component.utf8.count > longestName { return "a component is longer than \(longestName) bytes" }
        if component.lowercased() == ".git" { return "`.git` is reserved for Git" }
    }
    guard let first = components.first?.lowercased() else { return "it is empty" }
    if components.count == 1, first == lockPath { return "`\(lockPath)` is reserved" }
    if first == journalPath { return "`\(journalPath)` is reserved" }
    return nil
}

/// Whether a path is made of plain names in folders, as almost all are: lowercase, no name that begins with a dot.
private func isHarmless(_ path: String) -> Bool {
    var previous = UInt8(ascii: "/")
    var isNested = false
    var length = 0
    for byte in path.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            break
        case UInt8(ascii: "."), UInt8(ascii: "/"):
            if previous == UInt8(ascii: "/") { return false }
            if byte == UInt8(ascii: "/") { isNested = true }
        default: return false
        }
        previous = byte
        length += 1
    }
    return isNested && previous != UInt8(ascii: "/") && length <= longestName
}

extension Unicode.Scalar {
    /// Whether the character is visible ASCII other than a backslash, as almost all are.
    fileprivate var isPlainASCII: Bool { ("!"..."~").contains(self) && self != "\\" }
}
