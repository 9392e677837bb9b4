import Testing

/// A session on a pseudo-terminal, typed as a person types.
extension TerminalSuite {
  @Suite struct SessionTests {
    @Test func aSession() throws {
      let terminal = try Terminal.atPrompt()
      terminal.type("x1 = 2; x2 = 3\r")
      #expect(terminal.prompt())
      terminal.type("y = x1*x2 + x2*4.3 + 30\r")
      #expect(terminal.expect("y = 48.9   ∂x1 = 3   ∂x2 = 6.3\n") != nil)
      terminal.type("y\r")
      #expect(terminal.expect(" 8  y  = v6 + 30    48.9        1\n") != nil)
      #expect(terminal.leave() == 0)
    }

    /// What was typed stands above the message: a line and a column would say nothing.
    @Test func anErrorOfTheLineNamesNoPlace() throws {
      let terminal = try Terminal.atPrompt(["--quiet"])
      terminal.type("1 + nosuch\r")
      #expect(terminal.expect("\nerror: unknown name 'nosuch'") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func tabCompletes() throws {
      let terminal = try Terminal.atPrompt(["--quiet"])
      terminal.type("softp\t0)\r")
      #expect(terminal.expect("0.693147") != nil)
      terminal.type("alphabet = 3\r")
      #expect(terminal.prompt())
      terminal.type("alpha\t*2\r")
      #expect(terminal.expect(" 6 ") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func aGreekLetterIsTyped() throws {
      let terminal = try Terminal.atPrompt(["--quiet"], environment: ["LC_ALL=C.UTF-8"])
      terminal.type("\\beta\t = 3\r")
      #expect(terminal.prompt())
      terminal.type("β*2\r")
      #expect(terminal.expect("ans = β * 2") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func anInterruptClearsTheLine() throws {
      let terminal = try Terminal.atPrompt(["--quiet"])
      terminal.type("1 + nonsense")
      #expect(terminal.expect("nonsense") != nil)
      terminal.type("\u{3}")
      #expect(terminal.prompt())
      terminal.type("1 + 6\r")
      #expect(terminal.expect(" 7 ") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func anInterruptStopsALoop() throws {
      let terminal = try Terminal.atPrompt(["--quiet"])
      terminal.type("n = 7; m = 0\r")
      #expect(terminal.prompt())
      terminal.type("while 1 { print \"turning\"; while 1 { n = 8 } }\r")
      // Behind the echo of the line; what is printed is shown while the loop runs on.
      #expect(terminal.expect("} }\n") != nil)
      #expect(terminal.expect("turning\n") != nil)
      terminal.interrupt()
      #expect(terminal.expect("error: stopped") != nil)
      #expect(terminal.prompt())
      terminal.type("n + 100\r")
      #expect(terminal.expect(" 108 ") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func aLineGoesOnUntilItIsWhole() throws {
      let terminal = try Terminal.atPrompt(["--quiet"])
      terminal.type("for i in 1...2 {\r")
      #expect(terminal.expect(". ") != nil)
      terminal.type("print 10*i }\r")
      #expect(terminal.expect("10\n20\n") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func aFailureLeavesTheStatusAlone() throws {
      let terminal = try Terminal.atPrompt(["--quiet"])
      terminal.type("nosuchname\r")
      #expect(terminal.expect("error: unknown name 'nosuchname'") != nil)
      #expect(terminal.prompt())
      terminal.type(":quit\r")
      #expect(terminal.end() == 0)
    }

    @Test func aFollowerIsReported() throws {
      let terminal = try Terminal.atPrompt(["--quiet"])
      terminal.type("x = 2; y := x^2;\r")
      #expect(terminal.prompt())
      terminal.type("x = 3\r")
      #expect(terminal.expect("y: 4 → 9\n") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func aDumbTerminalGetsWords() throws {
      let terminal = try Terminal(["--quiet"], environment: ["TERM=dumb"])
      try #require(terminal.prompt(hasEditor: false))
      terminal.type("x = 2; x^2\r")
      #expect(terminal.expect("ans = x ^ 2: value 4, derivative 1") != nil)
      #expect(terminal.prompt(hasEditor: false))
      #expect(terminal.leave() == 0)
    }

