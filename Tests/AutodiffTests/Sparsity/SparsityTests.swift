@testable import Autodiff
import Tensors
import Testing

@Suite struct SparsityTests {
  @Test func unionsOfIndexSets() {
    var numbers = Numbers(seed: "sets")
    var sets = IndexSets(count: 40)
    var known: [(Int32, Set<Int32>)] = (0..<40).map { (sets.only($0), [Int32($0)]) }
    known.append((IndexSets.empty, []))
    for _ in 0..<500 {
      let (a, b) = (known.randomElement(using: &numbers), known.randomElement(using: &numbers))
      guard let a, let b else { continue }
      let union = sets.union(a.0, b.0)
      #expect(sets[union] == a.1.union(b.1).sorted())
      #expect(sets.union(b.0, a.0) == union)
      known.append((union, a.1.union(b.1)))
    }
  }

  /// Neighbours differ, and no path of four columns has only two colours.
  @Test func starColouringsOfRandomGraphs() {
    var numbers = Numbers(seed: "stars")
    for _ in 0..<60 {
      let count = Int.random(in: 1...14, using: &numbers)
      let density = Double.random(in: 0...0.7, using: &numbers)
      var neighbours = [Set<Int>](repeating: [], count: count)
      for i in 0..<count {
        for j in 0..<i where Double.random(in: 0...1, using: &numbers) < density {
          neighbours[i].insert(j)
          neighbours[j].insert(i)
        }
      }
      let colours = Colouring(starsOf: neighbours.map { $0.sorted().map(Int32.init) }).colours
      for a in 0..<count {
        for b in neighbours[a] {
          #expect(colours[a] != colours[b])
          for c in neighbours[b] where c != a {
            for d in neighbours[c] where d != b && d != a {
              #expect(Set([colours[a], colours[b], colours[c], colours[d]]).count > 2)
            }
          }
        }
      }
    }
  }

