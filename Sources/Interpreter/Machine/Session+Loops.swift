import Autodiff
import Syntax
import Tensors

extension Session {
  /// Takes what a loop runs over from the stack.
  mutating func beginLoop(_ site: LoopSite, at span: Span) throws(Diagnostic) {
    guard !site.sources.isEmpty else {
      let turns = try popCount("repeat", at: span)
      loops.append(LoopState(site: site, sources: [], count: turns))
      return
    }
    var sources: [LoopState.Source] = []
    var counts: [Int] = []
    for source in site.sources.reversed() {
      let (loopSource, turns) =
        switch source {
        case .range(let isClosed): try popRange(isClosed: isClosed, at: span)
        case .entries: try popEntries(at: span)
        }
      sources.insert(loopSource, at: 0)
      counts.insert(turns, at: 0)
    }
    guard Set(counts).count == 1 else { throw .lengths(counts, at: span) }
    loops.append(LoopState(site: site, sources: sources, count: counts[0]))
  }

  private mutating func popCount(_ purpose: String, at span: Span) throws(Diagnostic) -> Int {
    let id = try popNode(at: span)
    let value = graph.scalar(of: id)
    guard graph.isScalar(id), let count = Int(exactly: value), count >= 0 else {
      throw .needsCount(telling(id), purpose, at: span)
    }
    return count
  }

  private mutating func popRange(isClosed: Bool, at span: Span) throws(Diagnostic) -> (
    LoopState.Source, Int
  ) {
    let last = try popNode(at: span)
    let first = try popNode(at: span)
    let bounds = (graph.scalar(of: first), graph.scalar(of: last))
    guard graph.isScalar(first), graph.isScalar(last), bounds.0.isFinite, bounds.1.isFinite else {
      throw .needsCount("\(telling(first)) to \(telling(last))", "a range", at: span)
    }
    let steps = bounds.1 - bounds.0
    let turns = isClosed ? (steps + 1).rounded(.down) : steps.rounded(.up)
    guard let count = Int(exactly: max(0, turns)) else {
      throw .needsCount(telling(turns), "a range", at: span)
    }
    return (.range(first: bounds.0), count)
  }

  private mutating func popEntries(at span: Span) throws(Diagnostic) -> (LoopState.Source, Int) {
    switch try pop(at: span) {
    case .list(let values): return (.list(values), values.count)
    case .node(let id):
      guard let count = graph.shape(of: id).dimensions.first else {
        throw Diagnostic(
          "for runs over an array or a range, found \(telling(id))", at: span,
          hint: "for i in 1...n counts from 1 to n")
      }
      return (.array(id), count)
    case .text, .nothing, .optimizer, .table, .part:
      throw Diagnostic("for runs over an array or a range", at: span)
    }
  }

  /// Sets the loop's variables for the next turn.
  ///
  /// - Returns: false when there is none.
  mutating func nextTurn(_ base: Int, at span: Span) throws(Diagnostic) -> Bool {
    let loop = loops[loops.count - 1]
    guard loop.turn < loop.count else { return false }
    loops[loops.count - 1].turn += 1
    for (slot, source) in zip(loop.site.slots, loop.sources) {
      let name = frames[frames.count - 1].code.locals[slot].name
      let value =
        isRecordingLoop
        ? try recordedEntry(loop.turn, of: source, name, at: span)
        : try entry(loop.turn, of: source, name, at: span)
      if case .node(let id) = value, frames[frames.count - 1].code.differentiates {
        graph.track(id)
      }
      store(value, inSlot: base + slot)
    }
    return true
  }

  /// A number of a range or of constant data is a constant; an entry of an input is a node.
  mutating func entry(
    _ turn: Int, of source: LoopState.Source, _ name: NameID, at span: Span
  ) throws(Diagnostic) -> Value {
    switch source {
    case .range(let first): return .node(graph.constant(first + Double(turn)))
    case .list(let values): return values[turn]
    case .array(let id):
      do throws(ShapeError) {
        let entry = try graph.apply(.index, [id], .items([.at(turn)]))
        graph.setTag(tag(name), of: entry)
        return .node(entry)
      } catch {
        throw .shape(error, [shown(id)], at: span)
      }
    }
  }
}
