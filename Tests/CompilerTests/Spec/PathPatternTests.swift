import Testing

@testable import Planning

@Suite("A pattern of paths")
struct PathPatternTests {
    private let folders = [
        ".": ["specs", "spec.yaml"], "specs": ["teams", "company.yaml"],
        "specs/teams": ["search", "chat", ".git", "README"],
        "specs/teams/search": ["models.yaml", "b.yaml", "a.yaml"], "specs/teams/chat": ["models.yaml", ".models.yaml"],
        "/": ["etc"], "/etc": ["x.yaml"], "..": ["other"], "../other": ["x.yaml"],
    ]

    @Test(
        "matches names, one folder at a time",
        arguments: [
            ("specs/teams/*/models.yaml", ["specs/teams/chat/models.yaml", "specs/teams/search/models.yaml"]),
            ("specs/teams/search/*.yaml", ["a", "b", "models"].map { "specs/teams/search/\($0).yaml" }),
            ("specs/t*s/s*h/m*l*", ["specs/teams/search/models.yaml"]), ("*.yaml", ["spec.yaml"]),
            ("specs/teams/*/.models.yaml", ["specs/teams/chat/.models.yaml"]), ("specs/*/nothing.yaml", []),
            ("specs/**/models.yaml", []), ("/e*/*", ["/etc/x.yaml"]), ("../*/x.yaml", ["../other/x.yaml"]),
            ("specs/teams/*a*", ["specs/teams/chat", "specs/teams/search"]), ("specs/teams/c*t*t", []),
        ])
    func expansion(_ pattern: String, _ found: [String]) {
        #expect(paths(matching: pattern) { folders[$0] } == found)
    }

    @Test("without a star is a path, whether or not there is such a file")
    func plain() { #expect(paths(matching: "specs/none.yaml") { _ in nil } == ["specs/none.yaml"]) }
}
