/// The state of the search for edits.
struct EditSearch {
    let old: [Int]
    let new: [Int]
    private(set) var isRemoved: [Bool]
    private(set) var isAdded: [Bool]
    private var ahead: Frontier
    private var behind: Frontier

    /// The number of edits at which a search settles for the best split so far.
    ///
    /// The search is quadratic in it, and a longer list of edits is no more readable for being the shortest.
    private static let patience = 512

    init(_ old: [Int], _ new: [Int]) {
        self.old = old
        self.new = new
        isRemoved = Array(repeating: false, count: old.count)
        isAdded = Array(repeating: false, count: new.count)
        ahead = Frontier(old.count, new.count)
        behind = ahead
    }

    /// Marks what is removed and what is added.
    mutating func compare() {
        var boxes = [Edit(old: 0..<old.count, new: 0..<new.count)]
        while let box = boxes.popLast() {
            var (low, high) = (box.old.lowerBound, box.old.upperBound)
            var (left, right) = (box.new.lowerBound, box.new.upperBound)
            while low < high, left < right, old[low] == new[left] { (low, left) = (low + 1, left + 1) }
            while low < high, left < right, old[high - 1] == new[right - 1] { (high, right) = (high - 1, right - 1) }
            if low == high {
                for index in left..<right { isAdded[index] = true }
            } else if left == right {
                for index in low..<high { isRemoved[index] = true }
            } else {
                let point = split(Edit(old: low..<high, new: left..<right))
                boxes.append(Edit(old: point.x..<high, new: point.y..<right))
                boxes.append(Edit(old: low..<point.x, new: left..<point.y))
            }
        }
    }

    /// Finds a point on a short way through a box: where a search from its start and one from its end meet.
    private mutating func split(_ box: Edit) -> (x: Int, y: Int) {
        ahead.start(at: box.old.lowerBound, box.new.lowerBound)
        behind.start(at: box.old.upperBound, box.new.upperBound)
        let isOdd = (ahead.low - behind.low) & 1 != 0
        for _ in 0..<EditSearch.patience {
            if let point = advance(box, meeting: isOdd) { return point }
            if let point = retreat(box, meeting: !isOdd) { return point }
        }
        return farthest(box)
    }

    /// Takes the search from the start one edit farther.
    ///
    /// Returns where it meets the other, if it may.
    private mutating func advance(_ box: Edit, meeting: Bool) -> (x: Int, y: Int)? {
        ahead.widen(in: box, beyond: -1)
        for diagonal in stride(from: ahead.high, through: ahead.low, by: -2) {
            var x = max(ahead[diagonal - 1] + 1, ahead[diagonal + 1])
            var y = x - diagonal
            while x < box.old.upperBound, y < box.new.upperBound, old[x] == new[y] { (x, y) = (x + 1, y + 1) }
            ahead[diagonal] = x
            if meeting, behind.holds(diagonal), behind[diagonal] <= x { return (x, y) }
        }
        return nil
    }

    /// Takes the search from the end one edit farther.
    ///
    /// Returns where it meets the other, if it may.
    private mutating func retreat(_ box: Edit, meeting: Bool) -> (x: Int, y: Int)? {
        behind.widen(in: box, beyond: Int.max)
        for diagonal in stride(from: behind.high, through: behind.low, by: -2) {
            var x = min(behind[diagonal - 1], behind[diagonal + 1] - 1)
            var y = x - diagonal
            while x > box.old.lowerBound, y > box.new.lowerBound, old[x - 1] == new[y - 1] { (x, y) = (x - 1, y - 1) }
            behind[diagonal] = x
            if meeting, ahead.holds(diagonal), x <= ahead[diagonal] { return (x, y) }
        }
        return nil
    }

    /// The point at which the search from the start got farthest.
    private func farthest(_ box: Edit) -> (x: Int, y: Int) {
        var best = (x: box.old.lowerBound, y: box.new.lowerBound)
        for diagonal in stride(from: ahead.high, through: ahead.low, by: -2) {
            let x = min(ahead[diagonal], box.old.upperBound, box.new.upperBound + diagonal)
            if x + x - diagonal > best.x + best.y { best = (x, x - diagonal) }
        }
        return best
    }
}

/// How far a search got on each diagonal, that is for each difference between old line and new line.
private struct Frontier {
    private var reach: [Int]
    private let zero: Int
    /// The lowest and the highest diagonal of the last step; every second one between them belongs to it.
    private(set) var low = 0
    private(set) var high = 0

    init(_ oldCount: Int, _ newCount: Int) {
        reach = Array(repeating: 0, count: oldCount + newCount + 3)
        zero = newCount + 1
    }

    subscript(_ diagonal: Int) -> Int {
        get { reach[zero + diagonal] }
        set { reach[zero + diagonal] = newValue }
    }

    /// Whether the last step reached a diagonal.
    func holds(_ diagonal: Int) -> Bool { (low...high).contains(diagonal) }

    /// Begins a search at a point.
    mutating func start(at x: Int, _ y: Int) {
        (low, high) = (x - y, x - y)
        self[low] = x
    }

    /// Makes room for a step: one diagonal more on each side, or one less where the box ends.
    mutating func widen(in box: Edit, beyond: Int) {
        if low > box.old.lowerBound - box.new.upperBound {
            low -= 1
            self[low - 1] = beyond
        } else {
            low += 1
        }
        if high < box.old.upperBound - box.new.lowerBound {
            high += 1
            self[high + 1] = beyond
        } else {
            high -= 1
        }
    }
}
