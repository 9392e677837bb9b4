import Testing

extension TerminalSuite {
  /// The files that begin a session, and the completion of commands.
  @Suite struct StartTests {
    @Test func aPersonsSettingsAndFirstScriptAreRead() throws {
      let folder = try Folder()
      try folder.makeFolder("nabla")
      try folder.write("nabla/config", "digits = 3  # few\nfromat = line\n")
      try folder.write("nabla/init.nabla", "g = 9.80665\nprint \"ready\"\n")
      let environment = ["XDG_CONFIG_HOME=\(folder.path)"]
      let terminal = try Terminal(["--quiet"], environment: environment)
      // A long path may make the terminal begin another line within it.
      let shown = try #require(terminal.expect("hint: did you mean 'format'?"))
      #expect(shown.contains("config:2:1"))
      #expect(terminal.expect("ready\n") != nil)
      try #require(terminal.prompt())
      terminal.type("g*2\r")
      #expect(terminal.expect(" 19.6 ") != nil)
      terminal.type(":undo 9\r")
      #expect(terminal.expect("undone: g*2\n") != nil)
      terminal.type(":vars\r")
      #expect(terminal.expect("g = 9.81\n") != nil)
      #expect(terminal.leave() == 0)

      let plain = try Terminal.atPrompt(["--quiet", "--no-init"], environment: environment)
      plain.type("1/3\r")
      #expect(plain.expect("0.333333") != nil)
      #expect(plain.leave() == 0)
      // A script does not depend on the machine.
      #expect(
        Run(["-f", "line"], input: "1/3\ng\n", environment: environment).output == "0.333333\n")
    }

    @Test func tabCompletesCommandsAndFiles() throws {
      let folder = try Folder()
      let path = try folder.write("a script.nabla", "print 6*7\n")
      let terminal = try Terminal.atPrompt(["--quiet"], environment: ["HOME=\(folder.path)"])
      terminal.type(":lo\t~/a\t\r")
      #expect(terminal.expect("42\n") != nil)
      #expect(terminal.prompt())
      terminal.type(":set form\tli\t\r")
      #expect(terminal.prompt())
      terminal.type("2*3\r")
      #expect(terminal.expect("\n6\n") != nil)
      #expect(terminal.leave() == 0)
      #expect(path.hasSuffix("a script.nabla"))
    }
  }
}
