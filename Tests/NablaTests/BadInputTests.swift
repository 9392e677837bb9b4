import Testing

/// Inputs that break other calculators, each with what is wanted of it.
@Suite struct BadInputTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let input: [UInt8]
    /// What stands on the standard output, as bare values.
    var output = ""
    /// What the errors must say, in this order.
    var errors: [String] = []

    init(_ input: String, gives output: String = "", says errors: String...) {
      (self.input, self.output, self.errors) = (Array(input.utf8), output, errors)
    }

    init(bytes: [UInt8], gives output: String = "", says errors: String...) {
      (input, self.output, self.errors) = (bytes, output, errors)
    }

    var testDescription: String {
      String(String(decoding: input.prefix(40), as: UTF8.self).debugDescription)
    }
  }

  static let readings = [
    Case(""), Case("\n\n \t\n"), Case("# one\n  # two"), Case(";;\n;"),
    Case("x = 2\nx*3", gives: "6\n"),
    Case("x = 2\r\nx*3\r\n", gives: "6\n"), Case("x = 2\rx*3\r", gives: "6\n"),
    Case(bytes: [0xEF, 0xBB, 0xBF] + Array("1 + 1\n".utf8), gives: "2\n"),
    Case("1e-320", gives: "1e-320\n"), Case("1e-400", gives: "0\n", says: "note: ", "1e-400"),
    Case("9007199254740993", gives: "9007199254740992\n", says: "note: ", "is no double"),
    Case("9223372036854775808", gives: "9.223372036854776e+18\n"),
    Case("2^63", gives: "9.223372036854776e+18\n"),
    Case("-9223372036854775808/-1", gives: "9.223372036854776e+18\n"),
    Case("-2^2", gives: "-4\n"), Case("2^3^2", gives: "512\n"), Case("2^-1", gives: "0.5\n"),
    Case("8/4/2", gives: "1\n"), Case("x = 3; -x^2", gives: "-9\n"),
    Case("2**3", gives: "8\n"), Case("5%3; -5%3; 5%-3; -5%-3", gives: "2\n1\n-1\n-2\n"),
    Case("2(3)", gives: "6\n"), Case("x = 3; 2x", gives: "6\n"),
    Case("6 × 2 ÷ 3 · 2 − 1", gives: "7\n"), Case("3² + 2³", gives: "17\n"),
    Case("π", gives: "3.141592653589793\n"), Case("1\u{A0}+\u{A0}1", gives: "2\n"),
    Case("print “a”", gives: "a\n"), Case("（1＋2）＊3；x＝4；x", gives: "9\n4\n"),
    Case("e\u{301} = 2; \u{E9}", gives: "2\n"), Case("\u{212B} = 3; \u{C5}", gives: "3\n"),
    Case("x₁ = 2; x1", gives: "2\n"), Case("β₀ = 2; β0", gives: "2\n"),
    Case("print \"%s%n $(rm -r /) `ls` \\\\ $HOME\"", gives: "%s%n $(rm -r /) `ls` \\ $HOME\n"),
    Case("7/2; -7/2", gives: "3.5\n-3.5\n"), Case("0 and 1/0", gives: "0\n"),
    Case("-0.0; 1/inf; -1/inf", gives: "-0\n0\n-0\n"),
    Case("sin(1e22)", gives: "-0.8522008497671888\n"),
    Case("tan(pi/2)", gives: "1.633123935319537e+16\n"),
    Case("atan2(-0.0, -1)", gives: "-3.141592653589793\n"),
    Case("0^0", gives: "1\n"), Case("(-2)^3", gives: "-8\n"), Case("round(2.5)", gives: "2\n"),
    Case("x = 2; grad(x*x, x); grad(x - x, x); y = x; grad(x*y, x)", gives: "4\n0\n4\n"),
    Case("x = 2; y = 3; grad(x^2, y); grad(5, x)", gives: "0\n0\n"),
    Case("x = 0; grad(x^0, x); grad(x^1, x); grad(x^2, x); grad(x^3, x)", gives: "0\n1\n0\n0\n"),
    Case("x = -2; grad(x^3, x)", gives: "12\n"), Case("x = 1; grad(max(x, x), x)", gives: "1\n"),
    Case("x = 0; grad(abs(x), x); grad(relu(x), x)", gives: "0\n0\n"),
    Case("x = -1; grad(where(x > 0, sqrt(x), 0), x)", gives: "0\n"),
    Case("x = 1000; grad(where(x < 100, exp(x), 0), x)", gives: "0\n"),
    Case("f(x) = x^3; f'(2); f''(2); f'''(2); f''''(2)", gives: "12\n12\n6\n0\n"),
    Case("f(x) { y = x^2; y }; f'(3); f''(3)", gives: "6\n2\n"),
  ]

  @Test(arguments: readings) func isRead(_ given: Case) {
    let run = Run(["-f", "value"], bytes: given.input, deadline: 20)
    #expect(run.output == given.output)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty == given.errors.isEmpty, "\(run.errors)")
    for text in given.errors { #expect(run.errors.contains(text)) }
  }

  static let refusals = [
    Case(bytes: [0xFF, 0xFE, 49, 0, 10, 0], says: "looks like UTF-16, expected UTF-8"),
    Case(bytes: Array("1+".utf8) + [0xFF, 49, 10], says: "\\xff", "offset 2"),
    Case("1 \0 + 2\n", says: "-:1:3: error: ", "U+0000"),
    Case("1 + \u{1B}[31m2", says: "-:1:5: error: ", "\\x1b"),
    Case("x = 1\u{FEFF}", says: "-:1:6: error: ", "U+FEFF"),
    Case("1 +", says: "-:1:4: error: ", "expected a number, a name or '('"),
    Case("1 + * 2", says: "-:1:5: error: expected a number, a name or '('", "\n      ^\n"),
    Case("(1", says: "-:1:1: error: ", "never closed"),
    Case("1)", says: "-:1:2: error: ", "closes nothing"),
    Case("([)]", says: "-:1:3: error: ", "does not close"),
    Case("1e400", says: "too large for a double (max 1.8e308)"),
    Case(String(repeating: "9", count: 401), says: "too large for a double"),
    Case("1e", says: "-:1:2: error: "), Case("1e+", says: "-:1:2: error: "),
    Case("1.2.3", says: "-:1:4: error: "), Case("0x", says: "-:1:2: error: "),
    Case("1__0", says: "-:1:3: error: "),
    Case("1,5", says: "-:1:2: error: ", "hint: use 1.5\n"),
    Case("2 3", says: "-:1:3: error: expected an operator before '3'"),
    Case("1/2x", says: "two ways", "1/(2*x)", "1/2*x"),
    Case("5!", says: "-:1:2: error: ", "hint: write gamma(5 + 1)"),
    Case("1 && 2", says: "hint: write 'and'"),
    Case("1 +\u{200B} 2", says: "-:1:4: error: ", "U+200B"),
    Case("\u{202E}1", says: "-:1:1: error: ", "U+202E"),
    Case("日本 = 1; 日本 + 😀", says: "-:1:18: error: ", "U+1F600", "\n                   ^~\n"),
    Case("qwerty", says: "unknown name 'qwerty'"), Case("sine(1)", says: "did you mean 'sin'?"),
    Case("x = 2; y = 3; xy", says: "did you mean 'x*y'?"),
    Case("x = 2; x(1+1)", says: "hint: for a product write x*(1+1)"),
    Case("exp2", says: "'exp2' is a function", "exp2(x)"),
    Case("sin()", says: "sin(x) takes 1 argument, not 0"),
    Case("sin(1,2)", says: "sin(x) takes one argument, not 2 numbers"),
    Case("max()", says: "max(x, y, …)"),
    Case("3 = 4", says: "cannot assign to a number"),
    Case("if = 3", says: "cannot assign to the keyword 'if'"),
    Case("for = 3", says: "cannot assign to the keyword 'for'"),
    Case("x = x + 1", says: "unknown name 'x'"),
    Case("b = 1; a := b + 1; b := a", says: "b → a → b"),
    Case("print \"abc", says: "-:1:7: error: "), Case("7 % 0", says: "zero"),
    Case("x = [1, 2]; grad(x, x)", says: "sum(y)", "jacobian(y, x)"),
    Case("f(x) = f(x)\nf(1)", says: "recursion deeper than", "'f'"),
    Case("if 2 = 3 then 1 else 2", says: "did you mean '=='?"),
  ]

  @Test(arguments: refusals) func isRefused(_ given: Case) {
    let run = Run(["-f", "value"], bytes: given.input, deadline: 20)
    #expect(run.output == given.output)
    #expect(run.status == 1)
    var rest = run.errors[...]
    for text in given.errors {
      guard let place = rest.firstRange(of: text) else {
        Issue.record("\"\(text)\" is missing in:\n\(run.errors)")
        continue
      }
      rest = rest[place.upperBound...]
    }
    #expect(!run.errorBytes.contains(0x1B))
    #expect(run.errorBytes.count < 1000)
    #expect(run.errors.hasPrefix("-:"))
  }

  @Test func aLineIsNeverLostBehindABadOne() {
    let input = "1\n1 \0 + 2\n2\n)\n3\n\u{200B}\n4\n1 2\n5\n"
    let run = Run(["-k", "-f", "value"], input: input)
    #expect(run.output == "1\n2\n3\n4\n5\n")
    #expect(run.status == 1)
    #expect(run.errors.hasSuffix("4 errors\n"))
  }

  @Test(arguments: [false, true]) func junkIsAnsweredShortly(_ keepsGoing: Bool) {
    var generator = SplitMix(state: 7)
    var bytes: [UInt8] = []
    while bytes.count < 1 << 20 {
      withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
    }
    let run = Run((keepsGoing ? ["-k"] : []) + ["-f", "value"], bytes: bytes)
    #expect(!run.isKilled)
    #expect(run.status == 1)
    #expect(run.errorBytes.count < (keepsGoing ? 100_000 : 1000))
    #expect(!run.errorBytes.contains(0x1B))
  }

  @Test func aProgramIsNoScript() {
    let run = Run([Child.program])
    #expect(run.status == 1)
    #expect(run.errorBytes.count < 1000)
  }

  @Test func theSameInputGivesTheSameBytes() {
    let input = "x = 0.1; y = 2\nx*y + sin(x)^y\nf(t) = t*f2(t)\nf2(t) = exp(t)\nf(x)\n"
    let first = Run(["-f", "json"], input: input)
    #expect(first.status == 0)
    for _ in 0..<3 { #expect(Run(["-f", "json"], input: input).outputBytes == first.outputBytes) }
  }
}
