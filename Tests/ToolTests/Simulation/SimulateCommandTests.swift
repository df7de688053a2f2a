import Foundation
import TestTools
import Testing

@Suite("`stowage simulate`")
struct SimulateCommandTests {
    private let spec = root.appending(path: "specs/minimal.yaml").path

    private func simulate(_ arguments: [String]) throws -> Outcome {
        try TestTools.run([stowage.path, "simulate"] + arguments)
    }

    @Test("reports every mistake of the options in one run")
    func mistakes() throws {
        let outcome = try simulate([
            spec, "--shape", "noon", "--event", "soon rollout", "--duration", "1x", "--rate", "0", "--runs", "0",
            "--assert", "ttft", "--operating-point", "llama", "--trace", "/nowhere.csv",
        ])
        #expect(outcome.status == 2)
        let errors = String(decoding: outcome.errors, as: UTF8.self)
        for code in [
            "shape-unknown", "event-invalid", "duration-invalid", "rate-invalid", "runs-invalid", "assertion-invalid",
            "operating-point-invalid", "unreadable-file",
        ] { #expect(errors.contains("error[\(code)]"), "\(code)") }
        #expect(outcome.output.isEmpty)
    }

    @Test("reports events and models that the tree does not have")
    func subjects() throws {
        let outcome = try simulate([
            spec, "--model", "gpt", "--event", "1m lost-zone=mars-1a", "--event", "1m no-capacity=p9.large", "--event",
            "3h rollout=gpt", "--duration", "1h",
        ])
        #expect(outcome.status == 2)
        let errors = String(decoding: outcome.errors, as: UTF8.self)
        #expect(errors.contains("no Deployment serves the model `gpt`"))
        #expect(errors.contains("the event names the zone `mars-1a`, which does not exist"))
        #expect(errors.contains("use one of `us-east-1a`, `us-east-1b`"))
        #expect(errors.contains("the event names the instance type `p9.large`"))
        #expect(errors.contains("comes after the end of the simulation"))
    }

    @Test("exits with 1 if a condition fails, and names the model")
    func conditions() throws {
        let arguments = [spec, "--shape", "steady", "--duration", "10m"]
        #expect(try simulate(arguments + ["--assert", "ttft>=0.95", "--assert", "failed<=0"]).status == 0)
        let failed = try simulate(arguments + ["--shape", "surge:x40@1m", "--assert", "ttft>=0.95"])
        #expect(failed.status == 1)
        #expect(String(decoding: failed.errors, as: UTF8.self).contains("assertion `ttft>=0.95` fails: llama has 0."))
    }

    @Test("compares a tree with the same tree edited by hand, by what is known of the first")
    func comparison() throws {
        try withTemporaryFolder { folder in
            let tree = folder.appending(path: "by-hand")
            try FileManager.default.copyItem(at: root.appending(path: "out/minimal"), to: tree)
            let scaler = tree.appending(path: "models/llama/llama.scaledobject.yaml")
            let text = try String(contentsOf: scaler, encoding: .utf8)
            // The mean over replicas instead of their total: the HPA divides it by the replicas once more.
            let average = text.replacing("sum(vllm:", with: "avg(vllm:")
            #expect(average != text)
            try average.write(to: scaler, atomically: true, encoding: .utf8)
            let outcome = try simulate([
                root.appending(path: "out/minimal").path, tree.path, "--shape", "surge:peak@5m", "--duration", "40m",
                "--format", "json",
            ])
            try #require(outcome.status == 0, "\(outcome.said)")
            let sides = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [[String: Any]])
            func mostReady(_ side: [String: Any]) -> Int? {
                let run = (side["runs"] as? [[String: Any]])?.first
                return (run?["models"] as? [[String: Any]])?.first?["mostReady"] as? Int
            }
            #expect(sides.map(mostReady) == [3, 2], "the scaler by averages is stuck at its minimum")
        }
    }

    @Test("writes a page without scripts, and series that promtool reads")
    func files() throws {
        try withTemporaryFolder { folder in
            let (page, series) = (folder.appending(path: "page.html"), folder.appending(path: "series.txt"))
            let outcome = try simulate([
                spec, "--shape", "surge:peak@2m", "--duration", "15m", "--html", page.path, "--openmetrics",
                series.path,
            ])
            try #require(outcome.status == 0, "\(outcome.said)")
            let html = try String(contentsOf: page, encoding: .utf8)
            #expect(html.contains("<svg") && !html.contains("<script"))
            #expect(html.contains("Time to first token at 95% of the requests"))
            let text = try String(contentsOf: series, encoding: .utf8)
            #expect(text.hasSuffix("# EOF\n"))
            #expect(text.contains("vllm:num_requests_running{") && text.contains("kube_deployment_status_replicas{"))
            guard works(["promtool", "--version"]) else { return }
            let blocks = folder.appending(path: "blocks").path
            let made = try TestTools.run([
                "promtool", "tsdb", "create-blocks-from", "openmetrics", series.path, blocks,
            ])
            #expect(made.status == 0, "\(made.said)")
        }
    }
}
