import Interpreter
import Syntax
import Testing

@testable import Display

/// Nothing that an outcome says can steer the terminal.
@Suite struct HarmlessTests {
  @Test(arguments: [
    ("a\u{1B}[31mb", "a\\x1b[31mb"), ("bell\u{7}", "bell\\x07"), ("a\rb", "a\\x0db"),
    ("\u{9B}2J", "U+009B2J"), ("x\u{202E}y", "xU+202Ey"), ("\u{7F}", "\\x7f"),
    ("line\n\tnext", "line\n\tnext"), ("数 ∂ é 👩‍🔬", "数 ∂ é 👩‍🔬"),
  ]) func isShownByItsNumber(_ text: String, _ shown: String) {
    #expect(text.harmless == shown)
  }

  @Test func outcomesAreHarmless() {
    let text = "a\u{1B}[31mb"
    var session = Session()
    for isASCII in [false, true] {
      var options = DisplayOptions()
      options.isASCII = isASCII
      var renderer = Renderer(options: options)
      for outcome in [Outcome.text(text), .note(text), .answer([text])] {
        renderer.render(outcome, of: &session)
      }
      let source = SourceText(name: text, bytes: Array("x".utf8))
      let diagnostic = Diagnostic(text, at: Span(start: 0, end: 1), hint: text)
      renderer.render(Fault(diagnostic: diagnostic, source: source))
      #expect(!(renderer.output.bytes + renderer.errors.bytes).contains(0x1B))
    }
  }
}
