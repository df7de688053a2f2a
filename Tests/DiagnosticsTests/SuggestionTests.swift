import Diagnostics
import Testing

struct SuggestionTests {
    private static let keys = [
        "replicas", "scaling", "source", "sla", "gpu", "instances", "traffic", "minReplicas", "maxReplicas",
    ]

    @Test(
        "the nearest word is suggested, and none where all are far",
        arguments: [
            ("replica", "replicas"), ("scalling", "scaling"), ("Source", "source"), ("gup", "gpu"),
            ("trafic", "traffic"),
            ("instnaces", "instances"), ("minreplicas", "minReplicas"), ("max_replicas", "maxReplicas"), ("SLA", "sla"),
            ("colour", nil), ("x", nil), ("", nil), ("gpu", nil), ("weights", nil),
        ] as [(String, String?)])
    func suggestions(word: String, expected: String?) {
        #expect(closest(to: word, among: Self.keys) == expected)
    }

    @Test("of two equally near words the first is suggested")
    func ties() {
        #expect(closest(to: "bat", among: ["cat", "hat"]) == "cat")
        #expect(closest(to: "Cat", among: ["hat", "cat"]) == "cat")
    }
}

struct ReportTests {
    @Test("diagnostics come in file order, each once")
    func order() throws {
        let (one, two) = (SourceFile(path: "1", text: "ab"), SourceFile(path: "2", text: "ab"))
        var report = Report()
        report.error("x", "late", at: try range("b", in: one))
        report.warning("x", "nowhere", at: nil)
        report.error("x", "other", at: try range("a", in: two))
        report.error("x", "early", at: try range("a", in: one))
        report.error("x", "late", at: try range("b", in: one))
        #expect(report.diagnostics.map(\.message) == ["early", "late", "other", "nowhere"])
    }
}
