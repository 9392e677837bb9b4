import Autodiff
import TestSupport
import Testing

/// Every function against the truth, in its tails and next to its roots, poles and edges.
@Suite struct AccuracyTests {
  static let (valueBound, slopeBound) = (2.0, 4.0)

  @Test(arguments: Accuracy.rows.map(\.name))
  func staysWithinTheBounds(_ name: String) throws {
    let row = Primitive.row(name).row
    let accuracy = try #require(Accuracy(of: row), "Tests/Truth has no file for \(name)")
    #expect(
      accuracy.value.error <= Self.valueBound,
      "\(name)\(accuracy.value.point) is off by \(accuracy.value.error)")
    #expect(
      accuracy.slope.error <= Self.slopeBound,
      "the derivative of \(name) at \(accuracy.slope.point) is off by \(accuracy.slope.error)")
  }

  /// The figures depend a little on the C library, so that the page is not compared letter by letter.
  @Test func thePageSaysWhatIsMeasured() throws {
    let path = "docs/reference/accuracy.md"
    let page = Golden.read("\(Golden.root)/\(path)") ?? ""
    let accuracies = Accuracy.rows.compactMap(Accuracy.init)
    guard !Golden.isRecording else { return expectSame(Self.page(accuracies), as: page, in: path) }
    let lines = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(lines.count == accuracies.count)
    for (line, accuracy) in zip(lines, accuracies) {
      let cells = line.split(separator: "|").map { $0.filter { $0 != " " } }
      #expect(line.hasPrefix("| `\(Self.name(accuracy.row))` "))
      for (cell, worst) in [(1, accuracy.value), (3, accuracy.slope)] {
        let figure = try #require(Double(cells[cell]))
        #expect(abs(figure - worst.error) < 0.75, "\(line): record the page anew")
      }
    }
  }

  private static func name(_ row: Primitive) -> String {
    let name = row.callableNames.first ?? row.name
    return "\(name)(\(row.parameters.joined(separator: ", ")))"
  }

  private static func page(_ accuracies: [Accuracy]) -> String {
    var text = """
      <!-- Written from measurements: RECORD=1 swift test --filter DocsTests -->

      # Accuracy

      The largest errors of values and of first derivatives, in units in the last place: 0.5 is what
      rounding alone may take, and 1 means a neighbour of the nearest double. The truth was computed
      with 40 and more digits from the definitions of mathematics; it stands in `Tests/Truth`
      with the script that makes it.

      The points lie all over the domain of a function, and closer where it is hard: in the tails up
      to ±800 and 1e±300, around roots of the function and of its derivative, next to poles and
      edges, at kinks and jumps. A test asserts that values are off by \(Int(valueBound)) at most
      and derivatives by \(Int(slopeBound)), without exception.

      Measured on Linux with the C library glibc 2.36. Another library may differ a little in what
      is taken from it: exponentials, logarithms, the circular and most hyperbolic functions, erf.

      | function | value | at | derivative | at | points |
      |:--|--:|:--|--:|:--|--:|

      """
    for accuracy in accuracies {
      let (value, slope) = (accuracy.value, accuracy.slope)
      text += "| `\(name(accuracy.row))` | \(figure(value.error)) | \(place(value)) "
      text += "| \(figure(slope.error)) | \(place(slope)) | \(accuracy.points) |\n"
    }
    return text
  }

  /// Hundredths.
  private static func figure(_ error: Double) -> String {
    let hundredths = Int((error * 100).rounded())
    return "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
  }

  private static func place(_ worst: Accuracy.Worst) -> String {
    worst.error == 0 ? "" : worst.point.map { "\($0)" }.joined(separator: ", ")
  }
}