  @Test func columnsOfOneColourShareNoRow() {
    var numbers = Numbers(seed: "columns")
    for _ in 0..<60 {
      let (height, width) = (
        Int.random(in: 1...12, using: &numbers), Int.random(in: 1...12, using: &numbers)
      )
      let rows = (0..<height).map { _ in
        (0..<width).filter { _ in Double.random(in: 0...1, using: &numbers) < 0.3 }.map(Int32.init)
      }
      let colours = Colouring(columnsOf: rows, count: width).colours
      for row in rows { #expect(Set(row.map { colours[Int($0)] }).count == row.count) }
    }
  }

  @Test func fewColoursWhereFewAreNeeded() {
    let path = (0..<100).map { i in
      [i - 1, i + 1].filter { (0..<100).contains($0) }.map(Int32.init)
    }
    #expect(Colouring(starsOf: path).count <= 3)
    let star = [(1..<100).map(Int32.init)] + (1..<100).map { _ in [Int32(0)] }
    #expect(Colouring(starsOf: star).count == 2)
    #expect(Colouring(starsOf: Array(repeating: [], count: 100)).count == 1)
    let bands = (0..<98).map { [Int32($0), Int32($0 + 1), Int32($0 + 2)] }
    #expect(Colouring(columnsOf: bands, count: 100).count == 3)
  }

  /// Every operation, against reverse mode row by row: the same Jacobian, whichever way it went.
  @Test(arguments: ArraysTests.cases)
  func jacobiansOfOperations(item: ArraysTests.Case) throws {
    var numbers = Numbers(seed: item.testDescription)
    let points = item.shapes.map { numbers.tensor($0) }
    var graph = Graph()
    let inputs = points.map { graph.input($0) }
    let squares = try inputs.map { try graph.node("multiply", $0, $0) }
    let output = try graph.apply(Primitive.row(item.name), squares, item.attribute)
    let shape = graph.shape(of: output)
    var (jacobians, gradients) = (JacobianBuilder(), GradientBuilder())
    for input in inputs {
      let found = try jacobians.jacobian(of: output, withRespectTo: input, in: &graph)
      let size = graph.shape(of: input)
      let entries = found.map { graph.tensor(of: $0).elements }
      if let found {
        #expect(graph.shape(of: found).dimensions == shape.dimensions + size.dimensions)
      }
      for place in 0..<shape.count {
        var seed = [Double](repeating: 0, count: shape.count)
        seed[place] = 1
        let weight = graph.constant(Tensor(shape: shape, elements: seed))
        let row = try gradients.adjoint(
          of: output, seed: weight, withRespectTo: [input], in: &graph)[0]
        let expected =
          row.map { graph.tensor(of: $0).elements } ?? Array(repeating: 0, count: size.count)
        for (column, value) in expected.enumerated() {
          let entry = entries.map { $0[place * size.count + column] } ?? 0
          #expect(isNear(entry, value, tolerance: 1e-13), "entry \(place), \(column)")
        }
      }
    }
  }

  /// What is left out of a pattern is 0 whatever the numbers: constants that are 0 make it sparse.
  @Test func patternsOfProducts() throws {
    var graph = Graph()
    let x = graph.input(vector(1, 2, 3))
    let band = graph.constant(tensor([3, 3], [1, 1, 0, 0, 1, 1, 0, 0, 1]))
    let product = try graph.node("matmul", band, x)
    let masked = try graph.node("multiply", product, graph.constant(vector(1, 0, 1)))
    let rows = try Dependencies(of: [masked], on: [x], in: graph).rows(of: masked, in: graph)
    #expect(rows == [[0, 1], [], [2]])
    // A gate may open elsewhere, so what it shuts now belongs to the pattern.
    let isLarge = try graph.node("greater", x, graph.constant(5))
    let reversed = try graph.node(
      "index", x, attribute: .items([.slice(start: nil, stop: nil, step: -1)]))
    let choice = try graph.node("where", isLarge, reversed, x)
    let either = try Dependencies(of: [choice], on: [x], in: graph).rows(of: choice, in: graph)
    #expect(either == [[0, 2], [1], [0, 2]])
  }

  /// A loop over the entries of an array costs in proportion to them, and not to their square.
  @Test func gradientsOfLoopsOverEntriesAreLinear() throws {
    for size in [50, 100] {
      var graph = Graph()
      let x = graph.input(HessianBuilderTests.start(size))
      let output = try HessianBuilderTests.rosenbrockByEntries(size)(&graph, [x])
      let before = graph.count
      let slope = try graph.derivative(of: output, by: x)
      #expect(graph.shape(of: slope) == Shape([size]))
      // Beside the slope itself no array is made.
      let arrays = (before..<graph.count).filter { !graph.isScalar(NodeID($0)) }
      #expect(arrays.count == 1)
    }
  }

  /// Rows, entries, entries from the end and entries taken twice come together in one adjoint.
  @Test func partsOfOneArrayComeTogether() throws {
    let function: Construction = { graph, x in
      func part(_ items: IndexItem...) throws -> NodeID {
        try graph.node("index", x[0], attribute: .items(items))
      }
      let row = try part(.at(0))
      let same = try part(.at(-3))
      let last = try part(.at(-1))
      let entry = try part(.at(1), .at(0))
      let again = try part(.at(-2), .at(-2))
      let slice = try part(.slice(start: 1, stop: nil, step: 1), .at(1))
      let rows = try graph.node("add", graph.node("multiply", row, same), graph.node("exp", last))
      let rest = try graph.node("multiply", graph.node("multiply", entry, again), slice)
      return try graph.node("add", graph.node("sum", rows), graph.node("sum", rest))
    }
    var numbers = Numbers(seed: "parts")
    try expectDifferences(of: function, at: [numbers.tensor([3, 2])])
  }

  /// The square root is vertical at 0, and rows that leave the 0 out are none the worse for it.
  @Test func rowsOfAJacobianDoNotSpoilEachOther() throws {
    var graph = Graph()
    let x = graph.input(vector(1, 2, 0))
    let matrix = graph.constant(tensor([2, 3], [1, 1, 1, 0, 0, 1]))
    let roots = try graph.node("sqrt", graph.node("matmul", matrix, x))
    var builder = JacobianBuilder()
    let found = try #require(
      try builder.jacobian(of: roots, withRespectTo: x, in: &graph))
    let slope = 0.5 / 3.0.squareRoot()
    let elements = graph.tensor(of: found).elements
    #expect(areRight(elements, [slope, slope, slope, 0, 0, .infinity]))
    // The same where single entries are taken of what was calculated.
    let parts: Construction = { graph, x in
      let roots = try graph.node("sqrt", x[0])
      let first = try graph.node("index", roots, attribute: .items([.at(0)]))
      let second = try graph.node("index", roots, attribute: .items([.at(1)]))
      return try graph.node("add", first, second)
    }
    #expect(try gradients(parts, at: [vector(1, 4, 0)]) == [vector(0.5, 0.25, 0)])
  }

  /// Shut gates before single entries: 0·∞ behind them is never taken.
  @Test func masksOfPartsComeTogether() throws {
    let function: Construction = { graph, x in
      let roots = try graph.node("sqrt", x[0])
      var sum = graph.constant(0)
      for place in 0..<3 {
        let entry = try graph.node("index", roots, attribute: .items([.at(place)]))
        let point = try graph.node("index", x[0], attribute: .items([.at(place)]))
        let isRight = try graph.node("greater", point, graph.constant(0))
        sum = try graph.node("add", sum, graph.node("where", isRight, entry, graph.constant(0)))
      }
      return sum
    }
    #expect(try gradients(function, at: [vector(4, 0, 1)]) == [vector(0.25, 0, 0.5)])
  }
}
