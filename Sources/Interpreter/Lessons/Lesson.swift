import Autodiff
import Syntax

/// A statement that teaches: one row each; parser, help, completion and reference walk the table.
///
/// Its subjects are expressions, evaluated before it is asked to work.
package struct Lesson: Sendable {
  package let name: String
  package let usage: String
  package let sentence: String
  package let example: String
  /// How many subjects it takes.
  let subjects: ClosedRange<Int>
  /// Whether `= …` may follow the subjects.
  let takesClaim: Bool
  let perform: @Sendable (inout Session, LessonRequest, inout Report) throws(Diagnostic) -> Void

  package static let all: [Lesson] = [why, derive, check]
}

/// What a lesson is asked.
struct LessonRequest: Sendable {
  /// An expression of the statement: what it evaluated to, and where and how it is written.
  struct Subject: Sendable {
    let value: Value
    let span: Span
    let text: String

    /// The node that the expression evaluated to.
    ///
    /// - Throws: a `Diagnostic` where it is no number and no array.
    func node() throws(Diagnostic) -> NodeID {
      guard case .node(let id) = value else { throw .needsNumber(value.kind, at: span) }
      return id
    }
  }

  let subjects: [Subject]
  let claim: Subject?
  let span: Span
}

extension Session {
  mutating func teach(_ site: LessonSite, _ code: Code, at span: Span) throws(Diagnostic) {
    let lesson = Lesson.all[site.row]
    let spans = site.subjects + (site.claim.map { [$0] } ?? [])
    let values = Array(stack.suffix(spans.count))
    stack.removeLast(spans.count)
    guard lesson.subjects.contains(site.subjects.count) else {
      let (least, most) = (lesson.subjects.lowerBound, lesson.subjects.upperBound)
      let wanted = least == most ? count(most, "expression") : "\(least) to \(most) expressions"
      throw .lessonArity(lesson, takes: wanted, given: site.subjects.count, at: span)
    }
    if let claim = site.claim, !lesson.takesClaim { throw .noClaim(lesson, at: claim) }
    let subjects = zip(values, spans).map { value, span in
      LessonRequest.Subject(value: value, span: span, text: text(span, in: code))
    }
    let request = LessonRequest(
      subjects: Array(subjects.prefix(site.subjects.count)),
      claim: site.claim == nil ? nil : subjects.last, span: span)
    let line = input.line + input.lineEnds(before: Int(statementSpan(span).start))
    var report = Report(statement: text(span, in: code), line: line)
    try lesson.perform(&self, request, &report)
    try confirmInterest(at: span)
    outcomes.append(.report(report))
  }

  private func text(_ span: Span, in code: Code) -> String {
    guard let source = code.source else { return input.text(span) }
    return source.text(Span(start: Int(span.start - code.base), end: Int(span.end - code.base)))
  }
}

extension Diagnostic {
  static func lessonArity(_ lesson: Lesson, takes wanted: String, given: Int, at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "'\(lesson.name)' takes \(wanted), not \(given)", at: span,
      hint: "as in '\(lesson.example)'")
  }

  static func noClaim(_ lesson: Lesson, at span: Span) -> Diagnostic {
    Diagnostic(
      "'\(lesson.name)' takes no '='", at: span, hint: "'check' compares two expressions")
  }
}
