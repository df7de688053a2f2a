import Foundation
import TestTools
import Testing

/// The major version of the kustomize inside kubectl; 0 where there is no kubectl, or one that is too old to say.
private let kustomizeVersion: Int = {
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
        }
    }
}
