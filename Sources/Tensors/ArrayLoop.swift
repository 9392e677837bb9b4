/// A function of one number over neighbouring elements: from where, to where, how many.
package typealias UnaryLoop =
  @convention(c) (UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Void

/// A function of two numbers over rows of elements, each operand with its step.
package typealias BinaryLoop =
  @convention(c) (
    UnsafePointer<Double>, Int, UnsafePointer<Double>, Int, UnsafeMutablePointer<Double>, Int
  ) -> Void

/// Loops in which the function is part of the loop, so that the compiler takes several elements at
/// once; of functions that are a single instruction the call would take most of the time.
package enum ArrayLoop {
  package static let add: BinaryLoop = { x, i, y, j, z, n in run(x, i, y, j, z, n) { $0 + $1 } }
  package static let subtract: BinaryLoop = { x, i, y, j, z, n in
    run(x, i, y, j, z, n) { $0 - $1 }
  }
  package static let multiply: BinaryLoop = { x, i, y, j, z, n in
    run(x, i, y, j, z, n) { $0 * $1 }
  }
  package static let divide: BinaryLoop = { x, i, y, j, z, n in
    run(x, i, y, j, z, n) { $0 / $1 }
  }
  package static let negate: UnaryLoop = { x, z, n in
    for k in 0..<n { z[k] = -x[k] }
  }

  @inline(__always)
  private static func run(
    _ x: UnsafePointer<Double>, _ i: Int, _ y: UnsafePointer<Double>, _ j: Int,
    _ z: UnsafeMutablePointer<Double>, _ count: Int, _ f: (Double, Double) -> Double
  ) {
    switch (i, j) {
    case (1, 1): for k in 0..<count { z[k] = f(x[k], y[k]) }
    case (1, 0):
      let y = y[0]
      for k in 0..<count { z[k] = f(x[k], y) }
    case (0, 1):
      let x = x[0]
      for k in 0..<count { z[k] = f(x, y[k]) }
    default: for k in 0..<count { z[k] = f(x[i * k], y[j * k]) }
    }
  }
}

extension Tensor {
  /// Runs a loop over all elements.
  package static func map(_ a: Tensor, loop: UnaryLoop) -> Tensor {
    let elements = a.elements.withUnsafeBufferPointer { x in
      [Double](unsafeUninitializedCapacity: x.count) { result, count in
        count = x.count
        if let x = x.baseAddress, let target = result.baseAddress { loop(x, target, count) }
      }
    }
    return Tensor(shape: a.shape, elements: elements)
  }

  /// Runs a loop over the pairs of elements that broadcasting matches.
  package static func zip(_ a: Tensor, _ b: Tensor, loop: BinaryLoop) throws(ShapeError) -> Tensor {
    let shape = try Shape.broadcasting(a.shape, b.shape)
    let elements = a.elements.withUnsafeBufferPointer { x in
      b.elements.withUnsafeBufferPointer { y in
        [Double](unsafeUninitializedCapacity: shape.count) { result, count in
          guard let x = x.baseAddress, let y = y.baseAddress, let target = result.baseAddress,
            shape.count > 0
          else { return }
          let walk = Walk(over: [a.shape, b.shape], stretchedTo: shape)
          walk.forEachRow { start, step, length in
            loop(x + start[0], step[0], y + start[1], step[1], target + count, length)
            count += length
          }
        }
      }
    }
    return Tensor(shape: shape, elements: elements)
  }
}
