import Foundation
import TestTools
import Testing
import YAML

/// The major version of the kustomize inside kubectl; 0 where there is no kubectl, or one that is too old to say.
let kustomizeVersion: Int = {
    struct Versions: Decodable { let kustomizeVersion: String? }
    guard let outcome = try? run(["kubectl", "version", "--client", "-o", "json"]),
        let versions = try? JSONDecoder().decode(Versions.self, from: outcome.output)
    else { return 0 }
    return versions.kustomizeVersion?.dropFirst().split(separator: ".").first.flatMap { Int($0) } ?? 0
}()

/// What `kubectl apply -k`, Argo CD and Flux do first.
struct KustomizeTests {
    @Test(
        "kustomize builds every folder that has a kustomization",
        .enabled(if: kustomizeVersion >= 5, "kubectl with kustomize 5 is not installed"), arguments: committed)
    func builds(_ example: Example) throws {
        let kustomizations = files(under: example.tree) { $0.lastPathComponent == "kustomization.yaml" }
        #expect(!kustomizations.isEmpty)
        for file in kustomizations {
            let folder = file.deletingLastPathComponent().path
            let outcome = try run(["kubectl", "kustomize", folder], environment: ["KUBECONFIG": "/dev/null"])
            #expect(outcome.status == 0, "\(folder): \(outcome.said)")
            // Argo CD deletes what an empty result no longer mentions.
            #expect(!outcome.output.isEmpty, "\(folder) builds nothing")
            let built = try withTemporaryFolder { scratch in
                let stream = scratch.appending(path: "built.yaml")
                try outcome.output.write(to: stream)
                return try documents(in: stream).map(meaning)
            }
            let written = try files(under: file.deletingLastPathComponent()) {
                $0.pathExtension == "yaml" && $0.lastPathComponent != "kustomization.yaml"
            }.flatMap(documents).map(meaning)
            #expect(built.sorted() == written.sorted(), "\(folder) builds something else than its files")
        }
    }

    @Test(
        "no folder is left out of the kustomizations, but for what syncs them, for Helm, eksctl and Prometheus",
        arguments: committed)
    func complete(_ example: Example) {
        let all = files(under: example.tree) { $0.pathExtension == "yaml" }.map { $0.deletingLastPathComponent() }
        for folder in Set(all) where !["gitops", "helm", "eksctl", "prometheus"].contains(folder.lastPathComponent) {
            let kustomization = folder.appending(path: "kustomization.yaml")
            #expect(FileManager.default.fileExists(atPath: kustomization.path), "\(folder.path)")
        }
    }

    @Test("leaves nothing for Flux to fill in, but where Flux is told not to", arguments: committed)
    func substitutions(_ example: Example) throws {
        for file in files(under: example.tree, { $0.pathExtension == "yaml" }) {
            for document in try documents(in: file) where meaning(document).contains("${") {
                let annotations = document["metadata"]?["annotations"]
                #expect(
                    annotations?["kustomize.toolkit.fluxcd.io/substitute"]?.scalar?.text == "disabled", "\(file.path)")
            }
        }
    }
}
