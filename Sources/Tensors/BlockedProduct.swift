import CMatrixTile

/// The built-in matrix product: blocks that stay in the caches, tiles that stay in registers.
///
/// K. Goto and R. van de Geijn, Anatomy of high-performance matrix multiplication, 2008. Panels of
/// both factors are packed so that the innermost loop reads memory in order; a factor that is
/// transposed is packed along its other side, which costs nothing more.
enum BlockedProduct {
  /// The widest tile that the processor has instructions for.
  private static let tile = matrix_tile_widest()
  private static let depth = 256
  private static let height = 192

  /// Adds a b to `c`, row-major, as long as that is wanted.
  static func add(
    _ a: MatrixFactor, _ b: MatrixFactor, to c: UnsafeMutablePointer<Double>,
    _ cancellation: Cancellation
  ) {
    guard a.rows > 0, b.columns > 0, a.columns > 0 else { return }
    let (rows, columns) = (Int(tile.rows), Int(tile.columns))
    let panels = (b.columns + columns - 1) / columns
    let height = min(self.height, a.rows) / rows * rows + rows
    // No more than it takes: a block that the allocator gives back costs more than a small product.
    let deepest = min(depth, a.columns)
    let packedB = UnsafeMutablePointer<Double>.allocate(capacity: deepest * panels * columns)
    let packedA = UnsafeMutablePointer<Double>.allocate(capacity: deepest * height)
    let edge = UnsafeMutablePointer<Double>.allocate(capacity: rows * columns)
    defer {
      packedB.deallocate()
      packedA.deallocate()
      edge.deallocate()
    }
    for k in stride(from: 0, to: a.columns, by: depth) {
      let depth = min(self.depth, a.columns - k)
      pack(b, k, depth, width: columns, into: packedB)
      for i in stride(from: 0, to: a.rows, by: height) {
        if cancellation.ask() { return }
        let count = min(height, a.rows - i)
        pack(a, rows: i, count, k, depth, width: rows, into: packedA)
        for panel in 0..<panels {
          let j = panel * columns
          for row in stride(from: 0, to: count, by: rows) {
            let target = c + (i + row) * b.columns + j
            let (left, right) = (packedA + row * depth, packedB + j * depth)
            let (high, wide) = (min(rows, count - row), min(columns, b.columns - j))
            if high == rows, wide == columns {
              tile.run(left, right, depth, target, b.columns)
            } else {
              edge.initialize(repeating: 0, count: rows * columns)
              tile.run(left, right, depth, edge, columns)
              for y in 0..<high {
                for x in 0..<wide { target[y * b.columns + x] += edge[y * columns + x] }
              }
            }
          }
        }
      }
    }
  }

  /// Panels of so many columns, row by row, the last filled up with zeros.
  private static func pack(
    _ b: MatrixFactor, _ k: Int, _ depth: Int, width: Int,
    into packed: UnsafeMutablePointer<Double>
  ) {
    var target = packed
    for j in stride(from: 0, to: b.columns, by: width) {
      let count = min(width, b.columns - j)
      copy(
        b.elements + k * b.rowStride + j * b.columnStride, depth, b.rowStride, count,
        b.columnStride, width, into: target)
      target += depth * width
    }
  }

  /// Panels of so many rows, column by column, the last filled up with zeros.
  private static func pack(
    _ a: MatrixFactor, rows first: Int, _ height: Int, _ k: Int, _ depth: Int, width: Int,
    into packed: UnsafeMutablePointer<Double>
  ) {
    var target = packed
    for i in stride(from: first, to: first + height, by: width) {
      let count = min(width, first + height - i)
      copy(
        a.elements + i * a.rowStride + k * a.columnStride, depth, a.columnStride, count,
        a.rowStride, width, into: target)
      target += depth * width
    }
  }

  private static func copy(
    _ source: UnsafePointer<Double>, _ depth: Int, _ outer: Int, _ count: Int, _ inner: Int,
    _ width: Int, into target: UnsafeMutablePointer<Double>
  ) {
    if inner == 1, count == width {
      for k in 0..<depth { (target + k * width).update(from: source + k * outer, count: width) }
      return
    }
    // Along the side on which neighbours lie together.
    for x in 0..<count {
      for k in 0..<depth { target[k * width + x] = source[k * outer + x * inner] }
    }
    for x in count..<max(width, count) {
      for k in 0..<depth { target[k * width + x] = 0 }
    }
  }
}
