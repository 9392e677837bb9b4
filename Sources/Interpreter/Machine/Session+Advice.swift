import Autodiff
import Syntax
import Tensors

/// Hints that take more than the mistake itself: what stands around it, and what its names mean.
extension Session {
  /// A fault with the best hint there is for it.
  func advised(_ diagnostic: Diagnostic) -> Diagnostic {
    var advised = diagnostic
    advised.clue = nil
    if let hint = hintOnNotation(at: diagnostic.span, hasHint: diagnostic.hint != nil) {
      advised.hint = hint
      return advised
    }
    switch diagnostic.clue {
    case .neighbours(let first, let second, let opensStatement):
      advised.hint =
        hint(onNeighbours: first, second, opensStatement)
        ?? (isValue(first) && diagnostic.hint?.hasPrefix("write \(first)(") == true
          ? "write \(first)*\(second.product)" : diagnostic.hint)
    case .trainees(let statement, let names):
      advised.hint = hint(onTrainees: names, of: statement)
    case .byMeaning(let name, let function, let number, let array):
      advised.hint = hint(byMeaningOf: name, function, number, array) ?? diagnostic.hint
    case nil: advised.hint = diagnostic.hint ?? hintOnText(diagnostic)
    }
    return advised
  }

  /// The hint for what a name is; nil where it means nothing.
  private func hint(
    byMeaningOf name: String, _ function: String, _ number: String, _ array: String
  ) -> String? {
    guard let id = parser.names.find(name), isKnown(id) else { return nil }
    if isFunction(name) { return function }
    let node = bindings.indices.contains(id.index) ? bindings[id.index].node : nil
    return node.map { graph.isScalar($0) ? number : array } ?? number
  }

  /// What to write where a text stands among numbers.
  private func hintOnText(_ diagnostic: Diagnostic) -> String? {
    guard diagnostic.message == Diagnostic.needsNumber("text", at: diagnostic.span).message else {
      return nil
    }
    let written = text(diagnostic.span)
    guard written.contains("\"") else { return nil }
    return written.contains(where: { "+*/".contains($0) })
      ? "a text takes numbers in braces: \"loss {1/3:.3f}\"" : "names stand without quotes"
  }

  /// What to write for two words side by side: a call, a product, or another word for the first.
  private func hint(
    onNeighbours first: String, _ second: Diagnostic.LooseArgument, _ opensStatement: Bool
  ) -> String? {
    guard let name = parser.names.find(first) else { return nil }
    if isKnown(name) {
      if let usage = usageOfSeveral(name), second.list == second.sum { return "call it: \(usage)" }
      return isFunction(first) ? "write \(calls(of: first, with: second))" : nil
    }
    if let (factor, function) = factorAndFunction(in: first) {
      return "write \(factor)*\(function)(\(second.product))"
    }
    if opensStatement, let hint = ForeignName.hint(on: first, at: .statement) { return hint }
    guard first.count > 2 else { return "'\(first)' means nothing here; ':help' lists what does" }
    let statements = Lesson.all.map(\.name) + Training.all.map(\.name)
    if let nearest = nearest(to: first, among: knownNames + statements) {
      let usage = parser.names.find(nearest).flatMap(usageOfSeveral)
      let call =
        isFunction(nearest) ? "\(nearest)(\(second.product))" : "\(nearest) \(second.product)"
      return "did you mean '\(usage ?? call)'?"
    }
    return "'\(first)' means nothing here; ':help' lists what does"
  }

  /// The calls that are meant by a function before its argument, each as far as the argument goes.
  private func calls(of function: String, with argument: Diagnostic.LooseArgument) -> String {
    if argument.list != argument.sum {
      return takesList(function)
        ? "\(function)([\(argument.list)])" : "\(function)(\(argument.list))"
    }
    let narrow = "\(function)(\(argument.product))"
    guard argument.sum != argument.product else { return narrow }
    let rest = argument.sum.dropFirst(argument.product.count)
    return "\(function)(\(argument.sum)) or \(narrow)\(rest)"
  }

  /// Whether several numbers are given to a function as one array.
  private func takesList(_ function: String) -> Bool {
    guard let name = parser.names.find(function), !isOwn(name), name.index < builtins.count,
      case .functions(let rows) = builtins[name.index]
    else { return false }
    return rows.allSatisfy { $0.id.row.arity == 1 && !$0.id.row.isVariadic }
  }

  /// The value and the function that a word such as `xsin` is made of.
  func factorAndFunction(in word: String) -> (String, String)? {
    let letters = Array(word)
    guard letters.count > 2 else { return nil }
    for place in 1..<letters.count - 1 {
      let (factor, function) = (String(letters[..<place]), String(letters[place...]))
      if isValue(factor), isFunction(function) { return (factor, function) }
    }
    return nil
  }

  /// How a function is called that needs more than one argument.
  private func usageOfSeveral(_ name: NameID) -> String? {
    guard name.index < builtins.count, !isOwn(name) else { return nil }
    switch builtins[name.index] {
    case .form(let place):
      return Form.all[place].parameters.count > 1 ? Form.all[place].usage : nil
    case .functions(let rows):
      return rows.allSatisfy { $0.required > 1 } ? usage(of: rows[0].id.row) : nil
    case .none, .optimizer, .constant, .lastResult: return nil
    }
  }

