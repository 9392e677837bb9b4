import Tensors
import Testing

@Suite struct MatrixProductTests {
  static let m = tensor([2, 3], [1, 2, 3, 4, 5, 6])
  static let n = tensor([3, 2], [1, 0, 2, -1, 0.5, 3])
  static let v = tensor([3], [1, -2, 3])
  static let w = tensor([2], [2, -1])

  static let products: [(Tensor, Tensor, Tensor)] = [
    (v, v, tensor([], [14])),
    (m, v, tensor([2], [6, 12])),
    (w, m, tensor([3], [-2, -1, 0])),
    (m, n, tensor([2, 2], [6.5, 7, 17, 13])),
    (n, m, tensor([3, 3], [1, 2, 3, -2, -1, 0, 12.5, 16, 19.5])),
    (m.transposed, w, tensor([3], [-2, -1, 0])),
    (tensor([2, 0], []), tensor([0, 3], []), tensor([2, 3], [0, 0, 0, 0, 0, 0])),
    (tensor([0], []), tensor([0], []), tensor([], [0])),
    (tensor([0, 2], []), n.transposed, tensor([0, 3], [])),
  ]

  @Test(arguments: products)
  func allPairsOfRanks(a: Tensor, b: Tensor, product: Tensor) throws {
    #expect(try a.matmul(b) == product)
    #expect(try Shape.matmul(a.shape, b.shape) == product.shape)
  }

  /// Sizes on both sides of every block of the loop; whole numbers, so that no rounding hides.
  @Test(arguments: [(1, 1, 2), (3, 4, 5), (7, 33, 2), (5, 70, 9), (2, 32, 31), (1, 67, 3)])
  func followsItsDefinition(rows: Int, inner: Int, columns: Int) throws {
    var numbers = Sequence64(seed: 11)
    let a = random([rows, inner], using: &numbers)
    let b = random([inner, columns], using: &numbers)
    let product = try a.matmul(b)
    for i in 0..<rows {
      for j in 0..<columns {
        let terms = (0..<inner).map { a.elements[i * inner + $0] * b.elements[$0 * columns + j] }
        #expect(product.elements[i * columns + j] == terms.reduce(0, +))
      }
    }
  }

  @Test func termsAreAddedFromFirstToLast() throws {
    let a = tensor([1, 6], [1e16, 1, 1, -1e16, 1, 0.1])
    let ones = Tensor(repeating: 1, shape: Shape([6, 2]))
    let plain = a.elements.reduce(0, +)
    #expect(plain != 3.1)
    #expect(try a.matmul(ones) == tensor([1, 2], [plain, plain]))
    #expect(try a.matmul(tensor([6], [1, 1, 1, 1, 1, 1])) == tensor([1], [plain]))
  }

  @Test func theSignOfZeroSurvives() throws {
    let zero = tensor([1, 1], [-0.0])
    #expect(try zero.matmul(tensor([1], [1])).elements[0].sign == .minus)
    #expect(try zero.matmul(tensor([1, 2], [1, 1])).elements[1].sign == .minus)
  }

  /// Sizes around those of tiles and blocks, each factor also read as its transpose.
  @Test(arguments: [(4, 784, 10), (13, 257, 37), (33, 40, 16), (64, 300, 31), (200, 30, 201)])
  func largeProductsFollowTheirDefinition(rows: Int, inner: Int, columns: Int) throws {
    var numbers = Sequence64(seed: 12)
    let a = random([rows, inner], using: &numbers)
    let b = random([inner, columns], using: &numbers)
    var truth = [Double](repeating: 0, count: rows * columns)
    for i in 0..<rows {
      for k in 0..<inner {
        for j in 0..<columns {
          truth[i * columns + j] += a.elements[i * inner + k] * b.elements[k * columns + j]
        }
      }
    }
    for turned in [(false, false), (true, false), (false, true), (true, true)] {
      let (left, right) = (turned.0 ? a.transposed : a, turned.1 ? b.transposed : b)
      #expect(try left.matmul(right, turned: turned).elements == truth)
      #expect(try left.singleMatmul(right, turned: turned, isFused: false).elements == truth)
    }
  }

  /// In 32 bits each entry is the plain sum from first to last, with two roundings a product or one.
  @Test(arguments: [(1, 4, 2), (13, 300, 40), (64, 784, 10)], [false, true])
  func singleProductsAreSummedInOrder(_ sizes: (Int, Int, Int), isFused: Bool) throws {
    let (rows, inner, columns) = sizes
    func factor(_ dimensions: [Int], _ step: Double) -> Tensor {
      let shape = Shape(dimensions)
      return tensor(
        dimensions,
        (0..<shape.count).map {
          Double(Float((Double($0) * step).truncatingRemainder(dividingBy: 1) - 0.4))
        })
    }
    let (a, b) = (factor([rows, inner], 0.6180339887), factor([inner, columns], 0.7548776662))
    let product = try a.singleMatmul(b, isFused: isFused)
    for i in 0..<rows {
      for j in 0..<columns {
        var sum: Float = 0
        for k in 0..<inner {
          let x = Float(a.elements[i * inner + k])
          let y = Float(b.elements[k * columns + j])
          if isFused { sum.addProduct(x, y) } else { sum += x * y }
        }
        #expect(product.elements[i * columns + j] == Double(sum))
      }
    }
  }
}
