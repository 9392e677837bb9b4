import Autodiff
import Syntax

extension Lowering {
  mutating func statements(_ statements: [Statement]) {
    for statement in statements { self.statement(statement) }
  }

  /// Translates a statement of a session or of a block; what it shows is left to the machine.
  mutating func statement(_ statement: Statement) {
    let span = statement.span
    let quiet: UInt8 = statement.isSilent || loopDepth > 0 ? 1 : 0
    switch statement.kind {
    case .expression(let expression):
      self.expression(expression)
      if detaches { emit(.detach, at: span) }
      let root = tree.nodes[expression.end - 1]
      let isName = root.kind == .name && expression.end - expression.first == 1
      emit(
        isInFunction ? .drop : .show, Int(root.payload),
        flag: (statement.isSilent ? 1 : 0) | (isName ? 2 : 0), at: span)
    case .assignment(let target, let expression):
      assignment(target, expression, flag: quiet, at: span)
    case .update(let target, let operation, let expression):
      update(target, operation, expression, flag: quiet, at: span)
    case .live(let target, let expression): live(target, expression, flag: quiet, at: span)
    case .parameter(let target, let expression):
      guard !isInFunction else { return refuse(.notInFunction("a param", at: span)) }
      if let expression {
        self.expression(expression)
      } else {
        emit(.name, target.name.index, flag: 1, at: target.span)
      }
      emit(.storeParameter, target.name.index, flag: quiet, at: target.span)
    case .function(let function): self.function(function, at: span)
    case .conditional(let branches, let otherwise): conditional(branches, otherwise, at: span)
    case .forEach(let targets, let sources, let body): forEach(targets, sources, body, at: span)
    case .repetition(let count, let body):
      self.expression(count)
      loop(LoopSite(sources: [], slots: []), body, ending: ending(ofCount: count), at: span)
    case .whileLoop(let condition, let body): whileLoop(condition, body, at: span)
    case .breakLoop:
      loopExits[loopExits.count - 1].breaks.append(here)
      emit(.jump, at: span)
      certain.leaveTurn(goingOn: false)
    case .continueLoop:
      emit(.jump, distance(to: loopExits[loopExits.count - 1].start), at: span)
      certain.leaveTurn(goingOn: true)
    case .returnValue(let expression):
      if let expression { self.expression(expression) }
      emit(expression == nil ? .giveNothing : .giveBack, at: span)
      certain.resume(from: nil)
    case .print(let expressions):
      for expression in expressions { self.expression(expression) }
      emit(.print, count: expressions.count, at: span)
    case .assertion(let condition, let message):
      self.expression(condition)
      if let message { self.expression(message) }
      let end = tree.nodes[condition.end - 1].span
      emit(.assert, flag: message == nil ? 0 : 1, at: end)
    case .command(let name, let argument):
      code.commands.append((name, argument))
      emit(.command, code.commands.count - 1, at: span)
    case .lesson(let row, let subjects, let claim): lesson(row, subjects, claim, at: span)
    case .training(let training):
      self.training(training, isSilent: statement.isSilent, at: span)
    case .withoutGradient(let body):
      let outer = detaches
      detaches = true
      statements(body)
      detaches = outer
    }
    emit(.endStatement, at: span)
  }

  /// Where an expression stands, its parentheses left out.
  func place(of expression: Expression) -> Span { tree.nodes[expression.end - 1].span }

  private mutating func lesson(
    _ row: Int, _ subjects: [Expression], _ claim: Expression?, at span: Span
  ) {
    for subject in subjects { expression(subject) }
    if let claim { expression(claim) }
    code.lessons.append(
      LessonSite(row: row, subjects: subjects.map(place(of:)), claim: claim.map(place(of:))))
    emit(.lesson, code.lessons.count - 1, at: span)
  }

