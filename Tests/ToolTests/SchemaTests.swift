import Foundation
import TestTools
import Testing
import YAML

/// The checker that knows the real schemas; it is not part of the project.
private let crdcheck = ProcessInfo.processInfo.environment["STOWAGE_CRDCHECK"]

/// What an API server would reject, and what an editor would underline.
struct SchemaTests {
    @Test("the examples that have to be committed are")
    func examplesAreCommitted() {
        #expect(requiredClusters.subtracting(committed.map(\.name)).isEmpty)
    }

    @Test(
        "an API server accepts every committed manifest",
        .enabled(if: crdcheck != nil, "STOWAGE_CRDCHECK names no checker"), arguments: committed)
    func manifests(_ example: Example) throws {
        let checker = try #require(crdcheck)
        // What eksctl reads is for no API server.
        let folders = try FileManager.default.contentsOfDirectory(
            at: example.tree, includingPropertiesForKeys: [.isDirectoryKey]
        ).filter { $0.hasDirectoryPath && $0.lastPathComponent != "eksctl" }.map(\.path).sorted()
        let outcome = try run([checker, "--kubernetes", example.kubernetes] + folders)
        #expect(outcome.status == 0, "\(outcome.said)")
        let last = outcome.said.split(separator: "\n").last { $0.contains(" objects, ") } ?? ""
        #expect(last.contains(" 0 failed"), "\(outcome.said)")
        #expect(!last.hasPrefix("0 objects"))
    }

    @Test(
        "the example specs obey the published schema",
        .enabled(if: works(["python3", "-c", "import yaml, jsonschema"]), "python3 lacks PyYAML or jsonschema"),
        .enabled(if: !committed.isEmpty, "no example is committed yet"))
    func specs() throws {
        let script = """
            import json, sys, jsonschema, yaml
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft7Validator.check_schema(schema)
            mistakes = [
                f"{path}: {'/'.join(map(str, mistake.absolute_path))}: {mistake.message}"
                for path in sys.argv[2:]
                for mistake in jsonschema.Draft7Validator(schema).iter_errors(yaml.safe_load(open(path)))
            ]
            sys.exit("\\n".join(mistakes) or None)
            """
        let schema = root.appending(path: "specs/stowage.schema.json").path
        let teams = files(under: root.appending(path: "specs/teams")) { $0.pathExtension == "yaml" }
        #expect(!teams.isEmpty)
        let outcome = try run(["python3", "-c", script, schema] + (examples.map(\.spec) + teams).map(\.path))
        #expect(outcome.status == 0, "\(outcome.said)")
    }

    @Test("the published schema is the one that the program prints")
    func published() throws {
        let printed = try run([stowage.path, "schema"])
        let file = root.appending(path: "specs/stowage.schema.json")
        if Recording.schema.isAsked() {
            try Recording.schema.write([(file, String(decoding: printed.output, as: UTF8.self))])
        }
        #expect(try printed.output == Data(contentsOf: file), "`RECORD=schema` renews it")
    }

    @Test("the example specs tell editors where their schema is", arguments: examples)
    func modelines(_ example: Example) throws {
        let text = try String(contentsOf: example.spec, encoding: .utf8)
        #expect(text.hasPrefix("# yaml-language-server: $schema="))
        let named = text.prefix { $0 != "\n" }.split(separator: "=").last.map(String.init) ?? ""
        let schema = example.spec.deletingLastPathComponent().appending(path: named)
        #expect(FileManager.default.fileExists(atPath: schema.path), "\(schema.path)")
    }
}
