import Interpreter

/// Commands and settings.
extension Reference {
  /// Every command of a session.
  package static func commands() -> String {
    var page = Page("Commands")
    page.add(
      """
      A command stands on a line of its own, behind a colon. It is no value and never a part of an
      expression. In a session, Tab completes commands and what they take.
      """)
    var table = "| command | what it does | for example |\n|:--|:--|:--|\n"
    for command in Command.all {
      table += "| `\(command.usage)` | \(command.sentence) | `\(command.example)` |\n"
    }
    page.add(table)
    return page.text
  }

  /// Every setting of the program, which the outermost layer has joined.
  package static func settings(_ settings: Settings) -> String {
    var page = Page("Settings")
    page.add(
      """
      `:set NAME VALUE` changes a setting of the session, `:set NAME` tells what it is, and `:set`
      lists all. A setting that is on or off is turned on by its name alone. Most are options of
      the command line too, and all may stand in the [file of settings](startup.md).
      """)
    var table = "| setting | values | at first | |\n|:--|:--|:--|:--|\n"
    for row in settings.rows {
      table += "| `\(row.name)` | \(row.range) | `\(row.standard)` | \(row.sentence) |\n"
    }
    page.add(table)
    for row in settings.rows where !row.isToggle {
      page.add("## `\(row.name)`")
      var table = "| value | |\n|:--|:--|\n"
      if case .number(let first, let last, _) = row.values {
        table += "| \(first) \(last.map { "to \($0)" } ?? "or more") | \(row.sentence) |\n"
      }
      for choice in row.choices { table += "| `\(choice.word)` | \(choice.sentence) |\n" }
      page.add(table)
    }
    return page.text
  }
}
