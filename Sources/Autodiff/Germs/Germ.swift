import Tensors

/// The numbers of a node for small positive t, where the inputs move along a direction: a sum of
/// arrays cₖ t^eₖ, up to an error.
///
/// Beside a corner every function is one of its smooth sides, so what is not known at the corner
/// itself is known of its germ. An entry of which nothing is known is nan in the term of t⁰.
struct Germ {
  struct Term {
    var exponent: Double
    var coefficient: Tensor
  }

  /// By ascending exponent; all coefficients have the shape.
  private(set) var terms: [Term] = []
  /// The error is of the order of t to this power; infinite where there is none.
  var end = Double.infinity
  let shape: Shape

  init(_ value: Tensor) {
    shape = value.shape
    terms = [Term(exponent: 0, coefficient: value)]
  }

  init(_ terms: [Term], shape: Shape, end: Double) {
    (self.shape, self.end) = (shape, end)
    for term in terms { add(term.coefficient, at: term.exponent) }
  }

  /// The coefficient of a power of t.
  func coefficient(of exponent: Double) -> Tensor {
    terms.first { abs($0.exponent - exponent) < EntryGerm.resolution }?.coefficient
      ?? Tensor(repeating: 0, shape: shape)
  }

  /// The value at t = 0, infinite beside a pole.
  var value: Tensor {
    guard terms.contains(where: { $0.exponent < 0 }) else { return coefficient(of: 0) }
    return Tensor(shape: shape, elements: (0..<shape.count).map { entry($0).value })
  }

  /// The value where nothing moves, as far as is known; nil elsewhere.
  var constant: Tensor? {
    guard end == .infinity else { return nil }
    let isStill = terms.allSatisfy { term in
      term.exponent == 0 || term.coefficient.elements.allSatisfy { $0 == 0 }
    }
    return isStill ? coefficient(of: 0) : nil
  }

  /// -1, 0 or 1 for each entry: its sign for small t.
  var signs: [Double] {
    var signs = [Double](repeating: 0, count: shape.count)
    for term in terms {
      for (place, entry) in term.coefficient.elements.enumerated() where signs[place] == 0 {
        signs[place] = entry > 0 ? 1 : entry < 0 ? -1 : entry
      }
    }
    return signs
  }

  /// The places of entries of which nothing is known.
  var nans: Set<Int> {
    var places: Set<Int> = []
    for term in terms {
      for (place, entry) in term.coefficient.elements.enumerated() where entry.isNaN {
        places.insert(place)
      }
    }
    return places
  }

  /// The lowest exponent of a term that is not 0 everywhere; infinite where all is 0.
  var lead: Double {
    terms.first { $0.coefficient.elements.contains { $0 != 0 } }?.exponent ?? .infinity
  }

  /// Adds a term that has the shape.
  mutating func add(_ coefficient: Tensor, at exponent: Double) {
    guard exponent < end else { return }
    var place = terms.count
    while place > 0, terms[place - 1].exponent > exponent - EntryGerm.resolution { place -= 1 }
    if place < terms.count, terms[place].exponent < exponent + EntryGerm.resolution {
      let before = terms[place].coefficient
      terms[place].coefficient = Tensor(
        shape: shape,
        elements: before.elements.indices.map {
          EntryGerm.sum(before.elements[$0], coefficient.elements[$0], at: exponent)
        })
    } else {
      terms.insert(Term(exponent: exponent, coefficient: coefficient), at: place)
    }
  }

  /// The same without what is smaller than t to the power of `cap`.
  func cut(at cap: Double) -> Germ {
    guard cap < end else { return self }
    let kept = terms.filter { $0.exponent < cap }
    if end == .infinity, kept.count == terms.count { return self }
    return Germ(kept, shape: shape, end: cap)
  }
}

extension Germ {
  /// The germ of one entry, in row-major order.
  func entry(_ place: Int) -> EntryGerm {
    EntryGerm(
      terms.map {
        EntryGerm.Term(exponent: $0.exponent, coefficient: $0.coefficient.elements[place])
      }, end: end)
  }

  /// The germ of an array whose entries have those germs.
  init(_ entries: [EntryGerm], shape: Shape) {
    let end = entries.reduce(Double.infinity) { min($0, $1.end) }
    var exponents: [Double] = []
    for entry in entries {
      for term in entry.terms where term.exponent < end {
        if !exponents.contains(where: { abs($0 - term.exponent) < EntryGerm.resolution }) {
          exponents.append(term.exponent)
        }
      }
    }
    let terms = exponents.sorted().map { exponent in
      let elements = entries.map { entry in
        entry.terms.first { abs($0.exponent - exponent) < EntryGerm.resolution }?.coefficient ?? 0
      }
      return Term(
        exponent: exponent, coefficient: Tensor(shape: shape, elements: elements))
    }
    self.init(terms, shape: shape, end: end)
  }

