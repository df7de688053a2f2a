import Testing

/// A line of help that shows how something is written, and leaves to the reader what to write.
struct Advice: CustomTestStringConvertible, Sendable {
    /// What the line has in it.
    let words: String
    let reason: String

    static let all = [
        Advice("such as `", "what follows is an example of a form"),
        Advice("set `architecture: {config: config.json}`", "only the reader has the file"),
        Advice("add `deployment: NAME`", "only the reader knows the workload's name"),
        Advice("set `task: ", "where a config.json is read, its spec is not at hand"),
        Advice("to place a model on what is committed", "which model goes there is the reader's choice"),
        Advice("write `whole`, `{mig: 1g.20gb}`", "the forms that there are"),
        Advice("write `dynamic`, `static`, `managed`", "the forms that there are"),
        Advice("set its load: `traffic:", "only the reader knows the load"),
        Advice("set the instance type that was measured:", "only the reader knows where it was measured"),
        Advice("its location under `weights:", "the model's name is not in the spec"),
        Advice("list its capacity block under `reservations`", "only the reader knows the block's id"),
        Advice("to place a model on it, if it fits", "which model goes there is the reader's choice"),
        Advice("`to: path/of/manifest.yaml`", "only the reader knows the path"),
        Advice("start the spec with `apiVersion:", "a list is there, and no spec that could be mended"),
        Advice("start a base with `apiVersion:", "another file may have been meant"),
        Advice("start it with `apiVersion:", "another file may have been meant"),
        Advice("with an `ami`, and install Karpenter yourself", "only the reader knows which AMI to pin"),
        Advice("set `gpu: {draAPI: v1beta1}`", "a beta is warned of where it is used"),
        Advice("or `name: \"*\"` for all objects", "only the reader knows which objects"),
        Advice("add `family: al2023` or `family: bottlerocket`", "only the reader knows what the image is built on"),
        Advice("{configMap: proxy, key: url}`", "the forms that there are"),
        Advice("or an alias such as `al2023", "only the reader knows which AMI"),
        Advice("put it into a Secret", "only the reader can move a credential"),
    ]

    var testDescription: String { words }

    private init(_ words: String, _ reason: String) {
        self.words = words
        self.reason = reason
    }
}
