import Syntax
import Testing

@Suite struct NumberTests {
  @Test(
    arguments: [
      ("0", 0), ("7", 7), ("1e3", 1000), ("1E3", 1000), ("1e+3", 1000), ("1e-3", 0.001),
      (".5", 0.5),
      ("1.", 1), ("1.e2", 100), ("1_000", 1000), ("1_0.2_5", 10.25), ("0x1f", 31), ("0X1F", 31),
      ("0xff_ff", 65535), ("0x1fffffffffffff", 9_007_199_254_740_991), ("00012", 12),
      ("0x10000000000000000", 18_446_744_073_709_551_616), ("0.1", 0.1),
      ("3.14159265358979", 3.14159265358979),
      ("9007199254740993", 9_007_199_254_740_992),
      ("9007199254740993.0000001", 9_007_199_254_740_994),
      ("9223372036854775808", 9_223_372_036_854_775_808),
      ("123456789012345677877719597056", 123_456_789_012_345_677_877_719_597_056),
      ("1e22", 1e22), ("1e23", 1e23), ("8.5e-22", 8.5e-22), ("8.5e-23", 8.5e-23),
      ("1.7976931348623157e308", .greatestFiniteMagnitude),
      ("2.2250738585072014e-308", .leastNormalMagnitude),
      ("5e-324", .leastNonzeroMagnitude), ("0e999999999999", 0),
      ("0.000e-400", 0),
      ("1e−3", 0.001), ("3。5", 3.5), ("3．5", 3.5), ("1e0_0_5", 100000),
      ("6.02214076e23", 6.02214076e23), ("4.35", 4.35),
      ("0.30000000000000004", 0.30000000000000004),
    ] as [(String, Double)])
  func number(text: String, value: Double) {
    let reading = Reading(text)
    #expect(reading.failures.isEmpty)
    #expect(reading.parser.tree.numbers == [value])
    #expect(reading.notes.isEmpty == (text != "9007199254740993"))
  }

  /// 2^53 + 1 and 2^64 + 1 lie between doubles, 2^64 and 2^100 are some; 10^23 is none, but reads
  /// back as it is written.
  @Test func aWholeNumberThatIsNoDoubleHasANote() {
    for (text, nearest) in [
      ("9007199254740993", "9007199254740992"), ("9_007_199_254_740_993", "9007199254740992"),
      ("18446744073709551617", "1.8446744073709552e+19"),
      ("0xffffffffffffffff", "1.8446744073709552e+19"),
    ] {
      let notes = Reading("x = 2*\(text)").notes
      #expect(notes.map(\.message) == ["\(text) is no double; the nearest is \(nearest)"])
    }
    for text in [
      "9007199254740994", "18446744073709551616", "1267650600228229401496703205376",
      "100000000000000000000000", "9007199254740993.0", "9007199254740993e0", "0x20000000000002",
    ] {
      #expect(Reading(text).notes.isEmpty, "\(text)")
    }
  }

  @Test func theHalfwayCaseNeedsItsLastDigit() {
    // 2^53 + 1 lies between two doubles; the digit behind a thousand zeros decides.
    let zeros = String(repeating: "0", count: 1_000)
    #expect(Reading("9007199254740993.\(zeros)").parser.tree.numbers == [9_007_199_254_740_992])
    #expect(Reading("9007199254740993.\(zeros)1").parser.tree.numbers == [9_007_199_254_740_994])
  }

  @Test func anyNumberOfDigits() {
    let many = String(repeating: "3", count: 1_000_000)
    #expect(Reading("0.\(many)").parser.tree.numbers == [1.0 / 3])
    let zeros = String(repeating: "0", count: 1_000_000)
    #expect(Reading("\(zeros)25").parser.tree.numbers == [25])
    #expect(Reading("0.\(zeros)25e1000001").parser.tree.numbers == [2.5])
    #expect(Reading("1\(zeros)e-1000000").parser.tree.numbers == [1])
    #expect(Reading("1\(zeros)").failures.count == 1)
  }

  @Test func tooSmallIsZeroWithANote() {
    let reading = Reading("x = 2 + 1e-400")
    #expect(reading.parser.tree.numbers == [2, 0])
    #expect(reading.notes.map(\.message) == ["'1e-400' is too small for a double and counts as 0"])
    #expect(reading.notes.map(\.span) == [Span(start: 8, end: 14)])
    #expect(Reading("f(x, k=1e-400) = 1").notes.count == 1)
    #expect(Reading("1e-400\n2").notes.count == 1)
  }

  @Test(arguments: [
    "1e400", "0x1" + String(repeating: "0", count: 256), "1" + String(repeating: "0", count: 400),
    "1e99999999999999999999",
  ])
  func tooLarge(text: String) {
    let reading = Reading(text)
    #expect(reading.statements.isEmpty)
    #expect(reading.failures.first?.span == Span(start: 0, end: text.utf8.count))
  }

  @Test func subnormalNumbersNeedNoNote() throws {
    let reading = Reading("1e-310")
    let value = try #require(reading.parser.tree.numbers.first)
    #expect(value.isSubnormal)
    #expect(value * 1e300 * 1e10 > 0.999_999)
    #expect(reading.notes.isEmpty)
  }

  @Test func results() {
    #expect(Reading("$12").streams == ["$12"])
    #expect(Reading("$99999999999").streams == ["$4294967295"])
  }
}
