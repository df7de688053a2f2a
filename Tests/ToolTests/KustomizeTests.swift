import Foundation
import TestTools
import Testing

/// What `kubectl apply -k`, Argo CD and Flux do first.
struct KustomizeTests {
    @Test(
        "kustomize builds every folder that has a kustomization",
        .enabled(if: works(["kubectl", "kustomize", "--help"]), "kubectl is not installed"), arguments: committed)
    func builds(_ example: Example) throws {
        let kustomizations = files(under: example.tree) { $0.lastPathComponent == "kustomization.yaml" }
        #expect(!kustomizations.isEmpty)
        for file in kustomizations {
            let folder = file.deletingLastPathComponent().path()
            let outcome = try run(["kubectl", "kustomize", folder], environment: ["KUBECONFIG": "/dev/null"])
            #expect(outcome.status == 0, "\(folder): \(outcome.said)")
            // Argo CD deletes what an empty result no longer mentions.
            #expect(!outcome.output.isEmpty, "\(folder) builds nothing")
        }
    }
}
