extension ScalingRules {
    /// The most replicas that the policies of `scaleUp` allow.
    ///
    /// Sums of 32 bits wrap around, as in the controller, and a percentage is a product of doubles.
    func limitUp(
        _ current: Int32, _ ups: ScaleEvents, _ downs: ScaleEvents, _ settings: HPASettings, at now: VirtualTime
    )
        -> Int32
    {
        if select == .disabled { return current }
        var limit: Int32 = select == .min ? .max : .min
        for policy in policies {
            let start = start(policy, current, ups, downs, now)
            let allowed =
                switch policy.kind {
                case .pods: start &+ policy.value
                case .percent: settings.int32((Double(start) * (1 + Double(policy.value) / 100)).rounded(.up))
                }
            limit = select == .min ? min(limit, allowed) : max(limit, allowed)
        }
        return limit
    }

    /// The fewest replicas that the policies of `scaleDown` allow.
    func limitDown(
        _ current: Int32, _ ups: ScaleEvents, _ downs: ScaleEvents, _ settings: HPASettings, at now: VirtualTime
    ) -> Int32 {
        if select == .disabled { return current }
        var limit: Int32 = select == .min ? .min : .max
        for policy in policies {
            let start = start(policy, current, ups, downs, now)
            let allowed =
                switch policy.kind {
                case .pods: start &- policy.value
                case .percent: settings.int32(Double(start) * (1 - Double(policy.value) / 100))
                }
            limit = select == .min ? max(limit, allowed) : min(limit, allowed)
        }
        return limit
    }

    /// The replicas at the start of a policy's period.
    private func start(
        _ policy: ScalingPolicy, _ current: Int32, _ ups: ScaleEvents, _ downs: ScaleEvents, _ now: VirtualTime
    ) -> Int32 {
        current &- ups.sum(within: policy.milliseconds, at: now) &+ downs.sum(within: policy.milliseconds, at: now)
    }
}
