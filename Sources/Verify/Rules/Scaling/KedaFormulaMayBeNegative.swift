import Groundwork

extension Rule {
    static let kedaFormulaMayBeNegative = Rule(
        "keda-formula-may-be-negative", .scaling, .warning,
        why:
            "the HPA takes a negative total of an external metric for an overflow and scales to the maximum; KEDA limits "
            + "triggers to 0, but not the result of a formula",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {scalingModifiers: {formula: "running + waiting * 2", target: "8"}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {scalingModifiers: {formula: "max(load - reserve, 0)", target: "8"}}
            """,
            """
            # With `Value` the ratio is only negative.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {scalingModifiers: {formula: "load - reserve", target: "8", metricType: Value}}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: b}
            spec:
              scaleTargetRef: {name: b}
              advanced: {scalingModifiers: {formula: "load > reserve ? load - reserve : 0", target: "8"}}
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {scalingModifiers: {formula: ↓load - reserve, target: "8"}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {scalingModifiers: {formula: ↓"(running + waiting - 4) / 2", target: "8", metricType: AverageValue}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced:
                scalingModifiers:
                  formula: ↓load-idle
                  target: "8"
            """,
        ]
    ) { tree, findings in
        for scaler in tree.objects(.scaledObject) {
            let modifiers = scaler.spec?["advanced"]?["scalingModifiers"]
            guard let formula = modifiers?["formula"], let text = formula.text,
                modifiers?["metricType"]?.text ?? "AverageValue" == "AverageValue", text.subtracts,
                !text.contains("max("), !text.contains("max ("), !text.contains("?"), !text.contains("abs(")
            else { continue }
            findings.add(
                "the formula of \(scaler.words) may be negative, which scales to the maximum", at: formula.place,
                label: "subtracts", help: "write `max(\(text), 0)`")
        }
    }
}

extension String {
    /// Whether an operator `-` stands between two operands.
    fileprivate var subtracts: Bool {
        contains(/[A-Za-z0-9_)\]]\s*-\s*[A-Za-z0-9_(]/)
    }
}
