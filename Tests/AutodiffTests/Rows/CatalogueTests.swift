@testable import Autodiff
import Testing

/// What holds of the more particular things that rows say of themselves.
@Suite struct CatalogueTests {
  static let withValidity = Primitive.elementwise.filter { $0.validity != nil }
  static let withMeaning = Primitive.elementwise.filter { $0.meaning != nil }

  /// Numbers inside, outside and on the edges of every domain.
  private static let probes = [
    -1e300, -800, -3.5, -2, -1.5, -1, -0.5, -1e-300, 0, 1e-300, 0.5, 1, 1.5, 2, 3, 800,
  ]

  @Test(arguments: withValidity)
  func outsideItsDomainNothingIsMadeUp(row: Primitive) throws {
    let validity = try #require(row.validity)
    let points =
      row.arity == 1
      ? Self.probes.map { [$0] }
      : Self.probes.flatMap { x in Self.probes.map { [x, $0] } }
    var outside = 0
    for point in points where validity.value(at: point, result: .nan) == 0 {
      let slopes = try slopes(at: point) { try $0.apply(row.id, $1) }
      outside += 1
      #expect(slopes.value.isNaN, "\(row.name) at \(point) is \(slopes.value)")
      for index in point.indices where row.derivative(ofParameter: index) != nil {
        #expect(slopes.numeric[index].isNaN, "\(row.name)' at \(point) is \(slopes.numeric)")
        #expect(slopes.built[index].isNaN, "\(row.name)' at \(point) is \(slopes.built)")
      }
    }
    #expect(outside > 0)
    for point in row.points(5) {
      #expect(validity.value(at: point, result: .nan) != 0, "\(row.name) at \(point)")
    }
  }

  @Test(arguments: withMeaning)
  func aRowStandsForWhatItSays(row: Primitive) throws {
    let meaning = try #require(row.meaning)
    for point in row.points(9) {
      let value = try slopes(at: point) { try $0.apply(row.id, $1) }.value
      #expect(isNear(meaning.value(at: point, result: .nan), value, tolerance: 1e-12))
    }
    #expect(!row.isFunction)
  }

  /// The derivative of the second derivative, by nodes, against differences of the second.
  @Test(arguments: Primitive.elementwise.filter { $0.arity == 1 })
  func thirdDerivativesAreLimitsToo(row: Primitive) throws {
    let apply: Construction = { graph, inputs in try graph.apply(row.id, inputs) }
    for point in row.points(3) {
      var graph = Graph()
      let input = graph.input(point[0])
      var node = try graph.apply(row.id, input)
      var builder = GradientBuilder()
      for _ in 0..<3 {
        let slope = try builder.gradient(of: node, withRespectTo: [input], in: &graph)[0]
        node = slope ?? graph.constant(0)
      }
      let limit = try difference(step: row.step(ofParameter: 0)) { h in
        try curvatures(at: [point[0] + h], of: apply)[0][0]
      }
      let third = graph.scalar(of: node)
      #expect(
        abs(third - limit) <= 1e-6 * max(1, abs(limit)), "\(row.name) at \(point): \(third)")
    }
  }

  @Test func parametersWithDefaultsStandLast() throws {
    for row in Primitive.all where !row.defaults.isEmpty {
      #expect(row.required >= 1)
      #expect(row.signature.count == row.parameters.count)
    }
    #expect(Primitive.row("leaky_relu").row.signature == ["x", "slope=0.01"])
  }

  /// A kink between slopes that depend on a parameter says which they are.
  @Test func kinksFollowTheirParameters() throws {
    for (alpha, marks) in [(2.0, [Mark.kink(1...2)]), (0.5, [.kink(0.5...1)]), (1, [])] {
      var graph = Graph()
      let x = graph.input(0)
      let node = try graph.node("elu", x, graph.constant(alpha))
      #expect(graph.marks(of: node) == marks)
    }
  }
}
