@testable import Autodiff
import Testing

/// Values at other inputs, as a graph that is built there has them.
@Suite struct ReplayTests {
  @Test(arguments: Primitive.elementwise)
  func givesWhatTheRowGives(_ row: Primitive) throws {
    let points = row.points(3)
    var graph = Graph()
    let inputs = points[0].map { graph.input($0) }
    let output = try graph.apply(row.id, inputs)
    var replay = try #require(Replay([output], in: graph, holdsStops: false))
    for point in points {
      let there = point.map { graph.input($0) }
      let node = try graph.apply(row.id, there)
      let isRun = replay.run(with: Dictionary(uniqueKeysWithValues: zip(inputs, point)))
      // A choice that was made the other way cannot be replayed.
      if row.name == "if", (point[0] != 0) != (points[0][0] != 0) {
        #expect(!isRun)
      } else {
        #expect(isRun)
        #expect(isRight(replay.value(of: output), graph.scalar(of: node), ulps: 0))
      }
    }
  }

  @Test func keepsWhatDoesNotChange() throws {
    var graph = Graph()
    let (x, y) = (graph.input(2), graph.input(3))
    let stopped = try graph.node("stop", x)
    let output = try graph.node("add", graph.node("multiply", stopped, x), y)
    var replay = try #require(Replay([output], in: graph, holdsStops: true))
    try replay.rerun(with: [x: 5])
    #expect(replay.value(of: output) == 13)
    try replay.rerun(with: [:])
    #expect(replay.value(of: output) == 7)
    var free = try #require(Replay([output], in: graph, holdsStops: false))
    try free.rerun(with: [x: 5])
    #expect(free.value(of: output) == 28)
    #expect(free.largestMagnitude == 28)
    #expect(free.value(of: NodeID(graph.count)).isNaN)
  }

  @Test func takesNoArrays() throws {
    var graph = Graph()
    let x = graph.input(vector(1, 2))
    let sum = try graph.node("sum", x)
    #expect(Replay([x], in: graph, holdsStops: true) == nil)
    #expect(Replay([sum], in: graph, holdsStops: true) == nil)
  }
}

extension Replay {
  /// Runs where no condition is in the way.
  fileprivate mutating func rerun(with inputs: [NodeID: Double]) throws {
    let isRun = run(with: inputs)
    try #require(isRun)
  }
}
