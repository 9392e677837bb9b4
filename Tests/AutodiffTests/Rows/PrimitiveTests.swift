@testable import Autodiff
import Tensors
import Testing

/// What holds of every row; a new row is tested by standing in the table.
@Suite struct PrimitiveTests {
  @Test(arguments: Primitive.all)
  func everyRowSpeaksForItself(row: Primitive) {
    #expect(!row.name.isEmpty)
    #expect(!row.sentence.isEmpty)
    #expect(row.sentence.last != ".")
    #expect(!row.example.isEmpty || row.notation == .leaf || row.name.hasPrefix("_"))
    #expect(Primitive.named(row.name)?.row.name == row.name)
  }

  @Test func namesAreUnique() {
    #expect(Set(Primitive.all.map(\.name)).count == Primitive.all.count)
    #expect(Primitive.named("no such row") == nil)
  }

  @Test(arguments: Primitive.elementwise)
  func thereIsADomainAndARuleForEveryParameter(row: Primitive) {
    #expect(row.domain.count == row.arity)
    switch row.rule {
    case .partials(let partials): #expect(partials.count == row.arity)
    case .constant: break
    case .pullback: Issue.record("an elementwise row with a pullback")
    }
  }

  @Test(arguments: Primitive.all)
  func onlyRowsOfNumbersHaveDomains(row: Primitive) {
    switch row.kernel {
    case .unary, .binary, .ternary: #expect(!row.domain.isEmpty)
    case .none, .array, .graph: #expect(row.domain.isEmpty)
    }
  }

  @Test(arguments: Primitive.elementwise)
  func slopesAreLimitsOfDifferences(row: Primitive) throws {
    for point in row.points(7) {
      let slopes = try slopes(at: point) { graph, inputs in try graph.apply(row.id, inputs) }
      #expect(slopes.value.isFinite, "\(row.name) at \(point)")
      #expect(slopes.numeric == slopes.built, "\(row.name) at \(point)")
      for index in point.indices {
        if row.isConstant {
          #expect(slopes.numeric[index] == 0, "\(row.name) at \(point)")
          // `stop` hides its slope on purpose; the others are flat.
          if row.name == "stop" { continue }
        }
        let limit = difference(step: row.step(ofParameter: index)) { h in
          var arguments = point
          arguments[index] += h
          return value(of: row, at: arguments)
        }
        #expect(
          isNear(slopes.numeric[index], limit), "\(row.name) at \(point), parameter \(index)")
      }
    }
  }

  @Test(arguments: Primitive.elementwise)
  func curvaturesAreLimitsOfDifferencesOfSlopes(row: Primitive) throws {
    for point in row.points(4) {
      let apply: Construction = { graph, inputs in try graph.apply(row.id, inputs) }
      let curvatures = try curvatures(at: point, of: apply)
      for (first, second) in product(point.indices, point.indices) {
        let limit = try difference(step: row.step(ofParameter: second)) { h in
          var arguments = point
          arguments[second] += h
          return try slopes(at: arguments, of: apply).numeric[first]
        }
        #expect(
          isNear(curvatures[first][second], limit, tolerance: 1e-7),
          "\(row.name) at \(point), parameters \(first) and \(second)")
      }
    }
  }

  /// Rules know nothing of arrays: along broadcast axes the slopes of the numbers are added up.
  @Test(arguments: Primitive.elementwise)
  func arraysHaveTheSlopesOfTheirElements(row: Primitive) throws {
    let shapes = [[2, 1], [3], []].prefix(row.arity).map { Shape($0) }
    let points = row.points(3)
    var graph = Graph()
    let inputs = shapes.enumerated().map { index, shape in
      graph.input(
        Tensor(shape: shape, elements: (0..<shape.count).map { points[$0][index] }))
    }
    let output = try graph.node("sum", graph.apply(row.id, inputs))
    var builder = GradientBuilder()
    let gradient = try builder.gradient(of: output, withRespectTo: inputs, in: &graph)
    var sums = shapes.map { [Double](repeating: 0, count: $0.count) }
    for (i, j) in product(0..<2, 0..<(row.arity > 1 ? 3 : 1)) {
      let places = [i, j, 0]
      let arguments = inputs.indices.map { points[places[$0]][$0] }
      let slopes = try slopes(at: arguments) { try $0.apply(row.id, $1) }.numeric
      for index in inputs.indices { sums[index][places[index]] += slopes[index] }
    }
    for (index, slope) in gradient.enumerated() {
      let elements = slope.map { graph.tensor(of: $0).elements }
      #expect(slope.map { graph.shape(of: $0) == shapes[index] } ?? true, "\(row.name)")
      #expect(
        zip(elements ?? sums[index].map { _ in 0 }, sums[index]).allSatisfy {
          isNear($0, $1, tolerance: 1e-13)
        }, "\(row.name), parameter \(index): \(elements ?? []) against \(sums[index])")
    }
  }

  private func value(of row: Primitive, at point: [Double]) -> Double {
    switch row.kernel {
    case .unary(let value): value(point[0])
    case .binary(let value): value(point[0], point[1])
    case .ternary(let value): value(point[0], point[1], point[2])
    case .none, .array, .graph: .nan
    }
  }

  private func product(_ a: Range<Int>, _ b: Range<Int>) -> [(Int, Int)] {
    a.flatMap { i in b.map { j in (i, j) } }
  }
}
