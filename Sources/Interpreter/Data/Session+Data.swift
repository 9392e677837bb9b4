import Autodiff
import DataFiles
import Syntax
import Tensors

/// Reading and writing files of numbers.
extension Session {
  mutating func loadCSV(_ arguments: [Value], at span: Span) throws(Diagnostic) -> Value {
    let file = try path(arguments[0], at: span)
    var reader = CSVReader(try csvOptions(arguments, at: span))
    try read(file, at: span) { reader.take($0) }
    let table: NumberTable
    do throws(CSVReader.Failure) {
      table = try reader.finish()
    } catch {
      throw .table(file, error, at: span)
    }
    for remark in reader.remarks { outcomes.append(.note("\(file): \(remark)")) }
    if reader.skipped > 0 {
      let total = reader.skipped + table.rowCount
      let reasons = Diagnostic.text(reader.mistakes, count: reader.mistakeCount)
      outcomes.append(.note("left out \(reader.skipped) of \(total) rows of \(file): \(reasons)"))
    }
    remarkOnNames(table.names, of: file)
    let arrays = table.columns.map { Tensor(shape: Shape([$0.count]), elements: $0) }
    return .table(self.table(table.names, arrays))
  }

  private func csvOptions(_ arguments: [Value], at span: Span) throws(Diagnostic)
    -> CSVReader.Options
  {
    var options = CSVReader.Options()
    let arguments = arguments + [Value](repeating: .nothing, count: 6 - arguments.count)
    options.skips = try isSkipping(arguments[1], at: span)
    options.missing = try oneNumber(arguments[2], at: span)
    if let line = try oneNumber(arguments[3], at: span) {
      guard let line = Int(exactly: line), line >= 0 else {
        throw .needsCount(text(arguments[3]), "header", at: span)
      }
      options.header = line
    }
    switch arguments[4] {
    case .nothing: break
    case .text(let list): options.columns = NumberTable.names(in: list)
    case .node, .part, .list, .optimizer, .table: throw .columnNames(at: span)
    }
    switch arguments[5] {
    case .nothing: break
    case .text(let sign) where sign == "," || sign == ".": options.decimal = sign.utf8.first
    case .text, .node, .part, .list, .optimizer, .table: throw .decimalSign(at: span)
    }
    return options
  }

  private func isSkipping(_ value: Value, at span: Span) throws(Diagnostic) -> Bool {
    try oneNumber(value, at: span).map { $0 != 0 } ?? false
  }

  /// Says of what is called like an attribute how it can be reached.
  private mutating func remarkOnNames(_ names: [String], of file: String) {
    for name in ColumnTable.attributes where names.contains(name) {
      let meaning = name == "matrix" ? "all columns beside each other" : "the size of the table"
      outcomes.append(
        .note("\(file): the column '\(name)' is d[\"\(name)\"]; d.\(name) is \(meaning)"))
    }
  }

  mutating func saveCSV(_ arguments: [Value], at span: Span) throws(Diagnostic) {
    let file = try path(arguments[0], at: span)
    var names: [String]?
    if arguments.count > 2 {
      guard case .text(let text) = arguments[2] else { throw .columnNames(at: span) }
      names = NumberTable.names(in: text)
    }
    var table: NumberTable
    switch arguments[1] {
    case .table(let given):
      guard given.rowCount != nil else { throw .noMatrix(text(given), at: span) }
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

  mutating func loadNumPy(_ arguments: [Value], at span: Span) throws(Diagnostic) -> Value {
    let file = try path(arguments[0], at: span)
    let skips = arguments.count > 1 ? try isSkipping(arguments[1], at: span) : false
    var bytes: [UInt8] = []
    try read(file, at: span) { piece in
      bytes += piece
      return Double(bytes.count) < Shape.byteLimit * 1.1
    }
    let contents: NumPyFile.Contents
    do throws(NumPyFile.Failure) {
      contents = try NumPyFile.read(bytes, skips: skips)
    } catch {
      throw .numPy(file, error, at: span)
    }
    if contents.roundedCount > 0 {
      let numbers = count(contents.roundedCount, "whole number")
      outcomes.append(.note("\(file): of \(numbers) beyond 2^53 the nearest double was taken"))
    }
    if !contents.leftOut.isEmpty {
      let names = contents.leftOut.prefix(8).joined(separator: ", ")
      let rest = contents.leftOut.count > 8 ? ", …" : ""
      outcomes.append(.note("left out of \(file), as no numbers: \(names)\(rest)"))
    }
    guard let names = contents.names else { return .node(graph.constant(contents.arrays[0])) }
    remarkOnNames(names, of: file)
    return .table(table(names, contents.arrays))
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
    if failure != nil, !hasBegun, !file.hasPrefix("/"), !file.hasPrefix("~"),
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