  private mutating func assignment(
    _ target: Target, _ expression: Expression, flag: UInt8, at span: Span
  ) {
    if let slot = slots[target.name] {
      self.expression(expression)
      if detaches { emit(.detach, at: span) }
      emit(.storeLocal, slot, count: target.name.index, at: target.span)
      certain.assign(slot)
      return
    }
    let nodes = tree.nodes[expression.first..<expression.end]
    let isPlain =
      nodes.first?.kind == .number && nodes.dropFirst().allSatisfy { $0.kind == .prefix }
    let mentionsTarget = nodes.contains {
      $0.kind == .name && $0.payload == UInt32(target.name.index)
    }
    if mentionsTarget { emit(.beginUpdate, target.name.index, count: Instruction.noSlot, at: span) }
    let start = here
    self.expression(expression)
    if mentionsTarget { markNumbers(from: start) }
    if detaches { emit(.detach, at: span) }
    emit(
      .store, target.name.index, count: mentionsTarget ? 1 : 0, flag: flag | (isPlain ? 2 : 0),
      at: target.span)
  }

  private mutating func update(
    _ target: Target, _ operation: Int, _ expression: Expression, flag: UInt8, at span: Span
  ) {
    let slot = slots[target.name] ?? Instruction.noSlot
    emit(.beginUpdate, target.name.index, count: slot, at: span)
    load(target.name, at: target.span)
    let start = here
    self.expression(expression)
    markNumbers(from: start)
    emit(
      .binary, operators.row(operation), flag: operators.refuses(operation) ? 1 : 0, at: span)
    if detaches { emit(.detach, at: span) }
    emit(.storeUpdate, target.name.index, count: slot, flag: flag, at: target.span)
    if slot != Instruction.noSlot { certain.assign(slot) }
  }

  /// Marks the derivatives in an update of which a number is enough, since no other derivative is
  /// taken of them.
  private func markNumbers(from start: Int) {
    let around = (start..<here).filter { place in
      let instruction = code.instructions[place]
      guard instruction.operation == .call else { return instruction.operation == .prime }
      let name = code.calls[Int(instruction.payload)].name
      if name.index < builtins.count, case .functions = builtins[name.index] { return false }
      return true
    }
    for place in around where code.instructions[place].operation == .call {
      let span = code.spans[place]
      let isInside = around.contains { other in
        other != place && code.spans[other].start <= span.start && code.spans[other].end >= span.end
      }
      if !isInside { code.instructions[place].flag = 1 }
    }
  }

  /// The statement that may give a function its value, through `if` blocks too.
  private mutating func lastStatement(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression):
      self.expression(expression)
      emit(.giveBack, at: statement.span)
      certain.resume(from: nil)
    case .conditional(let branches, let otherwise):
      conditional(branches, otherwise, isLast: true, at: statement.span)
    default: self.statement(statement)
    }
  }

  @discardableResult
  mutating func addLocal(_ name: NameID, fallsThrough: Bool) -> Int {
    code.locals.append(Local(name: name, fallsThrough: fallsThrough))
    slots[name] = code.locals.count - 1
    return code.locals.count - 1
  }

  mutating func block(_ statements: [Statement], isLast: Bool) {
    for (place, statement) in statements.enumerated() {
      if isLast && place == statements.count - 1 {
        lastStatement(statement)
      } else {
        self.statement(statement)
      }
    }
  }

  private mutating func conditional(
    _ branches: [Branch], _ otherwise: [Statement]?, isLast: Bool = false, at span: Span
  ) {
    var exits: [Int] = []
    let before = certain.slots
    var after: CertainLocals.Slots = nil
    for branch in branches {
      expression(branch.condition)
      let skip = here
      emit(.jumpIfFalse, at: tree.nodes[branch.condition.end - 1].span)
      block(branch.body, isLast: isLast)
      after = CertainLocals.common(after, certain.slots)
      certain.resume(from: before)
      exits.append(here)
      emit(.jump, at: span)
      land(skip)
    }
    if let otherwise { block(otherwise, isLast: isLast) }
    certain.resume(from: CertainLocals.common(after, certain.slots))
    for exit in exits { land(exit) }
  }
}
