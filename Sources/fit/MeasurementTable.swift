/// Whether all weights of a model take part in every token.
enum Kind: String, CaseIterable { case dense, moe = "MoE" }

/// The measured runs of vLLM that the compiler can predict, and the others with the reason against them.
struct MeasurementTable {
    let rows: [Measurement]
    /// How many runs of vLLM with a time per output token were left out, by reason.
    let leftOut: [(reason: String, count: Int)]
    /// Runs of other engines, or without a time per output token.
    let others: Int

    init(_ texts: [String]) {
        var rows: [Measurement] = []
        var left: [String: Int] = [:]
        var others = 0
        var seen: Set<String> = []
        for row in texts.flatMap(records) {
            guard row["engine"] == "vllm", row["tpot_ms"]?.isEmpty == false else {
                others += 1
                continue
            }
            switch Measurement.read(row) {
            case .failure(let reason): left[reason.words, default: 0] += 1
            case .success(let run):
                if seen.insert(run.identity).inserted {
                    rows.append(run)
                } else {
                    left["listed twice", default: 0] += 1
                }
            }
        }
        self.rows = rows
        self.others = others
        leftOut = left.sorted { $0.key < $1.key }.map { (reason: $0.key, count: $0.value) }
    }
}

/// The rows of a table in CSV, by the names in its first line.
private func records(_ text: String) -> [[String: String]] {
    let lines = text.split(whereSeparator: \.isNewline).map(cells)
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
}

/// The cells of a line of CSV; a cell in quotes may hold commas, and a quote twice.
private func cells(_ line: Substring) -> [String] {
    var cells: [String] = [""]
    var isQuoted = false
    for character in line {
        if character == "\"" {
            isQuoted.toggle()
        } else if character == ",", !isQuoted {
            cells.append("")
        } else {
            cells[cells.count - 1].append(character)
        }
    }
    return cells
}
