import Syntax
import Testing

/// Numbers as they are written in different countries, with the number that each is.
@Suite struct GroupedNumberTests {
  @Test(arguments: [
    ("«3,000,000»", 3_000_000), ("«12,345,678.9»", 12_345_678.9), ("«1.000,5»", 1000.5),
    ("«1.234.567,89»", 1_234_567.89), ("«1.234.567»", 1_234_567), ("«1'000'000»", 1_000_000),
    ("«1 000 000»", 1_000_000), ("«1 000,5»", 1000.5), ("«12,34,567»", 1_234_567),
    ("3«,»14", 3.14), ("0«,»5", 0.5), ("10«,»25", 10.25), ("«1'234.5»", 1234.5),
    ("2 * «1,000,000» + 1", 1_000_000), ("(«1.000,5»)", 1000.5),
  ])
  func isReadAsMeant(_ text: String, _ value: Double) throws {
    let reading = Reading(text.filter { !"«»".contains($0) })
    let failure = try #require(reading.failures.first)
    let hint = try #require(failure.hint)
    #expect(hint.hasPrefix("use "))
    for number in hint.dropFirst(4).split(separator: " or ") {
      let words = number.prefix { $0.isNumber || $0 == "." || $0 == "_" }
      let written = Double(words.filter { $0 != "_" })
      #expect(written == value || hint.contains(" for thousands"))
    }
    let before = text.prefix { $0 != "«" }.utf8.count
    let inside = text.drop { $0 != "«" }.dropFirst().prefix { $0 != "»" }.utf8.count
    #expect(failure.span == Span(start: before, end: before + inside))
  }

  @Test func threeDigitsBehindOneCommaCanBeTwoThings() {
    #expect(Reading("1,500").failures.first?.hint == "use 1.500, or 1500 for thousands")
    #expect(Reading("0,500").failures.first?.hint == "use 0.500")
    #expect(
      Reading("(1,500)").failures.first?.hint
        == "use 1.500, or 1500 for thousands, or [1, 500] for a list")
  }

  @Test(arguments: ["1.2.3", "1e5.3", "1,2,3", "1.5,2.5"])
  func whatIsNoNumberIsLeftAlone(_ text: String) {
    #expect(Reading(text).failures.first?.hint?.hasPrefix("use ") != true)
  }
}
