import Testing

/// Every format on the built program, and numbers that read back as themselves.
@Suite struct FormatTests {
  private let script = "x1 = 2; x2 = 3\nx1*x2 + x2*4.3 + 30\n"

  @Test(arguments: [
    ("value", "48.9\n"), ("line", "48.9  ∂x1 = 3  ∂x2 = 6.3\n"),
    ("csv", "value,x1,x2\n48.9,3,6.3\n"), ("tsv", "value\tx1\tx2\n48.9\t3\t6.3\n"),
    (
      "table",
      """
       #  node            value  ∂/∂node
       1  x1                  2        3
       2  x2                  3      6.3
       3  v3  = x1 * x2       6        1
       4  4.3               4.3        3
       5  v5  = x2 * 4.3   12.9        1
       6  v6  = v3 + v5    18.9        1
       7  30                 30        1
       8  ans = v6 + 30    48.9        1

      """
    ),
    (
      "markdown",
      """
      | # | node | value | ∂/∂node |
      |--:|:--|--:|--:|
      | 1 | `x1` | 2 | 3 |
      | 2 | `x2` | 3 | 6.3 |
      | 3 | `v3 = x1 * x2` | 6 | 1 |
      | 4 | `4.3` | 4.3 | 3 |
      | 5 | `v5 = x2 * 4.3` | 12.9 | 1 |
      | 6 | `v6 = v3 + v5` | 18.9 | 1 |
      | 7 | `30` | 30 | 1 |
      | 8 | `ans = v6 + 30` | 48.9 | 1 |


      """
    ),
  ])
  func isWritten(_ format: String, _ wanted: String) {
    let run = Run(["--format", format], input: script)
    #expect(run.output == wanted)
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func jsonHoldsEverything() throws {
    let run = Run(["--format", "json"], input: script)
    #expect(run.lines.count == 1)
    let object = try JSON(run.output)
    guard case .object(let entries) = object else {
      Issue.record("no object")
      return
    }
    #expect(
      Set(entries.keys) == ["statement", "line", "value", "shape", "gradient", "nodes", "notes"])
    #expect(object["statement"] == .string("x1*x2 + x2*4.3 + 30"))
    #expect(object["line"] == .number(2))
    #expect(object["value"] == .number(48.9))
    #expect(object["shape"] == .list([]))
    #expect(object["gradient"] == .object(["x1": .number(3), "x2": .number(6.3)]))
    #expect(object["notes"] == .list([]))
    let nodes: [(String, String, [Double], Double, Double)] = [
      ("x1", "input", [], 2, 3), ("x2", "input", [], 3, 2 + 4.3),
      ("v3", "multiply", [1, 2], 6, 1), ("4.3", "constant", [], 4.3, 3),
      ("v5", "multiply", [2, 4], 3 * 4.3, 1), ("v6", "add", [3, 5], 6 + 3 * 4.3, 1),
      ("30", "constant", [], 30, 1), ("ans", "add", [6, 7], 6 + 3 * 4.3 + 30, 1),
    ]
    for (place, node) in nodes.enumerated() {
      let entry = try #require(object["nodes"]?[place])
      #expect(entry["index"] == .number(Double(place + 1)))
      #expect(entry["name"] == .string(node.0))
      #expect(entry["operation"] == .string(node.1))
      #expect(entry["operands"] == .list(node.2.map(JSON.number)))
      #expect(entry["value"] == .number(node.3))
      #expect(entry["partial"] == .number(node.4))
      #expect(entry["marks"] == .list([]))
    }
    #expect(object["nodes"]?[nodes.count] == nil)
  }

  @Test func jsonLeavesNodesOut() throws {
    let run = Run(["--format", "json", "--no-nodes", "-e", "x^2", "x=3"])
    let object = try JSON(run.output)
    #expect(object["nodes"] == nil)
    #expect(object["gradient"] == .object(["x": .number(6)]))
  }

  @Test func jsonTellsErrorsAndTexts() throws {
    let run = Run(
      ["--format", "json", "-k"],
      input: "print \"a \\\"b\\\" \\\\ \\t é 🙂\"\nsine(1)\n1 + \u{1B}2\nx = 0; abs(x)\nsqrt(x)\n")
    let objects = try run.lines.map { try JSON($0) }
    #expect(objects.count == 5)
    #expect(objects[0] == .object(["text": .string("a \"b\" \\ \t é 🙂")]))
    let error = try #require(objects[1]["error"])
    #expect(error["message"] == .string("unknown name 'sine'"))
    #expect(error["line"] == .number(2))
    #expect(error["column"] == .number(1))
    #expect(error["hint"] == .string("did you mean 'sin'?"))
    #expect(objects[2]["error"]?["hint"] == .null)
    #expect(objects[3]["nodes"]?[1]?["marks"]?[0]?["kind"] == .string("kink"))
    #expect(objects[4]["gradient"] == .object(["x": .string("inf")]))
    #expect(objects[4]["notes"] != .list([]))
    #expect(run.errors.contains("-:2:1: error: unknown name 'sine'"))
    #expect(!run.outputBytes.contains(0x1B))
  }

  private static let numbers: [Double] = [
    0, -0.0, 1, -1, 0.1, 1.0 / 3, 2.0 / 3, 1e22, 1e23, 123_456_789, 9_007_199_254_740_992,
    .leastNonzeroMagnitude, .leastNormalMagnitude, .leastNormalMagnitude.nextDown,
    .greatestFiniteMagnitude, 1e-5, 1e-4, 0.30000000000000004, 100, 1e15, 1e16, 1e17, 4.35, 0.5,
    1.5e300, 6.02214076e23, .pi,
  ]

  @Test(arguments: ["json", "csv", "tsv", "value"])
  func everyNumberReadsBackAsItself(_ format: String) throws {
    // Enough numbers of every size that a careless digit shows.
    var generator = SplitMix(state: 42)
    var numbers = Self.numbers
    while numbers.count < 400 {
      let number = Double(bitPattern: generator.next())
      if number.isFinite { numbers.append(number) }
    }
    let input = numbers.map { "x = \($0)\nx\n" }.joined()
    let run = Run(["--format", format, "--quiet"], input: input)
    #expect(run.status == 0)
    var read: [Double?] = []
    for line in run.lines {
      switch format {
      case "json":
        let object = try JSON(line)
        read.append(object["value"]?.double)
        #expect(object["nodes"]?[0]?["value"] == object["value"])
      case "value": read.append(Double(line))
      default:
        if line.hasPrefix("value") { continue }
        let field = line.split(separator: format == "csv" ? "," : "\t").first
        read.append(field.flatMap { Double($0) })
      }
    }
    #expect(read.map { $0?.bitPattern } == numbers.map(\.bitPattern))
  }

  @Test(arguments: ["json", "csv", "line", "value", "table"])
  func nothingPassesUnexplained(_ format: String) {
    for expression in ["1/x", "log(x - 1)", "0/x", "sqrt(x)"] {
      let run = Run(["--format", format, "-e", expression, "x=0"])
      let said = run.errors.contains("note: ") || run.output.contains("\"notes\": [\"")
      // The bare number of `value` shows no derivative, so an infinite slope needs no word.
      #expect(said, "\(expression) as \(format)")
    }
  }

  @Test func recordsNameTheirColumnsAnew() {
    let run = Run(["-f", "csv"], input: "x = 1\nx\ny = 2\nx*y\nx + y\n")
    #expect(run.lines == ["value,x", "1,1", "value,x,y", "2,2,1", "3,1,1"])
  }
}

/// A generator whose numbers are the same in every run.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
