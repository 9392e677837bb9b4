import Autodiff
import Syntax
import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Text, `print` and `assert`.
extension Session {
  /// Turns the value on the stack into text, as a `{…}` in a text asks.
  mutating func interpolate(format: String, at span: Span) throws(Diagnostic) {
    let value = try pop(at: span)
    guard !format.isEmpty else {
      stack.append(.text(text(value)))
      return
    }
    guard case .node(let id) = value else { throw .needsNumber(value.kind, at: span) }
    guard let format = NumberPattern(format) else { throw .badFormat(format, at: span) }
    let tensor = graph.tensor(of: id)
    guard tensor.shape.isScalar else {
      let entries = tensor.elements.map(format.text).joined(separator: ", ")
      stack.append(.text("[\(entries)]"))
      return
    }
    stack.append(.text(format.text(tensor.scalar)))
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
    case .node(let id):
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
    for case .node(let id) in stack.suffix(count) where notFinite(id) != nil {
      let notes = findings(folding(of: id, isUnfolded: false), []).notes
      let text = notes.first ?? "\(phrase(id)) is \(valueText(id))"
      if options.isStrict { throw .notFinite(text, at: span) }
      outcomes.append(.note(text))
    }
    let line = stack.suffix(count).map(text).joined(separator: " ")
    stack.removeLast(count)
    outcomes.append(.text(line))
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
    let sides = graph.operands(of: id).map(valueText)
    return "here that is \(sides[0]) \(sign) \(sides[1])"
  }
}

/// A format such as `.4f`, `8.2e` or `+g`: width, digits and a letter, as in Python and C.
struct NumberPattern {
  private let flags: String
  private let width: Int
  private let precision: Int?
  private let letter: Character

  init?(_ text: String) {
    var rest = text[...]
    flags = String(rest.prefix { "+-0 ".contains($0) })
    rest = rest.dropFirst(flags.count)
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard let width = digits.isEmpty ? 0 : Int(digits), width <= 1000 else { return nil }
    rest = rest.dropFirst(digits.count)
    var precision: Int?
    if rest.first == "." {
      let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard let count = Int(digits), count <= 1000 else { return nil }
      precision = count
      rest = rest.dropFirst(1 + digits.count)
    }
    guard rest.count <= 1, "fegd%".contains(rest.first ?? "g") else { return nil }
    (self.width, self.precision, letter) = (width, precision, rest.first ?? "g")
  }

  func text(_ value: Double) -> String {
    switch letter {
    case "d": return padded(formatted(value.rounded(), "f", 0))
    case "%": return padded(formatted(value * 100, "f", precision ?? 6) + "%")
    default: return padded(formatted(value, letter, precision ?? 6))
    }
  }

  private func formatted(_ value: Double, _ letter: Character, _ precision: Int) -> String {
    let sign = flags.contains("+") ? "+" : flags.contains(" ") ? " " : ""
    let zero = flags.contains("0") ? "0\(width)" : ""
    return withVaList([Int32(precision), value]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 2400) { buffer in
        guard let start = buffer.baseAddress else { return "" }
        vsnprintf(start, buffer.count, "%\(sign)\(zero).*\(letter)", arguments)
        return String(cString: start)
      }
    }
  }

  private func padded(_ text: String) -> String {
    let missing = max(0, width - text.count)
    let blanks = String(repeating: " ", count: missing)
    return flags.contains("-") ? text + blanks : blanks + text
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
