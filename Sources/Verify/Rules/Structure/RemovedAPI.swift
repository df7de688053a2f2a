import Diagnostics
import Groundwork

extension Rule {
    static let removedAPI = Rule(
        "removed-api", .structure,
        why:
            "an API server answers \"no matches for kind\" to a version that it no longer serves, or does not serve yet",
        accepts: [
            """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            """
        ],
        rejects: [
            """
            apiVersion: ↓autoscaling/v2beta2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            ---
            apiVersion: ↓resource.k8s.io/v1alpha2
            kind: ResourceClass
            metadata: {name: a}
            """
        ]
    ) { tree, findings in
        for object in tree.objects {
            guard let version = object.root["apiVersion"], let text = version.text,
                let change = APIVersions.problem(text, object.kind.name, tree.scope.versions)
            else { continue }
            findings.add(
                "\(object.words) is of `\(text)`, which \(change.fact)", at: version.place, label: "not served",
                help: change.help, fix: change.successor.map { [TextEdit(version.place, $0)] } ?? []
            )
        }
    }
}
