import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where input comes from and output goes to, and the status at the end.
@Suite struct StreamTests {
  @Test func readsAPipe() {
    let run = Run(["-f", "value"], input: "x = 2; x^3\nx + 1\n")
    #expect(run.output == "8\n3\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func readsFilesAndStandardInputInOneSession() throws {
    let folder = try Folder()
    let first = try folder.write("first.nabla", "x = 2\n")
    let last = try folder.write("last.nabla", "x^3 + y\n")
    let run = Run(["-f", "value", first, "-", last], input: "y = x\ny\n")
    #expect(run.output == "2\n10\n")
    #expect(run.status == 0)
  }

  @Test func runsAScriptByItsFirstLine() throws {
    let folder = try Folder()
    let text = "#!\(Child.program)\nx = 2\nprint x^3\n"
    let script = try folder.write("script.nabla", text, mode: 0o755)
    #expect(Run(program: script).output == "8\n")
    #expect(Run(["-f", "value", script]).output == "8\n")
    let failing = try folder.write("failing.nabla", text + "nosuchname\n", mode: 0o755)
    #expect(Run(program: failing).status == 1)
  }

  @Test func namesTheFileInErrors() throws {
    let folder = try Folder()
    let script = try folder.write("script.nabla", "x = 2\n\nx + nosuchname\n3\n")
    let run = Run(["-f", "value", script])
    #expect(run.errors.hasPrefix("\(script):3:5: error: unknown name 'nosuchname'\n"))
    #expect(run.errors.contains("\n  x + nosuchname\n      ^~~~~~~~~~\n"))
    #expect(run.output == "")
    #expect(run.status == 1)
  }

  @Test func saysWhatTheSystemSaysOfFiles() throws {
    let missing = Run(["/nonexistent/script.nabla"])
    #expect(missing.status == 3)
    #expect(
      missing.errors
        == "nabla: cannot read '/nonexistent/script.nabla': No such file or directory\n")
    let folder = Run(["/"])
    #expect(folder.status == 3)
    #expect(folder.errors == "nabla: cannot read '/': Is a directory\n")
    let input = Run(stdin: .path("/"))
    #expect(input.status == 3)
    #expect(input.errors == "nabla: cannot read standard input: Is a directory\n")
  }

  @Test func showsResultsBeforeAMissingFile() throws {
    let folder = try Folder()
    let script = try folder.write("script.nabla", "2 + 3\n")
    let run = Run(["-f", "value", script, "/nonexistent/script.nabla"])
    #expect(run.output == "5\n")
    #expect(run.status == 3)
  }

  @Test func aClosedInputIsNoHang() {
    let run = Run(stdin: .closed)
    #expect(!run.isKilled)
    #expect(run.status == 3)
    #expect(run.errors.hasPrefix("nabla: cannot read standard input: "))
  }

  @Test func stopsAtTheFirstError() {
    let run = Run(["-f", "value"], input: "1\nnosuchname\n2\n")
    #expect(run.output == "1\n")
    #expect(run.status == 1)
  }

  @Test func keepsGoingAndCounts() {
    let run = Run(["-k", "-f", "value"], input: "1\nnosuchname\n2\n1 +* 2\n3\n(\n")
    #expect(run.output == "1\n2\n3\n")
    #expect(run.status == 1)
    #expect(run.errors.hasSuffix("\n3 errors\n"))
    #expect(run.errors.contains("-:2:1: error: "))
    #expect(run.errors.contains("-:4:4: error: "))
    #expect(run.errors.contains("-:6:1: error: "))
    #expect(Run(["-k", "-e", "nosuchname"]).errors.hasSuffix("\n1 error\n"))
    #expect(Run(["-k", "-f", "value", "-e", "1"]).errors == "")
  }

  @Test func keepingGoingEnds() {
    let run = Run(["-k"], input: String(repeating: "nosuchname\n", count: 10_000))
    #expect(run.status == 1)
    #expect(run.errorBytes.count < 100_000)
    #expect(run.errors.hasSuffix("100 errors; stopped\n"))
  }

  @Test func keepsErrorsOutOfResults() {
    let run = Run(["-k"], input: "x = 0\n1/x\nnosuchname\nprint \"text\"\n")
    #expect(!run.output.contains("note"))
    #expect(!run.output.contains("error"))
    #expect(run.output.hasSuffix("text\n"))
    #expect(run.errors.contains("note: 1 / x is inf where x = 0\n"))
  }

  @Test(arguments: [["-e", "1"], ["--help"], ["--version"]]) func noticesAFullDisk(
    _ arguments: [String]
  ) {
    let run = Run(arguments, stdout: .path("/dev/full"))
    #expect(run.status == 3)
    if arguments[0] == "-e" {
      #expect(run.errors == "nabla: cannot write: No space left on device\n")
    }
  }

  @Test func noticesAClosedOutput() {
    let run = Run(["-e", "1"], stdout: .closed)
    #expect(run.status == 3)
    #expect(run.errors == "nabla: cannot write: Bad file descriptor\n")
  }

  @Test func endsQuietlyWhenTheReaderHasSeenEnough() {
    let lines = String(repeating: "1 + 2\n", count: 50_000)
    let run = Run(["-f", "value"], bytes: Array(lines.utf8), mostOutput: 1)
    #expect(!run.isKilled)
    #expect(run.status == 141 || run.status == 0)
    #expect(run.errors == "")
  }

  @Test func answersEachLineBeforeTheNextIsWritten() throws {
    let child = try #require(Child(["-f", "value"]))
    #expect(child.ask("x = 2; x^2", until: "\n") == "4\n")
    #expect(child.ask("y = (x +\n  1)\ny", until: "\n") == "3\n")
    #expect(child.ask("for i in 1...2 { print i*x }", until: "4\n") == "2\n4\n")
    #expect(child.wait() == 0)
  }

  @Test func answersAFormatOfRecordsAtOnce() throws {
    let child = try #require(Child(["-f", "json", "--no-nodes"]))
    let answer = child.ask("x = 2; x^2", until: "\n")
    #expect(try JSON(answer)["value"] == .number(4))
    #expect(child.wait() == 0)
  }

  @Test(arguments: [
    [], ["TERM=dumb"], ["NO_COLOR=1"], ["TERM="], ["TERM=nonsense"], ["COLUMNS=40"],
    ["COLUMNS=nonsense"], ["LC_ALL=C"], ["LC_ALL=de_DE.UTF-8"], ["LC_ALL=nonsense"], ["LANG=C"],
  ])
  func writesTheSameBytesEverywhere(_ environment: [String]) {
    let script = "β = 1.5; x = 0\nβ*2 + 1e9\nsqrt(x)\nprint \"{β:.2f}\"\nnosuchname\n"
    let run = Run(input: script, environment: environment)
    let plain = Run(input: script, environment: [])
    #expect(run.outputBytes == plain.outputBytes)
    #expect(run.errorBytes == plain.errorBytes)
    #expect(!run.outputBytes.contains(0x1B))
    #expect(!run.errorBytes.contains(0x1B))
    #expect(run.status == 1)
  }

  @Test func colorsWhenItIsTold() {
    let run = Run(["--color", "always", "-e", "x^2", "x=2"])
    #expect(run.outputBytes.contains(0x1B))
    #expect(!Run(["--color", "never", "-e", "x^2", "x=2"]).outputBytes.contains(0x1B))
  }

  @Test func quitEndsAScript() {
    for word in ["quit", "exit", ":quit"] {
      let run = Run(["-f", "value"], input: "1\n\(word)\n2\n")
      #expect(run.output == "1\n")
      #expect(run.status == 0)
    }
  }
}
