import Syntax
import Testing

/// A text and what is to come of it.
struct Example: Sendable, CustomTestStringConvertible {
  let text: String
  let stream: String

  init(_ text: String, _ stream: String) {
    self.text = text
    self.stream = stream
  }

  var testDescription: String { text }
}

@Suite struct ExpressionTests {
  @Test(
    arguments: [
      ("-2^2", -4), ("2^3^2", 512), ("2^-1", 0.5), ("(-2)^2", 4), ("2**3", 8), ("2^-2^2", 0.0625),
      ("-3^2*2", -18), ("1-2-3", -4), ("16/4/2", 2), ("16/(4/2)", 8), ("2+3*4", 14), ("7%3", 1),
      ("-7%3", 2), ("7/2", 3.5), ("-7/2", -3.5), ("2*3%4", 2), ("+5", 5), ("-+5", -5), ("--5", 5),
      ("- - 5", 5), ("2--3", 5), ("2 - -3", 5), ("2*-3", -6), ("3²", 9), ("-3²", -9), ("2^3²", 512),
      ("2³²", 4_294_967_296), ("2x", 6), ("2x^2", 18), ("-2x", -6), ("2(x+1)", 8),
      ("(x+1)(x-1)", 8),
      ("2 x", 6), ("3(2)(x)", 18), ("2x²", 18), ("(1+2)x", 9), ("x/2*3", 4.5), ("1 < 2", 1),
      ("not 1 == 2", 1), ("not 0 and 0", 0), ("not (0 and 0)", 1), ("1 or 0 and 0", 1),
      ("(1 or 0) and 0", 0), ("1 + 1 == 2", 1), ("1 < 2 and 2 < 3", 1), ("if 0 then 1 else 2", 2),
      ("if 1 then 1 else 2 + 10", 1), ("10 + if 0 then 1 else 2 + 10", 22),
      ("if 0 then 1 else if 0 then 2 else 3", 3), ("if 1 then if 0 then 1 else 2 else 3", 2),
      ("(if 1 then 1 else 2) + 10", 11), ("if 1 < 2 and 3 > 2 then 5 else 6", 5),
      ("not not 3", 1), ("2 != 3", 1), ("-x^2", -9), ("2^x*2", 16), ("1e3 + .5", 1000.5),
      ("1 == 1 or 1/0 == 2", 1), ("7 mod 3", 1), ("-7 mod 3", 2),
      ("7 mod -3", -2), ("2^3 mod 5", 3), ("20 mod 7 mod 4", 2), ("20 mod 7 * 2", 12),
      ("2x mod 5", 1), ("7mod(1 + 2)", 1), ("(x + 4) mod x", 1), ("2 ≤ 2", 1),
      ("6 ÷ 2 × 3 · 2 − 1", 17), ("0x1f + 1_000", 1031),
    ] as [(String, Double)])
  func value(text: String, value: Double) throws {
    let reading = Reading(text)
    #expect(reading.failures.isEmpty)
    guard case .expression(let expression)? = reading.statements.first?.kind else {
      Issue.record("no expression")
      return
    }
    let evaluator = Evaluator(parser: reading.parser, values: ["x": 3])
    #expect(evaluator.value(of: expression) == value)
  }

