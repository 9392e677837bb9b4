import Testing

extension TerminalSuite {
  /// Earlier entries, pasted text, and the keys of vi.
  @Suite struct EditingTests {
    let folder: Folder
    private let history: String

    init() throws {
      folder = try Folder()
      history = try folder.write("history", "x = 1\ny = 2\\\ny^2\nx = 3\nlong = 4\n")
    }

    /// A session without previews, at its prompt, with the history of the file.
    private func session(
      _ environment: [String] = [], columns: UInt16 = 60, rows: UInt16 = 24
    ) throws -> Terminal {
      let terminal = try Terminal.atPrompt(
        ["-q", "-f", "value"], environment: ["NABLA_HISTORY=\(history)"] + environment,
        columns: columns, rows: rows)
      terminal.type(" :set preview off\r")
      try #require(terminal.prompt())
      return terminal
    }

    private var entries: String { folder.contents("history") }

    private static let (up, down) = ("\u{1B}[A", "\u{1B}[B")

    @Test func arrowsGoThroughTheHistory() throws {
      let (up, down) = (Self.up, Self.down)
      let terminal = try session()
      try terminal.check(up, "> long = 4▏")
      try terminal.check(up, "> x = 3▏")
      try terminal.check(up, "> y = 2\ny^2▏")
      try terminal.check(up, "> x = 1▏")
      try terminal.check(up, "> x = 1▏")
      try terminal.check(down + down + down, "> long = 4▏")
      try terminal.check(down, "> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func aBeginningIsLookedFor() throws {
      let (up, down) = (Self.up, Self.down)
      let terminal = try session()
      try terminal.check("x" + up, "> x = 3▏")
      try terminal.check(up, "> x = 1▏")
      try terminal.check(down + down, "> x▏")
      try terminal.check("\u{7F}lo" + up, "> long = 4▏")
      try terminal.check("2\r", "> long = 42\n> ▏")
      try terminal.check(up, "> long = 42▏")
      try terminal.check("\u{15}", "> ▏")
      #expect(terminal.leave() == 0)
      #expect(entries.hasSuffix("long = 4\nlong = 42\n"))
    }

    @Test func anEntryOfSeveralLinesIsEdited() throws {
      let terminal = try session()
      try terminal.check("y" + Self.up, "> y = 2\ny^2▏")
      try terminal.check("\u{1B}[D" + Self.up, "> y ▏= 2\ny^2")
      try terminal.check("\u{1B}[C\u{1B}[C5", "> y = 5▏2\ny^2")
      try terminal.check(Self.down, "> y = 52\ny^2▏")
      try terminal.check("\r", "> y = 52\ny^2\n2704\n> ▏")
      #expect(terminal.leave() == 0)
      #expect(entries.hasSuffix("long = 4\ny = 52\\\ny^2\n"))
    }

    @Test func anEntryThatWentOnIsOne() throws {
      let terminal = try session()
      try terminal.check("for i in 1...2 {\r", "> for i in 1...2 {\n. ▏")
      try terminal.check("  print i\r}\r", ".   print i\n. }\n1\n2\n> ▏")
      try terminal.check(Self.up, "> for i in 1...2 {\n  print i\n}▏")
      try terminal.check("\r", "> for i in 1...2 {\n  print i\n}\n1\n2\n> ▏")
      #expect(terminal.leave() == 0)
      #expect(entries.hasSuffix("long = 4\nfor i in 1...2 {\\\n  print i\\\n}\n"))
    }

    @Test(arguments: ["\u{7}", "\u{3}", "\u{1B}"]) func aSearchIsGivenUp(_ key: String) throws {
      let terminal = try session()
      try terminal.check("1 + 2\u{1B}[D\u{12}", "search '': 1 + ▏2")
      try terminal.check("x =", "search 'x =': ▏x = 3")
      try terminal.check("\u{12}", "search 'x =': ▏x = 1")
      try terminal.check("\u{13}", "search 'x =': ▏x = 3")
      try terminal.check("q", "no match for 'x =q': ▏x = 3")
      try terminal.check("\u{7F}", "search 'x =': ▏x = 3")
      try terminal.check(key, "> 1 + ▏2")
      try terminal.check("4\r", "> 1 + 42\n43\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func whatASearchFindsIsTaken() throws {
      let terminal = try session()
      try terminal.check("\u{12}y^", "search 'y^': y = 2\n▏y^2")
      try terminal.check("\r", "> y = 2\ny^2\n4\n> ▏")
      try terminal.check("\u{12}ng\u{5}2", "> long = 42▏")
      try terminal.check("\u{15}\u{12}= 3\u{1B}[D", "> x▏ = 3")
      try terminal.check("\u{3}", "> x = 3^C\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func aPasteWaitsForReturn() throws {
      let terminal = try session()
      try terminal.check(
        "\u{1B}[200~a = 2\rfor i in 1...2 {\r\tprint a*i\r}\ra^3\r\u{1B}[201~",
        "> a = 2\nfor i in 1...2 {\n  print a*i\n}\na^3▏")
      try terminal.check("\r", "}\na^3\n2\n4\n8\n> ▏")
      try terminal.check("\u{1B}[200~> b = 3\r> b^2\r9\r\u{1B}[201~\r", "> b = 3\nb^2\n9\n> ▏")
      try terminal.check("1 + \u{1B}[200~α₁\u{1B}[201~", "> 1 + α₁▏")
      try terminal.check("\u{3}", "> 1 + α₁^C\n> ▏")
      #expect(terminal.leave() == 0)
      #expect(!String(decoding: terminal.bytes, as: UTF8.self).contains("00~"))
      #expect(entries.hasSuffix("\\\na^3\nb = 3\\\nb^2\n"))
    }

    @Test(arguments: [true, false]) func aThousandLinesAreRunInOrder(isMarked: Bool) throws {
      let terminal = try session()
      let lines = (1...1_000).map { "assert n == \($0 - 1); n = \($0);" }
      let text = "n = 0;\r" + lines.joined(separator: "\r")
      terminal.type(isMarked ? "\u{1B}[200~\(text)\u{1B}[201~\r" : text + "\r")
      terminal.type("n + 0.25\r")
      #expect(terminal.expect("\n1000.25\n") != nil)
      #expect(!String(decoding: terminal.bytes, as: UTF8.self).contains("error"))
      #expect(terminal.leave() == 0)
    }

    @Test func viIsThereOnRequest() throws {
      let terminal = try session()
      try terminal.check(":set editor vi\r", "> :set editor vi\n> ▏")
      try terminal.check("12\u{1B}", "> 1▏2")
      try terminal.check("i3\u{1B}", "> 1▏32")
      try terminal.check("0x", "> ▏32")
      try terminal.check("A + 1\u{1B}[D\u{1B}[D2", "> 32 +2▏ 1")
      try terminal.check("\u{3}", "> 32 +2 1^C\n> ▏")
      try terminal.check("x" + Self.up, "> x = 3▏")
      try terminal.check("\u{1B}0cwz\u{1B}", "> ▏z = 3")
      try terminal.check("\r", "> z = 3\n> ▏")
      try terminal.check("\u{1B}[200~a = 2\ra^3\u{1B}[201~", "> a = 2\na^3▏")
      try terminal.check("\r", "> a = 2\na^3\n8\n> ▏")
      try terminal.check(":set editor emacs\r", "> :set editor emacs\n> ▏")
      try terminal.check("12\u{1}3", "> 3▏12")
      try terminal.check("\u{15}", "> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func thePersonsFileIsRead() throws {
      let settings = try folder.write("editrc", "bind -v\n")
      let terminal = try session(["EDITRC=\(settings)"])
      try terminal.check("12\u{1B}", "> 1▏2")
      try terminal.check("ix" + Self.up, "> 1x▏2")
      try terminal.check("\u{3}", "> 1x2^C\n> ▏")
      terminal.type(":set editor\r")
      #expect(terminal.expect("editor = vi") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func aBlankKeepsALineOut() throws {
      let terminal = try session()
      try terminal.check(" secret = 1\r", ">  secret = 1\n> ▏")
      try terminal.check(Self.up, "> long = 4▏")
      try terminal.check("\u{15}", "> ▏")
      #expect(terminal.leave() == 0)
      #expect(!entries.contains("secret"))
    }

    @Test func noHistoryIsKept() throws {
      let terminal = try Terminal.atPrompt(
        ["-q", "--no-history"], environment: ["NABLA_HISTORY=\(history)"])
      terminal.type("zzz = 1\r")
      #expect(terminal.prompt())
      terminal.type(Self.up)
      #expect(terminal.picture("> zzz = 1▏") == "> zzz = 1▏")
      terminal.type("\u{15}")
      #expect(terminal.picture("> ▏") == "> ▏")
      #expect(terminal.leave() == 0)
      #expect(!entries.contains("zzz"))
    }
  }
}
