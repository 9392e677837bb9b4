import Autodiff
import Syntax
import Tensors

/// Calls of functions that take more than operands: axes, sizes, words.
extension Session {
  /// The row that a call means, by how many arguments stand by place and by its keywords.
  func overload(of rows: [Builtin.Overload], for site: CallSite) -> Builtin.Overload {
    if rows.count > 1, !site.keywords.isEmpty {
      let keywords = site.keywords.map(name)
      let fitting = rows.first { overload in
        let names = overload.id.row.arguments.map(\.name)
        return keywords.allSatisfy(names.contains)
          && overload.required <= site.positional + site.keywords.count
      }
      if let fitting { return fitting }
    }
    return rows.first { $0.arity == site.positional && !$0.takesOptions }
      ?? rows.first { $0.arity == site.positional } ?? rows[0]
  }

  /// Sorts the arguments of a call into operands and options, and applies the row.
  mutating func apply(
    _ overload: Builtin.Overload, _ site: CallSite, primes: Int, at span: Span
  ) throws(Diagnostic) {
    let row = overload.id.row
    func usage() -> String { self.usage(of: row, calledAs: name(site.name)) }
    let values = Array(stack.suffix(site.positional + site.keywords.count))
    stack.removeLast(values.count)
    var arguments = CallArguments(signature: row.arguments)
    for (place, value) in values.enumerated() {
      if case .nothing = value { throw .noValue(at: span) }
      guard place >= site.positional else {
        guard arguments.addByPlace(value) else {
          throw .arity(usage(), takes: takes(row), given: values.count, at: span)
        }
        continue
      }
      let keyword = name(site.keywords[place - site.positional])
      switch arguments.add(value, named: keyword) {
      case .isTaken: break
      case .isUnknown: throw .noKeyword(keyword, usage(), at: span)
      case .isThere: throw .givenTwice(keyword, at: span)
      }
    }
    for (operand, number) in zip(row.parameters.suffix(row.defaults.count), row.defaults) {
      arguments.fill(operand) { .node(graph.constant(number)) }
    }
    if let missing = arguments.missing {
      guard values.isEmpty || !site.keywords.isEmpty || missing.isOption else {
        throw .arity(usage(), takes: takes(row), given: values.count, at: span)
      }
      throw .missing(missing.name, usage(), at: span)
    }
    try apply(overload, arguments, primes: primes, at: span)
  }

  private mutating func apply(
    _ overload: Builtin.Overload, _ arguments: CallArguments, primes: Int, at span: Span
  ) throws(Diagnostic) {
    let row = overload.id.row
    var operands: [NodeID] = []
    for value in arguments.operands {
      guard case .node(let id) = value else { throw .needsNumber(value.kind, at: span) }
      operands.append(id)
    }
    var options = CallOptions()
    for (option, values) in arguments.options {
      try read(option, values, into: &options, at: span)
    }
    if let sizes = options.sizes, sizes.allSatisfy({ $0 >= 0 }) {
      let shape = Shape(sizes)
      if shape.count > self.options.entryLimit { throw .shape(.tooLarge(shape), [], at: span) }
    }
    if row.isVariadic { operands = try parts(of: operands, row, at: span) }
    if row.isRandom { options.key = nextRandomKey() }
    let attribute = options == CallOptions() ? Attribute.none : .options(options)
    guard primes == 0 else {
      stack.append(contentsOf: operands.map(Value.node))
      return try derivative(
        of: overload.id, attribute, required: overload.required, order: primes, at: span)
    }
    if row.expectsEqualShapes { remarkOnStretching(row, operands) }
    try push(overload.id, operands, attribute, at: span)
  }

  /// What `concat` and `stack` put together: of one array its entries.
  private mutating func parts(of operands: [NodeID], _ row: Primitive, at span: Span)
    throws(Diagnostic) -> [NodeID]
  {
    guard operands.count == 1, let count = graph.shape(of: operands[0]).dimensions.first else {
      return operands
    }
    var parts: [NodeID] = []
    for place in 0..<count {
      try push(.index, [operands[0]], .items([.at(place)]), at: span)
      parts.append(try popNode(at: span))
    }
    return parts
  }

  private func takes(_ row: Primitive) -> String {
    let required = row.required + row.options.count(where: \.isRequired)
    if row.isVariadic || row.options.contains(where: \.takesRest) {
      return "at least \(count(max(required, 1), "argument"))"
    }
    let most = row.arguments.count
    return most == required ? count(most, "argument") : "\(required) to \(most) arguments"
  }

  private func read(
    _ option: CallOption, _ values: [Value], into options: inout CallOptions, at span: Span
  ) throws(Diagnostic) {
    switch option {
    case .axes, .permutation:
      options.axes = try wholeNumbers(values, option.name, at: span)
    case .axis, .firstAxis, .lastAxis, .diagonal, .count:
      let number = try wholeNumber(values, option.name, at: span)
      switch option {
      case .diagonal: options.diagonal = number
      case .count: options.count = number
      default: options.axes = [number]
      }
    case .sizes, .optionalSizes:
      options.sizes = try wholeNumbers(values, "a size", at: span)
    case .ddof: options.freedom = try number(values, at: span)
    case .keepdims:
      let flag = try number(values, at: span)
      guard flag == 0 || flag == 1 else {
        throw .needsChoice(option.name, ["1", "0"], shown(values), at: span)
      }
      options.keepsDimensions = flag == 1
    case .ord:
      options.order = try number(values, at: span)
      guard [1, 2, .infinity].contains(options.order) else {
        throw .needsChoice(option.name, ["1", "2", "inf"], shown(values), at: span)
      }
    case .reduction:
      guard case .text(let word) = values[0], let reduction = CallOptions.Gathering(rawValue: word)
      else {
        let words = CallOptions.Gathering.allCases.map { "\"\($0.rawValue)\"" }
        throw .needsChoice(option.name, words, shown(values), at: span)
      }
      options.reduction = reduction
    }
  }

  private func shown(_ values: [Value]) -> String {
    switch values[0] {
    case .node(let id): telling(id)
    case .text(let text): "\"\(shortened(text))\""
    case .list, .optimizer, .table, .part, .nothing: values[0].kind
    }
  }

  private func number(_ values: [Value], at span: Span) throws(Diagnostic) -> Double {
    guard case .node(let id) = values[0] else { throw .needsNumber(values[0].kind, at: span) }
    guard graph.isScalar(id) else { throw .needsOneNumber(graph.shape(of: id), at: span) }
    return graph.scalar(of: id)
  }

  private func wholeNumber(_ values: [Value], _ purpose: String, at span: Span)
    throws(Diagnostic) -> Int
  {
    let numbers = try wholeNumbers(values, purpose, at: span)
    guard numbers.count == 1 else { throw .needsCount(shown(values), purpose, at: span) }
    return numbers[0]
  }

  /// Whole numbers that stand one after the other, or in one array.
  private func wholeNumbers(_ values: [Value], _ purpose: String, at span: Span)
    throws(Diagnostic) -> [Int]
  {
    var numbers: [Int] = []
    for value in values {
      guard case .node(let id) = value else { throw .needsNumber(value.kind, at: span) }
      let tensor = graph.tensor(of: id)
      guard tensor.shape.rank < (values.count > 1 ? 1 : 2) else {
        throw .needsCount(telling(id), purpose, at: span)
      }
      for entry in tensor.elements {
        guard let number = Int(exactly: entry) else {
          throw .needsCount(telling(entry), purpose, at: span)
        }
        numbers.append(number)
      }
    }
    return numbers
  }
}
