import Autodiff
import Syntax

/// A session as a script.
package struct Script: Sendable {
  package var text: String
  /// How much it holds, for people: `4 names`.
  package var summary = ""
  /// What it could not say as it is.
  package var notes: [String] = []
}

extension Session {
  /// What every saved session begins with.
  package static let scriptMark = "# a session of nabla"

  /// The longest statement that is kept to be saved.
  private static let longestDefinition = 10_000

  /// A script that gives every name its value, to the last bit.
  ///
  /// It is written by running it: a statement goes into it when it has done what it should.
  package func script() -> Script {
    var writer = ScriptWriter(self)
    return writer.script()
  }

  /// Before a statement runs: keeps its words where it defines one name and does nothing else.
  mutating func beginDefinition(_ statement: Statement) {
    definition = nil
    let length = Int(statement.span.end) - Int(statement.span.start)
    guard length <= Session.longestDefinition else { return }
    switch statement.kind {
    case .assignment(let target, let value), .parameter(let target, .some(let value)):
      // A bare number, with a sign or without, needs no words of its own.
      guard value.end - value.first > 2 else { return }
      definition = (target.name, input.text(statement.span))
    default: break
    }
  }

  /// After a statement: what it has bound was defined by its words, or by more than words can say.
  mutating func noteDefinitions() {
    if definitions.count < bindings.count {
      definitions += repeatElement("", count: bindings.count - definitions.count)
    }
    for case .binding(let name, _) in journal {
      definitions[name.index] = definition.flatMap { $0.name == name ? $0.text : nil } ?? ""
    }
    definition = nil
  }
}
