import CArrayLoops

/// A function of one number over neighbouring elements: from where, to where, how many.
package typealias UnaryLoop =
  @convention(c) (UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int) -> Void

/// A function of two numbers over rows of elements, each operand with its step.
package typealias BinaryLoop =
  @convention(c) (
    UnsafePointer<Double>?, Int, UnsafePointer<Double>?, Int, UnsafeMutablePointer<Double>?, Int
  ) -> Void

/// A function of three numbers over rows of elements, each operand with its step.
package typealias TernaryLoop =
  @convention(c) (
    UnsafePointer<Double>?, Int, UnsafePointer<Double>?, Int, UnsafePointer<Double>?, Int,
    UnsafeMutablePointer<Double>?, Int
  ) -> Void

/// Loops in which the function is part of the loop take several elements at once; of functions that
/// are a single instruction the call would take most of the time.
extension Tensor {
  /// Runs a loop over all elements.
  package static func map(_ a: Tensor, loop: UnaryLoop) -> Tensor {
    let elements = a.elements.withUnsafeBufferPointer { x in
      [Double](unsafeUninitializedCapacity: x.count) { result, count in
        count = x.count
        loop(x.baseAddress, result.baseAddress, count)
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
          guard let x = x.baseAddress, let y = y.baseAddress, let target = result.baseAddress else {
            return
          }
          if let i = a.evenStep(in: shape), let j = b.evenStep(in: shape) {
            count = shape.count
            return loop(x, i, y, j, target, count)
          }
          Walk(over: [a.shape, b.shape], stretchedTo: shape).forEachRow { start, step, length in
            loop(x + start[0], step[0], y + start[1], step[1], target + count, length)
            count += length
          }
        }
      }
    }
    return Tensor(shape: shape, elements: elements)
  }

  /// Runs a loop over the triples of elements that broadcasting matches.
  package static func zip3(_ a: Tensor, _ b: Tensor, _ c: Tensor, loop: TernaryLoop)
    throws(ShapeError) -> Tensor
  {
    let shape = try Shape.broadcast([a.shape, b.shape, c.shape])
    let elements = a.elements.withUnsafeBufferPointer { x in
      b.elements.withUnsafeBufferPointer { y in
        c.elements.withUnsafeBufferPointer { z in
          [Double](unsafeUninitializedCapacity: shape.count) { result, count in
            guard let x = x.baseAddress, let y = y.baseAddress, let z = z.baseAddress,
              let target = result.baseAddress
            else { return }
            let walk = Walk(over: [a.shape, b.shape, c.shape], stretchedTo: shape)
            walk.forEachRow { start, step, length in
              loop(
                x + start[0], step[0], y + start[1], step[1], z + start[2], step[2],
                target + count, length)
              count += length
            }
          }
        }
      }
    }
    return Tensor(shape: shape, elements: elements)
  }

  /// The step by which a plain loop over a result's elements passes through these, if there is one.
  func evenStep(in result: Shape) -> Int? {
    if shape == result { return 1 }
    return count == 1 ? 0 : nil
  }
}
