import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `:load` and `:save` with real files.
@Suite struct FileCommandTests {
  /// A session at random, of which everything can be saved.
  private static func script(seed: Int) -> (text: String, names: [String]) {
    var state = UInt64(seed)
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let numbers = [
      "2", "0.1", "1/3", "-4.75", "1e-300", "12345.678901234567", "0/0", "-0.0", "1e200",
    ]
    let functions = ["sin", "exp", "tanh", "sqrt", "abs", "relu"]
    var lines = ["f(t, k=2) = t^k + 1", "g(t) = { s = t*t; s + s*2 }", "x = 1.5; z = -2/3"]
    var names = ["x", "z"]
    func name() -> String { names[random(names.count)] }
    for place in 0..<40 {
      let fresh = "n\(place)"
      switch random(12) {
      case 0, 1: lines.append("\(fresh) = \(numbers[random(numbers.count)])")
      case 2: lines.append("\(fresh) = \(name()) * \(name()) - \(name()) / 3")
      case 3: lines.append("\(fresh) = \(functions[random(functions.count)])(\(name())) ^ 2")
      case 4: lines.append("\(fresh) = f(\(name())) + f(\(name()), k=3)")
      case 5: lines.append("\(fresh) = g(\(name()))")
      case 6: lines.append("\(fresh) := \(name()) + 2*\(name())")
      case 7:
        lines.append("param \(fresh) = \(numbers[random(5)])")
        lines.append("for i in 1...7 { \(fresh) -= 0.01 * \(fresh) * i }")
      case 8:
        lines.append("\(fresh) = 0")
        lines.append("for i in 1...4 { \(fresh) = \(fresh) + i * \(name()) }")
      case 9: lines.append("\(fresh) = sum([\(name()), \(name()), 3] * [0.1, 0.2, \(name())])")
      case 10: lines.append("\(fresh) = if \(name()) > 0 then \(name()) else -\(name())")
      default:
        // A name gets another number; what was computed with the old one keeps it.
        lines.append("\(["x", "z"][random(2)]) = \(numbers[random(5)])")
        continue
      }
      names.append(fresh)
    }
    return (lines.joined(separator: "\n") + "\n", names)
  }

  @Test(arguments: 1...12) func aSavedSessionHasTheSameValuesAndDerivatives(_ seed: Int) throws {
    let folder = try Folder()
    let (text, names) = Self.script(seed: seed)
    let script = try folder.write("script.nabla", text)
    let saved = try folder.write("saved.nabla", "")
    let ask = try folder.write("ask.nabla", names.joined(separator: "\n") + "\n")
    let save = try folder.write("save.nabla", ":save saved.nabla\n")
    let options = ["-q", "-f", "json", "--no-nodes"]
    let original = Run(options + [script, save, ask])
    #expect(original.status == 0, "\(original.errors)")
    let again = Run(options + [saved, ask])
    #expect(again.status == 0, "\(again.errors)")
    let (one, other) = (original.lines, again.lines)
    #expect(one.count == names.count && other.count == names.count)
    for ((name, a), b) in zip(zip(names, one), other) {
      // Names stand in another order in a gradient; everything else is the same to the last bit.
      let (first, second) = (try JSON(a), try JSON(b))
      #expect(first["value"] == second["value"], "\(seed): \(name)")
      #expect(first["gradient"] == second["gradient"], "\(seed): \(name)")
    }
    // What was saved is saved the same again.
    let twice = try folder.write("twice.nabla", "")
    let resave = try folder.write("resave.nabla", ":save twice.nabla\n")
    #expect(Run(["-q", saved, resave]).status == 0)
    #expect(Run(options + [twice, ask]).output == again.output)
  }

