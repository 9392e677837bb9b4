/// The columns that a character takes on a terminal: 0, 1 or 2.
///
/// Marks join the character before them; East Asian wide characters and emoji take two columns. A
/// control character counts as one, since it is never shown as it is.
package func displayWidth(of scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x300 { return value == 0xAD ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  if scalar.properties.isDefaultIgnorableCodePoint { return 0 }
  // The vowels and final consonants of Hangul are drawn into the syllable before them.
  if (0x1160...0x11FF).contains(value) { return 0 }
  if scalar.properties.isEmojiPresentation { return 2 }
  return isWide(value) ? 2 : 1
}

/// Whether a character is wide or full-width, after the blocks of Unicode's EastAsianWidth.
private func isWide(_ value: UInt32) -> Bool {
  switch value {
  case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF,
    0x1F200...0x1F2FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
    true
  default: false
  }
}
