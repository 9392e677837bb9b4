import DataFiles
import Display
import Interpreter
import TestSupport
import Testing

/// The files of `Tests/Data/tools`, which other programs have written: `make.py` and `make_arrays.py`
/// there run those programs and note the numbers that they gave them.
@Suite struct ToolFileTests {
  struct Expectation: Sendable, CustomTestStringConvertible {
    let file: String
    let options: String
    let columns: [(name: String, numbers: [Double])]

    var testDescription: String { file }

    init(_ line: Substring) {
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
      (file, options) = (parts[0], parts[1])
      columns = parts.dropFirst(2).map { part in
        let colon = part.firstIndex(of: ":") ?? part.endIndex
        let numbers = part[colon...].dropFirst().split(separator: " ").compactMap { Double($0) }
        return (String(part[..<colon]), numbers)
      }
    }
  }

  static let all = (Golden.read("\(Golden.root)/Tests/Data/tools/expected.txt") ?? "")
    .split(separator: "\n").map(Expectation.init)

  /// An array file, the options it is read with, and what it holds; or what its refusal says.
  struct ArrayExpectation: Sendable, CustomTestStringConvertible {
    let file: String
    let options: String
    let parts: [String]

    var testDescription: String { "\(file) \(options)" }

    init(_ line: Substring) {
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
      (file, options, self.parts) = (parts[0], parts[1], Array(parts.dropFirst(2)))
    }
  }

  static let arrays = (Golden.read("\(Golden.root)/Tests/Data/tools/arrays.txt") ?? "")
    .split(separator: "\n").map(ArrayExpectation.init)

  @Test func thereAreArraysOfEveryKind() { #expect(Self.arrays.count > 30) }

  @Test(arguments: arrays) func arraysAreReadOrRefused(_ expected: ArrayExpectation) {
    let isRefused = expected.options == "refused"
    let options = isRefused || expected.options.isEmpty ? "" : ", \(expected.options)"
    var lines = ["d = load_npy(\"tools/\(expected.file)\"\(options))"]
    let fields = expected.parts.map { part in
      part.split(separator: ":", omittingEmptySubsequences: false).map(\.trimmed)
    }
    if !isRefused {
      for field in fields {
        let array = field[0].isEmpty ? "d" : "d[\"\(field[0])\"]"
        lines += ["print \(array).shape", "print flatten(\(array))"]
      }
    }
    let played = Self.play(lines)
    guard !isRefused else {
      #expect(played.message?.contains(expected.parts[0]) == true, "\(played.message ?? "read")")
      return
    }
    #expect(played.message == nil)
    func numbers(_ text: some StringProtocol) -> [Double] {
      text.split { "[], ".contains($0) }.compactMap { Double($0) }
    }
    for (place, field) in fields.enumerated() where played.output.count > 2 * place + 1 {
      #expect(numbers(played.output[2 * place]) == numbers(field[1]))
      let read = numbers(played.output[2 * place + 1])
      #expect(read.count == numbers(field[2]).count)
      for (number, truth) in zip(read, numbers(field[2])) {
        #expect(number == truth && number.sign == truth.sign || number.isNaN && truth.isNaN)
      }
    }
    #expect(played.output.count == 2 * fields.count)
  }

  @Test func wholeNumbersThatWereRoundedAreCounted() {
    for (file, count) in [("whole-i8", 1), ("whole-u8", 1), ("whole-i4", 0), ("fields", 0)] {
      var options = Session.Options()
      options.files = Golden.files
      var session = Session(options: options)
      session.feed(Array("d = load_npy(\"tools/\(file).npy\")\n".utf8), name: "-")
      var notes: [String] = []
      while let outcome = session.next() {
        if case .note(let note) = outcome { notes.append(note) }
      }
      #expect(notes.filter { $0.contains("of \(count) whole number beyond 2^53") }.count == count)
      #expect(notes.count == count)
    }
  }

  /// A file may be damaged anywhere: then it is read or refused.
  ///
  /// What is read of an archive is what was packed. Bits are turned at random, always the same ones.
  @Test(arguments: ["packed.npz", "several.npz", "fields.npy", "half.npy", "fields-titles.npy"])
  func damagedFilesAreReadOrRefused(_ file: String) throws {
    let path = "\(Golden.root)/Tests/Data/tools/\(file)"
    let bytes = try #require(Golden.bytes(path))
    let whole = try NumPyFile.read(bytes)
    var state: UInt64 = 7
    var refused = 0
    for _ in 0..<2000 {
      var damaged = bytes
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        damaged[Int(state >> 33) % bytes.count] ^= UInt8(1 << (state >> 20 & 7))
      }
      guard let contents = try? NumPyFile.read(damaged, skips: false) else {
        refused += 1
        continue
      }
      if file.hasSuffix("z") {
        #expect(contents.arrays == whole.arrays)
      }
    }
    #expect(refused > 100)
  }

