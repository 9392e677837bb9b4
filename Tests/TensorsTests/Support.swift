import Tensors

/// A tensor from the sizes along its axes and its elements in row-major order.
func tensor(_ dimensions: [Int], _ elements: [Double]) -> Tensor {
  Tensor(shape: Shape(dimensions), elements: elements)
}

/// 0, 1, 2, … in a shape.
func counting(_ dimensions: [Int]) -> Tensor {
  let shape = Shape(dimensions)
  return Tensor(shape: shape, elements: (0..<shape.count).map(Double.init))
}

/// Numbers without any pattern, the same in every run (Knuth's MMIX generator).
struct Sequence64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    // The low bits of such a sequence hardly vary, so they are mixed with the high ones.
    let mixed = (state ^ (state >> 33)) &* 0xff51_afd7_ed55_8ccd
    return mixed ^ (mixed >> 33)
  }
}

/// A tensor of small whole numbers, so that sums of products are exact in any order.
func random(_ dimensions: [Int], using numbers: inout Sequence64) -> Tensor {
  let shape = Shape(dimensions)
  let elements = (0..<shape.count).map { _ in Double(Int.random(in: -9...9, using: &numbers)) }
  return Tensor(shape: shape, elements: elements)
}

/// The inner product of two tensors of one shape.
func inner(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.elements, b.elements).reduce(0) { $0 + $1.0 * $1.1 }
}
