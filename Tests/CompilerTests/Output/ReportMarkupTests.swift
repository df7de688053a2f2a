import Testing

@testable import Compiler

@Suite struct `The report` {
    @Test func `shows text as it is written`() {
        #expect(
            inline("a < b & `c<d>` **e** \"f\"")
                == "a &lt; b &amp; <code>c&lt;d&gt;</code> <strong>e</strong> &quot;f&quot;")
        #expect(inline("2 ** 3 and one ` alone") == "2 ** 3 and one ` alone")
    }

    @Test func `turns headings, lists, tables and paragraphs into elements`() {
        let lines = "## Title\n\none\ntwo\n\n- a\n- b\n\n| x  | y  |\n|----|----|\n| p  | $1 |\n|    | 20 |\n"
        let html = PageMarkup.html(lines.split(separator: "\n", omittingEmptySubsequences: false))
        #expect(html.contains("<h2>Title</h2>\n<p>one two</p>\n<ul><li>a</li>\n<li>b</li>\n</ul>"))
        #expect(html.contains("<th scope=\"row\">p</th><td class=\"number\">$1</td>"))
    }

    @Test func `keeps labels apart from each other and from the lines of others`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<1000 {
            let ends = (0..<5).map { _ in Double.random(in: 0...700, using: &random) }.sorted()
            var rows = LabelRows()
            let labels = ends.map { end in (start: end - 90, end: end, row: rows.row(from: end - 90, to: end)) }
            for (index, label) in labels.enumerated() {
                for other in labels[..<index] where other.end > label.start {
                    // The other's line leads down to its row: it must not reach this label's.
                    #expect(other.row < label.row)
                }
                #expect(label.row < rows.count)
            }
        }
    }
}
