import Diagnostics

/// Finds values that contradict each other.
func check(_ spec: ClusterSpec, _ report: inout Report) {
    checkVersions(spec.platform, &report)
    checkKarpenter(spec, &report)
    checkPlatform(spec.platform, &report)
    checkNodeSettings(spec, &report)
    checkImages(spec.platform, &report)
    checkPrometheusAuth(spec, &report)
    checkGitOps(spec, &report)
    checkInstances(spec.instances, &report)
    checkReservations(spec, &report)
    checkReservedCost(spec, &report)
    checkBusinessHours(spec, &report)
    checkNames(spec, &report)
    for model in spec.models {
        checkLoad(model, &report)
        checkMeasurement(model, spec, &report)
        checkArchitecture(model, &report)
        checkInstances(model.instances, &report)
        checkLatencies(model, &report)
        checkBand(model, &report)
        checkScaling(model, spec.platform, &report)
        checkSharing(model, spec.platform, &report)
        checkClaims(model, spec.platform, &report)
        checkComputeDomain(model, spec.platform, &report)
        checkExistingPool(model, spec, &report)
        checkServing(model, &report)
        checkPods(model, &report)
        checkImageVersion(model, &report)
        checkWeights(model, &report)
    }
    checkDriverModes(spec, &report)
    checkIdleDynamicMIG(spec, &report)
    checkSpot(spec, &report)
    checkAutoscalers(spec, &report)
    checkPatches(spec, &report)
}
