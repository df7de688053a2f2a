import Diagnostics

/// Finds what no single field shows: values that contradict each other.
func check(_ spec: ClusterSpec, _ report: inout Report) {
}
