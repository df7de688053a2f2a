extension Rule {
    static let duplicateObject = Rule(
        "duplicate-object", .structure,
        why: "of two objects with one kind, namespace and name, the one that is applied last wins, silently",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: a}
            """
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: ↓a, namespace: default}
            """
        ]
    ) { tree, findings in
        for (number, object) in tree.objects.enumerated() where !object.name.isEmpty {
            guard let first = tree.number(of: object.reference), first != number else { continue }
            findings.add(
                "\(object.words) is in the tree twice", at: object.place, label: "has this name already",
                notes: [tree.objects[first].note("the first one is here, in `\(tree.objects[first].path)`")])
        }
    }
}
