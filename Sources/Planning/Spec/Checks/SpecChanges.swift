import Diagnostics
import Groundwork
import YAML

extension ModelSpec {
    /// The change of the spec's text that gives a field of the model a value.
    func setting(_ path: String..., to text: String) -> NodeChange {
        .setting(path, to: text, beside: name.range ?? range)
    }
}

extension PlatformSpec {
    /// The change of the spec's text that gives a field of the platform a value.
    func setting(_ path: String..., to text: String) -> NodeChange { .setting(path, to: text, under: range) }

    /// The changes of the spec's text that declare a feature gate of Karpenter; none where it is declared already.
    func declaring(_ gate: KarpenterGate) -> [NodeChange] {
        if has(gate) { return [] }
        if let last = karpenter.featureGates.last?.range { return [.inserting(gate.rawValue, after: last)] }
        return [setting("karpenter", "featureGates", to: "[\(gate.rawValue)]")]
    }
}

extension ModelSpec {
    /// The changes of the spec's text that let KEDA scale the model, and how to write them.
    func scaledByKEDA(on platform: PlatformSpec, as key: String = "by: keda") -> (words: String, changes: [NodeChange])
    {
        let change = setting("scaling", "by", to: "keda")
        if platform.autoscaler.keda != nil { return ("`\(key)`", [change]) }
        let version = Component.keda.assumed.text
        return (
            "`\(key)` with `platform: {autoscaler: {keda: \"\(version)\"}}`",
            [change, platform.setting("autoscaler", "keda", to: "\"\(version)\"")]
        )
    }
}
