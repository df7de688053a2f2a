import Groundwork

extension Rule {
    static let ec2nodeclassNetworkCardNotFound = Rule(
        "ec2nodeclass-network-card-not-found", .scheduling, .warning,
        why:
            "every node of an EC2NodeClass gets its network interfaces; an instance type without one of their "
            + "network cards does not launch",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              networkInterfaces: [{networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}, {networkCardIndex: 3, deviceIndex: 1, interfaceType: efa-only}]
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
            """,
            """
            # Card 31 is the last of 32.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}
              - {networkCardIndex: 0, deviceIndex: 1, interfaceType: efa-only}
              - {networkCardIndex: 31, deviceIndex: 1, interfaceType: efa-only}
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
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge]}
            """,
            """
            # Each instance type has a class of its own.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}
              - {networkCardIndex: 3, deviceIndex: 1, interfaceType: efa-only}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6e.48xlarge]}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: b}
            spec:
              networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: b}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6e.xlarge]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              networkInterfaces: [{networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}, {networkCardIndex: ↓7, deviceIndex: 1, interfaceType: efa-only}]
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge, g6e.48xlarge]}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}
              - {networkCardIndex: 1, deviceIndex: 1, interfaceType: efa-only}
              - {networkCardIndex: 2, deviceIndex: 1, interfaceType: efa-only}
              - {networkCardIndex: 3, deviceIndex: 1, interfaceType: efa-only}
              - {networkCardIndex: ↓8, deviceIndex: 1, interfaceType: efa-only}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p4d.24xlarge]}
            """,
            """
            # Only the second NodePool lacks the card.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}
              - {networkCardIndex: ↓1, deviceIndex: 1, interfaceType: efa-only}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p4d.24xlarge]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge]}
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            let indexes = (nodeClass.spec?["networkInterfaces"]?.items ?? []).compactMap { $0["networkCardIndex"] }
            guard let last = indexes.max(by: { ($0.integer ?? 0) < ($1.integer ?? 0) }), let index = last.integer,
                index > 0
            else { continue }
            // Some types have another card, without EFA.
            for pool in tree.pools(of: nodeClass) {
                guard pool.hasGPUs == true, let type = pool.gpuTypes.known?.first(where: { $0.efaCount < index })
                else { continue }
                let demand = pool.typeRequirement
                let value = demand?["values"]?.items?.first { $0.text == type.name } ?? demand?["key"]
                findings.add(
                    "\(nodeClass.words) puts an interface on network card \(index), which `\(type.name)` does not have",
                    at: last.place, label: "the type has EFA on \(type.efaCount) card\(type.efaCount == 1 ? "" : "s")",
                    notes: [.init("\(pool.words) allows this instance type", at: value?.place ?? pool.object.place)],
                    help: "give instance types with other network cards an EC2NodeClass of their own")
                break
            }
        }
    }
}
