import Groundwork

/// The name of an instance type on which models of a pool are placed: preferred by the spec, or decided otherwise.
package func typeName(_ type: InstanceType, _ models: [Placement]) -> Traced<String> {
    let name = Traced(type.name, .catalog(type.reference))
    guard let model = models.first(where: { $0.candidate.type.name == type.name }) else {
        let preferences = models.flatMap(\.choice.demand.prefer)
        guard let preference = preferences.first(where: { type.isNamed($0.value) }) else { return name }
        return Traced(type.name, because: "a later preference of the spec", Ingredient("prefer", preference))
    }
    if let preference = model.choice.demand.prefer.first(where: { type.isNamed($0.value) }) {
        return Traced(type.name, because: "the spec prefers it", Ingredient("prefer", preference))
    }
    return Traced(
        type.name, because: "the type that \(model.name) is placed on", Ingredient("instance type", name),
        Ingredient("tensor parallel size", model.point.tensorParallel))
}
