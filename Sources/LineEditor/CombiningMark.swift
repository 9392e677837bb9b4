/// Characters that are drawn over the one before them and take no column of their own.
enum CombiningMark {
  static func isOne(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  /// The one character that a character and a mark are together, as é is e and ´; nil where there is
  /// none.
  ///
  /// The blocks hold all letters that Unicode has with and without a mark, except those of scripts
  /// that are written in syllables.
  static func composed(_ base: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
    guard isOne(mark) else { return nil }
    var pair = String(base)
    pair.unicodeScalars.append(mark)
    for block in blocks {
      for value in block {
        guard let scalar = Unicode.Scalar(value), String(scalar) == pair else { continue }
        return scalar
      }
    }
    return nil
  }

  /// A text in which every mark that can be is part of its character.
  static func composed(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isOne) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let last = result.last, let whole = composed(last, scalar) {
        result.removeLast()
        result.append(whole)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Latin and Greek, Cyrillic, kana, Latin for Vietnamese, ancient Greek.
  private static let blocks: [ClosedRange<UInt32>] = [
    0xC0...0x24F, 0x370...0x4FF, 0x1E00...0x1FFF, 0x3040...0x30FF,
  ]
}
