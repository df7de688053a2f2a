extension Rule {
    /// Every rule, in the order of their files.
    package static let all: [Rule] = [
        budgetWithoutPods,
        competingAutoscalers,
        fixedReplicas,
        invertedBounds,
        missingNodeClass,
        missingScaleTarget,
        monitorWithoutService,
        serviceWithoutPods,
        unknownMonitorPort,
        unknownTargetPort,
    ]
}
