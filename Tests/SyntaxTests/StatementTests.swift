import Syntax
import Testing

@Suite struct StatementTests {
  @Test(arguments: [
    Example("x = 2", "x = 2"),
    Example("y = x1*x2 + 30", "y = x1 x2 * 30 +"),
    Example("y := x1*x2", "y := x1 x2 *"),
    Example("y ：＝ x", "y := x"),
    Example("x += 1", "x += 1"),
    Example("x -= 0.1*grad(l, x)", "x -= 0.1 l x grad/2 *"),
    Example("x **= 2", "x ^= 2"),
    Example("x ×= 2", "x *= 2"),
    Example("x @= A", "x @= A"),
    Example("x == 2", "x 2 =="),
    Example("param w = 1", "param w = 1"),
    Example("param w", "param w"),
    Example("f(x) = x^2", "f(x) {x 2 ^}"),
    Example("f() = 3", "f() {3}"),
    Example("f(x, k=2) = x^k", "f(x, k=2) {x k ^}"),
    Example("f(x,\n  k = 1 + 1,\n) = x", "f(x, k=1 1 +) {x}"),
    Example("f（x）＝｛x｝；", "f(x) {x} ;"),
    Example("f(x) =\n  x", "f(x) {x}"),
    Example("f(x) = { y = x; y }", "f(x) {y = x; y}"),
    Example("f(x) {\n  return x\n}", "f(x) {return x}"),
    Example("f(x) { if x { return } ; 2 }", "f(x) {if x {return}; 2}"),
    Example("if c { x = 1 }", "if c {x = 1}"),
    Example("if c { 1 } else { 2 }", "if c {1} else {2}"),
    Example("if c { 1 }\nelse { 2 }", "if c {1} else {2}"),
    Example("if a { 1 } else if b { 2 } else { 3 }", "if a {1} else if b {2} else {3}"),
    Example("if a { 1 }\n\n# so\nelse if b { 2 }", "if a {1} else if b {2}"),
    Example("if c\n{ 1 }", "if c {1}"),
    Example("if f(x) { 1 }", "if x f/1 {1}"),
    Example("if c then 1 else 2", "c then? 1 else? 2 if"),
    Example("if c then 1 else 2 at c = 1", "c then? 1 else? 2 if 1 at(c)/1"),
    Example("x = if c then 1 else 2", "x = c then? 1 else? 2 if"),
    Example("for i in 1...10 { s = s + i }", "for i in 1 10 ... {s = s i +}"),
    Example("for i in 0..<n { }", "for i in 0 n ..< {}"),
    Example("for i in 1…n { }", "for i in 1 n ... {}"),
    Example("for i in a+1...b*2 { i }", "for i in a 1 + b 2 * ... {i}"),
    Example("for x in xs { x }", "for x in xs {x}"),
    Example("for x, y in zip(xs, ys) { x }", "for x, y in xs, ys {x}"),
    Example("for x in [1, 2] { break }", "for x in 1 2 list/2 {break}"),
    Example("repeat 500 { w -= 1; continue }", "repeat 500 {w -= 1; continue}"),
    Example("while x > 1 { x = x/2 }", "while x 1 > {x = x 2 /}"),
    Example("print a, b", "print a, b"),
    Example("print(a, b)", "print a, b"),
    Example("print (a+b)*2, c", "print a b + 2 *, c"),
    Example("print(a+b)", "print a b +"),
    Example("print", "print "),
    Example("print()", "print "),
    Example("print a,\n  b", "print a, b"),
    Example("print y at x = 1, z", "print y 1 at(x)/1, z"),
    Example("assert x > 0", "assert x 0 >"),
    Example("assert x > 0, \"no\"", "assert x 0 >, 'no' join/1"),
    Example("assert(x)", "assert x"),
    Example("x = 2;", "x = 2 ;"),
    Example("x = 2; # quiet", "x = 2 ;"),
    Example("x ;\n", "x ;"),
    Example(":help sin", ":help <sin>"),
    Example(":quit", ":quit <>"),
    Example("：vars", ":vars <>"),
    Example(":set digits 3  ", ":set <digits 3>"),
    Example(":load my file#1.nabla", ":load <my file#1.nabla>"),
    Example("why y", "lesson0 y"),
    Example("why -y", "lesson0 y u-"),
    Example("why (a + b)^2", "lesson0 a b + 2 ^"),
    Example("check grad(y, x) = 2*x", "lesson1 y x grad/2 claims 2 x *"),
    Example("check (a + b)^2 = a^2", "lesson1 a b + 2 ^ claims a 2 ^"),
    Example("check a, b", "lesson1 a, b"),
    Example("check", "lesson1 "),
    Example("check = 3", "check = 3"),
    Example("check(x) = x^2", "check(x) {x 2 ^}"),
    Example("check(x) {\n  x^2\n}", "check(x) {x 2 ^}"),
    Example("for i in 1...3 { check i }", "for i in 1 3 ... {lesson1 i}"),
    Example("minimize l over w", "training0 l over w"),
    Example("minimize (w - 3)^2 over w, b for 2", "training0 w 3 - 2 ^ over w, b for 2"),
    Example(
      "minimize every + 2x over w using f(k=over) for 2(n) every n until 3",
      "training0 every 2 x * + over w using over k= f/1 for 2 n * every n until 3"),
    Example("fit y ~ a*x + 2 over a", "training1 y ~ a x * 2 + over a"),
    Example("fit = 3", "fit = 3"),
    Example("minimize(x) = x^2", "minimize(x) {x 2 ^}"),
    Example("no_grad { w = 3 }", "no_grad {w = 3}"),
    Example("no_grad = 3", "no_grad = 3"),
    Example("help", ":help <>"),
    Example("help sin", ":help <sin>"),
    Example("help ^", ":help <^>"),
    Example("help if", ":help <if>"),
    Example("quit", ":quit <>"),
    Example("exit # now", ":exit <# now>"),
    Example("help = 3", "help = 3"),
    Example("help(x)", ":help <(x)>"),
    Example("help - 1", "help 1 -"),
    Example("x = help", "x = help"),
    Example("x =\n\n  2", "x = 2"),
    Example("\u{FEFF}x = 2", "x = 2"),
  ])
  func statement(_ example: Example) {
    let reading = Reading(example.text)
    #expect(reading.failures.isEmpty)
    #expect(reading.streams == [example.stream])
  }

