import Tensors

/// Applications as they are typed, from the texts of their operands: what tables, notes and formulas
/// have in common.
extension Graph {
  /// The writing of an application, options and all; nil for a leaf.
  ///
  /// - Parameters:
  ///   - id: a node.
  ///   - untaken: what stands for the side of a choice that was not computed.
  /// - Returns: words and places of operands, those that a person has to see.
  package func writing(of id: NodeID, untaken: String = "…") -> Writing? {
    let row = operation(of: id).row
    let attribute = attribute(of: id)
    switch (row.notation, attribute) {
    case (.infix(let sign), _): return Writing(infix: sign, turned: attribute.turned)
    case (.subscripts, _):
      let subscripts = subscripts(of: id)
      return Writing(
        [.operand(0, least: .whole), .words(subscripts)], isExact: !subscripts.contains("…"))
    case (.choice, _): return choice(id, untaken)
    case (.call, .placement(let items, in: _)):
      return Writing([.operand(0, least: .whole), .words(" at \(text(items))")], isExact: false)
    case (.call, .arrangement):
      return Writing([.operand(0, least: .whole), .words(" rearranged")], isExact: false)
    case (.call, .items(let items)) where row.arity == 2:
      let places = text(items).dropFirst().dropLast()
      return Writing([
        .words("\(row.shownName)("), .operand(0, least: .choice), .words(", \(places), "),
        .operand(1, least: .choice), .words(")"),
      ])
    case (.call, .shape(let shape)) where row.arity == 1: return change(of: id, to: shape)
    case (.call, .options(let options)): return call(row, options, optionTexts(of: id), of: id)
    default: return row.writing(count: (shownOperands(of: id) ?? operands(of: id)).count)
    }
  }

  /// An application with texts for its operands; nil for a leaf.
  package func text(
    of id: NodeID, operands: [TypedText], untaken: String = "…"
  ) -> TypedText? {
    let row = operation(of: id).row
    if row.isShownAsMeaning, let meaning = row.meaning {
      return meaning.text(operands, result: "") { NumberFormat.text($0) }
    }
    return writing(of: id, untaken: untaken)?.text(operands)
  }

  /// An application that only makes an array of another shape.
  private func change(of id: NodeID, to shape: Shape) -> Writing {
    let row = operation(of: id).row
    let sizes = shape.dimensions.map(String.init).joined(separator: ", ")
    if !row.callableNames.isEmpty {
      return Writing("\(row.shownName)(", count: 1, then: ["[\(sizes)]"], ")")
    }
    if shape.isScalar { return Writing("sum(", count: 1, ")") }
    let isRepeated = operation(of: id) == .broadcastTo
    if isRepeated, isScalar(operands(of: id)[0]) {
      return Writing("full([\(sizes)], ", count: 1, ")")
    }
    let change = isRepeated ? "repeated" : "summed"
    return Writing(
      [.operand(0, least: .whole), .words(" \(change) to [\(sizes)]")], isExact: false)
  }

  /// A call with options, which stand behind the operands or, in brackets where they are sizes,
  /// before them.
  private func call(_ row: Primitive, _ options: CallOptions, _ texts: [String], of id: NodeID)
    -> Writing
  {
    let isExact = !row.callableNames.isEmpty
    let count = operands(of: id).count
    guard row.startsWithOptions else {
      return Writing("\(row.shownName)(", count: count, then: texts, ")", isExact: isExact)
    }
    let sizes = options.sizes.map { "[\($0.map(String.init).joined(separator: ", "))]" }
    let first = sizes ?? texts.joined(separator: ", ")
    return Writing("\(row.shownName)(\(first), ", count: count, ")", isExact: isExact)
  }

  /// `if c then a else …`, with the side that was taken.
  private func choice(_ id: NodeID, _ untaken: String) -> Writing {
    let operands = operands(of: id)
    let isTaken = isScalar(operands[0]) && scalar(of: operands[0]) != 0
    let side = Writing.Piece.operand(1, least: .choice)
    let other = operands.count > 2 ? .operand(2, least: .choice) : Writing.Piece.words(untaken)
    let sides = operands.count > 2 || isTaken ? (side, other) : (other, side)
    return Writing(
      [
        .words("if "), .operand(0, least: .choice), .words(" then "), sides.0, .words(" else "),
        sides.1,
      ],
      strength: .choice, isExact: operands.count > 2 || untaken != "…")
  }

  /// `[1, 2:3]`, or `[[2, 0]]` for a list of places; `[…]` where that is long.
  package func subscripts(of id: NodeID) -> String {
    switch attribute(of: id) {
    case .items(let items): return text(items)
    case .arrangement(let arrangement):
      let rows = rows(of: arrangement, from: shape(of: operands(of: id)[0]))
      guard let rows else { return "[…]" }
      return "[[\(rows.map(String.init).joined(separator: ", "))]]"
    case .none, .options, .turned, .shape, .placement, .ties: return ""
    }
  }

  /// The most places of a list that are written out.
  private static let mostPlaces = 8

  /// The rows that an arrangement takes whole, one after the other; nil where it does anything else.
  private func rows(of arrangement: Arrangement, from shape: Shape) -> [Int]? {
    let size = shape.dimensions.dropFirst().reduce(1, *)
    guard shape.rank > 0, size > 0, arrangement.shape.count / size <= Self.mostPlaces,
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

  private func text(_ items: [IndexItem]) -> String {
    let texts = items.map { item in
      switch item {
      case .at(let place): return String(place)
      case .slice(let start, let stop, let step):
        let bounds = "\(start.map(String.init) ?? ""):\(stop.map(String.init) ?? "")"
        return step == 1 ? bounds : "\(bounds):\(step)"
      }
    }
    return "[\(texts.joined(separator: ", "))]"
  }
}

extension TypedText {
  /// A text of which nobody has said how it holds together: loose where a sign stands outside of any
  /// brackets.
  package init(reading text: String) {
    var depth = 0
    let isLoose = text.utf8.contains { byte in
      if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") { depth -= 1 }
      return depth == 0 && "+-*/^%@<>=! ".utf8.contains(byte)
    }
    self.init(text, strength: isLoose ? .choice : .whole)
  }
}
