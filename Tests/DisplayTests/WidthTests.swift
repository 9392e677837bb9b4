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

  @Test(arguments: [35, 36, 39]) func aNarrowTableStillHasItsNumbers(_ width: Int) {
    let table = show("x = 2; y = 3\nx*y + 4.25") { $0.width = width }.output
    #expect(table.contains("10.25"))
    #expect(table.split(separator: "\n").count == 6)
  }

  @Test(arguments: [1, 2, 5, 10, 20, 26]) func whereNoTableFitsThereAreWords(_ width: Int) {
    let text = show("x = 2; y = 3\nx*y + 4.25") { $0.width = width }.output
    let words = text.split { $0.isWhitespace }
    #expect(words.prefix(3) == ["x:", "value", "2,"])
    #expect(words.suffix(5) == ["4.25:", "value", "10.25,", "derivative", "1"])
    for line in text.split(separator: "\n") {
      let isOneWord = !line.drop { $0 == " " }.contains(" ")
      #expect(line.count <= width || isOneWord, "\(line)")
    }
  }

  /// A name that leaves no room for numbers has a line of its own; only an endless one is cut.
  @Test func aLongNameHasALineOfItsOwn() {
    let name = String(repeating: "数", count: 16)
    let table = show("\(name) = 2\n\(name)*3") { $0.width = 40 }.output
    #expect(
      table == """
         #  node                  value  ∂/∂node
         1  \(name)
                                      2        3
         2  3                         3        2
         3  ans =
              \(name) *
              3
                                      6        1

        """)
    let endless = String(repeating: "数", count: 500)
    let cut = show("\(endless) = 2\n\(endless)") { $0.width = 40 }.output
    #expect(cut.contains("数…数"))
    #expect(cut.count < 300)
    #expect(!cut.unicodeScalars.contains("\u{FFFD}"))
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

  @Test(arguments: [24, 30, 40, 60, 100]) func aLongLineIsShownAroundTheFault(_ width: Int) {
    let line =
      String(repeating: "x + ", count: 100) + "nosuchname" + String(repeating: " + x", count: 100)
    let errors = show("x = 1\n\(line)") { $0.width = width }.errors
    let lines = errors.split(separator: "\n")
    let message = lines.dropLast(2).map { $0.drop { $0 == " " } }.joined(separator: " ")
    #expect(message == "-:2:401: error: unknown name 'nosuchname'")
    for line in lines { #expect(line.count <= width) }
    let (shown, carets) = (lines[lines.count - 2], lines[lines.count - 1])
    let caret = carets.prefix { $0 == " " }.count
    #expect(shown.dropFirst(caret).hasPrefix("nosuchname"))
    #expect(carets.dropFirst(caret) == "^~~~~~~~~~")
  }
}
