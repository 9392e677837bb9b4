import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TerminalSuite {
  /// Signals, strange terminals, and trouble with files.
  @Suite struct FaultTests {

    /// Whether the session still answers: 3 + 4.25 as a bare value.
    private func answers(_ terminal: Terminal) -> Bool {
      terminal.type("\u{15}3 + 4.25\r")
      return terminal.expect("\n7.25\n") != nil
    }

    @Test(arguments: [SIGHUP, SIGTERM]) func aSignalEndsIt(_ signal: Int32) throws {
      let folder = try Folder()
      let history = try folder.write("history", "")
      let terminal = try Terminal.atPrompt(["-q"], environment: ["NABLA_HISTORY=\(history)"])
      terminal.type("kept = 1\r")
      try #require(terminal.prompt())
      #expect(terminal.settings.isRaw)
      terminal.type("half a line")
      #expect(terminal.picture("> half a line▏") == "> half a line▏")
      terminal.send(signal)
      #expect(terminal.end() == 128 + signal)
      #expect(folder.contents("history") == "kept = 1\n")
      #expect(terminal.settings == (false, true))
      #expect(String(decoding: terminal.bytes, as: UTF8.self).hasSuffix("\u{1B}[?2004l"))
    }

    @Test func itEndsWithTheTerminalAsItWas() throws {
      let terminal = try Terminal.atPrompt(["-q"])
      #expect(terminal.settings == (true, false))
      #expect(terminal.leave() == 0)
      #expect(terminal.settings == (false, true))
    }

    @Test func whatIsTypedMeanwhileIsShownOnce() throws {
      let terminal = try Terminal.atPrompt(["-q", "-f", "value"])
      terminal.type("n = 0; while 1 { n = n + 1 }\r")
      #expect(terminal.expect("}\n") != nil)
      terminal.type("3 + 4.25")
      terminal.interrupt()
      // ^C flushes what was typed before it, as it does everywhere.
      #expect(terminal.expect("error: stopped") != nil)
      #expect(terminal.prompt())
      terminal.type("repeat 200000 { n = 1 };\r1 + 1\r2 + 2.5")
      try terminal.check("", "> repeat 200000 { n = 1 };\n> 1 + 1\n2\n> 2 + 2.5▏\n  = 4.5")
      try terminal.check("\r", "> 1 + 1\n2\n> 2 + 2.5\n4.5\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func interruptsDoNoHarm() throws {
      let terminal = try Terminal.atPrompt(["-q", "-f", "value"])
      try terminal.check("\u{3}", "> ^C\n> ▏")
      try terminal.check("\u{3}\u{3}", "> ^C\n> ^C\n> ▏")
      try terminal.check("1 +\u{3}", "> 1 +^C\n> ▏")
      try terminal.check("(1 +\r\u{3}", "> (1 +\n. ^C\n> ▏")
      terminal.type("while 1 { }\r")
      #expect(terminal.expect("{ }\n") != nil)
      terminal.interrupt()
      terminal.type("\u{3}")
      #expect(terminal.expect("error: stopped") != nil)
      #expect(answers(terminal))
      #expect(terminal.leave() == 0)
    }

    /// Also in the moment between the prompt and the first look for a key.
    @Test func asASignalItIsAKey() throws {
      for _ in 1...10 {
        let terminal = try Terminal(["-q", "-f", "value"])
        #expect(terminal.expect("> ") != nil)
        terminal.send(SIGINT)
        try terminal.check("", "> ^C\n> ▏")
        terminal.send(SIGINT)
        try terminal.check("1 + 1\r", "> ^C\n> 1 + 1\n2\n> ▏")
      }
    }

    @Test func theEndOfInputWithinALineIsIgnored() throws {
      let terminal = try Terminal.atPrompt(["-q", "-f", "value"])
      try terminal.check("12\u{4}", "> 12▏")
      try terminal.check("\u{1}\u{4}", "> ▏2")
      try terminal.check("\r", "> 2\n2\n> ▏")
      #expect(terminal.leave() == 0)
    }

    /// In a shell that can continue it, since the system stops nothing that nobody can.
    @Test func itIsStoppedAndContinued() throws {
      let terminal = try Terminal(
        ["--norc", "--noprofile", "-i"], program: "/bin/bash",
        environment: ["PS1=$ ", "NABLA_HISTORY=", "HOME=/nonexistent", "INPUTRC=/dev/null"])
      #expect(terminal.expect("$ ") != nil)
      terminal.type("stty -a | grep -c 'icanon.* echo '; \(Child.program) -q -f value\n")
      #expect(terminal.prompt())
      terminal.type("x = 2;\r")
      #expect(terminal.prompt())
      try terminal.check("x + 5", "> x + 5▏\n  = 7   ∂x = 1")
      terminal.type("\u{1A}")
      #expect(terminal.expect("Stopped") != nil)
      #expect(terminal.expect("$ ") != nil)
      terminal.type("echo a\"\"b; fg\n")
      #expect(terminal.expect("ab\n") != nil)
      try terminal.check("", "> x + 5▏\n  = 7   ∂x = 1")
      try terminal.check("0\r", "> x + 50\n52\n> ▏")
      terminal.type("\u{4}")
      #expect(terminal.expect("$ ") != nil)
      terminal.type("exit\n")
      #expect(terminal.end() == 0)
    }

    @Test func theWindowChangesItsSize() throws {
      let terminal = try Terminal.atPrompt(["-q", "-f", "value", "x=2"], columns: 60)
      try terminal.check("x + 1 + 1 + 1 + 1 + 1", "> x + 1 + 1 + 1 + 1 + 1▏\n  = 7   ∂x = 1")
      for columns in [30, 100, 10, 2, 1, 60] as [UInt16] {
        terminal.resize(columns: columns)
        terminal.type("\u{1B}[D\u{1B}[C")
      }
      try terminal.check("\u{C}", "> x + 1 + 1 + 1 + 1 + 1▏\n  = 7   ∂x = 1")
      terminal.resize(columns: 40)
      try terminal.check(" + 1", "> x + 1 + 1 + 1 + 1 + 1 + 1▏\n  = 8   ∂x = 1")
      try terminal.check("\r", "> x + 1 + 1 + 1 + 1 + 1 + 1\n8\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func whatALineGivesFitsTheWindowAsItIsThen() throws {
      let terminal = try Terminal(["-q", "-p", "x=2"], columns: 60)
      try #require(terminal.prompt())
      terminal.type("x*(x + 1)*2")
      #expect(terminal.expect("= 12") != nil)
      terminal.resize(columns: 24)
      terminal.type("\r")
      #expect(terminal.expect("v4 = x * v3: value 6,\n  derivative 2\n") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func theWindowChangesItsSizeMeanwhile() throws {
      let terminal = try Terminal.atPrompt(["-q", "-f", "value", "x=2"], columns: 60)
      terminal.type("while 1 { }\r")
      #expect(terminal.expect("{ }\n") != nil)
      terminal.resize(columns: 20)
      terminal.interrupt()
      #expect(terminal.expect("stopped") != nil)
      try #require(terminal.prompt())
      try terminal.check(
        "x + 1 + 1 + 1 + 1 + 1", "> x + 1 + 1 + 1 + 1\n+ 1▏\n  = 7   ∂x = 1")
      try terminal.check("\r", "> x + 1 + 1 + 1 + 1\n+ 1\n7\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test(arguments: ["TERM=", "TERM=dumb", "TERM=nosuchterminal", "TERM=emacs"])
    func aPlainTerminalGetsPlainText(_ term: String) throws {
      let terminal = try Terminal(["-q", "x=2"], environment: [term])
      try #require(terminal.prompt(hasEditor: false))
      terminal.type("x^2\n")
      #expect(terminal.expect("value 4, derivative 1") != nil)
      try #require(terminal.prompt(hasEditor: false))
      terminal.type("nosuch\n")
      #expect(terminal.expect("unknown name 'nosuch'") != nil)
      try #require(terminal.prompt(hasEditor: false))
      #expect(terminal.leave() == 0)
      #expect(!terminal.bytes.contains(0x1B))
      #expect(!String(decoding: terminal.bytes, as: UTF8.self).contains("dumb terminal"))
    }

    @Test func withoutColorsThereAreNoStyles() throws {
      let terminal = try Terminal.atPrompt(["-q", "x=2"], environment: ["NO_COLOR=1"])
      try terminal.check("x^2", "> x^2▏\n  = 4   ∂x = 4")
      terminal.type("\rnosuch\r")
      #expect(terminal.expect("unknown name 'nosuch'") != nil)
      #expect(terminal.leave() == 0)
      #expect(!terminal.hasShownColors)
    }

    @Test(arguments: ["C", "C.UTF-8", "de_DE.UTF-8", "bogus"])
    func theLanguageChangesNothing(_ locale: String) throws {
      let terminal = try Terminal.atPrompt(
        ["-q", "-f", "value"], environment: ["LC_ALL=\(locale)"])
      try terminal.check("α₁ = 1.5;\r", "> α₁ = 1.5;\n> ▏")
      try terminal.check("α₁ + 三\u{7F}2\r", "> α₁ + 2\n3.5\n> ▏")
      #expect(terminal.leave() == 0)
    }

    @Test func aHistoryThatCannotBeReadIsLeftAlone() throws {
      let folder = try Folder()
      let terminal = try Terminal(["-f", "value"], environment: ["NABLA_HISTORY=\(folder.path)"])
      #expect(
        terminal.expect("note: cannot read history '\(folder.path)': Is a directory\n") != nil)
      try #require(terminal.prompt())
      #expect(answers(terminal))
      try #require(terminal.prompt())
      #expect(answers(terminal))
      #expect(terminal.leave() == 0)
      let notes = String(decoding: terminal.bytes, as: UTF8.self).split(separator: "note:").count
      #expect(notes == 2)
    }

    @Test func withoutAHomeNoHistoryIsKept() throws {
      let terminal = try Terminal(["-f", "value"], environment: ["HOME="])
      #expect(terminal.expect("note: no history is kept: HOME is not set\n") != nil)
      try #require(terminal.prompt())
      #expect(answers(terminal))
      #expect(terminal.leave() == 0)
    }

    @Test func junkAndManyLinesAreNoTrouble() throws {
      let folder = try Folder()
      let junk: [UInt8] = [0xFF, 0xFE, 0x00, 0x0A, 0xCE, 0x0A]
      let lines = (1...200_000).flatMap { Array("n = \($0)\n".utf8) }
      let history = try folder.write("history", bytes: junk + lines + junk)
      let terminal = try Terminal.atPrompt(
        ["-q", "-f", "value"], environment: ["NABLA_HISTORY=\(history)"])
      try terminal.check("\u{1B}[A", "> n = 200000▏")
      #expect(answers(terminal))
      #expect(terminal.leave() == 0)
      #expect(folder.contents("history").hasSuffix("\n3 + 4.25\n"))
    }

    @Test func twoSessionsAtOnceLoseNothing() throws {
      let folder = try Folder()
      let history = try folder.write("history", "")
      let sessions = try (0..<2).map { _ in
        try Terminal(["-q"], environment: ["NABLA_HISTORY=\(history)"])
      }
      for turn in 1...3 {
        for (place, terminal) in sessions.enumerated() {
          try #require(terminal.prompt())
          terminal.type("s\(place) = \(turn);\r")
        }
      }
      for terminal in sessions { #expect(terminal.leave() == 0) }
      let entries = folder.contents("history").split(separator: "\n")
      for place in 0..<2 {
        #expect(
          entries.filter { $0.hasPrefix("s\(place)") } == (1...3).map { "s\(place) = \($0);" })
      }
      #expect(entries.count == 6)
    }
  }
}