  /// What to write for a training that names no params, by what its names are.
  private func hint(onTrainees names: [String], of statement: String) -> String {
    var params: [String] = []
    var unknown: [String] = []
    for name in names {
      guard let id = parser.names.find(name) else {
        unknown.append(name)
        continue
      }
      if case .parameter? = bindings.indices.contains(id.index) ? bindings[id.index] : nil {
        params.append(name)
      } else if !isKnown(id) {
        unknown.append(name)
      } else {
        params += paramNames(under: id).filter { !params.contains($0) }
      }
    }
    if params.isEmpty, unknown.isEmpty { return "write \(statement) over w, where w is a param" }
    let declared = unknown.map { "param \($0) = 1; " }.joined()
    return "write \(declared)\(statement) over \((params + unknown).joined(separator: ", "))"
  }

  /// The params that a name was computed from, or that its formula reads.
  private func paramNames(under name: NameID) -> [String] {
    guard bindings.indices.contains(name.index) else { return [] }
    let names =
      bindings[name.index].node.map(inputs)
      ?? allReads(of: name).sorted {
        $0.index < $1.index
      }
    return names.filter {
      if case .parameter = bindings[$0.index] { true } else { false }
    }.map { self.name($0) }
  }

  /// The names that the inputs of a node go by, in the order in which they were made.
  func inputs(under id: NodeID) -> [NameID] {
    var reach = Reach()
    reach.collect(from: id, in: graph)
    return reach.leaves.sorted().compactMap { leaf in
      let tag = graph.tag(of: leaf)
      guard graph.isInput(leaf), tag != .none else { return nil }
      let name = NameID(index: Int(tag.rawValue))
      return stands(name, for: leaf) ? name : nil
    }
  }
}

extension Session {
  /// Whether a name means something, in the session or by itself.
  func isKnown(_ name: NameID) -> Bool {
    if isOwn(name) { return true }
    guard name.index < builtins.count else { return false }
    if case .none = builtins[name.index] { return false }
    return true
  }

  /// Whether the session has bound a name.
  private func isOwn(_ name: NameID) -> Bool {
    guard bindings.indices.contains(name.index) else { return false }
    if case .none = bindings[name.index] { return false }
    return true
  }

  func isFunction(_ word: String) -> Bool {
    guard let name = parser.names.find(word) else { return false }
    if isOwn(name) {
      if case .function = bindings[name.index] { return true }
      return false
    }
    guard name.index < builtins.count else { return false }
    switch builtins[name.index] {
    case .functions, .form, .optimizer: return true
    case .none, .constant, .lastResult: return false
    }
  }

  /// The calls of the running code around a span, the innermost first.
  func enclosingCalls(of span: Span) -> [CallSite] {
    guard let code = frames.last?.code else { return [] }
    return code.instructions.indices.compactMap { place in
      let (instruction, whole) = (code.instructions[place], code.spans[place])
      guard instruction.operation == .call || instruction.operation == .prime,
        whole.start <= span.start, span.end <= whole.end
      else { return nil }
      let site = code.calls[Int(instruction.payload)]
      return site.nameSpan.end <= span.start ? site : nil
    }
  }

  /// The fault of a function that stands where its value must.
  func functionWithoutArguments(_ name: NameID, _ usage: String, at span: Span) -> Diagnostic {
    if let call = enclosingCalls(of: span).last(where: { !isKnown($0.name) }) {
      return unknown(call.name, at: call.nameSpan, arguments: call.count)
    }
    let word = self.name(name)
    if character(behind: span) == "[" {
      return .functionWithoutArguments(word, usage, at: span, hint: bracketed(word, at: span))
    }
    let form = enclosingCalls(of: span).first.flatMap { call in
      Form.all.first { $0.name == self.name(call.name) && $0.takesGroup }
    }
    let hint: String? =
      switch form?.name {
      case "grad": "write \(word)'(1) for the derivative at 1, or grad(\(word)(x), x)"
      case let name?: "write \(name)(\(word)(x), x)"
      case nil: nil
      }
    return .functionWithoutArguments(word, usage, at: span, hint: hint)
  }

  /// The call that is meant by `sin[1]`.
  func bracketed(_ word: String, at span: Span) -> String {
    let behind = text(Span(start: Int(span.end), end: Int(span.end) + 40))
    let inner = behind.dropFirst().prefix { $0 != "]" && $0 != "\n" }
    return "write \(word)(\(inner.contains(",") ? "[\(inner)]" : "\(inner)"))"
  }

  /// The words between the parentheses of a call.
  func argumentText(ofCall span: Span) -> String {
    String(text(span).drop { $0 != "(" }.dropFirst().dropLast())
  }

  /// The words of a span of the running code.
  func text(_ span: Span) -> String {
    guard let code = frames.last?.code, let source = code.source else { return input.text(span) }
    let base = Int(code.base)
    return source.text(Span(start: Int(span.start) - base, end: Int(span.end) - base))
  }

  func character(behind span: Span) -> Character? {
    text(Span(start: Int(span.end), end: Int(span.end) + 1)).first
  }

  func character(before span: Span) -> Character? {
    span.start == 0 ? nil : text(Span(start: Int(span.start) - 1, end: Int(span.start))).first
  }
}
