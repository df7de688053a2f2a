/// What the exporter serves, by pod.
struct ExporterState: Encodable {
    let round: Int
    var pods: [String: Source]

    /// A pod that is scraped.
    enum Source: Encodable {
        case vllm(model: String, running: Double, waiting: Double, kv: Double)
        case dcgm(node: String, gpus: [GPUState])
        case plain([(name: String, labels: [String: String], value: Double)])

        private enum Key: String, CodingKey { case kind, model, running, waiting, kv, name, gpus, series }

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
                var list = fields.nestedUnkeyedContainer(forKey: .series)
                for row in series {
                    var item = list.nestedUnkeyedContainer()
                    try item.encode(row.name)
                    try item.encode(row.labels)
                    try item.encode(row.value)
                }
            }
        }
    }

    /// A GPU and who has it.
    struct GPUState: Encodable {
        let gpu: Int
        var pod: String?
        var namespace: String?
        var utilization: Double
        var active = 0.5, used = 60_000.0, free = 20_000.0, reserved = 700.0, temperature = 60.0
    }
}
