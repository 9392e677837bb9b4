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
    Interruption.begin()
    // First of all, since what is typed from now on waits for the first line.
    let editor = makeEditor()
    let configuration =
      runner.arguments.readsConfiguration ? Configuration.folder.map(Configuration.init) : nil
    runner.adopt(
      isTerminalDumb: editor.isTerminalDumb, editor: editor.keys == .vi ? .vi : .emacs,
      chosen: configuration?.choices ?? [])
    if !runner.arguments.isQuiet { greet() }
    Interruption.listening(isEchoed: !editor.isEditing) {
      if let configuration { runner.begin(with: configuration) }
      runner.runBindings()
      runner.flush()
    }
    announce(editor)
    while !runner.hasQuit, runner.trouble == nil {
      adjust(editor)
      switch editor.readLine(prompt: "> ") {
      case .line(let line):
        // The window may have been resized while it was typed.
        runner.refreshWidth()
        Interruption.listening(isEchoed: !editor.isEditing) { runner.take(line) }
      case .interrupted: continue
      case .endOfInput: return .success
      }
      announce(editor)
    }
    return runner.trouble ?? .success
  }

  private func makeEditor() -> LineEditor {
    LineEditor(
      program: "nabla",
      historyFile: runner.arguments.keepsHistory
        ? HistoryFile(program: "nabla") : HistoryFile(path: nil),
      isComplete: { [unowned self] in runner.session.isComplete($0) },
      completions: { [unowned self] line, cursor in
        let completion = runner.session.completions(of: line, at: cursor)
        if let file = completion.file {
          return (completion.start, FileCompletion(of: file).candidates)
        }
        return (completion.start, completion.candidates.map { (text: $0.text, note: $0.sentence) })
      },
      preview: { [unowned self] in runner.preview(of: $0) })
  }

  /// Makes the editor what the settings say now.
  private func adjust(_ editor: LineEditor) {
    editor.isPreviewing = runner.prompt.showsPreview
    editor.dimsPreview = runner.renderer.output.isColored
    editor.keys = runner.prompt.editor == .vi ? .vi : .emacs
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
