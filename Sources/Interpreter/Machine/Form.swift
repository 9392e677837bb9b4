import Autodiff
import Syntax
import Tensors

/// A word that is called like a function and works on the graph rather than on numbers.
///
/// One row a form; help, completion and the reference walk the table.
package struct Form: Sendable {
  package let name: String
  package let parameters: [String]
  /// How many of the parameters may be left out.
  package let optional: Int
  /// Whether the second argument names a node, or several in brackets.
  let takesGroup: Bool
  /// Whether the third argument is a direction for each node of the second.
  var takesDirections = false
  package let sentence: String
  package let example: String
  let evaluate: @Sendable (inout Session, [Value], Span) throws(Diagnostic) -> Value

  package var usage: String { "\(name)(\(parameters.joined(separator: ", ")))" }

  package static let all: [Form] =
    derivatives + [
      Form(
        name: "value", parameters: ["x"], optional: 0, takesGroup: false,
        sentence: "the number of x as a new input, without its history",
        example: "value(x1 + 1)",
        evaluate: { session, arguments, span throws(Diagnostic) in
          guard case .node(let id) = arguments[0] else {
            throw .needsNumber(arguments[0].kind, at: span)
          }
          return .node(session.graph.input(copying: id))
        }),
      Form(
        name: "set", parameters: ["x", "i", "v"], optional: 0, takesGroup: false,
        sentence: "a copy of the array x with v as its entry i; x itself stays as it is",
        example: "set([1, 2, 3], 0, 9)",
        evaluate: { session, arguments, span throws(Diagnostic) in
          try session.set(arguments, at: span)
        }),
    ] + training + data + [
      Form(
        name: "seed", parameters: ["n"], optional: 0, takesGroup: false,
        sentence: "lets random numbers begin at n; the same n gives the same numbers everywhere",
        example: "seed(42); rand()",
        evaluate: { session, arguments, span throws(Diagnostic) in
          try session.seed(arguments[0], at: span)
          return .nothing
        }),
      Form(
        name: "assert_close", parameters: ["a", "b", "tolerance"], optional: 1, takesGroup: false,
        sentence: "fails unless a and b agree within the tolerance (1e-9), relative where large",
        example: "assert_close(sin(pi/6), 0.5)",
        evaluate: { session, arguments, span throws(Diagnostic) in
          try session.assertClose(arguments, at: span)
          return .nothing
        }),
    ]
}

extension Session {
  mutating func apply(_ form: Form, _ site: CallSite, at span: Span) throws(Diagnostic) {
    let given = site.positional + site.keywords.count
    var keyed: [(place: Int, value: Value)] = []
    for (keyword, value) in zip(site.keywords, stack.suffix(site.keywords.count)) {
      guard let place = form.parameters.firstIndex(of: name(keyword)) else {
        throw .noKeyword(name(keyword), form.usage, at: span)
      }
      guard place >= site.positional, !keyed.contains(where: { $0.place == place }) else {
        throw .givenTwice(name(keyword), at: span)
      }
      keyed.append((place, value))
    }
    let most = form.parameters.count
    let least = most - form.optional
    guard (least...most).contains(given) else {
      let wanted = least == most ? count(most, "argument") : "\(least) to \(most) arguments"
      throw .arity(
        form.usage, takes: wanted, given: given, at: span,
        hint: hint(onCallOf: form, site, at: span))
    }
    var arguments = Array(stack.suffix(given).prefix(site.positional))
    stack.removeLast(given)
    for (place, value) in keyed {
      while arguments.count <= place { arguments.append(.nothing) }
      arguments[place] = value
    }
    let first = graph.count
    let answer = try form.evaluate(&self, arguments, span)
    if form.takesGroup { graph.markDerived(from: first) }
    try confirmInterest(at: span)
    stack.append(answer)
  }

  /// The inputs that `grad(y)` may be meant to ask about.
  private func hint(onCallOf form: Form, _ site: CallSite, at span: Span) -> String? {
    guard form.takesGroup, form.parameters.count == 2, site.count == 1,
      case .node(let id)? = stack.last
    else { return nil }
    let names = inputs(under: id).map(name)
    let call = "\(form.name)(\(argumentText(ofCall: span))"
    switch names.count {
    case 0: return nil
    case 1: return "write \(call), \(names[0]))"
    default:
      let list = names.joined(separator: ", ")
      return "the inputs are \(list): \(call), \(names[0])) or \(call), [\(list)])"
    }
  }

  func assertClose(_ arguments: [Value], at span: Span) throws(Diagnostic) {
    var nodes: [NodeID] = []
    for argument in arguments {
      guard case .node(let id) = argument else { throw .needsNumber(argument.kind, at: span) }
      nodes.append(id)
    }
    let (first, second) = (nodes[0], nodes[1])
    if nodes.count > 2, !graph.isScalar(nodes[2]) {
      throw .needsOneNumber(graph.shape(of: nodes[2]), at: span)
    }
    let tolerance = nodes.count > 2 ? graph.scalar(of: nodes[2]) : 1e-9
    let (a, b): (Tensor, Tensor)
    let scale: Tensor
    let difference: Tensor
    do throws(ShapeError) {
      let shape = try Shape.broadcast([graph.shape(of: first), graph.shape(of: second)])
      a = try graph.tensor(of: first).broadcast(to: shape)
      b = try graph.tensor(of: second).broadcast(to: shape)
      difference = try Tensor.zip(a, b) { abs($0 - $1) }
      scale = try Tensor.zip(a, b) { max(1, max(abs($0), abs($1))) }
    } catch {
      throw .shape(error, [shown(first), shown(second)], at: span)
    }
    for (place, pair) in zip(difference.elements, scale.elements).enumerated()
    where !(pair.0 <= tolerance * pair.1) {
      let values = [a.elements[place], b.elements[place]]
      if values[0] == values[1] || values.allSatisfy(\.isNaN) { continue }
      let (first, second) = tellingApart(values[0], values[1])
      let (distance, most) = tellingApart(pair.0, tolerance * pair.1)
      throw .notClose(first, second, difference: distance, tolerance: most, at: span)
    }
  }
}
