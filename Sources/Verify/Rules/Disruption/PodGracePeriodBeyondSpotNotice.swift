import Groundwork

extension Rule {
    static let podGracePeriodBeyondSpotNotice = Rule(
        "pod-grace-period-beyond-spot-notice", .disruption, .warning,
        why:
            "EC2 terminates a spot node two minutes after the interruption notice, even if its pods have not "
            + "stopped yet",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 90
                  nodeSelector: {karpenter.sh/capacity-type: spot}
                  containers: [{name: a}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 110
                  nodeSelector: {karpenter.sh/capacity-type: spot}
                  containers: [{name: a}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 600
                  nodeSelector: {karpenter.sh/capacity-type: on-demand}
                  containers: [{name: a}]
            """,
            """
            # Without a word it is 30 s.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeSelector: {karpenter.sh/capacity-type: spot}
                  containers: [{name: a, args: [--shutdown-timeout=20]}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 300
                  tolerations: [{key: capacity, value: reserved, effect: NoSchedule}]
                  containers: [{name: a}]
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: ↓120
                  nodeSelector: {karpenter.sh/capacity-type: spot}
                  containers: [{name: a}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: ↓300
                  affinity:
                    nodeAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        nodeSelectorTerms:
                        - matchExpressions: [{key: karpenter.sh/capacity-type, operator: In, values: [spot]}]
                  containers: [{name: a}]
            """,
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            spec:
              schedule: "0 3 * * *"
              jobTemplate:
                spec:
                  template:
                    spec:
                      terminationGracePeriodSeconds: ↓3600
                      tolerations: [{key: karpenter.sh/capacity-type, operator: Equal, value: spot, effect: NoSchedule}]
                      restartPolicy: Never
                      containers: [{name: a}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads where workload.isForSpot {
            guard let grace = workload.pod.spec["terminationGracePeriodSeconds"], let seconds = grace.number,
                seconds > Thresholds.spotNotice.value
            else { continue }
            findings.add(
                "the pods of \(workload.object.words) take up to \(wholeNumber(seconds)) s to stop, but a spot "
                    + "node terminates \(Thresholds.spotNotice.text) s after its interruption notice",
                at: grace.place,
                label: "killed before they have stopped",
                help: "set at most \(Thresholds.spotNotice.text) s for pods on spot nodes"
            )
        }
    }
}
