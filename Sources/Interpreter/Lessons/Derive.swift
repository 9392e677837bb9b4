import Algebra
import Autodiff
import Syntax
import Tensors

/// `derive y, x`: the derivative as a formula.
extension Lesson {
  static let derive = Lesson(
    name: "derive", usage: "derive y, x",
    sentence: "the formula of the derivative, also for LaTeX; without x one for each input",
    example: "derive x1*x2 + x2*4.3, x2", subjects: 1...2, takesClaim: false,
    perform: { session, request, report throws(Diagnostic) in
      let subject = request.subjects[0]
      let output = try subject.node()
      guard session.graph.isScalar(output) else {
        throw .formulaOfAnArray(session.graph.shape(of: output).description, at: subject.span)
      }
      var formula = DerivedFormula(
        output: output, text: subject.text, span: subject.span)
      var targets: [FormulaTarget] = []
      if request.subjects.count > 1 {
        let target = request.subjects[1]
        targets = [try session.formulaTarget(target, of: output)]
      } else {
        targets = session.formulaTargets(of: output)
        if targets.isEmpty { throw .noInputs(subject.text, at: subject.span) }
      }
      let isOfNumbers = try formula.read(&session, targets)
      for target in targets {
        if isOfNumbers, session.graph.isScalar(target.node) {
          try formula.derive(by: target, &session, &report)
        } else {
          try session.deriveByArray(
            output, text: subject.text, by: target, at: subject.span, &report)
        }
      }
    })
}

/// A node that a formula is differentiated by, and what it is called there.
struct FormulaTarget: Sendable {
  let node: NodeID
  let name: String
}

extension Session {
  fileprivate mutating func formulaTarget(_ subject: LessonRequest.Subject, of output: NodeID)
    throws(Diagnostic) -> FormulaTarget
  {
    var node = try subject.node()
    if let entry = namedEntry(node) {
      try refuseStale(output, entry.array, at: subject.span)
      node = entries(in: output).first { $0.name == entry.name }?.node ?? node
      return FormulaTarget(node: node, name: entry.name)
    }
    try refuseStale(output, node, at: subject.span)
    let tag = graph.tag(of: node)
    if tag == .none {
      reach.collect(from: output, in: graph)
      guard reach.contains(node) else { throw .notANode(at: subject.span) }
    }
    return FormulaTarget(node: node, name: tag == .none ? subject.text : shown(node))
  }

  /// The named inputs that a node is built from, in the order they were made.
  mutating func namedInputs(of output: NodeID) -> [NodeID] {
    reach.collect(from: output, in: graph)
    return reach.leaves.filter { graph.isInput($0) && graph.tag(of: $0) != .none }.sorted()
  }

  /// Whether an input bears a name that means something else by now: then its number is written.
  func isFormer(_ input: NodeID) -> Bool {
    bindings[Int(graph.tag(of: input).rawValue)].node != input
  }

  /// Inputs that stand with the number they had, because their names have been given others since.
  fileprivate mutating func formerInputs(of output: NodeID) -> [String] {
    namedInputs(of: output).filter(isFormer).compactMap { input in
      let now = bindings[Int(graph.tag(of: input).rawValue)].node
      guard let now, graph.isInput(now) else { return nil }
      let (was, present) = tellingApart(input, now)
      return "with \(shown(input)) = \(was) as it was (now \(present))"
    }
  }
}

/// The formula of an expression, and what is made of it.
struct DerivedFormula {
  let output: NodeID
  let text: String
  let span: Span
  private var terms = Terms()
  private var root: TermID?
  private var former: [String] = []

  init(output: NodeID, text: String, span: Span) {
    (self.output, self.text, self.span) = (output, text, span)
  }