  @Test(
    arguments: [
      ("", []), ("\n\n  # only\n", []), (";;\n;", []), ("a; b", ["a", "b"]),
      ("a\nb\r\nc\rd", ["a", "b", "c", "d"]), ("a;\nb", ["a ;", "b"]), ("a;b;", ["a", "b ;"]),
      ("x = 1;; y", ["x = 1", "y"]), ("{", []), ("f(x) = x\nf(2)", ["f(x) {x}", "2 f/1"]),
      ("if a { 1 }\nb", ["if a {1}", "b"]), ("if a { b; c; }\nd", ["if a {b; c}", "d"]),
      ("if a { b;\n c }", ["if a {b ;; c}"]), ("a\n+b", ["a", "b"]), ("a +\nb", ["a b +"]),
      ("a # one\nb # two", ["a", "b"]), ("help\nx", [":help <>", "x"]),
      ("help(x) = x\nhelp(3)", ["help(x) {x}", "3 help/1"]),
      ("7 mod 3\nmod = 2\n2mod", ["7 3 %", "mod = 2", "2 mod *"]),
      ("help(x) = {\n x }\nhelp(3)", ["help(x) {x}", "3 help/1"]),
      ("help(\n3", [":help <(>", "3"]),
      ("check = 3; check", ["check = 3", "check"]),
      ("why (x + 1)^2\nf(y) = y", ["lesson0 x 1 + 2 ^", "f(y) {y}"]),
    ] as [(String, [String])])
  func sequence(text: String, streams: [String]) {
    #expect(Reading(text).streams == streams)
  }

  @Test func commandWordsAreGivenByTheCaller() {
    var parser = Parser(commands: ["explain", "paths"])
    let text = Array("paths y, x2\nhelp".utf8)
    text.withUnsafeBufferPointer { text in
      guard
        case .statement(let statement, let next) = parser.parseStatement(
          in: text, from: 0, isFinal: true),
        case .command(let name, let argument) = statement.kind
      else {
        Issue.record("no command")
        return
      }
      #expect(name == "paths")
      #expect(argument == "y, x2")
      #expect(statement.span == Span(start: 0, end: 11))
      let second = parser.parseStatement(in: text, from: next, isFinal: true)
      guard case .statement(let statement, _) = second, case .expression = statement.kind else {
        Issue.record("'help' is no command here")
        return
      }
    }
  }

