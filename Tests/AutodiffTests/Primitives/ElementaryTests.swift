@testable import Autodiff
import Testing

/// Values and slopes computed with 60 and more digits and rounded once.
@Suite struct ElementaryTests {
  static let points: [(String, Double, Double, Double)] = [
    ("sqrt", 0.25, 0.5, 1.0),
    ("sqrt", 2, 1.4142135623730951, 0.3535533905932738),
    ("sqrt", 1e-300, 1e-150, 5e+149),
    ("sqrt", 1e300, 1e+150, 5e-151),
    ("sqrt", 7.3, 2.701851217221259, 0.1850583025494013),
    ("cbrt", -8, -2.0, 0.08333333333333333),
    ("cbrt", 0.001, 0.1, 33.333333333333336),
    ("cbrt", 1e-300, 1e-100, 3.3333333333333334e+199),
    ("cbrt", 1e300, 1e+100, 3.3333333333333335e-201),
    ("cbrt", -2.5, -1.3572088082974534, 0.18096117443966045),
    ("exp", -700, 9.85967654375977e-305, 9.85967654375977e-305),
    ("exp", -1, 0.36787944117144233, 0.36787944117144233),
    ("exp", 0.5, 1.6487212707001282, 1.6487212707001282),
    ("exp", 1, 2.718281828459045, 2.718281828459045),
    ("exp", 700, 1.0142320547350045e+304, 1.0142320547350045e+304),
    ("exp2", -1000, 9.332636185032189e-302, 6.468890458846786e-302),
    ("exp2", -0.5, 0.7071067811865476, 0.4901290717342736),
    ("exp2", 0.5, 1.4142135623730951, 0.9802581434685472),
    ("exp2", 3.3, 9.849155306759329, 6.826914231777252),
    ("exp2", 1000, 1.0715086071862673e+301, 7.427131700168751e+300),
    ("expm1", 1e-10, 1.00000000005e-10, 1.0000000001),
    ("expm1", -1e-300, -1e-300, 1.0),
    ("expm1", -50, -1.0, 1.9287498479639178e-22),
    ("expm1", 1, 1.7182818284590453, 2.718281828459045),
    ("expm1", 700, 1.0142320547350045e+304, 1.0142320547350045e+304),
    ("log", 1e-300, -690.7755278982137, 9.999999999999999e+299),
    ("log", 0.5, -0.6931471805599453, 2.0),
    ("log", 1.0000000001, 1.000000082690371e-10, 0.9999999999),
    ("log", 3, 1.0986122886681098, 0.3333333333333333),
    ("log", 1e300, 690.7755278982137, 1e-300),
    ("log2", 1e-300, -996.5784284662087, 1.4426950408889632e+300),
    ("log2", 0.7, -0.5145731728297583, 2.060992915555662),
    ("log2", 3, 1.584962500721156, 0.4808983469629878),
    ("log2", 10, 3.321928094887362, 0.14426950408889633),
    ("log2", 1e300, 996.5784284662087, 1.4426950408889634e-300),
    ("log10", 1e-300, -300.0, 4.342944819032518e+299),
    ("log10", 0.7, -0.1549019599857432, 0.620420688433217),
    ("log10", 3, 0.47712125471966244, 0.14476482730108395),
    ("log10", 50, 1.6989700043360187, 0.008685889638065037),
    ("log10", 1e300, 300.0, 4.342944819032518e-301),
    ("log1p", -0.9, -2.302585092994046, 10.000000000000002),
    ("log1p", 1e-10, 9.999999999500001e-11, 0.9999999999),
    ("log1p", -1e-300, -1e-300, 1.0),
    ("log1p", 2, 1.0986122886681098, 0.3333333333333333),
    ("log1p", 1e300, 690.7755278982137, 1e-300),
    ("sin", -2, -0.9092974268256817, -0.4161468365471424),
    ("sin", 0.1, 0.09983341664682815, 0.9950041652780258),
    ("sin", 1e-300, 1e-300, 1.0),
    ("sin", 3.1, 0.04158066243329049, -0.9991351502732795),
    ("sin", 1e6, -0.34999350217129294, 0.9367521275331447),
    ("cos", -2, -0.4161468365471424, 0.9092974268256817),
    ("cos", 0.1, 0.9950041652780258, -0.09983341664682815),
    ("cos", 1.6, -0.029199522301288815, -0.9995736030415051),
    ("cos", 3.1, -0.9991351502732795, -0.04158066243329049),
    ("cos", 1e6, 0.9367521275331447, 0.34999350217129294),
    ("tan", -1.2, -2.5721516221263188, 7.615963967207052),
    ("tan", 1e-300, 1e-300, 1.0),
    ("tan", 0.3, 0.30933624960962325, 1.095688915322547),
    ("tan", 1.5, 14.101419947171719, 199.85004452649247),
    ("tan", 4, 1.1578212823495775, 2.3405501218616203),
    ("asin", -0.5, -0.5235987755982989, 1.1547005383792515),
    ("asin", 1e-300, 1e-300, 1.0),
    ("asin", 0.9, 1.1197695149986342, 2.294157338705618),
    ("asin", 0.9999999999, 1.5707821846586878, 70710.67519510884),
    ("asin", -0.9999999999, -1.5707821846586878, 70710.67519510884),
    ("acos", -0.5, 2.0943951023931957, -1.1547005383792515),
    ("acos", 0.3, 1.2661036727794992, -1.0482848367219182),
    ("acos", 0.9, 0.45102681179626236, -2.294157338705618),
    ("acos", 0.9999999999, 1.4142136208911564e-05, -70710.67519510884),
    ("acos", -0.9999999999, 3.1415785114535844, -70710.67519510884),
    ("atan", -2, -1.1071487177940904, 0.2),
    ("atan", 1e-300, 1e-300, 1.0),
    ("atan", 0.7, 0.6107259643892086, 0.6711409395973155),
    ("atan", 1e8, 1.5707963167948966, 9.999999999999999e-17),
    ("atan", 1e150, 1.5707963267948966, 1e-300),
  ]

