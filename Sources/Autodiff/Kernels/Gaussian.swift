#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Kernels of the bell curve and its tails.
///
/// erfc(x) is exp(-x²) times a slowly varying function. Tables of the C library leave up to five
/// units in the last place there, and a square that was rounded leaves hundreds at x = 26.
enum Gaussian {
  /// exp(-x²).
  static func bell(_ x: Double) -> Double {
    guard abs(x) < 28 else { return x.isNaN ? x : 0 }
    let square = DoubleDouble(product: x, x)
    let power = exp(-square.high)
    return power - power * square.low
  }

  static func complementaryError(_ x: Double) -> Double {
    if x < 0 { return 2 - complementaryError(-x) }
    guard x < 28 else { return x.isNaN ? x : 0 }
    return times(scaledTail(x), bellAt: DoubleDouble(product: x, x))
  }

  /// x·Φ(x), with Φ the distribution function of the normal distribution.
  static func gelu(_ x: Double) -> Double {
    guard abs(x) < 40 else { return x < 0 ? -0.0 : x }
    let tail = scaledTail(abs(x) * squareRootOfHalf)
    let halfSquare = DoubleDouble(product: x, x / 2)
    if x < 0 { return times(DoubleDouble(x / 2) * tail, bellAt: halfSquare) }
    return x * (1 - times(tail, bellAt: halfSquare) / 2)
  }

  /// The slope of gelu, which has a root at -0.75.
  static func geluSlope(_ x: Double) -> Double {
    if let value = RootSeries.geluSlope.value(x) { return value }
    if x > 0 { return 1 - geluSlope(-x) }
    guard x > -40 else { return x.isNaN ? x : -0.0 }
    let tail = scaledTail(-x * squareRootOfHalf) * DoubleDouble(0.5)
    let slope = tail + DoubleDouble(x) * inverseRootOfTwoPi
    return times(slope, bellAt: DoubleDouble(product: x, x / 2))
  }

  private static let squareRootOfHalf = 0.7071067811865476
  private static let inverseRootOfTwoPi = DoubleDouble(0.3989422804014327, -2.49232720227773e-17)

  /// A factor times exp(-square), whose two halves are not subnormal where the whole would be.
  private static func times(_ factor: DoubleDouble, bellAt square: DoubleDouble) -> Double {
    let factor = factor * DoubleDouble(1, -square.low)
    guard square.high > 700 else { return (factor * DoubleDouble(exp(-square.high))).value }
    let half = exp(-square.high / 2)
    return (factor * DoubleDouble(half)).value * half
  }

  /// exp(x²)·erfc(x) for x ≥ 0.
  ///
  /// With t = 4 / (4 + x) it is t times a polynomial, one for each sixteenth of 0 < t ≤ 1, in the
  /// distance from the middle. `Tests/Truth/tables.py` prints the coefficients.
  static func scaledTail(_ x: Double) -> DoubleDouble {
    let sum = DoubleDouble(sum: 4, x)
    let interval = min(15, Int(64 / sum.high))
    let odd = Double(2 * interval + 1)
    // 32t - odd, by one rounding.
    let distance = (128 - 4 * odd).addingProduct(-odd, x) / sum.high
    let row = TailTable.rows[interval]
    var rest = 0.0
    for coefficient in row.rest.reversed() { rest = rest * distance + coefficient }
    let polynomial = DoubleDouble(ordered: row.middle.high, row.middle.low + rest * distance)
    return polynomial * DoubleDouble(4) / sum
  }
}

/// The polynomials of `scaledTail`.
private enum TailTable {
  struct Row: Sendable {
    let middle: (high: Double, low: Double)
    let rest: [Double]
  }

