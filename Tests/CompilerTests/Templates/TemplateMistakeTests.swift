import Diagnostics
import Testing

/// A template and what is said about it: place, text under the caret, code, message, label, help, notes.
private struct Mistake: CustomTestStringConvertible {
    let template: String
    let found: String
    var testDescription: String { found }

    init(_ template: String, _ found: String) {
        self.template = template
        self.found = found
    }

    /// Below a header that calls each pool `pool`.
    static func pool(_ body: String, _ found: String) -> Mistake {
        Mistake("for: pool in plan.pools\nto: ${pool.name}.yaml\n---\n" + body, found)
    }
}

private let holeMistakes: [Mistake] = [
    .pool(
        "limit: ${pool.gpuLimits}",
        "4:15 [gpuLimits] unknown-fact: a pool has no fact called `gpuLimits` | not in the plan"
            + " | help: did you mean `pool.gpuLimit` (the most GPUs it may have)?"),
    .pool(
        "limit: \"at most \\\"${pool.cost}\\\"\"",
        "4:26 [cost] unknown-fact: a pool has no fact called `cost` | not in the plan"
            + " | help: `stowage facts` lists what a pool has"),
    .pool(
        "text: |\n  one\n  two ${pool.nam} three",
        "6:14 [nam] unknown-fact: a pool has no fact called `nam` | not in the plan"
            + " | help: did you mean `pool.name` (its name)?"),
    .pool(
        "${pool.nam}: 1",
        "4:8 [nam] unknown-fact: a pool has no fact called `nam` | not in the plan"
            + " | help: did you mean `pool.name` (its name)?"),
    .pool(
        "name: ${pol.name}",
        "4:9 [pol] unknown-variable: nothing is called `pol` here | not a variable | help: did you mean `pool`?"),
    .pool(
        "name: ${gpuLimit}",
        "4:9 [gpuLimit] unknown-variable: nothing is called `gpuLimit` here | not a variable"
            + " | help: did you mean `pool.gpuLimit`?"),
    .pool(
        "name: ${colour}",
        "4:9 [colour] unknown-variable: nothing is called `colour` here | not a variable"
            + " | help: here there is `plan`, `pool`"),
    .pool(
        "name: ${pool.name.first}",
        "4:19 [first] fact-without-parts: `pool.name` is a text and has no facts of its own | nothing can follow here"),
    .pool(
        "weight: ${pool.weight}",
        "4:11 [pool.weight] unguarded-fact: a plan may lack `pool.weight` | not every plan has it"
            + " | help: `${pool.weight?}` drops what holds it then; `$if: pool.weight` drops more"),
    .pool(
        "key: ${pool.firstTaint.key}",
        "4:8 [pool.firstTaint.key] unguarded-fact: a plan may lack `pool.firstTaint` | not every plan has it"
            + " | help: `${pool.firstTaint.key?}` drops what holds it then; `$if: pool.firstTaint` drops more"),
    .pool(
        "zones: zones ${pool.zones}",
        "4:16 [pool.zones] list-in-text: `pool.zones` is a list and does not fit into a text"
            + " | needs a place of its own, without quotes"),
    .pool(
        "zones: ['${pool.zones}']",
        "4:12 [pool.zones] list-in-text: `pool.zones` is a list and does not fit into a text"
            + " | needs a place of its own, without quotes"
            + " | help: write the hole without quotes, and the mapping or list around it over several lines"),
    .pool(
        "${pool.zones}: 1",
        "4:3 [pool.zones] list-in-text: `pool.zones` is a list and does not fit into a key | a key is a text"),
    .pool(
        "pool: ${pool}",
        "4:9 [pool] noun-as-value: `pool` is a pool, not a single value | one of its facts can stand here"
            + " | help: `stowage facts` lists them"),
    .pool(
        "sum: ${pool.gpuLimit + 1}",
        "4:8 [pool.gpuLimit + 1] malformed-hole: `${pool.gpuLimit + 1}` is not a dotted path to a fact"
            + " | a hole has no spaces, operators or functions"
            + " | help: what has to be computed belongs into the plan; `$${` writes `${`"),
    .pool(
        "command: echo ${HOME",
        "4:15 [${] malformed-hole: a hole has no `}` | opened here | help: close it with `}`, or write `$${` for a plain `${`"
    ),
]