  /// Tables, optimizers and calls with options are saved; what is not saved is named, and not counted.
  @Test func nothingIsLeftOutInSilence() throws {
    let folder = try Folder()
    try folder.write("points.csv", "x,y\n0,1\n1,3\n")
    let script = try folder.write(
      "script.nabla",
      """
      d = load_csv("points.csv")
      file = "~/x"; o = adam(lr=0.1, beta1=0.5); q = sgd(lr=0.1, momentum=0.9)
      s = 2; A = [[1, 2], [3, 4]]; r = s + sum(A, axis=0); t = 0
      for i in 1...2 { t = t + (A*s).T @ (A*s) + norm(A*s, ord=1, axis=0) + full([2], s)*i }
      z = concat([s, 1], d.x)
      param w = 1
      backward(w^2); step(q)
      l = [1, 2]
      :save saved.nabla
      """)
    let run = Run([script])
    #expect(run.status == 0)
    #expect(run.errors.contains("note: saved 11 names to"))
    #expect(run.errors.contains("'w.grad' was not saved"))
    #expect(run.errors.contains("'q' begins anew: what it remembers of its steps was not saved"))
    #expect(run.errors.split(separator: "\n").count == 3)
    let ask = try folder.write("ask.nabla", "r\nt\nz\nw\nprint d, d.y, o, q, file, l\n")
    let saved = "\(folder.path)/saved.nabla"
    let options = ["-q", "-f", "json", "--no-nodes"]
    #expect(Run(options + [saved, ask]).output == Run(options + [script, ask]).output)
    // A table that its file does not have any more is named.
    let over = Run(
      input: """
        g = load_csv("\(folder.path)/points.csv"); k = 1
        save_csv("\(folder.path)/points.csv", [[5, 6]], "x,y")
        :save \(folder.path)/over.nabla
        """)
    #expect(over.errors.contains("saved 1 name to"))
    #expect(over.errors.contains("'g' is a table and was not saved"))
  }

  @Test func aForeignFileIsNotReplacedUnasked() throws {
    let folder = try Folder()
    let path = try folder.write("mine.nabla", "x = 1\n")
    let run = Run(["-k"], input: "y = 2\n:save \(path)\n")
    #expect(run.status == 1)
    #expect(run.errors.contains("is there and was not written by ':save'"))
    #expect(run.errors.contains("hint: ':save! \(path)' replaces it"))
    #expect(Self.text(of: path) == "x = 1\n")
    #expect(Run(input: "y = 2\n:save! \(path)\n").status == 0)
    #expect(Self.text(of: path)?.hasPrefix("# a session of nabla") == true)
    // Its own file may be replaced by ':save'.
    #expect(Run(input: "y = 3\n:save \(path)\n").status == 0)
    #expect(Self.text(of: path)?.contains("y = 3") == true)
  }

  /// A file that may not grow beyond 1 block: the old one stays, and nothing lies about beside it.
  @Test func aFailedWriteLeavesTheOldFile() throws {
    let folder = try Folder()
    let path = try folder.write("work.nabla", "# a session of nabla\nx = 1\n")
    let script = try folder.write(
      "large.nabla", (1...3000).map { "x\($0) = \($0).25\n" }.joined() + ":save work.nabla\n")
    let run = Run(["-c", "ulimit -f 1; exec '\(Child.program)' '\(script)'"], program: "/bin/sh")
    #expect(run.status == 1)
    #expect(run.errors.contains("cannot write"))
    #expect(Self.text(of: path) == "# a session of nabla\nx = 1\n")
    #expect(Self.names(in: folder.path).sorted() == ["large.nabla", "work.nabla"])
  }

  @Test(arguments: [
    ("/dev/null/a.nabla", "Not a directory"), ("/tmp", "it is a directory"),
    ("/dev/full", "it is not a regular file"),
  ])
  func whatCannotBeWrittenIsSaid(_ path: String, _ reason: String) {
    let run = Run(input: "x = 1\n:save! \(path)\n")
    #expect(run.status == 1)
    #expect(run.errors.contains("cannot write '\(path)': \(reason)"))
  }

