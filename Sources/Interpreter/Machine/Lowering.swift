import Autodiff
import Syntax

/// Translates one statement into code for the stack machine.
struct Lowering {
  let tree: SyntaxTree
  let code: Code
  /// Which names the code reads from the session.
  var reads: Set<NameID> = []
  var collectsReads = false
  /// Where names with a place in the frame are found, innermost last.
  var slots: [NameID: Int] = [:]
  /// Which of them surely have a value.
  var certain = CertainLocals()
  var isInFunction = false
  var loopDepth = 0
  /// Whether the statement stands inside `no_grad`.
  var detaches = false
  /// What makes the statement meaningless where it stands.
  var problem: Diagnostic?
  /// Jumps that wait for the end of their loop, and where `continue` goes.
  var loopExits: [(breaks: [Int], start: Int)] = []
  /// Where the statement was read, for code that outlives it.
  let input: Input
  let builtins: [Builtin]
  let operators: OperatorRows
  var stepName: NameID?

  private var chainStarts: [UInt32] = []
  private var patches: [Int] = []
  private var keywords: [SyntaxNode] = []
  private var slices = 0
  private lazy var targets: TargetPlaces = targetPlaces()

  init(
    tree: SyntaxTree, into code: Code, operators: OperatorRows, input: Input, builtins: [Builtin]
  ) {
    (self.tree, self.code, self.operators) = (tree, code, operators)
    (self.input, self.builtins) = (input, builtins)
  }

  @inline(__always)
  mutating func emit(
    _ operation: Instruction.Operation, _ payload: Int = 0, count: Int = 0, flag: UInt8 = 0,
    at span: Span
  ) {
    code.instructions.append(
      Instruction(
        operation: operation, flag: flag, count: UInt32(truncatingIfNeeded: count),
        payload: Int32(truncatingIfNeeded: payload)))
    code.spans.append(span)
  }

  var here: Int { code.instructions.count }

  /// Lets the jump at `place` land at the next instruction.
  mutating func land(_ place: Int) {
    code.instructions[place].payload = Int32(here - place)
  }

  func distance(to place: Int) -> Int { place - here }

  /// Remembers the first thing that is wrong; the code is then not run.
  mutating func refuse(_ diagnostic: Diagnostic) { problem = problem ?? diagnostic }

  /// Translates an expression; its value is left on the stack.
  mutating func expression(_ expression: Expression) {
    let substitutions = tree.substitutions.isEmpty ? [] : findSubstitutions(in: expression)
    guard !substitutions.isEmpty else {
      for place in expression.first..<expression.end { node(tree.nodes[place], at: place) }
      return
    }
    expressionWithSubstitutions(expression, substitutions)
  }

  mutating func node(_ node: SyntaxNode, at place: Int) {
    let payload = Int(node.payload)
    let count = Int(node.count)
    switch node.kind {
    case .number:
      emit(.number, code.numbers.count, at: node.span)
      code.numbers.append(tree.numbers[payload])
    case .text: emit(.text, append(tree.texts[payload]), at: node.span)
    case .interpolation: emit(.interpolate, append(tree.texts[payload]), at: node.span)
    case .join: emit(.join, count: count, at: node.span)
    case .name: load(NameID(index: payload), at: node.span)
    case .result: emit(.result, count: payload, at: node.span)
    case .prefix: prefix(operators.row(payload), at: node.span)
    case .infix:
      emit(
        .binary, operators.row(payload), flag: operators.refuses(payload) ? 1 : 0, at: node.span)
    case .chainLink:
      let isFirst = chainStarts.last != node.span.start
      if isFirst { chainStarts.append(node.span.start) }
      emit(isFirst ? .chainFirst : .chainNext, operators.row(payload), at: node.span)
    case .chainEnd:
      chainStarts.removeLast()
      emit(.chainEnd, operators.row(payload), at: node.span)
    case .andThen: openPatch(.andThen, at: node.span)
    case .orElse: openPatch(.orElse, at: node.span)
    case .andEnd: closeLogic(.logicalAnd, at: node.span)
    case .orEnd: closeLogic(.logicalOr, at: node.span)
    case .ifThen:
      openPatch(.ifThen, flag: isSimpleChoice(after: place) ? 1 : 0, at: node.span)
    case .ifElse:
      let condition = patches.removeLast()
      emit(.ifEnd, at: node.span)
      openPatch(.jump, at: node.span)
      land(condition)
    case .ifEnd:
      emit(.ifEnd, flag: 1, at: node.span)
      land(patches.removeLast())
    case .call: call(node, at: place)
    case .prime:
      let site = CallSite(
        name: NameID(index: payload), positional: count, keywords: [], nameSpan: nameSpan(of: node))
      read(site.name)
      code.differentiates = true
      code.calls.append(site)
      emit(.prime, code.calls.count - 1, flag: node.aux, at: node.span)
    case .keyword: keywords.append(node)
    case .slice: slices += 1
    case .range: break
    case .list:
      emit(targets.groups.contains(place) ? .group : .list, count: count, at: node.span)
    case .index: index(node, at: place)
    case .attribute: emit(.attribute, payload, at: node.span)
    case .at: preconditionFailure("handled where substitutions are found")
    }
  }

