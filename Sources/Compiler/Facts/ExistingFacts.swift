import Groundwork
import Planning

let existingFacts = FactTable<RequiredObject>(
    "existing", "an object that exists or is made outside of the tree",
    [
        .fact("kind", "its kind") { Traced($0.kind, .convention("the kind of the reference")) },
        .maybe("namespace", "its namespace, if its kind has one") { $0.namespace.value.isEmpty ? nil : $0.namespace },
        .fact("name", "its name") { $0.name },
    ])
