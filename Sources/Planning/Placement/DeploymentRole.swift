import Groundwork

/// A part of a model whose surge comes and goes: its fixed base, or the surge.
package enum DeploymentRole: String, Word { case base, surge }
