import Syntax
import Testing

@Suite struct OperatorTests {
  @Test func rowsAreOrderedFromLooseToTight() {
    let precedences = Operator.all.map(\.precedence)
    #expect(precedences == precedences.sorted())
    #expect(precedences.first == .disjunction)
    #expect(precedences.last == .power)
  }

  @Test func everyFunctionHasOneRow() {
    let functions = Operator.all.map(\.function)
    #expect(Set(functions).count == functions.count)
    #expect(
      Set(functions) == [
        "", "or", "and", "not", "less", "less_equal", "greater", "greater_equal", "equal",
        "not_equal", "add", "subtract", "multiply", "divide", "mod", "matmul", "negate", "power",
      ])
  }

  @Test(arguments: Operator.all.indices)
  func everySpellingIsRead(row: Int) {
    let operation = Operator.all[row]
    for spelling in [operation.spelling] + operation.otherSpellings {
      let text =
        operation.fixity == .infix ? "aa \(spelling) bb" : "\(spelling) aa"
      let reading = Reading(text)
      #expect(reading.failures.isEmpty, "\(text)")
      let plain = Reading(text.replacing(spelling, with: operation.spelling))
      #expect(reading.streams == plain.streams)
      #expect(!operation.summary.isEmpty)
      #expect(Operator.rows(spelled: spelling).contains { $0.function == operation.function })
    }
  }

  @Test(
    arguments: Operator.all.filter { $0.fixity == .infix && $0.kind == .arithmetic }.map(\.spelling)
  )
  func everyArithmeticOperatorUpdates(spelling: String) {
    #expect(Reading("x \(spelling)= 2").streams == ["x \(spelling)= 2"])
  }
}
