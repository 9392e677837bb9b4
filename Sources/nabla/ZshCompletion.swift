/// The completions of zsh: one line an option for its function `_arguments`.
enum ZshCompletion {
  static var text: String {
    let options = OptionRow.all.map { "    \(specification($0)) \\\n" }
    return """
      #compdef nabla
      # Completions of nabla for zsh, written by: nabla --generate zsh
      _nabla() {
        _arguments -s -S : \\
      \(options.joined())    '*:file:_files'
      }
      # Loaded by compinit this file is the function; read by source it is not.
      if [[ ${funcstack[1]} == _nabla ]]; then _nabla "$@"; else compdef _nabla nabla; fi

      """
  }

  private static func specification(_ row: OptionRow) -> String {
    let names = row.names.map { name in
      row.argument == nil ? name : name + (name.hasPrefix("--") ? "=" : "+")
    }
    let spelled = names.count > 1 ? "{\(names.joined(separator: ","))}" : names[0]
    let excluded = row.isRepeated ? "'*'" : "'(\(row.names.joined(separator: " ")))'"
    var meaning = "[\(escaped(row.sentence, "[]"))]"
    if let argument = row.argument {
      let choices = row.choices.map { choice in
        "\(choice.word)\\:\"\(escaped(choice.sentence, ":"))\""
      }
      meaning += ":\(argument):" + (choices.isEmpty ? " " : "((\(choices.joined(separator: " "))))")
    }
    return "\(excluded)\(spelled)'\(meaning.replacingQuotes)'"
  }

  private static func escaped(_ text: String, _ signs: String) -> String {
    text.map { signs.contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
