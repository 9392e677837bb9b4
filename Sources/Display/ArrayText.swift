import Tensors

/// Arrays as a person reads them.
enum ArrayText {
  /// Larger arrays are told by their shape where there is one cell for them.
  static let mostInCell = 6
  /// Larger arrays are not shown whole.
  static let mostWhole = 144

  /// `3×3 array`, `array of 12`.
  static func words(_ shape: Shape) -> String {
    let sizes = shape.dimensions.map(String.init)
    return sizes.count == 1 ? "array of \(sizes[0])" : "\(sizes.joined(separator: "×")) array"
  }

  /// All entries of an array, a 0 without a sign: what is negative is a number below it.
  static func whole(_ tensor: Tensor, _ digits: Digits) -> String {
    NumberFormat.text(unsigned(tensor), digits: digits)
  }

  /// All entries of a small array, of a larger one its shape.
  static func cell(_ tensor: Tensor, _ digits: Digits) -> String {
    tensor.count > mostInCell ? words(tensor.shape) : whole(tensor, digits)
  }

  /// As much of a small array as a width has room for: first with fewer digits, then without entries
  /// between the first ones and the last.
  static func fitting(_ tensor: Tensor, _ digits: Digits, to width: Int, mark: String) -> String {
    let tensor = unsigned(tensor)
    for few in [nil, 4, 3] {
      let text = NumberFormat.text(tensor) { shortened($0, digits, few) }
      if text.utf8.count <= width { return text }
    }
    for kept in (1...5).reversed() {
      let text = NumberFormat.text(tensor, keeping: kept) { shortened($0, digits, 3) }
      if displayWidth(of: text.replacing("…", with: mark)) <= width { return text }
    }
    let words = words(tensor.shape)
    return displayWidth(of: words) <= width ? words : "[…]"
  }

  /// The digits for a number that has to be short: all before the point, and of others a few.
  private static func shortened(_ value: Double, _ digits: Digits, _ few: Int?) -> Digits {
    guard let few, value != value.rounded() else { return digits }
    if case .significant(let count) = digits, count <= few { return digits }
    let whole = abs(value) < 1e6 ? String(Int(abs(value))).utf8.count : 1
    return .significant(max(few, whole))
  }

  /// A matrix as lines with aligned columns, any other array as one line.
  static func lines(_ tensor: Tensor, after title: String, _ digits: Digits, width: Int?)
    -> [String]
  {
    let tensor = unsigned(tensor)
    let start = "\(title) = "
    guard tensor.shape.rank == 2, tensor.count > 0 else {
      return [start + NumberFormat.text(tensor, digits: digits)]
    }
    for few in [nil, 4, 3] {
      let lines = aligned(tensor, after: start) { shortened($0, digits, few) }
      if lines.allSatisfy({ displayWidth(of: $0) <= width ?? .max }) { return lines }
    }
    return [start + NumberFormat.text(tensor, digits: digits)]
  }

  private static func aligned(
    _ matrix: Tensor, after start: String, digits: (Double) -> Digits
  ) -> [String] {
    let columns = matrix.shape.dimensions[1]
    let cells = matrix.elements.map { NumberFormat.text($0, digits: digits($0)) }
    var widths = [Int](repeating: 0, count: columns)
    for (place, cell) in cells.enumerated() {
      widths[place % columns] = max(widths[place % columns], cell.utf8.count)
    }
    let rows = stride(from: 0, to: cells.count, by: columns).map { first in
      (0..<columns).map { column in
        let cell = cells[first + column]
        return String(repeating: " ", count: widths[column] - cell.utf8.count) + cell
      }.joined(separator: ", ")
    }
    let indent = String(repeating: " ", count: displayWidth(of: start))
    return rows.enumerated().map { place, row in
      (place == 0 ? "\(start)[" : "\(indent) ") + "[\(row)]" + (place + 1 < rows.count ? "," : "]")
    }
  }

  private static func unsigned(_ tensor: Tensor) -> Tensor {
    tensor.hasZero ? Tensor.map(tensor) { $0 + 0 } : tensor
  }
}
