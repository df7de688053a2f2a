import Diagnostics
import Groundwork

extension Rule {
    static let scriptLineNotContinued = Rule(
        "script-line-not-continued", .structure,
        why:
            "a shell continues a line only if the backslash is its last character: after a space or a comment behind it, the options on the next lines "
            + "are commands of their own, and the program runs without them",
        accepts: [
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                command: [sh, -c]
                args:
                - |
                  vllm serve Qwen/Qwen3-8B \\
                    --max-model-len 8192
            """,
            """
            # A line of its own, and a script that is no shell's.
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                command: [sh, -c]
                args:
                - |
                  # the model \\
                  echo "a \\ b"
                  vllm serve Qwen/Qwen3-8B --max-model-len 8192
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                command: [sh, -c, "vllm serve Qwen/Qwen3-8B # the model"]
              - name: b
                args: [--model=a, "--name=b\\\\ c"]
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                command: [sh, -c]
                args:
                - |
                  vllm serve Qwen/Qwen3-8B ↓\\ # the model
                    --max-model-len 8192
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    command:
                    - bash
                    - -c
                    - |
                      exec python3 -m vllm.entrypoints.openai.api_server \\
                        --model a \\
                        ↓# --enforce-eager \\
                        --max-model-len 8192
            """,
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    command: ["/bin/sh", "-ec"]
                    args:
                    - |
                      aws s3 sync s3://models/a /models ↓\\  # weights
                        --only-show-errors
                      ls /models
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for container in workload.pod.containers {
                for value in container.words {
                    guard let text = value.text, text.utf8.contains(UInt8(ascii: "\\")) else { continue }
                    for fault in brokenContinuations(in: text) {
                        findings.add(
                            "a script of container `\(container.name)` of \(workload.object.words) does not continue with the next line",
                            at: value.place(ofContent: fault), label: "ends the command",
                            help: "move the comment above the command, and end the line with `\\`")
                    }
                }
            }
        }
    }
}

/// Finds what ends a command of a shell script before a line of options: a comment or a space after the backslash, or a comment between
/// continued lines.
private func brokenContinuations(in script: String) -> [Range<Int>] {
    let bytes = Array(script.utf8)
    var faults: [Range<Int>] = []
    var start = 0
    var isContinued = false
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
        defer { start += line.count + 1 }
        let text = String(decoding: line, as: UTF8.self)
        let next = number + 1 < lines.count ? String(decoding: lines[number + 1], as: UTF8.self) : ""
        let hasOptionsNext = next.drop { $0 == " " || $0 == "\t" }.hasPrefix("-")
        let isComment = text.drop { $0 == " " || $0 == "\t" }.hasPrefix("#")
        if isComment {
            if isContinued, hasOptionsNext {
                let mark = text.prefix { $0 == " " || $0 == "\t" }.utf8.count
                faults.append(start + mark..<start + line.count)
            }
            isContinued = false
            continue
        }
        if hasOptionsNext, let match = text.firstMatch(of: /[^\\](\\[ \t]+(?:#.*)?)$/) {
            let mark = text[..<match.output.1.startIndex].utf8.count
            faults.append(start + mark..<start + line.count)
        }
        isContinued = text.hasSuffix("\\")
    }
    return faults
}
