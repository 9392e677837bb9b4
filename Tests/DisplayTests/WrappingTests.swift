import Interpreter
import Syntax
import TestSupport
import Testing

@testable import Display

/// Lines that end between words, text that is cut, and sessions of all kinds at all widths.
@Suite struct WrappingTests {
  @Test(arguments: [
    ("one two three", 40, ["one two three"]), ("one two three", 7, ["one two", "  three"]),
    ("one two three", 3, ["one", " two", " three"]), ("", 10, [""]),
    ("unbreakable", 4, ["unbreakable"]), ("a unbreakable b", 6, ["a", "  unbreakable", "  b"]),
    ("  a  b c", 5, ["  a", "  b c"]), ("数数 数数 x", 6, ["数数", "  数数", "  x"]),
  ]) func breaksBetweenWords(_ text: String, _ width: Int, _ lines: [String]) {
    #expect(Wrapping.lines(of: text, width: width, indent: 2) == lines)
  }

  @Test func startsBehindWhatStandsThere() {
    let lines = Wrapping.lines(of: "is a b", width: 10, from: 6, indent: 6)
    #expect(lines == ["is a", "     b"])
  }

  @Test(arguments: [
    (":help  says it all", 40, [":help  says it all"]),
    (":help  says it all", 14, [":help  says it", "       all"]),
    ("  words only here", 12, ["  words only", "    here"]),
    ("  --expression EXPR  says it", 20, ["  --expression EXPR", "      says it"]),
    ("  数数数  says it all", 16, ["  数数数", "      says it", "      all"]),
  ]) func continuesInTheSecondColumn(_ text: String, _ width: Int, _ lines: [String]) {
    #expect(Wrapping.columns(of: text, width: width) == lines)
  }

  @Test func aNameKeepsItsEnds() {
    #expect(Clipping.middle(of: "weight_layer_1", to: 9, mark: "…") == "weig…er_1")
    #expect(Clipping.middle(of: "数数数数数", to: 7, mark: "…") == "数…数数")
    #expect(Clipping.end(of: "x\u{301}yz and", to: 4, mark: "…") == "x\u{301}yz…")
  }

  /// Draws numbers that are the same in every run.
  private struct Dice {
    var state: UInt64
    mutating func roll(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    mutating func pick(_ words: [String]) -> String { words[roll(words.count)] }
  }

  private static let names = [
    "x", "y1", "aRatherLongNameForAnInput", "数", "数数数数数数数数数数数数", "α", "ängström",
    "x́", "e\u{301}e\u{301}e\u{301}", "한글", "weight_of_the_first_layer_1",
    "weight_of_the_first_layer_2",
  ]

  private static func statement(_ dice: inout Dice) -> String {
    let (a, b) = (dice.pick(names), dice.pick(names))
    let number = dice.pick(["1", "2.5", "1e-7", "123456789", "1/3", "-0.1", "0", "1e300"])
    switch dice.roll(14) {
    case 0: return "\(a) = \(number)"
    case 1: return "\(a) = [\(number), 1/7, 2, 3.141592653, -4]"
    case 2: return "\(a) = [[1/3, \(number)], [3, 4]]"
    case 3: return "\(a)*\(b) + sin(\(a))/\(number)"
    case 4: return "abs(\(a)) + max(\(a), \(b)) at \(a) = 0"
    case 5: return "f(u, v) = u*v + exp(u); f(\(a), \(number)) + f(\(b), f(\(a), \(b)))"
    case 6: return "log(\(a) - \(a)) + \(b)"
    case 7: return "1/(1 + exp(-\(a))) at \(a) = -800"
    case 8: return "\(a) + nosuchname*\(b) + \(a)*\(a)*\(a) + \(b)*\(a)*\(b)"
    case 9: return ":vars"
    case 10:
      return dice.pick([":help", ":help tanh", ":help sigmoid", ":help set", ":help nosuch"])
    case 11: return "\(a) := \(a)2*\(b)"
    case 12: return "if \(a) > \(number) then \(a)^2 else \(b)*\(number)"
    default:
      return
        ":set \(dice.pick(["digits 3", "digits max", "digits 6", "format line", "format table", "ascii on", "ascii off", "rows 4", "rows all", "plain on", "plain off"]))"
    }
  }

  @Test(arguments: 0..<60) func noLineIsWiderThanTheTerminal(_ seed: Int) {
    var dice = Dice(state: UInt64(seed) &* 7_919 &+ 1)
    dice.state = dice.state &* 0x9E37_79B9_7F4A_7C15
    let width = 20 + dice.roll(seed % 2 == 0 ? 40 : 181)
    var player = Player(options: "--width \(width)")
    for name in Self.names where dice.roll(2) == 0 { _ = player.answer("\(name) = 2.5") }
    for _ in 0..<25 {
      let typed = Self.statement(&dice)
      for line in player.answer(typed).split(separator: "\n") {
        // The label of a note and the number of a row stand before the words.
        let label = line.prefixMatch(of: /note: | *[0-9]*/)?.output.count ?? 0
        let isOneWord = !line.dropFirst(label).drop { $0 == " " }.contains(" ")
        #expect(
          displayWidth(of: line) <= width || isOneWord,
          "\(displayWidth(of: line)) columns of \(width) after \(typed)\n\(line)")
      }
    }
  }
}
