import Groundwork

/// The name of an instance type on which models of a pool are placed: that the spec prefers it, or what decided instead.
package func typeName(_ type: InstanceType, _ models: [Placement]) -> Traced<String> {
    let name = Traced(type.name, .catalog(type.reference))
    guard let model = models.first(where: { $0.shape.type.name == type.name }) else {
        let wishes = models.flatMap(\.choice.demand.prefer)
        guard let wish = wishes.first(where: { type.isNamed($0.value) }) else { return name }
        return Traced(type.name, because: "a later choice of the spec", Ingredient("prefer", wish))
    }
    if let wish = model.choice.demand.prefer.first(where: { type.isNamed($0.value) }) {
        return Traced(type.name, because: "the spec prefers it", Ingredient("prefer", wish))
    }
    return Traced(
        type.name, because: "the type that \(model.name) is placed on", Ingredient("instance type", name),
        Ingredient("tensor parallel", model.point.tensorParallel))
}
