import Syntax

/// The columns of a table, behind its name and a point, or in quotes behind its bracket.
extension Session {
  /// Nil where the text before the cursor does not end in a part of a table or an array.
  func completionOfPart(_ before: String, _ word: String) -> Completion? {
    let start = before.utf8.count - word.utf8.count
    if before.dropLast(word.count).last == "." {
      guard let value = value(named: before.dropLast(word.count + 1)) else { return nil }
      return Completion(of: word, from: start, among: parts(of: value))
    }
    guard let quote = before.lastIndex(of: "\""), before[..<quote].last == "[",
      case .table(let table)? = value(named: before[..<quote].dropLast())
    else { return nil }
    let typed = before[before.index(after: quote)...]
    let names = table.names.map { literal($0).dropFirst() + "]" }
    return Completion(
      of: String(typed), from: before.utf8.count - typed.utf8.count,
      among: zip(names, table.columns).map {
        Candidate(text: String($0), sentence: valueText($1))
      })
  }

  /// What may stand behind the point.
  private func parts(of value: Value) -> [Candidate] {
    switch value {
    case .table(let table):
      let columns = zip(table.names, table.columns).filter { name, _ in Self.isWord(name) }
      return columns.map { Candidate(text: $0, sentence: valueText($1)) }
        + [
          Candidate(text: "matrix", sentence: "all columns beside each other"),
          Candidate(text: "shape", sentence: "the numbers of rows and of columns"),
        ]
    case .node(let id) where !graph.isScalar(id):
      return [
        Candidate(text: "T", sentence: "the array with its axes the other way round"),
        Candidate(text: "shape", sentence: "the sizes along its axes"),
        Candidate(text: "size", sentence: "the number of its entries"),
      ]
    case .node, .part, .text, .list, .optimizer, .nothing: return []
    }
  }

  /// The value of the name that a text ends in.
  private func value(named text: Substring) -> Value? {
    let name = String(
      text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
    guard !name.isEmpty, let id = parser.names.find(name), id.index < bindings.count else {
      return nil
    }
    switch bindings[id.index] {
    case .value(let value): return value
    case .parameter(let node): return .node(node)
    case .none, .live, .function: return nil
    }
  }

  /// Whether a column can be asked for behind a point.
  private static func isWord(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter || first == "_" else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      && !ColumnTable.attributes.contains(name)
  }
}
