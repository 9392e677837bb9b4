@testable import Autodiff
import Testing

@Suite struct ReachTests {
  @Test func collectsOnlyWhatTheOutputIsBuiltFrom() throws {
    var graph = Graph()
    let (x, y) = (graph.input(1), graph.input(2))
    let used = try graph.node("sin", x)
    let unused = try graph.node("exp", y)
    let output = try graph.node("add", used, x)
    var reach = Reach()
    reach.collect(from: output, in: graph)
    #expect(reach.inner == [output, used])
    #expect(reach.leaves == [x])
    #expect(reach.contains(used))
    #expect(!reach.contains(unused))
    #expect(!reach.contains(y))
  }

  @Test func leavesOutWhatIsTooEarly() throws {
    var graph = Graph()
    let x = graph.input(1)
    let early = try graph.node("sin", x)
    let late = try graph.node("exp", early)
    let output = try graph.node("add", late, late)
    var reach = Reach()
    reach.collect(from: output, in: graph, notBefore: late)
    #expect(reach.inner == [output, late])
    #expect(reach.leaves.isEmpty)
    reach.collect(from: early, in: graph, notBefore: late)
    #expect(reach.inner.isEmpty)
    #expect(!reach.contains(early))
  }

  @Test func oneCollectionForgetsTheOneBefore() throws {
    var graph = Graph()
    let (x, y) = (graph.input(1), graph.input(2))
    let (first, second) = (try graph.node("sin", x), try graph.node("sin", y))
    var reach = Reach()
    reach.collect(from: first, in: graph)
    reach.collect(from: second, in: graph)
    #expect(reach.inner == [second])
    #expect(!reach.contains(first))
    #expect(!reach.contains(x))
    let later = try graph.node("exp", second)
    #expect(!reach.contains(later))
    reach.collect(from: later, in: graph)
    #expect(reach.inner == [later, second])
  }
}
