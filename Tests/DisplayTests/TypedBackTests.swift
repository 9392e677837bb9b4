import Autodiff
import TestSupport
import Testing

/// What a table says that a node was made by can be typed, and gives the same number.
@Suite struct TypedBackTests {
  static let files = Golden.files(below: "Tests/Transcripts/language", ending: ".txt")

  /// Words for what has no name in the language, and marks of what was left out.
  static let words =
    [" at [", " rearranged", " repeated to", " summed to", "…", "@"]
    + Primitive.all.filter { $0.callableNames.isEmpty && $0.name != "_set" }
    .map { "\($0.shownName)(" }

  @Test func isTheSameNumber() throws {
    var (same, skipped) = (0, 0)
    for file in Self.files {
      let transcript = Transcript(try #require(Golden.read("\(Golden.root)/\(file)")))
      for typed in transcript.typed {
        var player = Player(options: "# nabla --format markdown --digits max")
        for entry in typed where !entry.contains(":set") {
          for table in tables(player.answer(entry)) {
            for (place, row) in table.enumerated() {
              guard let operation = row.operation, isTypable(row) else { continue }
              var copy = player
              guard bind(table[..<place], in: &copy) else {
                skipped += 1
                continue
              }
              let again = tables(copy.answer(operation)).last?.last?.value
              #expect(
                isSame(again ?? "", row.value), "\(file): \(entry): \(row.label) = \(operation)")
              same += 1
            }
          }
        }
      }
    }
    #expect(same > 1500)
    #expect(skipped < same / 5)
  }

  private struct Row {
    var label: String
    var operation: String?
    var value: String
  }

  /// The rows of each Markdown table in an answer.
  private func tables(_ answer: String) -> [[Row]] {
    var tables: [[Row]] = []
    for line in answer.split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
      guard cells.count == 6, let number = Int(cells[1]) else { continue }
      let parts = cells[2].dropFirst().dropLast().split(separator: " = ", maxSplits: 1)
      let operation = parts.count > 1 ? String(parts[1]) : nil
      let row = Row(label: String(parts[0]), operation: operation, value: String(cells[3]))
      if number == 1 { tables.append([]) }
      tables[tables.count - 1].append(row)
    }
    return tables
  }

  /// Whether a row can be typed: it has words of the language, all its entries, and a number.
  ///
  /// Where a derivative does not exist, the row shows its formula and is nan.
  private func isTypable(_ row: Row) -> Bool {
    guard let operation = row.operation, isWhole(row.value), row.value != "nan" else {
      return false
    }
    return !Self.words.contains(where: operation.contains)
      && !Primitive.all.contains { $0.isRandom && operation.hasPrefix("\($0.shownName)(") }
  }

  /// Whether two numbers differ by rounding at most: a row of rules stands for its formula.
  private func isSame(_ text: String, _ other: String) -> Bool {
    guard let number = Double(text) else { return text == other }
    guard let wanted = Double(other) else {
      // A number that is repeated to an array on the way is shown as the number.
      return other.split(whereSeparator: "[], ".contains).allSatisfy { Double($0) == number }
    }
    return text == other || abs(number - wanted) <= 4 * wanted.ulp
  }

  private func isWhole(_ value: String) -> Bool {
    !value.contains("…") && !value.contains("array") && value != "[]"
  }

  /// Gives the labels of earlier rows their numbers.
  private func bind(_ rows: some Sequence<Row>, in player: inout Player) -> Bool {
    for row in rows where row.label.first?.isLetter == true && row.label != "inf" {
      guard row.label != "nan", isWhole(row.value), !row.label.contains("@") else { return false }
      if player.answer("\(row.label) = \(row.value)").contains("error") { return false }
    }
    return true
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
