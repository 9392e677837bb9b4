/// What `nabla --help` says: examples first, then every option of the table.
enum HelpText {
  static var text: String {
    let options = OptionRow.all.map { row in
      let short = row.short.map { "-\($0), " } ?? "    "
      let long = "--\(row.long)" + (row.argument.map { " \($0)" } ?? "")
      let padding = String(repeating: " ", count: max(1, 21 - long.count))
      return "  \(short)\(long)\(padding)\(row.sentence)\n"
    }
    return """
      A calculator in which every number knows its derivatives.

      examples:
        nabla                                            start a session
        nabla -e 'x1*x2 + x2*4.3 + 30' x1=2 x2=3         value and every partial derivative
        nabla -e 'sin(x)/x' x=0.5 --format line          on one line
        echo 'x = 2; x^3' | nabla                        from a pipe
        nabla train.nabla                                run a script
        nabla -f json script.nabla > out.json            for programs

      usage: nabla [OPTION…] [FILE…] [name=value…]
             nabla [OPTION…] -e EXPR… [name=value…]

      A FILE of - is standard input. A name=value sets an input before anything runs.

      options:
      \(options.joined())
      exit status: 0 all well, 1 a statement failed, 2 wrong usage, 3 file trouble
      inside a session, :help explains the language

      """
  }
}
