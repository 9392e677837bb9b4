@testable import Autodiff
import Tensors
import Testing

@Suite struct SubstitutionTests {
  @Test func evaluatesAgainWithAnotherNumber() throws {
    var graph = Graph()
    let x = graph.input(2)
    let y = try graph.node("add", graph.node("multiply", x, x), graph.constant(1))
    let other = graph.input(5)
    var substitution = Substitution(replacing: [x: other], inputsTagged: [:])
    let copy = try substitution.apply(to: y, in: &graph)
    #expect(graph.scalar(of: copy) == 26)
    #expect(graph.scalar(of: y) == 5)
    let slope = try graph.derivative(of: copy, by: other)
    #expect(graph.scalar(of: slope) == 10)
    var builder = GradientBuilder()
    let none = try builder.gradient(of: copy, withRespectTo: [x], in: &graph)
    #expect(none == [nil])
  }

  @Test func sharedPartsStayShared() throws {
    var graph = Graph()
    let x = graph.input(2)
    let square = try graph.node("multiply", x, x)
    let sum = try graph.node("add", square, square)
    let product = try graph.node("multiply", sum, square)
    let (other, count) = (graph.input(3), graph.count + 1)
    var substitution = Substitution(replacing: [x: other], inputsTagged: [:])
    let first = try substitution.apply(to: product, in: &graph)
    #expect(graph.scalar(of: first) == 162)
    #expect(graph.count == count + 2)
    let copy = try #require(graph.operands(of: first).last)
    #expect(graph.operands(of: graph.operands(of: first)[0]) == [copy, copy])
    // A second result built from the same nodes finds the copies of the first.
    let second = try substitution.apply(to: square, in: &graph)
    #expect(second == copy)
    #expect(graph.count == count + 2)
  }

  @Test func whatUsesNoneOfThemIsItself() throws {
    var graph = Graph()
    let (x, z) = (graph.input(2), graph.input(3))
    let y = try graph.node("sin", x)
    let count = graph.count
    var substitution = Substitution(replacing: [z: x], inputsTagged: [Tag(1): z])
    let results = [
      try substitution.apply(to: y, in: &graph), try substitution.apply(to: z, in: &graph),
    ]
    #expect(results == [y, x])
    #expect(graph.count == count)
  }

  @Test func inputsAreFoundByTheirTag() throws {
    var graph = Graph()
    let old = graph.input(1, tag: Tag(7))
    let newer = graph.input(2, tag: Tag(7))
    let constant = graph.constant(4, tag: Tag(7))
    let y = try graph.apply(.stack, [old, newer, constant])
    let newest = graph.input(3, tag: Tag(7))
    var substitution = Substitution(replacing: [:], inputsTagged: [Tag(7): newest])
    let copy = try substitution.apply(to: y, in: &graph)
    #expect(graph.tensor(of: copy) == vector(3, 3, 4))
  }

  @Test func attributesAndTagsAreKept() throws {
    var graph = Graph()
    let v = graph.input(vector(1, 2, 3))
    let part = try graph.node("index", v, attribute: .items([.at(-1)]))
    graph.setTag(Tag(4), of: part)
    let other = graph.input(vector(7, 8, 9, 10))
    var substitution = Substitution(replacing: [v: other], inputsTagged: [:])
    let copy = try substitution.apply(to: part, in: &graph)
    #expect(graph.scalar(of: copy) == 10)
    #expect(graph.attribute(of: copy) == .items([.at(-1)]))
    #expect(graph.tag(of: copy) == Tag(4))
  }

  @Test func shapesMayCeaseToFit() throws {
    var graph = Graph()
    let v = graph.input(vector(1, 2, 3))
    let sum = try graph.node("add", v, graph.constant(vector(1, 1, 1)))
    let other = graph.input(vector(1, 2))
    var substitution = Substitution(replacing: [v: other], inputsTagged: [:])
    do {
      _ = try substitution.apply(to: sum, in: &graph)
      Issue.record("shapes that do not fit were accepted")
    } catch Substitution.Failure.shape(let error) {
      #expect(error == .doNotBroadcast([Shape([2]), Shape([3])]))
    }
  }

  @Test func anIfKeepsItsSideOrSaysSo() throws {
    var graph = Graph()
    let x = graph.input(4)
    let condition = try graph.node("greater", x, graph.constant(0))
    let root = try graph.node("if", condition, graph.node("sqrt", x))
    let (same, other) = (graph.input(9), graph.input(-9))
    var substitution = Substitution(replacing: [x: same], inputsTagged: [:])
    let copy = try substitution.apply(to: root, in: &graph)
    #expect(graph.scalar(of: copy) == 3)
    var turned = Substitution(replacing: [x: other], inputsTagged: [:])
    do {
      _ = try turned.apply(to: root, in: &graph)
      Issue.record("a side that was never built was taken")
    } catch Substitution.Failure.otherSide(let place) {
      #expect(place == condition)
    }
  }

  @Test func aWhereChangesSides() throws {
    var graph = Graph()
    let x = graph.input(4)
    let condition = try graph.node("greater", x, graph.constant(0))
    let size = try graph.node("where", condition, x, graph.node("negate", x))
    let other = graph.input(-9)
    var substitution = Substitution(replacing: [x: other], inputsTagged: [:])
    let copy = try substitution.apply(to: size, in: &graph)
    #expect(graph.scalar(of: copy) == 9)
  }

  @Test func compactionCarriesItAlong() throws {
    var graph = Graph()
    _ = graph.input(0)
    let x = graph.input(2)
    let square = try graph.node("multiply", x, x)
    let cube = try graph.node("multiply", square, x)
    let other = graph.input(3)
    var substitution = Substitution(replacing: [x: other], inputsTagged: [Tag(3): other])
    let copy = try substitution.apply(to: square, in: &graph)
    let compaction = graph.compact(keeping: substitution.held + [cube, copy])
    substitution.remap(compaction.firstPlace(from:))
    let place = try #require(compaction.place(of: cube))
    let count = graph.count
    let result = try substitution.apply(to: place, in: &graph)
    #expect(graph.scalar(of: result) == 27)
    #expect(graph.count == count + 1)
    #expect(graph.operands(of: result).first == compaction.place(of: copy))
  }
}
