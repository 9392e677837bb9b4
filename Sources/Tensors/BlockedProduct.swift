/// The built-in matrix product: blocks that stay in the caches, tiles that stay in registers.
///
/// K. Goto and R. van de Geijn, Anatomy of high-performance matrix multiplication, 2008. Each entry
/// takes its products in the order of the inner index. A factor is packed into panels that the tile
/// reads in order where it is read often enough to pay for that, or where its neighbours lie apart.
struct BlockedProduct<Element: BinaryFloatingPoint & Sendable>: Sendable {
  typealias Tile =
    @Sendable (
      _ begins: Bool, _ rows: Int, UnsafePointer<Element>, _ row: Int, _ step: Int,
      UnsafePointer<Element>,
      _ next: Int, _ depth: Int, UnsafeMutablePointer<Element>, _ stride: Int
    ) -> Void

  /// How many rows the tile takes at most, and how many columns always.
  let rows: Int
  let columns: Int
  let tile: Tile

  private var depth: Int { 256 }
  private var height: Int { 192 }

  /// Writes a b to `c`, row-major, as long as that is wanted.
  func write(
    _ a: MatrixFactor<Element>, _ b: MatrixFactor<Element>, to c: UnsafeMutablePointer<Element>,
    _ cancellation: Cancellation
  ) {
    guard a.rows > 0, b.columns > 0, a.columns > 0 else {
      return c.initialize(repeating: 0, count: a.rows * b.columns)
    }
    let panels = (b.columns + columns - 1) / columns
    let packsAll = b.columnStride != 1 || a.rows > height
    let packsA = b.columns > height
    // No more than it takes: a block that the allocator gives back costs more than a small product.
    let deepest = min(depth, a.columns)
    let packedB = UnsafeMutablePointer<Element>.allocate(
      capacity: deepest * (packsAll ? panels : 1) * columns)
    let packedA = UnsafeMutablePointer<Element>.allocate(
      capacity: packsA ? deepest * min(height, a.rows) : 1)
    let edge = UnsafeMutablePointer<Element>.allocate(capacity: rows * columns)
    defer {
      packedB.deallocate()
      packedA.deallocate()
      edge.deallocate()
    }
    for k in stride(from: 0, to: a.columns, by: depth) {
      let depth = min(self.depth, a.columns - k)
      let firstPacked = packsAll ? 0 : b.columns / columns
      pack(b, k, depth, from: firstPacked, into: packedB)
      for i in stride(from: 0, to: a.rows, by: height) {
        if cancellation.ask() { return }
        let count = min(height, a.rows - i)
        if packsA { pack(a, rows: i, count, k, depth, into: packedA) }
        for panel in 0..<panels {
          let j = panel * columns
          let isPacked = panel >= firstPacked
          let right =
            isPacked
            ? UnsafePointer(packedB + (panel - firstPacked) * columns * depth)
            : b.elements + k * b.rowStride + j
          let next = isPacked ? columns : b.rowStride
          let width = min(columns, b.columns - j)
          for row in stride(from: 0, to: count, by: rows) {
            let high = min(rows, count - row)
            let left =
              packsA
              ? UnsafePointer(packedA + row * depth)
              : a.elements + (i + row) * a.rowStride + k * a.columnStride
            let (down, along) = packsA ? (1, high) : (a.rowStride, a.columnStride)
            let target = c + (i + row) * b.columns + j
            if width == columns {
              tile(k == 0, high, left, down, along, right, next, depth, target, b.columns)
            } else {
              if k > 0 { copy(target, b.columns, high, width, to: edge, columns) }
              tile(k == 0, high, left, down, along, right, next, depth, edge, columns)
              copy(edge, columns, high, width, to: target, b.columns)
            }
          }
        }
      }
    }
  }

  private func copy(
    _ source: UnsafePointer<Element>, _ from: Int, _ rows: Int, _ columns: Int,
    to target: UnsafeMutablePointer<Element>, _ to: Int
  ) {
    for row in 0..<rows {
      (target + row * to).update(from: source + row * from, count: columns)
    }
  }

  /// Panels of as many columns as a tile takes, row by row, the last filled up with zeros.
  private func pack(
    _ b: MatrixFactor<Element>, _ k: Int, _ depth: Int, from first: Int,
    into packed: UnsafeMutablePointer<Element>
  ) {
    var target = packed
    for j in stride(from: first * columns, to: b.columns, by: columns) {
      let count = min(columns, b.columns - j)
      if count < columns { target.update(repeating: 0, count: depth * columns) }
      gather(
        b.elements + k * b.rowStride + j * b.columnStride, depth, b.rowStride, count,
        b.columnStride, into: target, columns)
      target += depth * columns
    }
  }

  /// Panels of as many rows as a tile takes, column by column.
  private func pack(
    _ a: MatrixFactor<Element>, rows first: Int, _ height: Int, _ k: Int, _ depth: Int,
    into packed: UnsafeMutablePointer<Element>
  ) {
    for row in stride(from: 0, to: height, by: rows) {
      let count = min(rows, height - row)
      gather(
        a.elements + (first + row) * a.rowStride + k * a.columnStride, depth, a.columnStride,
        count, a.rowStride, into: packed + row * depth, count)
    }
  }

  /// Brings entries that lie `outer` and `inner` apart into lines of a width.
  private func gather(
    _ source: UnsafePointer<Element>, _ depth: Int, _ outer: Int, _ count: Int, _ inner: Int,
    into target: UnsafeMutablePointer<Element>, _ width: Int
  ) {
    if inner == 1 {
      for k in 0..<depth { (target + k * width).update(from: source + k * outer, count: count) }
      return
    }
    // Along the side on which neighbours lie together.
    for x in 0..<count {
      for k in 0..<depth { target[k * width + x] = source[k * outer + x * inner] }
    }
  }
}
