import Autodiff
import Tensors

/// Numbers in messages, with enough digits that what is said of them is true.
extension Session {
  /// A number that is not written as a rounder one: 1.0000000000000002 is never `1`.
  ///
  /// A third is `0.333333`, which looks rounded; a whole number and digits that end early look exact.
  func telling(_ value: Double) -> String {
    let text = number(value)
    guard value.isFinite, Double(text) != value else { return text }
    let digits = text.prefix { $0 != "e" }
    let looksExact = !text.contains(".") || digits.count(where: \.isNumber) < 4
    return looksExact ? NumberFormat.text(value) : text
  }

  func telling(_ id: NodeID) -> String {
    graph.isScalar(id) ? telling(graph.scalar(of: id)) : valueText(id)
  }

  /// Two numbers so that they differ in writing where they differ.
  func tellingApart(_ one: Double, _ other: Double) -> (String, String) {
    let texts = (number(one), number(other))
    guard texts.0 == texts.1, one != other, !one.isNaN else { return texts }
    return (NumberFormat.text(one), NumberFormat.text(other))
  }

  func tellingApart(_ one: NodeID, _ other: NodeID) -> (String, String) {
    guard graph.isScalar(one), graph.isScalar(other) else { return (telling(one), telling(other)) }
    return tellingApart(graph.scalar(of: one), graph.scalar(of: other))
  }
}
