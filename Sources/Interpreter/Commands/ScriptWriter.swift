import Autodiff
import Syntax
import Tensors

/// Writes the script that makes a session anew.
///
/// Values come in the order of the graph, so that a name which was bound several times means at
/// each place what it meant then. Each statement is tried in a session of its own and stays only if
/// it makes the same nodes. Tried are, one after the other, the statement as it was typed, a formula
/// read off the graph, and the bare number.
struct ScriptWriter {
  let session: Session
  /// Runs what has been written.
  private(set) var scratch: Session
  private var lines = [Session.scriptMark + ", as ':save' writes it"]
  private var notes: [String] = []
  /// Which nodes of the scratch session are which of the session's.
  var matches = NodeMatches()
  /// What names mean in the scratch session, in nodes of the session.
  private(set) var meanings: [NameID: NodeID] = [:]
  private(set) var namesOfNodes: [NodeID: [NameID]] = [:]
  /// Names that have what they are to have in the end.
  private(set) var finished: Set<NameID> = []
  /// How many statements each name has of what it was bound to before.
  private var formerStatements = 0

  static let mostFormerStatements = 100_000
  /// The most nodes of a formula; what has a longer history is saved as a number.
  static let largestFormula = 50_000
  /// The longest formula, in bytes.
  static let longestFormula = 1_000_000

  init(_ session: Session) {
    self.session = session
    var options = session.options
    (options.isInteractive, options.isStrict, options.isTimed) = (false, false, false)
    scratch = Session(options: options)
    // Nodes that are compared must not move.
    scratch.compactionThreshold = .max
  }

  mutating func script() -> Script {
    let names = session.bindings.indices.map { NameID(index: $0) }
    for name in names {
      if case .function(let function) = session.bindings[name.index] { run(function.text) }
    }
    for name in names {
      if case .live(let formula) = session.bindings[name.index] { run(text(of: formula)) }
    }
    for name in names { writeSource(name) }
    let valued = names.compactMap { name in
      session.bindings[name.index].node.map { (name: name, node: $0) }
    }
    for (name, node) in valued.sorted(by: { ($0.node, $0.name.index) < ($1.node, $1.name.index) }) {
      write(name, node)
    }
    for name in names { writeRest(name) }
    noteTraining(names)
    let saved = names.count { name in
      if case .none = session.bindings[name.index] { return false }
      if case .none = binding(of: name) { return false }
      return true
    }
    var script = Script(text: lines.joined(separator: "\n") + "\n", notes: notes)
    script.summary = session.count(saved, "name")
    return script
  }

  /// What others are computed from and what is no part of the graph: texts, tables and optimizers.
  private mutating func writeSource(_ name: NameID) {
    let word = session.name(name)
    switch session.bindings[name.index] {
    case .value(.text(let text)): run("\(word) = \(literal(text))")
    case .value(.table(let table)): _ = attemptTable(definition(of: name), name, table)
    case .value(.optimizer(let optimizer)):
      run("\(word) = \(optimizer.text { NumberFormat.text($0) })")
    case .none, .value, .parameter, .live, .function: break
    }
  }

  /// Says of what `backward` and `step` have left behind that it is not in the script.
  private mutating func noteTraining(_ names: [NameID]) {
    for name in names {
      let word = session.name(name)
      if session.imperative.gradients[name] != nil { notes.append("'\(word).grad' was not saved") }
      if case .value(.optimizer(let optimizer)) = session.bindings[name.index],
        session.imperative.memories[optimizer.serial]?.isEmpty == false
      {
        notes.append("'\(word)' begins anew: what it remembers of its steps was not saved")
      }
    }
  }

  /// The words that gave a name its meaning, where they were kept.
  private func definition(of name: NameID) -> String {
    session.definitions.indices.contains(name.index) ? session.definitions[name.index] : ""
  }

  /// A name whose value is a node.
  private mutating func write(_ name: NameID, _ node: NodeID) {
    defer { finished.insert(name) }
    let isParameter = if case .parameter = session.bindings[name.index] { true } else { false }
    let word = session.name(name)
    let typed = definition(of: name)
    if !typed.isEmpty, attempt(typed, name, node) { return }
    let start = isParameter ? "param \(word) = " : "\(word) = "
    if session.graph.isInput(node) {
      if !isParameter, let other = alias(of: node), attempt("\(start)\(other)", name, node) {
        return
      }
      if attempt(start + literal(session.graph.tensor(of: node)), name, node) { return }
    } else {
      for keepsCalls in session.calls.isEmpty ? [false] : [true, false] {
        guard let formula = formula(of: node, keepsCalls: keepsCalls) else { continue }
        if attempt(start + formula, name, node) { return }
      }
    }
    let value = start + literal(session.graph.tensor(of: node))
    run(value + "  # the number alone: how it came about is not kept")
    notes.append("of '\(word)' the number was saved, not how it came about")
  }

