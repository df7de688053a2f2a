/// The steps of a write in place, in their order.
///
/// What they name is relative to the output folder.
struct Journal: Sendable, Equatable {
    enum Step: Sendable, Equatable {
        case remove(String)
        /// Moves the file of this number from the journal's folder to a path.
        case place(Int, String)
    }

    /// The file in the journal's folder that holds the steps.
    ///
    /// Once it exists, the write will be completed.
    static let file = "steps"

    var steps: [Step] = []

    /// The text: a line per step.
    ///
    /// Paths have no line ends in them.
    var bytes: [UInt8] {
        var text = ""
        for step in steps {
            switch step {
            case .remove(let path): text += "remove \(path)\n"
            case .place(let number, let path): text += "place \(number) \(path)\n"
            }
        }
        return Array(text.utf8)
    }

    init(_ steps: [Step]) { self.steps = steps }

    /// Reads the text.
    ///
    /// What is not a step of a safe path is left out: a journal may have come with a checkout.
    init(reading bytes: [UInt8]) {
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { continue }
            let rest = words[1].split(separator: " ", maxSplits: 1)
            if words[0] == "remove", Journal.isSafe(words[1]) {
                steps.append(.remove(String(words[1])))
            } else if words[0] == "place", rest.count == 2, let number = Int(rest[0]), number >= 0,
                Journal.isSafe(rest[1])
            {
                steps.append(.place(number, String(rest[1])))
            }
        }
    }

    private static func isSafe(_ path: Substring) -> Bool {
        path == lockPath || unsafePathReason(String(path)) == nil
    }
}
