import Tensors

/// Applications as they are typed, from the texts of their operands: what tables, notes and formulas
/// have in common.
extension Graph {
  /// The arguments of a call in the order in which they are typed, options and all.
  package func arguments(of id: NodeID, operands: [String]) -> [String] {
    let row = operation(of: id).row
    var options = optionTexts(of: id)
    if row.startsWithOptions, case .options(let given) = attribute(of: id), let sizes = given.sizes
    {
      // Sizes before another argument need brackets around them.
      options = ["[\(sizes.map(String.init).joined(separator: ", "))]"]
      return options + operands
    }
    if operation(of: id) == .set, operands.count == 2 {
      return [operands[0], String(subscripts(of: id).dropFirst().dropLast()), operands[1]]
    }
    return operands + options
  }

  /// `[1, 2:3]`, or `[[2, 0]]` for a list of places; `[…]` where that is long.
  package func subscripts(of id: NodeID) -> String {
    switch attribute(of: id) {
    case .items(let items):
      let texts = items.map { item in
        switch item {
        case .at(let place): return String(place)
        case .slice(let start, let stop, let step):
          let bounds = "\(start.map(String.init) ?? ""):\(stop.map(String.init) ?? "")"
          return step == 1 ? bounds : "\(bounds):\(step)"
        }
      }
      return "[\(texts.joined(separator: ", "))]"
    case .arrangement(let arrangement):
      let rows = rows(of: arrangement, from: shape(of: operands(of: id)[0]))
      guard let rows, rows.count <= 8 else { return "[…]" }
      return "[[\(rows.map(String.init).joined(separator: ", "))]]"
    case .none, .options, .turned, .shape, .placement, .ties: return ""
    }
  }

  /// The rows that an arrangement takes whole, one after the other; nil where it does anything else.
  private func rows(of arrangement: Arrangement, from shape: Shape) -> [Int]? {
    let size = shape.dimensions.dropFirst().reduce(1, *)
    guard shape.rank > 0, size > 0,
      arrangement.shape.dimensions.dropFirst().elementsEqual(shape.dimensions.dropFirst())
    else { return nil }
    let sources = arrangement.sources.map(Int.init)
    let isWhole = sources.enumerated().allSatisfy { place, source in
      source == sources[place - place % size] + place % size
        && arrangement.targets[place] == Int32(place)
    }
    guard isWhole, sources.count == arrangement.shape.count else { return nil }
    let starts = stride(from: 0, to: sources.count, by: size).map { sources[$0] }
    return starts.allSatisfy { $0 % size == 0 } ? starts.map { $0 / size } : nil
  }

  /// A text in brackets where a sign stands in it outside of any.
  package func closed(_ text: String) -> String {
    var depth = 0
    let isLoose = text.utf8.contains { byte in
      if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") { depth -= 1 }
      return depth == 0 && "+-*/^%@<>=! ".utf8.contains(byte)
    }
    return isLoose ? "(\(text))" : text
  }

  /// An application whose operands are typed so, each in brackets where its signs ask for them; nil
  /// for one that has no words.
  package func text(of id: NodeID, operands: [String]) -> String? {
    let row = operation(of: id).row
    switch row.notation {
    case .infix(let sign):
      let turned = attribute(of: id).turned
      let (left, right) = (closed(operands[0]), closed(operands[1]))
      return "\(left)\(turned.0 ? ".T" : "") \(sign) \(right)\(turned.1 ? ".T" : "")"
    case .prefix(let sign): return sign + closed(operands[0])
    case .suffix(let suffix): return closed(operands[0]) + suffix
    case .subscripts: return closed(operands[0]) + subscripts(of: id)
    case .brackets: return "[\(operands.joined(separator: ", "))]"
    case .call where !row.callableNames.isEmpty || operation(of: id) == .set:
      return "\(row.shownName)(\(arguments(of: id, operands: operands).joined(separator: ", ")))"
    case .call, .choice, .leaf: return nil
    }
  }
}
