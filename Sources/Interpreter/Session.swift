import Autodiff
import Syntax
import Tensors

/// What a program means: names, their values, and the machine that runs statements on them.
///
/// A value: a copy is an undo point. Text goes in by `feed`, outcomes come out of `next`, one at a
/// time and in order; nothing is printed here.
package struct Session: Sendable {
  package struct Options: Sendable {
    /// Where random numbers begin; nil for the usual place, and a note that says so.
    package var seed: UInt64?
    /// Whether a person is watching: definitions are echoed, and changes are remarked on.
    package var isInteractive = false
    /// Whether nan and inf are errors.
    package var isStrict = false
    /// Whether each statement says how long it took.
    package var isTimed = false
    /// What derivatives at kinks are.
    package var corners = CornerChoice.table
    /// How numbers are written in texts and messages.
    package var digits = Digits.significant(6)
    package var recursionLimit = 10_000
    package var nodeLimit = 200_000_000
    /// The most entries that an array made of sizes may have.
    package var entryLimit = Int.max
    /// Asked now and then during long runs; true ends the statement.
    package var isInterrupted: @Sendable () -> Bool = { false }
    /// Told of every step of training, and now and then of the turns of a loop.
    package var progress: (@Sendable (Progress) -> Void)?

    /// How files are reached; nil where they are not.
    package var files: FileAccess?
    package var precision = Precision()
    /// Whether the turns of a loop may run as a program; what comes out is the same.
    package var compilesLoops = true

    package init() {}
  }

  package var options: Options {
    didSet {
      (graph.cornerChoice, graph.precision) = (options.corners, options.precision)
      graph.cancellation = Cancellation(when: options.isInterrupted)
    }
  }
  /// Every setting there is, of this layer and of those around it.
  package internal(set) var settings = Settings(Options.settings.map(\.setting))
  package internal(set) var graph = Graph()
  var parser: Parser
  let builtins: [Builtin]

  /// By `NameID`.
  var bindings: [Binding] = []
  /// What the statement has changed, each name once: the way back when it fails.
  var journal: [Change] = []
  var undoing = Undoing()
  /// By `NameID`: the statement that gave the name its value, where one alone did; else empty.
  var definitions: [String] = []
  /// The name that the running statement defines, with its words, where it does nothing else.
  var definition: (name: NameID, text: String)?
  var typed = TypedLine()
  /// The lines of the session.
  var lines = LineStore()
  /// Whether a line was taken back or done again since the last one that changed something.
  var hasUndone = false
  /// The results that the running statement has forgotten.
  var forgottenResults: [NodeID]?
  /// Changes with every binding, so that answers of live formulas can be kept until then.
  var epoch = 0
  var liveAnswers: [NameID: (epoch: Int, value: Value)] = [:]

  var stack: [Value] = []
  var frames: [Frame] = []
  var loops: [LoopState] = []
  var scopes: [SubstitutionScope] = []
  /// The derivatives that the running statement has asked for, by the nodes that answer.
  var derivativeQuestions: [NodeID: DerivativeQuestion] = [:]
  /// Above 0 while only the number of an expression is wanted, not how it came about.
  var numbersOnly = 0
  /// How many derivatives have been asked for: tells whether an update was made from one.
  var differentiations = 0
  var differentiationsBefore = 0

  var input = Input()
  /// What is read on when the file that is being loaded has ended, innermost last.
  var outerInputs: [Input] = []
  var statementCode = Code()
  var outcomes: [Outcome] = []
  /// Whether a person watches once the files that are being loaded have ended.
  var isOuterInteractive = false
  /// What the running command asks of the outermost layer once it is done.
  var request: Outcome?
  /// Runs while a statement is timed.
  var stopwatch: Stopwatch?
  /// The rest of the line of `:time` is to be timed.
  var isTimingNext = false
  /// How many nodes were forgotten.
  var reclaimedCount = 0
  var savedGraphCount = 0
  var savedResultCount = 0
  /// Set when a person has stopped the running statement.
  var isStopped = false
  /// Set while a `grad` of which only the number is wanted is evaluated.
  var wantsNumber = false
  /// By `NameID`: the statement in which the name was last put into the journal.
  var journaled: [UInt32] = []
  var statementNumber: UInt32 = 0
  /// Whether `at` has ever given a name another value.
  var hasSubstituted = false
  /// By name: the nodes that it was bound to before, as long as anything else holds them.
  var formerNodes: [NameID: [NodeID]] = [:]
  var hasCompacted = false

  /// The latest bare results; `results.last` is `ans`.
  var results: [NodeID] = []
  package internal(set) var resultCount = 0
  var calls: [NodeID: CallRecord] = [:]
  var remarks = Remarks()
  /// Every name that some formula or function has ever read: only these can close a circle.
  var readNames: Set<NameID> = []
  /// For each `if` expression that is running: whether it looks at both sides.
  var ties: [Bool] = []

  var random = RandomState()
  /// As it was before the running statement.
  var savedRandom = RandomState()

  var sweep = NumericSweep()
  var builder = GradientBuilder()
  var tangents = TangentBuilder()
  var hessians = HessianBuilder()
  var jacobians = JacobianBuilder()
  var reach = Reach()
  var scopeInputs: (epoch: Int, inputs: [ScopeInput]) = (-1, [])
  var compactionThreshold = Session.smallestGraphToCompact
  var ticks = 0
  /// The statement in which training has told of its steps.
  var reportedTraining: UInt32 = 0
  /// The loops of the running statement that have come to their second turn.
  var hotLoops: [HotLoop] = []
  /// The turns that programs have run.
  package internal(set) var compiledTurns = 0
  /// Set in a copy of the session that runs one turn of a loop to see what it does.
  var recording: Recording?
  /// Set while the turn that a person has stopped is brought to its end.
  var isFinishingTurn = false
  /// The `minimize` that is running.
  var minimization: Minimization?
  /// What `backward` has added up and what optimizers remember.
  var imperative = Imperative()
  /// The statement in which `imperative` was last put into the journal.
  var imperativeStatement: UInt32 = 0
  /// How often nodes have moved.
  var compactionCount = 0

  static let smallestGraphToCompact = 16_384
  static let keptResults = 100
  static let frameLimit = 1_000_000

  package init(options: Options = Options()) {
    self.options = options
    parser = Parser(lessons: Lesson.all.map(\.name), trainings: Training.all.map(\.name))
    builtins = Builtin.intern(into: &parser.names)
    graph.cancellation = Cancellation(when: options.isInterrupted)
  }
}

