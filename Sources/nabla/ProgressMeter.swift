import Display
import Interpreter
import LineEditor
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The row on the terminal that shows how far a long computation has come.
///
/// It is drawn over and over in place, by a carriage return and blanks alone, so that any terminal
/// can do it, and is gone when something else is written.
final class ProgressMeter: Sendable {
  /// What is over sooner shows no progress.
  private static let patience = 0.5
  /// Nobody reads faster.
  private static let interval = 0.1

  private struct State {
    /// Where the computation was when its first step was told.
    var first: (progress: Progress, time: Double)?
    var step = 0
    var drawnAt = 0.0
    /// The columns that are taken; 0 while nothing is drawn.
    var columns = 0
  }

  private let state = Mutex(State())
  private let isASCII: Bool

  init(isASCII: Bool) { self.isASCII = isASCII }

  /// Draws the row when it is time to.
  func report(_ progress: Progress) {
    state.withLock { state in
      let now = ProgressMeter.now
      guard let first = state.first, first.progress.statement == progress.statement,
        progress.step >= state.step
      else {
        state.first = (progress, now)
        state.step = progress.step
        return
      }
      state.step = progress.step
      let elapsed = now - first.time
      guard elapsed >= ProgressMeter.patience, now - state.drawnAt >= ProgressMeter.interval else {
        return
      }
      state.drawnAt = now
      let made = progress.step - first.progress.step
      let timeLeft =
        made > 0 ? progress.steps.map { Double($0 - progress.step) * elapsed / Double(made) } : nil
      let width = ProgressMeter.width
      let text = ProgressLine.text(progress, timeLeft: timeLeft, width: width, isASCII: isASCII)
      // Before it shows: whoever sees it may press ^C.
      Interruption.isOnProgress = true
      draw(text, columns: text.count, over: min(state.columns, width))
      state.columns = text.count
    }
  }

  /// Takes the row away; what was typed in it, ^C, comes to stand on its place.
  func clear() {
    state.withLock { state in
      state.first = nil
      guard state.columns > 0 else { return }
      // ^C may have been typed behind it.
      draw("", columns: 0, over: min(state.columns, ProgressMeter.width) + 2)
      state.columns = 0
      Interruption.isOnProgress = false
      if Interruption.isPending { StandardStream.error.write("^C\n") }
    }
  }

  private func draw(_ text: String, columns: Int, over before: Int) {
    let rest = String(repeating: " ", count: max(0, before - columns))
    let back = text.isEmpty ? "\r" : ""
    StandardStream.error.write("\r\(text)\(rest)\(back)")
  }

  /// The columns of the row: two stay free for a ^C, and one for the cursor.
  private static var width: Int { Surroundings().width(of: STDERR_FILENO) - 3 }

  /// Seconds that only go forward.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
