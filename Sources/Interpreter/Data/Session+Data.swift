import Autodiff
import DataFiles
import Syntax
import Tensors

/// Reading and writing files of numbers.
extension Session {
  mutating func loadCSV(_ arguments: [Value], at span: Span) throws(Diagnostic) -> Value {
    let file = try path(arguments[0], at: span)
    var options = CSVReader.Options()
    if arguments.count > 1, case .node(let id) = arguments[1] {
      options.skips = try isTrue(id, at: span)
    }
    if arguments.count > 2 { options.missing = try oneNumber(arguments[2], at: span) }
    var reader = CSVReader(options)
    try read(file, at: span) { reader.take($0) }
    let table: NumberTable
    do throws(CSVReader.Failure) {
      table = try reader.finish()
    } catch {
      throw .table(file, error, at: span)
    }
    if reader.skipped > 0 {
      let total = reader.skipped + table.rowCount
      let reasons = Diagnostic.text(reader.mistakes, count: reader.mistakeCount)
      outcomes.append(.note("left out \(reader.skipped) of \(total) rows of \(file): \(reasons)"))
    }
    let columns = table.columns.map { column in
      graph.constant(Tensor(shape: Shape([column.count]), elements: column))
    }
    return .table(ColumnTable(names: table.names, columns: columns, rowCount: table.rowCount))
  }

  mutating func saveCSV(_ arguments: [Value], at span: Span) throws(Diagnostic) {
    let file = try path(arguments[0], at: span)
    var names: [String]?
    if arguments.count > 2 {
      guard case .text(let text) = arguments[2] else { throw .columnNames(at: span) }
      names = text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
    var table: NumberTable
    switch arguments[1] {
    case .table(let given):
      table = NumberTable(
        names: given.names, columns: given.columns.map { graph.tensor(of: $0).elements })
    case .node(let id), .part(let id, _):
      let tensor = graph.tensor(of: id)
      guard tensor.shape.rank <= 2 else { throw .tooManyAxesForCSV("\(tensor.shape)", at: span) }
      let width = tensor.shape.rank == 2 ? tensor.shape.dimensions[1] : 1
      let height = width == 0 ? 0 : tensor.count / width
      table = NumberTable(
        names: (0..<width).map { "c\($0)" },
        columns: (0..<width).map { column in
          (0..<height).map { tensor.elements[$0 * width + column] }
        })
    case .text, .list, .optimizer, .nothing: throw .needsNumber(arguments[1].kind, at: span)
    }
    if let names {
      guard names.count == table.columns.count else {
        throw .nameCount(names.count, columns: table.columns.count, at: span)
      }
      table.names = names
    }
    var hasHeader = names != nil
    if case .table = arguments[1] { hasHeader = true }
    try write(CSVWriter.bytes(of: table, hasHeader: hasHeader), to: file, at: span)
  }

  mutating func loadNumPy(_ argument: Value, at span: Span) throws(Diagnostic) -> Value {
    let file = try path(argument, at: span)
    var bytes: [UInt8] = []
    try read(file, at: span) { piece in
      bytes += piece
      return Double(bytes.count) < Shape.byteLimit * 1.1
    }
    do throws(NumPyFile.Failure) {
      return .node(graph.constant(try NumPyFile.read(bytes)))
    } catch {
      throw .numPy(file, error, at: span)
    }
  }

  mutating func saveNumPy(_ arguments: [Value], at span: Span) throws(Diagnostic) {
    let file = try path(arguments[0], at: span)
    guard case .node(let id) = arguments[1] else {
      throw .needsNumber(arguments[1].kind, at: span)
    }
    try write(NumPyFile.bytes(of: graph.tensor(of: id)), to: file, at: span)
  }

  private func path(_ value: Value, at span: Span) throws(Diagnostic) -> String {
    guard case .text(let path) = value, !path.isEmpty else {
      throw .needsFile(value.kind, at: span)
    }
    return path
  }

  private func oneNumber(_ value: Value, at span: Span) throws(Diagnostic) -> Double? {
    switch value {
    case .nothing: return nil
    case .node(let id) where graph.isScalar(id): return graph.scalar(of: id)
    case .node(let id): throw .needsOneNumber(graph.shape(of: id), at: span)
    case .text, .list, .optimizer, .table, .part: throw .needsNumber(value.kind, at: span)
    }
  }

  private mutating func read(_ file: String, at span: Span, _ take: ([UInt8]) -> Bool)
    throws(Diagnostic)
  {
    guard let files = options.files else { throw .noFiles(at: span) }
    var isStopped = false
    let isInterrupted = options.isInterrupted
    var hasBegun = false
    func attempt(_ path: String) -> FileAccess.Failure? {
      files.read(path) { piece in
        hasBegun = true
        isStopped = isInterrupted()
        return !isStopped && take(piece)
      }
    }
    var failure = attempt(file)
    // What a script brings along lies beside it, wherever the process was started.
    if failure != nil, !hasBegun, !file.hasPrefix("/"),
      let slash = input.name.lastIndex(of: "/"),
      attempt(input.name[...slash] + file) == nil
    {
      failure = nil
    }
    if isStopped {
      self.isStopped = true
      throw .interrupted(turn: nil, at: span)
    }
    if let failure { throw .unreadable(file, failure.reason, at: span) }
  }

  private func write(_ bytes: [UInt8], to file: String, at span: Span) throws(Diagnostic) {
    guard let files = options.files else { throw .noFiles(at: span) }
    if let failure = files.write(file, bytes) { throw .unwritable(file, failure.reason, at: span) }
  }
}
