import Autodiff
import Syntax
import Tensors

/// Text, `print` and `assert`.
extension Session {
  /// Turns the value on the stack into text, as a `{…}` in a text asks.
  mutating func interpolate(format: String, at span: Span) throws(Diagnostic) {
    let value = try pop(at: span)
    try remarkOnBadNumbers(in: value, at: span)
    guard !format.isEmpty else {
      stack.append(.text(text(value)))
      return
    }
    guard let pattern = NumberPattern(format) else { throw .badFormat(format, at: span) }
    guard case .node(let id) = value else {
      guard case .text(let text) = value, pattern.isOfTexts else {
        throw .needsNumber(value.kind, at: span)
      }
      return stack.append(.text(pattern.text(of: text)))
    }
    let tensor = graph.tensor(of: id)
    if pattern.isOfWholeNumbers,
      let other = tensor.elements.first(where: { $0.rounded() != $0 || !$0.isFinite })
    {
      throw .notWhole(format, NumberFormat.text(other), at: span)
    }
    let written = NumberFormat.text(tensor) { pattern.text($0, plain: number) }
    stack.append(.text(written))
  }

  mutating func join(_ count: Int) {
    var whole = ""
    for case .text(let piece) in stack.suffix(count) { whole += piece }
    stack.removeLast(count)
    stack.append(.text(whole))
  }

  /// A value as `print` writes it.
  func text(_ value: Value) -> String {
    switch value {
    case .text(let text): return text
    case .list(let values): return values.map(text).joined(separator: " ")
    case .nothing: return ""
    case .optimizer(let optimizer): return optimizer.text(number)
    case .table(let table): return text(table)
    case .node(let id), .part(let id, _):
      var bytes: [UInt8] = []
      // As NumPy writes them: an array with the digits that single precision has, a number whole.
      let isShort =
        options.precision.isSingle && options.digits == .shortest && !graph.isScalar(id)
      let digits = isShort ? .shortestSingle : options.digits
      NumberFormat.append(graph.tensor(of: id), digits: digits, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  mutating func print(_ count: Int, at span: Span) throws(Diagnostic) {
    for value in stack.suffix(count) { try remarkOnBadNumbers(in: value, at: span) }
    let line = stack.suffix(count).map(text).joined(separator: " ")
    stack.removeLast(count)
    outcomes.append(.text(line))
  }

  /// Explains a nan or inf that is about to be printed, or refuses it.
  private mutating func remarkOnBadNumbers(in value: Value, at span: Span) throws(Diagnostic) {
    switch value {
    case .node(let id), .part(let id, _):
      guard let bare = notFinite(id) else { return }
      let notes = isBare(id) ? [] : findings(folding(of: id, isUnfolded: false), []).notes
      let text = notes.first ?? bare
      if options.isStrict { throw .notFinite(text, at: span) }
      outcomes.append(.note(text))
    case .list(let values): for value in values { try remarkOnBadNumbers(in: value, at: span) }
    case .text, .optimizer, .table, .nothing: break
    }
  }

  /// `assert c`, and `assert c, "message"`.
  mutating func assert(hasMessage: Bool, _ code: Code, at span: Span) throws(Diagnostic) {
    let message = hasMessage ? text(try pop(at: span)) : nil
    let id = try popNode(at: span)
    guard try !isTrue(id, at: span) else { return }
    let words = code.source?.text(span, base: code.base) ?? input.text(span)
    throw .assertionFailed(message ?? words, values(in: id), at: span)
  }

  /// The numbers that a failed condition compared.
  private func values(in id: NodeID) -> String {
    guard case .infix(let sign) = graph.operation(of: id).row.notation else { return "" }
    let sides = graph.operands(of: id)
    let (left, right) = tellingApart(sides[0], sides[1])
    return "here that is \(left) \(sign) \(right)"
  }
}

extension SourceText {
  /// The words at a span whose offsets count from `base` less.
  func text(_ span: Span, base: UInt32) -> String {
    let start = min(Int(span.start - min(base, span.start)), bytes.count)
    let end = min(Int(span.end - min(base, span.end)), bytes.count)
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}
