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
    #expect(throws: CSVReader.Failure.mistakes(first, count: 6, .skip(filling: true))) {
      try Self.read(text)
    }
    var options = CSVReader.Options()
    options.skips = true
    #expect((try? Self.read(text, options))?.columns == [[5], [6]])
    options = .init()
    options.missing = -1
    #expect((try? Self.read("x,y\n,2\nNA,3\n", options))?.columns == [[-1, -1], [2, 3]])
  }

  /// The columns, and what is remarked on the way.
  static func read(
    _ text: String, _ change: (inout CSVReader.Options) -> Void
  ) throws -> (table: NumberTable, remarks: [String]) {
    var options = CSVReader.Options()
    change(&options)
    var reader = CSVReader(options)
    for byte in text.utf8 where !reader.take([byte]) { break }
    let table = try reader.finish()
    return (table, reader.remarks)
  }

  @Test func aNumberIsThatOfTheLanguageOrIsTold() throws {
    for word in ["101E010031", "1e400", String(repeating: "9", count: 401), "-1e309"] {
      #expect(throws: CSVReader.Failure.self) { try Self.read("id,x\n\(word),1\n") }
      // It is a number, too, where it decides whether there are names.
      #expect(throws: CSVReader.Failure.self) { try Self.read("\(word),1\n2,3\n") }
    }
    for (word, number) in [
      ("1e-400", 0), ("9007199254740993", 9_007_199_254_740_992),
      ("-18446744073709551617", -0x1p64), ("36893488147419103233", 0x1p65),
    ] {
      let (table, remarks) = try Self.read("id\n\(word)\n\(word)\n") { _ in }
      #expect(table.columns == [[number, number]])
      #expect(remarks.count == 1 && remarks[0].contains(word) && remarks[0].contains("1 more"))
    }
    for word in ["9007199254740994", "18446744073709551616", "0e-400", "0.0", "1e22", "5e-324"] {
      #expect(try Self.read("id\n\(word)\n") { _ in }.remarks == [])
    }
    let (table, remarks) = try Self.read("a,b,c,d,e\nTrue,false,TRUE,-NaN,Infinity\n") { _ in }
    #expect(table.columns.map { $0[0] }.prefix(3) == [1, 0, 1] && remarks == [])
    #expect(table.columns[3][0].isNaN && table.columns[4][0] == .infinity)
  }

  @Test func headersAreWhereTheyAreSaidToBe() throws {
    let years = "2019,2020\n1,2\n"
    let (guessed, remarks) = try Self.read(years) { _ in }
    #expect(guessed.names == ["c0", "c1"] && guessed.columns == [[2019, 1], [2020, 2]])
    #expect(remarks.count == 1 && remarks[0].contains("header=1"))
    #expect(try Self.read(years) { $0.header = 1 }.table.names == ["2019", "2020"])
    let (plain, silence) = try Self.read(years) { $0.header = 0 }
    #expect(plain == guessed && silence == [])
    let titled = "Table 1\nfrom a page, says the title\nx,y\n1,2\n"
    #expect(
      try Self.read(titled) { $0.header = 3 }.table
        == NumberTable(names: ["x", "y"], columns: [[1], [2]]))
    #expect(throws: CSVReader.Failure.self) { try Self.read("x,y\n1,2\n") { $0.header = 0 } }
    // The mistakes of a title say where the names are.
    do throws(CSVReader.Failure) {
      _ = try Self.read("My data\nx,y\n1,2\n3,4\n")
      Issue.record("a title is no table")
    } catch {
      guard case .mistakes(_, _, .header(line: 2)) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  /// Years with a gap before them, as pandas writes a table with an index.
  @Test func aGapAmongNumbersAboveMayBeNames() throws {
    let text = ",2019,2020\n0,1,2\n1,3,4\n"
    #expect(
      throws: CSVReader.Failure.mistakes(
        [.init(line: 1, column: "c0", message: "empty")], count: 1, .header(line: 1))
    ) { try Self.read(text) }
    #expect(try Self.read(text) { $0.header = 1 }.table.names == ["c0", "2019", "2020"])
  }

  @Test func emptyLinesOfOneColumnAreCells() throws {
    #expect(throws: CSVReader.Failure.self) { try Self.read("x\n1\n\n3\n") }
    let (table, _) = try Self.read("x\n\n1\n\"\"\n3\n\n") { $0.missing = -1 }
    #expect(table.columns == [[-1, 1, -1, 3, -1]])
    let (rest, _) = try Self.read("x\r\n1\r\n\r\n3\r\n") { $0.skips = true }
    #expect(rest.columns == [[1, 3]])
    // Of several columns an empty line has no cell.
    #expect(try Self.read("\nx,y\n\n1,2\n \n3,4\n\n").columns == [[1, 3], [2, 4]])
    #expect(
      try Self.read("x\n\n5\n") {
        $0.header = 1; $0.missing = 0
      }.table.columns == [[0, 5]])
  }

  @Test func columnsAreChosenByName() throws {
    let text = ",day,\"a, b\",x\n0,2020-01-01,1,2\n1,2020-01-02,3,\n"
    let (table, remarks) = try Self.read(text) {
      $0.columns = ["x", "a, b"]
      $0.missing = 9
    }
    #expect(table == NumberTable(names: ["x", "a, b"], columns: [[2, 9], [1, 3]]))
    #expect(remarks == ["column 1 has no name and is called c0"])
    #expect(throws: CSVReader.Failure.noColumn("z", among: ["c0", "day", "a, b", "x"])) {
      try Self.read(text) { $0.columns = ["z"] }
    }
    #expect(throws: CSVReader.Failure.repeatedName("x", first: 1, second: 3)) {
      try Self.read("x,y,x\n1,2,3\n") { $0.columns = ["x"] }
    }
    #expect(NumberTable.names(in: "x, \"a, b\",y") == ["x", "a, b", "y"])
    #expect(NumberTable.names(in: NumberTable.list(["a, b", "c\"d", ""])) == ["a, b", "c\"d", ""])
  }

  @Test func decimalSignsAreNotGuessed() throws {
    let both: [(String, UInt8?, [[Double]]?)] = [
      ("x;y\n1,5;2\n2,25;-3,5e2\n", nil, [[1.5, 2.25], [2, -350]]),
      ("x;y\n1.234,5;1\n2;3\n", nil, [[1234.5, 2], [1, 3]]),
      ("x;y\n1,234.5;1\n2.5;3\n", nil, [[1234.5, 2.5], [1, 3]]),
      ("x;y\n1.234.567;1\n2,5;3\n", nil, [[1_234_567, 2.5], [1, 3]]),
      ("x;y\n1,5;1\n2.5;3\n", nil, nil), ("x;y\n1.5;1\n2,5;3\n", nil, nil),
      ("x,y\n\"1,5\",1\n", nil, nil), ("x,y\n\"1,500\",1\n", nil, nil),
      ("x,y\n\"1,5\",1\n", UInt8(ascii: ","), [[1.5], [1]]),
      ("x,y\n\"1,500\",1\n", UInt8(ascii: "."), [[1500], [1]]),
      ("x,y\n\"1,500\",1\n", UInt8(ascii: ","), [[1.5], [1]]),
      ("x,y\n\"1,500.25\",1\n", nil, [[1500.25], [1]]),
      ("x;y\n1.500;1\n", UInt8(ascii: ","), [[1500], [1]]),
      ("x;y\n1.50;1\n", UInt8(ascii: ","), nil), ("x;y\n12.3.2020;1\n", nil, nil),
      (
        "x;y\n1\u{A0}234,5;\u{2212}2\n1\u{202F}000\u{202F}000;3\n", nil, [[1234.5, 1e6], [-2, 3]]
      ),
      ("x;y\n1\u{A0}23,5;2\n", nil, nil), ("x|y\n1,5|2\n", nil, [[1.5], [2]]),
      ("sep=;\nx;y\n1,5;2\n", nil, [[1.5], [2]]),
    ]
    for (text, sign, columns) in both {
      #expect((try? Self.read(text) { $0.decimal = sign })?.table.columns == columns, "\(text)")
    }
    for (text, isTold) in [
      ("x;y\n1,234;1\n", true), ("x\ty\n1,234\t1\n", true), ("x;y\n1.234;1\n", true),
      ("x;y\n1,234;1,5\n", false), ("x;y\n0,234;1\n", false), ("x,y\n1.234,1\n", false),
    ] {
      #expect(try Self.read(text) { _ in }.remarks.isEmpty != isTold, "\(text)")
    }
  }

  @Test func blanksAndCommentsAreReadAsNumPyWritesThem() throws {
    let xy = NumberTable(names: ["x", "y"], columns: [[1, 3], [2, 4]])
    #expect(try Self.read("x y\n  1  2 \n3 4\n") == xy)
    #expect(try Self.read("# made today, by hand\nx,y\n1,2\n# a remark\n3,4\n") == xy)
    #expect(try Self.read("# x,y\n1,2\n3,4\n#\n") == xy)
    #expect(try Self.read("#x y\n1 2\n3 4\n") == xy)
    // One column with blanks in its name; a row of texts with blanks is none of numbers.
    #expect(try Self.read("length in m\n1\n2\n").names == ["length in m"])
    #expect(try Self.read("x,y,\n1,2,\n3,4,\n") == xy)
    #expect(try Self.read("x,y\n1,2,\n3,4,\n") == xy)
    #expect(throws: CSVReader.Failure.self) { try Self.read("x,y\n1,2,\n3,4,5\n") }
    #expect(throws: CSVReader.Failure.self) { try Self.read("x,y,\n1,2,\n3,4,5\n") }
    #expect(try Self.read("x,y\n\"a\",1,2\n\"b\",3,4\n") { $0.columns = ["x", "y"] }.table == xy)
    // What a spreadsheet writes for an error is no comment, and a row with all its cells neither.
    for error in ["#DIV/0!", "#N/A", "# 1"] {
      #expect(throws: CSVReader.Failure.self) { try Self.read("x,y\n1,2\n\(error),4\n") }
    }
    #expect(throws: CSVReader.Failure.self) { try Self.read("x\n1\n#DIV/0!\n") }
  }

  @Test func otherCharactersAreTold() throws {
    var reader = CSVReader()
    _ = reader.take(
      Array("gr".utf8) + [0xF6, 0xDF] + Array("e,".utf8) + [0x80] + Array("\n1,2\n".utf8))
    #expect(try reader.finish().names == ["größe", "€"])
    #expect(reader.remarks.count == 1)
    for isBig in [false, true] {
      var reader = CSVReader()
      for unit in "\u{FEFF}größe\t𝑥\n1\t2\n".utf16 {
        let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        for byte in isBig ? pair.reversed() : pair { _ = reader.take([byte]) }
      }
      #expect(try reader.finish().names == ["größe", "𝑥"])
    }
  }

  /// What Polars, which takes `nan` for a text, reads as well.
  @Test func numbersAreWrittenForEveryReader() throws {
    let table = NumberTable(names: ["x"], columns: [[.nan, .infinity, -.infinity, -0.0, 1e-300]])
    let text = String(decoding: CSVWriter.bytes(of: table), as: UTF8.self)
    #expect(text == "x\nNaN\ninf\n-inf\n-0\n1e-300\n")
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
