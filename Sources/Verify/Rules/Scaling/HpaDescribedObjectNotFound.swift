import Groundwork

extension Rule {
    static let hpaDescribedObjectNotFound = Rule(
        "hpa-described-object-not-found", .scaling, inPartialTree: .warnOnEvidence,
        why:
            "if the described object does not exist, the HPA gets no value for its Object metric and does not scale",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              metrics:
              - type: Object
                object: {describedObject: {apiVersion: v1, kind: Service, name: a}}
            """,
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a, namespace: ai}
            spec:
              metrics:
              - type: Object
                object: {describedObject: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: a}}
            """,
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a, namespace: ai}
            spec:
              metrics:
              - {type: Object, object: {describedObject: {apiVersion: v1, kind: Namespace, name: ai}}}
              - {type: Pods, pods: {metric: {name: vllm_requests_waiting}}}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              metrics:
              - type: Object
                object: {describedObject: {apiVersion: v1, kind: Service, name: ↓b}}
            """,
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: a, namespace: gateway}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a, namespace: ai}
            spec:
              metrics:
              - type: Object
                object: {describedObject: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: ↓a}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.objects(.horizontalPodAutoscaler) {
            for metric in scaler.spec?["metrics"]?.items ?? [] {
                guard let described = metric["object"]?["describedObject"], let name = described["name"],
                    let kindName = described["kind"]?.text
                else { continue }
                let kind = ObjectKind(apiVersion: described["apiVersion"]?.text ?? "v1", kindName)
                let namespace = kind.isClusterScoped ? "" : scaler.namespace
                if tree.object(kind, name.text ?? "", in: namespace) != nil
                    || tree.scope.hasElsewhere(kindName, name.text ?? "", in: namespace)
                {
                    continue
                }
                findings.add(
                    "\(scaler.words) uses a metric of \(kindName) `\(name.text ?? "")`, which does not exist",
                    at: name.place,
                    label: "no such \(kindName)", help: meant(name, tree.objects(kind).map(\.name)))
            }
        }
    }
}
