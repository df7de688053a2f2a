import Groundwork

/// The labels by which queries select a simulated workload and the requests to its model.
package struct LoadLabels: Sendable {
    let deployment: SeriesLabels
    let gateway: SeriesLabels

    /// The labels of a Deployment, or of a StatefulSet.
    package init(
        deployment name: String, isStatefulSet: Bool = false, namespace: String, model: String, service: String
    ) {
        deployment = SeriesLabels([
            "namespace": namespace, isStatefulSet ? "statefulset" : "deployment": name, "model_name": model,
            "service": service,
            // As the controllers name a pod.
            "pod": isStatefulSet ? "\(name)-0" : "\(name)-7f9c4b5d6c-x2b4z", "engine": "0", "container": "vllm",
        ])
        gateway = SeriesLabels([
            "reporter": "source", "destination_service_namespace": namespace, "destination_service_name": service,
            "response_code": "200", "envoy_cluster_name": "httproute/\(namespace)/\(service)/rule/0",
            "envoy_response_code_class": "2", "exported_namespace": namespace, "exported_service": service,
            "status": "200",
        ])
    }
}

extension LoadQuery {
    /// Compiles a query for some Deployments; throws what cannot be simulated.
    ///
    /// `models` has the model of each Deployment.
    package init(_ text: String, _ labels: [LoadLabels], models: [Int]) throws(QueryFailure) {
        let query: Query
        do { query = try parseQuery(text) } catch { throw .invalid(error.message, error.extent) }
        root = try LoadQueryCompiler(labels: labels, models: models).node(query)
    }
}

/// The compiler of a query into loads.
private struct LoadQueryCompiler {
    let labels: [LoadLabels]
    let models: [Int]

    func node(_ query: Query) throws(QueryFailure) -> LoadQuery.LoadTerm {
        guard query.shift == nil else { throw .unsupported("an offset", query.extent) }
        switch query.content {
        case .number(let number): return .number(number)
        case .negation(let inner): return .negation(try node(inner))
        case .aggregation(let aggregation): return try aggregated(aggregation, query.extent)
        case .binary(let binary): return try operation(binary)
        case .call(let name, let arguments): return try call(name, arguments, query.extent)
        case .text, .selector, .range, .subquery:
            throw .unsupported("a vector with labels as the value of a scaler", query.extent)
        }
    }

    private func operation(_ binary: Query.Binary) throws(QueryFailure) -> LoadQuery.LoadTerm {
        if let rate = gatewayRate(binary) { return rate }
        let (left, right) = (try node(binary.left), try node(binary.right))
        switch binary.operation {
        case .and: return .and(left, right)
        case .or: return .or(left, right)
        case .unless: return .unless(left, right)
        case .plus, .minus, .times, .over: return .arithmetic(binary.operation, left, right)
        case let other where other.isComparison:
            return .comparison(other, isBool: binary.matching.isBool, left, right)
        default:
            throw .unsupported("the operator `\(binary.operation.rawValue)`", binary.left.extent)
        }
    }

    private func call(_ name: String, _ arguments: [Query], _ extent: Range<Int>) throws(QueryFailure)
        -> LoadQuery.LoadTerm
    {
        guard let first = arguments.first else { throw QuerySupport.function(name, extent) }
        switch (name, arguments.count) {
        case ("clamp_min", 2): return .clamp(try node(first), least: try number(arguments[1]), most: .infinity)
        case ("clamp_max", 2): return .clamp(try node(first), least: -.infinity, most: try number(arguments[1]))
        case ("vector", 1), ("scalar", 1): return try node(first)
        default: throw .unsupported("the function `\(name)` in the query of a scaler", extent)
        }
    }

    private func number(_ query: Query) throws(QueryFailure) -> Double {
        guard let number = query.constant else { throw .unsupported("a bound that is no number", query.extent) }
        return number
    }

