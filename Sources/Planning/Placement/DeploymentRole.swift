import Groundwork

/// A part of a model that is split: its fixed base, or the surge.
package enum DeploymentRole: String, Word { case base, surge }
