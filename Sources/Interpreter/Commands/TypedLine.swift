import Autodiff
import Syntax

/// The line that is running, as it was typed.
struct TypedLine: Sendable {
  /// Where it stands in what is being read: a statement that begins in it belongs to it.
  var start = 0
  var end = 0
}

extension Session {
  /// Notes the line of a statement that is about to run; what a loaded file says belongs to the
  /// line that loaded it.
  mutating func noteLine(from start: Int, to end: Int) {
    guard outerInputs.isEmpty, start >= typed.end || end > typed.end else { return }
    let isNew = start >= typed.end
    if isNew { typed.start = start }
    let first = typed.start
    typed.end = input.bytes.withUnsafeBufferPointer { bytes in
      var last = min(end, bytes.count)
      while last < bytes.count, bytes[last] != 10 { last += 1 }
      let line = UnsafeBufferPointer(rebasing: bytes[first..<last])
      if isNew { lines.append(line) } else { lines.replaceLast(by: line) }
      return last
    }
  }

  /// Before another text is fed: its places have nothing to do with those of the last one.
  mutating func endLine() { typed = TypedLine() }

  /// `:history`, `:history 20`: the lines with their numbers.
  func history(_ argument: Argument) throws(Diagnostic) -> [String] {
    let wanted = try count(argument, of: "lines") ?? lines.last
    let first = max(1, lines.last - min(wanted, LineStore.mostLines) + 1)
    let width = String(lines.last).count
    return (first...lines.last).flatMap { number -> [String] in
      let digits = String(number)
      // The further lines of a block stand below its first.
      return (lines.line(number) ?? "").split(separator: "\n").enumerated().map { row, line in
        let margin = row == 0 ? digits : ""
        return String(repeating: " ", count: width - margin.count) + "\(margin)  \(line)"
      }
    }
  }
}
