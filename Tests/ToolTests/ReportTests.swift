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
        """
        a narrow and a wide page, light and dark, and a printed one have nothing beyond their edges, no text of the picture beyond its box, \
        and no text that is hard to read
        """,
        .enabled(if: browser != nil, "chromium is not installed"))
    func readable() throws {
        try withTemporaryFolder { folder in
            var frames: [Frame] = []
            for example in committed {
                let html = try String(contentsOf: report(of: example, in: folder), encoding: .utf8)
                frames += Frame.all(of: html, named: example.name)
            }
            let simulated = folder.appending(path: "simulated.html")
            let seed = try #require(committed.first { $0.name == "seed" })
            let outcome = try run([
                stowage.path, "simulate", seed.spec.path, "--shape", "surge:peak@10m", "--html", simulated.path,
            ])
            #expect(outcome.status == 0, "\(outcome.said)")
            frames += Frame.all(of: try String(contentsOf: simulated, encoding: .utf8), named: "simulation")
            for (scheme, name) in [("1", "light"), ("0", "dark")] {
                let measured = try measure(frames, scheme, in: folder)
                #expect(measured.filter { !$0.hasSuffix("\(name): nothing") } == [])
                #expect(measured.count == frames.count)
            }
        }
    }

    @Test(
        "a text of too little contrast and one that is too wide are found, on screen, in the picture and on paper",
        .enabled(if: browser != nil, "chromium is not installed"))
    func unreadable() throws {
        let example = try #require(committed.first { $0.name == "minimal" })
        try withTemporaryFolder { folder in
            let html = try String(contentsOf: report(of: example, in: folder), encoding: .utf8)
            let style = """
                h2 { color: #999999; } .picture .on { fill: #888888 !important; } h1 { white-space: nowrap; letter-spacing: 8em; }
                @media print { h2 { color: #aaaaaa; } }</style>
                """
            let frames = Frame.all(of: html.replacing("</style>", with: style), named: "bad")
            let measured = try measure(frames, "1", in: folder)
            #expect(measured.count == 3)
            #expect(measured.allSatisfy { $0.contains("the page scrolls sideways") && $0.contains("contrast") })
            #expect(measured.contains { $0.contains("718 px") && $0.contains("contrast 2.3") })
            #expect(measured.contains { $0.contains("400 px") && $0.contains("contrast 2.8") })
        }
    }

    /// What the browser finds in pages, one line for each.
    private func measure(_ frames: [Frame], _ scheme: String, in folder: URL) throws -> [String] {
        for frame in frames { try Data(frame.html.utf8).write(to: folder.appending(path: "\(frame.file).html")) }
        let all = folder.appending(path: "all.html")
        let elements = frames.map { frame in
            "<iframe name=\"\(frame.name)\" width=\"\(frame.width)\" src=\"\(frame.file).html\"></iframe>"
        }
        try Data((measurements + elements.joined()).utf8).write(to: all)
        let outcome = try browse(
            all,
            ["--blink-settings=preferredColorScheme=\(scheme)", "--virtual-time-budget=20000", "--dump-dom"], in: folder
        )
        let dom = String(decoding: outcome.output, as: UTF8.self)
        let measured = try #require(dom.firstMatch(of: /<pre id="measured">([^<]*)</)).output.1
        return measured.split(separator: "\n").map(String.init).sorted()
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

/// A page in a frame of a width, which measures itself.
private struct Frame {
    let name: String
    let file: String
    let html: String
    let width: Int

    /// A page on a phone, on a large screen, and on paper of A4, which shows the style for print.
    static func all(of html: String, named name: String) -> [Frame] {
        // The page allows no scripts: this copy does, to measure itself.
        let page = html.replacing(/<meta http-equiv="Content-Security-Policy"[^>]*>/, with: "")
            .replacing("</main>", with: "</main><script>\(measurement)</script>")
        let paper = page.replacing("@media screen", with: "@media none").replacing(
            "@media print", with: "@media screen")
        return [400, 1600].map { Frame(name: "\(name), \($0) px", file: name, html: page, width: $0) } + [
            Frame(name: "\(name) on paper, 718 px", file: "\(name)-paper", html: paper, width: 718)
        ]
    }
}

/// Finds what is wider than the page, texts of the picture that are wider than their box, and texts with less contrast than WCAG 2.2 asks (AA).
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
    if (document.querySelectorAll("svg text").length < 4) found.push("no picture");
    const numbers = color => color.match(/[0-9.]+/g).map(Number);
    const linear = part => part / 255 <= .04045 ? part / 255 / 12.92 : ((part / 255 + .055) / 1.055) ** 2.4;
    const luminance = color => .2126 * linear(color[0]) + .7152 * linear(color[1]) + .0722 * linear(color[2]);
    const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + .05) / (Math.min(luminance(a), luminance(b)) + .05);
    const isSolid = color => color.startsWith("rgb(") || color.startsWith("rgba(") && numbers(color)[3] == 1;
    const ground = element => {
      for (let each = element; each; each = each.parentElement) {
        const color = getComputedStyle(each).backgroundColor;
        if (isSolid(color)) return numbers(color);
      }
      return [255, 255, 255];
    };
    // The last solid shape that is drawn before a text and under its middle.
    const beneath = text => {
      const own = text.getBoundingClientRect(), x = (own.left + own.right) / 2, y = (own.top + own.bottom) / 2;
      let color = ground(text.ownerSVGElement);
      for (const shape of text.ownerSVGElement.querySelectorAll("rect, polygon, path, circle")) {
        const box = shape.getBoundingClientRect(), fill = getComputedStyle(shape).fill;
        const isBefore = shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (isBefore && isSolid(fill) && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom) color = numbers(fill);
      }
      return color;
    };
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    let count = 0;
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement, box = element.getBoundingClientRect();
      if (!walker.currentNode.data.trim() || !box.width || element.closest("script, style, title, desc")) continue;
      const style = getComputedStyle(element), isDrawn = element.ownerSVGElement;
      const own = numbers(isDrawn ? style.fill : style.color);
      const size = parseFloat(style.fontSize), isLarge = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
      const ratio = contrast(own, isDrawn ? beneath(element) : ground(element));
      const finding = `contrast ${ratio.toFixed(1)}: ${element.className.baseVal ?? element.className} ${element.tagName}`;
      if (ratio < (isLarge ? 3 : 4.5) && !found.includes(finding)) found.push(finding);
      count++;
    }
    if (count < 40) found.push(`${count} texts`);
    parent.postMessage(`${name}, ${dark ? "dark" : "light"}: ${found.join("; ") || "nothing"}`, "*");
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
