import Foundation
import TestTools
import Testing

/// A browser that needs no screen; nil where there is none.
private let browser = ["chromium", "chromium-browser", "google-chrome"].first { works([$0, "--version"]) }

/// The plan as a page, seen by a browser.
struct ReportTests {
    /// Runs the browser without a screen, as root too.
    private func browse(_ page: URL, _ options: [String], in folder: URL) throws -> Outcome {
        let common = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--user-data-dir=\(folder.path)/profile", "--enable-logging=stderr",
        ]
        return try run([browser ?? ""] + common + options + [page.absoluteString], in: folder)
    }

    /// Writes the report of an example.
    private func report(of example: Example, in folder: URL) throws -> URL {
        let page = folder.appending(path: "report.html")
        let outcome = try run([stowage.path, "plan", example.spec.path, "--html", page.path])
        #expect(outcome.status == 0, "\(outcome.said)")
        return page
    }

    @Test("the report has every figure and sentence of PLAN.md, in its order", arguments: committed)
    func figures(_ example: Example) throws {
        try withTemporaryFolder { folder in
            let text = visibleText(try String(contentsOf: report(of: example, in: folder), encoding: .utf8))
            let plan = try String(contentsOf: example.tree.appending(path: "PLAN.md"), encoding: .utf8)
            var rest = text[...]
            for part in parts(of: plan) {
                let found = try #require(rest.range(of: part), "the report lacks, or has too early: \(part)")
                rest = rest[found.upperBound...]
            }
        }
    }

    @Test("the report asks for nothing from elsewhere", arguments: committed)
    func alone(_ example: Example) throws {
        try withTemporaryFolder { folder in
            let html = try String(contentsOf: report(of: example, in: folder), encoding: .utf8)
            for sign in ["<script", "<link", "<img", "<iframe", " src=", " href=", "url(", "@import"] {
                #expect(!html.contains(sign), "\(sign)")
            }
            #expect(html.contains("default-src 'none'"))
        }
    }

    @Test("every drawing has a title and a description of its own, and every table names its rows and columns")
    func accessible() throws {
        let example = try #require(committed.first { $0.name == "seed" })
        try withTemporaryFolder { folder in
            let html = try String(contentsOf: report(of: example, in: folder), encoding: .utf8)
            let drawings = html.matches(of: /<svg [^>]*role="img" aria-labelledby="([^ "]+) ([^ "]+)"/)
            #expect(drawings.count > 5)
            for drawing in drawings {
                for id in [drawing.output.1, drawing.output.2] {
                    #expect(html.matches(of: try Regex("id=\"\(id)\"")).count == 1, "\(id)")
                }
            }
            #expect(html.matches(of: /<svg/).count == drawings.count + html.matches(of: /aria-hidden="true"/).count)
            let tables = html.matches(of: /<table>/).count
            #expect(tables > 3)
            #expect(html.matches(of: /<th scope="row"/).count > tables)
            #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        }
    }

    @Test(
        "a browser shows the report, light, dark and on paper, and has nothing to complain about",
        .enabled(if: browser != nil, "chromium is not installed"))
    func rendered() throws {
        let example = try #require(committed.first { $0.name == "seed" })
        try withTemporaryFolder { folder in
            let page = try report(of: example, in: folder)
            var pictures: [Data] = []
            for (name, scheme) in [("light", "1"), ("dark", "0")] {
                let picture = folder.appending(path: "\(name).png")
                let outcome = try browse(
                    page,
                    [
                        "--window-size=1100,2400", "--blink-settings=preferredColorScheme=\(scheme)",
                        "--screenshot=\(picture.path)",
                    ], in: folder)
                #expect(!outcome.said.contains("CONSOLE"), "\(outcome.said)")
                pictures.append(try Data(contentsOf: picture))
            }
            // A blank page of that size takes a tenth of it.
            #expect(pictures.allSatisfy { $0.count > 100_000 })
            #expect(pictures[0] != pictures[1])
            let paper = folder.appending(path: "report.pdf")
            let printed = try browse(page, ["--print-to-pdf=\(paper.path)"], in: folder)
            #expect(!printed.said.contains("CONSOLE"), "\(printed.said)")
            #expect(try Data(contentsOf: paper).count > 20_000)
            let dump = try browse(page, ["--dump-dom"], in: folder)
            let dom = String(decoding: dump.output, as: UTF8.self)
            let plan = try String(contentsOf: example.tree.appending(path: "PLAN.md"), encoding: .utf8)
            let text = visibleText(dom)
            for part in parts(of: plan) { #expect(text.contains(part), "the browser does not show: \(part)") }
        }
    }

    @Test(
        "a narrow and a wide page, light and dark, have nothing beyond their edges and no text of the picture beyond its box",
        .enabled(if: browser != nil, "chromium is not installed"))
    func inside() throws {
        try withTemporaryFolder { folder in
            var frames = ""
            for example in committed {
                // The page allows no scripts: this copy does, to measure itself.
                let html = try String(contentsOf: report(of: example, in: folder), encoding: .utf8)
                    .replacing(/<meta http-equiv="Content-Security-Policy"[^>]*>/, with: "")
                    .replacing("</main>", with: "</main><script>\(measurement)</script>")
                try Data(html.utf8).write(to: folder.appending(path: "\(example.name).html"))
                for width in widths {
                    frames +=
                        "<iframe name=\"\(example.name)\" width=\"\(width)\" src=\"\(example.name).html\"></iframe>"
                }
            }
            let all = folder.appending(path: "all.html")
            try Data((measurements + frames).utf8).write(to: all)
            for (scheme, name) in [("1", "light"), ("0", "dark")] {
                let outcome = try browse(
                    all,
                    [
                        "--blink-settings=preferredColorScheme=\(scheme)", "--virtual-time-budget=20000", "--dump-dom",
                    ], in: folder)
                let dom = String(decoding: outcome.output, as: UTF8.self)
                let measured = try #require(dom.firstMatch(of: /<pre id="measured">([^<]*)</)).output.1
                let expected = committed.flatMap { example in
                    widths.map { "\(example.name), \($0) px, \(name): nothing" }
                }
                #expect(measured.split(separator: "\n").map(String.init).sorted() == expected.sorted())
            }
        }
    }

    @Test(
        "the browser would complain of a page that breaks its own rules",
        .enabled(if: browser != nil, "chromium is not installed"))
    func complaint() throws {
        let example = try #require(committed.first { $0.name == "minimal" })
        try withTemporaryFolder { folder in
            let page = try report(of: example, in: folder)
            let html = try String(contentsOf: page, encoding: .utf8).replacing(
                "</main>", with: "<script>1</script></main>")
            try Data(html.utf8).write(to: page)
            let outcome = try browse(page, ["--dump-dom"], in: folder)
            #expect(outcome.said.contains("CONSOLE"))
        }
    }
}

/// The widths of a phone and of a large screen.
private let widths = [400, 1600]

/// Finds what is wider than the page, and texts of the picture that are wider than their box.
private let measurement = """
    const found = [];
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
    for (const text of document.querySelectorAll(".pools text")) {
      const own = text.getBoundingClientRect();
      const shapes = [...text.closest("g.box").children].filter(shape => ["rect", "polygon"].includes(shape.tagName));
      const boxes = shapes.map(shape => shape.getBoundingClientRect());
      const left = Math.min(...boxes.map(box => box.left)), right = Math.max(...boxes.map(box => box.right));
      if (own.left < left - 1 || own.right > right + 1) found.push(text.textContent);
    }
    if (document.querySelectorAll(".pools text").length < 4) found.push("no picture");
    parent.postMessage(
      `${name}, ${innerWidth} px, ${dark ? "dark" : "light"}: ${found.join("; ") || "nothing"}`, "*");
    """

/// The page around the pages that measure themselves: a window of the browser is never as narrow as a phone.
private let measurements = """
    <meta name="color-scheme" content="light dark"><style>iframe { border: 0; }</style><pre id="measured"></pre><script>
    addEventListener("message", event => document.getElementById("measured").append(event.data + "\\n"));
    </script>
    """

/// The text of a page without its elements and its style.
private func visibleText(_ html: String) -> String {
    var text = html.replacing(/<style>[\s\S]*<\/style>/, with: "").replacing(/<\/?button[^>]*>/, with: "").replacing(
        /<[^>]*>/, with: "\u{1}")
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        text = text.replacing(entity, with: sign)
    }
    return text.replacing(/[\u{1}\s]+/, with: " ")
}

/// The cells and sentences of a Markdown page, without its marks.
private func parts(of page: String) -> [String] {
    page.split(separator: "\n").flatMap { line -> [String] in
        if line.hasPrefix("|-") { return [] }
        let cells = line.hasPrefix("| ") ? line.dropFirst(2).dropLast(2).components(separatedBy: " | ") : [String(line)]
        return cells.map { cell in
            var text = cell.replacing(#/^([#]+|-) /#, with: "")
            // Elements part what Markdown's marks part.
            for mark in ["**", "`"] { text = text.replacing(mark, with: " ") }
            return text.replacing(/\s+/, with: " ").trimmingCharacters(in: .whitespaces)
        }
    }.filter { !$0.isEmpty }
}
