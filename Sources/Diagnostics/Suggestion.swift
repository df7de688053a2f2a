/// Finds the word that was most likely meant; nil if none is near.
///
/// Near means at most a third of the letters differ (one in short words), case counting little. Ties go to the first.
package func closest(to word: String, among candidates: [String]) -> String? {
    let typed = Array(word.utf8)
    var best: (word: String, cost: Int)?
    for candidate in candidates where candidate != word {
        let letters = Array(candidate.utf8)
        let bound = max(1, max(typed.count, letters.count) / 3)
        guard abs(typed.count - letters.count) <= bound else { continue }
        let lowered = distance(typed.map(lowercase), letters.map(lowercase))
        guard lowered <= bound, lowered < max(typed.count, letters.count) else { continue }
        // Words that differ in case alone are nearest of all.
        let cost = lowered * 2 + (typed == letters ? 0 : 1)
        if best.map({ cost < $0.cost }) ?? true { best = (candidate, cost) }
    }
    return best?.word
}

/// Counts the insertions, deletions, replacements and swaps of neighbors between two words.
private func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var (beforeLast, last) = ([Int](), Array(0...right.count))
    for (i, a) in left.enumerated() {
        var row = [i + 1]
        for (j, b) in right.enumerated() {
            var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a == b ? 0 : 1))
            if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { cost = min(cost, beforeLast[j - 1] + 1) }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[right.count]
}

/// Lowers an ASCII letter.
private func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
