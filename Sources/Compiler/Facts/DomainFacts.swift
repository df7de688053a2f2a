import Groundwork
import Planning

let domainFacts = FactTable<DomainPlan>(
    "computeDomain", "a ComputeDomain",
    [
        .fact("model", "the model whose replicas form it, which is also its name") { $0.model },
        .fact("channelTemplate", "the ResourceClaimTemplate that the driver creates for it") { $0.channelTemplate },
    ])
