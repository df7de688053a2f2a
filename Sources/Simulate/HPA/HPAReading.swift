/// What the HPA controller reads of its target in one reconcile.
package struct ScaleReading: Sendable, Hashable {
    /// The selector of the scale subresource.
    package enum Selector: Sendable {
        case valid
        /// Missing, or not a selector.
        case invalid
        /// Its pods belong to another HPA as well.
        case ambiguous
    }

    /// `spec.replicas`.
    package var spec: Int32
    /// `status.replicas`: pods that are not being deleted, pending ones too.
    package var status: Int32
    /// Pods that the selector matches, those being deleted and failed ones too.
    package var pods: Int
    /// Of those, the running and ready ones.
    package var ready: Int
    package var selector = Selector.valid

    package init(spec: Int32, status: Int32, pods: Int, ready: Int, selector: Selector = .valid) {
        self.spec = spec
        self.status = status
        self.pods = pods
        self.ready = ready
        self.selector = selector
    }
}

/// What the HPA controller reads of one metric; values are thousandths.
package enum MetricReading: Sendable, Hashable {
    case failed
    case value(Int)
    /// The items of an external metric, in their order.
    case values([Int])
    /// All pods of the selector, with their samples, for a metric of pods or resources.
    case pods([PodReading])
}

/// A pod as the HPA controller reads it.
package struct PodReading: Sendable, Hashable {
    package enum Phase: Sendable { case pending, running, succeeded, failed, unknown }

    package enum Ready: Sendable { case yes, no, unknown }

    /// A sample of a metric.
    package struct Sample: Sendable, Hashable {
        /// In thousandths.
        package let value: Int
        package let time: VirtualTime
        /// The milliseconds that it covers.
        package let window: Int

        package init(_ value: Int, at time: VirtualTime, window: Int) {
            self.value = value
            self.time = time
            self.window = window
        }
    }

    package var phase: Phase
    package var isDeleted: Bool
    /// The condition Ready; nil where the pod has none.
    package var ready: Ready?
    package var readyChanged: VirtualTime
    /// When the kubelet saw it first; nil before.
    package var started: VirtualTime?
    package var sample: Sample?
    /// What its containers request of the resource, in thousandths; nil where one of them requests none.
    package var request: Int?

    package init(
        phase: Phase, isDeleted: Bool = false, ready: Ready?, readyChanged: VirtualTime, started: VirtualTime?,
        sample: Sample?, request: Int?
    ) {
        self.phase = phase
        self.isDeleted = isDeleted
        self.ready = ready
        self.readyChanged = readyChanged
        self.started = started
        self.sample = sample
        self.request = request
    }
}

/// What becomes of writing `spec.replicas`.
package enum WriteOutcome: Sendable, Hashable {
    case succeeds
    /// So many attempts conflict before one succeeds.
    case conflicts(Int)
    case fails
}
