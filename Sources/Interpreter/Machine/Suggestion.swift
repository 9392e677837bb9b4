import Autodiff
import Syntax

extension Session {
  /// A hint for a name that nobody knows.
  func suggestion(for name: NameID, isCalled: Bool = false) -> String? {
    let word = self.name(name)
    guard word.utf8.count <= 60, word.count > 1 else { return nil }
    if ForeignName.modules.contains(word) { return "no module stands in front: pi, sin(x)" }
    if let command = Command.named(word) { return "did you mean '\(command.usage)'?" }
    if let here = ForeignName.all[word] { return "here that is \(here)" }
    if !isCalled, let product = product(word) { return "did you mean '\(product)'?" }
    guard let nearest = nearest(to: word, among: knownNames) else { return nil }
    return "did you mean '\(nearest)'?"
  }

  /// Every name that means something now.
  var knownNames: [String] {
    var known: [String] = []
    for index in bindings.indices {
      if case .none = bindings[index] { continue }
      known.append(name(NameID(index: index)))
    }
    for (index, builtin) in builtins.enumerated() {
      if case .none = builtin { continue }
      known.append(name(NameID(index: index)))
    }
    for frame in frames { known += frame.code.locals.map { name($0.name) } }
    return known
  }

  /// `x*y` for `xy`, where both are known.
  private func product(_ word: String) -> String? {
    let letters = Array(word)
    guard letters.count > 1 else { return nil }
    for place in 1..<letters.count {
      let parts = [String(letters[..<place]), String(letters[place...])]
      if parts.allSatisfy(isValue) { return parts.joined(separator: "*") }
    }
    return nil
  }

  private func isValue(_ word: String) -> Bool {
    guard let id = parser.names.find(word), id.index < bindings.count else { return false }
    switch bindings[id.index] {
    case .value, .parameter, .live: return true
    case .none, .function: return false
    }
  }
}

/// The candidate that takes the fewest slips of the keyboard, when they are few enough.
package func nearest(to word: String, among candidates: [String]) -> String? {
  guard word.utf8.count <= 60 else { return nil }
  let limit = max(1, min(3, word.count / 2))
  var best: (distance: Int, word: String)?
  for candidate in candidates where abs(candidate.count - word.count) <= limit {
    let distance = editDistance(word, candidate)
    if distance <= limit, distance < (best?.distance ?? .max), distance < candidate.count {
      best = (distance, candidate)
    }
  }
  return best?.word
}

/// How many insertions, deletions, replacements and swaps of neighbours turn one word into another.
private func editDistance(_ first: String, _ second: String) -> Int {
  let (a, b) = (Array(first.lowercased()), Array(second.lowercased()))
  var rows = [Array(0...b.count)]
  for i in 1...max(1, a.count) where i <= a.count {
    var row = [i]
    for j in 1...max(1, b.count) where j <= b.count {
      let substitution = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      var least = min(rows[i - 1][j] + 1, row[j - 1] + 1, substitution)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        least = min(least, rows[i - 2][j - 2] + 1)
      }
      row.append(least)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
