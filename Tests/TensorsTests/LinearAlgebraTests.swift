import Testing

@testable import Tensors

/// Matrices whose answers are known exactly: whole numbers, and powers of two as units.
struct LinearAlgebraTests {
  private static let sizes = 1...5

  /// The definition: over all ways to choose an entry from each row, no two in a column, the product
  /// in which each direction stands once in the place of the matrix and one row is left out.
  private func leibniz(_ matrix: [[Int]], _ directions: [[[Int]]]) -> [[Int]] {
    let size = matrix.count
    var result = Array(repeating: Array(repeating: 0, count: size), count: size)
    for order in orders(Array(0..<size)) {
      for left in 0..<size {
        let rows = (0..<size).filter { $0 != left }
        result[left][order.places[left]] +=
          order.sign * sum(of: rows, order.places, matrix, directions)
      }
    }
    return result
  }

  private func sum(of rows: [Int], _ places: [Int], _ matrix: [[Int]], _ directions: [[[Int]]])
    -> Int
  {
    guard let direction = directions.last else {
      return rows.reduce(1) { $0 * matrix[$1][places[$1]] }
    }
    return rows.reduce(0) { total, row in
      let rest = rows.filter { $0 != row }
      return total + direction[row][places[row]]
        * sum(of: rest, places, matrix, Array(directions.dropLast()))
    }
  }

  private func orders(_ things: [Int]) -> [(places: [Int], sign: Int)] {
    guard things.count > 1 else { return [(things, 1)] }
    return things.indices.flatMap { first in
      var rest = things
      let thing = rest.remove(at: first)
      return orders(rest).map { ([thing] + $0.places, first % 2 == 0 ? $0.sign : -$0.sign) }
    }
  }

  private func tensor(_ rows: [[Int]]) -> Tensor {
    Tensor(shape: Shape([rows.count, rows.count]), elements: rows.joined().map(Double.init))
  }

  private func matrix(_ size: Int, _ random: inout Sequence64, rank: Int) -> [[Int]] {
    let base = (0..<size).map { _ in (0..<size).map { _ in Int.random(in: -4...4, using: &random) }
    }
    return (0..<size).map { row in
      row < rank
        ? base[row] : rank == 0 ? base[row].map { _ in 0 } : base[row % rank].map { 2 * $0 }
    }
  }

  /// At every rank down to 0, in up to three directions.
  @Test(arguments: 0...3)
  func cofactorsAreThoseOfTheDefinition(count: Int) throws {
    var random = Sequence64(seed: 2024)
    for size in Self.sizes {
      for rank in 0...size {
        let a = matrix(size, &random, rank: rank)
        let directions = (0..<count).map { _ in matrix(size, &random, rank: size) }
        let found = try tensor(a).cofactors(along: directions.map(tensor))
        let wanted = leibniz(a, directions).joined().map(Double.init)
        let scale = wanted.reduce(1) { max($0, abs($1)) }
        for (one, other) in zip(found.elements, wanted) {
          #expect(abs(one - other) <= 1e-12 * scale, "\(a) along \(directions)")
        }
      }
    }
  }

  /// The directions of single entries, which a Hessian takes, leave exact zeros.
  @Test func singleEntriesLeaveExactZeros() throws {
    var random = Sequence64(seed: 2024)
    let a = tensor(matrix(4, &random, rank: 4))
    for place in 0..<16 {
      var direction = [Double](repeating: 0, count: 16)
      direction[place] = 1
      let found = try a.cofactors(along: [Tensor(shape: a.shape, elements: direction)])
      for other in 0..<16 where other / 4 == place / 4 || other % 4 == place % 4 {
        #expect(found.elements[other] == 0)
      }
    }
  }

  /// Powers of two as units change no digit of a solution but its unit.
  @Test(arguments: [3, 20, 200])
  func unitsMakeNoMatrixSingular(spread: Int) throws {
    var random = Sequence64(seed: 2024)
    for size in 2...5 {
      for _ in 0..<8 {
        let entries = (0..<size * size).map { place in
          place % (size + 1) == 0
            ? Double(Int.random(in: 9...13, using: &random))
            : Double(Int.random(in: -2...2, using: &random))
        }
        let solution = (0..<size).map { _ in Double(Int.random(in: -9...9, using: &random)) }
        let units = (0..<2 * size).map { _ in Int.random(in: -spread...spread, using: &random) }
        func unit(_ place: Int) -> Double {
          Double(sign: .plus, exponent: units[place], significand: 1)
        }
        let scaled = entries.indices.map {
          entries[$0] * unit($0 / size) * unit(size + $0 % size)
        }
        let right = (0..<size).map { row in
          (0..<size).reduce(0.0) { $0 + entries[row * size + $1] * solution[$1] } * unit(row)
        }
        let found = try Tensor(shape: Shape([size, size]), elements: scaled).solve(
          Tensor(shape: Shape([size]), elements: right))
        for place in 0..<size {
          let entry = found.elements[place] * unit(size + place)
          #expect(abs(entry - solution[place]) < 1e-13 * 10)
        }
      }
    }
  }

  /// No unit makes a singular matrix regular.
  @Test(arguments: [0, 3, 20, 200])
  func dependentRowsAreSingularInAllUnits(spread: Int) throws {
    var random = Sequence64(seed: 2024)
    for size in 2...5 {
      var rows = matrix(size, &random, rank: size).map { $0.map(Double.init) }
      rows[size - 1] = rows[0].map { 3 * $0 }
      for row in rows.indices {
        let exponent = Int.random(in: -spread...spread, using: &random)
        rows[row] = rows[row].map { $0 * Double(sign: .plus, exponent: exponent, significand: 1) }
      }
      let singular = Tensor(shape: Shape([size, size]), elements: Array(rows.joined()))
      #expect(throws: ShapeError.self) { try singular.inverse() }
      #expect(throws: ShapeError.self) { try singular.logDeterminant() }
    }
  }

  /// A determinant within range is right although the product on the way is not.
  @Test func determinantsDoNotOverflowOnTheWay() throws {
    let diagonal = Tensor(
      shape: Shape([3, 3]), elements: [1e200, 0, 0, 0, -1e200, 0, 0, 0, 1e-300])
    #expect(abs(try diagonal.determinant() / -1e100 - 1) < 1e-15)
  }
}
