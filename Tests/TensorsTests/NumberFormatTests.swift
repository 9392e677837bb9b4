import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct NumberFormatTests {
  static let texts: [(Double, String, String)] = [
    (0, "0", "0"), (-0.0, "-0", "-0"), (1, "1", "1"), (-1, "-1", "-1"), (12.9, "12.9", "12.9"),
    (0.1, "0.1", "0.1"), (100, "100", "100"), (0.5, "0.5", "0.5"),
    (0.3333333333333333, "0.333333", "0.3333333333333333"),
    (0.6666666666666666, "0.666667", "0.6666666666666666"),
    (0.30000000000000004, "0.3", "0.30000000000000004"),
    (123456, "123456", "123456"), (100000, "100000", "100000"), (1e6, "1e+06", "1000000"),
    (1_234_567, "1.23457e+06", "1234567"), (299_792_458, "2.99792e+08", "299792458"),
    (999999.5, "1e+06", "999999.5"), (999999.4999999999, "999999", "999999.4999999999"),
    (123456.5, "123456", "123456.5"), (123455.5, "123456", "123455.5"),
    (9.9999995, "10", "9.9999995"), (1.0000005, "1", "1.0000005"),
    (0.0001, "0.0001", "0.0001"), (0.00012345678, "0.000123457", "0.00012345678"),
    (1e-05, "1e-05", "1e-05"), (-5e-05, "-5e-05", "-5e-05"), (1e20, "1e+20", "1e+20"),
    (1e15, "1e+15", "1000000000000000"), (1e16, "1e+16", "1e+16"),
    (9_007_199_254_740_994, "9.0072e+15", "9007199254740994"),
    (1.2345678901234568e16, "1.23457e+16", "1.2345678901234568e+16"),
    (1.7976931348623156e16, "1.79769e+16", "1.7976931348623156e+16"),
    (1.2345678901234568e17, "1.23457e+17", "1.2345678901234568e+17"),
    (6.02214076e23, "6.02214e+23", "6.02214076e+23"), (1e22, "1e+22", "1e+22"),
    (1e23, "1e+23", "1e+23"), (1.602176634e-19, "1.60218e-19", "1.602176634e-19"),
    (0x1p-1074, "4.94066e-324", "5e-324"),
    (2.2250738585072014e-308, "2.22507e-308", "2.2250738585072014e-308"),
    (1.7976931348623157e308, "1.79769e+308", "1.7976931348623157e+308"),
    (.infinity, "inf", "inf"), (-.infinity, "-inf", "-inf"), (.nan, "nan", "nan"),
  ]

  @Test(arguments: texts)
  func writesAsPython(value: Double, sixDigits: String, shortest: String) {
    #expect(NumberFormat.text(value, digits: .significant(6)) == sixDigits)
    #expect(NumberFormat.text(value, digits: .shortest) == shortest)
  }

  static let machineTexts: [(Double, String)] = [
    (1.5, "1.5"), (2, "2"), (0, "0"), (-0.0, "-0.0"), (1e20, "1e+20"), (.nan, #""nan""#),
    (.infinity, #""inf""#), (-.infinity, #""-inf""#),
  ]

  @Test(arguments: machineTexts)
  func writesNumbersForMachines(value: Double, text: String) {
    var buffer: [UInt8] = []
    NumberFormat.appendJSON(value, to: &buffer)
    #expect(String(decoding: buffer, as: UTF8.self) == text)
  }

  @Test(arguments: [
    (-3, "0.1"), (0, "0.1"), (17, "0.10000000000000001"), (40, "0.10000000000000001"),
  ])
  func keepsTheDigitsWithinReason(digits: Int, text: String) {
    #expect(NumberFormat.text(0.1, digits: .significant(digits)) == text)
  }

  @Test func appends() {
    var buffer = Array("x = ".utf8)
    NumberFormat.append(-2.5, digits: .shortest, to: &buffer)
    #expect(String(decoding: buffer, as: UTF8.self) == "x = -2.5")
  }

  /// Every kind of number that could round wrongly, many times.
  static let kinds: [@Sendable (inout Sequence64) -> Double] = [
    { Double(bitPattern: $0.next()) },
    { .random(in: -1000...1000, using: &$0) },
    { .random(in: 1...10, using: &$0) * pow(10, .random(in: -25...25, using: &$0).rounded()) },
    // Few decimals, often ending in 5: nearly halfway.
    { Double(Int.random(in: 0...100_000_000, using: &$0)) * 5 / pow(10, Double($0.next() % 14)) },
    // Few binary digits: exactly halfway.
    { Double(Int.random(in: 0...2_000_000, using: &$0)) / Double(1 << ($0.next() % 20)) },
    { Double($0.next()) * Double(1 << ($0.next() % 30)) },
    // Powers of ten and their neighbours on either side.
    { (pow(10, Double($0.next() % 40) - 20) * 0.9999995).nextUp },
    { pow(10, Double($0.next() % 40) - 20).nextDown },
    { pow(10, Double($0.next() % 40) - 20) },
    { Double(bitPattern: $0.next() >> 11) },
  ]

  @Test(arguments: kinds.indices)
  func roundsAsC(kind: Int) {
    var numbers = Sequence64(seed: UInt64(kind))
    var text = [CChar](repeating: 0, count: 64)
    for _ in 0..<6000 {
      let value = Self.kinds[kind](&numbers)
      guard !value.isNaN else { continue }
      for digits in [6, 1 + Int(numbers.next() % 17)] {
        let length = withVaList([CInt(digits), value]) { vsnprintf(&text, 64, "%.*g", $0) }
        let expected = String(decoding: text[..<Int(length)].lazy.map(UInt8.init), as: UTF8.self)
        #expect(NumberFormat.text(value, digits: .significant(digits)) == expected)
      }
    }
  }

  @Test(arguments: kinds.indices)
  func shortestReadsBack(kind: Int) {
    var numbers = Sequence64(seed: UInt64(kind) + 100)
    for _ in 0..<6000 {
      let value = Self.kinds[kind](&numbers)
      guard !value.isNaN else { continue }
      let text = NumberFormat.text(value)
      #expect(Double(text) == value)
      #expect(text.count <= value.description.count)
    }
  }
}