  static let rows: [Row] = [
    Row(
      middle: (0.14559257778110346, 3.0508606758952227e-18),
      rest: [
        0.004686762090053694, 0.00014582863153354752, 4.370720630061368e-06,
        1.2564275210731027e-07, 3.44508061861452e-09, 8.944262201495533e-11,
        2.176211546602018e-12, 4.890415575869569e-14, 9.87451244671249e-16,
      ]),
    Row(
      middle: (0.15558650879491592, -3.267963718502754e-18),
      rest: [
        0.005326839638596478, 0.00017536700877648296, 5.529288512459063e-06,
        1.6612839987923606e-07, 4.7252180114471855e-09, 1.261058842427289e-10,
        3.1176715651184165e-12, 7.004947259101673e-14, 1.3785779786698586e-15,
      ]),
    Row(
      middle: (0.16698870816517747, -7.544730508723339e-18),
      rest: [
        0.006100378946109014, 0.000212940331428097, 7.069380463235174e-06,
        2.2190413941292218e-07, 6.5346933874271435e-09, 1.7859594474088881e-10,
        4.45831223280511e-12, 9.911201519937914e-14, 1.8646528638931823e-15,
      ]),
    Row(
      middle: (0.18010155403037814, -1.1052054229727359e-18),
      rest: [
        0.007044632938922979, 0.0002612511344384409, 9.137261251609341e-06,
        2.993339680097535e-07, 9.10069028890587e-09, 2.534483202358887e-10,
        6.3373200553486184e-12, 1.375345125008014e-13, 2.4079956279913204e-15,
      ]),
    Row(
      middle: (0.1953140201698932, -9.931914479312733e-18),
      rest: [
        0.008209643001555602, 0.00032405211644101375, 1.1940320947498856e-05,
        4.074862571398147e-07, 1.2741061891294961e-08, 3.592750374124613e-10,
        8.908975265979602e-12, 1.855563695720529e-13, 2.9080149295303627e-15,
      ]),
    Row(
      middle: (0.21313198888339607, 6.131132212616146e-18),
      rest: [
        0.009663267332666635, 0.0004065855561566026, 1.577267488463371e-05,
        5.591676498304588e-07, 1.788984181396052e-08, 5.067948407335137e-10,
        1.2313147933651683e-11, 2.408569556954534e-13, 3.1783311410301663e-15,
      ]),
    Row(
      middle: (0.23422060040400827, 6.911797522219427e-18),
      rest: [
        0.011498309282911708, 0.0005162031678702262, 2.1050041000573982e-05,
        7.72204014161682e-07, 2.5119990781464345e-08, 7.082856178735079e-10,
        1.6621623687127176e-11, 2.969702547149225e-13, 2.948352589597798e-15,
      ]),
    Row(
      middle: (0.2594636386086134, -1.2287134801526904e-17),
      rest: [
        0.013842586322234078, 0.0006632276132592919, 2.8355654191657828e-05,
        1.0708992327051991e-06, 3.515437102218126e-08, 9.761153378650463e-10,
        2.176127242090211e-11, 3.4213417039066924e-13, 1.9134287331695558e-15,
      ]),
    Row(
      middle: (0.29004689161259706, 4.48069179833904e-19),
      rest: [
        0.016873043268407932, 0.000862124982235489, 3.8498010124301635e-05, 1.48749302444708e-06,
        4.885224439398835e-08, 1.3201112193893115e-09, 2.7428376670824538e-11,
        3.5956929313070294e-13,
      ]),
    Row(
      middle: (0.3275749134094485, -1.1818751801757917e-17),
      rest: [
        0.020835293392014922, 0.0011330569564910536, 5.2579263931131845e-05,
        2.0633027784556312e-06, 6.715739045672035e-08, 1.743845008849893e-09,
        3.3027040210273575e-11, 3.300483228914467e-13, -3.282557256936222e-15,
      ]),
    Row(
      middle: (0.37423363992810166, -3.490294932549511e-18),
      rest: [
        0.02607022060952269, 0.0015038656899111643, 7.207006386309678e-05, 2.849109392852615e-06,
        9.099775878779925e-08, 2.2404111356296858e-09, 3.7662871993430214e-11,
        2.368005434630584e-13, -7.159219005015002e-15,
      ]),
    Row(
      middle: (0.4330147503602748, -2.5488616842674353e-18),
      rest: [
        0.03304942271409069, 0.0020125079171641933, 9.888278992093853e-05, 3.904291410976252e-06,
        1.2113660883458256e-07, 2.7887756086475473e-09, 4.023393810609739e-11,
        7.155482173224665e-14, -1.1155047057604832e-14,
      ]),
    Row(
      middle: (0.5080212184546333, 5.0017286328908024e-17),
      rest: [
        0.04242122963240074, 0.0027098949980404142, 0.00013543138685212259,
        5.294282725316577e-06, 1.579898628943261e-07, 3.352011417202092e-09,
        3.9608367761768786e-11, -1.604355453147949e-13, -1.4429972660726036e-14,
      ]),
    Row(
      middle: (0.6048766925557096, 2.8321577281023765e-18),
      rest: [
        0.05506870363587227, 0.003663016038235253, 0.00018466337924191297, 7.08615321886827e-06,
        2.014393137073666e-07, 3.878507940144801e-09, 3.486164035613878e-11,
        -4.3854687036194807e-13, -1.6157048499111148e-14,
      ]),
    Row(
      middle: (0.7312635480901148, -4.139182359749001e-17),
      rest: [
        0.07218036019298045, 0.0049581325444468475, 0.00025004938832862145,
        9.342461540372845e-06, 2.506806123009521e-07, 4.306548674768929e-09,
        2.55093508991602e-11, -7.292079111479705e-13, -1.576036665328267e-14,
      ]),
    Row(
      middle: (0.897614973614342, -2.1005842058335767e-18),
      rest: [
        0.0953333337517623, 0.006703751735648635, 0.0003355182477219552, 1.2113923946007511e-05,
        3.0414419127771397e-07, 4.571723713211789e-09, 1.1669317278001251e-11,
        -9.920739740437983e-13, -1.3081126280970724e-14,
      ]),
  ]
}
