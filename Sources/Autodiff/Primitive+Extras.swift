import Tensors

/// What only some rows have to say, as changes of a row.
extension Primitive {
  /// The same row, whose zeros may be numbers too small for a double.
  func underflowing() -> Primitive {
    var row = self
    row.underflows = true
    return row
  }

  /// The same row, of which it is known what becomes of entries.
  func flowing(_ flow: Flow) -> Primitive {
    var row = self
    row.flow = flow
    return row
  }

  /// The same row, whose last parameters may be left out.
  func defaulting(to defaults: Double...) -> Primitive {
    var row = self
    row.defaults = defaults
    return row
  }

  /// The same row, which is nan where the condition does not hold.
  func defined(where condition: Formula) -> Primitive {
    var row = self
    row.validity = condition
    return row
  }

  /// The same row, explained by a formula of other rows.
  func standing(for meaning: Formula, shownAs shown: String? = nil) -> Primitive {
    var row = self
    (row.meaning, row.shown) = (meaning, shown)
    return row
  }

  /// How an application is written that is no operator: `f(a, b)`, or what the row stands for.
  package func call(of operands: [String]) -> String {
    guard let meaning, shown == nil else {
      return "\(shownName)(\(operands.joined(separator: ", ")))"
    }
    return meaning.text(parameters: operands, result: "") { value in
      var bytes: [UInt8] = []
      NumberFormat.append(value, digits: .shortest, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}

/// What rows on whole arrays may have besides.
extension Primitive {
  /// The same row, which takes further arguments that are no part of the graph.
  func taking(_ options: CallOption..., first: Bool = false) -> Primitive {
    var row = self
    row.options = options
    row.startsWithOptions = first
    return row
  }

  /// The same row, whose result may be without some entries of its operand.
  func omittingEntries() -> Primitive {
    var row = self
    row.omitsEntries = true
    return row
  }

  /// The same row, called by that name.
  func called(_ name: String) -> Primitive {
    var row = self
    row.spellings = [name]
    return row
  }

  /// The same row, with corners that are found by looking at whole arrays.
  func marked(_ corner: @escaping ArrayCorner) -> Primitive {
    var row = self
    row.arrayCorner = corner
    return row
  }

  /// The same row, with a loop that takes several elements at once.
  func looping(_ loop: @escaping UnaryLoop) -> Primitive {
    var row = self
    row.unaryLoop = loop
    return row
  }

  func looping(_ loop: @escaping BinaryLoop) -> Primitive {
    var row = self
    row.binaryLoop = loop
    return row
  }
}
