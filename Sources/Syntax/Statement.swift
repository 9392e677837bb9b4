/// One statement; its expressions are ranges of the parser's `SyntaxTree`.
package struct Statement: Sendable {
  package var kind: Kind
  package var span: Span
  /// Whether a `;` at the end of the line asked for no echo.
  package var isSilent = false

  package init(_ kind: Kind, span: Span, isSilent: Bool = false) {
    self.kind = kind
    self.span = span
    self.isSilent = isSilent
  }

  package enum Kind: Sendable {
    case expression(Expression)
    /// `y = e`.
    case assignment(Target, Expression)
    /// `y += e`: `operation` is the row in `Operator.all` of the operator before the `=`.
    case update(Target, operation: Int, Expression)
    /// `y := e`.
    case live(Target, Expression)
    /// `param w = e`, or `param w` for a name that has a value.
    case parameter(Target, Expression?)
    case function(FunctionSyntax)
    case conditional([Branch], otherwise: [Statement]?)
    /// `for i in a...b`, `for x in xs`, `for x, y in zip(xs, ys)`: as many names as expressions.
    case forEach([Target], over: [Expression], body: [Statement])
    case repetition(Expression, body: [Statement])
    case whileLoop(Expression, body: [Statement])
    case breakLoop
    case continueLoop
    case returnValue(Expression?)
    case print([Expression])
    case assertion(Expression, message: Expression?)
    /// `:name argument`, and `help`, `quit`, `exit` alone on a line.
    case command(name: String, argument: String)
    /// A statement that teaches, such as `check y`: the place of its word in the parser's list, what
    /// it is about, and what is claimed to be equal to that.
    case lesson(Int, [Expression], claim: Expression?)
    case training(TrainingSyntax)
    /// `no_grad { }`: what it binds has no history.
    case withoutGradient([Statement])
  }
}

/// A name that a statement binds, and where it stands.
package struct Target: Sendable {
  package var name: NameID
  package var span: Span

  package init(name: NameID, span: Span) {
    self.name = name
    self.span = span
  }
}

/// `minimize loss over w using adam() for 500`, or `fit y ~ model over a, b`.
package struct TrainingSyntax: Sendable {
  /// Its word: a place in the parser's list.
  package var row: Int
  /// What is minimized; for a fit the data and the model.
  package var subjects: [Expression]
  package var over: [Target]
  package var clauses: [Clause: Expression]
  /// The data that batches are taken from.
  package var data: [Target] = []
  /// The clauses that count epochs, and where they say so.
  package var epochs: [Clause: Span] = [:]

  /// A word that only such a statement knows, and what stands behind it.
  package enum Clause: String, CaseIterable, Sendable {
    case over, using, batch, `for`, every, until
  }

  /// A word inside a clause, which ends the expression before it, too.
  enum Link: String, CaseIterable {
    case of, epoch, epochs
  }
}

/// One `if` or `else if` with its block.
package struct Branch: Sendable {
  package var condition: Expression
  package var body: [Statement]

  package init(condition: Expression, body: [Statement]) {
    self.condition = condition
    self.body = body
  }
}

/// A function definition as it is written.
package struct FunctionSyntax: Sendable {
  package var target: Target
  package var parameters: [Parameter]
  /// A single expression is a body of one expression statement.
  package var body: [Statement]

  package struct Parameter: Sendable {
    package var target: Target
    package var fallback: Expression?

    package init(target: Target, fallback: Expression?) {
      self.target = target
      self.fallback = fallback
    }
  }

  package init(target: Target, parameters: [Parameter], body: [Statement]) {
    self.target = target
    self.parameters = parameters
    self.body = body
  }
}
