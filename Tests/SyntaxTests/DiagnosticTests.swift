import Syntax
import Testing

/// A wrong text, with the place of the mistake between « and », and what is said of it.
struct Mistake: Sendable, CustomTestStringConvertible {
  let text: String
  let message: String
  let hint: String?

  init(_ text: String, _ message: String, hint: String? = nil) {
    self.text = text
    self.message = message
    self.hint = hint
  }

  var testDescription: String { text }
}

@Suite struct DiagnosticTests {
  static let operand = "expected a number, a name or '('"
  static let conditional = "an 'if' with a value is written: if c then a else b"

  @Test(arguments: [
    Mistake("1 + «*» 2", operand),
    Mistake("1 +«»", operand),
    Mistake("1 +«»  # more\n", operand),
    Mistake("x =«»", operand),
    Mistake("«)»", "')' closes nothing"),
    Mistake("1«)»", "')' closes nothing"),
    Mistake("«}»", "'}' closes nothing"),
    Mistake("(«)»", operand),
    Mistake("(1 + «)»", operand),
    Mistake("([«)»]", "')' does not close '['"),
    Mistake("(1«]»", "']' does not close '('"),
    Mistake("f(1«]»", "']' does not close '('"),
    Mistake("a[1«)»", "')' does not close '['"),
    Mistake("«(»1", "'(' is never closed"),
    Mistake("sin«(»x, k=1", "'(' is never closed"),
    Mistake("f(x«;» k=1)", "';' inside '('"),
    Mistake("f(k=1«;»)", "';' inside '('"),
    Mistake("f(k=1«]»", "']' does not close '('"),
    Mistake("1 «if» c else 2", "unexpected 'if'", hint: conditional),
    Mistake("sin«(»1", "'(' is never closed"),
    Mistake("f'«(»1", "'(' is never closed"),
    Mistake("a«[»1", "'[' is never closed"),
    Mistake("(«[»1\n", "'[' is never closed"),
    Mistake("y = «(»1 + 2\nx = 3", "'(' is never closed"),
    Mistake("y = f«(»1,\nfor i in xs { }", "'(' is never closed"),
    Mistake("f(a,\n  b + «=» 2)", operand),
    Mistake(
      "2 «3»", "expected an operator before '3'",
      hint: "write 2*3 for a product, [2, 3] for a list"),
    Mistake(
      "x «y»", "expected an operator before 'y'",
      hint: "write x(y) for a call, x*y for a product"),
    Mistake(
      "x² «y»", "expected an operator before 'y'",
      hint: "write x²*y for a product, x(y)² for a function"),
    Mistake("a[0]«(»1)", "expected an operator before '('"),
    Mistake("2«[»1]", "expected an operator before '['"),
    Mistake(
      "(x «y»)", "expected an operator before 'y'",
      hint: "write x(y) for a call, x*y for a product"),
    Mistake("x «\"»a\"", "expected an operator before '\"'"),
    Mistake("7 mod«»", operand),
    Mistake("7 mod «*» 3", operand),
    Mistake(
      "mod «3»", "expected an operator before '3'", hint: "'mod' stands between two values: 7 mod 3"
    ),
    Mistake(
      "2 «mod»(7, 3)", "'mod' behind a value is an operator, not a function",
      hint: "a product with the function needs its '*': 2*mod(7, 3)"),
    Mistake(
      "«7 mod 2x»", "'7 mod 2x' can be read two ways", hint: "write 7 mod (2*x) or 7 mod 2*x"),
    Mistake("«1/2x»", "'1/2x' can be read two ways", hint: "write 1/(2*x) or 1/2*x"),
    Mistake("«1/2 x»", "'1/2 x' can be read two ways", hint: "write 1/(2*x) or 1/2*x"),
    Mistake("«2^3x»", "'2^3x' can be read two ways", hint: "write 2^(3*x) or 2^3*x"),
    Mistake("«7%2x»", "'7%2x' can be read two ways", hint: "write 7%(2*x) or 7%2*x"),
    Mistake("«A@2x»", "'A@2x' can be read two ways", hint: "write A@(2*x) or A@2*x"),
    Mistake(
      "1 + «a/2(x+1)» + 3", "'a/2(x+1)' can be read two ways",
      hint: "write a/(2*(x+1)) or a/2*(x+1)"),
    Mistake(
      "«1/2sin(x)»^2", "'1/2sin(x)' can be read two ways", hint: "write 1/(2*sin(x)) or 1/2*sin(x)"),
    Mistake(
      "«1/(a)(b)»", "'1/(a)(b)' can be read two ways", hint: "write 1/((a)*(b)) or 1/(a)*(b)"),
    Mistake("«1/-2x»", "'1/-2x' can be read two ways", hint: "write 1/(-2*x) or 1/-2*x"),
    Mistake(
      "x = y «=» 2", "'=' inside an expression",
      hint: "did you mean '=='? or each on its own: y = 3; x = y"),
    Mistake("if x «=» 3 { }", "'=' inside an expression", hint: "did you mean '=='?"),
    Mistake("(x «=» 3)", "'=' inside an expression", hint: "did you mean '=='?"),
    Mistake("f(2 «=» x)", "'=' inside an expression", hint: "did you mean '=='?"),
    Mistake("(x «:=» 3)", "':=' inside an expression"),
    Mistake("«2» = x", "cannot assign to a number"),
    Mistake("«x + y» = 3", "cannot assign to an expression", hint: "did you mean '=='?"),
    Mistake("«(x)» = 3", "cannot assign to an expression", hint: "did you mean '=='?"),
    Mistake("«\"a\"» = 3", "cannot assign to a text"),
    Mistake("«$3» = 3", "cannot assign to a result"),
    Mistake("«x.T» = 3", "cannot assign to an attribute"),
    Mistake(
      "«x[0]» = 3", "cannot assign to an entry",
      hint: "set(x, i, v) is a copy of x with another entry"),
    Mistake("«f'(x)» = 3", "cannot assign to a derivative", hint: "it follows from its function"),
    Mistake("«and» = 3", "cannot assign to the keyword 'and'"),
    Mistake("«at» = 3", "cannot assign to the keyword 'at'"),
    Mistake("«break» = 3", "cannot assign to the keyword 'break'"),
    Mistake(
      "f(x) «:=» 3", "a function is defined with '=', not ':='",
      hint: "write '=', which follows its names as well"),
    Mistake(
      "f(x) «+=» 3", "a function is defined with '=', not '+='",
      hint: "write '=', which follows its names as well"),
    Mistake("f(x, «x») = 3", "the name 'x' stands here twice"),
    Mistake("f(«2») = 3", "expected the name of a parameter"),
    Mistake("f(k=1, «x») = 3", "'x' without a value follows a parameter with one"),
    Mistake("1«,»5", "a comma in a number", hint: "use 1.5"),
    Mistake("x = 10«,»25", "a comma in a number", hint: "use 10.25"),
    Mistake("(1«,»5)", "a comma in a number", hint: "use 1.5, or [1, 5] for a list"),
    Mistake("(a«,» b)", "a comma inside parentheses", hint: "a list is written [1, 2]"),
    Mistake("a«,» b", "unexpected ','", hint: "write a; b for one after the other"),
    Mistake("[1, 2«;» 3, 4]", "';' inside '['", hint: "write the rows as lists: [[1, 2], [3, 4]]"),
    Mistake("x = «{»1, 2}", operand, hint: "a list is written [1, 2]"),
    Mistake("«'»a'", operand, hint: "text stands in double quotes"),
    Mistake("a[«]»", operand),
    Mistake("a[1:2:3«:»4]", "a slice has at most start:stop:step"),
    Mistake("[1«:»2]", "unexpected ':'", hint: "write range(1, 3) for the numbers 1, … 2"),
    Mistake(
      "x = 1«...»3", "a range stands only in 'for i in a...b'",
      hint: "write range(1, 4) for the numbers 1, … 3"),
    Mistake(
      "x«'»", "a prime stands between a name and its argument",
      hint: "write f'(x) for a function, grad(y, x) for a number"),
    Mistake(
      "2«'»(x)", "a prime stands between a name and its argument",
      hint: "write grad(y, x), or f'(x) for a function"),
    Mistake("2 * «not» x", "'not' behind an operator needs parentheses"),
    Mistake("a == «not» b", "'not' behind an operator needs parentheses"),
    Mistake("if c then 1«»", "expected 'else'", hint: conditional),
    Mistake("(if c then 1«)»", "expected 'else'", hint: conditional),
    Mistake("x = if c «{» 1 }", "expected 'then'", hint: conditional),
    Mistake("if c then 1«»\nx", "expected 'else'", hint: conditional),
    Mistake("«then» 1", "'then' without 'if'"),
    Mistake("x «else» 1", "'else' without 'if'"),
    Mistake("«in» 3", "unexpected 'in'"),
    Mistake("x «for» 3", "unexpected 'for'"),
    Mistake("«break»", "'break' outside a loop"),
    Mistake("for i in xs { f(x) = { «continue» } }", "'continue' outside a loop"),
    Mistake("«return» 1", "'return' outside a function"),
    Mistake(
      "for x, y in «xs» { }", "several names take their values from zip", hint: "write zip(xs, ys)"),
    Mistake("for x, y in «zip(a, b, c)» { }", "2 names, but zip has 3"),
    Mistake("for x, «x» in zip(a, b) { }", "the name 'x' stands here twice"),
    Mistake(
      "for «1» in xs { }", "expected a name after 'for'", hint: "write for i in 1...3 { print i }"),
    Mistake("for i «=» 1", "expected 'in'", hint: "write for i in 1...3 { print i }"),
    Mistake(
      "while x «y» { }", "expected '{'",
      hint: "a block stands in braces: repeat 3 { print 1 }"),
    Mistake(
      "repeat 3«»\nx", "expected '{'",
      hint: "a block stands in braces: repeat 3 { print 1 }"),
    Mistake("if c { 1 } «x»", "expected ';' or a new line"),
    Mistake("assert«»", "expected a condition after 'assert'"),
    Mistake("assert «()»", "assert takes a condition and a message"),
    Mistake("assert «a, b, c»", "assert takes a condition and a message"),
    Mistake("if c { «:»help }", "a command stands on a line of its own"),
    Mistake("«:» help", "expected the name of a command after ':'", hint: "':help' lists them"),
    Mistake("y at «3»", "expected a name after 'at'"),
    Mistake("y at x «3»", "expected '=' and a value after 'at'"),
    Mistake("x«.3»", "expected an operator before '.3'"),
    Mistake("x.«(»1)", "expected a name after '.'"),
    Mistake("for x, y in «3» { }", "expected zip"),
    Mistake(
      "f«'»", "a prime stands between a name and its argument",
      hint: "write f'(x) for a function, grad(y, x) for a number"),
    Mistake(
      "1/2«(»\(String(repeating: "+x", count: 30)))",
      "a product without '*' can be read two ways here", hint: "write the '*'"),
    Mistake("f«\(String(repeating: "'", count: 256))»(x)", "more than 255 primes"),
    Mistake(
      "x.«sum»()", "there are no methods, so '.sum(' means nothing",
      hint: "the function stands in front: sum(x)"),
  ])
  func syntax(_ mistake: Mistake) {
    check(mistake)
  }

  @Test(arguments: [
    Mistake("1«e»", "expected digits after 'e'", hint: "write 2*e for a multiple of e"),
    Mistake("1«e+»", "expected digits after 'e+'", hint: "write 2*e for a multiple of e"),
    Mistake("2«e-»x", "expected digits after 'e-'", hint: "write 2*e for a multiple of e"),
    Mistake("1.2«.»3", "a second decimal point in a number"),
    Mistake("1e5«.»3", "a second decimal point in a number"),
    Mistake("0«x»", "expected hexadecimal digits after '0x'"),
    Mistake("0xff«g»", "unexpected 'g' in a hexadecimal number"),
    Mistake("0x1«.»8", "unexpected '.' in a hexadecimal number"),
    Mistake("«0b»101", "'0b' does not start a number", hint: "write 5"),
    Mistake("1_«_»0", "'_' in a number must stand between two digits"),
    Mistake("1«_»", "'_' in a number must stand between two digits"),
    Mistake("1.«_»5", "'_' in a number must stand between two digits"),
    Mistake("0x1«_»", "'_' in a number must stand between two digits"),
    Mistake("x + «1e400»", "'1e400' is too large for a double (max 1.8e308)"),
    Mistake("«$»", "expected a number after '$'", hint: "write $3 for result 3"),
    Mistake(
      "5«!»", "unknown sign '!'", hint: "write gamma(5 + 1) for 5!"),
    Mistake("«!»x", "unknown sign '!'", hint: "write 'not'"),
    Mistake("a «&&» b", "unknown sign '&&'", hint: "write 'and'"),
    Mistake("a «||» b", "unknown sign '||'", hint: "write 'or'"),
    Mistake("«|»x|", "unknown sign '|'", hint: "write abs(x) for |x|"),
    Mistake("a «===» b", "unknown sign '==='", hint: "write '=='"),
    Mistake("a «!==» b", "unknown sign '!=='", hint: "write '!='"),
    Mistake("a «:==» b", "unknown sign ':=='", hint: "write ':='"),
    Mistake("a «<>» b", "unknown sign '<>'", hint: "write '!='"),
    Mistake("a «=>» b", "unknown sign '=>'", hint: "write '>='"),
    Mistake("7 «//» 2", "unknown sign '//'", hint: "write floor(a / b); comments start with '#'"),
    Mistake(
      "for i in 1«..»3 { }", "unknown sign '..'", hint: "write a...b, or a..<b without the last"),
    Mistake("«√»2", "unknown sign '√'", hint: "write sqrt(2)"),
    Mistake("x + «😀»", "unexpected character '😀' (U+1F600)"),
    Mistake("«~»x", "unknown sign '~'", hint: "write 'not'"),
    Mistake("x + «１»", "unexpected character '１' (U+FF11)", hint: "write '1'"),
    Mistake("x«\u{200B}»y", "invisible character U+200B"),
    Mistake("x + «\u{202E}»y", "invisible character U+202E"),
    Mistake("1 + «\u{FEFF}»2", "byte order mark (U+FEFF) inside the text"),
    Mistake("1 + «\0»2", "control character U+0000"),
    Mistake("1 + «\u{1B}»[31m", "control character \\x1b"),
    Mistake("1 + «\u{85}»", "control character U+0085"),
    Mistake("«\"»abc", "the text is not closed on its line"),
    Mistake("print «\"»abc\n\"", "the text is not closed on its line"),
    Mistake("print «\"»a {x\n}\"", "the text is not closed on its line"),
    Mistake("print «\"»a {x", "the text is not closed on its line"),
    Mistake("print \"a «{»x:.3f\"", "'{' in a text is never closed", hint: "write {{ for a brace"),
    Mistake("print \"a «}» b\"", "'}' in a text closes nothing", hint: "write }} for a brace"),
    Mistake(
      "print \"a «\\q» b\"", "unknown escape '\\q' in a text", hint: #"use \n, \t, \" or \\"#),
    Mistake("print \"«\u{1B}»[31m\"", "control character \\x1b"),
    Mistake("print \"«\u{202E}»\"", "invisible character U+202E"),
    Mistake("print \"a {«}»\"", operand),
    Mistake(
      "print \"a {x «y»}\"", "expected an operator before 'y'",
      hint: "write x(y) for a call, x*y for a product"),
  ])
  func characters(_ mistake: Mistake) {
    check(mistake)
  }

  private func check(_ mistake: Mistake) {
    let (text, span) = marked(mistake.text)
    let reading = Reading(text)
    #expect(reading.failures.first?.message == mistake.message)
    #expect(reading.failures.first?.span == span)
    #expect(reading.failures.first?.hint == mistake.hint)
  }

  @Test func bytesThatAreNotUTF8() {
    for (bytes, offset, byte) in [
      ([0x31, 0x2B, 0xFF, 0x31], 2, "ff"), ([0x31, 0x2B, 0xC0, 0xAF], 2, "c0"),
      ([0x31, 0x2B, 0xE0, 0x80, 0x80], 2, "e0"), ([0x31, 0x2B, 0xED, 0xA0, 0x80], 2, "ed"),
      ([0x31, 0x2B, 0xF5, 0x80, 0x80, 0x80], 2, "f5"), ([0x78, 0xC3], 1, "c3"),
      ([0x22, 0x61, 0xFF, 0x22], 2, "ff"), ([0x3A, 0x61, 0x20, 0xFE], 3, "fe"),
    ] as [([UInt8], Int, String)] {
      let reading = Reading(bytes)
      #expect(reading.statements.isEmpty)
      #expect(
        reading.failures.map(\.message) == ["byte \\x\(byte) at offset \(offset) is not UTF-8"])
      #expect(reading.failures.first?.span == Span(start: offset, end: offset + 1))
    }
  }

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x31, 0x00, 0x2B, 0x00], [0xFE, 0xFF, 0x00, 0x31, 0x00, 0x2B],
      [0x31, 0x00, 0x2B, 0x00, 0x0A, 0x00, 0x31, 0x00], [0x00, 0x31, 0x00, 0x2B, 0x00, 0x31],
    ] as [[UInt8]])
  func utf16(bytes: [UInt8]) {
    let reading = Reading(bytes)
    #expect(reading.failures.map(\.message) == ["looks like UTF-16, expected UTF-8"])
    #expect(reading.statements.isEmpty)
  }

  @Test func messagesQuoteAtMostSixtyCharacters() {
    let long = String(repeating: "9", count: 401)
    let message = Reading(long).failures.first?.message
    #expect(
      message
        == "'\(long.prefix(60))…' is too large for a double (max 1.8e308)")
    let name = String(repeating: "é", count: 1_000_000)
    #expect(
      Reading("x \(name)").failures.first?.message
        == "expected an operator before '\(name.prefix(60))…'")
  }
}
