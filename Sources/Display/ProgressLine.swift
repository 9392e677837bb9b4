import Interpreter
import Tensors

/// One row that shows how far a computation has come.
package enum ProgressLine {
  private static let longestBar = 30
  private static let shortestBar = 5

  /// The row: step, bar, loss, rate and time left, as far as they fit.
  ///
  /// - Parameters:
  ///   - progress: how far it is.
  ///   - timeLeft: in seconds; nil where it cannot be told.
  ///   - width: the columns it may take.
  ///   - isASCII: whether glyphs are written by their twins.
  /// - Returns: the row, no wider than that.
  package static func text(
    _ progress: Progress, timeLeft: Double?, width: Int, isASCII: Bool = false
  ) -> String {
    let word = progress.loss == nil ? "turn" : "step"
    var parts = ["\(word) \(progress.step)" + (progress.steps.map { "/\($0)" } ?? "")]
    if let loss = progress.loss { parts.append("loss \(number(loss))") }
    if let timeLeft { parts.append("\(time(timeLeft)) left") }
    if let rate = progress.rate { parts.append("rate \(number(rate))") }
    // What matters least stands last here, and is left out first.
    while parts.count > 1, columns(parts) > width { parts.removeLast() }
    // The time reads best at the end.
    if parts.count > 3 { parts.swapAt(2, 3) }
    if let steps = progress.steps {
      let room = min(longestBar, width - columns(parts) - 2)
      if room >= shortestBar {
        parts.insert(bar(Double(progress.step) / Double(max(steps, 1)), room), at: 1)
      }
    }
    let text = String(parts.joined(separator: "  ").prefix(max(width, 0)))
    return isASCII ? Glyph.ascii(text) : text
  }

  private static func columns(_ parts: [String]) -> Int {
    parts.reduce(2 * (parts.count - 1)) { $0 + displayWidth(of: $1) }
  }

  private static func bar(_ share: Double, _ columns: Int) -> String {
    let filled = Int((Double(columns) * min(max(share, 0), 1)).rounded(.down))
    return String(repeating: "█", count: filled)
      + String(repeating: "░", count: columns - filled)
  }

  /// As many digits as change slowly enough to be read.
  private static func number(_ value: Double) -> String {
    NumberFormat.text(value, digits: .significant(4))
  }

  /// `0:07`, `1:15:30`.
  private static func time(_ seconds: Double) -> String {
    guard seconds < 1e6 else { return "days" }
    let whole = Int(seconds.rounded(.up))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
