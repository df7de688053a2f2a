import Diagnostics
import Groundwork

/// A comment or an annotation that allows a finding.
private struct Suppression {
    let code: String
    let reason: String
    let place: SourceRange
    /// The bytes whose findings it suppresses.
    let extent: Range<Int>
    var isUsed = false
}

/// Drops the findings that the files themselves allow, and reports suppressions without a reason, a rule or a finding.
func suppress(
    _ found: [Diagnostic], in manifests: [Manifest], and files: [SourceFile] = [], of choice: RuleSelection,
    _ report: inout Report
) -> [Diagnostic] {
    var suppressions: [String: [Suppression]] = [:]
    for manifest in manifests {
        guard let file = manifest.documents.first?.root.place.file, find("allow", in: file.bytes) != nil else {
            continue
        }
        let all = comments(in: file) + manifest.documents.flatMap { annotations(on: $0.root) }
        if !all.isEmpty { suppressions[file.path] = all }
    }
    for file in files where find("allow", in: file.bytes) != nil {
        suppressions[file.path, default: []] += comments(in: file)
    }
    if suppressions.isEmpty { return found }
    var kept: [Diagnostic] = []
    for finding in found {
        guard let range = finding.range, var own = suppressions[range.file.path],
            let index = own.firstIndex(where: { $0.code == finding.code && $0.extent.contains(range.start) })
        else {
            kept.append(finding)
            continue
        }
        own[index].isUsed = true
        suppressions[range.file.path] = own
        // Without a reason it has no effect, and the finding is reported as well.
        if own[index].reason.isEmpty { kept.append(finding) }
    }
    let asked = Set(choice.rules.map(\.code))
    for suppression in suppressions.sorted(by: { $0.key < $1.key }).flatMap(\.value) {
        if let problem = problem(of: suppression, asked) { report.add(problem) }
    }
    return kept
}

/// Reports what is wrong with a suppression; nil for a valid one.
private func problem(of suppression: Suppression, _ asked: Set<String>) -> Diagnostic? {
    if rule(named: suppression.code) == nil {
        return Diagnostic(
            .warning, "unknown-rule", "unknown rule `\(suppression.code)`", at: suppression.place,
            label: "suppresses nothing", help: ruleMeant(by: suppression.code).map { ["did you mean `\($0)`?"] } ?? [])
    }
    if suppression.reason.isEmpty {
        return Diagnostic(
            .warning, "unexplained-suppression", "`\(suppression.code)` is allowed without a reason",
            at: suppression.place, label: "has no effect",
            help: ["add a reason: `# stowage:allow \(suppression.code): this is intended because …`"])
    }
    if !suppression.isUsed, asked.contains(suppression.code) {
        return Diagnostic(
            .warning, "idle-suppression", "`\(suppression.code)` is allowed, but the rule finds nothing here",
            at: suppression.place, label: "suppresses nothing")
    }
    return nil
}

/// Finds comments of the form `# stowage:allow code[, code]: reason`; one on a line of its own applies to the next.
private func comments(in file: SourceFile) -> [Suppression] {
    let mark: StaticString = "stowage:allow "
    var found: [Suppression] = []
    var from = 0
    while let start = find(mark, in: file.bytes, from: from) {
        from = start + mark.utf8CodeUnitCount
        let line = file.place(of: start).line
        let before = file.bytes[file.lineStarts[line - 1]..<start]
        guard let sign = before.lastIndex(where: { !isBlank($0) }), before[sign] == UInt8(ascii: "#"),
            sign == before.startIndex || isBlank(before[sign - 1])
        else { continue }
        let isAlone = before[..<sign].allSatisfy(isBlank)
        let end = lineEnd(line, in: file)
        let text = String(decoding: file.bytes[from..<max(from, end)], as: UTF8.self)
        let (codes, reason) = parts(of: text)
        let target = isAlone ? nextLine(after: line, in: file) : line
        let extent = file.lineStarts[target - 1]..<max(file.lineStarts[target - 1], lineEnd(target, in: file)) + 1
        let place = SourceRange(file, start, end)
        found += codes.map { Suppression(code: currentName(of: $0), reason: reason, place: place, extent: extent) }
    }
    return found
}

/// Splits `code, code: reason`.
private func parts(of text: String) -> (codes: [String], reason: String) {
    let colon = text.firstIndex(of: ":") ?? text.endIndex
    let codes = text[..<colon].split { $0 == "," || $0 == " " || $0 == "\r" }.map(String.init)
    let reason = colon == text.endIndex ? "" : text[text.index(after: colon)...].filter { !$0.isWhitespace }
    return (codes, String(reason))
}

/// The first line below that is not only a comment; the line itself if there is none.
private func nextLine(after line: Int, in file: SourceFile) -> Int {
    var next = line + 1
    while next <= file.lineStarts.count {
        let text = file.bytes[file.lineStarts[next - 1]..<lineEnd(next, in: file)]
        if let first = text.first(where: { !isBlank($0) }), first != UInt8(ascii: "#") { return next }
        next += 1
    }
    return line
}

private func lineEnd(_ line: Int, in file: SourceFile) -> Int {
    line < file.lineStarts.count ? file.lineStarts[line] - 1 : file.bytes.count
}

private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

/// Finds annotations of the form `allow.stowage.dev/code: reason`; they apply to the whole object.
private func annotations(on root: ManifestValue) -> [Suppression] {
    let prefix = "allow.stowage.dev/"
    return (root["metadata"]?["annotations"]?.entries ?? []).filter { $0.key.hasPrefix(prefix) }.map { entry in
        Suppression(
            code: currentName(of: String(entry.key.dropFirst(prefix.count))), reason: entry.value.text ?? "",
            place: entry.keyPlace,
            extent: root.place.start..<max(root.place.end, root.place.start) + 1)
    }
}