/// A running piece of code.
struct Frame: Sendable {
  enum Kind: Sendable {
    case statement
    case live(LiveFormula)
    /// A part of the code around it, over the same locals; the stack has that height before it.
    case part(height: Int)
    /// A call: where its nodes begin and what it was given.
    case function(UserFunction, firstNode: Int, arguments: [NodeID])
  }

  var kind: Kind
  var code: Code
  var place = 0
  /// Where its locals begin on the stack.
  let base: Int
  let loopBase: Int
  let callSpan: Span
  /// For `f'(x)`: how often to differentiate the answer, and with respect to what.
  var primes = 0
  var primal: NodeID?
}

/// A call whose nodes are shown as one row.
package struct CallRecord: Sendable {
  package let function: NameID
  package var arguments: [NodeID]
  /// The first node that the call made.
  package var firstNode: NodeID
}

/// A loop that is running.
struct LoopState: Sendable {
  enum Source: Sendable {
    case range(first: Double)
    case array(NodeID)
    case list([Value])
  }

  let site: LoopSite
  let sources: [Source]
  var turn = 0
  let count: Int
}

/// An `at` that is being evaluated.
struct SubstitutionScope: Sendable {
  let names: [NameID]
  var leaves: [NodeID]
  var isUsed: [Bool]
  var substitution: Substitution
}

/// What has been remarked on already: each remark comes once.
struct Remarks: Sendable {
  var snapshots: Set<NameID> = []
  var histories: Set<NameID> = []
  var shadowed: Set<NameID> = []
  /// Names that are no params and that a derivative was taken with respect to.
  var trained: Set<NameID> = []
  /// Names that are no params any more, and the lines that made them so.
  var ceased: [NameID: Int] = [:]
  /// Steps of optimizers with a memory that nobody held.
  var loneSteps = 0
  /// What has been said of numbers beyond 2⁵³.
  var wholeNumbers: Set<String> = []
}
