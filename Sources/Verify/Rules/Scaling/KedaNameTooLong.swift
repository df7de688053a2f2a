import Groundwork

extension Rule {
    static let kedaNameTooLong = Rule(
        "keda-name-too-long", .scaling,
        why:
            "KEDA rejects a ScaledObject if its name or that of its HPA, by default `keda-hpa-<name>`, has more than "
            + "\(Thresholds.longestLabel.text) characters: both are values of labels",
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
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced:
                horizontalPodAutoscalerConfig: {name: ↓aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
              triggers: []
            """,
            """
            # The name of the HPA is short enough, that of the ScaledObject is not.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: ↓aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
            spec:
              scaleTargetRef: {name: a}
              advanced: {horizontalPodAutoscalerConfig: {name: a}}
              triggers: []
            """,
        ]
    ) { tree, findings in
        let most = Int(Thresholds.longestLabel.value)
        for scaler in tree.autoscalers where scaler.object.kind == .scaledObject {
            let (own, custom) = (scaler.object.name.utf8.count, scaler.customHorizontalName)
            if let custom, let length = custom.text?.utf8.count, length > most {
                findings.add(
                    "the HPA of \(scaler.object.words) is named `\(scaler.horizontalName)`", at: custom.place,
                    label: "\(length) characters, more than the maximum, \(most)",
                    help: "shorten `horizontalPodAutoscalerConfig.name` to at most \(most) characters")
            }
            let prefix = custom == nil ? "keda-hpa-".utf8.count : 0
            guard own + prefix > most else { continue }
            let ending = own > most || custom != nil ? "" : ", or set `advanced.horizontalPodAutoscalerConfig.name`"
            findings.add(
                custom == nil
                    ? "the HPA of \(scaler.object.words) would be named `\(scaler.horizontalName)`"
                    : "the name of \(scaler.object.words) is too long",
                at: scaler.object.place, label: "\(own + prefix) characters, more than the maximum, \(most)",
                help: "shorten the name of the ScaledObject to at most \(most - prefix) characters\(ending)")
        }
    }
}
