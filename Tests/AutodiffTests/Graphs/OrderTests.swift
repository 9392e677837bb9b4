@testable import Autodiff
import Testing

@Suite struct OrderTests {
  @Test func operandsComeFirstFromLeftToRight() throws {
    var graph = Graph()
    let (a, b) = (graph.input(1), graph.input(2))
    _ = try graph.node("sin", a)
    let right = try graph.node("exp", b)
    let left = try graph.node("cos", a)
    let output = try graph.node("multiply", left, right)
    #expect(graph.postOrder(from: output) == [a, left, b, right, output])
  }

  @Test func sharedNodesComeOnce() throws {
    var graph = Graph()
    let x = graph.input(1)
    let square = try graph.node("multiply", x, x)
    let sum = try graph.node("add", square, x)
    let output = try graph.node("add", sum, square)
    #expect(graph.postOrder(from: output) == [x, square, sum, output])
    #expect(graph.postOrder(from: x) == [x])
  }

  @Test func variadicRowsListAllTheirOperands() throws {
    var graph = Graph()
    let parts = [graph.input(1), graph.input(2), graph.input(3), graph.input(4)]
    let stack = try graph.apply(.stack, parts.reversed())
    #expect(graph.postOrder(from: stack) == parts.reversed() + [stack])
  }

  @Test func foldedNodesHaveTheOperandsTheyAreGiven() throws {
    var graph = Graph()
    let x = graph.input(1)
    let inner = try graph.node("sin", x)
    let call = try graph.node("exp", inner)
    let output = try graph.node("add", call, x)
    let order = graph.postOrder(from: output) { $0 == call ? [x] : nil }
    #expect(order == [x, call, output])
  }

  /// Whatever the graph: every node once, after its operands, and none that leads elsewhere.
  @Test(arguments: ["a", "b", "c", "d"])
  func anyOrderIsTopological(seed: String) throws {
    var numbers = Numbers(seed: seed)
    var graph = Graph()
    for value in 0..<5 { _ = graph.input(Double(value)) }
    for _ in 0..<200 {
      let operands = (0..<2).map { _ in NodeID(.random(in: 0..<graph.count, using: &numbers)) }
      _ = try graph.apply(.add, operands)
    }
    let order = graph.postOrder(from: graph.last)
    var seen: Set<NodeID> = []
    for id in order {
      #expect(graph.operands(of: id).allSatisfy(seen.contains))
      #expect(seen.insert(id).inserted)
    }
    #expect(order.last == graph.last)
    var reach = Reach()
    reach.collect(from: graph.last, in: graph)
    #expect(Set(reach.inner + reach.leaves) == seen)
    #expect(reach.inner == reach.inner.sorted(by: >))
  }
}
