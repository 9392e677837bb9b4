import Autodiff
import Syntax
import Tensors

extension Lesson {
  static let why = Lesson(
    name: "why", usage: "why y",
    sentence: "explains a value or derivative that is nan, infinite, 0, huge or tiny",
    example: "why log(x1 - 5)", subjects: 1...1, takesClaim: false,
    perform: { session, request, report throws(Diagnostic) in
      try session.explain(request.subjects[0], in: &report)
    })
}

extension Session {
  mutating func explain(_ subject: LessonRequest.Subject, in report: inout Report)
    throws(Diagnostic)
  {
    let id = try subject.node()
    report.say("\(subject.text) = \(valueText(id))")
  }
}
