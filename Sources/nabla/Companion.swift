/// What is installed beside the program, each written from the table of options.
enum Companion: String, CaseIterable, Sendable {
  case man, bash, zsh, fish

  var sentence: String {
    switch self {
    case .man: "the manual page"
    case .bash: "the completions of bash"
    case .zsh: "the completions of zsh"
    case .fish: "the completions of fish"
    }
  }

  var text: String {
    switch self {
    case .man: ManualPage.text
    case .bash: BashCompletion.text
    case .zsh: ZshCompletion.text
    case .fish: FishCompletion.text
    }
  }
}

/// Command lines to begin with, for help and for the manual page.
enum UsageExample {
  static let all: [(command: String, sentence: String)] = [
    ("nabla", "start a session"),
    ("nabla -e 'x1*x2 + x2*4.3 + 30' x1=2 x2=3", "value and every partial derivative"),
    ("nabla -e 'sin(x)/x' x=0.5 --format line", "on one line"),
    ("echo 'x = 2; x^3' | nabla", "from a pipe"),
    ("nabla train.nabla", "run a script"),
    ("nabla -f json script.nabla > out.json", "for programs"),
  ]
}
