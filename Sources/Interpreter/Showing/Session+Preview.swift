import Autodiff
import Syntax

/// What a text gives, found out while it is being typed.
extension Session {
  /// The longest text that is tried out, in bytes.
  private static let longestPreview = 4_000
  /// How many nodes a text that is tried out may make.
  private static let nodesOfPreview = 20_000
  /// What one of its operations on arrays may cost, in entries.
  private static let arrayWorkOfPreview = 1_000_000

  /// Tries a text out and shows what its last expression, or what it assigns, would give.
  ///
  /// Nothing of it is left behind: no name, result, remark or node. Nothing is shown of what is
  /// incomplete, wrong, or more than expressions and definitions, nor of a number as it was typed.
  ///
  /// - Parameters:
  ///   - text: what has been typed so far.
  ///   - isOverdue: asked now and then; true ends the attempt.
  ///   - show: called with a session in which the derivation can be analyzed.
  /// - Returns: what `show` made of it; nil where there is nothing to show.
  package mutating func preview<Shown>(
    of text: String, isOverdue: @escaping @Sendable () -> Bool,
    show: (inout Session, Derivation) -> Shown?
  ) -> Shown? {
    guard text.utf8.count <= Session.longestPreview, let asked = question(in: Array(text.utf8))
    else { return nil }
    // The copy shares everything until it changes it. What is large changes hands instead.
    var trial = self
    (graph, calls, sweep, builder, reach) = (
      Graph(), [:], NumericSweep(), GradientBuilder(), Reach()
    )
    let (count, cancellation) = (trial.graph.count, trial.graph.cancellation)
    trial.graph.lend(arrayWork: Session.arrayWorkOfPreview)
    trial.options.isInterrupted = isOverdue
    trial.options.progress = nil
    trial.options.isInteractive = false
    trial.options.entryLimit = Session.nodesOfPreview
    // What is typed is not meant yet: nothing is written, nothing read.
    trial.options.files = nil
    trial.options.nodeLimit = min(options.nodeLimit, count + Session.nodesOfPreview)
    trial.compactionThreshold = .max
    let shown = trial.result(of: asked).flatMap { show(&trial, $0) }
    for index in count..<max(count, trial.graph.count) { trial.calls[NodeID(index)] = nil }
    trial.graph.takeBack()
    trial.graph.cancellation = cancellation
    (graph, calls, sweep, builder, reach) = (
      trial.graph, trial.calls, trial.sweep, trial.builder, trial.reach
    )
    return shown
  }

  /// The text to run for a preview: with the right side alone of an assignment that ends it.
  private func question(in bytes: [UInt8]) -> [UInt8]? {
    var parser = parser
    var offset = 0
    var last: Statement?
    var isNumeral = false
    while true {
      let parsed = bytes.withUnsafeBufferPointer {
        parser.parseStatement(in: $0, from: offset, isFinal: true)
      }
      switch parsed {
      case .statement(let statement, let next):
        switch statement.kind {
        case .expression, .assignment, .update, .live, .parameter, .function: break
        case .conditional, .forEach, .repetition, .whileLoop, .breakLoop, .continueLoop,
          .returnValue, .print, .assertion, .command, .lesson, .training, .withoutGradient:
          return nil
        }
        (last, offset, isNumeral) = (statement, next, parser.tree.isNumeral)
      case .incomplete, .failure: return nil
      case .end:
        guard let last, !last.isSilent, !isNumeral else { return nil }
        switch last.kind {
        case .expression: return bytes
        case .assignment(let target, _), .live(let target, _):
          guard let sign = bytes[Int(target.span.end)...].firstIndex(of: UInt8(ascii: "="))
          else { return nil }
          return Array(bytes[..<Int(last.span.start)] + bytes[(sign + 1)...])
        default: return nil
        }
      }
    }
  }

  /// Runs a text to its end; what its last statement shows, if none has failed.
  private mutating func result(of bytes: [UInt8]) -> Derivation? {
    beginText()
    feed(bytes, name: "-")
    var last: Derivation?
    do throws(Diagnostic) {
      while try beginStatement() {
        last = nil
        while !frames.isEmpty {
          try run()
          if case .result(let derivation)? = outcomes.last { last = derivation }
          outcomes.removeAll()
        }
      }
    } catch {
      return nil
    }
    return last
  }
}

extension SyntaxTree {
  /// Whether there is nothing but a number as it was typed.
  fileprivate var isNumeral: Bool {
    nodes.first?.kind == .number && nodes.dropFirst().allSatisfy { $0.kind == .prefix }
  }
}
