/// Reads the rows of one catalog table.
///
/// It is CSV without quotes: `#` starts a comment line, and the first other line names the columns.
///
/// The tables are part of the program, so a malformed one is a bug and stops it. Bytes are scanned in place because
/// splitting strings costs twenty times as much, and every run pays for it.
package func scan<Row>(_ table: String, columns: [String], row: (inout RowScanner) -> Row) -> [Row] {
    let name = "\(table).csv"
    guard let entry = Embedded.tables.first(where: { $0.path == name }) else {
        preconditionFailure("the catalog has no table \(name)")
    }
    return scan(entry.text, name: name, columns: columns, row: row)
}

/// Reads the rows of a table of that name.
func scan<Row>(_ text: String, name: String, columns: [String], row: (inout RowScanner) -> Row) -> [Row] {
    var text = text
    return text.withUTF8 { scan($0, name: name, columns: columns, row: row) }
}

private func scan<Row>(
    _ bytes: UnsafeBufferPointer<UInt8>, name: String, columns: [String], row: (inout RowScanner) -> Row
) -> [Row] {
    var rows: [Row] = []
    var heading: [String] = []
    var source = ""
    var start = 0
    var line = 0
    while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        line += 1
        let place = Place(table: name, line: line)
        var scanner = RowScanner(bytes: bytes, start: start, end: end, place: place, source: source)
        if bytes[start] == UInt8(ascii: "#") {
            source = scanner.comment(labelled: "# source: ") ?? source
        } else if heading.isEmpty {
            heading = scanner.rest()
            guard heading == columns else { scanner.fail("the columns are not \(columns)") }
        } else {
            rows.append(row(&scanner))
            scanner.finish()
        }
        start = end + 1
    }
    return rows
}

/// A line of a table.
private struct Place: Sendable {
    let table: String
    let line: Int
}

/// One row being read, field after field from the left.
package struct RowScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let end: Int
    private let place: Place
    private var next: Int
    /// The source that the table's comments name.
    let source: String

    fileprivate init(bytes: UnsafeBufferPointer<UInt8>, start: Int, end: Int, place: Place, source: String) {
        self.bytes = bytes
        self.end = end
        self.place = place
        self.source = source
        next = start
    }

    /// Reads a field as text.
    package mutating func text() -> String { String(decoding: field(), as: UTF8.self) }

    /// Reads a field as words between spaces.
    package mutating func words() -> [String] {
        field().split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Reads a field as a whole number; nil if it is empty.
    package mutating func integer(orEmpty: Void) -> Int? {
        let field = field()
        if field.isEmpty { return nil }
        var value = 0
        for byte in field {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { fail("malformed whole number") }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// Reads a field as a whole number.
    package mutating func integer() -> Int {
        guard let value = integer(orEmpty: ()) else { fail("a number is missing") }
        return value
    }

    /// Reads a field as a whole number that may be negative; nil if it is empty.
    mutating func signedInteger(orEmpty: Void) -> Int? {
        let isNegative = next < end && bytes[next] == UInt8(ascii: "-")
        if isNegative { next += 1 }
        return isNegative ? -integer() : integer(orEmpty: ())
    }

    /// Reads a field as a whole number that may be negative.
    mutating func signedInteger() -> Int {
        guard let value = signedInteger(orEmpty: ()) else { fail("a number is missing") }
        return value
    }

    /// Reads a field as a number; nil if it is empty.
    package mutating func number(orEmpty: Void) -> Double? {
        let text = text()
        if text.isEmpty { return nil }
        guard let value = Double(text) else { fail("`\(text)` is not a number") }
        return value
    }

    /// Reads a field as a number.
    mutating func number() -> Double {
        guard let value = number(orEmpty: ()) else { fail("a number is missing") }
        return value
    }

    /// Reads a field as one of a few words.
    package mutating func word<Word: RawRepresentable<String>>(_: Word.Type) -> Word {
        meant(Word.self, by: text())
    }

    /// What a word of the table means.
    func meant<Word: RawRepresentable<String>>(_: Word.Type, by text: String) -> Word {
        guard let word = Word(rawValue: text) else { fail("`\(text)` is not a \(Word.self)") }
        return word
    }

    /// Reads a field as a version of two or three numbers.
    mutating func version() -> Version {
        let text = text()
        guard let version = Version(text) else { fail("`\(text)` is not a version") }
        return version
    }

    /// Reads what is left of the row.
    mutating func rest() -> [String] {
        var fields: [String] = []
        while next <= end { fields.append(text()) }
        return fields
    }

    /// The reference of a row: its table, its key and where its figures were read.
    func reference(_ row: String, source: String? = nil) -> CatalogReference {
        CatalogReference(table: place.table, row: row, source: source ?? self.source)
    }

    /// Stops the program: the table is part of it.
    package func fail(_ fact: String) -> Never { preconditionFailure("\(place.table):\(place.line): \(fact)") }

    fileprivate func finish() {
        guard next > end else { fail("the row has more fields than columns") }
    }

    fileprivate func comment(labelled label: String) -> String? {
        let line = bytes[next..<end]
        guard line.starts(with: label.utf8) else { return nil }
        return String(decoding: line.dropFirst(label.utf8.count), as: UTF8.self)
    }

    private mutating func field() -> Slice<UnsafeBufferPointer<UInt8>> {
        guard next <= end else { fail("the row has fewer fields than columns") }
        let start = next
        var at = start
        while at < end, bytes[at] != UInt8(ascii: ",") {
            guard bytes[at] != UInt8(ascii: "\"") else { fail("quotes are not supported") }
            at += 1
        }
        next = at + 1
        return bytes[start..<at]
    }
}
