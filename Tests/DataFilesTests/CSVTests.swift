import Testing

@testable import DataFiles

@Suite struct CSVTests {
  static func read(_ text: String, _ options: CSVReader.Options = .init(), pieces: Int = .max)
    throws(CSVReader.Failure) -> NumberTable
  {
    var reader = CSVReader(options)
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + min(pieces, bytes.count))
      guard reader.take(Array(bytes[start..<end])) else { break }
      start = end
    }
    return try reader.finish()
  }

  static let plain = NumberTable(names: ["x", "y"], columns: [[1, 2], [0.5, -3]])

  @Test(arguments: [
    "x,y\n1,0.5\n2,-3\n", "x,y\r\n1,0.5\r\n2,-3", "x,y\r1,0.5\r2,-3\r", "\u{FEFF}x,y\n1,.5\n2,-3\n",
    "x;y\n1;0,5\n2;-3,0\n", "x\ty\n1\t0.5\n2\t-3e0\n", "\"x\",\"y\"\n\"1\",0.5\n\n2 , -3\n",
  ])
  func isReadHoweverItIsWritten(_ text: String) throws {
    #expect(try Self.read(text) == Self.plain)
    #expect(try Self.read(text, pieces: 1) == Self.plain)
  }

  @Test func namesMayHoldAnything() throws {
    let table = try Self.read("\"a, b\",\"say \"\"x\"\"\",\"two\nlines\"\n1,2,3\n", pieces: 2)
    #expect(table.names == ["a, b", "say \"x\"", "two\nlines"])
    #expect(table.columns == [[1], [2], [3]])
    let written = CSVWriter.bytes(of: table)
    #expect(try Self.read(String(decoding: written, as: UTF8.self)) == table)
  }

  @Test func withoutHeaderColumnsAreCounted() throws {
    #expect(
      try Self.read("1,2\n3,inf\n")
        == NumberTable(names: ["c0", "c1"], columns: [[1, 3], [2, .infinity]]))
  }

  @Test func mistakesHaveLineAndColumn() {
    let text = "x,y\n1,abc\n,2\n1,2,3\nNA,4\n5,6\nq,7\nr,8\n"
    let first: [CSVReader.Mistake] = [
      .init(line: 2, column: "y", message: "'abc'"),
      .init(line: 3, column: "x", message: "empty"),
      .init(line: 4, column: nil, message: "3 cells, not 2"),
      .init(line: 5, column: "x", message: "'NA'"),
      .init(line: 7, column: "x", message: "'q'"),
    ]
    #expect(throws: CSVReader.Failure.mistakes(first, count: 6)) { try Self.read(text) }
    var options = CSVReader.Options()
    options.skips = true
    #expect((try? Self.read(text, options))?.columns == [[5], [6]])
    options = .init()
    options.missing = -1
    #expect((try? Self.read("x,y\n,2\nNA,3\n", options))?.columns == [[-1, -1], [2, 3]])
  }

  @Test(
    arguments: [
      ("", .noRows), ("x,y\n", .noRows),
      ("x,y,x\n1,2,3\n", .repeatedName("x", first: 1, second: 3)),
      ("x,y\n1,\"2\n3,4\n", .openQuote(line: 2)), ("x\u{0},y\n", .notText),
    ] as [(String, CSVReader.Failure)])
  func filesThatAreNoTable(_ text: String, _ failure: CSVReader.Failure) {
    #expect(throws: failure) { try Self.read(text) }
  }
}
