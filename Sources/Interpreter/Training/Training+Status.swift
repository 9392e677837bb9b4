/// How a statement that trains has ended: one word each, which JSON gives and the reference explains.
extension Training {
  package enum Status: String, CaseIterable, Sendable {
    case converged, flat, steps, goal, stopped, saddle, maximum, unbounded, receding, interrupted

    package var sentence: String {
      switch self {
      case .converged: "a minimum: slopes are 0 up to rounding, or cancel at a kink, and no curve leads down"
      case .flat: "at the start nothing has a slope or bends, so no way leads anywhere"
      case .steps: "all steps that were asked for are made"
      case .goal: "the loss, or the greatest slope, is as small as was asked for"
      case .stopped: "no lower place was found although this is no minimum"
      case .saddle: "slopes are 0, and the loss falls in some directions"
      case .maximum: "slopes are 0, and the loss falls in every direction"
      case .unbounded: "the loss falls without end"
      case .receding: "the loss falls ever more slowly while params go on and on"
      case .interrupted: "^C"
      }
    }

    /// Whether a script ends with a status that says so.
    var isFailure: Bool {
      switch self {
      case .converged, .flat, .steps, .goal, .interrupted: false
      case .stopped, .saddle, .maximum, .unbounded, .receding: true
      }
    }
  }
}
