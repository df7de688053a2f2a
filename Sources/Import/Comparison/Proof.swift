import Groundwork

/// How the objects that a spec generates compare with those that exist.
package struct Proof: Sendable {
    /// What differs in objects that both have.
    package let differences: [Difference]
    /// Objects of the spec that the input lacks.
    package let new: [ObjectKey]
    /// Objects of the input that the spec does not generate, which stay as they are.
    package let untouched: [ImportedObject]
    /// How many objects are in both.
    package let compared: Int

    /// Whether applying the generated tree changes nothing that exists, and adds nothing with an effect.
    package var isEqual: Bool { differences.isEmpty && new.allSatisfy { Effect(ofNew: $0.kind) == .nothing } }

    /// Compares all objects.
    package init(generated: [ImportedObject], given: [ImportedObject]) {
        var differences: [Difference] = []
        var matched: Set<Int> = []
        var new: [ObjectKey] = []
        var compared = 0
        for object in generated.sorted(by: { $0.key < $1.key }) {
            guard let index = given.firstIndex(where: { $0.isNamesake(of: object) }) else {
                new.append(object.key)
                continue
            }
            matched.insert(index)
            compared += 1
            differences += Import.differences(object, given[index])
        }
        self.differences = differences
        self.new = new
        self.compared = compared
        untouched = given.indices.filter { !matched.contains($0) }.map { given[$0] }
    }
}

extension ImportedObject {
    /// Whether it is the same object of a cluster; a namespace that is not written may be any.
    fileprivate func isNamesake(of other: ImportedObject) -> Bool {
        key.group == other.key.group && kind == other.kind && name == other.name
            && (namespace == other.namespace || namespace.isEmpty)
    }
}
