import Display

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What `nabla --help` says: examples first, then every option of the table.
enum HelpText {
  /// Writes it, in lines that fit the terminal.
  ///
  /// - Returns: whether it could be written.
  static func write(isASCII: Bool) -> Bool {
    let terminal = Surroundings()
    var page = Output()
    page.isASCII = isASCII
    page.width = 100
    if terminal.isTerminal(STDOUT_FILENO) {
      page.width = min(100, terminal.width(of: STDOUT_FILENO))
      page.isASCII = isASCII || !terminal.showsUTF8
    }
    for line in lines { page.writeLines(line) }
    return StandardStream.output.write(page.bytes) == nil
  }

  private static var lines: [String] {
    var lines = ["A calculator in which every number knows its derivatives.", "", "examples:"]
    lines += UsageExample.all.map { row($0.command, $0.sentence, width: 49) }
    lines += [
      "",
      "usage: nabla [OPTION…] [FILE…] [name=value…]",
      "       nabla [OPTION…] -e EXPR… [name=value…]",
      "",
      "A FILE of - is standard input. A name=value sets an input before anything runs.",
      "",
      "options:",
    ]
    lines += OptionRow.all.map { option in
      let short = option.short.map { "-\($0), " } ?? "    "
      let long = "--\(option.long)" + (option.argument.map { " \($0)" } ?? "")
      return row(short + long, option.summary, width: 25)
    }
    let statuses = ExitStatus.allCases.map { "\($0.rawValue) \($0.sentence)" }
    lines += [
      "",
      "exit status:  " + statuses.joined(separator: ", "),
      "inside a session, :help explains the language",
    ]
    return lines
  }

  private static func row(_ first: String, _ second: String, width: Int) -> String {
    "  \(first)\(String(repeating: " ", count: max(2, width - first.count)))\(second)"
  }
}
