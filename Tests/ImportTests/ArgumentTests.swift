import Diagnostics
import Groundwork
import Testing

@testable import Import

@Suite("The arguments of a server")
struct ArgumentTests {
    private func arguments(_ text: String) throws -> ServerArguments {
        var report = Report()
        let manifest = try #require(readManifest(SourceFile(path: "container.yaml", text: text), &report))
        let root = try #require(manifest.documents.first?.root)
        return ServerArguments(root)
    }

    @Test("are read with and without `=`, and with underscores")
    func forms() throws {
        let read = try arguments(
            "args: [--model=a/b, --max-model-len, \"8192\", --max_num_seqs=64, --enable-prefix-caching]")
        #expect(read.model?.text == "a/b")
        #expect(read.flag("--max-model-len")?.value == "8192")
        #expect(read.flag("--max-num-seqs")?.value == "64")
        #expect(read.flag("--enable-prefix-caching")?.value == nil)
    }

    @Test(
        "name the model by its position",
        arguments: [
            "{command: [vllm, serve, a/b], args: [--max-num-seqs=64]}", "{args: [a/b, --max-num-seqs=64]}",
            "{command: [/bin/sh, -c], args: [\"exec vllm serve a/b --max-num-seqs=64\"]}",
        ])
    func positional(_ text: String) throws {
        let read = try arguments(text)
        #expect(read.model?.text == "a/b")
        #expect(read.flag("--max-num-seqs")?.value == "64")
    }

    @Test("have the variables of the container, except credentials")
    func variables() throws {
        let read = try arguments(
            """
            args: [--model=$(MODEL), --api-key=$(API_KEY)]
            env: [{name: MODEL, value: a/b}, {name: API_KEY, value: secret-value}]
            """)
        #expect(read.model?.text == "a/b")
        #expect(read.flag("--api-key")?.value == "$(API_KEY)")
    }
}
