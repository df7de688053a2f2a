import Diagnostics
import Testing
import YAML

@testable import Groundwork
@testable import Planning

/// Reads one value of a type from YAML text.
private func read<Value>(_ text: String, _ type: FieldType<Value>) throws -> Value? {
    var report = Report()
    let file = SourceFile(path: "value.yaml", text: "value: \(text)\n")
    let node = try #require(readYAML(file, &report)?.first?["value"])
    let value = type.read(node, .key("value"), &report)
    #expect((value == nil) == report.hasErrors)
    return value
}

@Suite struct ReadingTests {
    @Test(
        "a quantity is exactly what its digits say",
        arguments: [
            ("500ms", 0.5), ("50ms", 0.05), ("1s", 1), ("0.25s", 0.25), ("2m", 120), ("1.5h", 5400),
        ])
    func durations(_ text: String, _ seconds: Double) throws {
        #expect(try read(text, .duration(0...1e6, "")) == seconds)
    }

    @Test(
        "a percentage is the ratio nearest to its decimal",
        arguments: [
            ("99.9%", 0.999), ("99.99%", 0.9999), ("70%", 0.7), ("57%", 0.57), ("0.1%", 0.001), ("29.3%", 0.293),
        ])
    func percentages(_ text: String, _ ratio: Double) throws {
        #expect(try read(text, .percentage(0...1, "")) == ratio)
    }

    @Test("k is 1024 in tokens and 1000 in parameters")
    func counts() throws {
        #expect(try read("16k", .tokens) == 16384)
        #expect(try read("1.5k", .tokens) == 1536)
        #expect(try read("1200", .tokens) == 1200)
        #expect(try read("70B", .parameters) == 70_000_000_000)
        #expect(try read("70.6B", .parameters) == 70_600_000_000)
        #expect(try read("1.5T", .parameters) == 1_500_000_000_000)
        #expect(try read("\"16384\"", .tokens) == nil)
        #expect(try read("1.0001k", .tokens) == nil)
    }

    @Test("money names its currency and its period")
    func money() throws {
        #expect(try read("$260000/month", .dollarsPerMonth) == 260_000)
        #expect(try read("$63.30/hour", .dollarsPerHour) == 63.3)
        #expect(try read("$63.30/month", .dollarsPerHour) == nil)
        #expect(try read("$1,000/month", .dollarsPerMonth) == nil)
        #expect(try read("-$5/hour", .dollarsPerHour) == nil)
    }

    @Test("days may span the weekend")
    func days() throws {
        #expect(try read("Mon-Fri", .weekdays)?.text == "Mon,Tue,Wed,Thu,Fri")
        #expect(try read("Sat-Mon", .weekdays)?.text == "Mon,Sat,Sun")
        #expect(try read("Wed,Mon", .weekdays)?.text == "Mon,Wed")
        #expect(try read("Sun", .weekdays)?.days.map(\.cron) == [0])
        #expect(try read("Mon..Fri", .weekdays) == nil)
    }

    @Test("times and versions are quoted")
    func quoted() throws {
        #expect(try read("\"09:05\"", .time)?.text == "09:05")
        #expect(try read("18:00", .time) == nil)
        #expect(try read("\"1.30\"", .version) == Version(1, 30))
        #expect(try read("1.14.1", .version) == Version(1, 14, 1))
        #expect(try read("1.30", .version) == nil)
        #expect(try read("\"01.30\"", .version) == nil)
    }

    @Test(
        "an image has a tag or a digest, and not latest",
        arguments: [
            ("vllm/vllm-openai:v0.19.0", true), ("registry.example.com:5000/a/b:1", true),
            ("a@sha256:\(String(repeating: "0", count: 64))", true),
            ("vllm/vllm-openai", false), ("registry.example.com:5000/a/b", false), ("vllm/vllm-openai:latest", false),
            ("Vllm:1", false),
        ])
    func images(_ text: String, _ accepted: Bool) throws {
        #expect(try (read("\"\(text)\"", .image) != nil) == accepted)
    }

    @Test("weights lie where their scheme says")
    func weights() throws {
        #expect(try read("s3://models/llama", .weightsLocation) == .s3("s3://models/llama"))
        #expect(try read("hf://meta-llama/Llama-3.1-8B", .weightsLocation) == .huggingFace("meta-llama/Llama-3.1-8B"))
        #expect(try read("pvc://weights", .weightsLocation) == .persistentVolumeClaim("weights"))
        #expect(try read("oci://registry.example.com/w:1", .weightsLocation) == .image("registry.example.com/w:1"))
        #expect(try read("oci://registry.example.com/w", .weightsLocation) == nil)
        #expect(try read("gs://models/llama", .weightsLocation) == nil)
    }

    @Test("a GPU is whole or shared in one way")
    func shares() throws {
        #expect(try read("whole", .gpuShare) == .whole)
        #expect(try read("{mig: 1g.20gb}", .gpuShare) == .mig(profile: "1g.20gb", sharers: nil))
        #expect(try read("{mps: 2, mig: 3g.40gb}", .gpuShare) == .mig(profile: "3g.40gb", sharers: 2))
        #expect(try read("{time-slicing: 4}", .gpuShare) == .timeSlicing(replicas: 4))
        #expect(try read("{mps: 1}", .gpuShare) == nil)
        #expect(try read("{mig: 1g.20gb, time-slicing: 4}", .gpuShare) == nil)
    }
}

@Suite struct PatternTests {
    @Test(
        "a pattern matches as any other engine would",
        arguments: [
            ("a{2,3}b?", ["aa", "aaab"], ["a", "aaaa", "aab "]),
            ("(ab|a)(c|bcd)", ["abc", "ac", "abcd", "abbcd"], ["ab", "abcdd"]),
            ("[a-z0-9]([-a-z0-9]*[a-z0-9])?", ["a", "a-b", "9"], ["-a", "a-", "", "A"]),
            ("(x*)*y", ["y", "xxy"], ["xx", ""]),
            ("\\$[0-9]+(\\.[0-9]{1,2})?", ["$1", "$1.50"], ["1", "$1.505", "$.5"]),
            (".*:latest", ["a:latest", ":latest"], ["a:later", "latest"]),
        ])
    func matches(_ body: String, _ accepted: [String], _ rejected: [String]) {
        let pattern = Pattern(body)
        for text in accepted { #expect(pattern.matches(text), "\(text)") }
        for text in rejected { #expect(!pattern.matches(text), "\(text)") }
    }
}
