import Interpreter
import TestSupport
import Testing

/// Expressions over arrays against values and derivatives that others have found.
///
/// Each script in `Tests/Truth` is written by the Python script of the same name beside it:
/// `arrays` without any derivative rule, `programs` by another system.
@Suite struct ArrayTruthTests {
  @Test(arguments: [("arrays", 500), ("programs", 280)])
  func valuesAndDerivativesAreRight(name: String, assertions: Int) throws {
    let text = try #require(Golden.read("\(Golden.root)/Tests/Truth/\(name).nabla"))
    var session = Session()
    session.feed(Array(text.utf8), name: "\(name).nabla")
    while let outcome = session.next() {
      guard case .failure(let fault) = outcome else { continue }
      Issue.record("\(fault.source.text(fault.diagnostic.span)): \(fault.diagnostic.message)")
    }
    #expect(text.ranges(of: "assert_close").count > assertions)
  }
}
