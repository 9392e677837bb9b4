import Autodiff
import Syntax

/// What a statement may change and a person may want back.
enum Change: Sendable {
  /// What a name was bound to.
  case binding(NameID, Binding)
  /// The name that a node bore.
  case tag(NodeID, Tag)
  /// What `backward` had added up and what optimizers remembered.
  case imperative(Imperative)
}

/// A line that has run: where the way back from it begins in the list of changes.
///
/// A copy of the session would be a way back too, and would make the next statement copy the whole
/// graph.
struct UndoLevel: Sendable {
  /// The number of the line.
  let line: Int
  var firstChange: Int
  /// How many results there were before it.
  let resultCount: Int
  /// The results before it, where it has forgotten them.
  var forgottenResults: [NodeID]?
}

/// A line that was taken back, and the way forward.
struct RedoLevel: Sendable {
  let line: Int
  var changes: [Change]
  /// The results that go with it.
  var results: [NodeID]
  var forgetsResults: Bool
}

/// The lines that can be taken back, and those that were.
struct Undoing: Sendable {
  var levels: [UndoLevel] = []
  /// What to put back, level behind level.
  var changes: [Change] = []
  var future: [RedoLevel] = []
  /// How many levels were dropped to save room.
  var forgotten = 0

  static let mostLevels = 100
  /// The most bytes of nodes that are kept for nothing but undoing, unless more of them are alive.
  static let mostBytes = 1 << 26

  /// Appends a level whose changes are about to be appended.
  ///
  /// Levels are dropped in bulk, so that one costs the same however many there are.
  mutating func begin(line: Int, resultCount: Int, forgottenResults: [NodeID]? = nil) {
    if levels.count == 2 * Undoing.mostLevels { forget(Undoing.mostLevels) }
    levels.append(
      UndoLevel(
        line: line, firstChange: changes.count, resultCount: resultCount,
        forgottenResults: forgottenResults))
  }

  mutating func forget(_ count: Int) {
    let start = count < levels.count ? levels[count].firstChange : changes.count
    levels.removeFirst(count)
    changes.removeFirst(start)
    for place in levels.indices { levels[place].firstChange -= start }
    forgotten += count
  }
}

extension Session {
  /// Makes what the finished statement has changed a level, or a part of its line's.
  mutating func commit() {
    guard !journal.isEmpty || resultCount != savedResultCount else { return }
    noteDefinitions()
    // Who only looks at something does not begin another future.
    if !journal.isEmpty, !undoing.future.isEmpty { undoing.future.removeAll() }
    if undoing.levels.last?.line != lines.last || hasUndone {
      undoing.begin(line: lines.last, resultCount: savedResultCount)
    }
    hasUndone = false
    undoing.changes.append(contentsOf: journal)
    journal.removeAll(keepingCapacity: true)
    if let results = forgottenResults {
      undoing.levels[undoing.levels.count - 1].forgottenResults = results
      forgottenResults = nil
    }
    savedResultCount = resultCount
    if imperativeStatement == statementNumber { forgetCostlySums() }
  }

  /// `:undo`, `:undo 3`.
  mutating func undo(_ argument: Argument) throws(Diagnostic) -> [String] {
    let wanted = try count(argument, of: "lines to undo") ?? 1
    var answer: [String] = []
    while answer.count < wanted, let line = undoing.levels.last?.line {
      takeBack()
      answer.append("undone: \(title(ofLine: line))")
    }
    guard answer.isEmpty else { return answer }
    return [
      undoing.forgotten == 0
        ? "nothing to undo" : "nothing to undo: earlier lines are no longer remembered"
    ]
  }

  /// `:redo`, `:redo 3`.
  mutating func redo(_ argument: Argument) throws(Diagnostic) -> [String] {
    let wanted = try count(argument, of: "lines to redo") ?? 1
    var answer: [String] = []
    while answer.count < wanted, let level = undoing.future.popLast() {
      repeatLine(level)
      answer.append("done again: \(title(ofLine: level.line))")
    }
    return answer.isEmpty ? ["nothing to redo"] : answer
  }

  /// Takes the latest line back.
  mutating func takeBack() {
    guard let level = undoing.levels.popLast() else { return }
    var redo = RedoLevel(
      line: level.line, changes: [], results: [], forgetsResults: level.forgottenResults != nil)
    for place in undoing.changes.indices[level.firstChange...].reversed() {
      redo.changes.append(exchange(undoing.changes[place]))
    }
    undoing.changes.removeLast(undoing.changes.count - level.firstChange)
    if let results = level.forgottenResults {
      self.results = results
    } else {
      redo.results = Array(results.suffix(max(0, resultCount - level.resultCount)))
      results.removeLast(redo.results.count)
    }
    endExchange(resultCount: level.resultCount)
    undoing.future.append(redo)
  }

  private mutating func repeatLine(_ redo: RedoLevel) {
    undoing.begin(
      line: redo.line, resultCount: resultCount,
      forgottenResults: redo.forgetsResults ? results : nil)
    if redo.forgetsResults { results = [] }
    for change in redo.changes.reversed() { undoing.changes.append(exchange(change)) }
    results += redo.results
    endExchange(resultCount: redo.forgetsResults ? 0 : resultCount + redo.results.count)
  }

  private mutating func endExchange(resultCount count: Int) {
    (resultCount, savedResultCount) = (count, count)
    liveAnswers.removeAll(keepingCapacity: true)
    epoch &+= 1
    hasUndone = true
  }

  /// Puts a state in place of the present one, and gives that.
  private mutating func exchange(_ change: Change) -> Change {
    switch change {
    case .binding(let name, let binding):
      let present = bindings[name.index]
      if let node = present.node { formerNodes[name, default: []].append(node) }
      bindings[name.index] = binding
      if let node = binding.node { formerNodes[name]?.removeAll { $0 == node } }
      return .binding(name, present)
    case .tag(let id, let tag):
      let present = graph.tag(of: id)
      graph.setTag(tag, of: id)
      return .tag(id, present)
    case .imperative(let former):
      let present = imperative
      imperative = former
      return .imperative(present)
    }
  }

  /// A line in one line.
  private func title(ofLine number: Int) -> String {
    guard let text = lines.line(number) else { return "line \(number)" }
    let first = text.prefix { $0 != "\n" }
    return first.count == text.count && text.count <= 72 ? text : first.prefix(71) + " …"
  }

  /// A whole number as a command's only word; nil where there is none.
  func count(_ argument: Argument, of things: String) throws(Diagnostic) -> Int? {
    guard let word = argument.words.first else { return nil }
    guard let number = Int(word.text), number > 0, argument.words.count == 1 else {
      throw .notACount(argument.text, of: things, at: argument.span)
    }
    return number
  }
}
