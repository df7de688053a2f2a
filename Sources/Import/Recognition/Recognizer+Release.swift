import Groundwork

extension Recognizer {
    /// The release of vLLM that a model runs: that of its image, else the one that its arguments fit.
    func release(of model: FoundModel) -> Version {
        model.container["image"]?.text.flatMap(imageVersion) ?? assumedRelease(of: model).release
    }

    /// The release of an image whose tag does not say it, with the reason.
    func assumedRelease(of model: FoundModel) -> (release: Version, reason: String) {
        let since = Component.vLLM.since(.positionalModel)
        let isOlder = model.workload.isOwn && model.arguments.flag("--model") != nil
        guard isOlder else {
            return (Component.vLLM.assumed, "the image's tag is no version")
        }
        return (Version(since.major, since.minor - 1), "the model is an argument of its own, as before \(since.text)")
    }

    /// Whether the pods run as root although the image has a user: Stowage sets one unless the spec says so.
    func runsAsRoot(_ model: FoundModel) -> SpecValue? {
        guard model.workload.isOwn, model.pod?.at("securityContext", "runAsNonRoot")?.boolean != true,
            Component.vLLM.offers(.nonRootUser, at: release(of: model)), sharing(of: model)?.kind != "mps"
        else { return nil }
        return .plain("true", (model.pod?["securityContext"] ?? model.container).home)
    }
}
