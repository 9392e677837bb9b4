import Display
import Interpreter

/// The manual page, in the language of mdoc(7), from the tables of the program.
enum ManualPage {
  static var text: String {
    var page = Page()
    page.macro("Dd \(Nabla.released)")
    page.macro("Dt NABLA 1")
    page.macro("Os nabla \(Nabla.version)")
    page.section("NAME")
    page.macro("Nm nabla")
    page.macro("Nd calculator in which every number knows its derivatives")
    page.section("SYNOPSIS")
    page.macro("Nm")
    page.macro("Op Ar option ...")
    page.macro("Op Ar file ...")
    page.macro("Op Ar name Ns = Ns Ar value ...")
    page.macro("Nm")
    page.macro("Op Ar option ...")
    page.macro("Fl e Ar expression ...")
    page.macro("Op Ar name Ns = Ns Ar value ...")
    describe(&page)
    options(&page)
    commands(&page)
    surroundings(&page)
    page.section("EXIT STATUS")
    page.list(ExitStatus.allCases.map { ("It Er \($0.rawValue)", [$0.sentence]) })
    page.section("EXAMPLES")
    for (place, example) in UsageExample.all.enumerated() {
      if place > 0 { page.macro("Pp") }
      page.text("\(example.sentence.prefix(1).uppercased())\(example.sentence.dropFirst()):")
      page.macro("Dl \(Page.literal(example.command))")
    }
    page.section("SEE ALSO")
    page.macro("Xr bc 1")
    return page.text
  }

  private static func describe(_ page: inout Page) {
    page.section("DESCRIPTION")
    page.macro("Nm")
    page.text(
      """
      evaluates expressions and shows how each came about: every step of the calculation with its
      value, and with the derivative of the result with respect to it.
      """)
    page.macro("Pp")
    page.text(
      """
      Without a file and without an expression it starts a session on a terminal, and elsewhere
      reads standard input, as it does for a file called
      """)
    page.macro("Sq - .")
    page.text("A pair of")
    page.macro("Ar name Ns = Ns Ar value")
    page.text("sets an input before anything runs.")
    page.macro("Pp")
    page.text("These are the options:")
  }

  private static func options(_ page: inout Page) {
    let rows = OptionRow.all.map { row in
      let argument = row.argument.map { " Ar \($0)" } ?? ""
      let short = row.short.map { "Fl \($0)\(argument) , " } ?? ""
      return (row: row, macro: "It \(short)Fl -\(row.long)\(argument)")
    }
    page.list(rows.map { ($0.macro, [$0.row.sentence]) }) { page, place in
      let choices = rows[place].row.choices
      guard !choices.isEmpty else { return }
      page.list(choices.map { ("It Cm \($0.word)", [$0.sentence]) }, isCompact: true)
    }
  }

  private static func commands(_ page: inout Page) {
    page.section("COMMANDS")
    page.text("In a session these lines are no expressions:")
    page.list(Command.all.map { ("It Li \(Page.literal($0.usage))", [$0.sentence]) })
  }

  private static func surroundings(_ page: inout Page) {
    page.section("ENVIRONMENT")
    page.list([
      ("It Ev NABLA_HISTORY", ["the file of the history; set to nothing, none is kept"]),
      ("It Ev XDG_STATE_HOME", ["the folder under which the history is kept otherwise"]),
      ("It Ev NO_COLOR", ["set to anything, there are no colors"]),
      ("It Ev TERM", ["where it is dumb, rows are said in words, without colors"]),
      ("It Ev COLUMNS", ["the width of a terminal that does not tell its own"]),
      (
        "It Ev LC_ALL , LC_CTYPE , LANG",
        [
          "where the first that is set names a charset other than UTF-8, as C does, signs on a "
            + "terminal are written in ASCII"
        ]
      ),
    ])
    page.section("FILES")
    page.list([
      ("It Pa \(Page.literal("~/.local/state/nabla/history"))", ["the lines typed so far"])
    ])
  }
}

extension ManualPage {
  /// A page as it grows: macros, and text that no macro can hide in.
  private struct Page {
    private(set) var text = ""

    mutating func macro(_ line: String) { text += ".\(line)\n" }

    mutating func section(_ title: String) { macro("Sh \(title)") }

    /// Adds words, in lines of their own.
    mutating func text(_ words: String) {
      var line = ""
      for word in words.split(whereSeparator: \.isWhitespace) {
        let word = Page.literal(String(word))
        if !line.isEmpty, line.count + word.count >= 78 {
          text += "\(line)\n"
          line = ""
        }
        // At the start of a line these two begin a macro.
        if line.isEmpty, word.hasPrefix(".") || word.hasPrefix("'") { line = "\\&" }
        line += line.isEmpty || line == "\\&" ? word : " \(word)"
      }
      text += "\(line)\n"
    }

    /// Adds a list of terms with what they mean.
    mutating func list(
      _ items: [(macro: String, words: [String])], isCompact: Bool = false,
      then more: (inout Page, Int) -> Void = { _, _ in }
    ) {
      macro("Bl -tag -width \(isCompact ? "markdown -compact" : "Ds")")
      for (place, item) in items.enumerated() {
        macro(item.macro)
        for words in item.words { text(words) }
        more(&self, place)
      }
      macro("El")
    }

    /// Text that is shown as it is: every sign for itself.
    static func literal(_ text: String) -> String {
      let escapes: [Character: String] = [
        "\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti",
        "\"": "\\(dq",
      ]
      let letters = text.map { character in
        if let escape = escapes[character] { return escape }
        guard !character.isASCII else { return String(character) }
        return character.unicodeScalars.map { scalar in
          let digits = String(scalar.value, radix: 16, uppercase: true)
          return "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
        }.joined()
      }
      return letters.joined()
    }
  }
}
