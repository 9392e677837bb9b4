extension Tensor {
  /// The derivatives of the determinant with respect to each entry, differentiated further in the
  /// given directions.
  ///
  /// A determinant is a polynomial, so there is such a matrix at a singular A as well. With an M for
  /// each direction, it is the coefficient of their product in the cofactors of A + t₁M₁ + … .
  ///
  /// - Parameters:
  ///   - directions: matrices of the shape of this one, in any order.
  ///   - cancellation: asked now and then.
  /// - Returns: a matrix of that shape.
  /// - Throws: `ShapeError` for what is no square matrix, or when it is no longer wanted.
  package func cofactors(
    along directions: [Tensor] = [], _ cancellation: Cancellation = .never
  ) throws(ShapeError) -> Tensor {
    let size = try squareSize(for: "det")
    var directions = directions
    if let place = directions.firstIndex(where: { $0.onlyPlace != nil }),
      let entry = directions[place].onlyPlace
    {
      let weight = directions.remove(at: place).elements[entry]
      return try cofactors(ofMinorWithout: entry, weight, along: directions, cancellation)
    }
    if directions.isEmpty, size == 2 {
      return Tensor(
        shape: shape, elements: [elements[3], 0 - elements[2], 0 - elements[1], elements[0]])
    }
    if directions.isEmpty {
      let system = try LUDecomposition(self, for: "det", cancellation)
      if system.conditionNumber < 1e12 {
        let determinant = system.determinant
        let inverse = try system.solve(Tensor.identity(shape).elements, columns: size)
        return Tensor(shape: shape, elements: inverse.map { $0 * determinant + 0 }).transposed
      }
    }
    guard directions.count < size else { return Tensor(repeating: 0, shape: shape) }
    let triangles = try Triangles(self, cancellation)
    let entries = try triangles.mixedCofactors(along: directions.map(\.elements), cancellation)
    return Tensor(shape: shape, elements: entries.map { $0 + 0 })
  }

  /// The derivative of the cofactors by one entry: up to sign those of what is left without its row
  /// and column, and 0 there.
  private func cofactors(
    ofMinorWithout entry: Int, _ weight: Double, along directions: [Tensor],
    _ cancellation: Cancellation
  ) throws(ShapeError) -> Tensor {
    let size = shape.dimensions[0]
    var result = [Double](repeating: 0, count: count)
    let kept = elements.indices.filter { $0 / size != entry / size && $0 % size != entry % size }
    func minor(_ whole: Tensor) -> Tensor {
      Tensor(shape: Shape([size - 1, size - 1]), elements: kept.map { whole.elements[$0] })
    }
    guard size > 1 else { return Tensor(shape: shape, elements: result) }
    let inner = try minor(self).cofactors(along: directions.map(minor), cancellation)
    let sign = (entry / size + entry % size) % 2 == 0 ? weight : -weight
    for (place, value) in Swift.zip(kept, inner.elements) { result[place] = sign * value + 0 }
    return Tensor(shape: shape, elements: result)
  }

  /// The place of the one element that is not 0; nil where there are more or none.
  private var onlyPlace: Int? {
    guard let first = elements.firstIndex(where: { $0 != 0 }),
      !elements[(first + 1)...].contains(where: { $0 != 0 })
    else { return nil }
    return first
  }
}

/// A square matrix as a product P A Q = L D U of unit triangles and a diagonal, by elimination with
/// complete pivoting.
///
/// L and U are regular whatever A is: all that makes it singular is a 0 in D. Golub and Van Loan,
/// Matrix Computations, 3.4.8.
private struct Triangles {
  let size: Int
  /// L below the diagonal, D on it and U above it, row by row.
  private var entries: [Double]
  private var rows: [Int]
  private var columns: [Int]
  private var isOdd = false

  init(_ matrix: Tensor, _ cancellation: Cancellation) throws(ShapeError) {
    size = matrix.shape.dimensions[0]
    entries = matrix.elements
    (rows, columns) = (Array(0..<size), Array(0..<size))
    let cancellation = cancellation.ifLarge(matrix.count)
    for step in 0..<size {
      if cancellation.ask() { throw .cancelled }
      bringLargest(to: step)
      let pivot = entries[step * size + step]
      guard pivot != 0 else { return }
      for row in step + 1..<max(size, step + 1) {
        let factor = entries[row * size + step] / pivot
        entries[row * size + step] = factor
        guard factor != 0 else { continue }
        for column in step + 1..<size {
          entries[row * size + column] -= factor * entries[step * size + column]
        }
      }
      for column in step + 1..<max(size, step + 1) { entries[step * size + column] /= pivot }
    }
  }

  private mutating func bringLargest(to step: Int) {
    var (pivot, largest) = ((row: step, column: step), 0.0)
    for row in step..<size {
      for column in step..<size where !(abs(entries[row * size + column]) <= largest) {
        largest = abs(entries[row * size + column])
        pivot = (row, column)
      }
    }
    if pivot.row != step {
      for column in 0..<size { entries.swapAt(step * size + column, pivot.row * size + column) }
      rows.swapAt(step, pivot.row)
      isOdd.toggle()
    }
    if pivot.column != step {
      for row in 0..<size { entries.swapAt(row * size + step, row * size + pivot.column) }
      columns.swapAt(step, pivot.column)
      isOdd.toggle()
    }
  }

