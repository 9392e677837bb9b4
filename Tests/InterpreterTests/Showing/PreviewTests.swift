import TestSupport
import Testing

/// What is shown below a line while it is typed.
@Suite struct PreviewTests {
  /// x1 = 2, x2 = 3, v = [1, 2, 3], live q, functions and a result, as a session has them.
  private static func player() -> Player {
    var player = Player()
    for line in [
      "x1 = 2; x2 = 3", "v = [1, 2, 3]", "q := x1^2", "f(x) = x^3", "x1*x2", "text = \"a\"",
      "g(n) = if n < 1 then 0 else g(n - 1)", "endless(n) = endless(n + 1)",
      "turning(n) = { while 1 { n = n + 1 }; n }", "loud(n) = { print \"hello\"; n^2 }",
    ] {
      _ = player.answer(line)
    }
    return player
  }

  /// The values are worked out by hand; 4.3 + 2 = 6.3.
  @Test(arguments: [
    ("x1*x2 + x2*4.3 + 30", "= 48.9   ∂x1 = 3   ∂x2 = 6.3"),
    ("y = x1*x2", "= 6   ∂x1 = 3   ∂x2 = 2"), ("y := x1*x2", "= 6   ∂x1 = 3   ∂x2 = 2"),
    ("x1", "= 2"), ("2 + 3", "= 5"), ("v*2", "= [2, 4, 6]"), ("sum(v^2)", "= 14   ∂v = [2, 4, 6]"),
    ("q + 1", "= 5   ∂x1 = 4"), ("f(x1)", "= 8   ∂x1 = 12"), ("f'(x1)", "= 12   ∂x1 = 12"),
    ("ans*2", "= 12   ∂x1 = 6   ∂x2 = 4"), ("grad(x1^3, x1)", "= 12   ∂x1 = 12"),
    ("a = 5; a*x1", "= 10   ∂a = 2   ∂x1 = 5"), ("x1 = 7; x1^2", "= 49   ∂x1 = 14"),
    ("h(x) = x + 1; h(x2)", "= 4   ∂x2 = 1"), ("loud(x2)", "= 9   ∂x2 = 6"),
    ("[x1,\n x2]", "= [2, 3]"), ("α₁ = x1^2", "= 4   ∂x1 = 4"), ("g(100)", "= 0"),
  ])
  func anExpressionShowsWhatItGives(text: String, shown: String) {
    var player = Self.player()
    let preview = player.preview(text)
    #expect(preview == shown)
  }

  @Test(arguments: [
    "", "3", "-3", "x = 3", "x1*", "sin(", "x1 x2", "nosuch + 1", "(1", "print x1", ":vars", "help",
    "for i in 1...3 { i }", "while 1 { }", "h(x) = x", "assert x1", "x1*x2;", "x1 % 0", "\"a\"",
    "text", "endless(1)", "turning(1)", "x1 += 1", "param w = 3", "if x1 > 1 { 3 }", "1/0 + \"",
    "zeros(100000, 9000)", "ones(3000) * ones(3000, 1)", "g(1000000)",
  ])
  func nothingElseShowsAnything(text: String) {
    var player = Self.player()
    let preview = player.preview(text)
    #expect(preview == nil)
  }

  /// Every transcript is answered alike when its lines have been previewed before.
  @Test(arguments: TranscriptTests.files) func nothingIsLeftBehind(_ file: String) throws {
    let expected = try #require(Golden.read("\(Golden.root)/\(file)"))
    let actual = Transcript(expected).replayed(isPreviewed: true)
    #expect(actual == expected, "\(file): \(Golden.difference(expected, actual))")
  }

  @Test func aLongHistoryIsNoHindrance() {
    var player = Player()
    for line in ["x = 1; y = x; repeat 50000 { y = y*1.00001 + x }", "z = x^2"] {
      _ = player.answer(line)
    }
    // Behind y there are too many nodes to be gone through at every key.
    let previews = [player.preview("y*0"), player.preview("z + x")]
    #expect(previews == ["= 0", "= 2   ∂x = 3"])
  }
}