    private func aggregated(_ aggregation: Query.Aggregation, _ extent: Range<Int>) throws(QueryFailure)
        -> LoadQuery.LoadTerm
    {
        guard let operation = LoadQuery.Aggregation(rawValue: aggregation.operation), aggregation.kept?.isEmpty ?? true,
            aggregation.dropped == nil
        else { throw .unsupported("the aggregation `\(aggregation.operation)` with labels", extent) }
        switch aggregation.operand.content {
        case .selector(let selector): return try series(selector, operation, aggregation.operand.extent)
        case .aggregation(let inner):
            // `sum(avg by (pod) (…))`: a replica has the same value on each of its GPUs.
            guard inner.kept?.map(\.name) == ["pod"], ["avg", "max", "min"].contains(inner.operation),
                case .selector(let selector) = inner.operand.content
            else { throw .unsupported("an aggregation of an aggregation", extent) }
            return try series(selector, operation, inner.operand.extent)
        case .call("rate", let arguments):
            guard operation == .sum, let range = arguments.first,
                let rate = try counted(range)
            else { throw .unsupported("`rate` of what is no counter of requests", extent) }
            return rate
        case .binary, .number, .negation:
            // The sum of one element without labels is the element.
            guard operation != .count else { throw .unsupported("`count` of a result", extent) }
            return try node(aggregation.operand)
        default: throw .unsupported("an aggregation of this operand", extent)
        }
    }

    private func series(_ selector: Query.Selector, _ aggregation: LoadQuery.Aggregation, _ extent: Range<Int>)
        throws(QueryFailure) -> LoadQuery.LoadTerm
    {
        guard let name = selector.name, let metric = LoadMetric(name) else {
            throw .unsupported("the metric `\(selector.name ?? "")`", extent)
        }
        var found = try places(selector, labels.map(\.deployment))
        if let kind = LoadMetric.owner(name) { found.removeAll { labels[$0].deployment[kind].isEmpty } }
        return .series(metric, of: found, aggregation)
    }

    /// The places of the label sets that a selector accepts.
    private func places(_ selector: Query.Selector, _ sets: [SeriesLabels]) throws(QueryFailure) -> [Int] {
        var matchers: [SeriesMatcher] = []
        for matcher in selector.matchers { matchers.append(try SeriesMatcher(matcher, PrometheusBehavior())) }
        return sets.indices.filter { place in matchers.allSatisfy { $0.accepts(sets[place]) } }
    }

    /// The rate of a counter of requests; nil for another counter.
    private func counted(_ range: Query) throws(QueryFailure) -> LoadQuery.LoadTerm? {
        if let rate = try arrivals(range) { return rate }
        return try rejections(range)
    }

    /// The rate of requests at a gateway; nil for the counter of something else.
    private func arrivals(_ range: Query) throws(QueryFailure) -> LoadQuery.LoadTerm? {
        guard case .range(let inner, let window) = range.content, case .selector(let selector) = inner.content,
            let name = selector.name,
            [MetricName.istioRequests, .envoyRequests, .nginxRequests].map(\.rawValue).contains(name),
            let seconds = window.seconds
        else { return nil }
        let found = try places(selector, labels.map(\.gateway)).map { models[$0] }
        return .arrivals(of: Array(Set(found)).sorted(), window: Int(seconds * 1000))
    }

    /// The rate of requests that replicas reject; nil for another counter.
    private func rejections(_ range: Query) throws(QueryFailure) -> LoadQuery.LoadTerm? {
        guard case .range(let inner, let window) = range.content, case .selector(let selector) = inner.content,
            selector.name == MetricName.rejections.rawValue, let seconds = window.seconds
        else { return nil }
        let found = try places(selector, labels.map(\.deployment)).map { models[$0] }
        return .rejections(of: Array(Set(found)).sorted(), window: Int(seconds * 1000))
    }

    /// The emitted query of a gateway's load: its rate, else one request for a series that is new, else zero while the gateway is there.
    ///
    /// A simulated gateway counts the first request of a series as any other, so that the rate alone says it all.
    private func gatewayRate(_ binary: Query.Binary) -> LoadQuery.LoadTerm? {
        guard binary.operation == .or, case .binary(let left) = binary.left.content, left.operation == .or,
            case .binary(let above) = left.left.content, above.operation == .above, above.right.constant == 0,
            case .aggregation(let sum) = above.left.content, sum.operation == "sum",
            case .call("rate", let arguments) = sum.operand.content, let range = arguments.first
        else { return nil }
        return (try? arrivals(range)) ?? nil
    }
}