  /// The cofactors of A, or what is left of them after a derivative in each direction.
  func mixedCofactors(along directions: [[Double]], _ cancellation: Cancellation)
    throws(ShapeError) -> [Double]
  {
    // The determinant of L is 1, so the mixed derivatives of A are those of D in the directions
    // L⁻¹ M U⁻¹, and the result goes back by L⁻ᵀ and U⁻ᵀ.
    let turned = directions.map { direction in
      var inner = permuted(direction)
      divideByLower(&inner)
      divideByUpper(&inner)
      return inner
    }
    var result = try diagonalCofactors(along: turned, cancellation.ifLarge(entries.count))
    divideByTransposedLower(&result)
    divideByTransposedUpper(&result)
    var whole = result
    for row in 0..<size {
      for column in 0..<size {
        let entry = result[row * size + column]
        whole[rows[row] * size + columns[column]] = isOdd ? -entry : entry
      }
    }
    return whole
  }

  private func permuted(_ matrix: [Double]) -> [Double] {
    matrix.indices.map { matrix[rows[$0 / size] * size + columns[$0 % size]] }
  }

  /// The same for the diagonal D alone: a sum over the choices of as many different places as there
  /// are directions and one more, in which the directions stand in the place of its numbers.
  private func diagonalCofactors(along directions: [[Double]], _ cancellation: Cancellation)
    throws(ShapeError) -> [Double]
  {
    let count = directions.count + 1
    let orders = signedOrders(of: count)
    var result = [Double](repeating: 0, count: size * size)
    // In lexicographic order: the last place runs fastest.
    var places = Array(0..<count)
    while true {
      if cancellation.ask() { throw .cancelled }
      let rest = productOfDiagonal(without: places)
      if rest != 0 {
        for order in orders {
          var term = order.sign * rest
          for (number, direction) in directions.enumerated() {
            term *= direction[places[number] * size + places[order.places[number]]]
          }
          let target = places[count - 1] * size + places[order.places[count - 1]]
          result[target] += term
        }
      }
      guard advance(&places) else { return result }
    }
  }

  /// Goes on to the next choice of different places.
  private func advance(_ places: inout [Int]) -> Bool {
    var digit = places.count - 1
    while digit >= 0 {
      let used = places[..<digit]
      var next = places[digit] + 1
      while used.contains(next) { next += 1 }
      if next < size {
        places[digit] = next
        for later in places.indices where later > digit {
          var least = 0
          while places[..<later].contains(least) { least += 1 }
          places[later] = least
        }
        return true
      }
      digit -= 1
    }
    return false
  }

  private func productOfDiagonal(without places: [Int]) -> Double {
    var product = ScaledProduct()
    for place in 0..<size where !places.contains(place) {
      product.multiply(by: entries[place * size + place])
    }
    return product.value
  }

  /// Every order of so many things, with 1 for an even one and -1 for an odd one.
  private func signedOrders(of count: Int) -> [(places: [Int], sign: Double)] {
    var orders: [(places: [Int], sign: Double)] = [([0], 1)]
    for thing in 1..<max(count, 1) {
      orders = orders.flatMap { order in
        (0...thing).map { place in
          var places = order.places
          places.insert(thing, at: place)
          return (places, (thing - place) % 2 == 0 ? order.sign : -order.sign)
        }
      }
    }
    return orders
  }

  /// L⁻¹ M.
  private func divideByLower(_ matrix: inout [Double]) {
    for row in 0..<size {
      for other in 0..<row { subtract(entries[row * size + other], row: other, from: row, &matrix) }
    }
  }

  /// L⁻ᵀ M.
  private func divideByTransposedLower(_ matrix: inout [Double]) {
    for row in stride(from: size - 1, through: 0, by: -1) {
      for other in row + 1..<max(size, row + 1) {
        subtract(entries[other * size + row], row: other, from: row, &matrix)
      }
    }
  }

  /// M U⁻¹.
  private func divideByUpper(_ matrix: inout [Double]) {
    for row in 0..<size {
      for column in 0..<size {
        let entry = matrix[row * size + column]
        for later in column + 1..<max(size, column + 1) {
          matrix[row * size + later] -= entry * entries[column * size + later]
        }
      }
    }
  }

  /// M U⁻ᵀ.
  private func divideByTransposedUpper(_ matrix: inout [Double]) {
    for row in 0..<size {
      for column in stride(from: size - 1, through: 0, by: -1) {
        let entry = matrix[row * size + column]
        for earlier in 0..<column {
          matrix[row * size + earlier] -= entry * entries[earlier * size + column]
        }
      }
    }
  }

  private func subtract(
    _ factor: Double, row source: Int, from target: Int, _ matrix: inout [Double]
  ) {
    guard factor != 0 else { return }
    for column in 0..<size {
      matrix[target * size + column] -= factor * matrix[source * size + column]
    }
  }
}
