/// How a statement that trains has ended: one word each, which JSON gives and the reference explains.
extension Training {
  package enum Status: String, CaseIterable, Sendable {
    case converged, steps, goal, stopped, saddle, maximum, flat, unbounded, receding, interrupted

    package var sentence: String {
      switch self {
      case .converged: "at a minimum, or `fit` at the least sum of squares"
      case .steps: "all steps are made, those of `for` or 1000"
      case .goal: "the loss is as small as `until` asks, or every slope as `tolerance` does"
      case .stopped: "no lower place was found, and it is no minimum; the greatest slope is told"
      case .saddle: "every slope is 0, and some places next to it are lower"
      case .maximum: "every slope is 0, and all around is lower"
      case .flat: "the loss is level around, and does not depend on some param any more, or on none"
      case .unbounded: "the loss falls without end"
      case .receding: "the loss falls ever more slowly while params go on and on"
      case .interrupted: "by `^C`"
      }
    }

    /// Whether a script ends with a status that says so.
    package var isFailure: Bool {
      switch self {
      case .converged, .steps, .goal, .flat, .interrupted: false
      case .stopped, .saddle, .maximum, .unbounded, .receding: true
      }
    }
  }
}
