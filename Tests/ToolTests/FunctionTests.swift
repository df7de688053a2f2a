import Foundation
import TestTools
import Testing
import YAML

/// A real kustomize; kubectl's own runs no functions.
private let hasKustomize = works(["kustomize", "version"])
private let hasKubectl = works(["kubectl", "kustomize", "--help"])

/// What the renderers that call the compiler get from it.
struct FunctionTests {
    private let spec = root.appending(path: "specs/seed.yaml")

    /// The spec with annotations, as one document.
    private func annotatedSpec(_ annotations: String = "") throws -> String {
        try String(contentsOf: spec, encoding: .utf8).replacing(
            "metadata:\n",
            with: "metadata:\n  annotations: {config.kubernetes.io/local-config: 'true'\(annotations)}\n",
            maxReplacements: 1)
    }

    /// A ResourceList with a spec as its configuration.
    private func list(_ items: String, _ configuration: String) -> String {
        let indented = configuration.split(separator: "\n").map { "  \($0)\n" }.joined()
        return """
            apiVersion: config.kubernetes.io/v1
            kind: ResourceList
            items:\(items)
            functionConfig:
            \(indented)
            """
    }

    /// Gives a text to `stowage fn`, and reads the documents of what it answers.
    private func answer(to text: String) throws -> (status: Int32, list: Node?, output: Data, said: String) {
        try withTemporaryFolder { scratch in
            let (input, output) = (scratch.appending(path: "in.yaml"), scratch.appending(path: "out.yaml"))
            try Data(text.utf8).write(to: input)
            let outcome = try run(["sh", "-c", "exec \"$0\" fn <\"$1\"", stowage.path, input.path])
            try outcome.output.write(to: output)
            return (outcome.status, try documents(in: output).first, outcome.output, outcome.said)
        }
    }

    /// The objects that `generate` streams.
    private func stream(_ spec: URL) throws -> [Node] {
        try withTemporaryFolder { scratch in
            let stream = scratch.appending(path: "stream.yaml")
            try run([stowage.path, "generate", spec.path, "--output", "-"]).output.write(to: stream)
            return try documents(in: stream)
        }
    }

    @Test("a function gives what generate gives, each object with its file")
    func objects() throws {
        let answer = try answer(to: list(" []", annotatedSpec()))
        #expect(answer.status == 0, "\(answer.said)")
        let items = try #require(answer.list?["items"]?.items)
        #expect(items.map(bare).sorted() == (try stream(spec).map(bare).sorted()))
        for item in items {
            #expect(item["metadata"]?["annotations"]?["internal.config.kubernetes.io/path"]?.scalar?.text != nil)
        }
        #expect(answer.list?["functionConfig"]?["kind"]?.scalar?.text == "GPUCluster")
    }

    @Test(
        "a function rejects settings that name other files",
        arguments: ["extends: base.yaml", "include: [teams/a.yaml]"])
    func files(_ setting: String) throws {
        let text = try annotatedSpec().replacing("spec:\n", with: "spec:\n  \(setting)\n", maxReplacements: 1)
        let answer = try answer(to: list(" []", text))
        #expect(answer.status == 2)
        #expect(answer.said.contains("a function reads no files"), "\(answer.said)")
        #expect(answer.list?["items"]?.items?.isEmpty == true)
    }

    @Test("a function leaves its own configuration and foreign items as they are, and is done the second time")
    func items() throws {
        let foreign = "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec: {x: 'on', y: 0o17}\n"
        let items = [try annotatedSpec(), foreign].map { text in
            "\n- " + text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n  ")
        }
        let first = try answer(to: list(items.joined(), annotatedSpec()))
        #expect(first.status == 0, "\(first.said)")
        let kinds = (first.list?["items"]?.items ?? []).prefix(2).map { $0["kind"]?.scalar?.text }
        #expect(kinds == ["GPUCluster", "Thing"])
        let second = try answer(to: String(decoding: first.output, as: UTF8.self))
        #expect(second.status == 0)
        #expect(second.output == first.output)
    }

    @Test("mistakes of a spec are results with their field, and the items stay")
    func results() throws {
        let wrong = try annotatedSpec().replacing("class: realtime", with: "class: realtme")
        let answer = try answer(to: list("\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}", wrong))
        #expect(answer.status == 2)
        #expect(answer.list?["items"]?.items?.count == 1)
        let result = try #require(answer.list?["results"]?.items?.first)
        #expect(result["severity"]?.scalar?.text == "error")
        #expect(result["field"]?["path"]?.scalar?.text == "spec.models[0].class")
        #expect(result["resourceRef"]?["kind"]?.scalar?.text == "GPUCluster")
        #expect(result["message"]?.scalar?.text.contains("realtime") == true)
        #expect(answer.said.contains("realtme"))
    }

    @Test("a function reads no config.json, and says at the field that names it what to do")
    func configs() throws {
        let name = "      source: meta-llama/Llama-3.3-70B-Instruct\n"
        let spec = try annotatedSpec()
        #expect(spec.contains(name))
        let named = spec.replacing(name, with: name + "      architecture: {config: config.json}\n")
        let answer = try answer(to: list(" []", named))
        #expect(answer.status == 2)
        let result = try #require(answer.list?["results"]?.items?.first)
        #expect(result["field"]?["path"]?.scalar?.text == "spec.models[0].architecture.config")
        #expect(answer.said.contains("a KRM function reads no files besides its input"))
    }

