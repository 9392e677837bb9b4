import Tensors

/// What only some rows have to say, written behind them while the table is built.
extension Primitive {
  /// The same row, whose zeros may be numbers too small for a double.
  func underflowing() -> Primitive {
    underflows = true
    return self
  }

  /// The same row, whose answer depends on the last digits of whole numbers; beyond 2⁵³, where
  /// doubles have gaps, a note says of the answer this.
  func askingForUnits(_ remark: String) -> Primitive {
    remarkOnUnits = remark
    return self
  }

  /// The same row, of which it is known what becomes of entries.
  func flowing(_ flow: Flow) -> Primitive {
    self.flow = flow
    return self
  }

  /// The same row, whose last parameters may be left out.
  func defaulting(to defaults: Double...) -> Primitive {
    self.defaults = defaults
    return self
  }

  /// The same row, which is nan where the condition does not hold.
  func defined(where condition: @escaping @autoclosure @Sendable () -> Formula) -> Primitive {
    makeValidity = condition
    return self
  }

  /// The same row, explained by a formula of other rows.
  func standing(
    for meaning: @escaping @autoclosure @Sendable () -> Formula, shownAs shown: String? = nil
  ) -> Primitive {
    (makeMeaning, self.shown) = (meaning, shown)
    return self
  }
}

/// What rows on whole arrays may have besides.
extension Primitive {
  /// The same row, which takes further arguments that are no part of the graph.
  func taking(_ options: CallOption..., first: Bool = false) -> Primitive {
    self.options = options
    startsWithOptions = first
    return self
  }

  /// The same row, whose result may be without some entries of its operand.
  func omittingEntries() -> Primitive {
    omitsEntries = true
    return self
  }

  /// The same row, called by that name.
  func called(_ name: String) -> Primitive {
    spellings = [name]
    return self
  }

  /// The same row, with corners that are found by looking at whole arrays.
  func marked(_ corner: @escaping ArrayCorner) -> Primitive {
    arrayCorner = corner
    return self
  }

  /// The same row, with a loop that takes several elements at once.
  func looping(_ loop: @escaping UnaryLoop) -> Primitive {
    unaryLoop = loop
    return self
  }

  func looping(_ loop: @escaping BinaryLoop) -> Primitive {
    binaryLoop = loop
    return self
  }

  func looping(_ loop: @escaping TernaryLoop) -> Primitive {
    ternaryLoop = loop
    return self
  }
}
