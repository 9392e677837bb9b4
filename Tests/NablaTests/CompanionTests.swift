import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is installed beside the program: the manual page and the completions of the shells.
@Suite struct CompanionTests {
  private static func path(of shell: String) -> String? {
    ["/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + shell }
      .first { access($0, X_OK) == 0 }
  }

  private static func has(_ shell: String) -> Bool { path(of: shell) != nil }

  /// Every long option that help names.
  private static var options: [String] {
    Run(["--help"]).output.split { " ,\n".contains($0) }.filter { $0.hasPrefix("--") }
      .map(String.init)
  }

  @Test(arguments: ["man", "bash", "zsh", "fish"]) func namesEveryOption(_ kind: String) {
    let run = Run(["--generate", kind])
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(Self.options.count > 10)
    for option in Self.options {
      // A manual page has macros for the dashes, fish has words for them.
      let name =
        kind == "man"
        ? "Fl -\(option.dropFirst(2))" : kind == "fish" ? "-l \(option.dropFirst(2))" : option
      #expect(run.output.contains(name), "\(option)")
    }
    #expect(run.output.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func refusesWhatItCannotGenerate() {
    let run = Run(["--generate", "tcsh"])
    #expect(run.status == 2)
    #expect(
      run.errors == "nabla: generate is man, bash, zsh or fish, not 'tcsh'\n")
  }

  @Test(.enabled(if: has("mandoc"))) func theManualPageIsSound() throws {
    let folder = try Folder()
    let page = try folder.write("nabla.1", Run(["--generate", "man"]).output)
    let lint = Run(
      ["-T", "lint", "-W", "warning", page], program: try #require(Self.path(of: "mandoc")))
    #expect(lint.output == "")
    #expect(lint.status == 0)
  }

  /// The examples of help and of the manual page, with the files that they speak of.
  @Test func everyExampleRuns() throws {
    let help = Run(["--help"]).lines.drop { $0 != "examples:" }.dropFirst()
    let examples = help.prefix { $0.hasPrefix("  ") }.map { line in
      let text = line.dropFirst(2)
      return String(text[..<(text.firstRange(of: "  ")?.lowerBound ?? text.endIndex)])
    }
    #expect(examples.count == 6)
    let folder = try Folder()
    try folder.write("train.nabla", "param w = 1\nw -= grad(w^2, w)\nw\n")
    try folder.write("script.nabla", "x = 2\nx^2\n")
    let programs = Child.program.dropLast("/nabla".count)
    let page = Run(["--generate", "man"]).output
    for example in examples {
      let escaped = example.map { ["-": "\\-", "'": "\\(aq", "^": "\\(ha"][$0] ?? String($0) }
      #expect(page.contains(".Dl \(escaped.joined())\n"), "\(example)")
      let run = Run(
        ["-c", "cd '\(folder.path)' && \(example)"], program: "/bin/sh",
        environment: ["PATH=\(programs):/usr/bin:/bin"])
      #expect(run.status == 0, "\(example): \(run.errors)")
      #expect(run.errors == "", "\(example)")
    }
    unlink("\(folder.path)/out.json")
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func isSoundInItsShell(_ shell: String) throws {
    guard let program = Self.path(of: shell) else { return }
    let folder = try Folder()
    let script = try folder.write("completions", Run(["--generate", shell]).output)
    let run = Run(["-n", script], program: program)
    #expect(run.status == 0)
    #expect(run.errors == "")
  }

  /// The words before the cursor, and what they may become.
  static let completions: [(words: [String], wanted: Set<String>)] = [
    (["--fo"], ["--format"]), (["--st"], ["--strict"]), (["--nosuch"], []),
    (["-f", "j"], ["json"]), (["--color", "a"], ["auto", "always"]), (["-c", "n"], ["never"]),
    (["--generate", ""], ["man", "bash", "zsh", "fish"]),
    (["-f", ""], ["table", "line", "value", "json", "csv", "tsv", "markdown"]),
    (["-e", "x^2", "--no-n"], ["--no-nodes"]),
  ]

  @Test(.enabled(if: has("bash")), arguments: completions)
  func bashCompletes(_ words: [String], _ wanted: Set<String>) throws {
    #expect(try Self.bash(words) == wanted)
  }

  /// Bash sees three words in `--format=json`, and in `x=2` as well.
  static let signs: [(words: [String], wanted: Set<String>)] = [
    (["--format", "=", "ma"], ["markdown"]), (["--color", "="], ["auto", "always", "never"]),
    (["x", "=", "2"], []), (["-e", "x"], []), (["--", "-"], []), (["--", "--fo"], []), ([""], []),
  ]

  @Test(.enabled(if: has("bash")), arguments: signs)
  func bashCompletesBehindSigns(_ words: [String], _ wanted: Set<String>) throws {
    #expect(try Self.bash(words) == wanted)
  }

  private static func bash(_ words: [String]) throws -> Set<String> {
    let folder = try Folder()
    let script = try folder.write("completions", Run(["--generate", "bash"]).output)
    let drive = """
      source "$1"; shift; COMP_WORDS=(nabla "$@"); COMP_CWORD=$#; _nabla 2>/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let run = Run(["-c", drive, "bash", script] + words, program: try #require(path(of: "bash")))
    #expect(run.errors == "")
    return Set(run.lines)
  }

  @Test(.enabled(if: has("fish")), arguments: completions)
  func fishCompletes(_ words: [String], _ wanted: Set<String>) throws {
    let folder = try Folder()
    let script = try folder.write("completions", Run(["--generate", "fish"]).output)
    let run = Run(
      [
        "--no-config", "-c",
        "source \(script); complete -C 'nabla \(words.joined(separator: " "))'",
      ],
      program: try #require(Self.path(of: "fish")), environment: ["HOME=\(folder.path)"])
    let words = run.lines.map { String($0.prefix { $0 != "\t" }) }
    #expect(Set(words) == wanted)
    #expect(run.lines.allSatisfy { $0.contains("\t") })
  }

  /// Typed into a zsh with a terminal of its own; a single candidate is put into the line.
  @Test(
    .enabled(if: has("zsh")),
    arguments: [
      ("--form", "--format"), ("--form=j", "--form=j"), ("--format=j", "--format=json"),
      ("-f mark", "-f markdown"), ("--color nev", "--color never"),
      ("--generate fi", "--generate fish"),
    ])
  func zshCompletes(_ typed: String, _ wanted: String) throws {
    let folder = try Folder()
    try folder.write("_nabla", Run(["--generate", "zsh"]).output)
    let drive = """
      zmodload zsh/zpty; zpty shell "TERM=dumb zsh -f -i"
      zpty -w shell "PS1=; fpath=($1 \\$fpath); autoload -U compinit; compinit -u -D; echo REA''DY"
      while zpty -r shell line; do [[ $line == *READY* ]] && break; done
      zpty -w -n shell "nabla $2"$'\\t'
      sleep 0.5
      zpty -w -n shell $'\\C-a'"echo '"$'\\C-e'"<'DO''NE"$'\\n'
      while zpty -r shell line; do print -r -- "$line"; [[ $line == *DONE* ]] && break; done
      zpty -d shell
      """
    let run = Run(
      ["-f", "-c", drive, "zsh", folder.path, typed], program: try #require(Self.path(of: "zsh")),
      environment: ["HOME=\(folder.path)"], deadline: 30)
    let answer = run.lines.last { $0.contains("<DONE") } ?? run.output
    let shown = answer.replacing("<DONE", with: "").split { $0.isWhitespace }.joined(separator: " ")
    #expect(shown == "nabla \(wanted)")
  }
}
