import Display
import Interpreter
import Testing

/// Tables on terminals of every width, and the other things a terminal asks for.
@Suite struct WidthTests {
  private func show(
    _ text: String, _ change: (inout DisplayOptions) -> Void
  ) -> (output: String, errors: String) {
    var options = DisplayOptions()
    change(&options)
    var session = Session()
    var renderer = Renderer(options: options)
    session.feed(Array("\(text)\n".utf8), name: "-")
    while let outcome = session.next() { renderer.render(outcome, of: &session) }
    return (
      String(decoding: renderer.output.bytes, as: UTF8.self),
      String(decoding: renderer.errors.bytes, as: UTF8.self)
    )
  }

  @Test(arguments: [40, 50, 60, 80, 120]) func aTableKeepsWithinItsWidth(_ width: Int) {
    let text = "aRatherLongNameForAnInput = 2; b = 3\naRatherLongNameForAnInput*b + sin(b)*1e-7"
    let table = show(text) { $0.width = width }.output
    for line in table.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    // Numbers are never cut.
    #expect(table.contains("1.4112e-08"))
  }

  @Test(arguments: [1, 5, 10, 20, 39]) func aNarrowTableStillHasItsNumbers(_ width: Int) {
    let table = show("x = 2; y = 3\nx*y + 4.25") { $0.width = width }.output
    #expect(table.contains("10.25"))
    #expect(table.split(separator: "\n").count == 6)
  }

  @Test func wideCharactersAreCutWhole() {
    let table = show("数数数数数数数数数数数数数数数数数数 = 2\n数数数数数数数数数数数数数数数数数数*3") { $0.width = 40 }.output
    #expect(table.contains("数…"))
    #expect(!table.unicodeScalars.contains("\u{FFFD}"))
  }

  @Test func aLongTableShowsItsEnds() {
    let sum = "x" + (1...30).map { " + \($0)*x" }.joined()
    let table = show("x = 1\n\(sum)") { $0.rowLimit = 40 }.output
    let lines = table.split(separator: "\n")
    #expect(lines.count == 1 + 40 + 1)
    #expect(lines[21] == "   … 51 rows hidden; \":set rows all\" shows them")
    #expect(lines[20].hasPrefix(" 20 "))
    #expect(lines[22].hasPrefix(" 72 "))
    #expect(show("x = 1\n\(sum)") { _ in }.output.split(separator: "\n").count == 92)
  }

  @Test func colorsOnlyWhatItIsToldTo() {
    let colored = show("x = 0\nabs(x)") { $0.isColored = true }.output
    #expect(colored.contains("\u{1B}[33mkink [-1, 1]\u{1B}[0m"))
    var bare = ""
    var isEscape = false
    for character in colored {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { bare.append(character) }
      if isEscape, character == "m" { isEscape = false }
    }
    #expect(bare == show("x = 0\nabs(x)") { _ in }.output)
  }

  @Test(arguments: [30, 40, 60, 100]) func aLongLineIsShownAroundTheFault(_ width: Int) {
    let line =
      String(repeating: "x + ", count: 100) + "nosuchname" + String(repeating: " + x", count: 100)
    let errors = show("x = 1\n\(line)") { $0.width = width }.errors
    let lines = errors.split(separator: "\n")
    #expect(lines[0] == "-:2:401: error: unknown name 'nosuchname'")
    #expect(lines[1].count <= max(width, 36))
    #expect(lines[1].contains("nosuchname"))
    let caret = lines[2].prefix { $0 == " " }.count
    #expect(lines[1].dropFirst(caret).hasPrefix("nosuchname"))
    #expect(lines[2].dropFirst(caret) == "^~~~~~~~~~")
  }
}
