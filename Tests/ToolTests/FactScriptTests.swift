import Foundation
import TestTools
import Testing

/// What `make facts` finds in the sources of a release of vLLM that differs from the catalog.
struct FactScriptTests {
    private static let hasPython = works(["python3", "-c", "pass"])

    @Test(
        "the comparison with a wheel finds arguments, metrics and buckets that changed",
        .enabled(if: hasPython, "python3 is not installed"))
    func differences() throws {
        try withTemporaryFolder { scratch in
            // A release that no generated manifest runs, so that only the tables are compared.
            let folder = scratch.appending(path: "99.0.0")
            try write(
                [
                    "engine/arg_utils.py": """
                    class EngineArgs:
                        max_num_seqs: int = 1
                    group.add_argument("--shutdown-timeout")
                    """,
                    "config/cache.py": "    gpu_memory_utilization: float = Field(default=0.9, gt=0, le=1)\n",
                    "utils/argparse_utils.py":
                        "\"`model` should be provided as the first positional argument when \"\n",
                    "envs.py": "    \"VLLM_CACHE_ROOT\": lambda: None,\n",
                    "v1/metrics/loggers.py": """
                    def register(self):
                        bounds = [0.5, 1.0]
                        a = self._gauge_cls(name="vllm:num_requests_running")
                        b = self._counter_cls(name="vllm:kv_cache_usage_perc")
                        c = self._histogram_cls(name="vllm:time_to_first_token_seconds", buckets=bounds)
                    """,
                ], in: folder.appending(path: "vllm"))
            let outcome = try run([root.appending(path: "scripts/check-facts").path, folder.path])
            #expect(outcome.status == 1)
            for line in [
                "vllm:kv_cache_usage_perc is a gauge; in vLLM: counter",
                "vllm:num_requests_waiting is a gauge; in vLLM: not found",
                "vllm:time_to_first_token_seconds has other buckets: [0.5, 1.0]",
                "larger-memory-share is on in 99.0.0, and False in the sources",
            ] {
                #expect(outcome.said.contains(line), "\(outcome.said)")
            }
            #expect(!outcome.said.contains("vllm:num_requests_running is"), "\(outcome.said)")
            #expect(!outcome.said.contains("shutdown-timeout"), "\(outcome.said)")
        }
    }

    private func write(_ files: [String: String], in folder: URL) throws {
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
    }
}
