import Autodiff
import Syntax
import Tensors

/// A statement that changes params until they fit: one row each; parser, help, completion and the
/// reference walk the table.
package struct Training: Sendable {
  package let name: String
  package let usage: String
  package let sentence: String
  package let example: String
  /// Which clauses it knows beside `over`.
  let clauses: [TrainingSyntax.Clause]
  let subjects: Int
  /// Works until something is to be told; true when it is done.
  let perform: @Sendable (inout Session, TrainingRequest) throws(Diagnostic) -> Bool

  package static let all = [
    Training(
      name: "minimize",
      usage: "minimize loss over w, b [using adam(lr=0.1)] [batch 32 of X, Y] [for n [epochs]] "
        + "[every n [epochs]] [until loss]",
      sentence: "changes the params until the loss is small; without 'using' by lbfgs",
      example: "minimize loss over w, b using adam(lr=0.1) for 500 every 50",
      clauses: [.using, .batch, .for, .every, .until], subjects: 1,
      perform: { session, request throws(Diagnostic) in try session.minimize(request) }),
    Training(
      name: "fit", usage: "fit y ~ model over a, b [for iterations]",
      sentence: "makes the sum of the squares of y - model least, and says how sure that is",
      example: "fit ys ~ a*exp(-b*xs) over a, b",
      clauses: [.for], subjects: 2,
      perform: { session, request throws(Diagnostic) in
        try session.fit(request)
        return true
      }),
  ]
}

extension TrainingSyntax.Clause {
  /// What stands behind the word, for completion.
  var sentence: String {
    switch self {
    case .over: "the params to change"
    case .using: "the optimizer, such as adam(lr=0.01)"
    case .batch: "how many rows each step looks at, as in 'batch 32 of X, Y'"
    case .for: "how many steps, or epochs"
    case .every: "after how many steps or epochs the loss is told"
    case .until: "the loss that is small enough"
    }
  }
}

/// A training statement as it is written.
struct TrainingSite: Sendable {
  /// An expression of the statement: where its code lies and where it is written.
  struct Part: Sendable {
    let code: Range<Int>
    let span: Span
  }

  let row: Int
  var subjects: [Part] = []
  let over: [Target]
  var clauses: [TrainingSyntax.Clause: Part] = [:]
  /// The data that batches are taken from.
  let data: [Target]
  /// The clauses that count epochs.
  let epochs: Set<TrainingSyntax.Clause>
  /// Whether a `;` asked not to see the params at the end.
  let isSilent: Bool
  /// The local that holds the steps made so far, where `using` reads it.
  var stepSlot: Int?
  var end = 0
}

/// A training statement as it runs.
struct TrainingRequest: Sendable {
  let site: TrainingSite
  let code: Code
  /// Where the locals of the code around it begin.
  let base: Int
  let span: Span
}

extension Lowering {
  /// The code of every part stands behind the instruction, which runs it as often as it likes.
  mutating func training(_ syntax: TrainingSyntax, isSilent: Bool, at span: Span) {
    let row = Training.all[syntax.row]
    guard !isInFunction else { return refuse(.trainingInFunction(row.name, at: span)) }
    guard syntax.subjects.count == row.subjects else {
      return refuse(
        row.subjects == 1
          ? .noModel(row.name, at: place(of: syntax.subjects[1]))
          : .modelMissing(row.name, at: place(of: syntax.subjects[0])))
    }
    if let (_, span) = syntax.epochs.first, syntax.clauses[.batch] == nil {
      return refuse(.epochsWithoutBatches(at: span))
    }
    var site = TrainingSite(
      row: syntax.row, over: syntax.over, data: syntax.data, epochs: Set(syntax.epochs.keys),
      isSilent: isSilent)
    let start = here
    emit(.train, code.trainings.count, at: span)
    site.subjects = syntax.subjects.map { part($0) }
    for clause in TrainingSyntax.Clause.allCases {
      guard let expression = syntax.clauses[clause] else { continue }
      guard row.clauses.contains(clause) else {
        return refuse(.noClause(clause.rawValue, row.name, at: place(of: expression)))
      }
      guard clause == .using, let stepName, mentions(stepName, expression) else {
        site.clauses[clause] = part(expression)
        continue
      }
      let outer = slots[stepName]
      site.stepSlot = addLocal(stepName, fallsThrough: false)
      site.clauses[clause] = part(expression)
      slots[stepName] = outer
    }
    site.end = here
    code.trainings.append(site)
    code.instructions[start].payload = Int32(code.trainings.count - 1)
  }

  private mutating func part(_ expression: Expression) -> TrainingSite.Part {
    let (start, span) = (here, place(of: expression))
    self.expression(expression)
    emit(.giveBack, at: span)
    return TrainingSite.Part(code: start..<here, span: span)
  }

  private func mentions(_ name: NameID, _ expression: Expression) -> Bool {
    tree.nodes[expression.first..<expression.end].contains {
      $0.kind == .name && $0.payload == UInt32(name.index)
    }
  }
}

extension Session {
  /// Runs a training statement, or goes on with it.
  ///
  /// - Returns: how far to go on in the code; 0 to come back when what it has told is seen.
  mutating func train(
    _ site: TrainingSite, at place: Int, _ code: Code, _ base: Int, _ span: Span
  ) throws(Diagnostic) -> Int {
    let request = TrainingRequest(site: site, code: code, base: base, span: span)
    guard try Training.all[site.row].perform(&self, request) else { return 0 }
    return site.end - place
  }

  /// A report on a training statement, with nothing in it yet.
  func report(of request: TrainingRequest) -> Report {
    Report(
      statement: input.text(request.span),
      line: input.line + input.lineEnds(before: Int(statementSpan(request.span).start)))
  }

  /// Evaluates a part of a training statement.
  mutating func evaluate(_ part: TrainingSite.Part, of request: TrainingRequest)
    throws(Diagnostic) -> Value
  {
    let depth = frames.count
    frames.append(
      Frame(
        kind: .part(height: stack.count), code: request.code, place: part.code.lowerBound,
        base: request.base, loopBase: loops.count, callSpan: part.span))
    try run(downTo: depth)
    return try pop(at: part.span)
  }

  /// The number that a clause gives; nil where it is not written.
  mutating func number(_ clause: TrainingSyntax.Clause, of request: TrainingRequest)
    throws(Diagnostic) -> Double?
  {
    guard let part = request.site.clauses[clause] else { return nil }
    let value = try evaluate(part, of: request)
    guard case .node(let id) = value else { throw .needsNumber(value.kind, at: part.span) }
    guard graph.isScalar(id) else { throw .needsOneNumber(graph.shape(of: id), at: part.span) }
    return graph.scalar(of: id)
  }

  /// The whole number from 1 on that a clause gives; nil where it is not written.
  mutating func count(_ clause: TrainingSyntax.Clause, of request: TrainingRequest)
    throws(Diagnostic) -> Int?
  {
    guard let value = try number(clause, of: request) else { return nil }
    guard let count = Int(exactly: value), count >= 1 else {
      let span = request.site.clauses[clause]?.span ?? request.span
      throw .needsSteps(clause.rawValue, telling(value), at: span)
    }
    return count
  }
}