  /// A germ made entry by entry of others that are repeated to one shape.
  static func zip(
    _ germs: [Germ], _ body: ([EntryGerm]) -> EntryGerm
  ) throws(ShapeError) -> Germ {
    let shape = try Shape.broadcast(germs.map(\.shape))
    let wide = try germs.map { germ throws(ShapeError) in try germ.broadcast(to: shape) }
    return Germ(
      (0..<shape.count).map { place in body(wide.map { $0.entry(place) }) }, shape: shape)
  }

  func broadcast(to shape: Shape) throws(ShapeError) -> Germ {
    guard shape != self.shape else { return self }
    return try mapped { coefficient throws(ShapeError) in try coefficient.broadcast(to: shape) }
  }

  /// The germ of a linear function.
  func mapped(_ body: (Tensor) throws(ShapeError) -> Tensor) throws(ShapeError) -> Germ {
    var images: [Term] = []
    for term in terms {
      images.append(Term(exponent: term.exponent, coefficient: try body(term.coefficient)))
    }
    if let first = images.first {
      return Germ(images, shape: first.coefficient.shape, end: end)
    }
    let nothing = try body(Tensor(repeating: 0, shape: shape))
    return Germ([], shape: nothing.shape, end: end)
  }

  /// The sum of germs that may be of different shapes.
  static func sum(_ germs: [Germ]) throws(ShapeError) -> Germ {
    let shape = try Shape.broadcast(germs.map(\.shape))
    var sum = Germ([], shape: shape, end: germs.reduce(.infinity) { min($0, $1.end) })
    for germ in germs {
      for term in try germ.broadcast(to: shape).terms {
        sum.add(term.coefficient, at: term.exponent)
      }
    }
    return sum
  }

  /// The germ of a function that is linear in either of two arguments.
  static func product(
    _ a: Germ, _ b: Germ, shape: Shape, cap: Double,
    _ body: (Tensor, Tensor) throws(ShapeError) -> Tensor
  ) throws(ShapeError) -> Germ {
    var end = min(a.end + b.lead, b.end + a.lead)
    if a.end == .infinity, b.end == .infinity { end = .infinity }
    let least = a.lead + b.lead
    var terms: [Term] = []
    for one in a.terms {
      for other in b.terms {
        let exponent = one.exponent + other.exponent
        guard exponent < max(cap, least + 1) else {
          end = min(end, exponent)
          continue
        }
        terms.append(
          Term(
            exponent: exponent, coefficient: try body(one.coefficient, other.coefficient)))
      }
    }
    return Germ(terms, shape: shape, end: end)
  }

  /// The product entry by entry.
  static func product(_ a: Germ, _ b: Germ, cap: Double) throws(ShapeError) -> Germ {
    let shape = try Shape.broadcast([a.shape, b.shape])
    return try product(a, b, shape: shape, cap: cap) { x, y throws(ShapeError) in
      try Tensor.zip(x, y) { $0 * $1 }
    }
  }

  /// How fast the numbers change with t.
  var derivative: Germ {
    Germ(
      terms.filter { $0.exponent != 0 }.map { term in
        Term(
          exponent: term.exponent - 1,
          coefficient: term.coefficient.scaled(by: term.exponent))
      }, shape: shape, end: end - 1)
  }

  /// What changes at that speed, from a value on; nan where the logarithm of t came in.
  func integral(from value: Tensor) -> Germ {
    var result = Germ([], shape: shape, end: end + 1)
    result.add(value, at: 0)
    for term in terms {
      let exponent = term.exponent + 1
      guard abs(exponent) < EntryGerm.resolution else {
        result.add(term.coefficient.scaled(by: 1 / exponent), at: exponent)
        continue
      }
      let logarithms = term.coefficient.elements.map { $0 == 0 ? 0 : Double.nan }
      result.add(Tensor(shape: shape, elements: logarithms), at: 0)
    }
    return result
  }
}

extension Tensor {
  /// The array times a number.
  func scaled(by factor: Double) -> Tensor {
    Tensor(shape: shape, elements: elements.map { $0 * factor })
  }
}
