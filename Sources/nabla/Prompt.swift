import Display
import Interpreter
import LineEditor

/// A session at the terminal.
///
/// A class, because the editor asks back for completions while a line is being typed.
final class Prompt {
  private var runner: Runner

  init(_ arguments: Arguments) { runner = Runner(arguments, isInteractive: true) }

  func run() -> ExitStatus {
    if !runner.arguments.isQuiet { greet() }
    runner.runBindings()
    runner.flush()
    runner.session.options.isInterrupted = { Interruption.isPending }
    let editor = LineEditor(
      program: "nabla", historyFile: HistoryFile(program: "nabla"),
      isComplete: { [unowned self] in runner.session.isComplete($0) },
      completions: { [unowned self] line, cursor in
        let completion = runner.session.completions(of: line, at: cursor)
        return (completion.start, completion.candidates.map { (text: $0.text, note: $0.sentence) })
      })
    announce(editor)
    while !runner.hasQuit, runner.trouble == nil {
      runner.refreshWidth()
      switch editor.readLine(prompt: "> ") {
      case .line(let line): Interruption.listening { runner.take(line) }
      case .interrupted: continue
      case .endOfInput: return .success
      }
      announce(editor)
    }
    return runner.trouble ?? .success
  }

  private func greet() {
    StandardStream.output.write(
      "nabla \(Nabla.version), the autodiff calculator\n"
        + "try  x1=2; x2=3; x1*x2 + x2*4.3 + 30\n"
        + ":help tells more, ^D ends\n")
  }

  private func announce(_ editor: LineEditor) {
    if let notice = editor.takeNotice(), !runner.arguments.isQuiet {
      StandardStream.error.write("note: \(notice)\n")
    }
  }
}
