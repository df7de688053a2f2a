import Diagnostics
import Testing
import YAML

/// Texts that use most of YAML's syntax; tests break them at random.
private let samples = [
    "a: 1\nb:\n  - c: \"x\\n\"\n    d: 'it''s'\n  - [e, {f: g, h: [i]}]\nj: |-\n  k\n   l\n\nm: >+\n  n\n\n",
    "%YAML 1.1\n---\n&a a: *a\nb: &c {d: !!str 1}\ne: *c\n...\n---\n? f\n: g\n---\n- - h\n  -\n- ~\n",
    "é: ü # ß\n\"日本\": '語'\n😀: [\"\\u00e9\", 'a\n  b', \"c\n\n  d\"]\nx: ${y}\nz: a\n  b\n",
]

/// Expects every range to lie in its parent's, and counts the nodes.
private func expectNested(_ node: Node, in outer: ClosedRange<Int>) {
    let inner = node.range.start...node.range.end
    if !outer.contains(inner.lowerBound) || !outer.contains(inner.upperBound) {
        Issue.record("\(inner) is not in \(outer) of\n\(String(decoding: node.range.file.bytes, as: UTF8.self))")
    }
    node.items?.forEach { expectNested($0, in: inner) }
    for entry in node.entries ?? [] {
        // What an alias stands for lies elsewhere.
        if node.range.file.bytes[node.range.start] == UInt8(ascii: "*") { continue }
        #expect(inner.contains(entry.keyRange.start) && inner.contains(entry.keyRange.end))
        expectNested(entry.value, in: inner)
    }
}

struct MutationTests {
    @Test("a broken text is read or rejected with a place, whatever was broken")
    func mutations() {
        var generator = Seeded(7)
        let bytes = Array(" \n\t:-[]{}'\"&*!|>#%@,?ab\\$\u{85}\u{A0}é😀".utf8) + [0xFF, 0xC3, 0x00]
        for round in 0..<6000 {
            var text = Array(samples[round % samples.count].utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: text.indices, using: &generator)
                let byte = bytes[Int.random(in: bytes.indices, using: &generator)]
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: text[place] = byte
                case 1: text.insert(byte, at: place)
                case 2: text.remove(at: place)
                default: text.removeSubrange(place..<min(place + 12, text.count))
                }
                if text.isEmpty { text = [byte] }
            }
            var report = Report()
            let file = SourceFile(path: "broken.yaml", bytes: text)
            guard let nodes = readYAML(file, &report) else {
                #expect(report.hasErrors)
                let places = report.diagnostics.compactMap(\.range)
                #expect(places.count == report.diagnostics.count && places.allSatisfy { $0.end <= text.count })
                _ = HumanPrinter(colors: false).text(of: report.diagnostics)
                continue
            }
            for node in nodes where !text.contains(UInt8(ascii: "*")) { expectNested(node, in: 0...text.count) }
            var again = Report()
            let written = writeYAML(nodes)
            let reread = readYAML(SourceFile(path: "written.yaml", bytes: written), &again)
            #expect(reread?.map(Value.init) == nodes.map(Value.init), "\(String(decoding: text, as: UTF8.self))")
        }
    }
}
