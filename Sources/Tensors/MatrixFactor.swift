/// A matrix as a product reads it: where it lies, and whether rows and columns change places.
struct MatrixFactor<Element> {
  private(set) var elements: UnsafePointer<Element>
  private(set) var rows: Int
  private(set) var columns: Int
  /// How far apart two rows lie in memory, and two columns.
  let rowStride: Int
  let columnStride: Int
  let isTransposed: Bool
  /// How many entries a row has in memory.
  let rowLength: Int

  /// Some of the rows and columns.
  func part(rows: Range<Int>, columns: Range<Int>) -> MatrixFactor {
    var part = self
    part.elements += rows.lowerBound * rowStride + columns.lowerBound * columnStride
    (part.rows, part.columns) = (rows.count, columns.count)
    return part
  }

  /// A row-major matrix, or the transpose of one.
  ///
  /// Rows and columns are counted as the product sees them.
  init(_ elements: UnsafePointer<Element>, rows: Int, columns: Int, isTransposed: Bool) {
    self.elements = elements
    (self.rows, self.columns) = (rows, columns)
    rowLength = isTransposed ? rows : columns
    (rowStride, columnStride) = isTransposed ? (1, rows) : (columns, 1)
    self.isTransposed = isTransposed
  }
}
