import Groundwork

extension SpecEdit {
    /// Sets the least number of replicas of a model, and keeps the greatest; nil if the text to change is elsewhere.
    package static func minimum(_ least: Int, of placement: Placement) -> SpecEdit? {
        let model = placement.spec
        if model.replicas != nil {
            return SpecEdit(model, "replicas", "min", to: "\(least)", as: "replicas: {min: \(least)}")
        }
        let text = "{min: \(least), max: \(max(least, placement.maxReplicas.value))}"
        return SpecEdit(model, "replicas", to: text, as: "replicas: \(text)")
    }
}
