import Groundwork
import Planning

let domainFacts = FactTable<DomainPlan>(
    "computeDomain", "a ComputeDomain",
    [
        .fact("model", "the model whose replicas form it, after which it is named") { $0.model },
        .fact("channelTemplate", "the ResourceClaimTemplate that the driver makes for it") { $0.channelTemplate },
    ])
