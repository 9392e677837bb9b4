import Testing

@testable import LineEditor

/// The values are those of Unicode's canonical compositions.
@Suite struct CombiningMarkTests {
  @Test(arguments: [
    ("e", "\u{301}", "é"), ("a", "\u{30A}", "å"), ("U", "\u{308}", "Ü"), ("ε", "\u{301}", "έ"),
    ("и", "\u{306}", "й"), ("o", "\u{31B}", "ơ"), ("ơ", "\u{301}", "ớ"), ("か", "\u{3099}", "が"),
  ])
  func composes(_ base: Unicode.Scalar, _ mark: Unicode.Scalar, _ whole: Unicode.Scalar) {
    #expect(CombiningMark.composed(base, mark) == whole)
  }

  @Test(arguments: [("x", "\u{302}"), ("e", "x"), ("2", "\u{301}"), ("q", "\u{307}")])
  func leavesOthersAlone(_ base: Unicode.Scalar, _ mark: Unicode.Scalar) {
    #expect(CombiningMark.composed(base, mark) == nil)
  }

  @Test func composesATextMarkByMark() {
    let text = CombiningMark.composed("o\u{31B}\u{301} x\u{302} e\u{301}")
    #expect(text.unicodeScalars.elementsEqual("ớ x\u{302} é".unicodeScalars))
  }
}
