/// What is found at a place of a text.
package enum Parsed: Sendable {
  /// A statement; `next` is where to go on.
  case statement(Statement, next: Int)
  /// Nothing but blanks, comments and separators up to the end of the text.
  case end
  /// A statement that the text does not hold to its end; the diagnostic says what is missing.
  case incomplete(Diagnostic)
  /// A statement that is wrong; `next` is where the following one starts.
  case failure(Diagnostic, next: Int)
}

/// Reads statements, one at a time, from the bytes of a text.
///
/// Expressions are read by one loop over an explicit stack: their depth is bounded by memory alone.
package struct Parser: Sendable {
  /// The names of all statements so far.
  package var names: NameTable
  /// The expressions of the last statement.
  package internal(set) var tree = SyntaxTree()
  /// What is worth saying about the last statement although it is right.
  package internal(set) var notes: [Diagnostic] = []

  var lexer = Lexer()
  /// Where the last token that belongs to the statement ended.
  var previousEnd: UInt32 = 0

  var stack = PendingStack()
  var operand = Operand()
  /// The names of the substitutions whose expressions are not complete.
  var substituted: [NameID] = []
  let bindings = Binding.all
  let multiply = Binding.multiply
  let power = Binding.power
  var nesting = Nesting()

  private let commands: Range<UInt32>
  let lessons: Range<UInt32>
  let trainings: Range<UInt32>
  /// `over`, `using`, `batch`, `every`, `until`, and the words inside of clauses.
  let clauseWords: Range<UInt32>
  /// The names in `Binding.words`, in their order.
  let operatorWords: Range<UInt32>
  /// What the steps made so far are called behind `using`.
  package let stepName: NameID
  let withoutGradientName: NameID
  /// The words of commands, lessons and operators that the text has bound to something of its own.
  var boundWords: Set<UInt32> = []

  /// What is open around the token.
  struct Nesting: Sendable {
    var brackets = 0
    var texts = 0
    /// `if` whose `else` has not come.
    var conditions = 0
    var blocks = 0
    var loops = 0
    var functions = 0
    /// Whether a clause may follow, whose words then end expressions.
    var isTraining = false
    /// Whether commas stand between the expressions of the statement.
    var takesItems = false
    /// Where the statement starts.
    var statement: UInt32 = 0
  }

  /// Makes a parser for which some words are commands where they open a line.
  ///
  /// A command's word is one when it stands alone or before what could not follow a name. The word
  /// of a lesson opens a statement as long as nothing is bound to it.
  package init(
    commands: [String] = ["help", "quit", "exit"], lessons: [String] = [],
    trainings: [String] = []
  ) {
    var names = NameTable()
    let first = UInt32(names.count)
    for word in commands + lessons + trainings { _ = names.intern(word) }
    self.commands = first..<first + UInt32(commands.count)
    self.trainings = UInt32(names.count - trainings.count)..<UInt32(names.count)
    self.lessons = self.commands.upperBound..<self.trainings.lowerBound
    for clause in TrainingSyntax.Clause.allCases where clause != .for {
      _ = names.intern(clause.rawValue)
    }
    for link in TrainingSyntax.Link.allCases { _ = names.intern(link.rawValue) }
    clauseWords = self.trainings.upperBound..<UInt32(names.count)
    stepName = names.intern("step")
    withoutGradientName = names.intern("no_grad")
    let firstOperator = UInt32(names.count)
    for word in Binding.words { _ = names.intern(word.spelling) }
    operatorWords = firstOperator..<UInt32(names.count)
    self.names = names
  }

  /// Reads the statement at an offset or behind the blank lines there.
  ///
  /// - Parameters:
  ///   - text: The bytes, which are read only during the call.
  ///   - offset: Where to begin.
  ///   - isFinal: Whether nothing more can follow the text, so that what is unfinished is wrong.
  /// - Returns: The statement, whose expressions are then in `tree`, or what kept it from being read.
  package mutating func parseStatement(
    in text: UnsafeBufferPointer<UInt8>, from offset: Int, isFinal: Bool
  ) -> Parsed {
    begin(text, at: offset)
    defer { lexer.text = UnsafeBufferPointer(start: nil, count: 0) }
    skipSeparators()
    guard token.kind != .end else { return .end }
    let start = Int(token.start)
    do throws(Failure) {
      var statement = try statement()
      let next = try endStatement(&statement)
      return .statement(statement, next: next)
    } catch {
      if case .unfinished(let diagnostic) = error, !isFinal { return .incomplete(diagnostic) }
      return .failure(error.diagnostic, next: resumption(after: error.diagnostic, from: start))
    }
  }

  /// The token that was read last.
  var token: Token {
    get { lexer.token }
    set { lexer.token = newValue }
  }

  func isCommand(_ name: UInt32) -> Bool { commands.contains(name) }

  /// Goes to the next token.
  mutating func advance() {
    previousEnd = lexer.token.end
    lexer.advance(interning: &names)
  }

  /// Goes to the next token without counting the present one to the statement.
  mutating func skip() {
    lexer.advance(interning: &names)
  }

  mutating func skipNewlines() {
    while token.kind == .newline { skip() }
  }

  mutating func skipSeparators() {
    while token.kind == .newline || token.kind == .semicolon { skip() }
  }

  private mutating func begin(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) {
    tree.removeAll()
    if !notes.isEmpty { notes = [] }
    stack.removeAll()
    if !substituted.isEmpty { substituted.removeAll() }
    nesting = Nesting()
    lexer.text = text
    lexer.position = offset
    previousEnd = UInt32(clamping: offset)
    skip()
  }

  /// Where to go on behind a mistake: on the next line, outside the blocks that were opened.
  private mutating func resumption(after diagnostic: Diagnostic, from start: Int) -> Int {
    var discarded = NameTable()
    var depth = 0
    lexer.position = start
    while true {
      lexer.advance(interning: &discarded)
      switch token.kind {
      case .end:
        return lexer.text.count
      case .invalid where token.fault == .looksLikeUTF16:
        return lexer.text.count
      case .quote:
        lexer.skipText(curly: token.payload == 1)
      case .openBrace:
        depth += 1
      case .closeBrace:
        depth = max(0, depth - 1)
      case .newline where depth == 0 && token.start >= diagnostic.span.start:
        return Int(token.end)
      default:
        break
      }
    }
  }
}

