import TestSupport
import Testing

@testable import Interpreter

/// Formats of numbers in texts, against what Python writes: `Tests/Data/tools/make_formats.py`.
@Suite struct NumberPatternTests {
  private static func text(_ value: Double, _ format: String) -> String? {
    guard let pattern = NumberPattern(format) else { return nil }
    if pattern.isOfWholeNumbers, value.rounded() != value || !value.isFinite { return nil }
    return pattern.text(value) { "\($0)" }
  }

  @Test func writesAsPythonDoes() throws {
    let file = try #require(Golden.read("\(Golden.root)/Tests/Data/tools/formats.txt"))
    var refused = 0
    for line in file.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let value = try #require(Double(parts[0]))
      let written = Self.text(value, parts[1]).map { "|\($0)|" } ?? "refused"
      if written == "refused" { refused += 1 }
      #expect(written == parts[2], "\(parts[0]) :\(parts[1])")
    }
    #expect(refused > 50)
  }

  @Test func textsArePadded() throws {
    for (format, text) in [(">5", "   ab"), ("5", "ab   "), ("*^6", "**ab**"), ("<1", "ab")] {
      let pattern = try #require(NumberPattern(format))
      #expect(pattern.isOfTexts && pattern.text(of: "ab") == text)
    }
    for format in [".2f", "+5", "=5", ",", "#", "05"] {
      #expect(NumberPattern(format)?.isOfTexts == false, "\(format)")
    }
  }

  @Test func aFormatWithoutLetterPadsTheNumberAsItIs() {
    #expect(Self.text(2.5, "8") == "     2.5")
    #expect(Self.text(-2.5, "<8") == "-2.5    ")
    #expect(Self.text(-2.5, "08") == "-00002.5")
    #expect(Self.text(1234.5, ".3") == "1.23e+03")
  }
}
