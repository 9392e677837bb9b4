import Autodiff
import Syntax

/// One step of the stack machine that runs statements.
struct Instruction: Sendable {
  enum Operation: UInt8, Sendable {
    case number, text, interpolate, join, name, local, result
    case unary, binary, chainFirst, chainNext, chainEnd
    case jump, jumpIfFalse, andThen, orElse, ifThen, ifEnd
    case call, prime, list, group, index, attribute, enterAt, leaveAt
    case store, storeLocal, jumpIfSet, beginUpdate, storeUpdate, storeParameter
    case defineLive, defineFunction
    case show, drop, print, assert
    case beginLoop, nextTurn, endLoop
    case giveBack, giveNothing, endStatement, command, lesson, train, detach
  }

  var operation: Operation
  var flag: UInt8 = 0
  var count: UInt32 = 0
  /// Stands in `count` for a name that has no place in the frame.
  static let noSlot = Int(UInt32.max)

  /// A place in one of the code's lists, a name, a row, or a distance to jump.
  var payload: Int32 = 0
}

/// A call as it is written: the name, how many arguments stand by place, and the keywords after.
struct CallSite: Sendable {
  var name: NameID
  var positional: Int
  var keywords: [NameID]
  var nameSpan: Span
}

/// What an index writes between its brackets; the numbers stand on the stack.
enum IndexPattern: Sendable {
  case at
  case slice(hasStart: Bool, hasStop: Bool, hasStep: Bool)

  var isOfEntry: Bool {
    if case .at = self { true } else { false }
  }

  /// How many numbers stand on the stack for it.
  var operandCount: Int {
    switch self {
    case .at: 1
    case .slice(let hasStart, let hasStop, let hasStep):
      [hasStart, hasStop, hasStep].count { $0 }
    }
  }
}

/// A name with a place in the frame: a parameter, a loop variable or a name a function assigns.
struct Local: Sendable {
  var name: NameID
  /// Whether reading falls through to the session's name while nothing was assigned.
  var fallsThrough: Bool
}

/// Statements translated for the stack machine, with the place of each instruction in the source.
///
/// A class, so that a frame holds it without copying; it is written by `Lowering` alone.
final class Code: @unchecked Sendable {
  var instructions: [Instruction] = []
  var spans: [Span] = []
  var numbers: [Double] = []
  var texts: [String] = []
  var calls: [CallSite] = []
  var indices: [[IndexPattern]] = []
  var substitutions: [[NameID]] = []
  var locals: [Local] = []
  var loops: [LoopSite] = []
  var liveFormulas: [LiveFormula] = []
  var functions: [UserFunction] = []
  var commands: [(name: String, argument: String)] = []
  var lessons: [LessonSite] = []
  var trainings: [TrainingSite] = []
  /// Whether it asks for derivatives, so that its parameters and locals are worth tracking.
  var differentiates = false
  /// The text that spans point into; nil for the statement that is being read.
  var source: SourceText?
  /// Where `source` begins in the offsets of the spans.
  var base: UInt32 = 0

  func removeAll() {
    instructions.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    calls.removeAll(keepingCapacity: true)
    // Few statements have any of these, and to empty a list that is empty takes time as well.
    if !texts.isEmpty { texts.removeAll() }
    if !indices.isEmpty { indices.removeAll() }
    if !substitutions.isEmpty { substitutions.removeAll() }
    if !locals.isEmpty { locals.removeAll() }
    if !loops.isEmpty { loops.removeAll() }
    if !liveFormulas.isEmpty { liveFormulas.removeAll() }
    if !functions.isEmpty { functions.removeAll() }
    if !commands.isEmpty { commands.removeAll() }
    if !lessons.isEmpty { lessons.removeAll() }
    if !trainings.isEmpty { trainings.removeAll() }
    differentiates = false
    source = nil
  }
}

/// A lesson as it is written: its row, and where its subjects and the claim stand.
struct LessonSite: Sendable {
  var row: Int
  var subjects: [Span]
  var claim: Span?
}

/// A loop as it is written.
struct LoopSite: Sendable {
  enum Source: Sendable { case range(isClosed: Bool), entries }
  /// One for each name of `for`; empty for `repeat`.
  var sources: [Source]
  var slots: [Int]
}

/// `y := …`.
final class LiveFormula: Sendable {
  let name: NameID
  let code: Code
  /// The session names that the formula reads.
  let reads: Set<NameID>
  let text: String

  init(name: NameID, code: Code, reads: Set<NameID>, text: String) {
    (self.name, self.code, self.reads, self.text) = (name, code, reads, text)
  }
}

/// `f(x, k=2) = …`.
final class UserFunction: Sendable {
  let name: NameID
  let parameters: [NameID]
  /// How many parameters must be given; those after them have defaults.
  let required: Int
  let code: Code
  let reads: Set<NameID>
  /// The names that are its own where it assigns them, and else the session's.
  let mayRead: Set<NameID>
  let text: String

  init(
    name: NameID, parameters: [NameID], required: Int, code: Code, reads: Set<NameID>,
    mayRead: Set<NameID>, text: String
  ) {
    (self.name, self.parameters, self.required) = (name, parameters, required)
    (self.code, self.reads, self.mayRead, self.text) = (code, reads, mayRead, text)
  }
}
