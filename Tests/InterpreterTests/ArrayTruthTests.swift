import Interpreter
import TestSupport
import Testing

/// Expressions over arrays against values and gradients that were found without derivative rules.
///
/// The script `Tests/Truth/arrays.nabla` is written by `arrays.py` beside it.
@Suite struct ArrayTruthTests {
  @Test func valuesAndGradientsAreRight() throws {
    let text = try #require(Golden.read("\(Golden.root)/Tests/Truth/arrays.nabla"))
    var session = Session()
    session.feed(Array(text.utf8), name: "arrays.nabla")
    while let outcome = session.next() {
      guard case .failure(let fault) = outcome else { continue }
      Issue.record("\(fault.source.text(fault.diagnostic.span)): \(fault.diagnostic.message)")
    }
    #expect(text.ranges(of: "assert_close").count > 500)
  }
}
