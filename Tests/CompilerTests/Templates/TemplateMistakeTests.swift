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

private let placeholderMistakes: [Mistake] = [
    .pool(
        "limit: ${pool.gpuLimits}",
        "4:15 [gpuLimits] unknown-fact: a pool has no fact `gpuLimits` | unknown fact"
            + " | help: did you mean `pool.gpuLimit` (the most GPUs it may have)?"),
    .pool(
        "limit: \"at most \\\"${pool.cost}\\\"\"",
        "4:26 [cost] unknown-fact: a pool has no fact `cost` | unknown fact"
            + " | help: run `stowage facts` to list the facts of a pool"),
    .pool(
        "text: |\n  one\n  two ${pool.nam} three",
        "6:14 [nam] unknown-fact: a pool has no fact `nam` | unknown fact"
            + " | help: did you mean `pool.name` (its name)?"),
    .pool(
        "${pool.nam}: 1",
        "4:8 [nam] unknown-fact: a pool has no fact `nam` | unknown fact"
            + " | help: did you mean `pool.name` (its name)?"),
    .pool(
        "name: ${pol.name}",
        "4:9 [pol] unknown-variable: `pol` is not defined here | not a variable | help: did you mean `pool`?"),
    .pool(
        "name: ${gpuLimit}",
        "4:9 [gpuLimit] unknown-variable: `gpuLimit` is not defined here | not a variable"
            + " | help: did you mean `pool.gpuLimit`?"),
    .pool(
        "name: ${colour}",
        "4:9 [colour] unknown-variable: `colour` is not defined here | not a variable"
            + " | help: the variables here are `plan`, `pool`"),
    .pool(
        "name: ${pool.name.first}",
        "4:19 [first] fact-without-parts: `pool.name` is a string, which has no facts | not a fact"),
    .pool(
        "weight: ${pool.weight}",
        "4:11 [pool.weight] unguarded-fact: `pool.weight` is optional | not set in every plan"
            + " | help: write `${pool.weight?}` to drop the entry without it, or `$if: pool.weight` to drop more"),
    .pool(
        "key: ${pool.firstTaint.key}",
        "4:8 [pool.firstTaint.key] unguarded-fact: `pool.firstTaint` is optional | not set in every plan"
            + " | help: write `${pool.firstTaint.key?}` to drop the entry without it, or `$if: pool.firstTaint` to drop more"
    ),
    .pool(
        "zones: zones ${pool.zones}",
        "4:16 [pool.zones] list-in-string: `pool.zones` is a list, which cannot be in a string"
            + " | must be a whole value, without quotes"),
    .pool(
        "zones: ['${pool.zones}']",
        "4:12 [pool.zones] list-in-string: `pool.zones` is a list, which cannot be in a string"
            + " | must be a whole value, without quotes"
            + " | help: write the placeholder without quotes, and the mapping or list around it in block style"),
    .pool(
        "${pool.zones}: 1",
        "4:3 [pool.zones] list-in-string: `pool.zones` is a list, which cannot be in a key | a key must be a string"),
    .pool(
        "pool: ${pool}",
        "4:9 [pool] mapping-as-value: `pool` is a pool, not a single value | must be one of its facts"
            + " | help: run `stowage facts` to list them"),
    .pool(
        "sum: ${pool.gpuLimit + 1}",
        "4:8 [pool.gpuLimit + 1] malformed-placeholder: `${pool.gpuLimit + 1}` is not a dotted path to a fact"
            + " | must not have spaces, operators or functions"
            + " | help: computations belong in the plan; write `$${` for a literal `${`"),
    .pool(
        "command: echo ${HOME",
        "4:15 [${] malformed-placeholder: a placeholder has no `}` | opened here | help: close it with `}`, or write `$${` for a literal `${`"
    ),
]

