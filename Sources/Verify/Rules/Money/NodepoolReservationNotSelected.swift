import Groundwork

extension Rule {
    static let nodepoolReservationNotSelected = Rule(
        "nodepool-reservation-not-selected", .money, .warning,
        why:
            "reserved capacity is used only if the NodePool allows it and its EC2NodeClass selects it; "
            + "otherwise it is paid for but not used",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [reserved, on-demand]}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              capacityReservationSelectorTerms: [{id: cr-1}]
            """,
            """
            # One NodePool of the class is enough.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: steady}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [reserved]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: burst}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand, spot]}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              capacityReservationSelectorTerms: [{tags: {team: serving}}]
            """,
            """
            # What is not excluded is allowed.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: NotIn, values: [spot]}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              capacityReservationSelectorTerms: [{id: cr-0123456789abcdef0}]
            """,
            """
            # Nothing reserved is asked for, and nothing selected.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand]}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              role: a
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {role: a}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
                  - {key: karpenter.sh/capacity-type, operator: NotIn, values: [reserved]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [↓reserved]}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              role: a
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand]}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              ↓capacityReservationSelectorTerms: [{id: cr-1}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand, spot]}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              role: nodes
              ↓capacityReservationSelectorTerms:
              - {ownerID: "012345678901", tags: {team: serving}}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {role: a}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
                  - {key: karpenter.sh/capacity-type, operator: In, values: [↓reserved]}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools {
            guard let nodeClass = pool.nodeClass(in: tree), nodeClass.spec?["capacityReservationSelectorTerms"] == nil,
                let demand = pool.written("karpenter.sh/capacity-type"), demand["operator"]?.text == "In",
                let reserved = demand["values"]?.items?.first(where: { $0.text == "reserved" })
            else { continue }
            let isOnly = pool.capacityTypes == ["reserved"]
            findings.add(
                "\(pool.object.words) allows \(isOnly ? "only " : "")reserved capacity, but \(nodeClass.words) selects no reservation",
                at: reserved.place,
                label: isOnly ? "starts no node" : "no reservation is selected",
                notes: [nodeClass.note("it has no `capacityReservationSelectorTerms`")])
        }
        for nodeClass in tree.objects(.nodeClass) {
            let pools = tree.pools(of: nodeClass)
            guard let spec = nodeClass.spec, spec["capacityReservationSelectorTerms"] != nil, !pools.isEmpty,
                pools.allSatisfy({
                    $0.capacityTypes.map { !$0.contains("reserved") } ?? false
                })
            else { continue }
            findings.add(
                "\(nodeClass.words) selects capacity reservations, but none of its NodePools allows `reserved`",
                at: spec.keyPlace("capacityReservationSelectorTerms"), label: "paid for but not used",
                notes: pools.prefix(1).map { $0.object.note("this NodePool uses the EC2NodeClass") })
        }
    }
}
