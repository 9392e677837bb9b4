import Display
import Interpreter

/// A session as it was typed and answered.
///
/// A line that starts with `> ` was typed, `. ` continues it, anything else is output; `---` starts
/// a new session. `> ` alone is an empty line. A first line `# nabla OPTION…` sets options as the
/// command line does: `--format json`, `--strict`, `--digits max`, `--script`; `--width 40` makes
/// a terminal of so many columns.
package struct Transcript {
  private var blocks: [[Entry]] = [[]]
  private let header: String?

  private struct Entry {
    var typed: String
    var output = ""
  }

  package init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    header = lines.first.flatMap { $0.hasPrefix("# nabla") ? $0 : nil }
    if header != nil { lines.removeFirst() }
    for line in lines {
      let last = blocks.count - 1
      if line == "---" {
        blocks.append([])
      } else if line == ">" || line.hasPrefix("> ") {
        blocks[last].append(Entry(typed: String(line.dropFirst(2))))
      } else if line == "." || line.hasPrefix(". "), !blocks[last].isEmpty {
        blocks[last][blocks[last].count - 1].typed += "\n" + line.dropFirst(2)
      } else if !blocks[last].isEmpty {
        blocks[last][blocks[last].count - 1].output += line + "\n"
      }
    }
  }

  /// What was typed, session by session.
  package var typed: [[String]] { blocks.map { $0.map(\.typed) } }

  /// The transcript as the program makes it from what was typed.
  ///
  /// - Parameter isPreviewed: Whether the session is asked, before each entry, what parts of it
  ///   would give, as it is while a person types.
  /// - Returns: The transcript, which equals the one it was read from if nothing has changed.
  package func replayed(isPreviewed: Bool = false) -> String {
    var text = header.map { "\($0)\n" } ?? ""
    for (place, block) in blocks.enumerated() {
      if place > 0 { text += "---\n" }
      var player = Player(options: header ?? "")
      for entry in block {
        let lines = entry.typed.split(separator: "\n", omittingEmptySubsequences: false)
        for (row, line) in lines.enumerated() {
          text += "\(row == 0 ? ">" : ".")\(line.isEmpty ? "" : " ")\(line)\n"
        }
        if isPreviewed {
          for count in stride(from: entry.typed.count, to: 0, by: -5).prefix(20) {
            _ = player.preview(String(entry.typed.prefix(count)))
          }
        }
        text += player.answer(entry.typed)
      }
    }
    return text
  }
}

/// A session with its display, as a transcript or a document runs it.
package struct Player {
  private var session: Session
  private var renderer: Renderer

  package init(options words: String = "", compilesLoops: Bool = true) {
    var options = Session.Options()
    options.compilesLoops = compilesLoops
    options.isInteractive = !words.contains("--script")
    var settings = Settings(
      Session.Options.settings.map(\.setting) + DisplayOptions.settings.map(\.setting))
    let parts = words.split(separator: " ").map(String.init)
    for (word, value) in zip(parts, parts.dropFirst() + [""]) where word.hasPrefix("--") {
      guard let row = settings.row(named: String(word.dropFirst(2))) else { continue }
      _ = try? settings.choose(row.name, row.isToggle ? "on" : value)
    }
    options.files = Golden.files
    session = Session(options: options)
    session.adopt(settings)
    var display = DisplayOptions()
    if let place = parts.firstIndex(of: "--width"), place + 1 < parts.count {
      display.width = Int(parts[place + 1])
    }
    renderer = Renderer(options: display)
    renderer.adopt(session)
  }

  /// What the program answers to an entry: results and errors in the order they come.
  package mutating func answer(_ typed: String, name: String = "-") -> String {
    var answer = ""
    session.feed(Array("\(typed)\n".utf8), name: name)
    while let outcome = session.next() {
      if case .quit = outcome { break }
      renderer.render(outcome, of: &session)
      answer += String(decoding: renderer.output.bytes, as: UTF8.self)
      answer += String(decoding: renderer.errors.bytes, as: UTF8.self)
      renderer.output.bytes.removeAll()
      renderer.errors.bytes.removeAll()
    }
    return answer
  }

  /// What a text that is being typed would give.
  package mutating func preview(_ text: String) -> String? {
    renderer.preview(of: text, in: &session, isOverdue: { true })
  }

  package var failureCount: Int { renderer.failureCount }

  package var compiledTurns: Int { session.compiledTurns }
}
