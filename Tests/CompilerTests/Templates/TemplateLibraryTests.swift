import Diagnostics
import Testing

@testable import Groundwork

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

private func layer(_ name: String, _ files: KeyValuePairs<String, String>, isDefault: Bool = false) -> TemplateLayer {
    TemplateLayer(
        name, files.map { ($0.key, SourceFile(path: "\(name)/\($0.key)", text: $0.value)) }, isDefault: isDefault)
}

@Suite("A template library")
struct TemplateLibraryTests {
    @Test("lets earlier layers replace, remove and add")
    func shadowing() {
        let library = TemplateLibrary([
            layer(
                "mine",
                [
                    "a.yaml": "to: a.yaml\n---\nfrom: mine\n", "b.yaml": "# not for us\n\n",
                    "d.yaml": "to: d.yaml\n---\nd: 1\n",
                ]),
            layer("flag", ["a.yaml": "to: a.yaml\n---\nfrom: flag\n"]),
            layer(
                "defaults",
                [
                    "a.yaml": "to: a.yaml\n---\nfrom: default\n", "b.yaml": "to: b.yaml\n---\nb: 1\n",
                    "c.yaml": "to: c.yaml\n---\nc: 1\n",
                ]),
        ])
        #expect(
            library.entries.map { "\($0.path) \($0.winner.layer) \($0.replaced.map(\.layer)) \($0.isRemoved)" } == [
                #"a.yaml mine ["flag", "defaults"] false"#, #"b.yaml mine ["defaults"] true"#,
                #"c.yaml defaults [] false"#, #"d.yaml mine [] false"#,
            ])
        #expect(rendered(library) == "## a.yaml\nfrom: mine\n## c.yaml\nc: 1\n## d.yaml\nd: 1\n")
        #expect(library["b.yaml"]?.isRemoved == true)
        #expect(library["e.yaml"] == nil)
    }

    @Test("compiles a default only if the plan needs it, and everything else always")
    func laziness() {
        let broken = "if: plan.budget\nto: a.yaml\n---\na: ${plan.nothing}\n"
        #expect(rendered(TemplateLibrary([layer("defaults", ["a.yaml": broken], isDefault: true)])) == "")
        #expect(rendered(TemplateLibrary([layer("mine", ["a.yaml": broken])])).hasPrefix("4:11 [nothing] unknown-fact"))
        let needed = "# why\nunless: plan.budget\nto: a.yaml\n---\na: ${plan.nothing}\n"
        let found = rendered(TemplateLibrary([layer("defaults", ["a.yaml": needed], isDefault: true)]))
        #expect(found.hasPrefix("5:11 [nothing] unknown-fact"))
    }

    @Test("is read from a folder and the folders in it")
    func folder() throws {
        var name = Array("/tmp/stowage-templates-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&name).map { String(cString: $0) })
        #expect(mkdir("\(folder)/models", 0o755) == 0)
        for path in ["models/b.yaml", "a.yml", "README.md", ".hidden.yaml"] {
            let file = try #require(fopen("\(folder)/\(path)", "w"))
            fputs("to: x\n", file)
            fclose(file)
        }
        let layer = try readTemplateFolder(folder)
        #expect(layer.name == folder)
        #expect(layer.files.map(\.path) == ["a.yml", "models/b.yaml"])
        #expect(layer.files.last?.file.path == "\(folder)/models/b.yaml")
        #expect(layer.files.last?.file.bytes == Array("to: x\n".utf8))
        #expect(throws: UnreadableFile.self) { try readTemplateFolder(folder + "/none") }
        for path in ["models/b.yaml", "a.yml", "README.md", ".hidden.yaml"] { unlink("\(folder)/\(path)") }
        rmdir("\(folder)/models")
        rmdir(folder)
    }
}