private let directiveMistakes: [Mistake] = [
    .pool(
        "- $for: zone of pool.zones\n  $value: ${zone}",
        "4:9 [zone of pool.zones] malformed-loop: `zone of pool.zones` is not a loop"
            + " | must be of the form `name in path.to.list`"),
    .pool(
        "- $for: zone in pool.name\n  $value: ${zone.x}",
        "4:17 [pool.name] loop-over-single-value: `pool.name` is a string, but a loop requires a list or a mapping"
            + " | must be a list or a mapping"),
    .pool(
        "- $for: pool in plan.pools\n  name: ${pool.name}",
        "4:9 [pool in plan.pools] reused-variable: `pool` is already a variable here | must be another name"),
    .pool(
        "- $if: pool.isSpot && pool.weight\n  a: b",
        "4:8 [pool.isSpot && pool.weight] malformed-condition: `pool.isSpot && pool.weight` is not a dotted path to a fact"
            + " | must not have operators"
            + " | help: use `$unless` for the opposite; comparisons belong in the plan"),
    .pool(
        "- $if: pool.gpuLimit\n  a: b",
        "4:8 [pool.gpuLimit] constant-condition: `pool.gpuLimit` is always set, so this condition is constant | a number"
            + " | help: use a boolean, a list, a mapping or an optional fact as a condition"),
    .pool(
        "- $unless: pool.weight\n  weight: ${pool.weight}",
        "5:13 [pool.weight] unguarded-fact: `pool.weight` is optional | not set in every plan"
            + " | help: write `${pool.weight?}` to drop the entry without it, or `$if: pool.weight` to drop more"),
    .pool(
        "- $fro: zone in pool.zones\n  a: b",
        "4:3 [$fro] unknown-directive: templates have no directive `$fro` | not a directive"
            + " | help: did you mean `$for`? | help: write `$$fro` for the key `$fro`"),
    .pool(
        "- $value: a\n  b: c",
        "5:3 [b] two-values: `$value` is the whole value, but `b` is next to it | one of the two must be removed"),
    .pool(
        "a:\n  $json:\n    $if: pool.isSpot\n    b: c",
        "6:5 [$if] misplaced-directive: `$if` is not allowed here | not in an item, a value or a document"
            + " | help: move the directive to an item of a list, the value of a key, or the top of a document"),
    .pool(
        "name?: ${pool.name}",
        "4:1 [name?] needless-question-mark: `name?` is never empty, so it is never dropped | not a list or mapping"
            + " | help: use `${path?}` to drop the key of an unset fact, or `$if` to drop any key"),
]

private let headerMistakes: [Mistake] = [
    Mistake(
        "form: pool in plan.pools\nto: a.yaml\n---\na: 1",
        "1:1 [form] unknown-key: the header of a template has no key `form` | unknown"
            + " | help: did you mean `for`?"),
    Mistake(
        "for: pool in plan.pools\n---\na: 1",
        "1:1 [for: pool in plan.pools] template-without-path: the header has no path of the manifest"
            + " | `to` with a path is required"),
    Mistake(
        "apiVersion: v1\nkind: ConfigMap",
        "1:1 [apiVersion: v1\nkind: ConfigMap] template-without-header: a template must start with a header | not a header"
            + " | help: write `to: path/of/manifest.yaml`, then a line `---`"),
    Mistake(
        "to: a.yaml",
        "1:1 [to: a.yaml] template-without-documents: a template must have at least one manifest after its header | only the header"
            + " | help: end the header with a line `---`; to remove a manifest, leave the file empty"),
    Mistake(
        "for: pool in plan.pools\nto: ../${pool.name}.yaml\n---\na: 1",
        "2:5 [../${pool.name}.yaml] unsafe-path: `../a.yaml` is not a path below the output folder"
            + " | it has the component `..`"),
    Mistake(
        "to: a.yaml\n---\na:\n  eu: 1\n  ${zone}:\n    $for: zone in plan.zones\n    $value: 2",
        "5:3 [${zone}] duplicate-key: a mapping has the key `eu` twice | duplicate"),
    Mistake(
        "for: pool in plan.pools\nto: a.yaml\n---\na: 1",
        "2:5 [a.yaml] duplicate-path: two manifests have the path `a.yaml` | second manifest | note: the first manifest is written here"
    ),
]

@Suite("A mistake in a template")
struct TemplateMistakeTests {
    @Test("is found in a placeholder", arguments: placeholderMistakes)
    private func placeholders(_ mistake: Mistake) { #expect(rendered(mistake.template) == mistake.found) }

    @Test("is found in a directive", arguments: directiveMistakes)
    private func directives(_ mistake: Mistake) { #expect(rendered(mistake.template) == mistake.found) }

    @Test("may be one of YAML")
    func syntax() {
        let found = rendered("to: a.yaml\n---\na: [${plan.name}]\n", replacing: "to: a.yaml\n---\na: 1\n")
        #expect(
            found == """
                3:5 [${plan.name}] unquoted-placeholder: a `${…}` between brackets is not quoted \
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
                3:11 [nam] unknown-fact: a plan has no fact `nam` | unknown fact \
                | help: did you mean `plan.name` (its name)? | note: this file replaces templates/t.yaml
                4:11 [budgets] unknown-fact: a plan has no fact `budgets` | unknown fact \
                | help: did you mean `plan.budget` (its budget)? | note: this file replaces templates/t.yaml
                """)
    }
}
