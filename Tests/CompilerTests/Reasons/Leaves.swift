import Foundation
import TestTools

/// The rows of the catalog's tables, as a reader of the CSV sees them: a reason that names a row must show one of its figures.
final class CatalogRows: Sendable {
    static let shared = CatalogRows()

    private let fields: [String: [String]]

    private init() {
        let folder = root.appending(path: "Sources/Groundwork/Catalog/Tables")
        var fields: [String: [String]] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                fields["\(name) \(cells[0])"] = cells
                if cells.count > 1 { fields["\(name) \(cells[0]) \(cells[1])"] = cells }
            }
        }
        self.fields = fields
    }

    /// What is wrong with a node that names a row of a table; nil where its number stands in the row.
    func lent(_ node: ReasonEvaluator.Node) -> String? {
        guard node["operation"] as? String == "catalog", let value = node["value"] as? Double else { return nil }
        let (table, row) = (node["table"] as? String ?? "", node["row"] as? String ?? "")
        guard let cells = fields["\(table) \(row)"] else { return "\(table) has no row \(row)" }
        let isThere = cells.contains { cell in cell.split(separator: " ").contains { Double($0) == value } }
        return isThere ? nil : "\(node["name"] ?? ""): \(value) does not stand in row \(row) of \(table)"
    }
}

/// The numbers that specs write, with the units of their notation.
struct WrittenValues {
    /// What a suffix or a field's unit may multiply a written number by.
    private static let factors: [Double] = [
        1, 100, 0.01, 0.001, 60, 3600, 86400, 1000, 1024, 1e6, 1e9, 1e12, 1.0 / 730, 1 / 1.048576e6,
    ]

    private let source: (String) -> String?
    /// The lines of the files that were read.
    private var lines: [String: [Substring]] = [:]

    /// `source` gives the text of a spec's file.
    init(source: @escaping (String) -> String?) { self.source = source }

    /// What is wrong with a node that names a place of the spec; nil where its number is written there.
    mutating func lent(_ node: ReasonEvaluator.Node) -> String? {
        guard node["operation"] as? String == "written", let value = node["value"] as? Double,
            let file = node["file"] as? String, let line = ReasonEvaluator.place(node["line"]),
            let column = ReasonEvaluator.place(node["column"])
        else { return nil }
        guard let lines = lines(of: file) else { return "no spec is called \(file)" }
        let rest = lines[line - 1].dropFirst(column - 1)
        // A mapping is one value, such as `{time-slicing: 4}`.
        let word = rest.first == "{" ? rest.prefix { $0 != "}" } : rest.prefix { !" ,]}\n".contains($0) }
        func isIt(_ numbers: [Double]) -> Bool {
            numbers.contains { number in
                Self.factors.contains { abs(number * $0 - value) <= 1e-9 * abs(value) }
            }
        }
        // The moments last: formatters of dates take longer than all else.
        let numbers = word.split { !$0.isNumber && $0 != "." }.compactMap { Double($0) }
        return isIt(numbers) || isIt(Self.moments(in: word))
            ? nil : "\(node["name"] ?? ""): \(value) is not what \(file):\(line):\(column) says, `\(word)`"
    }

    private mutating func lines(of file: String) -> [Substring]? {
        if let known = lines[file] { return known }
        let read = source(file)?.split(separator: "\n", omittingEmptySubsequences: false)
        lines[file] = read
        return read
    }

    /// A time of day in minutes, an instant in seconds.
    private static func moments(in word: Substring) -> [Double] {
        let text = word.filter { $0 != "\"" }
        let parts = text.split(separator: ":").compactMap { Double($0) }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        let instants = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'"].compactMap { format -> Double? in
            formatter.dateFormat = format
            return formatter.date(from: String(text))?.timeIntervalSince1970
        }
        return (parts.count == 2 ? [parts[0] * 60 + parts[1]] : []) + instants
    }
}
