import Testing

extension TerminalSuite {
  /// What the screen shows while a line is typed; `▏` is the cursor.
  @Suite struct PreviewTests {
    /// A session at its prompt with x1 = 2 and x2 = 3, that answers with bare values.
    private func session(columns: UInt16 = 60, rows: UInt16 = 24) throws -> Terminal {
      try Terminal.atPrompt(
        ["-q", "-f", "value", "x1=2", "x2=3"], columns: columns, rows: rows)
    }

    @Test func itFollowsEveryKey() throws {
      let terminal = try session()
      try terminal.check("x", "> x▏")
      try terminal.check("1", "> x1▏\n  = 2")
      try terminal.check("*", "> x1*▏")
      try terminal.check("x2", "> x1*x2▏\n  = 6   ∂x1 = 3   ∂x2 = 2")
      try terminal.check("\u{1B}[D\u{1B}[D", "> x1*▏x2\n  = 6   ∂x1 = 3   ∂x2 = 2")
      try terminal.check("5", "> x1*5▏x2\n  = 30   ∂x1 = 15   ∂x2 = 10")
      try terminal.check("*", "> x1*5*▏x2\n  = 30   ∂x1 = 15   ∂x2 = 10")
      try terminal.check("\u{1}", "> ▏x1*5*x2\n  = 30   ∂x1 = 15   ∂x2 = 10")
      try terminal.check("-", "> -▏x1*5*x2\n  = -30   ∂x1 = -15   ∂x2 = -10")
      try terminal.check("\u{15}", "> ▏")
      try terminal.check("y = x1^3", "> y = x1^3▏\n  = 8   ∂x1 = 12")
      try terminal.check("\r", "> y = x1^3\ny = 8   ∂x1 = 12\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func atTheBottomTheScreenScrolls() throws {
      let terminal = try session(columns: 40, rows: 8)
      try terminal.check("for i in 1...9 { print i }\r", "7\n8\n9\n> ▏")
      try terminal.check("x1*x2", "8\n9\n> x1*x2▏\n  = 6   ∂x1 = 3   ∂x2 = 2")
      try terminal.check("\u{1B}[D", "8\n9\n> x1*x▏2\n  = 6   ∂x1 = 3   ∂x2 = 2")
      try terminal.check("\u{5}", "8\n9\n> x1*x2▏\n  = 6   ∂x1 = 3   ∂x2 = 2")
      try terminal.check("\r", "8\n9\n> x1*x2\n6\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func aLineMayWrap() throws {
      let terminal = try session(columns: 20, rows: 6)
      try terminal.check("x1 + 1 + 1 + 1 + 1", "> x1 + 1 + 1 + 1 + 1\n▏\n  = 6   ∂x1 = 1")
      try terminal.check(" + x2", "> x1 + 1 + 1 + 1 + 1\n + x2▏\n  = 9   and 2 more")
      try terminal.check("\u{1}\u{1B}[C", "> x▏1 + 1 + 1 + 1 + 1\n + x2\n  = 9   and 2 more")
      let deletions = String(repeating: "\u{7F}", count: 5)
      try terminal.check("\u{5}" + deletions, "> x1 + 1 + 1 + 1 + 1\n▏\n  = 6   ∂x1 = 1")
      try terminal.check("0*100", "> x1 + 1 + 1 + 1 + 1\n0*100▏\n  = 1005   ∂x1 = 1")
      try terminal.check("\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}\u{7F}", "> x1 + 1 + 1 + 1 + ▏")
      try terminal.check("8\r", "> x1 + 1 + 1 + 1 + 8\n\n13\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func otherThingsTakeItsPlace() throws {
      let terminal = try session()
      try terminal.check("x1*3", "> x1*3▏\n  = 6   ∂x1 = 3")
      try terminal.check("\u{3}", "> x1*3^C\n> ▏")
      try terminal.check("x1*4", "> x1*4▏\n  = 8   ∂x1 = 4")
      try terminal.check("\u{C}", "> x1*4▏\n  = 8   ∂x1 = 4")
      try terminal.check("\u{15}x\t", "> x▏")
      try terminal.check("2^2", "> x2^2▏\n  = 9   ∂x2 = 6")
      try terminal.check("\r", "> x2^2\n9\n> ▏")
      try terminal.check("x1 + 1\u{12}x2", "9\nsearch 'x2': ▏x2^2")
      try terminal.check("\u{7}", "9\n> x1 + 1▏\n  = 3   ∂x1 = 1")
      try terminal.check("\u{15}[x1,\r", "> [x1,\n. ▏")
      try terminal.check("x2]", "> [x1,\n. x2]▏\n  = [2, 3]")
      try terminal.check("\r", "> [x1,\n. x2]\n[2, 3]\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func itCanBeTurnedOff() throws {
      let terminal = try session()
      try terminal.check(":set preview off\r", "> :set preview off\n> ▏")
      try terminal.check("x1*3\r", "> x1*3\n6\n> ▏")
      #expect(!String(decoding: terminal.bytes, as: UTF8.self).contains("  = 6"))
      try terminal.check(":set preview on\r", "> :set preview on\n> ▏")
      try terminal.check("x1*3", "> x1*3▏\n  = 6   ∂x1 = 3")
      try terminal.check("\u{15}", "> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func wideCharactersTakeTwoColumns() throws {
      let terminal = try session(columns: 20)
      try terminal.check("三 = 3\r", "> 三 = 3\n> ▏")
      try terminal.check("α₁ = 2\r", "> α₁ = 2\n> ▏")
      try terminal.check("x₁ + α₁", "> x₁ + α₁▏\n  = 4   and 2 more")
      try terminal.check("\r", "> x₁ + α₁\n4\n> ▏")
      try terminal.check("三 + 三 + 三 + 三 + 三", "> 三 + 三 + 三 + 三\n+ 三▏\n  = 15   ∂三 = 5")
      try terminal.check("\r", "> 三 + 三 + 三 + 三\n+ 三\n15\n> ▏")
      #expect(terminal.leave() == 0)
    }
  }
}
