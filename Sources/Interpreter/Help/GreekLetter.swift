/// Letters that are hard to type: `\beta` and Tab give β.
enum GreekLetter {
  private static let small = Array("αβγδεζηθικλμνξοπρστυφχψω")
  private static let names = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
    "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
    "omega",
  ]

  /// Every letter by its name; capitals have capital names.
  private static let all: [(name: String, letter: String)] = zip(names, small).flatMap {
    name, letter in
    [
      (name, String(letter)),
      (name.prefix(1).uppercased() + name.dropFirst(), letter.uppercased()),
    ]
  }

  /// The letter of a whole name or of the only one that begins so, or else the names to choose from.
  static func candidates(for word: String) -> [Candidate] {
    let fitting = all.filter { $0.name.hasPrefix(word) }
    if let entry = fitting.first(where: { $0.name == word || fitting.count == 1 }) {
      return [Candidate(text: entry.letter, sentence: "the letter \(entry.name)")]
    }
    return fitting.map { Candidate(text: "\\\($0.name)", sentence: $0.letter) }
  }
}
