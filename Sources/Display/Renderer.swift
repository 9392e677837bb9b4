import Autodiff
import Interpreter
import Syntax
import Tensors

/// Turns outcomes into the bytes a person or a program reads.
///
/// Results go to `output`, errors and notes to `errors`; whoever holds the renderer sends them on.
package struct Renderer: Sendable {
  package var options: DisplayOptions {
    didSet { adjustOutputs() }
  }
  package var output: Output
  package var errors: Output
  package internal(set) var failureCount = 0
  /// Whether errors go to a terminal that shows only ASCII while results go elsewhere.
  private let errorsAreASCII: Bool
  /// The inputs that the last header of a record format named.
  var headerNames: [NameID]?

  /// A renderer.
  ///
  /// - Parameters:
  ///   - options: how results are to look.
  ///   - errors: the stream of errors and notes; without one, it is a terminal like that of the
  ///     results.
  package init(options: DisplayOptions, errors: Output? = nil) {
    self.options = options
    output = Output(isColored: options.isColored)
    self.errors = errors ?? Output(width: options.width)
    errorsAreASCII = errors?.isASCII ?? false
    adjustOutputs()
  }

  /// Machine formats are UTF-8 everywhere.
  private mutating func adjustOutputs() {
    output.width = options.width
    output.isASCII = options.isASCII && options.format.isForPeople
    errors.isASCII = options.isASCII || errorsAreASCII
    if errors.width != nil, let width = options.width { errors.width = width }
  }

  /// Decides on colors anew.
  package mutating func color(output isOutputColored: Bool, errors areErrorsColored: Bool) {
    options.isColored = isOutputColored
    output.isColored = isOutputColored
    errors.isColored = areErrorsColored
  }

  /// Writes what an outcome looks like, or that somebody did not want to see the end of it.
  package mutating func render(_ outcome: Outcome, of session: inout Session) {
    let before = output.bytes.count
    do throws(Diagnostic) {
      try show(outcome, of: &session)
    } catch {
      // A part of a table would look like the whole.
      output.bytes.removeLast(output.bytes.count - before)
      failureCount += 1
      render(session.fault(for: error))
    }
  }

  private mutating func show(_ outcome: Outcome, of session: inout Session) throws(Diagnostic) {
    switch outcome {
    case .result(let derivation): try render(derivation, of: &session)
    case .definition(let derivation): try renderEcho(derivation, of: &session)
    case .text(let text):
      if options.format == .json {
        renderJSON(text: text)
      } else {
        output.write(verbatim: text.harmless.utf8)
        output.endLine()
      }
    case .note(let text): note(text)
    case .failure(let fault):
      failureCount += 1
      render(fault)
    case .answer(let lines): for line in lines { answer(line) }
    case .report(let report): render(report)
    case .setting(let name, let value): change(name, value, session)
    case .quit, .load, .save: break
    }
  }

  private mutating func answer(_ line: String) {
    if options.format == .json { renderJSON(text: line) } else { output.writeLines(line.harmless) }
  }

  mutating func note(_ text: String) {
    if options.isQuiet { return }
    errors.write("note: ", .warning)
    errors.writeLines(text.harmless, from: 6, indent: 6)
  }

  private mutating func render(
    _ derivation: Derivation, of session: inout Session
  ) throws(Diagnostic) {
    switch options.format {
    case .csv: try renderRecord(derivation, separator: UInt8(ascii: ","), of: &session)
    case .tsv: try renderRecord(derivation, separator: UInt8(ascii: "\t"), of: &session)
    case .table, .line, .value, .json, .markdown:
      let isUnfolded = options.isUnfolded || options.format == .json
      let analysis = try session.analyze(
        derivation, isUnfolded: isUnfolded,
        showsMachinery: options.showsMachinery || options.format == .json)
      let digits = options.format == .json ? .shortest : options.digits
      let view = GraphView(
        derivation, analysis, digits, showsLiterals: options.showsLiterals)
      switch options.format {
      case .json: try renderJSON(view, of: &session)
      case .line: renderLine(view, of: &session)
      case .value:
        append(session.graph.tensor(of: derivation.output), .shortest)
        output.endLine()
      case .markdown: try renderMarkdown(view, of: &session)
      case .table, .csv, .tsv:
        if options.isPlain {
          try renderPlain(view, of: &session)
        } else {
          try renderTable(view, of: &session)
        }
      }
      if options.format != .json { for text in analysis.notes { note(text) } }
    }
  }

  mutating func append(_ tensor: Tensor, _ digits: Digits) {
    NumberFormat.append(tensor, digits: digits, to: &output.bytes)
  }

  private mutating func change(_ name: String, _ value: String, _ session: Session) {
    DisplayOptions.settings.first { $0.setting.name == name }?.apply(&options, value)
    options.digits = session.options.digits
  }

  /// Takes over every setting that a session starts with.
  package mutating func adopt(_ session: Session) {
    session.settings.apply(DisplayOptions.settings, to: &options)
    options.digits = session.options.digits
  }
}
