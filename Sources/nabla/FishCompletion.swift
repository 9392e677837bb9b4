/// The completions of fish: one command an option.
enum FishCompletion {
  static var text: String {
    let options = OptionRow.all.map { row in
      var line = "complete -c nabla"
      if let short = row.short { line += " -s \(short)" }
      line += " -l \(row.long)"
      if row.argument != nil { line += " -x" }
      if !row.choices.isEmpty {
        // The list is read again as words, in which the quotes inside are quotes.
        let choices = row.choices.map { "\($0.word)\\t\"\($0.sentence)\"" }
        line += " -a '\(choices.joined(separator: " ").replacingQuotes)'"
      }
      return line + " -d '\(row.sentence.replacingQuotes)'\n"
    }
    return "# Completions of nabla for fish, written by: nabla --generate fish\n" + options.joined()
  }
}

extension String {
  /// Text for between single quotes: one of its own ends them, stands alone, and begins them anew.
  var replacingQuotes: String {
    split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
  }
}
