import Testing

@testable import LineEditor

@Suite struct LivePreviewTests {
  @Test func itIsDrawnOnceAndErasedOnce() {
    var preview = LivePreview { $0 }
    let before = preview.erasing(row: 0)
    #expect(before == nil)
    let drawn = preview.drawing("= 6", row: 0, lastRow: 1)
    #expect(
      drawn == "\u{1B}D\u{1B}D\u{1B}[2A\u{1B}7\u{1B}[2B\r\u{1B}[J\u{1B}[2m= 6\u{1B}[0m\u{1B}8")
    let again = preview.drawing("= 6", row: 1, lastRow: 1)
    #expect(again == nil)
    let erased = [preview.erasing(row: 1), preview.erasing(row: 1)]
    #expect(erased == ["\u{1B}7\u{1B}[1B\r\u{1B}[J\u{1B}8", nil])
  }

  @Test func withoutColorsItIsPlain() {
    var preview = LivePreview { $0 }
    preview.isDim = false
    let drawn = preview.drawing("= 6", row: 0, lastRow: 0)
    #expect(drawn?.hasSuffix("\r\u{1B}[J= 6\u{1B}8") == true)
  }

  @Test func aLineIsAskedAboutOnce() {
    var asked: [String] = []
    var preview = LivePreview {
      asked.append($0)
      return $0 == "1+" ? nil : "= 6"
    }
    preview.begin()
    for line in ["1", "1", "1+", "1+", ""] { _ = preview.text(about: line) }
    #expect(asked == ["1", "1+"])
    preview.isWanted = false
    let unwanted = preview.text(about: "2")
    #expect(unwanted == nil)
    #expect(asked.count == 2)
  }

  @Test func aSlowAnswerIsTheLastOfItsLine() {
    var count = 0
    var preview = LivePreview { _ in
      count += 1
      let end = ContinuousClock.now + .milliseconds(30)
      while ContinuousClock.now < end {}
      return "= 1"
    }
    preview.begin()
    var answers = [preview.text(about: "a"), preview.text(about: "ab")]
    preview.begin()
    answers.append(preview.text(about: "ab"))
    #expect(answers == ["= 1", nil, "= 1"])
    #expect(count == 2)
  }
}

@Suite struct KeyWatchTests {
  @Test(arguments: ["a", "三", "\u{8}", "\u{7F}", "\u{1}", "\u{1B}[C", "\u{1B}OD", "\u{1B}[1;5C"])
  func aKeyThatStaysOnTheLine(key: String) {
    #expect(!leaves(key))
  }

  @Test(arguments: [
    "\r", "\n", "\t", "\u{3}", "\u{C}", "\u{12}", "\u{1B}[A", "\u{1B}OB", "\u{1B}x", "\u{1B}[200~",
  ])
  func aKeyThatMayNot(key: String) {
    #expect(leaves(key))
  }

  @Test func aSequenceEnds() {
    var watch = KeyWatch()
    for scalar in "\u{1B}[A".unicodeScalars { _ = watch.mayLeaveLine(scalar) }
    #expect(!watch.isInSequence)
    let leaves = watch.mayLeaveLine("[")
    #expect(!leaves)
  }

  private func leaves(_ key: String) -> Bool {
    var watch = KeyWatch()
    return key.unicodeScalars.map { watch.mayLeaveLine($0) }.contains(true)
  }
}
