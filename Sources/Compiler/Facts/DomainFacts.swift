import Groundwork
import Planning

let domainFacts = FactTable<DomainPlan>(
    "computeDomain", "a ComputeDomain",
    [
        .fact("model", "the model whose replicas form it, which is also its name") { $0.model },
        .fact("namespace", "its namespace, that of its model") { $0.namespace },
        .mapping("labels", "the labels that the spec puts on it") { labels($0.metadata) },
        .mapping("annotations", "the annotations that the spec puts on it") { annotations($0.metadata) },
        .fact("channelTemplate", "the ResourceClaimTemplate that the driver creates for it") { $0.channelTemplate },
    ])
