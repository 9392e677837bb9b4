/// A function of one number; a bare function pointer, so that loops count no references.
package typealias UnaryKernel = @convention(c) (Double) -> Double
/// A function of two numbers.
package typealias BinaryKernel = @convention(c) (Double, Double) -> Double
/// A function of three numbers.
package typealias TernaryKernel = @convention(c) (Double, Double, Double) -> Double

extension Tensor {
  /// Applies a function to every element.
  package static func map(_ a: Tensor, _ f: UnaryKernel) -> Tensor {
    if a.shape.isScalar { return Tensor(scalar: f(a.scalar)) }
    let elements = a.elements.withUnsafeBufferPointer { a in
      [Double](unsafeUninitializedCapacity: a.count) { result, count in
        for i in a.indices { result.initializeElement(at: i, to: f(a[i])) }
        count = a.count
      }
    }
    return Tensor(shape: a.shape, elements: elements)
  }

  /// Applies a function to the pairs of elements that broadcasting matches.
  package static func zip(
    _ a: Tensor, _ b: Tensor, _ f: BinaryKernel
  ) throws(ShapeError) -> Tensor {
    if a.shape.isScalar, b.shape.isScalar { return Tensor(scalar: f(a.scalar, b.scalar)) }
    let shape = try Shape.broadcasting(a.shape, b.shape)
    let elements = a.elements.withUnsafeBufferPointer { x in
      b.elements.withUnsafeBufferPointer { y in
        [Double](unsafeUninitializedCapacity: shape.count) { result, count in
          if let i = a.evenStep(in: shape), let j = b.evenStep(in: shape) {
            count = shape.count
            for k in 0..<count { result.initializeElement(at: k, to: f(x[i * k], y[j * k])) }
          } else {
            let walk = Walk(over: [a.shape, b.shape], stretchedTo: shape)
            walk.forEachRow { start, step, length in
              let (p, q, i, j) = (start[0], start[1], step[0], step[1])
              for k in 0..<length {
                result.initializeElement(at: count + k, to: f(x[p + i * k], y[q + j * k]))
              }
              count += length
            }
          }
        }
      }
    }
    return Tensor(shape: shape, elements: elements)
  }

  /// Applies a function to the triples of elements that broadcasting matches.
  package static func zip3(
    _ a: Tensor, _ b: Tensor, _ c: Tensor, _ f: TernaryKernel
  ) throws(ShapeError) -> Tensor {
    let shape = try Shape.broadcast([a.shape, b.shape, c.shape])
    if shape.isScalar { return Tensor(scalar: f(a.scalar, b.scalar, c.scalar)) }
    let walk = Walk(over: [a.shape, b.shape, c.shape], stretchedTo: shape)
    let elements = a.elements.withUnsafeBufferPointer { x in
      b.elements.withUnsafeBufferPointer { y in
        c.elements.withUnsafeBufferPointer { z in
          [Double](unsafeUninitializedCapacity: shape.count) { result, count in
            walk.forEachRow { start, step, length in
              let (p, q, r) = (start[0], start[1], start[2])
              let (i, j, l) = (step[0], step[1], step[2])
              for k in 0..<length {
                let value = f(x[p + i * k], y[q + j * k], z[r + l * k])
                result.initializeElement(at: count + k, to: value)
              }
              count += length
            }
          }
        }
      }
    }
    return Tensor(shape: shape, elements: elements)
  }

  /// The array stretched to a shape that it broadcasts to.
  package func broadcast(to target: Shape) throws(ShapeError) -> Tensor {
    if shape == target { return self }
    guard Shape.broadcast(shape, target) == target else {
      throw .doesNotBroadcast(shape, to: target)
    }
    try target.requireRoom()
    if count == 1 { return Tensor(repeating: elements[0], shape: target) }
    let walk = Walk(over: [shape], stretchedTo: target)
    return Tensor(shape: target, elements: walk.gathered(from: elements))
  }

  /// The axes in the opposite order.
  package var transposed: Tensor {
    guard shape.rank > 1 else { return self }
    let view = View(shape).transposed
    return Tensor(shape: shape.transposed, elements: view.gathered(from: elements))
  }
}
