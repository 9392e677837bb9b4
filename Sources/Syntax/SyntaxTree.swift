/// A half-open range of byte offsets in a source text.
package struct Span: Hashable, Sendable {
  package var start: UInt32
  package var end: UInt32

  package init(start: Int, end: Int) {
    self.start = UInt32(clamping: start)
    self.end = UInt32(clamping: end)
  }

  init(_ start: UInt32, _ end: UInt32) {
    self.start = start
    self.end = end
  }
}

/// The expressions of one statement as a flat postfix stream: operands stand before what uses them.
///
/// A tree of class nodes or indirect cases would be freed recursively, and a sum of a million terms
/// would then end the process. Where control must pass *between* operands (`if`, `and`, `or`) the
/// stream carries a marker at that place, so that one loop from front to back translates it.
package struct SyntaxTree: Sendable {
  package var nodes: [SyntaxNode] = []
  package var numbers: [Double] = []
  package var texts: [String] = []
  /// The names on the left of the `=` signs of every `at`, in the order of the `at` nodes.
  package var substitutions: [[NameID]] = []

  package init() {}

  /// Empties the tree and keeps its storage for the next statement.
  package mutating func removeAll() {
    nodes.removeAll(keepingCapacity: true)
    if !numbers.isEmpty { numbers.removeAll(keepingCapacity: true) }
    if !texts.isEmpty { texts.removeAll(keepingCapacity: true) }
    if !substitutions.isEmpty { substitutions.removeAll(keepingCapacity: true) }
  }
}

/// One element of the postfix stream.
package struct SyntaxNode: Equatable, Sendable {
  package enum Kind: UInt8, Sendable {
    /// A numeral; `payload` indexes `numbers`.
    case number
    /// A piece of text without braces; `payload` indexes `texts`.
    case text
    /// `{expression:format}` inside text: takes one operand; `payload` indexes `texts` (the format,
    /// empty when there is none).
    case interpolation
    /// A whole quoted text: joins `count` pieces; `""` has none.
    case join
    /// A name; `payload` is its `NameID`.
    case name
    /// `$3`; `payload` is the number.
    case result
    /// A prefix or infix operator; `payload` is its row in `Operator.all`, `mark` its place.
    case prefix, infix
    /// Between two comparisons of a chain `a < b < c`: compares the two operands, keeps the right
    /// one for the next comparison. The last comparison of the chain is `chainEnd`. Both have the
    /// payload and the mark of an infix operator, and a span from the start of the chain.
    case chainLink, chainEnd
    /// After the left operand of `and`; after the right one. `andThen` and `orElse` have the span
    /// of the operand before them.
    case andThen, andEnd
    /// After the left operand of `or`; after the right one.
    case orElse, orEnd
    /// After the condition; after the first value; after the second value. The first two have the
    /// span of the operand before them, and their word as `mark`.
    case ifThen, ifElse, ifEnd
    /// `f(a, b, k=c)`: `payload` is the name, `count` the arguments, `mark` the end of the name.
    case call
    /// Wraps the argument before it: `payload` is the `NameID` of the keyword.
    case keyword
    /// `f'(x)`: like `call`; `aux` counts the primes.
    case prime
    /// `[a, b]`: `count` entries.
    case list
    /// `a[i, j]`: the base and then `count` items.
    case index
    /// `start:stop:step` inside an index; bits 1, 2, 4 of `aux` say which parts stand as operands.
    case slice
    /// `.T`, `.shape`: `payload` is the name.
    case attribute
    /// `e at x = 1, y = 2`: the expression, then `count` values; `payload` indexes `substitutions`.
    case at
    /// `a...b` (`aux` 0) or `a..<b` (`aux` 1); only as what a `for` runs over.
    case range
  }

  package var kind: Kind
  package var aux: UInt8 = 0
  package var count: UInt32 = 0
  package var payload: UInt32 = 0
  /// The whole of the construct in the source, operands included.
  package var span: Span
  /// A second place worth pointing at: the start of an infix operator, the end of a called name.
  package var mark: UInt32 = 0

  package init(
    _ kind: Kind, span: Span, payload: Int = 0, count: Int = 0, aux: UInt8 = 0, mark: UInt32 = 0
  ) {
    self.kind = kind
    self.span = span
    self.payload = UInt32(clamping: payload)
    self.count = UInt32(clamping: count)
    self.aux = aux
    self.mark = mark
  }

  init(
    _ kind: Kind, _ span: Span, payload: UInt32 = 0, count: UInt32 = 0, aux: UInt8 = 0,
    mark: UInt32 = 0
  ) {
    self.kind = kind
    self.aux = aux
    self.count = count
    self.payload = payload
    self.span = span
    self.mark = mark
  }
}

/// A range of `SyntaxTree.nodes` that holds one whole expression; its last node is the root.
package struct Expression: Hashable, Sendable {
  package var first: Int
  package var end: Int

  package init(first: Int, end: Int) {
    self.first = first
    self.end = end
  }
}
