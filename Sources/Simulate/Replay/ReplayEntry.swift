/// Something that happened in a simulation, with the rule that made it.
package struct ReplayEntry: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case scaling, node, pending, ready, preemption, incident, alert
    }

    package let time: VirtualTime
    package let kind: Kind
    /// The Deployment, the pool or the alert.
    package let subject: String
    package let text: String
    /// Why it did not happen earlier; empty if nothing held it back.
    package let delay: String

    package init(_ time: VirtualTime, _ kind: Kind, _ subject: String, _ text: String, delay: String = "") {
        self.time = time
        self.kind = kind
        self.subject = subject
        self.text = text
        self.delay = delay
    }
}
