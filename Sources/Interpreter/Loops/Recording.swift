import Autodiff
import Syntax

/// What one turn of a loop does with names, noted while a copy of the session runs it.
///
/// A class, so that a session that records nothing is no larger for it; the copy alone has it.
final class Recording: @unchecked Sendable {
  /// The instruction at which a turn begins and ends.
  let head: Int
  /// How many frames there are when it does.
  let depth: Int
  /// The place of the loop among those that are running; nil for `while`.
  let loop: Int?
  /// Places on the stack from here on belong to calls of the turn.
  let stackHeight: Int
  /// What the turn has read before it wrote it.
  private(set) var reads: [Location] = []
  private(set) var writes: [Location] = []
  /// Numbers that go up by 1 from turn to turn, and what they are in turn 0.
  var counters: [(id: NodeID, first: Double)] = []
  var isComplete = false

  init(head: Int, depth: Int, loop: Int?, stackHeight: Int) {
    (self.head, self.depth, self.loop, self.stackHeight) = (head, depth, loop, stackHeight)
  }

  /// For an expression that is no turn of a loop.
  convenience init(ofPart stackHeight: Int) {
    self.init(head: -1, depth: -1, loop: nil, stackHeight: stackHeight)
  }

  func read(_ place: Location) {
    guard isOfTurn(place), !writes.contains(place), !reads.contains(place) else { return }
    reads.append(place)
  }

  func write(_ place: Location) {
    if isOfTurn(place), !writes.contains(place) { writes.append(place) }
  }

  /// Whether the place is there from turn to turn.
  private func isOfTurn(_ place: Location) -> Bool {
    if case .slot(let slot) = place { slot < stackHeight } else { true }
  }
}

extension Session {
  /// Does something in a copy of the session whose graph notes how it comes about.
  ///
  /// - Parameters:
  ///   - recording: notes what is done with names.
  ///   - limit: how many nodes may be made.
  ///   - body: does it, and makes of the trace what it likes.
  /// - Returns: what the body gives.
  mutating func record<Answer>(
    _ recording: Recording, nodes limit: Int, _ body: (inout Session, Trace) -> Answer?
  ) -> Answer? {
    let isInteractive = options.isInteractive
    return aside { trial in
      trial.options.isInteractive = isInteractive
      trial.options.files = nil
      trial.options.nodeLimit = min(trial.options.nodeLimit, trial.graph.count + limit)
      trial.liveAnswers.removeAll()
      trial.recording = recording
      trial.graph.lend(arrayWork: nil)
      let trace = Trace()
      trial.graph.trace = trace
      // Calls are remembered by their nodes, in whose places others will stand.
      let calls = trial.calls
      trial.calls = [:]
      let answer = body(&trial, trace)
      trial.calls = calls
      trial.graph.trace = nil
      trial.graph.takeBack()
      return answer
    }
  }

  /// Ends a recording that can come to nothing; false where there is none.
  mutating func leavesRecording() -> Bool {
    guard recording != nil else { return false }
    graph.trace?.isVoid = true
    frames.removeAll()
    return true
  }

  /// Whether the variables that are about to be set are those of the loop that is recorded.
  var isRecordingLoop: Bool {
    guard let recording else { return false }
    return recording.loop == loops.count - 1 && recording.depth == frames.count
  }

  /// The value of a loop's variable in the turn that is recorded, as something that is counted up.
  mutating func recordedEntry(
    _ turn: Int, of source: LoopState.Source, _ name: NameID, at span: Span
  ) throws(Diagnostic) -> Value {
    let value = try entry(turn, of: source, name, at: span)
    switch (source, value) {
    case (.range(let first), .node(let id)): count(id, from: first)
    case (.array, .node(let id)):
      let place = graph.constant(Double(turn))
      count(place, from: 0)
      graph.follow(id, places: [place])
    default: graph.trace?.isVoid = true
    }
    return value
  }

  private mutating func count(_ id: NodeID, from first: Double) {
    graph.track(id)
    recording?.counters.append((id, first))
  }
}
