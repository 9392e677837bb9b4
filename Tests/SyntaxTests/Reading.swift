import Syntax

/// What a parser made of a whole text, for tests to look at.
struct Reading {
  var parser = Parser(lessons: ["why", "check"], trainings: ["minimize", "fit"])
  var statements: [Statement] = []
  /// The expressions of every statement, one stream each, as `StreamPrinter` writes them.
  var streams: [String] = []
  var failures: [Diagnostic] = []
  var incomplete: Diagnostic?
  var notes: [Diagnostic] = []

  init(_ text: String, isFinal: Bool = true) {
    self.init(Array(text.utf8), isFinal: isFinal)
  }

  init(_ bytes: [UInt8], isFinal: Bool = true) {
    bytes.withUnsafeBufferPointer { text in
      var offset = 0
      while offset < text.count {
        switch parser.parseStatement(in: text, from: offset, isFinal: isFinal) {
        case .statement(let statement, let next):
          statements.append(statement)
          streams.append(StreamPrinter(parser).text(of: statement))
          notes += parser.notes
          offset = next
        case .failure(let diagnostic, let next):
          failures.append(diagnostic)
          offset = next
        case .incomplete(let diagnostic):
          incomplete = diagnostic
          return
        case .end:
          return
        }
      }
    }
  }
}

/// Writes statements and their postfix streams compactly.
struct StreamPrinter {
  let parser: Parser

  init(_ parser: Parser) {
    self.parser = parser
  }

  func text(of statement: Statement) -> String {
    text(of: statement.kind) + (statement.isSilent ? " ;" : "")
  }

  func text(of expression: Expression) -> String {
    parser.tree.nodes[expression.first..<expression.end].map(text).joined(separator: " ")
  }

  private func text(of kind: Statement.Kind) -> String {
    switch kind {
    case .expression(let value): text(of: value)
    case .assignment(let target, let value): "\(name(target)) = \(text(of: value))"
    case .update(let target, let operation, let value):
      "\(name(target)) \(Operator.all[operation].spelling)= \(text(of: value))"
    case .live(let target, let value): "\(name(target)) := \(text(of: value))"
    case .parameter(let target, let value):
      "param \(name(target))" + (value.map { " = " + text(of: $0) } ?? "")
    case .function(let function):
      "\(name(function.target))(" + function.parameters.map(text).joined(separator: ", ") + ") "
        + text(of: function.body)
    case .conditional(let branches, let otherwise):
      branches.map { "if \(text(of: $0.condition)) \(text(of: $0.body))" }
        .joined(separator: " else ") + (otherwise.map { " else " + text(of: $0) } ?? "")
    case .forEach(let targets, let sources, let body):
      "for \(targets.map(name).joined(separator: ", ")) in "
        + sources.map { text(of: $0) }.joined(separator: ", ") + " " + text(of: body)
    case .repetition(let count, let body): "repeat \(text(of: count)) \(text(of: body))"
    case .whileLoop(let condition, let body): "while \(text(of: condition)) \(text(of: body))"
    case .breakLoop: "break"
    case .continueLoop: "continue"
    case .returnValue(let value): "return" + (value.map { " " + text(of: $0) } ?? "")
    case .print(let items): "print " + items.map { text(of: $0) }.joined(separator: ", ")
    case .assertion(let condition, let message):
      "assert \(text(of: condition))" + (message.map { ", " + text(of: $0) } ?? "")
    case .command(let name, let argument): ":\(name) <\(argument)>"
    case .lesson(let row, let subjects, let claim):
      "lesson\(row) " + subjects.map { text(of: $0) }.joined(separator: ", ")
        + (claim.map { " claims " + text(of: $0) } ?? "")
    case .training(let training):
      "training\(training.row) " + training.subjects.map { text(of: $0) }.joined(separator: " ~ ")
        + " over " + training.over.map(name).joined(separator: ", ")
        + TrainingSyntax.Clause.allCases.compactMap { clause in
          training.clauses[clause].map { " \(clause.rawValue) \(text(of: $0))" }
        }.joined()
    case .withoutGradient(let body): "no_grad \(text(of: body))"
    }
  }

  private func text(of body: [Statement]) -> String {
    "{" + body.map { text(of: $0) }.joined(separator: "; ") + "}"
  }

  private func text(_ parameter: FunctionSyntax.Parameter) -> String {
    name(parameter.target) + (parameter.fallback.map { "=" + text(of: $0) } ?? "")
  }

  private func name(_ target: Target) -> String {
    parser.names.text(of: target.name)
  }

  private func text(_ node: SyntaxNode) -> String {
    let payload = Int(node.payload)
    return switch node.kind {
    case .number: shortest(parser.tree.numbers[payload])
    case .text: "'\(parser.tree.texts[payload])'"
    case .interpolation: "{\(parser.tree.texts[payload])}"
    case .join: "join/\(node.count)"
    case .name: name(payload)
    case .result: "$\(payload)"
    case .prefix: "u" + Operator.all[payload].spelling
    case .infix: Operator.all[payload].spelling
    case .chainLink: "link" + Operator.all[payload].spelling
    case .chainEnd: "end" + Operator.all[payload].spelling
    case .andThen: "and?"
    case .andEnd: "and"
    case .orElse: "or?"
    case .orEnd: "or"
    case .ifThen: "then?"
    case .ifElse: "else?"
    case .ifEnd: "if"
    case .call: "\(name(payload))/\(node.count)"
    case .keyword: "\(name(payload))="
    case .prime: name(payload) + String(repeating: "'", count: Int(node.aux)) + "/\(node.count)"
    case .list: "list/\(node.count)"
    case .index: "index/\(node.count)"
    case .slice: "slice:\(node.aux)"
    case .attribute: "." + name(payload)
    case .at:
      "at(" + parser.tree.substitutions[payload].map { name($0.index) }.joined(separator: ",")
        + ")/\(node.count)"
    case .range: node.aux == 0 ? "..." : "..<"
    }
  }

  private func name(_ index: Int) -> String {
    parser.names.text(of: NameID(index: index))
  }

  private func shortest(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// Splits `1 + «*» 2` into the text and the span between the marks.
func marked(_ text: String) -> (text: String, span: Span) {
  var plain: [UInt8] = []
  var places: [Int] = []
  for scalar in text.unicodeScalars {
    if scalar == "«" || scalar == "»" {
      places.append(plain.count)
    } else {
      plain += Array(String(scalar).utf8)
    }
  }
  return (
    String(decoding: plain, as: UTF8.self),
    Span(start: places.first ?? 0, end: places.last ?? 0)
  )
}
