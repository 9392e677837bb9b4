import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TerminalSuite {
  /// The row that shows how far a long computation has come, and what stops one.
  @Suite struct ProgressTests {
    private static let endless = """
      param w = 1
      minimize (w - 3)^2 over w using sgd(lr=1e-13) for 1000000000
      print "not reached"

      """

    @Test(arguments: ["xterm-256color", "dumb"]) func aScriptShowsProgress(_ kind: String) throws {
      let folder = try Folder()
      let script = try folder.write("long.nabla", Self.endless)
      let terminal = try Terminal([script], environment: ["TERM=\(kind)", "NO_COLOR=1"])
      #expect(terminal.expect("/1000000000  ") != nil)
      #expect(terminal.expect("  loss 4  rate 1e-13  ") != nil)
      // ^C says how far it came, and ends the process as it ends any other.
      terminal.interrupt()
      #expect(terminal.expect("\nstopped after ") != nil)
      #expect(terminal.expect(" of sgd: loss 4 → 4\nw = 1\n") != nil)
      #expect(terminal.expect("error: stopped") != nil)
      #expect(terminal.end() == 128 + SIGINT)
      let text = String(decoding: terminal.bytes, as: UTF8.self)
      #expect(text.contains("\r") && !text.contains("\u{1B}"))
      #expect(!text.contains("not reached"))
    }

    @Test func theRowOfALoopIsGoneAtTheEnd() throws {
      let folder = try Folder()
      let script = try folder.write(
        "loop.nabla", "s = 0\nfor i in 1...1000000000 { s = s + i }\n")
      let terminal = try Terminal([script], environment: ["NO_COLOR=1"], columns: 200)
      #expect(terminal.expect("turn ") != nil)
      terminal.interrupt()
      #expect(terminal.expect("error: stopped in turn ") != nil)
      #expect(terminal.end() == 128 + SIGINT)
      let rows = terminal.picture("\n\n\n\n\n\n")
      #expect(rows.contains("stopped") && !rows.contains(" left"))
    }

    @Test func atThePromptTheParamsStay() throws {
      let terminal = try Terminal.atPrompt(["-f", "value"])
      terminal.type("param w = 1;\r")
      try #require(terminal.prompt())
      terminal.type("minimize (w - 3)^2 over w using sgd(lr=0.25) for 1000000000\r")
      #expect(terminal.expect("/1000000000  ") != nil)
      terminal.interrupt()
      #expect(terminal.expect("stopped after ") != nil)
      #expect(terminal.expect("w = 3\n") != nil)
      #expect(terminal.expect("error: stopped") != nil)
      #expect(terminal.prompt())
      terminal.type("w\r")
      #expect(terminal.expect("\n3\n") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func aPipeGetsNone() throws {
      let run = Run(
        ["-e", "param w = 1; minimize (w - 3)^2 over w using sgd(lr=1e-13) for 60000 every 30000"])
      #expect(run.errors == "")
      #expect(run.output.hasPrefix("step 30000  loss 4\nstep 60000  loss 4\n"))
    }
  }
}
