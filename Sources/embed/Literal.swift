/// The Swift file that holds the sections.
func swiftSource(_ sections: [Section]) -> String {
    var source = "/// Files that are part of the program, sorted by path.\npackage enum Embedded {\n"
    for section in sections {
        source += "    package static let \(section.name): [(path: String, text: String)] = [\n"
        for path in section.paths {
            let file = section.folder + "/" + path
            source += "        (path: \"\(path)\", text: \(literal(contents(of: file), of: file))),\n"
        }
        source += "    ]\n"
    }
    return source + "}\n"
}

/// A raw string literal of several lines, with enough `#` that nothing in the text ends it or escapes from it.
///
/// One literal per file: an array of bytes of the same size takes minutes to compile.
private func literal(_ text: String, of file: String) -> String {
    let isControl = { (byte: UInt8) in byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F }
    if text.utf8.contains(where: isControl) { stop("\(file): control characters cannot be embedded") }
    let hashes = String(repeating: "#", count: longestRunOfHashes(in: text) + 1)
    return "\(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)"
}

private func longestRunOfHashes(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
        run = byte == UInt8(ascii: "#") ? run + 1 : 0
        longest = max(longest, run)
    }
    return longest
}