  @Test(arguments: [
    Example("a mod b", "a b %"),
    Example("mod(a, b) mod c", "a b mod/2 c %"),
    Example("a*mod(b, c)", "a b c mod/2 *"),
    Example("mod", "mod"),
    Example("a < b", "a b <"),
    Example("a < b < c", "a b link< c end<"),
    Example("a < b <= c != d", "a b link< c link<= d end!="),
    Example("a + 1 < b*2 < c", "a 1 + b 2 * link< c end<"),
    Example("(a < b) < c", "a b < c <"),
    Example("a and b", "a and? b and"),
    Example("a and b and c", "a and? b and and? c and"),
    Example("a or b and c", "a or? b and? c and or"),
    Example("not a and b", "a unot and? b and"),
    Example("not a < b", "a b < unot"),
    Example("if a then b else c", "a then? b else? c if"),
    Example("if a then b else if c then d else e", "a then? b else? c then? d else? e if if"),
    Example("sin(x)", "x sin/1"),
    Example("sin (x)", "x sin/1"),
    Example("x(y+1)", "y 1 + x/1"),
    Example("f()", "f/0"),
    Example("f(x, y)", "x y f/2"),
    Example("f(x, k=2)", "x 2 k= f/2"),
    Example("f(k=1, m=2+3)", "1 k= 2 3 + m= f/2"),
    Example("f(x,)", "x f/1"),
    Example("f'(x)", "x f'/1"),
    Example("f''(x) + 1", "x f''/1 1 +"),
    Example("2f'(x)", "2 x f'/1 *"),
    Example("f′(x)", "x f'/1"),
    Example("2 sin(x)", "2 x sin/1 *"),
    Example("2sin(x)cos(y)", "2 x sin/1 * y cos/1 *"),
    Example("2exp(x)", "2 x exp/1 *"),
    Example("2e3x", "2000 x *"),
    Example("a @ b * c", "a b @ c *"),
    Example("[1, 2, 3]", "1 2 3 list/3"),
    Example("[[1,2],[2,3]]", "1 2 list/2 2 3 list/2 list/2"),
    Example("[]", "list/0"),
    Example("[1, 2,]", "1 2 list/2"),
    Example("a[0]", "a 0 index/1"),
    Example("a[-1]", "a 1 u- index/1"),
    Example("a[1:3]", "a 1 3 slice:3 index/1"),
    Example("a[:3]", "a 3 slice:2 index/1"),
    Example("a[1:]", "a 1 slice:1 index/1"),
    Example("a[::2]", "a 2 slice:4 index/1"),
    Example("a[::]", "a slice:0 index/1"),
    Example("a[1:5:2]", "a 1 5 2 slice:7 index/1"),
    Example("A[:, 0]", "A slice:0 0 index/2"),
    Example("A[0, :]", "A 0 slice:0 index/2"),
    Example("A[1:n+1, ::2]", "A 1 n 1 + slice:3 2 slice:4 index/2"),
    Example("f(x)[0]", "x f/1 0 index/1"),
    Example("(a+b)[0]", "a b + 0 index/1"),
    Example("[1,2][0]", "1 2 list/2 0 index/1"),
    Example("a[0][1]", "a 0 index/1 1 index/1"),
    Example("-a[0]^2", "a 0 index/1 2 ^ u-"),
    Example("A.T", "A .T"),
    Example("A.T @ b", "A .T b @"),
    Example("a[0].shape[1]", "a 0 index/1 .shape 1 index/1"),
    Example("-A.T", "A .T u-"),
    Example("$3 + 1", "$3 1 +"),
    Example("ans + _", "ans _ +"),
    Example("y at x = 5", "y 5 at(x)/1"),
    Example("y at x1 = 5, x2 = 7", "y 5 7 at(x1,x2)/2"),
    Example("x*y at x=2, y=3", "x y * 2 3 at(x,y)/2"),
    Example("(y at x = 5) + 1", "y 5 at(x)/1 1 +"),
    Example("f(y at x = 5, z)", "y 5 at(x)/1 z f/2"),
    Example("[y at x = 5, w = 6, z]", "y 5 6 at(x,w)/2 z list/2"),
    Example("y at x = 1 at z = 2", "y 1 at(x)/1 2 at(z)/1"),
    Example("y at x = (z at w = 1), v = 2", "y z 1 at(w)/1 2 at(x,v)/2"),
    Example("if a then b else c at x = 1", "a then? b else? c if 1 at(x)/1"),
    Example("y at x = if a then 1 else 2, z = 3", "y a then? 1 else? 2 if 3 at(x,z)/2"),
    Example("f(2x at x = 1)", "2 x * 1 at(x)/1 f/1"),
    Example("f(k = y at x = 1)", "y 1 at(x)/1 k= f/1"),
    Example("(x)(y)", "x y *"),
    Example("f(x)(y)", "x f/1 y *"),
    Example("x²*y", "x 2 ^ y *"),
    Example("x⁻¹", "x -1 ^"),
    Example("x¹²", "x 12 ^"),
    Example("x + # all\n 1", "x 1 +"),
    Example("(x\n+\n1)", "x 1 +"),
    Example("sin\t(\n x )", "x sin/1"),
    Example("(sin\n(x))", "x sin/1"),
    Example("if a\nthen b\nelse c", "a then? b else? c if"),
    Example("（x＋1）", "x 1 +"),
    Example("f（x，y）［0］", "x y f/2 0 index/1"),
    Example("[1、2]", "1 2 list/2"),
    Example("x。T", "x .T"),
    Example("3。5＊x", "3.5 x *"),
    Example("x\u{A0}+\u{3000}1", "x 1 +"),
    Example("2π", "2 π *"),
    Example("a ！＝ b", "a b !="),
    Example("x ＜＝ 1", "x 1 <="),
  ])
  func stream(_ example: Example) {
    let reading = Reading(example.text)
    #expect(reading.failures.isEmpty)
    #expect(reading.streams == [example.stream])
  }

