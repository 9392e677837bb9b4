#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The matrix product of the system's BLAS, where there is one.
///
/// Loading a BLAS takes longer than many a calculation, so it is looked for when enough work has
/// come together to pay for it, and never at start.
package enum SystemBLAS {
  /// Fortran's DGEMM: every argument by its address, matrices column by column.
  private typealias Product =
    @convention(c) (
      UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<Int32>, UnsafePointer<Int32>,
      UnsafePointer<Int32>, UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Int32>,
      UnsafePointer<Double>, UnsafePointer<Int32>, UnsafePointer<Double>,
      UnsafeMutablePointer<Double>, UnsafePointer<Int32>
    ) -> Void

  private struct Library: Sendable {
    let name: String
    let product: Product
  }

  /// Where to look, the fastest first.
  private static let names: [String] = {
    #if canImport(Darwin)
      ["/System/Library/Frameworks/Accelerate.framework/Accelerate"]
    #else
      ["libopenblas.so.0", "libmkl_rt.so.2", "libblis.so.4", "libblas.so.3"]
    #endif
  }()

  private static let library: Library? = {
    for name in names {
      guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
      if let symbol = dlsym(handle, "dgemm_") {
        return Library(name: name, product: unsafeBitCast(symbol, to: Product.self))
      }
      dlclose(handle)
    }
    return nil
  }()

  /// The library's name, for which it is loaded; nil where there is none.
  package static var name: String? {
    library.map { String($0.name.split(separator: "/").last ?? "") }
  }

  /// The sides of the parts that a product is made of: a call of the library cannot be stopped, and
  /// one of so many rows and columns takes some 30 milliseconds.
  private static let side = 768

  /// Writes a b to `c`, row-major, as long as that is wanted; false where there is no library or the
  /// sizes are beyond it.
  static func multiply(
    _ a: MatrixFactor<Double>, _ b: MatrixFactor<Double>, into c: UnsafeMutablePointer<Double>,
    _ cancellation: Cancellation
  ) -> Bool {
    guard let product = library?.product, max(a.rows, a.columns, b.columns) < Int32.max else {
      return false
    }
    func parts(_ count: Int) -> [Range<Int>] {
      stride(from: 0, to: count, by: side).map { $0..<min($0 + side, count) }
    }
    for rows in parts(a.rows) {
      for columns in parts(b.columns) {
        for inner in parts(a.columns) {
          if cancellation.ask() { return true }
          multiply(
            a.part(rows: rows, columns: inner), b.part(rows: inner, columns: columns),
            into: c + rows.lowerBound * b.columns + columns.lowerBound, rowLength: b.columns,
            adding: inner.lowerBound > 0, product)
        }
      }
    }
    return true
  }

  /// Writes a b to rows of that length, or adds it to what stands there.
  private static func multiply(
    _ a: MatrixFactor<Double>, _ b: MatrixFactor<Double>, into c: UnsafeMutablePointer<Double>,
    rowLength: Int, adding: Bool, _ product: Product
  ) {
    // Read column by column, row-major factors are their transposes: cᵀ = bᵀ aᵀ.
    var (m, n, k) = (Int32(b.columns), Int32(a.rows), Int32(a.columns))
    var (one, kept, length) = (1.0, adding ? 1.0 : 0, Int32(rowLength))
    let plain = CChar(UInt8(ascii: "N"))
    let turned = CChar(UInt8(ascii: "T"))
    var left = b.isTransposed ? turned : plain
    var right = a.isTransposed ? turned : plain
    var (leftStride, rightStride) = (Int32(b.rowLength), Int32(a.rowLength))
    product(
      &left, &right, &m, &n, &k, &one, b.elements, &leftStride, a.elements, &rightStride, &kept,
      c, &length)
  }
}
