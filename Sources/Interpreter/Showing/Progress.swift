import Syntax

/// How far a long computation has come.
package struct Progress: Sendable {
  /// The statement it is part of.
  package let statement: UInt32
  package let step: Int
  /// How many steps there are to be; nil where that shows only at the end.
  package let steps: Int?
  /// Where something is made small: how small it is.
  package let loss: Double?
  /// The rate of the step; nil where there is none.
  package let rate: Double?

  package init(statement: UInt32, step: Int, steps: Int?, loss: Double?, rate: Double?) {
    (self.statement, self.step, self.steps) = (statement, step, steps)
    (self.loss, self.rate) = (loss, rate)
  }
}

extension Session {
  /// Tells of a step of a statement that trains.
  mutating func report(step: Int, of steps: Int?, loss: Double, rate: Double? = nil) {
    guard let progress = options.progress else { return }
    reportedTraining = statementNumber
    progress(
      Progress(statement: statementNumber, step: step, steps: steps, loss: loss, rate: rate))
  }

  /// Tells how far the outermost loop has come, unless a statement in it tells more.
  func reportLoop() {
    guard let progress = options.progress, let loop = loops.first,
      reportedTraining != statementNumber
    else { return }
    progress(
      Progress(
        statement: statementNumber, step: loop.turn, steps: loop.count, loss: nil, rate: nil))
  }
}
