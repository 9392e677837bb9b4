@testable import Autodiff
import Tensors
import Testing

/// What is chosen at a kink is a slope of the function beside it.
@Suite struct CornerChoiceTests {
  /// Rows with a kink between two sides, and where they have it.
  static let kinks: [(Primitive, [Double], Primitive.Corner)] = {
    var kinks: [(Primitive, [Double], Primitive.Corner)] = []
    let known: [String: [[Double]]] = [
      "max": [[2, 2]], "min": [[2, 2]], "clamp": [[0, 0, 1], [1, 0, 1]],
    ]
    for row in Primitive.elementwise {
      let atZero = [0] + row.domain.dropFirst().map { ($0.lowerBound + $0.upperBound) / 2 }
      for corner in row.corners where hasTwoSides(corner) {
        for point in known[row.name] ?? [atZero]
        where corner.root.value(at: point, result: 0) == 0 {
          kinks.append((row, point, corner))
        }
      }
    }
    return kinks
  }()

  /// Not at the origin of a length, which grows whichever way one goes.
  private static func hasTwoSides(_ corner: Primitive.Corner) -> Bool {
    guard case .kink = corner.mark else { return corner.sides != nil }
    return corner.root != .result
  }

  @Test func everyKinkBetweenTwoSidesIsTried() {
    let tried = Set(Self.kinks.map(\.0.name))
    let all = Primitive.elementwise.filter { $0.corners.contains(where: Self.hasTwoSides) }
    #expect(tried == Set(all.map(\.name)))
    #expect(tried.isSuperset(of: ["abs", "relu", "max", "min", "clamp"]))
  }

  @Test(arguments: kinks.indices)
  func choicesAreSlopesBesideTheKink(index: Int) throws {
    let (row, point, corner) = Self.kinks[index]
    for (choice, sign) in [(CornerChoice.left, -1.0), (.right, 1)] {
      let found = try Self.partials(of: row, at: point, choice)
      for place in point.indices where row.derivative(ofParameter: place) != nil {
        let step = try #require(Self.step(to: sign, of: corner, at: point, place))
        var beside = point
        beside[place] += step
        let rise = try Self.value(of: row, at: beside) - Self.value(of: row, at: point)
        #expect(abs(found[place] - rise / step) < 1e-6, "\(row.name) at \(point), \(choice)")
      }
    }
    let sides = try [CornerChoice.left, .right, .middle].map {
      try Self.partials(of: row, at: point, $0)
    }
    for place in point.indices {
      #expect(sides[2][place] == (sides[0][place] + sides[1][place]) / 2)
    }
  }

  /// The step of an argument that makes the corner's root negative or positive.
  private static func step(
    to sign: Double, of corner: Primitive.Corner, at point: [Double], _ place: Int
  ) -> Double? {
    for step in [-0x1p-20, 0x1p-20] {
      var beside = point
      beside[place] += step
      let root = corner.root.value(at: beside, result: 0)
      if root * sign > 0 { return step }
      if root == 0 { return step }
    }
    return nil
  }

  private static func value(of row: Primitive, at point: [Double]) throws -> Double {
    var graph = Graph()
    let inputs = point.map { graph.input($0) }
    let node = try graph.apply(row.id, inputs)
    return graph.scalar(of: node)
  }

  private static func partials(
    of row: Primitive, at point: [Double], _ choice: CornerChoice
  ) throws -> [Double] {
    var graph = Graph()
    graph.cornerChoice = choice
    let inputs = point.map { graph.input($0) }
    let node = try graph.apply(row.id, inputs)
    var builder = GradientBuilder()
    let found = try builder.gradient(of: node, withRespectTo: inputs, in: &graph)
    return found.map { $0.map(graph.scalar(of:)) ?? 0 }
  }

  /// A derivative that was written at a kink stays right where the graph is evaluated anew.
  @Test func aChoiceIsAFormula() throws {
    var graph = Graph()
    graph.cornerChoice = .right
    let x = graph.input(0)
    let node = try graph.node("abs", x)
    var builder = GradientBuilder()
    let slope = try #require(try builder.gradient(of: node, withRespectTo: [x], in: &graph)[0])
    #expect(graph.scalar(of: slope) == 1)
    for (point, wanted) in [(-3.0, -1.0), (3, 1), (0, 1)] {
      let other = graph.input(point)
      var substitution = Substitution(replacing: [x: other], inputsTagged: [:])
      let moved = try substitution.apply(to: slope, in: &graph)
      #expect(graph.scalar(of: moved) == wanted)
    }
  }
}
