/// A loop over up to four arrays at once, row by row.
///
/// Each lane of the vectors belongs to one array.
struct Walk {
  /// The sizes of the loops, the innermost first.
  private var sizes: [Int] = []
  /// For each loop how far each array advances.
  private var steps: [SIMD4<Int>] = []
  /// Where each array begins.
  private var origin: SIMD4<Int> = .zero

  /// A walk over the elements that a view shows.
  init(over view: View) {
    origin[0] = view.offset
    for axis in view.dimensions.indices.reversed() {
      surround(size: view.dimensions[axis], step: SIMD4(view.strides[axis], 0, 0, 0))
    }
  }

  /// A walk over arrays in row-major order, each stretched to a shape that it broadcasts to.
  init(over shapes: [Shape], stretchedTo result: Shape) {
    sizes.reserveCapacity(result.rank)
    steps.reserveCapacity(result.rank)
    var distances = SIMD4(repeating: 1)
    for fromEnd in stride(from: 1, through: result.rank, by: 1) {
      var step = SIMD4<Int>.zero
      for (lane, shape) in shapes.enumerated() where fromEnd <= shape.rank {
        let size = shape.dimensions[shape.rank - fromEnd]
        guard size != 1 else { continue }
        step[lane] = distances[lane]
        distances[lane] *= size
      }
      surround(size: result.dimensions[result.rank - fromEnd], step: step)
    }
  }

  /// Adds a loop around the others, joined to the last if all arrays run on evenly.
  private mutating func surround(size: Int, step: SIMD4<Int>) {
    guard size != 1 else { return }
    if let inner = steps.last, step == inner &* SIMD4(repeating: sizes[sizes.count - 1]) {
      sizes[sizes.count - 1] *= size
    } else {
      sizes.append(size)
      steps.append(step)
    }
  }

  /// How many elements the walk meets.
  var count: Int { sizes.reduce(1, *) }

  /// Where the first array begins.
  var offset: Int { origin[0] }

  /// How often each of the first array's neighbours is repeated, where that is all the walk does.
  var repetition: (entries: Int, times: Int)? {
    guard sizes.count == 2, steps[0][0] == 0, steps[1][0] == 1 else { return nil }
    return (sizes[1], sizes[0])
  }

  /// Calls the body with the places at which a row starts, the steps within it, and its length.
  func forEachRow(_ body: (_ start: SIMD4<Int>, _ step: SIMD4<Int>, _ length: Int) -> Void) {
    guard let length = sizes.first else { return body(origin, .zero, 1) }
    guard count > 0 else { return }
    guard sizes.count > 1 else { return body(origin, steps[0], length) }
    var start = origin
    var place = [Int](repeating: 0, count: sizes.count)
    while true {
      body(start, steps[0], length)
      // Advance like an odometer: the first loop that is not at its end, those within it back to 0.
      var loop = 1
      while loop < sizes.count {
        place[loop] += 1
        start &+= steps[loop]
        if place[loop] < sizes[loop] { break }
        start &-= steps[loop] &* SIMD4(repeating: sizes[loop])
        place[loop] = 0
        loop += 1
      }
      if loop == sizes.count { return }
    }
  }
}