/// A place to which the parser can return.
struct Checkpoint {
  let token: Token
  let position: Int
  let previousEnd: UInt32
  let counts: (nodes: Int, numbers: Int, texts: Int, substitutions: Int, notes: Int)
}

extension Parser {
  var checkpoint: Checkpoint {
    Checkpoint(
      token: token, position: lexer.position, previousEnd: previousEnd,
      counts: (
        tree.nodes.count, tree.numbers.count, tree.texts.count, tree.substitutions.count,
        notes.count
      ))
  }

  /// Returns to a place between expressions and forgets what was read since.
  mutating func rewind(to place: Checkpoint) {
    token = place.token
    lexer.position = place.position
    previousEnd = place.previousEnd
    tree.nodes.removeLast(tree.nodes.count - place.counts.nodes)
    tree.numbers.removeLast(tree.numbers.count - place.counts.numbers)
    tree.texts.removeLast(tree.texts.count - place.counts.texts)
    tree.substitutions.removeLast(tree.substitutions.count - place.counts.substitutions)
    notes.removeLast(notes.count - place.counts.notes)
  }

  /// Goes past line ends to a token of some kind; stays in place where there is none.
  mutating func continueLine(where isContinuation: (Token) -> Bool) -> Bool {
    guard token.kind == .newline else { return isContinuation(token) }
    let place = (token, lexer.position)
    skipNewlines()
    if isContinuation(token) { return true }
    (token, lexer.position) = place
    return false
  }
}
