#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Powers of two by which the rows and columns of a matrix are multiplied until no entry is larger
/// than 2, while the largest product of entries, one from each row and column, has all of them
/// between 1 and 2.
///
/// A matrix whose equations come in units far apart, such as volts beside kilometres, looks singular
/// and is not. Whatever the units are, the balanced matrix is the same, and powers of two change no
/// digit. Duff and Koster, On algorithms for permuting large entries to the diagonal of a sparse
/// matrix, 2001: the factors are the dual variables of an assignment.
struct Equilibration: Sendable {
  private(set) var rows: [Int]
  private(set) var columns: [Int]

  /// Beyond the sizes of all numbers: the cost of an entry that is 0.
  private static let absent = 1 << 20

  /// The exponents that suit the entries of a square matrix, given row by row, in n³ steps.
  init(_ elements: [Double], size: Int) {
    let costs = elements.map { $0 != 0 && $0.isFinite ? -Int($0.exponent) : Self.absent }
    (rows, columns) = Self.duals(of: costs, size: size)
    // No product without a zero: singular in any units.
    guard (rows + columns).contains(where: { abs($0) > Self.absent / 2 }) else { return }
    (rows, columns) = ([Int](repeating: 0, count: size), [Int](repeating: 0, count: size))
  }

  /// The dual variables of the cheapest assignment of columns to rows, by shortest augmenting paths.
  private static func duals(of costs: [Int], size: Int) -> (rows: [Int], columns: [Int]) {
    var (rows, columns) = ([Int](repeating: 0, count: size), [Int](repeating: 0, count: size + 1))
    // The row of each column; the last column stands for the row that is being assigned.
    var assigned = [Int?](repeating: nil, count: size + 1)
    for start in 0..<size {
      assigned[size] = start
      var (column, previous) = (size, [Int](repeating: size, count: size))
      var slack = [Int](repeating: .max, count: size)
      var isReached = [Bool](repeating: false, count: size + 1)
      while let row = assigned[column] {
        isReached[column] = true
        var (step, next) = (Int.max, 0)
        for other in 0..<size where !isReached[other] {
          let cost = costs[row * size + other] - rows[row] - columns[other]
          if cost < slack[other] { (slack[other], previous[other]) = (cost, column) }
          if slack[other] < step { (step, next) = (slack[other], other) }
        }
        for other in 0...size {
          if isReached[other] {
            if let row = assigned[other] { rows[row] += step }
            columns[other] -= step
          } else {
            slack[other] -= step
          }
        }
        column = next
      }
      while column != size {
        assigned[column] = assigned[previous[column]]
        column = previous[column]
      }
    }
    return (rows, Array(columns.dropLast()))
  }

  /// Whether the rows or the columns of a matrix are far enough apart to spoil digits.
  static func isNeeded(_ elements: [Double], size: Int) -> Bool {
    guard size > 1 else { return false }
    var rows = [Double](repeating: 0, count: size)
    var columns = rows
    elements.withUnsafeBufferPointer { elements in
      for row in 0..<size {
        var largest = 0.0
        for column in 0..<size {
          let entry = abs(elements[row * size + column])
          if entry > largest { largest = entry }
          if entry > columns[column] { columns[column] = entry }
        }
        rows[row] = largest
      }
    }
    return [rows, columns].contains { lines in
      let sizes = lines.filter { $0 > 0 && $0.isFinite }
      return (sizes.max() ?? 1) / (sizes.min() ?? 1) > 1024
    }
  }

  /// What all factors together come to, as a power of two.
  var total: Int { rows.reduce(0, +) + columns.reduce(0, +) }

  func scaled(_ elements: [Double]) -> [Double] {
    let size = rows.count
    return elements.indices.map { place in
      scalbn(elements[place], Int32(clamping: rows[place / size] + columns[place % size]))
    }
  }

  /// A right side, given row by row, in the units of the rows.
  func right(_ elements: [Double], columns count: Int) -> [Double] {
    elements.indices.map { scalbn(elements[$0], Int32(clamping: rows[$0 / count])) }
  }

  /// A solution back in the units of the columns.
  func solution(_ elements: [Double], columns count: Int) -> [Double] {
    elements.indices.map { scalbn(elements[$0], Int32(clamping: columns[$0 / count])) }
  }
}

/// A product of many numbers that neither overflows nor underflows on the way.
struct ScaledProduct {
  private var factor = 1.0
  private var exponent = 0

  init(exponent: Int = 0) { self.exponent = exponent }

  mutating func multiply(by number: Double) {
    factor *= number
    guard factor.isNormal else { return }
    exponent += Int(factor.exponent)
    factor = factor.sign == .minus ? -factor.significand : factor.significand
  }

  var value: Double { scalbn(factor, Int32(clamping: exponent)) + 0 }
}
