import Groundwork

extension Rule {
    static let graceBeyondNotice = Rule(
        "grace-beyond-notice", .disruption, .warning,
        why: "a spot node is gone two minutes after the notice, whatever the pods on it still do",
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
            """
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
            """
        ]
    ) { tree, findings in
        for workload in tree.workloads where workload.isForSpot {
            guard let grace = workload.pod.spec["terminationGracePeriodSeconds"], let seconds = grace.number,
                seconds > Thresholds.spotNotice.value
            else { continue }
            findings.add(
                "the pods of \(workload.object.words) take up to \(wholeNumber(seconds)) s to stop, and after its notice a spot node leaves them \(Thresholds.spotNotice.text) s",
                at: grace.place,
                label: "killed before they are done", help: "at most \(Thresholds.spotNotice.text) s can be had on spot"
            )
        }
    }
}
