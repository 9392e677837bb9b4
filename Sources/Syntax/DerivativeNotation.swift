/// Derivatives as they are written on paper: `d/dx sin(x^2)`, `dy/dx`, `derivative of x^2`.
package struct DerivativeNotation {
  /// What to write for it.
  package let hint: String

  /// The names in the formula, which have to mean something before it can be differentiated.
  package let names: [String]

  /// Reads a statement, or the part of it that begins at a mistake.
  package init?(_ statement: String) {
    let text = statement.drop(while: \.isWhitespace)
    guard text.count <= 200, let hint = Self.inWords(text) ?? Self.inSigns(text) else { return nil }
    self.hint = hint
    names = hint.hasPrefix("write derive ") ? Self.names(in: hint.dropFirst(13)) : []
  }

  /// `derivative of x^2 with respect to x`.
  private static func inWords(_ text: Substring) -> String? {
    let words = ["derivative", "differentiate", "diff", "deriv", "gradient", "derivate", "d"]
    let word = text.prefix(while: \.isLetter)
    guard words.contains(word.lowercased()) else { return nil }
    var rest = text.dropFirst(word.count)
    guard rest.first == " " else { return nil }
    rest = rest.drop { $0 == " " }
    if rest.hasPrefix("of ") { rest = rest.dropFirst(3) }
    guard let first = rest.first, first.isLetter || first.isNumber || first == "(" || first == "-"
    else { return nil }
    for link in [" with respect to ", " wrt ", " w.r.t. ", " by ", " for "] {
      guard let place = rest.firstRange(of: link) else { continue }
      return "write derive \(rest[..<place.lowerBound]), \(rest[place.upperBound...])"
    }
    guard !rest.contains(where: { "=,".contains($0) }) else { return nil }
    let variable = variable(of: rest).flatMap { $0 == rest ? nil : ", \($0)" } ?? ""
    return "write derive \(rest)\(variable)"
  }

  /// `d/dx …`, `d(…)/dx`, `dy/dx` and `d²y/dx²`, with `d` or `∂`.
  private static func inSigns(_ text: Substring) -> String? {
    guard let sign = text.first, sign == "d" || sign == "∂" else { return nil }
    var rest = text.dropFirst()
    let order = takeOrder(&rest)
    var subject = ""
    if rest.first == "(" {
      guard let end = closing(rest) else { return nil }
      subject = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
    } else {
      subject = takeName(&rest)
    }
    skipBlanks(&rest)
    guard rest.first == "/" else { return nil }
    rest.removeFirst()
    skipBlanks(&rest)
    guard rest.first == sign || rest.first == "d" || rest.first == "∂" else { return nil }
    rest.removeFirst()
    let name = takeName(&rest)
    guard !name.isEmpty, takeOrder(&rest) == order else { return nil }
    let isFormula = subject.contains { !$0.isLetter && !$0.isNumber && $0 != "_" }
    if subject.isEmpty {
      skipBlanks(&rest)
      guard !rest.isEmpty else { return nil }
      subject = String(rest)
    } else if !isFormula {
      let once = "grad(\(subject), \(name))"
      return "write \((1..<order).reduce(once) { text, _ in "grad(\(text), \(name))" })"
    }
    guard order == 1 else { return "write f(\(name)) = \(subject), then f''(1)" }
    return "write derive \(subject), \(name)"
  }

  /// The order behind a `d` or a name: `²`, `^2` or nothing.
  private static func takeOrder(_ rest: inout Substring) -> Int {
    for (text, order) in [("²", 2), ("^2", 2), ("³", 3), ("^3", 3)] where rest.hasPrefix(text) {
      rest.removeFirst(text.count)
      return order
    }
    return 1
  }

  private static func takeName(_ rest: inout Substring) -> String {
    let name = rest.prefix { ($0.isLetter || $0.isNumber || $0 == "_") && !"²³".contains($0) }
    rest.removeFirst(name.count)
    return String(name)
  }

  private static func skipBlanks(_ rest: inout Substring) {
    while rest.first == " " { rest.removeFirst() }
  }

  /// Where the bracket that opens a text is closed.
  private static func closing(_ text: Substring) -> Substring.Index? {
    var depth = 0
    for place in text.indices {
      if text[place] == "(" { depth += 1 }
      if text[place] == ")" { depth -= 1 }
      if depth == 0 { return place }
    }
    return nil
  }

  /// The only name in a formula that is not called; nil where there are several.
  private static func variable(of formula: Substring) -> String? {
    let names = names(in: formula)
    return names.count == 1 ? names[0] : nil
  }

  /// The names in a formula that are not called, each once.
  private static func names(in formula: Substring) -> [String] {
    var names: [String] = []
    var rest = formula
    while let first = rest.first {
      let name = first.isLetter || first == "_" ? takeName(&rest) : ""
      if name.isEmpty {
        rest.removeFirst()
      } else if rest.first != "(", !["pi", "e"].contains(name), !names.contains(name) {
        names.append(name)
      }
    }
    return names
  }
}
