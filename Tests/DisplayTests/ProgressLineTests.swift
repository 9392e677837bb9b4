import Interpreter
import Testing

@testable import Display

/// The row that shows how far a computation has come, at every width.
@Suite struct ProgressLineTests {
  private let progress = Progress(statement: 1, step: 250, steps: 1000, loss: 0.0345678, rate: 0.1)

  @Test func showsStepBarLossRateAndTime() {
    #expect(
      ProgressLine.text(progress, timeLeft: 6.2, width: 80)
        == "step 250/1000  ███████░░░░░░░░░░░░░░░░░░░░░░░  loss 0.03457  rate 0.1  0:07 left")
    #expect(
      ProgressLine.text(progress, timeLeft: 4000, width: 60, isASCII: true)
        == "step 250/1000  #......  loss 0.03457  rate 0.1  1:06:40 left")
  }

  @Test func whatIsNotKnownIsNotShown() {
    let fit = Progress(statement: 1, step: 12, steps: nil, loss: 3e-7, rate: nil)
    #expect(ProgressLine.text(fit, timeLeft: nil, width: 80) == "step 12  loss 3e-07")
    let loop = Progress(statement: 1, step: 3, steps: 6, loss: nil, rate: nil)
    #expect(
      ProgressLine.text(loop, timeLeft: 1e9, width: 40, isASCII: true)
        == "turn 3/6  #########..........  days left")
  }

  @Test(arguments: 0...100) func fits(_ width: Int) {
    let text = ProgressLine.text(progress, timeLeft: 75, width: width)
    #expect(text.count <= width)
    #expect(text.isEmpty || "step 250/1000".hasPrefix(text) || text.hasPrefix("step 250/1000"))
    let all = "step 250/1000  loss 0.03457  rate 0.1  1:15 left"
    if width >= all.count { #expect(text.hasSuffix("loss 0.03457  rate 0.1  1:15 left")) }
  }
}
