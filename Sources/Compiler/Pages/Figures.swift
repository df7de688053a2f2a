import Diagnostics
import Groundwork
import Planning

/// The figures of a plan as JSON: `plan.json` as the default template renders it.
package func figures(_ plan: Plan) -> String {
    let path = "plan.json.yaml"
    var report = Report()
    let library = TemplateLibrary([TemplateLayer("defaults", TemplateLayer.defaults.files.filter { $0.path == path })])
    var bytes: [UInt8] = []
    for manifest in render(library, from: planFacts.record(plan), &report) ?? [] {
        write(manifest, cluster: plan.spec.name.value, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
}
