/// The completions of bash: the words that may stand behind the one before the cursor.
enum BashCompletion {
  static var text: String {
    let cases = OptionRow.all.filter { $0.argument != nil }.map { row in
      let pattern = row.names.joined(separator: " | ")
      let words = row.choices.map(\.word).joined(separator: " ")
      return "    \(pattern)) words='\(words)' ;;\n"
    }
    let options = OptionRow.all.flatMap(\.names).joined(separator: " ")
    return """
      # Completions of nabla for bash, written by: nabla --generate bash
      _nabla() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} words place
        COMPREPLY=()
        # Behind -- there are only files, which bash completes by itself.
        for ((place = 1; place < COMP_CWORD; place++)); do
          if [[ ${COMP_WORDS[place]} == -- ]]; then return; fi
        done
        # To bash, --format=json is three words.
        if [[ $word == = && $before == --* ]]; then
          word=
        elif [[ $before == = && ${COMP_WORDS[COMP_CWORD - 2]} == --* ]]; then
          before=${COMP_WORDS[COMP_CWORD - 2]}
        fi
        case $before in
      \(cases.joined())    *)
            if [[ $word != -* ]]; then return; fi
            words='\(options)'
            ;;
        esac
        compopt +o default 2>/dev/null
        COMPREPLY=($(compgen -W "$words" -- "$word"))
      }
      complete -o default -F _nabla nabla

      """
  }
}
