import Testing

@testable import Groundwork

@Suite("Catalog tables")
struct TableScannerTests {
    private struct Row: Equatable {
        let name: String
        let count: Int?
        let price: Double?
        let words: [String]
        let source: String
    }

    private static let columns = ["name", "count", "price", "words"]

    private static func rows(_ text: String) -> [Row] {
        scan(text, name: "sample.csv", columns: columns) { row in
            Row(
                name: row.text(), count: row.integer(orEmpty: ()), price: row.number(orEmpty: ()), words: row.words(),
                source: row.reference("row").source)
        }
    }

    @Test("Comments are ignored, the source is kept, and empty fields are nil")
    func rows() {
        let rows = Self.rows("# a table\n# source: a page\nname,count,price,words\none,1,2.5,a b\n# more\ntwo,,,\n")
        #expect(
            rows == [
                Row(name: "one", count: 1, price: 2.5, words: ["a", "b"], source: "a page"),
                Row(name: "two", count: nil, price: nil, words: [], source: "a page"),
            ])
    }

    @Test("The last row needs no line end")
    func lastLine() { #expect(Self.rows("name,count,price,words\none,1,2,a").count == 1) }

    @Test("A column that no reader knows stops the program")
    func furtherColumns() async {
        await #expect(processExitsWith: .failure) { _ = Self.rows("name,count,price,words,more\none,1,2,a,b\n") }
    }

    @Test("A row with too few fields stops the program")
    func fewFields() async {
        await #expect(processExitsWith: .failure) { _ = Self.rows("name,count,price,words\none,1,2\n") }
    }

    @Test("A row with too many fields stops the program")
    func manyFields() async {
        await #expect(processExitsWith: .failure) { _ = Self.rows("name,count,price,words\none,1,2,a,b\n") }
    }

    @Test("A malformed number stops the program")
    func malformedNumber() async {
        await #expect(processExitsWith: .failure) { _ = Self.rows("name,count,price,words\none,1x,2,a\n") }
    }

    @Test("Columns in another order stop the program")
    func columns() async {
        await #expect(processExitsWith: .failure) { _ = Self.rows("name,price,count,words\none,1,2,a\n") }
    }
}
