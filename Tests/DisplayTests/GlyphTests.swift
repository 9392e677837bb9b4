import TestSupport
import Testing

@testable import Display

/// Signs beyond ASCII: each has a twin, and only what the program says is respelled.
@Suite struct GlyphTests {
  @Test(arguments: [
    ("y: 4 → 9", "y: 4 -> 9"), ("∂ω/∂x = 2", "dω/dx = 2"), ("[1, …]", "[1, ...]"),
    ("数 + é", "数 + é"), ("plain", "plain"),
    ("unexpected character '→'", "unexpected character '→'"),
    ("'x → y'", "'x -> y'"), ("→", "->"),
  ]) func respells(_ text: String, _ ascii: String) {
    #expect(Glyph.ascii(text) == ascii)
  }

  @Test func noTwinTouchesAName() {
    for (scalar, twin) in Glyph.twins {
      #expect(!scalar.isASCII)
      #expect(twin.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
      // Letters, marks and digits make names.
      #expect(!scalar.properties.isAlphabetic)
      #expect(scalar.properties.generalCategory != .decimalNumber)
    }
  }

  /// What a display could write is in the literals of these modules.
  @Test func everySignOfTheDisplaysHasATwin() throws {
    let exceptions = ["Glyph.swift", "Reference"]
    let folders = ["Tensors", "Autodiff", "Interpreter", "Display", "nabla"]
    var found: Set<Unicode.Scalar> = []
    for file in folders.flatMap({ Golden.files(below: "Sources/\($0)", ending: ".swift") })
    where !exceptions.contains(where: { file.contains($0) }) {
      let text = try #require(Golden.read("\(Golden.root)/\(file)"))
      for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//")
      {
        guard let quote = line.firstIndex(of: "\"") else { continue }
        let code = line[quote...].firstRange(of: " // ").map { line[quote..<$0.lowerBound] }
        for scalar in (code ?? line[quote...]).unicodeScalars where !scalar.isASCII {
          found.insert(scalar)
          #expect(Glyph.twins[scalar] != nil, "\(file): no twin for \(scalar) in \(line)")
        }
      }
    }
    #expect(found.contains("∂"))
  }
}
