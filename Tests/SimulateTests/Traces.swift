import Foundation
import Groundwork
import Simulate
import TestTools

/// The folder with traces of the real controllers; they are not part of the project.
let traceFolder = ProcessInfo.processInfo.environment["STOWAGE_HPA_TRACES"]

/// The names of the files in the folder of traces that end in some way.
func traceFiles(_ ending: String) -> [String] {
    guard let traceFolder else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: traceFolder)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted()
}

/// The lines of a compressed file in the folder of traces.
func traceLines(_ name: String) throws -> [Data] {
    let outcome = try run(["gzip", "-dc", "\(traceFolder ?? "")/\(name)"])
    guard outcome.status == 0 else { throw CocoaError(.fileReadCorruptFile) }
    return outcome.output.split(separator: UInt8(ascii: "\n")).map { Data($0) }
}

/// One run of the real HPA controller; `FORMAT.md` beside the traces says what the fields mean.
struct Trace: Decodable {
    let id: String
    let gates: [String: Bool]?
    let spec: Spec
    let steps: [Step]

    struct Spec: Decodable {
        let min: Int32?
        let max: Int32
        let behavior: Behavior?
        let metrics: [Metric]
    }

    struct Behavior: Decodable {
        let scaleUp: Rules?
        let scaleDown: Rules?
    }

    struct Rules: Decodable {
        let stabilizationWindowSeconds: Int32?
        let selectPolicy: String?
        let policies: [Policy]?
        let tolerance: String?
    }

    struct Policy: Decodable {
        let type: String
        let value: Int32
        let periodSeconds: Int32
    }

    struct Metric: Decodable {
        let kind: String
        let target: String
        let milli: Int
        let resource: String?
    }

    struct Step: Decodable {
        let t: Int
        let edit: Edit?
        let specReplicas: Int32
        let statusReplicas: Int32
        let ready: Int
        let pods: Int
        let values: [Value]
        let podList: [[Int]]?
        let write: String?
        let rec: Int32?
        let desired: Int32
        let statusDesired: Int32
        let able: String
        let active: String
        let limited: String
        let error: Bool?

        enum CodingKeys: String, CodingKey {
            case t, edit, ready, pods, values, write, rec, desired, able, active, limited, error
            case specReplicas = "spec_replicas", statusReplicas = "status_replicas", podList = "pod_list"
            case statusDesired = "status_desired"
        }
    }

    struct Edit: Decodable {
        let min: Int32?
        let max: Int32?
        let behavior: Behavior?
        let behaviorUnset: Bool?
        let specReplicas: Int32?
        let restart: Bool?

        enum CodingKeys: String, CodingKey {
            case min, max, behavior, restart
            case behaviorUnset = "behavior_unset", specReplicas = "spec_replicas"
        }
    }

    /// A metric's reading: a number, several, or none.
    struct Value: Decodable {
        let reading: MetricReading

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                reading = .failed
            } else if let number = try? container.decode(Int.self) {
                reading = .value(number)
            } else {
                reading = .values(try container.decode([Int].self))
            }
        }
    }
}

extension Trace.Spec {
    /// The spec as the controller reads it.
    var autoscaler: HPASpec {
        HPASpec(
            minReplicas: min, maxReplicas: max, metrics: metrics.map(\.metric), behavior: behavior.map(\.scaling))
    }
}

extension Trace.Metric {
    fileprivate var metric: HPAMetric {
        let kind: HPAMetric.Kind =
            switch kind {
            case "External": .external
            case "Object": .object
            case "Pods": .pods
            default: .resource
            }
        let target: HPAMetric.Target =
            switch target {
            case "AverageValue": .averageValue(milli)
            case "Value": .value(milli)
            default: .utilization(Int32(milli))
            }
        return HPAMetric(kind, target, name: resource ?? "")
    }
}

extension Trace.Behavior {
    /// The behavior after defaulting.
    var scaling: ScalingBehavior { ScalingBehavior(up: scaleUp?.written, down: scaleDown?.written) }
}

extension Trace.Rules {
    fileprivate var written: WrittenScalingRules {
        WrittenScalingRules(
            window: stabilizationWindowSeconds, select: selectPolicy.flatMap { .init(rawValue: $0) },
            policies: policies?.map {
                ScalingPolicy($0.type == "Pods" ? .pods : .percent, $0.value, period: $0.periodSeconds)
            },
            tolerance: tolerance.flatMap { Quantity($0) })
    }
}

extension Trace.Step {
    /// The readings of the metrics.
    var readings: [MetricReading] {
        guard let podList else { return values.map(\.reading) }
        return values.map { $0.reading == .failed ? .failed : .pods(podList.map { PodReading(row: $0) }) }
    }

    var scale: ScaleReading { ScaleReading(spec: specReplicas, status: statusReplicas, pods: pods, ready: ready) }

    var outcome: WriteOutcome {
        guard let write else { return .succeeds }
        return write == "fail" ? .fails : .conflicts(Int(write.dropFirst("conflict".count)) ?? 0)
    }
}

extension PodReading {
    /// Reads `[state, ready, start, transition, value, sample time, window, request]`.
    fileprivate init(row: [Int]) {
        let phases: [Phase] = [.pending, .running, .running, .running, .running, .failed]
        let start = row[2] == -999_999_999_999 ? nil : VirtualTime(milliseconds: row[2])
        let states: [Ready?] = [nil, .no, .yes, .unknown]
        self.init(
            phase: phases[row[0]], isDeleted: row[0] == 3 || row[0] == 4, ready: states[row[1] + 1],
            readyChanged: VirtualTime(milliseconds: row[3]), started: start,
            sample: row[4] == -1
                ? nil : Sample(row[4], at: VirtualTime(milliseconds: row[5]), window: row[6]),
            request: row[7] == -1 ? nil : row[7])
    }
}