  /// Reads the expression; the targets are its variables, beside the named inputs.
  ///
  /// - Returns: whether all of it are numbers.
  mutating func read(_ session: inout Session, _ targets: [FormulaTarget]) throws(Diagnostic)
    -> Bool
  {
    var names: [NodeID: String] = [:]
    for input in session.namedInputs(of: output) where !session.isFormer(input) {
      names[input] = session.shown(input)
    }
    for entry in session.entries(in: output) { names[entry.node] = entry.name }
    for target in targets { names[target.node] = target.name }
    former = session.formerInputs(of: output)
    do throws(Unreadable) {
      root = try terms.read(output, in: session.graph) { names[$0] }
      return true
    } catch {
      switch error {
      case .tooLarge(let nodes): throw .formulaTooLong(text, nodes: nodes, at: span)
      case .array: return false
      }
    }
  }

  mutating func derive(
    by target: FormulaTarget, _ session: inout Session, _ report: inout Report
  ) throws(Diagnostic) {
    guard let root else { return }
    var terms = terms
    let variable = terms.symbol(target.name)
    let slope = terms.shortest(terms.derivative(of: root, by: variable))
    let formula =
      terms.isTooLarge
      ? nil : ClosedFormula(slope, in: terms) { session.isFree($0) && !terms.names.contains($0) }
    guard let formula else {
      throw .formulaTooLong(text, nodes: session.nodeCount(of: output), at: span)
    }
    let title = Self.isOneWord(text) ? text : "(\(text))"
    report.say("∂\(title)/∂\(target.name) = \(formula.text)")
    for definition in formula.definitions {
      report.say("  where \(definition.name) = \(definition.text)")
    }
    if !formula.conditions.isEmpty {
      report.say("  for \(formula.conditions.joined(separator: " and "))")
    }
    for line in formula.exceptions + former { report.say("  \(line)") }
    if !terms.uses(variable, in: root) {
      report.say("  \(text) does not depend on \(target.name)")
    }
    let name = ClosedFormula.latex(ofName: target.name)
    let head =
      Self.isName(text)
      ? "\\frac{\\partial \(ClosedFormula.latex(ofName: text))}{\\partial \(name)}"
      : "\\frac{\\partial}{\\partial \(name)} \(ClosedFormula.latex(of: root, in: terms))"
    report.say("\(head) = \(formula.latex)")
    for definition in formula.definitions {
      report.say("  \(ClosedFormula.latex(ofName: definition.name)) = \(definition.latex)")
    }
  }

  private static func isName(_ text: String) -> Bool {
    text.first?.isNumber == false && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  /// Whether a text needs no brackets behind a sign: a name, or a call.
  static func isOneWord(_ text: String) -> Bool {
    if isName(text) { return true }
    guard let open = text.firstIndex(of: "("), isName(String(text[..<open])), text.last == ")",
      open != text.startIndex
    else { return false }
    var depth = 0
    for place in text.indices {
      if text[place] == "(" { depth += 1 }
      if text[place] == ")" { depth -= 1 }
      if depth == 0, place > open, text.index(after: place) != text.endIndex { return false }
    }
    return true
  }
}

extension Session {
  /// Whether a name may be given to a part of a formula.
  func isFree(_ name: String) -> Bool {
    for index in bindings.indices where self.name(NameID(index: index)) == name {
      if case .none = bindings[index] { return true }
      return false
    }
    return true
  }

  fileprivate mutating func nodeCount(of output: NodeID) -> Int {
    reach.collect(from: output, in: graph)
    return reach.inner.count + reach.leaves.count
  }
}

extension Diagnostic {
  fileprivate static func formulaOfAnArray(_ shape: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "derive needs a single number, found shape \(shape)", at: span,
      hint: "take an entry of it, or its sum")
  }

  static func noInputs(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic("\(text) depends on no input", at: span)
  }

  fileprivate static func formulaTooLong(_ text: String, nodes: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "\(text) is built from \(nodes) nodes, and its derivative is too long to write as a formula",
      at: span, hint: "grad gives the derivative's number")
  }
}