private let directiveMistakes: [Mistake] = [
    .pool(
        "- $for: zone of pool.zones\n  $value: ${zone}",
        "4:9 [zone of pool.zones] malformed-loop: `zone of pool.zones` does not say what to repeat over"
            + " | not of the form `name in path.to.list`"),
    .pool(
        "- $for: zone in pool.name\n  $value: ${zone.x}",
        "4:17 [pool.name] loop-over-one: `pool.name` is a text, and only lists and mappings can be repeated over"
            + " | not a list"),
    .pool(
        "- $for: pool in plan.pools\n  name: ${pool.name}",
        "4:9 [pool in plan.pools] reused-variable: `pool` is a variable here already | needs another name"),
    .pool(
        "- $if: pool.isSpot && pool.weight\n  a: b",
        "4:8 [pool.isSpot && pool.weight] malformed-condition: `pool.isSpot && pool.weight` is not a dotted path to a fact"
            + " | a condition has no operators"
            + " | help: `$unless` expects the opposite; what has to be compared belongs into the plan"),
    .pool(
        "- $if: pool.gpuLimit\n  a: b",
        "4:8 [pool.gpuLimit] constant-condition: `pool.gpuLimit` is always there, so this condition never changes | a number"
            + " | help: a condition asks for true or false, a list, or a fact that a plan may lack"),
    .pool(
        "- $unless: pool.weight\n  weight: ${pool.weight}",
        "5:13 [pool.weight] unguarded-fact: a plan may lack `pool.weight` | not every plan has it"
            + " | help: `${pool.weight?}` drops what holds it then; `$if: pool.weight` drops more"),
    .pool(
        "- $fro: zone in pool.zones\n  a: b",
        "4:3 [$fro] unknown-directive: a template has no directive called `$fro` | not a directive"
            + " | help: did you mean `$for`? | help: `$$fro` writes the key `$fro`"),
    .pool(
        "- $value: a\n  b: c",
        "5:3 [b] two-values: `$value` is the whole value, and `b` stands beside it | one of the two has to go"),
    .pool(
        "a:\n  $json:\n    $if: pool.isSpot\n    b: c",
        "6:5 [$if] misplaced-directive: `$if` has nothing to act on | no item or entry is held here"
            + " | help: directives stand in an item of a list, in the value of a key, or at the top of a document"),
    .pool(
        "name?: ${pool.name}",
        "4:1 [name?] pointless-question-mark: `name?` is never empty, so it is never dropped | not a list or mapping"
            + " | help: `${path?}` drops the key of a fact that the plan lacks; `$if` drops any key"),
]

private let headerMistakes: [Mistake] = [
    Mistake(
        "form: pool in plan.pools\nto: a.yaml\n---\na: 1",
        "1:1 [form] unknown-key: a template's header has no setting called `form` | not a header setting"
            + " | help: did you mean `for`?"),
    Mistake(
        "for: pool in plan.pools\n---\na: 1",
        "1:1 [for: pool in plan.pools] template-without-path: the header does not say where the manifest goes"
            + " | no `to` with a path"),
    Mistake(
        "apiVersion: v1\nkind: ConfigMap",
        "1:1 [apiVersion: v1\nkind: ConfigMap] template-without-header: a template starts with a header | not a header"
            + " | help: `to: path/of/manifest.yaml`, then a line `---`"),
    Mistake(
        "to: a.yaml",
        "1:1 [to: a.yaml] template-without-documents: a template has a header and at least one manifest | only the header"
            + " | help: a line `---` ends the header; an empty file removes a manifest"),
    Mistake(
        "for: pool in plan.pools\nto: ../${pool.name}.yaml\n---\na: 1",
        "2:5 [../${pool.name}.yaml] unsafe-path: `../a.yaml` is not a path below the output folder"
            + " | it has the component `..`"),
    Mistake(
        "to: a.yaml\n---\na:\n  eu: 1\n  ${zone}:\n    $for: zone in plan.zones\n    $value: 2",
        "5:3 [${zone}] duplicate-key: a mapping has the key `eu` twice | written here again"),
    Mistake(
        "for: pool in plan.pools\nto: a.yaml\n---\na: 1",
        "2:5 [a.yaml] duplicate-path: two manifests go to `a.yaml` | goes there too | note: the other one is written here"
    ),
]

@Suite("A mistake in a template")
struct TemplateMistakeTests {
    @Test("is found in a hole", arguments: holeMistakes)
    private func holes(_ mistake: Mistake) { #expect(rendered(mistake.template) == mistake.found) }

    @Test("is found in a directive", arguments: directiveMistakes)
    private func directives(_ mistake: Mistake) { #expect(rendered(mistake.template) == mistake.found) }

    @Test("may be one of YAML")
    func syntax() {
        let found = rendered("to: a.yaml\n---\na: [${plan.name}]\n", replacing: "to: a.yaml\n---\na: 1\n")
        #expect(
            found == """
                3:5 [${plan.name}] unquoted-hole: a `${…}` between brackets is not quoted \
                | YAML reads `{` as a mapping here | help: write `"${plan.name}"` \
                | note: this file replaces templates/t.yaml
                """)
    }

    @Test("is found in the header", arguments: headerMistakes)
    private func headers(_ mistake: Mistake) { #expect(rendered(mistake.template) == mistake.found) }

    @Test("is reported together with all others, and names the file that is replaced")
    func together() {
        let text = "to: a.yaml\n---\na: ${plan.nam}\nb: ${plan.budgets}\n"
        let found = rendered(text, replacing: "to: a.yaml\n---\na: 1\n")
        #expect(
            found == """
                3:11 [nam] unknown-fact: a plan has no fact called `nam` | not in the plan \
                | help: did you mean `plan.name` (its name)? | note: this file replaces templates/t.yaml
                4:11 [budgets] unknown-fact: a plan has no fact called `budgets` | not in the plan \
                | help: did you mean `plan.budget` (its budget)? | note: this file replaces templates/t.yaml
                """)
    }
}
