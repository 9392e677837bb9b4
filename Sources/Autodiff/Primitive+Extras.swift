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
