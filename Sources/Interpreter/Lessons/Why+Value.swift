import Autodiff
import Tensors

/// Where a value comes from that is nan, infinite, 0, tiny or huge.
extension Session {
  /// Says what is odd about a value, and through which nodes it came.
  ///
  /// - Returns: whether anything is.
  func explainValue(
    _ id: NodeID, _ order: [NodeID], writtenAs text: String, in report: inout Report
  ) -> Bool {
    let isArray = !graph.isScalar(id)
    guard let oddity = oddity(of: id) else {
      report.say("\(text) is \(valueText(id))")
      if isArray { report.say("nothing unusual: every entry is finite") }
      return false
    }
    if isArray {
      let isMeant = { (value: Double) in oddity == .notANumber ? value.isNaN : value.isInfinite }
      let word = oddity == .notANumber ? "nan" : "infinite"
      report.say("\(text) is \(word) at \(entries(of: id, that: isMeant))")
    } else {
      report.say("\(text) \(oddity.phrase(number(graph.scalar(of: id))))")
    }
    switch oddity {
    case .notANumber, .infinite: traceTrouble(oddity, to: id, order, in: &report)
    case .zero, .tiny, .huge: traceMagnitude(oddity, of: id, in: &report)
    }
    return true
  }

  private func oddity(of id: NodeID) -> Oddity? {
    guard !graph.isScalar(id) else { return Oddity(graph.scalar(of: id)) }
    let elements = graph.tensor(of: id).elements
    if elements.contains(where: \.isNaN) { return .notANumber }
    return elements.contains(where: \.isInfinite) ? .infinite : nil
  }

  /// `entry [2]`, or how many there are and the first of them.
  private func entries(of id: NodeID, that isMeant: (Double) -> Bool) -> String {
    let tensor = graph.tensor(of: id)
    let places = tensor.elements.indices.filter { isMeant(tensor.elements[$0]) }
    let indices = tensor.shape.indices(ofElement: places[0]).map(String.init)
    let first = "[\(indices.joined(separator: ", "))]"
    return places.count == 1
      ? "entry \(first)" : "\(places.count) of \(tensor.count) entries, first \(first)"
  }

  /// From the first bad node to the output.
  private func traceTrouble(
    _ oddity: Oddity, to output: NodeID, _ order: [NodeID], in report: inout Report
  ) {
    let isBad = { (id: NodeID) -> Bool in
      let elements = graph.tensor(of: id).elements
      return oddity == .notANumber
        ? elements.contains(where: \.isNaN) : elements.contains(where: \.isInfinite)
    }
    var chain = [output]
    while let last = chain.last,
      let next = graph.operands(of: last).first(where: isBad)
    {
      chain.append(next)
    }
    guard let origin = chain.last else { return }
    if let note = noteAboutCorner(under: origin) {
      report.say(note)
    } else if graph.isLeaf(origin) {
      report.say("\(shown(origin)) is so from the start")
    } else {
      let facts = circumstances(of: origin) {
        oddity == .notANumber ? $0.isNaN : $0.isInfinite
      }
      report.say("first \(oddity == .notANumber ? "nan" : "inf"): \(describe(origin))\(facts)")
    }
    let rest = chain.dropLast().reversed().map { phrase($0, depth: 1) }
    if !rest.isEmpty { report.say("from there through \(path(rest))") }
    let hint = advice(origin) + rewriteHint(order, at: [origin])
    if !hint.isEmpty { report.say(String(hint.dropFirst(2))) }
  }

  /// Names in a row, those in the middle counted when there are many.
  func path(_ names: [String]) -> String {
    guard names.count > 8 else { return names.joined(separator: ", ") }
    return (names.prefix(4) + ["… \(names.count - 8) more …"] + names.suffix(4))
      .joined(separator: ", ")
  }

  /// Follows a magnitude down to the operand that it comes from.
  private func traceMagnitude(_ oddity: Oddity, of output: NodeID, in report: inout Report) {
    var id = output
    for _ in 0..<8 {
      guard let cause = cause(of: oddity, at: id) else { return }
      report.say(cause.sentence)
      guard let next = cause.next, !graph.isLeaf(next) else { return }
      id = next
    }
    report.say("and so on")
  }

  private struct Cause {
    var sentence: String
    /// Where to go on looking; nil where the question is answered.
    var next: NodeID?
  }

  private func cause(of oddity: Oddity, at id: NodeID) -> Cause? {
    let operands = graph.operands(of: id)
    let row = graph.operation(of: id).row
    guard !operands.isEmpty, operands.allSatisfy(graph.isScalar) else { return nil }
    let result = graph.scalar(of: id)
    let facts = facts(about: id)
    let there = "\(describe(id)) = \(number(result))" + (facts.isEmpty ? "" : " where \(facts)")
    let sizes = operands.map { abs(graph.scalar(of: $0)) }
    let largest = sizes.max() ?? 0
    let isSum = ["add", "subtract"].contains(row.name)
    if isSum, oddity != .huge, abs(result) < largest * 1e-8 {
      let kept = result == 0 ? "no digit" : "\(keptDigits(abs(result), of: largest)) of 16 digits"
      return Cause(sentence: "the terms cancel and leave \(kept): \(there)", next: nil)
    }
    if result == 0, row.underflows, !sizes.contains(0) {
      return Cause(sentence: "too small for a double: \(there)", next: nil)
    }
    let next = zip(operands, sizes).filter { _, size in
      switch oddity {
      case .zero: size == 0
      case .tiny: size != 0 && size < 1e-4
      case .huge: size > 1e4
      case .notANumber, .infinite: false
      }
    }.max { oddity == .huge ? $0.1 < $1.1 : $0.1 > $1.1 }?.0
    // A divisor works the other way round.
    if row.name == "divide", next == nil || next == operands[1] {
      return Cause(sentence: there, next: nil)
    }
    return Cause(sentence: there, next: next)
  }

  private func keptDigits(_ result: Double, of term: Double) -> Int {
    let lost = (term / result).exponent
    return max(0, 53 - Int(lost)) * 3 / 10
  }
}
