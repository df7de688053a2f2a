import Groundwork

extension Rule {
    static let kedaNameTooLong = Rule(
        "keda-name-too-long", .scaling,
        why:
            "KEDA names the autoscaler `keda-hpa-<name>`, and a name has \(Thresholds.longestLabel.text) characters at most",
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
                "the autoscaler of \(scaler.object.words) would be called `\(scaler.horizontalName)`",
                at: scaler.object.place,
                label: "\(scaler.horizontalName.utf8.count) characters, and \(most) are the most",
                help: "a ScaledObject's name has \(most - "keda-hpa-".utf8.count) at most")
        }
    }
}