  @Test func spansAndMarks() throws {
    let reading = Reading("(a + b) * sin(c)²")
    let nodes = reading.parser.tree.nodes
    let found = nodes.map { "\($0.kind) \($0.span.start)..\($0.span.end) \($0.mark)" }
    #expect(
      found == [
        "name 1..2 0", "name 5..6 0", "infix 1..6 3", "name 14..15 0", "call 10..16 13",
        "number 16..18 0", "infix 10..18 16", "infix 0..18 8",
      ])
  }

  @Test func spansOfMarkersAndChains() {
    let nodes = Reading("if a < b < c then d else e").parser.tree.nodes
    let found = nodes.map { "\($0.kind) \($0.span.start)..\($0.span.end) \($0.mark)" }
    #expect(
      found == [
        "name 3..4 0", "name 7..8 0", "chainLink 3..8 5", "name 11..12 0", "chainEnd 3..12 9",
        "ifThen 3..12 13", "name 18..19 0", "ifElse 18..19 20", "name 25..26 0", "ifEnd 0..26 0",
      ])
  }

  @Test func minimalParenthesesMeanTheSame() {
    var numbers = SeededNumbers(state: 7)
    for _ in 0..<500 {
      let tree = RandomExpression(depth: 5, using: &numbers)
      #expect(Reading(tree.minimal).streams == Reading(tree.full).streams, "\(tree.minimal)")
    }
  }
}

/// A random expression, written with every parenthesis and with as few as its author knows of.
struct RandomExpression {
  var full: String
  var minimal: String
  private var level: Int

  /// The operators from loose to tight, by level, as the language page orders them.
  private static let levels: [[String]] = [
    ["or"], ["and"], [], [], ["+", "-"], ["*", "/", "%", "@"], [], ["^"],
  ]

  init(depth: Int, using numbers: inout SeededNumbers) {
    let choice = depth == 0 ? 0 : Int.random(in: 0..<6, using: &numbers)
    switch choice {
    case 0:
      full = ["a", "b", "1", "2.5"].randomElement(using: &numbers) ?? "a"
      minimal = full
      level = 9
    case 1:
      let operand = RandomExpression(depth: depth - 1, using: &numbers)
      full = "(-(\(operand.full)))"
      minimal = "-" + operand.text(atLeast: 6)
      level = 6
    default:
      let row = [0, 1, 4, 5, 7].randomElement(using: &numbers) ?? 4
      let sign = Self.levels[row].randomElement(using: &numbers) ?? "+"
      let left = RandomExpression(depth: depth - 1, using: &numbers)
      let right = RandomExpression(depth: depth - 1, using: &numbers)
      full = "((\(left.full)) \(sign) (\(right.full)))"
      let isPower = row == 7
      // A minus sign behind a power needs no parentheses, and reaches as far as its own level.
      let last =
        isPower && right.level == 6 ? right.minimal : right.text(atLeast: isPower ? 7 : row + 1)
      minimal = left.text(atLeast: isPower ? 8 : row) + " \(sign) " + last
      level = row
    }
  }

  private func text(atLeast least: Int) -> String {
    level >= least ? minimal : "(\(minimal))"
  }
}
