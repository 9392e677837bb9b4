/// A formula ready to be shown: its text, its LaTeX, and what it was taken to be true for.
package struct ClosedFormula: Sendable {
  /// What can be typed back in, with the names of the definitions.
  package let text: String
  package let latex: String
  /// Parts that occur several times and have a name, each made from the ones before it.
  package let definitions: [Definition]
  /// Conditions under which the formula holds, as they are typed.
  package let conditions: [String]
  /// Single places where the derivative is set to another number, as `0 where x == y`.
  package let exceptions: [String]

  package struct Definition: Sendable {
    package let name: String
    package let text: String
    package let latex: String
  }

  /// Formulas up to this cost are written in one piece.
  static let costInOnePiece = 120
  /// Parts that cost less than this are not worth a name.
  static let costWorthAName = 6
  /// The largest text that is written at all.
  static let costLimit = 6000

  /// Writes a formula; nil where even with names for its parts it is too long.
  ///
  /// - Parameters:
  ///   - root: the formula.
  ///   - terms: where it lies.
  ///   - isOfArrays: whether it is a formula of entries, of which each has its own choice.
  ///   - isFree: whether a name may be given to a part.
  package init?(
    _ root: TermID, in terms: Terms, isOfArrays: Bool = false, isFree: (String) -> Bool
  ) {
    let conditions = terms.assumptions
    let points = terms.points.filter { terms.number(of: $0.condition) == nil }
    let shared =
      terms.cost(of: root) <= Self.costInOnePiece
      ? [] : terms.sharedParts(of: root, worth: Self.costWorthAName)
    var names: [TermID: String] = [:]
    var number = 0
    for id in shared {
      repeat { number += 1 } while !isFree("v\(number)")
      names[id] = "v\(number)"
    }
    guard terms.cost(of: root, namingParts: Set(shared)) <= Self.costLimit else { return nil }
    let roots = [root] + shared + conditions + points.map(\.condition)
    let layout = Layout(terms, roots: roots, abbreviations: names)
    let text = FormulaWriter(TypedNotation(isOfArrays: isOfArrays), layout, roots: roots)
    let latex = FormulaWriter(LaTeXNotation(), layout, roots: roots)
    self.text = text.text(of: root)
    self.latex = latex.number(of: root)
    definitions = shared.map { id in
      Definition(
        name: names[id] ?? "", text: text.text(of: id), latex: latex.number(of: id))
    }
    self.conditions = conditions.map { text.text(of: $0) }
    var exceptions: [String] = []
    for point in points {
      let exception = "\(text.number(point.value).text) where \(text.text(of: point.condition))"
      if !exceptions.contains(exception) { exceptions.append(exception) }
    }
    self.exceptions = exceptions
  }
}

extension Terms {
  /// Parts that stand in more than one place, parts first.
  func sharedParts(of root: TermID, worth least: Int) -> [TermID] {
    let order = reachable(from: [root])
    let costs = costs(of: [root])
    var uses: [TermID: Int] = [:]
    for id in order { for part in self[id].parts { uses[part, default: 0] += 1 } }
    return order.filter { id in
      guard id != root, (uses[id] ?? 0) > 1, (costs[id] ?? 0) >= least else { return false }
      // A number times something is written with what it belongs to.
      if case .number = self[id] { return false }
      return true
    }
  }

  /// What a formula costs to write whose named parts are written once.
  func cost(of root: TermID, namingParts named: Set<TermID>) -> Int {
    if named.isEmpty { return cost(of: root) }
    // A part without a name that occurs in several places is short, or it would have one.
    return width(of: root) * 2
  }
}

extension ClosedFormula {
  /// A name of the session in LaTeX: `x2` as `x_2`.
  package static func latex(ofName name: String) -> String { LaTeXNotation.name(name) }

  /// A formula in LaTeX, in brackets where something stands before it.
  package static func latex(of root: TermID, in terms: Terms) -> String {
    let writer = FormulaWriter(
      LaTeXNotation(), Layout(terms, roots: [root]), roots: [root])
    return writer.isQuestion(root)
      ? writer.number(of: root) : writer.notation.bracketed(writer.text(of: root))
  }
}

extension Terms {
  /// Whether a term is made of another.
  package func uses(_ part: TermID, in root: TermID) -> Bool {
    reachable(from: [root]).contains(part)
  }
}
