@preconcurrency import CGetOpt
import Display
import Interpreter

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the command line asks for.
struct Arguments: Sendable {
  var expressions: [String] = []
  /// `name=value`: statements that run before anything else.
  var bindings: [String] = []
  var files: [String] = []
  /// Settings with the values they were given, in their order.
  var choices: [(name: String, value: String)] = []
  var showsNodes = true
  var readsConfiguration = true
  var keepsGoing = false
  var isQuiet = false
  var keepsHistory = true
  var wantsHelp = false
  var wantsVersion = false
  /// What is to be written instead of a session.
  var companion: Companion?

  /// A command line that makes no sense.
  struct Problem: Error {
    var message: String
  }

  /// Reads a command line; the C library's `getopt_long` takes it apart by the option table.
  static func read(_ words: [String]) -> Result<Arguments, Problem> {
    var arguments = Arguments()
    var longOptions: [option] = []
    // A colon in front makes getopt_long tell a missing argument from an unknown option.
    var letters = ":"
    for (place, row) in OptionRow.all.enumerated() {
      if let short = row.short { letters += row.argument == nil ? "\(short)" : "\(short):" }
      longOptions.append(
        option(
          name: UnsafePointer(strdup(row.long)), has_arg: row.argument == nil ? 0 : 1, flag: nil,
          val: code(at: place)))
    }
    longOptions.append(option())
    defer { for entry in longOptions { free(UnsafeMutablePointer(mutating: entry.name)) } }
    opterr = 0
    let vector = CommandLine.unsafeArgv
    while true {
      let next = Int(optind)
      let code = getopt_long(Int32(words.count), vector, letters, longOptions, nil)
      if code == -1 { break }
      guard let row = row(of: code) else {
        let last = max(next, Int(optind) - 1)
        return .failure(problem(code, word: vector[last].map { String(cString: $0) } ?? ""))
      }
      if let complaint = row.apply(&arguments, optarg.map { String(cString: $0) } ?? "") {
        return .failure(Problem(message: complaint))
      }
    }
    for place in Int(optind)..<max(Int(optind), words.count) {
      guard let word = vector[place].map({ String(cString: $0) }) else { break }
      if !arguments.expressions.isEmpty, looksLikeFile(word) {
        return .failure(
          Problem(
            message: "'\(word)' is a file, but with -e every word is an expression; "
              + "-e ':load \(word)' runs it"))
      }
      arguments.take(word)
    }
    return .success(arguments)
  }

  /// What `getopt_long` is to call the option at that place of the table.
  private static func code(at place: Int) -> Int32 {
    OptionRow.all[place].short?.asciiValue.map(Int32.init) ?? Int32(1000 + place)
  }

  private static func row(of code: Int32) -> OptionRow? {
    OptionRow.all.indices.first { self.code(at: $0) == code }.map { OptionRow.all[$0] }
  }

  private mutating func take(_ word: String) {
    if isBinding(word) {
      bindings.append(word)
    } else if expressions.isEmpty {
      files.append(word)
    } else {
      expressions.append(word)
    }
  }

  /// Whether a word names a script, which no expression would look like.
  private static func looksLikeFile(_ word: String) -> Bool {
    word.hasSuffix(".nabla") || word.contains("/") && access(word, R_OK) == 0
  }

  /// Whether a word reads `name=value`, and not `a==b` or a path.
  private func isBinding(_ word: String) -> Bool {
    guard let sign = word.firstIndex(of: "=") else { return false }
    let name = word[..<sign]
    let isName = name.first.map { $0.isLetter || $0 == "_" } ?? false
    let rest = word[word.index(after: sign)...]
    return isName && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      && rest.first != "="
  }

  private static func problem(_ code: Int32, word: String) -> Problem {
    if code == Int32(UInt8(ascii: ":")) {
      return Problem(message: "option '\(word)' needs a value; see nabla --help")
    }
    let name = String(word.drop { $0 == "-" }.prefix { $0 != "=" })
    let nearest = nearest(to: name, among: OptionRow.all.map(\.long))
    let hint = nearest.map { "; did you mean '--\($0)'?" }
    return Problem(message: "unknown option '\(word)'\(hint ?? "; see nabla --help")")
  }
}