  /// Lists, and what could not be written or was bound to something else on the way.
  private mutating func writeRest(_ name: NameID) {
    let word = session.name(name)
    switch session.bindings[name.index] {
    case .value(.text):
      if case .value(.text) = binding(of: name) { return }
      writeSource(name)
    case .value(.optimizer):
      if case .value(.optimizer) = binding(of: name) { return }
      writeSource(name)
    case .value(.table(let table)):
      if case .value(.table) = binding(of: name) { return }
      if attemptTable(definition(of: name), name, table) { return }
      lines.append("# \(word) was \(session.text(table))")
      notes.append("'\(word)' is a table and was not saved")
    case .value(.list(let values)):
      let typed = definition(of: name)
      if !typed.isEmpty, attemptList(typed, name, values) { return }
      lines.append("# \(word) was a list of \(values.count) values")
      notes.append("'\(word)' is a list and was not saved")
    case .live(let formula):
      if case .live = binding(of: name) { return }
      if !run(text(of: formula)) { notes.append("'\(word)' could not be saved") }
    case .function(let function):
      if case .function = binding(of: name) { return }
      if !run(function.text) { notes.append("'\(word)' could not be saved") }
    case .none, .value, .parameter: break
    }
  }

  private func text(of formula: LiveFormula) -> String {
    "\(session.name(formula.name)) := \(formula.text)"
  }

  /// A name of the session as the scratch session has it now.
  private func binding(of name: NameID) -> Binding {
    guard let id = scratch.parser.names.find(session.name(name)), id.index < scratch.bindings.count
    else { return .none }
    return scratch.bindings[id.index]
  }

  /// Another name for a node, by which it can be called now.
  func alias(of node: NodeID) -> String? {
    namesOfNodes[node]?.first { meanings[$0] == node }.map(session.name)
  }

  /// Before a formula: the number that one of its inputs had when its name meant it.
  mutating func nameFormer(_ node: NodeID, as name: NameID) -> Bool {
    guard formerStatements < ScriptWriter.mostFormerStatements else { return false }
    formerStatements += 1
    let word = session.name(name)
    if session.graph.isInput(node) {
      return attempt("\(word) = \(literal(session.graph.tensor(of: node)))", name, node)
    }
    guard let formula = formula(of: node, keepsCalls: false) else { return false }
    return attempt("\(word) = \(formula)", name, node)
  }

  /// Runs a statement; takes it back unless it gives a name the same node.
  private mutating func attempt(_ text: String, _ name: NameID, _ node: NodeID) -> Bool {
    let isMade = attempt(text) { writer in
      let made = writer.binding(of: name)
      let isSameKind =
        switch (writer.session.bindings[name.index], made) {
        case (.parameter(let present), .parameter): present == node
        // What a param was before is a number like any other.
        case (.parameter(let present), .value): present != node
        case (_, .value): true
        default: false
        }
      return isSameKind && writer.isSame(.node(node), made.node.map(Value.node))
    }
    guard isMade else { return false }
    meanings[name] = node
    namesOfNodes[node, default: []].append(name)
    return true
  }

  private mutating func attemptList(_ text: String, _ name: NameID, _ values: [Value]) -> Bool {
    attempt(text) { writer in
      guard case .value(.list(let made)) = writer.binding(of: name), made.count == values.count
      else { return false }
      return zip(values, made).allSatisfy { writer.isSame($0, $1) }
    }
  }

  /// Runs a statement; takes it back unless it gives a name the same table.
  private mutating func attemptTable(_ text: String, _ name: NameID, _ table: ColumnTable) -> Bool {
    guard !text.isEmpty else { return false }
    return attempt(text) { writer in
      guard case .value(.table(let made)) = writer.binding(of: name), made.names == table.names
      else { return false }
      return zip(table.columns, made.columns).allSatisfy { writer.isSame(.node($0), .node($1)) }
    }
  }

  /// Runs a statement; takes it back unless it made what it should.
  private mutating func attempt(
    _ text: String, isRight: (inout ScriptWriter) -> Bool
  ) -> Bool {
    guard run(text) else { return false }
    if isRight(&self) { return true }
    takeBack()
    return false
  }

  /// Whether a value of the scratch session is that of the session, computed alike.
  private mutating func isSame(_ value: Value, _ made: Value?) -> Bool {
    guard case .node(let id) = value, case .node(let other)? = made else { return false }
    return matches.match(id, other, session.graph, scratch.graph)
  }

  /// Runs a statement and keeps it, unless it fails.
  @discardableResult
  private mutating func run(_ text: String) -> Bool {
    // Files that lie beside the script that asks for this lie beside what it writes.
    let place = session.input.name
    let folder = place.lastIndex(of: "/").map { place[...$0] } ?? ""
    scratch.feed(Array("\(text)\n".utf8), name: folder + "saved")
    var isDone = true
    while let outcome = scratch.next() {
      if case .failure = outcome { isDone = false }
    }
    if isDone { lines.append(text) }
    return isDone
  }

  private mutating func takeBack() {
    lines.removeLast()
    if scratch.undoing.levels.last?.line == scratch.lines.last { scratch.takeBack() }
  }
}
