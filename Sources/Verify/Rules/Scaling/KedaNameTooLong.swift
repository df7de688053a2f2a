import Groundwork

extension Rule {
    static let kedaNameTooLong = Rule(
        "keda-name-too-long", .scaling,
        why:
            "KEDA names the HPA `keda-hpa-<name>`, and a name can have at most \(Thresholds.longestLabel.text) characters",
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
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
            spec: {scaleTargetRef: {name: a}, triggers: []}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
            spec:
              scaleTargetRef: {name: a}
              advanced: {horizontalPodAutoscalerConfig: {name: a}}
              triggers: []
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: ↓aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
            spec: {scaleTargetRef: {name: a}, triggers: []}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: ↓a}
            spec:
              scaleTargetRef: {name: a}
              advanced:
                horizontalPodAutoscalerConfig: {name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
              triggers: []
            """,
        ]
    ) { tree, findings in
        let most = Int(Thresholds.longestLabel.value)
        for scaler in tree.autoscalers
        where scaler.object.kind == .scaledObject && scaler.horizontalName.utf8.count > most {
            findings.add(
                "the HPA of \(scaler.object.words) would be named `\(scaler.horizontalName)`",
                at: scaler.object.place,
                label: "\(scaler.horizontalName.utf8.count) characters, more than the maximum, \(most)",
                help: "shorten the name of the ScaledObject to at most \(most - "keda-hpa-".utf8.count) characters")
        }
    }
}
