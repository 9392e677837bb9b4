import Testing

extension TerminalSuite {
  /// Letters with combining marks, as some keyboards and clipboards send them.
  @Suite struct MarkTests {
    private static let (left, home, end) = ("\u{1B}[D", "\u{1B}[H", "\u{1B}[F")

    private func session() throws -> Terminal {
      let terminal = try Terminal.atPrompt(["-q", "-f", "value"], columns: 60, rows: 24)
      terminal.type(" :set preview off\r")
      try #require(terminal.prompt())
      return terminal
    }

    @Test func aMarkBecomesPartOfItsLetter() throws {
      let terminal = try session()
      try terminal.check("e\u{301} = 2", "> é = 2▏")
      try terminal.check(Self.left + Self.left, "> é =▏ 2")
      try terminal.check(Self.home, "> ▏é = 2")
      try terminal.check("3", "> 3▏é = 2")
      try terminal.check("\u{7F}" + Self.end + "5\r\u{E9}\r", "> é = 25\n> é\n25\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func aMarkInTheMiddleOfALine() throws {
      let terminal = try session()
      try terminal.check("1 + u2", "> 1 + u2▏")
      try terminal.check(Self.left + "\u{308}", "> 1 + ü▏2")
      try terminal.check("\u{7F}", "> 1 + ▏2")
      try terminal.check("\u{5}\u{15}", "> ▏")
      #expect(terminal.leave() == 0)
    }

    /// There is no letter x̂; the screen of the test leaves marks out.
    @Test func aMarkOfItsOwnTakesNoColumn() throws {
      let terminal = try session()
      try terminal.check("x\u{302} = 2", "> x = 2▏")
      try terminal.check(Self.left, "> x = ▏2")
      try terminal.check(Self.left + Self.left + Self.left, "> x▏ = 2")
      try terminal.check("1", "> x1▏ = 2")
      try terminal.check(Self.home + "3 + ", "> 3 + ▏x1 = 2")
      try terminal.check(Self.end + "4", "> 3 + x1 = 24▏")
      try terminal.check("\u{15}", "> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func whatIsPastedIsComposed() throws {
      let terminal = try session()
      try terminal.check("\u{1B}[200~e\u{301}+a\u{30A}\u{1B}[201~" + Self.left, "> é+▏å")
      try terminal.check("\u{5}\u{15}", "> ▏")
      #expect(terminal.leave() == 0)
    }
  }
}
