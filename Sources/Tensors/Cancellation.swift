import Synchronization

/// Whether work that takes long is still wanted.
///
/// Sweeps ask every few thousand nodes and kernels every few million steps. Who hears that it is no
/// longer wanted leaves off, and what it gives back then means nothing; whoever has started it looks
/// at `wasNoticed`.
package final class Cancellation: Sendable {
  /// The pace of work that takes a few nanoseconds a step, and of work that takes microseconds.
  package enum Pace: Int {
    case numbers = 0xFFF
    case nodes = 0x3F

    /// Whether it is time to ask: every so many steps, never in the first ones, so that what is small
    /// is done before anybody could have changed their mind.
    @inline(__always)
    package func isDue(at step: Int) -> Bool { step & rawValue == rawValue }
  }

  /// Work that is always wanted.
  package static let never = Cancellation { false }

  private let isRequested: @Sendable () -> Bool
  private let noticed = Atomic<Bool>(false)

  package init(when isRequested: @escaping @Sendable () -> Bool) {
    self.isRequested = isRequested
  }

  /// Whether some work has left off.
  package var wasNoticed: Bool { noticed.load(ordering: .relaxed) }

  /// Asks whether to leave off; once that was so it stays so until `forget`.
  package func ask() -> Bool {
    if wasNoticed { return true }
    guard isRequested() else { return false }
    noticed.store(true, ordering: .relaxed)
    return true
  }

  /// Asks where a question is due, and leaves off by an error.
  @inline(__always)
  package func check(_ pace: Pace, at step: Int) throws(ShapeError) {
    if pace.isDue(at: step), ask() { throw .cancelled }
  }

  /// Leaves off by an error where other work has left off.
  package func confirm() throws(ShapeError) {
    if wasNoticed { throw .cancelled }
  }

  /// Itself for work on many entries; small work is done before anybody could change their mind.
  func ifLarge(_ entries: Int) -> Cancellation {
    entries > Pace.numbers.rawValue ? self : .never
  }

  /// Begins anew.
  package func forget() {
    if wasNoticed { noticed.store(false, ordering: .relaxed) }
  }
}
