import Autodiff
import Syntax
import Tensors

extension Session {
  /// The better form of something in the graph, as the end of a note about what is not finite.
  ///
  /// - Parameters:
  ///   - order: the nodes of the graph, operands first.
  ///   - culprits: where it went wrong, which the better form has to do away with; nil for anywhere.
  /// - Returns: `; log1p(x) is right there`, or nothing.
  func rewriteHint(_ order: [NodeID], at culprits: [NodeID]?) -> String {
    for (place, id) in order.reversed().enumerated() {
      if Cancellation.Pace.nodes.isDue(at: place), graph.cancellation.ask() { return "" }
      for rewrite in Rewrite.forms(endingIn: graph.operation(of: id)) {
        guard let match = graph.match(id, rewrite),
          culprits.map({ $0.contains(where: match.contains) }) ?? true,
          var trial = RewriteTrial(match, in: graph),
          trial.savesValue || trial.savesSlope(in: graph) || trial.lostEntry() != nil
        else { continue }
        return offer(trial, match).map { "; \($0)" } ?? ""
      }
    }
    return ""
  }

  /// Whether a note has said already what to write instead.
  func offersRewrite(_ note: String) -> Bool { note.hasSuffix(Self.offerEnd) }

  private static let offerEnd = " is right there"

  /// The most entries that are computed with once more to see which digits are there.
  private static let mostTried = 10_000

  /// The first form that gives a number with many wrong digits, and a better one.
  func lossNote(_ order: [NodeID]) -> String? {
    var tried = 0
    for (place, id) in order.enumerated() where graph.traits(of: id).contains(.mayLoseDigits) {
      if Cancellation.Pace.nodes.isDue(at: place), graph.cancellation.ask() { return nil }
      guard let last = graph.lastOperand(of: id) else { continue }
      let lastRow = graph.operation(of: last)
      for rewrite in Rewrite.forms(endingIn: graph.operation(of: id))
      where rewrite.lastRow == nil || rewrite.lastRow == lastRow {
        guard let match = graph.match(id, rewrite), mayLose(match) else { continue }
        tried += match.arguments.reduce(0) { $0 + graph.shape(of: $1).count }
        guard tried <= Self.mostTried else { return nil }
        guard var trial = RewriteTrial(match, in: graph), let entry = trial.lostEntry(),
          let offer = offer(trial, match)
        else { continue }
        return "\(describe(id)) loses digits\(fact(match, entry)); \(offer)"
      }
    }
    return nil
  }

  /// Whether digits may be lost; of numbers that is known without a trial.
  private func mayLose(_ match: RewriteMatch) -> Bool {
    let root = match.nodes[0]
    guard graph.isScalar(root), match.arguments.allSatisfy(graph.isScalar),
      let better = match.rewrite.number(at: match.arguments.map(graph.scalar(of:)))
    else { return true }
    return match.rewrite.loses(graph.scalar(of: root), better, in: graph.precision)
  }

  /// ` where d = 1e-10`, or which entry of an array is meant.
  private func fact(_ match: RewriteMatch, _ entry: Int) -> String {
    guard graph.isScalar(match.nodes[0]) else {
      let indices = graph.shape(of: match.nodes[0]).indices(ofElement: entry).map(String.init)
      return " at [\(indices.joined(separator: ", "))]"
    }
    let facts = match.arguments.compactMap { id -> String? in
      guard graph.isScalar(id), graph.operation(of: id) != .constant else { return nil }
      return "\(phrase(id)) = \(telling(id))"
    }
    return facts.isEmpty ? "" : " where \(facts.joined(separator: ", "))"
  }

  /// `log_softmax(z) is right there`, or with a letter for what has no short words.
  private func offer(_ trial: RewriteTrial, _ match: RewriteMatch) -> String? {
    var letters = "uvw".map(String.init).makeIterator()
    var strangers: [String] = []
    let texts = match.arguments.map { id -> TypedText in
      if let text = typed(id) { return text }
      let letter = letters.next() ?? "u"
      strangers.append("\(letter) for \(graph.isScalar(id) ? "the number" : "the array")")
      return TypedText(letter)
    }
    guard let text = trial.text(texts) else { return nil }
    return strangers.isEmpty
      ? text + Self.offerEnd : "with \(strangers.joined(separator: ", ")), \(text)\(Self.offerEnd)"
  }

  /// A node in words that can be typed where the statement was; nil where they would be long.
  private func typed(_ id: NodeID) -> TypedText? {
    graph.typed(id, limit: 60) { node in
      let tag = graph.tag(of: node)
      if tag != .none { return TypedText(name(NameID(index: Int(tag.rawValue)))) }
      guard graph.isLeaf(node), graph.shape(of: node).count <= 12 else { return nil }
      return TypedText(nameOrNumber: literal(graph.tensor(of: node)))
    }
  }
}
