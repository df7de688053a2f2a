import Foundation
import TestTools
import Testing

/// What users and pipelines see of `verify`.
struct VerifyTests {
    private let service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"

    @Test("exits 0 without findings, 1 with an error, 2 with what cannot be read")
    func statuses() throws {
        try withTemporaryFolder { folder in
            func verify(_ arguments: String...) throws -> Int32 {
                try run([stowage.path, "verify"] + arguments, in: folder).status
            }
            try Data(service.utf8).write(to: folder.appending(path: "a.yaml"))
            #expect(try verify(".") == 0)
            try Data((service + "---\n" + service).utf8).write(to: folder.appending(path: "b.yml"))
            #expect(try verify(".") == 1)
            #expect(try verify("a.yaml", "b.yml", "--except", "duplicate-object") == 0)
            #expect(try verify(".", "--write-baseline", "known.json") == 0)
            #expect(try verify(".", "--baseline", "known.json") == 0)
            #expect(try verify("missing.yaml") == 2)
            #expect(try verify(".", "--only", "no-such-rule") == 2)
            #expect(try verify() == 2)
        }
    }

    @Test("reads JSON beside YAML, and passes over what is no object")
    func json() throws {
        try withTemporaryFolder { folder in
            try Data(service.utf8).write(to: folder.appending(path: "a.yaml"))
            try Data(#"{"name": "kind", "version": "apiVersion"}"#.utf8).write(
                to: folder.appending(path: "package.json"))
            #expect(try run([stowage.path, "verify", "."], in: folder).status == 0)
            let object = #"{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}}"#
            try Data(object.utf8).write(to: folder.appending(path: "b.json"))
            let outcome = try run([stowage.path, "verify", "."], in: folder)
            #expect(outcome.said.contains("warning[duplicate-object]") && outcome.said.contains("b.json:1:62"))
        }
    }

    @Test("finds no error in what `generate` wrote", arguments: committed)
    func committedTrees(_ example: Example) throws {
        let outcome = try run([stowage.path, "verify", example.tree.path, "--severity", "error"])
        #expect(outcome.status == 0, "\(outcome.said)")
    }

    @Test("checks a generated folder by the releases that it was made for")
    func ownReleases() throws {
        try withTemporaryFolder { folder in
            let spec = root.appending(path: "Tests/CompilerTests/Cases/pods-claim-shares-of-gpus/spec.yaml").path
            let made = try run([stowage.path, "generate", spec, "-o", "tree"], in: folder)
            #expect(made.status == 0)
            func verify(_ arguments: String...) throws -> Int32 {
                try run([stowage.path, "verify", "tree", "--severity", "error"] + arguments, in: folder).status
            }
            #expect(try verify() == 0)
            // What is said on the command line wins.
            #expect(try verify("--karpenter", "1.14") == 1)
        }
    }

    @Test("reads what an overlay names outside of its folder")
    func overlay() throws {
        try withTemporaryFolder { folder in
            let files = [
                "base/kustomization.yaml": "resources: [a.yaml]\nconfigMapGenerator: [{name: c, envs: [c.env]}]\n",
                "base/a.yaml": service, "base/c.env": "A=1\n",
                "overlays/prod/kustomization.yaml":
                    "resources: [../../base]\npatches: [{path: ../ports.json, target: {kind: Service}}]\n",
                "overlays/ports.json": #"[{"op": "add", "path": "/spec", "value": {"ports": [{"port": "80"}]}}]"#,
            ]
            for (path, text) in files {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            let outcome = try run([stowage.path, "verify", "overlays/prod"], in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.said.contains("error[field-type-mismatch]"), "\(outcome.said)")
            #expect(outcome.said.contains("overlays/ports.json:1:62"), "\(outcome.said)")
        }
    }

    @Test("is not sure that a listed file is missing if a script or `.gitignore` names it")
    func madeFiles() throws {
        try withTemporaryFolder { folder in
            let files = [
                ".gitignore": "bin/\nparams.env\n",
                "Makefile": "deploy:\n\tprintf 'a: b' > deploy/overlays/dev/params.yaml\n",
                "hack/make.sh": "helm template . > installed.yaml # not all.yaml.gz\n",
                "deploy/overlays/dev/kustomization.yaml": """
                resources: [all.yaml]
                configMapGenerator: [{name: c, envs: [params.env]}]
                patches: [{path: params.yaml}]
                """,
            ]
            for (path, text) in files {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            for path in [".", "deploy"] {
                let said = try run([stowage.path, "verify", path], in: folder).said
                #expect(
                    said.contains(
                        "error[kustomize-resource-not-found]: `deploy/overlays/dev/kustomization.yaml` lists `all.yaml`"
                    ))
                #expect(said.matches(of: /warning\[kustomize-resource-not-found\]/).count == 2, "\(said)")
                #expect(said.contains("a script names the file") && said.contains("--> Makefile:2:"), "\(said)")
                #expect(said.contains("Git ignores a file of this name") && said.contains("--> .gitignore:2:1"))
            }
            // What is said to be complete has to be there.
            let closed = try run([stowage.path, "verify", "--closed", "."], in: folder).said
            #expect(closed.matches(of: /error\[kustomize-resource-not-found\]/).count == 3, "\(closed)")
        }
    }

    @Test("prints the page of a rule")
    func page() throws {
        let outcome = try run([stowage.path, "verify", "--explain", "duplicate-object"])
        #expect(outcome.status == 0 && outcome.said.hasPrefix("# duplicate-object"))
    }
}
