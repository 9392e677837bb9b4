import Autodiff

/// The arguments of a call as they are sorted by what they are for.
struct CallArguments {
  enum Addition { case isTaken, isUnknown, isThere }

  struct Missing {
    let name: String
    let isOption: Bool
  }

  private let signature: [Primitive.Parameter]
  private var values: [[Value]]
  private var place = 0

  init(signature: [Primitive.Parameter]) {
    self.signature = signature
    values = Array(repeating: [], count: signature.count)
  }

  /// Gives the next parameter a value; false where there is none left.
  mutating func addByPlace(_ value: Value) -> Bool {
    guard place < signature.count else { return false }
    values[place].append(value)
    switch signature[place] {
    case .operand(let name): if name != "…" { place += 1 }
    case .option(let option):
      // Sizes before an operand are one argument, or nothing would be left for it.
      let isLast = place == signature.count - 1 || !isOperand(place + 1)
      if !option.takesRest || !isLast { place += 1 }
    }
    return true
  }

  private func isOperand(_ place: Int) -> Bool {
    if case .operand = signature[place] { true } else { false }
  }

  /// Gives a parameter a value where the call has none.
  mutating func fill(_ name: String, _ value: () -> Value) {
    guard let place = signature.firstIndex(where: { $0.name == name }), values[place].isEmpty
    else { return }
    values[place] = [value()]
  }

  mutating func add(_ value: Value, named keyword: String) -> Addition {
    guard keyword != "…", let place = signature.firstIndex(where: { $0.name == keyword }) else {
      return .isUnknown
    }
    guard values[place].isEmpty else { return .isThere }
    values[place] = [value]
    return .isTaken
  }

  /// The first parameter that has to have a value and has none.
  var missing: Missing? {
    for (parameter, values) in zip(signature, values) where values.isEmpty {
      switch parameter {
      case .operand(let name): return Missing(name: name, isOption: false)
      case .option(let option):
        if option.isRequired { return Missing(name: option.name, isOption: true) }
      }
    }
    return nil
  }

  var operands: [Value] {
    zip(signature, values).flatMap { parameter, values -> [Value] in
      if case .operand = parameter { return values }
      return []
    }
  }

  var options: [(CallOption, [Value])] {
    zip(signature, values).compactMap { parameter, values in
      guard case .option(let option) = parameter, !values.isEmpty else { return nil }
      return (option, values)
    }
  }
}