  /// A prefix operator; `-2` is a number, not an operation on one.
  private mutating func prefix(_ row: Int, at span: Span) {
    let last = here - 1
    guard row == Int(PrimitiveID.negate.rawValue), last >= 0,
      code.instructions[last].operation == .number
    else { return emit(.unary, row, at: span) }
    code.numbers[code.numbers.count - 1].negate()
    code.spans[last] = span
  }

  mutating func append(_ text: String) -> Int {
    code.texts.append(text)
    return code.texts.count - 1
  }

  mutating func read(_ name: NameID) {
    if collectsReads { reads.insert(name) }
  }

  mutating func load(_ name: NameID, at span: Span) {
    if let slot = slots[name] {
      emit(.local, slot, count: name.index, at: span)
      if code.locals[slot].fallsThrough { certain.read(name, in: slot) }
    } else {
      emit(.name, name.index, at: span)
      read(name)
    }
  }

  private mutating func openPatch(
    _ operation: Instruction.Operation, flag: UInt8 = 0, at span: Span
  ) {
    patches.append(here)
    emit(operation, flag: flag, at: span)
  }

  /// Whether both sides of an `if` can be computed without harm: arithmetic and built-in functions.
  ///
  /// The other side of a recursion must never be entered, but that of `if x > 0 then x else 0` tells
  /// what kind of corner x = 0 is.
  private func isSimpleChoice(after place: Int) -> Bool {
    var depth = 1
    var next = place + 1
    while next < tree.nodes.count, next < place + 64 {
      let node = tree.nodes[next]
      switch node.kind {
      case .ifThen: depth += 1
      case .ifEnd: depth -= 1
      case .number, .name, .prefix, .infix, .ifElse: break
      case .call:
        guard Int(node.payload) < builtins.count, case .functions = builtins[Int(node.payload)]
        else { return false }
      default: return false
      }
      if depth == 0 { return true }
      next += 1
    }
    return false
  }

  private mutating func closeLogic(_ row: PrimitiveID, at span: Span) {
    emit(.binary, Int(row.rawValue), at: span)
    land(patches.removeLast())
  }

  private func nameSpan(of node: SyntaxNode) -> Span {
    Span(start: Int(node.span.start), end: Int(node.mark))
  }

  private mutating func call(_ node: SyntaxNode, at place: Int) {
    // Calls among the arguments have taken their keywords; what is left within is this call's.
    let first = keywords.firstIndex { $0.span.start >= node.span.start } ?? keywords.count
    let names = keywords[first...].map { NameID(index: Int($0.payload)) }
    keywords.removeLast(names.count)
    let name = NameID(index: Int(node.payload))
    read(name)
    if let form = form(name) {
      code.differentiates = true
      if form.takesGroup, let fault = targets.faults[place] { refuse(fault) }
    }
    code.calls.append(
      CallSite(
        name: name, positional: Int(node.count) - names.count, keywords: names,
        nameSpan: nameSpan(of: node)))
    emit(.call, code.calls.count - 1, count: Int(node.count), at: node.span)
  }

  private func targetPlaces() -> TargetPlaces {
    TargetPlaces(in: tree, form: form, text: input.text)
  }

  private func form(_ name: NameID) -> Form? {
    guard name.index < builtins.count, case .form(let form) = builtins[name.index] else {
      return nil
    }
    return Form.all[form]
  }

  private mutating func index(_ node: SyntaxNode, at place: Int) {
    var patterns: [IndexPattern] = []
    var end = place
    for _ in 0..<node.count where slices > 0 {
      let item = tree.nodes[end - 1]
      if item.kind == .slice {
        patterns.append(
          .slice(
            hasStart: item.aux & 1 != 0, hasStop: item.aux & 2 != 0, hasStep: item.aux & 4 != 0))
      } else {
        patterns.append(.at)
      }
      end = tree.start(ofOperandEndingAt: end)
    }
    if patterns.isEmpty { patterns = Array(repeating: .at, count: Int(node.count)) }
    code.indices.append(patterns.reversed())
    emit(
      .index, code.indices.count - 1, count: patterns.count,
      flag: targets.parts.contains(place) ? 1 : 0, at: node.span)
  }
}
