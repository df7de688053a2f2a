import Groundwork

extension PriceList {
    /// The discount that a commitment gives on a type: that of its name before those of its family and its GPU; nil if there is none.
    func commitment(of type: InstanceType) -> (instances: Traced<String>, discount: Traced<Double>)? {
        guard type.isSoldOnDemand else { return nil }
        let all = commitments.filter { type.isNamed($0.instances.value) }
        return all.first { $0.instances.value == type.name } ?? all.first { $0.instances.value == type.family }
            ?? all.first
    }

    /// What a type is expected to cost on demand: less the discount of a commitment.
    func paid(_ type: InstanceType) -> Reasoned {
        guard let commitment = commitment(of: type) else { return known(type) }
        let discount = commitment.discount.named("committed discount of \(commitment.instances.value)", "ratio")
        return (known(type) * (1 - discount)).named("committed price of \(type.name)", "$/h")
    }
}
