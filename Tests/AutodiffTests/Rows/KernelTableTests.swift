@testable import Autodiff
import Testing

@Suite struct KernelTableTests {
  @Test(arguments: Primitive.all)
  func entriesSayWhatTheirRowsSay(row: Primitive) {
    KernelTable.fill(row.id)
    let entry = KernelTable.entries[Int(row.id.rawValue)]
    #expect(Int(entry.arity) == row.arity)
    #expect(entry.isElementwise == !row.domain.isEmpty)
    #expect(entry.hasRule == !row.isConstant)
    for index in 0..<row.arity {
      if case .partials(let partials) = row.rule, case .gate = partials[index] {
        #expect(entry.partial(index).isGate)
      } else {
        #expect(!entry.partial(index).isGate)
      }
    }
  }

  /// A formula means the same as steps on a stack and as nodes of a graph.
  @Test(arguments: Primitive.elementwise)
  func formulasMeanTheSameInBothForms(row: Primitive) throws {
    for point in row.points(3) {
      for index in point.indices {
        guard let formula = row.derivative(ofParameter: index) else { continue }
        var graph = Graph()
        let inputs = point.map { graph.input($0) }
        let result = try graph.apply(row.id, inputs)
        let written = try graph.write(formula, operands: inputs, result: result)
        let computed = formula.value(at: point, result: graph.scalar(of: result))
        #expect(graph.scalar(of: written) == computed, "\(row.name) at \(point)")
      }
    }
  }

  /// Between a constant and a variable the constant wins; two of a kind share.
  @Test(arguments: [(0b00, 0.5, 0.5), (0b01, 0, 1), (0b10, 1, 0), (0b11, 0.5, 0.5)])
  func tiesAreSharedByWhatVaries(variables: UInt8, first: Double, second: Double) {
    let shares = [false, true].map { isSecond in
      Formula.tieShare(of: .x, against: .y, isOfSecond: isSecond, takesLarger: true)
        .value(at: [7, 7], result: 7, variables: variables)
    }
    #expect(shares == [first, second])
  }

  @Test func formulasReadEveryArgumentAndTheResult() {
    let formula = Formula.x + 10 * .y + 100 * .z + 1000 * .result
    #expect(formula.value(at: [1, 2, 3], result: 4) == 4321)
    #expect(Formula.when(.x > 0, 5, else: .log(.x)).value(at: [1], result: 0) == 5)
  }
}
