/// What changed in texts, by kind: numbers in a line, words in a line, whole rows, white space, whole files.
///
/// Lines that change alike are listed once, with their count and one place, so that a large change can be read.
package struct TextChanges {
    package enum Kind: String, CaseIterable { case numbers, words, rows, layout, files }

    /// A change without what differs from place to place.
    private struct Pattern: Hashable {
        let kind: Kind
        let words: String
    }

    private var count: [Pattern: Int] = [:]
    private var example: [Pattern: String] = [:]
    private var paths: [Kind: Set<String>] = [:]

    package init() {}

    package var isEmpty: Bool { count.isEmpty }

    /// Adds the difference of a text; nil stands for no file.
    package mutating func add(_ path: String, from old: String?, to new: String?) {
        guard let old, let new else { return add(.files, new == nil ? "- \(path)" : "+ \(path)", path, "") }
        let (before, after) = (lines(old), lines(new))
        for hunk in hunks(from: before, to: after) {
            let pairs = zip(hunk.removed, hunk.inserted)
            for (left, right) in pairs { add(before[left], after[right], "\(path):\(right + 1)", path) }
            for index in hunk.removed.dropFirst(hunk.inserted.count) {
                add(.rows, "- \(masked(before[index]))", path, "\(path):\(index + 1)")
            }
            for index in hunk.inserted.dropFirst(hunk.removed.count) {
                add(.rows, "+ \(masked(after[index]))", path, "\(path):\(index + 1)")
            }
        }
    }

    /// The list, the most frequent first.
    package var text: String {
        Kind.allCases.compactMap { kind -> String? in
            let patterns = count.filter { $0.key.kind == kind }
            guard !patterns.isEmpty else { return nil }
            let sorted = patterns.sorted { ($1.value, $0.key.words) < ($0.value, $1.key.words) }
            let rows = sorted.map { pattern, count in
                "  \(count) × \(pattern.words)\(example[pattern].map { $0.isEmpty ? "" : "   (\($0))" } ?? "")"
            }
            let total = patterns.values.reduce(0, +)
            return ([kind.title(total, paths[kind]?.count ?? 0)] + rows).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// Adds a line that became another.
    private mutating func add(_ old: String, _ new: String, _ place: String, _ path: String) {
        let (left, right) = (masked(old), masked(new))
        if old.split(separator: " ") == new.split(separator: " ") {
            add(.layout, "white space", path, place)
        } else if left == right {
            add(.numbers, left, path, "\(numbers(old, new)), \(place)")
        } else {
            add(.words, changedWords(left, right), path, place)
        }
    }

    private mutating func add(_ kind: Kind, _ words: String, _ path: String, _ place: String) {
        let pattern = Pattern(kind: kind, words: words)
        count[pattern, default: 0] += 1
        example[pattern] = example[pattern] ?? place
        paths[kind, default: []].insert(path)
    }
}

extension TextChanges.Kind {
    fileprivate func title(_ count: Int, _ files: Int) -> String {
        self == .files ? "files: \(count)" : "\(rawValue): \(count) in \(files) file\(files == 1 ? "" : "s")"
    }
}

private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}

/// Stretches of lines that stand for each other.
private func hunks(from old: [String], to new: [String]) -> [(removed: [Int], inserted: [Int])] {
    let difference = new.difference(from: old)
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in difference {
        switch change {
        case .remove(let offset, _, _): removed.insert(offset)
        case .insert(let offset, _, _): inserted.insert(offset)
        }
    }
    var hunks: [(removed: [Int], inserted: [Int])] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
        var hunk: (removed: [Int], inserted: [Int]) = ([], [])
        while removed.contains(left) { hunk.removed.append(left); left += 1 }
        while inserted.contains(right) { hunk.inserted.append(right); right += 1 }
        if !hunk.removed.isEmpty || !hunk.inserted.isEmpty { hunks.append(hunk) }
        left += 1
        right += 1
    }
    return hunks
}

/// A line without its indentation and with `#` for its numbers and digests.
private func masked(_ line: String) -> String {
    var text = ""
    for word in line.split(separator: " ") {
        if !text.isEmpty { text += " " }
        text += isDigest(word) ? "#" : maskedNumbers(word)
    }
    return text
}

private func maskedNumbers(_ word: Substring) -> String {
    String(word).replacing(/[0-9]+(?:[.,][0-9]+)*/, with: "#")
}

/// Whether a word holds a SHA-256 digest, as the lines of a lock do.
private func isDigest(_ word: Substring) -> Bool {
    let longest = word.split { !$0.isHexDigit }.map(\.count).max() ?? 0
    return longest == 64
}

/// The first number that differs, before and after.
private func numbers(_ old: String, _ new: String) -> String {
    let pair = zip(old.split(separator: " "), new.split(separator: " ")).first { $0 != $1 }
    return pair.map { "\($0.prefix(40)) → \($1.prefix(40))" } ?? ""
}

/// What is between the words that two lines have in common at their ends.
private func changedWords(_ old: String, _ new: String) -> String {
    var (left, right) = (old.split(separator: " ")[...], new.split(separator: " ")[...])
    let start = zip(left, right).prefix { $0 == $1 }.count
    (left, right) = (left.dropFirst(start), right.dropFirst(start))
    let end = zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
    return "`\(left.dropLast(end).joined(separator: " "))` → `\(right.dropLast(end).joined(separator: " "))`"
}
