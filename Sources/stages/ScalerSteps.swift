import Foundation
import Groundwork
import Simulate

/// How many reconciles of an HPA are simulated in a second of CPU.
enum ScalerSteps {
    private static let steps = 2_000_000

    /// Prints the reconciles of one HPA with policies, tolerances and windows, under a load that goes up and down.
    static func measure() {
        let behavior = ScalingBehavior(
            up: .init(policies: [ScalingPolicy(.pods, 4, period: 60), ScalingPolicy(.percent, 100, period: 60)]),
            down: .init(
                window: 300, policies: [ScalingPolicy(.percent, 25, period: 60)], tolerance: Quantity("571m")))
        let spec = HPASpec(
            minReplicas: 2, maxReplicas: 40, metrics: [HPAMetric(.external, .averageValue(4200))], behavior: behavior)
        var autoscaler = HorizontalAutoscaler(spec, HPASettings(kubernetes: Version(1, 36)), seen: .start)
        var replicas: Int32 = 2
        var changes = 0
        let start = clock()
        for step in 0..<steps {
            // Four hours from nothing to all replicas and back.
            let phase = step % 960
            let load = 180_000 * min(phase, 960 - phase) / 480
            let scale = ScaleReading(spec: replicas, status: replicas, pods: Int(replicas), ready: Int(replicas))
            let decision = autoscaler.step(at: autoscaler.next, scale: scale, metrics: [.value(load)])
            if decision.hasWritten { changes += 1 }
            replicas = decision.replicas ?? replicas
        }
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        print("reconciles", Int(Double(steps) / seconds))
        print("changes", changes)
    }
}