  /// What a session prints, and the fault that it ends with.
  private static func play(_ lines: [String]) -> (
    output: [Substring], hint: String?, message: String?
  ) {
    var options = Session.Options()
    (options.files, options.digits) = (Golden.files, .shortest)
    var session = Session(options: options)
    var display = DisplayOptions()
    (display.format, display.digits) = (.value, .shortest)
    var renderer = Renderer(options: display)
    session.feed(Array((lines.joined(separator: "\n") + "\n").utf8), name: "-")
    while let outcome = session.next() {
      if case .failure(let fault) = outcome {
        return ([], fault.diagnostic.hint ?? "", fault.diagnostic.message)
      }
      if case .text = outcome { renderer.render(outcome, of: &session) }
    }
    let output = String(decoding: renderer.output.bytes, as: UTF8.self)
    return (output.split(separator: "\n"), nil, nil)
  }

  /// The columns that a file has when it is read with these options, or the hint of the message.
  private static func read(_ file: String, _ options: String, _ names: [String])
    -> (columns: [[Double]], hint: String?)
  {
    let load = "d = load_csv(\"tools/\(file)\"\(options.isEmpty ? "" : ", " + options))"
    let played = play([load] + names.map { "print d[\"\($0)\"]" })
    let columns = played.output.map { line in
      line.dropFirst().dropLast().split(separator: ",").compactMap { Double($0.trimmed) }
    }
    return (columns, played.hint)
  }

  @Test func thereAreFilesOfEveryTool() {
    #expect(Self.all.count > 30)
    for tool in ["pandas", "polars", "pyarrow", "duckdb", "savetxt", "r", "calc-de", "calc-fr"] {
      #expect(Self.all.contains { $0.file.hasPrefix(tool) })
    }
  }

  @Test(arguments: all) func isReadWithItsOptions(_ expected: Expectation) {
    let read = Self.read(expected.file, expected.options, expected.columns.map(\.name))
    #expect(read.hint == nil)
    compare(read.columns, expected)
  }

  /// Without options a file is read right, or the hint says what reads it right.
  @Test(arguments: all) func isReadWithoutOptionsOrAsTheHintsSay(_ expected: Expectation) {
    // Years above columns are numbers: what is said of them is a note.
    guard !expected.options.hasPrefix("header=1") else { return }
    var options: [String] = []
    for _ in 0..<4 {
      let names = expected.columns.map(\.name)
      let read = Self.read(expected.file, options.joined(separator: ", "), names)
      guard let hint = read.hint else { return compare(read.columns, expected) }
      let offered = Self.options(in: hint).filter { !options.contains($0) }
      #expect(!offered.isEmpty, "\(expected.file): \(hint)")
      options += offered
    }
    Issue.record("\(expected.file): the hints do not end, \(options)")
  }

  /// The options that a hint offers; of two ways to treat gaps the one that keeps the rows.
  private static func options(in hint: String) -> [String] {
    let starts = ["columns=\"", "missing=nan", "header=", "decimal=\",\"", "skip=1"]
    var options = starts.compactMap { start -> String? in
      guard let place = hint.firstRange(of: start) else { return nil }
      if start.hasSuffix("\""), !start.hasSuffix("\",\"") {
        let rest = hint[place.upperBound...]
        return start + rest[...(rest.firstIndex(of: "\"") ?? rest.startIndex)]
      }
      guard start == "header=" else { return start }
      return start + hint[place.upperBound...].prefix(while: \.isNumber)
    }
    if options.count > 1, !hint.contains("header=") { options.removeAll { $0 == "skip=1" } }
    return options
  }

  private func compare(_ columns: [[Double]], _ expected: Expectation) {
    #expect(columns.count == expected.columns.count)
    for (column, wanted) in zip(columns, expected.columns) {
      #expect(column.count == wanted.numbers.count, "\(wanted.name)")
      for (number, truth) in zip(column, wanted.numbers) {
        #expect(number == truth || number.isNaN && truth.isNaN, "\(wanted.name)")
      }
    }
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
