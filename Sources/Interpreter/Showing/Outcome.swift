import Autodiff
import Syntax

/// One thing that came of running a text, in the order it happened.
package enum Outcome: Sendable {
  /// A bare expression: to be shown with its graph and its derivatives.
  case result(Derivation)
  /// `y = …`, as the prompt echoes it.
  case definition(Derivation)
  /// A line that `print` wrote.
  case text(String)
  /// Something worth knowing that is no error.
  case note(String)
  /// The statement failed and changed nothing.
  case failure(Fault)
  /// `:quit`.
  case quit
  /// What a command answers, line by line.
  case answer([String])
  /// The findings of a lesson.
  case report(Report)
  /// `:load FILE`: to be answered by `load`.
  case load(FileRequest)
  /// `:save FILE`: the file is to get what `script` gives; whether it may replace any file.
  case save(FileRequest, mayReplace: Bool)
  /// A setting has a new value, which other layers may have to carry out.
  case setting(name: String, value: String)
}

/// A file that a command asks for; only the outermost layer touches files.
package struct FileRequest: Sendable {
  /// As it was written.
  package let path: String
  let source: SourceText
  let span: Span

  /// An error about the file.
  package func fault(_ message: String, hint: String? = nil) -> Fault {
    Fault(diagnostic: Diagnostic(message, at: span, hint: hint), source: source, trace: [])
  }
}

/// A value that is to be shown, and how it came about.
package struct Derivation: Sendable {
  package let output: NodeID
  /// The name it bears; nil for `ans`.
  package let title: NameID?
  /// Where the statement stands in the text that is being run.
  package let span: Span
  package let line: Int
}

/// An error with the text it is about.
package struct Fault: Error, Sendable {
  package let diagnostic: Diagnostic
  package let source: SourceText
  /// Where the functions were called in which it happened, innermost first.
  package let trace: [String]

  package init(diagnostic: Diagnostic, source: SourceText, trace: [String] = []) {
    (self.diagnostic, self.source, self.trace) = (diagnostic, source, trace)
  }
}
