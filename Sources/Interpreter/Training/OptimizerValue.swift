import Autodiff
import Optimization
import Syntax

/// An optimizer with the numbers chosen for it; what it remembers is kept by the session.
struct OptimizerValue: Sendable {
  var chosen: Hyperparameters
  /// Under which the session keeps what it remembers.
  let serial: Int

  /// `adam(lr=0.1)`: the numbers that are not the usual ones, and the rate.
  func text(_ number: (Double) -> String) -> String {
    let shown = zip(chosen.row.hyperparameters, chosen.values).filter { row, value in
      row.name == "lr" || value != row.standard
    }
    let words = shown.map { "\($0.0.name)=\(number($0.1))" }
    return "\(chosen.row.name)(\(words.joined(separator: ", ")))"
  }
}

extension Session {
  /// `adam(lr=0.1)`; the arguments stand on the stack.
  mutating func optimizer(_ row: Optimizer, _ site: CallSite, at span: Span) throws(Diagnostic)
    -> OptimizerValue
  {
    let given = site.positional + site.keywords.count
    let values = Array(stack.suffix(given))
    stack.removeLast(given)
    var chosen = Hyperparameters(of: row)
    guard site.positional <= row.hyperparameters.count else {
      throw .arity(
        row.usage, takes: "at most \(row.hyperparameters.count) arguments", given: given, at: span)
    }
    if site.positional > 0, holdsParams(values[0]) { throw .optimizerOfParams(row.name, at: span) }
    var places = Array(0..<site.positional)
    for keyword in site.keywords {
      guard let place = chosen.place(of: name(keyword)) else {
        throw .noKeyword(name(keyword), row.usage, at: span)
      }
      guard !places.contains(place) else { throw .givenTwice(name(keyword), at: span) }
      places.append(place)
    }
    for (place, value) in zip(places, values) {
      let parameter = row.hyperparameters[place]
      guard case .node(let id) = value else { throw .needsNumber(value.kind, at: span) }
      guard graph.isScalar(id) else { throw .needsOneNumber(graph.shape(of: id), at: span) }
      let number = graph.scalar(of: id)
      guard parameter.range.holds(number) else {
        throw .hyperparameter(
          row.name, parameter.name, self.number(number), wanted: parameter.range.words, at: span)
      }
      chosen.values[place] = number
    }
    if let conflict = row.conflict(chosen) { throw .hyperparameters(conflict, at: span) }
    rememberImperative()
    imperative.serial += 1
    return OptimizerValue(chosen: chosen, serial: imperative.serial)
  }

  /// Whether an argument is made of params, which other libraries want first.
  private mutating func holdsParams(_ value: Value) -> Bool {
    switch value {
    case .node(let id): return !paramsBehind(id).isEmpty && (!graph.isScalar(id) || isParam(id))
    case .list(let values):
      for value in values where holdsParams(value) { return true }
      return false
    default: return false
    }
  }

  private func isParam(_ id: NodeID) -> Bool {
    let tag = graph.tag(of: id)
    guard tag != .none, case .parameter(id) = bindings[Int(tag.rawValue)] else { return false }
    return true
  }
}