    @Test(arguments: ["C", "POSIX", "de_DE.ISO-8859-1"])
    func whereThereIsNoUTF8SignsAreASCII(_ locale: String) throws {
      let terminal = try Terminal.atPrompt(
        ["--quiet"], environment: ["LC_ALL=\(locale)", "LANG=en_US.UTF-8"])
      terminal.type("ω = 3; y := ω^2;\r")
      #expect(terminal.prompt())
      terminal.type("ω = 2\r")
      #expect(terminal.expect("y: 9 -> 4\n") != nil)
      #expect(terminal.prompt())
      terminal.type("y\r")
      #expect(terminal.expect("value  d/dnode\n") != nil)
      #expect(terminal.expect("y = ω ^ 2") != nil)
      #expect(terminal.leave() == 0)
    }

    @Test func aPipeIsUTF8Everywhere() {
      let run = Run(["-e", "x^2", "x=3", "-f", "line"], input: "", environment: ["LC_ALL=C"])
      #expect(run.output == "9  ∂x = 6\n")
    }

    /// However narrow the terminal, every number is there.
    @Test(arguments: [1, 2, 3, 7, 12, 20] as [UInt16])
    func aNarrowTerminalLosesNothing(_ columns: UInt16) throws {
      let terminal = try Terminal(
        ["--quiet", "-e", "x*y + 4.25 + sine(2)", "-e", "x*y + 4.25", "x=2", "y=3", "-k"],
        columns: columns)
      #expect(terminal.expect("'sine'") != nil)
      #expect(terminal.expect("10.25") != nil)
      #expect(terminal.end() == 1)
    }

    @Test func wordsHaveNoColorsUnlessAskedFor() throws {
      let plain = try Terminal([
        "--plain", "-e", "abs(x) + nosuchname", "-e", "abs(x)", "x=0", "-k",
      ])
      #expect(plain.expect("kink [-1, 1]") != nil)
      #expect(plain.end() == 1)
      #expect(!plain.hasShownColors)
      let colored = try Terminal(["--plain", "--color", "always", "-e", "nosuchname"])
      #expect(colored.expect("nosuchname") != nil)
      #expect(colored.end() == 1)
      #expect(colored.hasShownColors)
    }

    @Test(arguments: ["NO_COLOR=1", "TERM=dumb"]) func surroundingsTurnColorsOff(_ variable: String)
      throws
    {
      let terminal = try Terminal(
        ["-e", "nosuchname", "-e", "abs(x)", "x=0", "-k"], environment: [variable])
      #expect(terminal.expect("kink [-1, 1]") != nil)
      #expect(terminal.end() == 1)
      #expect(!terminal.hasShownColors)
    }

    @Test func helpFitsTheTerminal() throws {
      let terminal = try Terminal(["--help"], columns: 40)
      let text = try #require(terminal.expect("inside a session"))
      for line in text.split(separator: "\n") { #expect(line.count <= 40, "\(line)") }
      #expect(terminal.end() == 0)
    }

    @Test func theBannerFitsFortyColumns() throws {
      let terminal = try Terminal(columns: 40)
      let text = try #require(terminal.expect("^D ends\n"))
      let lines = text.split(separator: "\n")
      #expect(lines.count <= 3)
      #expect(lines.allSatisfy { $0.count <= 40 })
      // The example on it can be typed as it stands.
      let example = try #require(lines.first { $0.hasPrefix("try  ") })
      #expect(Run(["-f", "value", "-e", String(example.dropFirst(5))]).output == "48.9\n")
      #expect(terminal.leave() == 0)
    }

    @Test func aLongTableIsCutInTheMiddle() throws {
      let terminal = try Terminal.atPrompt(["--quiet"], columns: 60)
      terminal.type("x = 1; f(x) = x; for i in 1...50 { x = x + 1 }\r")
      #expect(terminal.prompt())
      terminal.type("x\r")
      #expect(terminal.expect("rows hidden") != nil)
      #expect(terminal.leave() == 0)
    }
  }
}