  @Test func spansOfStatementsAndTargets() {
    let reading = Reading("  total = 1 + 2 ;\nfor i in xs { i }  # end")
    #expect(reading.statements.map(\.span) == [Span(start: 2, end: 15), Span(start: 18, end: 35)])
    guard case .assignment(let target, _) = reading.statements.first?.kind else {
      Issue.record("no assignment")
      return
    }
    #expect(target.span == Span(start: 2, end: 7))
  }

  @Test(arguments: [
    ("1 +", "expected a number, a name or '('"), ("x =", "expected a number, a name or '('"),
    ("(1", "'(' is never closed"), ("f(1,\n", "'(' is never closed"),
    ("[1, 2", "'[' is never closed"), ("if c {", "'{' is never closed"), ("if c", "expected '{'"),
    ("for", "expected a name after 'for'"), ("for i", "expected 'in'"),
    ("for i in 1...3 {\n s = s + i", "'{' is never closed"),
    ("param", "expected a name after 'param'"),
    ("if c then 1", "expected 'else'"), ("x = if c", "expected 'then'"),
    ("if a { 1 } else", "expected '{'"), ("y at", "expected a name after 'at'"),
    ("y at x", "expected '=' and a value after 'at'"), ("f(x) = {\n 1;", "'{' is never closed"),
    ("print (1", "'(' is never closed"), ("a and", "expected a number, a name or '('"),
    ("f(x", "'(' is never closed"), ("f(k=2", "'(' is never closed"),
    ("x.", "expected a name after '.'"),
  ])
  func unfinished(text: String, message: String) {
    let reading = Reading(text, isFinal: false)
    #expect(reading.incomplete?.message == message)
    #expect(reading.failures.isEmpty)
    let final = Reading(text)
    #expect(final.failures.map(\.message) == [message])
    #expect(final.incomplete == nil)
  }

  @Test(arguments: ["1 + * 2", "1)", "([)]", "\"abc", "2 3", "x = y = 2", "if x = 1 {", "1e"])
  func wrongWhateverFollows(text: String) {
    let reading = Reading(text, isFinal: false)
    #expect(reading.incomplete == nil)
    #expect(reading.failures.count == 1)
  }

  @Test(
    arguments: [
      ("1 +* 2\nx", 1, ["x"]), ("if c {\n 1 +* 2\n 3\n}\nx", 1, ["x"]),
      ("a; 2 3; b\nc", 1, ["a", "c"]), ("f(x) = {\n \"}\n 2 3 {\n }\n}\nx", 1, ["x"]),
      ("(1\nx = 2\ny", 1, ["x = 2", "y"]),
      ("a = (1 + 2\nfor i in xs { i }\nb", 1, ["for i in xs {i}", "b"]),
      ("\"abc\nx", 1, ["x"]), ("x = {1, 2}\ny", 1, ["y"]), ("if c {\n 1\n", 1, []),
      ("}\nx", 1, ["x"]), ("1)\n2)\n3", 2, ["3"]), ("\0\nx", 1, ["x"]),
      ("while x = 1 {\n y\n}\nz", 1, ["z"]), ("if c then 1\nx", 1, ["x"]),
      ("if c { 1 }\nelse { 2 3 }\nx", 1, ["x"]), ("1 + \u{201C}a\nx", 1, ["x"]),
    ] as [(String, Int, [String])])
  func oneMistakeIsOneError(text: String, failures: Int, streams: [String]) {
    let reading = Reading(text)
    #expect(reading.failures.count == failures)
    #expect(reading.streams == streams)
  }

  @Test func blocksNestTwoHundredDeep() {
    let deep = String(repeating: "if c { ", count: 200) + "1" + String(repeating: " }", count: 200)
    #expect(Reading(deep).failures.isEmpty)
    let deeper = "if c { " + deep + " }"
    let reading = Reading(deeper)
    #expect(reading.failures.map(\.message) == ["blocks nested deeper than 200"])
    #expect(reading.failures.first?.span == Span(start: 200 * 7 + 5, end: 200 * 7 + 6))
  }
}
