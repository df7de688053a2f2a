/// What the exporter serves, by pod.
struct ExporterState: Encodable {
    let round: Int
    var pods: [String: Source]

    /// A pod that is scraped.
    enum Source: Encodable {
        case vllm(model: String, running: Double, waiting: Double, kv: Double)
        case dcgm(node: String, gpus: [GPUState])
        case plain([(name: String, labels: [String: String], value: Double)])
        /// Counters that are one at an instant, in seconds since 1970, and grow so much per second from then on.
        case counting(since: Double, [(name: String, labels: [String: String], rate: Double)])

        private enum Key: String, CodingKey { case kind, model, running, waiting, kv, name, gpus, series, since }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Key.self)
            switch self {
            case .vllm(let model, let running, let waiting, let kv):
                try fields.encode("vllm", forKey: .kind)
                try fields.encode(model, forKey: .model)
                try fields.encode(running, forKey: .running)
                try fields.encode(waiting, forKey: .waiting)
                try fields.encode(kv, forKey: .kv)
            case .dcgm(let node, let gpus):
                try fields.encode("dcgm", forKey: .kind)
                try fields.encode(node, forKey: .name)
                try fields.encode(gpus, forKey: .gpus)
            case .plain(let series):
                try fields.encode("plain", forKey: .kind)
                try encode(series.map { ($0.0, $0.1, $0.2) }, &fields)
            case .counting(let since, let series):
                try fields.encode("counting", forKey: .kind)
                try fields.encode(since, forKey: .since)
                try encode(series.map { ($0.0, $0.1, $0.2) }, &fields)
            }
        }

        private func encode(
            _ series: [(name: String, labels: [String: String], value: Double)],
            _ fields: inout KeyedEncodingContainer<Key>
        ) throws {
            var list = fields.nestedUnkeyedContainer(forKey: .series)
            for row in series {
                var item = list.nestedUnkeyedContainer()
                try item.encode(row.name)
                try item.encode(row.labels)
                try item.encode(row.value)
            }
        }
    }

    /// A GPU and the pod that has it.
    struct GPUState: Encodable {
        let gpu: Int
        var pod: String?
        var namespace: String?
        var utilization: Double
        var active = 0.5, used = 60_000.0, free = 20_000.0, reserved = 700.0, temperature = 60.0
    }
}
