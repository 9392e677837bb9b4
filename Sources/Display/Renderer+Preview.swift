import Autodiff
import Interpreter

extension Renderer {
  /// Up to this many nodes the derivatives are shown as well as the value.
  private static let mostNodesOfPreview = 4_000

  /// `= 48.9   ∂x1 = 3`: what a text that is being typed would give, on one row.
  ///
  /// The session is left as it was.
  ///
  /// - Parameters:
  ///   - text: what has been typed so far.
  ///   - session: what it is typed into.
  ///   - isOverdue: asked now and then; true ends the attempt.
  /// - Returns: the row; nil where there is nothing to show.
  package func preview(
    of text: String, in session: inout Session, isOverdue: @escaping @Sendable () -> Bool
  ) -> String? {
    let shown = session.preview(of: text, isOverdue: isOverdue) { session, derivation in
      let limit = Renderer.mostNodesOfPreview
      guard session.graph.isSmall(derivation.output, limit: limit, entries: limit) else {
        return "= " + session.valueText(derivation.output)
      }
      guard let analysis = try? session.analyze(derivation, isUnfolded: true) else { return nil }
      let view = GraphView(derivation, analysis, options.digits)
      // Room for a prompt of two columns, and for the cursor.
      return summary(of: view, after: "= ", width: options.width.map { $0 - 3 }, session)
    }
    return shown.map(output.spelled)
  }
}