    @Test(
        "what is no ResourceList, or has no spec, is rejected with a ResourceList that says so",
        arguments: [
            "", "a: b\n", "kind: ResourceList\n", "[",
            "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\n",
            "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\nfunctionConfig: {apiVersion: v1, kind: ConfigMap}\n",
        ])
    func rejections(_ text: String) throws {
        let answer = try answer(to: text)
        #expect(answer.status == 2)
        #expect(answer.list?["kind"]?.scalar?.text == "ResourceList")
        #expect(answer.list?["results"]?.items?.isEmpty == false)
    }

    @Test("kustomize runs the function", .enabled(if: hasKustomize, "kustomize is not installed"))
    func kustomize() throws {
        try withTemporaryFolder { folder in
            let function = folder.appending(path: "stowage-fn")
            try Data("#!/bin/sh\nexec '\(stowage.path)' fn\n".utf8).write(to: function)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: function.path)
            try fill(folder, try annotatedSpec(", config.kubernetes.io/function: 'exec: {path: ./stowage-fn}'"))
            let outcome = try run(
                ["kustomize", "build", "--enable-alpha-plugins", "--enable-exec", "."], in: folder)
            #expect(outcome.status == 0, "\(outcome.said)")
            try expectSame(outcome.output, in: folder)
            try fill(
                folder,
                "apiVersion: stowage.dev/v1alpha1\nkind: GPUCluster\nmetadata: {name: a, annotations: {config.kubernetes.io/function: 'exec: {path: ./stowage-fn}'}}\n"
            )
            let failed = try run(["kustomize", "build", "--enable-alpha-plugins", "--enable-exec", "."], in: folder)
            #expect(failed.status != 0)
            #expect(failed.said.contains("missing-key"), "\(failed.said)")
        }
    }

    @Test("kubectl kustomize runs the plugin", .enabled(if: hasKubectl, "kubectl is not installed"))
    func plugin() throws {
        let home = root.appending(path: "integrations/kustomize/plugin").path
        let path = "\(stowage.deletingLastPathComponent().path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
        let environment = ["KUSTOMIZE_PLUGIN_HOME": home, "PATH": path, "KUBECONFIG": "/dev/null"]
        try withTemporaryFolder { folder in
            try fill(folder, try annotatedSpec())
            let arguments = ["kubectl", "kustomize", "--enable-alpha-plugins", folder.path]
            let outcome = try run(arguments, environment: environment)
            #expect(outcome.status == 0, "\(outcome.said)")
            try expectSame(outcome.output, in: folder)
            try fill(folder, "apiVersion: stowage.dev/v1alpha1\nkind: GPUCluster\nmetadata: {name: a}\n")
            let failed = try run(arguments, environment: environment)
            #expect(failed.status != 0)
            #expect(failed.said.contains("missing-key"), "\(failed.said)")
        }
    }

    @Test("Argo CD's plugin prints the objects of the folder's spec, and fails without one")
    func configManagementPlugin() throws {
        let definition = try #require(try documents(in: root.appending(path: "integrations/argocd/plugin.yaml")).first)
        let command = (definition["spec"]?["generate"]?["command"]?.items ?? []).compactMap { $0.scalar?.text }
        #expect(command.first == "stowage")
        let file = try #require(definition["spec"]?["discover"]?["fileName"]?.scalar?.text)
        try withTemporaryFolder { folder in
            let arguments = [stowage.path] + command.dropFirst()
            let missing = try run(arguments, in: folder)
            #expect(missing.status == 2)
            #expect(missing.output.isEmpty)
            try FileManager.default.copyItem(at: spec, to: folder.appending(path: file))
            let outcome = try run(arguments, in: folder)
            #expect(outcome.status == 0, "\(outcome.said)")
            try expectSame(outcome.output, in: folder)
        }
    }

    private func fill(_ folder: URL, _ spec: String) throws {
        try Data(spec.utf8).write(to: folder.appending(path: "cluster.yaml"))
        let text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\ngenerators: [cluster.yaml]\n"
        try Data(text.utf8).write(to: folder.appending(path: "kustomization.yaml"))
    }

    private func expectSame(_ output: Data, in folder: URL) throws {
        let built = folder.appending(path: "built.yaml")
        try output.write(to: built)
        let objects = try documents(in: built).map(bare)
        #expect(objects.sorted() == (try stream(spec).map(bare).sorted()))
        try FileManager.default.removeItem(at: built)
    }
}

/// An object's meaning without the annotations that say where its file is.
private func bare(_ object: Node) -> String {
    let path = /"?internal\.config\.kubernetes\.io\/(path|index)"?: string "[^"]*"(, )?/
    return meaning(object).replacing(path, with: "").replacing(", annotations: {}", with: "").replacing(
        "annotations: {}, ", with: ""
    ).replacing(", }", with: "}")
}