  @Test(arguments: [
    ("/dev/null/a.nabla", "Not a directory"), ("/tmp", "it is a directory"),
    ("/dev/zero", "it is not a regular file"),
  ])
  func whatCannotBeLoadedIsSaid(_ path: String, _ reason: String) {
    let run = Run(input: ":load \(path)\n")
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("-:1:7: error: cannot load '\(path)': \(reason)\n"))
  }

  @Test func aFileThatLoadsItselfIsRefusedWithTheChain() throws {
    let folder = try Folder()
    let a = try folder.write("a.nabla", "x = 1\n:load b.nabla\n")
    let b = try folder.write("b.nabla", "y = 2\n:load ./a.nabla\n")
    let inner = "\(folder.path)/./a.nabla"
    let run = Run([a])
    #expect(run.status == 1)
    #expect(
      run.errors.hasPrefix(
        "\(b):2:7: error: '\(inner)' loads itself: \(a) → \(b) → \(inner)\n"))
    #expect(Run(input: ":load \(a)\n").errors.contains("loads itself: \(a) → \(b) → \(inner)"))
  }

  @Test func anErrorInALoadedFileSaysWhereItIs() throws {
    let folder = try Folder()
    let path = try folder.write("a b.nabla", "x = 1\n\ny = x + nosuchname\nz = 3\n")
    let run = Run(["-k", "-f", "value"], input: ":load \(path)\nx\n:load \"\(path)\"  # quoted\n")
    #expect(run.errors.hasPrefix("\(path):3:9: error: unknown name 'nosuchname'\n"))
    #expect(run.output == "1\n")
    #expect(run.status == 1)
  }

  @Test func definitionsOfALoadedFileAreUndoneTogether() throws {
    let folder = try Folder()
    let path = try folder.write("a.nabla", "x = 1\ny = 2\nprint x + y\n")
    let run = Run(input: "x = 7\n:load \(path)\n:undo\n:vars\n:redo\n:vars\n")
    #expect(
      run.output == """
        3
        undone: :load \(path)
        x = 7
        done again: :load \(path)
        x = 1
        y = 2

        """)
  }

  @Test func theHomeFolderIsMeantByATilde() throws {
    let folder = try Folder()
    try folder.write("a.nabla", "print 42\n")
    let home = ["HOME=\(folder.path)"]
    #expect(Run(input: ":load ~/a.nabla\n", environment: home).output == "42\n")
    // Files of numbers as well, read and written.
    let text = """
      save_csv("~/x.csv", [[1, 2]], "a,b"); save_npy("~/x.npy", [3])
      print load_csv("~/x.csv").b, load_npy("~/x.npy")
      load_csv("~/none.csv")
      """
    let run = Run(["-k"], input: text, environment: home)
    #expect(run.output == "[2] [3]\n")
    #expect(run.errors.contains("cannot read '~/none.csv': No such file or directory"))
    #expect(Self.text(of: "\(folder.path)/x.csv") == "a,b\n1,2\n")
  }

  @Test func timeIsTold() {
    let run = Run(input: "x = 2\n:time x^3\n:time on\ny = x + 1\n:time off\ny = 2\n")
    let told = run.lines.filter { $0.hasPrefix("took ") }
    #expect(told.count == 2)
    #expect(told.allSatisfy { $0.hasSuffix(" and made 2 nodes") })
  }

  private static func text(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// Wherever the program was started, a script finds the data beside it; those of the place where it
  /// was started come first.
  @Test func dataLieBesideTheScript() throws {
    let folder = try Folder()
    let script = try folder.write("script.nabla", "print load_csv(\"points.csv\").x\n")
    _ = try folder.write("points.csv", "x\n1\n2\n")
    #expect(Run([script]).output == "[1, 2]\n")
    let missing = try folder.write("missing.nabla", "load_csv(\"none.csv\")\n")
    let run = Run([missing])
    #expect(run.errors.contains("'none.csv'") && run.status == 1)
  }
}
