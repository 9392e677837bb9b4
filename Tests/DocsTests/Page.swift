import TestSupport

/// A page of the documents with the sessions in it.
///
/// What a fenced block marked `nabla` shows is typed into a session that goes through the whole
/// page: `> ` begins a line, `. ` continues it, anything else is what came back. A block marked
/// `nabla new` begins another session; words behind that are options, as a transcript has them. A
/// block marked `console` shows commands for a shell behind `$ ` and what they print.
struct Page {
  let path: String
  let text: String

  init?(_ path: String) {
    guard let text = Golden.read("\(Golden.root)/\(path)") else { return nil }
    (self.path, self.text) = (path, text)
  }

  /// The page as the program would have it: every answer made anew.
  func replayed() -> String {
    var lines: [Substring] = []
    var block: [Substring] = []
    var mark: Substring?
    var player = Player()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let open = mark {
        guard line == "```" else {
          block.append(line)
          continue
        }
        let words = open.split(separator: " ")
        if words[0] == "console" {
          lines += Page.answers(block, typedBehind: "$") { Shell.answer($0) }
        } else {
          if words.dropFirst().first == "new" {
            player = Player(options: words.dropFirst(2).joined(separator: " "))
          }
          lines += Page.answers(block, typedBehind: ">") { player.answer($0) }
        }
        (mark, block) = (nil, [])
      } else if line.hasPrefix("```nabla") || line.hasPrefix("```console") {
        mark = line.dropFirst(3)
      }
      lines.append(line)
    }
    return (lines + block).joined(separator: "\n")
  }

  /// The lines of a block: what was typed, each time with the answer to it.
  private static func answers(
    _ block: [Substring], typedBehind sign: Character, answer: (String) -> String
  ) -> [Substring] {
    var lines: [Substring] = []
    var typed: [Substring] = []
    func finish() {
      guard !typed.isEmpty else { return }
      lines += typed
      let text = typed.map { $0.dropFirst(2) }.joined(separator: "\n")
      lines += answer(text).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      typed = []
    }
    for line in block {
      if line.first == sign {
        finish()
        typed = [line]
      } else if line == "." || line.hasPrefix(". "), !typed.isEmpty {
        typed.append(line)
      }
    }
    finish()
    return lines
  }

  /// The fenced blocks, each with the line that opens it.
  var blocks: [String] { parts.filter(\.isBlock).map { $0.lines.joined(separator: "\n") } }

  /// The lines that no fenced block holds.
  var prose: [Substring] { parts.filter { !$0.isBlock }.flatMap(\.lines) }

  /// The page in pieces, fenced blocks and what stands between them.
  private var parts: [(isBlock: Bool, lines: [Substring])] {
    text.split(separator: "\n```", omittingEmptySubsequences: false).enumerated().map {
      place, part in
      (place % 2 == 1, part.split(separator: "\n", omittingEmptySubsequences: false))
    }
  }

  /// The files and folders that the page links to, as paths from the root.
  var links: [String] {
    targets.compactMap { target in
      let file = target.prefix { $0 != "#" }
      return file.isEmpty ? nil : resolved(file)
    }
  }

  /// The headings that the page links to, each with its page and as `headings` has it.
  var places: [(path: String, heading: String)] {
    targets.compactMap { target in
      guard let sign = target.firstIndex(of: "#") else { return nil }
      let file = target[..<sign]
      return (file.isEmpty ? path : resolved(file), String(target[target.index(after: sign)...]))
    }
  }

  /// The headings, in the form that a link to one has on the web.
  var headings: [String] {
    prose.filter { $0.hasPrefix("#") }.map { line in
      let words = line.drop { $0 == "#" }.dropFirst().lowercased()
      return String(
        words.compactMap { character in
          if character == " " { return "-" }
          return character.isLetter || character.isNumber || "-_".contains(character)
            ? character : nil
        })
    }
  }

  /// What the page links to, as it is written, without addresses on the web.
  private var targets: [Substring] {
    text.split(separator: "](").dropFirst().map { $0.prefix { $0 != ")" } }
      .filter { !$0.contains("://") }
  }

  /// A path from this page as a path from the root.
  private func resolved(_ target: Substring) -> String {
    var parts = path.split(separator: "/").dropLast().map(String.init)
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