  @Test(arguments: points)
  func valuesAndSlopes(name: String, x: Double, value: Double, slope: Double) throws {
    try expect(name, at: [x], value: value, slopes: [slope])
  }

  static let edges: [(String, Double, Double, Double)] = [
    ("sqrt", 0, 0, .infinity), ("sqrt", -0.0, 0, .infinity), ("sqrt", -1, .nan, .nan),
    ("sqrt", .infinity, .infinity, 0),
    ("cbrt", 0, 0, .infinity), ("cbrt", -0.0, 0, .infinity),
    ("exp", 800, .infinity, .infinity), ("exp", -800, 0, 0), ("exp", -.infinity, 0, 0),
    ("log", 0, -.infinity, .infinity), ("log", -0.0, -.infinity, .infinity),
    ("log", -1, .nan, .nan), ("log", -1e-300, .nan, .nan), ("log", .infinity, .infinity, 0),
    ("log2", 0, -.infinity, .infinity), ("log2", -0.0, -.infinity, .infinity),
    ("log2", -1, .nan, .nan),
    ("log10", 0, -.infinity, .infinity), ("log10", -0.0, -.infinity, .infinity),
    ("log10", -1, .nan, .nan),
    ("log1p", -1, -.infinity, .infinity), ("log1p", -2, .nan, .nan), ("log1p", 0, 0, 1),
    ("expm1", 0, 0, 1), ("expm1", -800, -1, 0),
    ("asin", 1, .pi / 2, .infinity), ("asin", -1, -.pi / 2, .infinity), ("asin", 1.5, .nan, .nan),
    ("acos", 1, 0, -.infinity), ("acos", -1, .pi, -.infinity), ("acos", -1.5, .nan, .nan),
    ("atan", .infinity, .pi / 2, 0), ("atan", -.infinity, -.pi / 2, 0),
    ("sin", 0, 0, 1), ("cos", 0, 1, 0), ("tan", 0, 0, 1), ("sin", .infinity, .nan, .nan),
    ("log", .nan, .nan, .nan), ("exp", .nan, .nan, .nan),
  ]

  @Test(arguments: edges)
  func edgesOfTheDomain(name: String, x: Double, value: Double, slope: Double) throws {
    try expect(name, at: [x], value: value, slopes: [slope])
  }

  static let pairs: [(String, [Double], Double, [Double])] = [
    ("atan2", [3e200, 4e200], 0.6435011087932844, [1.6e-201, -1.2e-201]),
    (
      "atan2", [1e-300, 1e-300], 0.7853981633974483,
      [4.9999999999999995e+299, -4.9999999999999995e+299]
    ),
    ("atan2", [1, -1], 2.356194490192345, [-0.5, -0.5]),
    ("atan2", [-2, 0], -1.5707963267948966, [0, 0.5]),
    ("atan2", [-1e-5, 1e5], -1e-10, [1e-05, 1e-15]),
    ("_log_base", [8, 2], 3, [0.18033688011112042, -2.1640425613334453]),
    ("_log_base", [0.5, 10], -0.3010299956639812, [0.8685889638065036, 0.013073566600422686]),
    ("_log_base", [3, 1.5], 2.709511291351455, [0.8221011541254772, -4.454984719472086]),
    ("_log_base", [-1, 2], .nan, [.nan, .nan]),
  ]

  @Test(arguments: pairs)
  func functionsOfTwoNumbers(name: String, at: [Double], value: Double, slopes: [Double]) throws {
    try expect(name, at: at, value: value, slopes: slopes)
  }
}

/// Expects a row's value and slopes, both by numbers and by nodes.
func expect(
  _ name: String, at point: [Double], value: Double, slopes expected: [Double],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let slopes = try slopes(at: point) { try $0.apply(Primitive.row(name), $1) }
  #expect(
    isRight(slopes.value, value), "\(name) at \(point): \(slopes.value), not \(value)",
    sourceLocation: sourceLocation)
  #expect(
    areRight(slopes.numeric, expected),
    "\(name)' at \(point) by numbers: \(slopes.numeric), not \(expected)",
    sourceLocation: sourceLocation)
  #expect(
    areRight(slopes.built, expected),
    "\(name)' at \(point) by nodes: \(slopes.built), not \(expected)",
    sourceLocation: sourceLocation)
}
