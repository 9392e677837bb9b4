import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The command line: what it may say, what it means, what it complains about.
@Suite struct ArgumentTests {
  @Test func evaluatesExpressionsWithBindings() {
    let run = Run(["-e", "x1*x2 + x2*4.3 + 30", "x1=2", "x2=3", "--format", "line"])
    #expect(run.output == "48.9  ∂x1 = 3  ∂x2 = 6.3\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test(arguments: [
    ["-f", "value", "-e", "x = 2", "-e", "x^3"], ["-e", "x^3", "x=2", "--format=value"],
    ["x=2", "-fvalue", "-e", "x^3"], ["--expression=x^3", "--format", "value", "x=2"],
    ["--expression", "x^3", "-f", "value", "--", "x=2"], ["x=1+1", "-e", "x^3", "-f", "value"],
  ])
  func readsOptionsInAnyOrder(_ arguments: [String]) {
    let run = Run(arguments)
    #expect(run.output == "8\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func severalExpressionsShareOneSession() {
    let run = Run(["-f", "value", "-e", "x = 2", "-e", "f(t) = t^2", "-e", "f(x)", "-e", "ans + 1"])
    #expect(run.output == "4\n5\n")
  }

  @Test func bindingsGoBeforeExpressionsAndFiles() {
    #expect(Run(["-f", "value", "-e", "y", "y=x+1", "x=1"]).status == 1)
    #expect(Run(["-f", "value", "-e", "y", "x=1", "y=x+1"]).output == "2\n")
    #expect(Run(["-f", "value", "α=3", "-e", "α*2"]).output == "6\n")
  }

  @Test(arguments: [
    (["--frmat", "json"], "--format"), (["--hlep"], "--help"), (["--strct"], "--strict"),
    (["--keep-gong"], "--keep-going"), (["--digit", "3", "--diggits"], "--digits"),
  ])
  func suggestsTheNearestOption(_ arguments: [String], _ wanted: String) {
    let run = Run(arguments)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("nabla: unknown option '--"))
    #expect(run.errors.contains("did you mean '\(wanted)'?"))
    #expect(run.errors.hasSuffix("\n"))
  }

  @Test(arguments: [
    (["-Z"], "-Z"), (["--nonsense"], "--nonsense"), (["-e"], "-e"), (["--format"], "--format"),
    (["--digits"], "--digits"), (["-f", "xml"], "xml"), (["--digits", "0"], "0"),
    (["--digits", "18"], "18"), (["--digits", "many"], "many"),
    (["--color", "sometimes"], "sometimes"),
    (["--help=yes"], "help"), (["-e", "1+1", "x.nabla"], "-e ':load x.nabla' runs it"),
  ])
  func refusesWrongUsage(_ arguments: [String], _ shown: String) {
    let run = Run(arguments)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("nabla: "))
    #expect(run.errors.contains(shown))
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    ["no\u{1B}[31mfile"], ["--no\u{1B}[31moption"], ["-f", "\u{1B}[31m", "-e", "1"],
  ])
  func showsControlCharactersByTheirNumbers(_ arguments: [String]) {
    let run = Run(arguments)
    #expect(run.status != 0)
    #expect(run.errors.contains("\\x1b[31m"))
    #expect(!run.errors.utf8.contains(0x1B))
  }

  @Test(arguments: ["--help", "-h"]) func helps(_ option: String) {
    let run = Run([option])
    #expect(run.status == 0)
    #expect(run.errors == "")
    for word in [
      "usage:", "--expression", "--format", "--digits", "--strict", "--keep-going", "--quiet",
      "--color", "--plain", "--unfold", "--no-nodes", "--version", "exit status",
    ] {
      #expect(run.output.contains(word), "\(word)")
    }
    #expect(run.lines.allSatisfy { $0.count <= 100 })
  }

  @Test(arguments: ["--version", "-V"]) func tellsItsVersion(_ option: String) {
    let run = Run([option])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("nabla "))
    #expect(run.lines.count == 1)
  }

  @Test func aNameBehindTwoDashesIsAFile() throws {
    let folder = try Folder()
    let path = try folder.write("-x", "2 + 3\n")
    #expect(Run(["-f", "value", "--", path]).output == "5\n")
    #expect(Run(["-f", "value", "--", "-e"]).status == 3)
  }

  @Test func digitsReachTheTable() {
    #expect(Run(["-d", "3", "-f", "line", "-e", "1/3"]).output == "0.333\n")
    #expect(Run(["-d", "max", "-f", "line", "-e", "1/3"]).output == "0.3333333333333333\n")
    #expect(Run(["-d", "17", "-f", "line", "-e", "0.1"]).output == "0.10000000000000001\n")
  }

  @Test func strictMakesNanAnError() {
    let run = Run(["--strict", "-e", "0/x", "x=0"])
    #expect(run.status == 1)
    #expect(run.output == "")
    #expect(run.errors.contains("nan"))
    #expect(Run(["-e", "0/x", "x=0"]).status == 0)
  }

  @Test func quietLeavesNotesAway() {
    #expect(Run(["-q", "-f", "value", "-e", "1/x", "x=0"]).errors == "")
    #expect(Run(["-f", "value", "-e", "1/x", "x=0"]).errors.hasPrefix("note: "))
    // Errors are no notes.
    let run = Run(["-q", "-e", "nosuchname"])
    #expect(run.errors.contains("unknown name"))
    #expect(run.status == 1)
  }

  @Test func unfoldsFunctions() {
    let script = "f(x) = sin(x)^2\nf(1)\n"
    #expect(Run(input: script).output.contains("f(1)"))
    #expect(Run(["-u"], input: script).output.contains("sin(1)"))
  }

  @Test func aFailureInABindingIsAnError() {
    let run = Run(["-e", "1", "x=1/"])
    #expect(run.status == 1)
    #expect(run.errors.contains("x=1/"))
  }
}
