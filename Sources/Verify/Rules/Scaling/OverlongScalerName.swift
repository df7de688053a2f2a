extension Rule {
    static let overlongScalerName = Rule(
        "overlong-scaler-name", .scaling,
        why: "KEDA names the autoscaler `keda-hpa-<name>`, and a name has 63 characters at most",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            """
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: ↓aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
            spec: {scaleTargetRef: {name: a}, triggers: []}
            """
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers
        where scaler.object.kind == .scaledObject && scaler.horizontalName.utf8.count > 63 {
            findings.add(
                "the autoscaler of \(scaler.object.words) would be called `\(scaler.horizontalName)`",
                at: scaler.object.place,
                label: "\(scaler.horizontalName.utf8.count) characters, and 63 are the most",
                help: "a ScaledObject's name has 54 at most")
        }
    }
}
