import Diagnostics

/// One cluster as its owner describes it: what is installed, what may be spent, which models run.
package struct ClusterSpec: Sendable {
    package let name: Traced<String>
    package let platform: PlatformSpec
    package let gitops: GitOpsSpec?
    package let budget: BudgetSpec?
    package let instances: InstancesSpec
    package let reservations: [ReservationSpec]
    package let businessHours: BusinessHoursSpec?
    package let models: [ModelSpec]
    package let range: SourceRange
}
