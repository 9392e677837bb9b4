import Testing

@testable import Optimization

@Suite struct SingularValuesTests {
  /// The columns of Hilbert's matrix, 6 by 6; singular values by mpmath with 50 digits.
  @Test func hilbertKeepsItsSmallValues() {
    let columns = (1...6).map { i in (1...6).map { j in 1 / Double(i + j - 1) } }
    let factors = SingularValues(ofColumns: columns)
    let expected = [
      1.6188998589243391, 0.24236087057520955, 0.016321521319875822, 0.0006157483541826577,
      1.2570757122625195e-5, 1.0827994845655498e-7,
    ]
    for (value, truth) in zip(factors.values.sorted(by: >), expected) {
      #expect(abs(value - truth) <= 1e-15 * expected[0] + 1e-11 * truth, "\(value) \(truth)")
    }
    #expect(factors.rank == 6)
  }

  @Test func factorsMultiplyToTheMatrix() {
    let columns = [[1.0, 2, 3, 4], [2, -1, 0.5, 1], [0, 3, -2, 5]]
    let factors = SingularValues(ofColumns: columns)
    for (place, column) in columns.enumerated() {
      for row in column.indices {
        let product = (0..<3).reduce(0.0) {
          $0 + factors.left[$1][row] * factors.values[$1] * factors.right[$1][place]
        }
        #expect(abs(product - column[row]) < 1e-14)
      }
    }
  }

  @Test func dependentColumnsHaveLessRank() {
    let factors = SingularValues(ofColumns: [[1, 2, 3], [2, 4, 6]])
    #expect(factors.rank == 1)
    // Of all x with x₁ + 2x₂ = 5 the shortest is (1, 2).
    let solution = factors.solve([5, 10, 15])
    #expect(abs(solution[0] - 1) < 1e-14 && abs(solution[1] - 2) < 1e-14)
  }

  @Test func dampingShortensTheSolution() {
    let factors = SingularValues(ofColumns: [[2, 0], [0, 1]])
    #expect(factors.solve([2, 1]) == [1, 1])
    #expect(factors.solve([2, 1], damping: 4) == [0.5, 0.2])
  }
}
