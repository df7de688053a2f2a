/// A stretch of old lines that a stretch of new lines replaces.
///
/// One of the two may be empty.
struct Edit: Sendable, Equatable {
    var old: Range<Int>
    var new: Range<Int>
}

/// Finds the edits between two sequences of numbers, in their order; between two edits both sequences are equal.
///
/// Equal numbers are equal lines. This is Myers' algorithm in linear space.
func edits(from old: [Int], to new: [Int]) -> [Edit] {
    var search = EditSearch(old, new)
    search.compare()
    var found: [Edit] = []
    var (x, y) = (0, 0)
    while x < old.count || y < new.count {
        let (startX, startY) = (x, y)
        while x < old.count, search.isRemoved[x] { x += 1 }
        while y < new.count, search.isAdded[y] { y += 1 }
        if x > startX || y > startY { found.append(Edit(old: startX..<x, new: startY..<y)) }
        // Unchanged lines come in pairs.
        while x < old.count, y < new.count, !search.isRemoved[x], !search.isAdded[y] { (x, y) = (x + 1, y + 1) }
    }
    return found
}
