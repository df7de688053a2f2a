import Groundwork
import Planning

/// The images of generated pods, and where the images of Helm charts are mirrored.
let imageFacts = FactTable<ImagesSpec>(
    "images", "the images of generated pods, and the mirrors of those of Helm charts",
    [
        .fact("dcgmExporter", "the image of the DCGM exporter") { $0.reference(.dcgmExporter) },
        .fact("devicePlugin", "the image of the device plugin") { $0.reference(.devicePlugin) },
        .fact("migManager", "the image of the MIG manager") { $0.reference(.migManager) },
        .fact("mps", "the image of the MPS daemon") { $0.mpsReference },
        .fact("pause", "the image of placeholder pods") { $0.reference(.pause) },
        .list("pullSecrets", "the image pull Secrets of all pods") { $0.pullSecrets },
        .maybe("gpuOperator", "the mirror of nvcr.io/nvidia, if there is one") { $0.mirrored(.gpuOperator) },
        .maybe("gpuOperatorExporter", "the mirror of nvcr.io/nvidia/k8s, if there is one") {
            $0.mirrored(.gpuOperatorExporter)
        },
        .fact("operatorExporterTag", "the tag of the DCGM exporter that the GPU Operator runs") { _ in
            Catalog.image(.dcgmExporter).traced(\.tag)
        },
        .maybe("gpuOperatorMIG", "the mirror of nvcr.io/nvidia/cloud-native, if there is one") {
            $0.mirrored(.gpuOperatorMIG)
        },
        .maybe("nodeFeatureDiscovery", "the mirrored repository of Node Feature Discovery, if there is one") {
            $0.mirrored(.nodeFeatureDiscovery)
        },
        .maybe("draDriver", "the mirrored repository of NVIDIA's DRA driver, if there is one") {
            $0.mirrored(.draDriver)
        },
        .maybe("prometheusAdapter", "the mirrored repository of prometheus-adapter, if there is one") {
            $0.mirrored(.prometheusAdapter)
        },
    ])
