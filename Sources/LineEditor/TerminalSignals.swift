import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What arrived while a line was read; written by a signal handler, hence no more than flags.
private let resizeArrived = Atomic<Bool>(false)
private let continueArrived = Atomic<Bool>(false)

/// The signals after which the line has to be drawn anew, while a line is read.
struct TerminalSignals {
  private static let numbers = [SIGWINCH, SIGCONT]
  private var before: [sigaction] = []

  /// Installs the handlers and forgets what arrived earlier.
  init() {
    Wakeup.open()
    resizeArrived.store(false, ordering: .relaxed)
    continueArrived.store(false, ordering: .relaxed)
    for number in Self.numbers {
      before.append(
        handle(number) { number in
          if number == SIGWINCH {
            resizeArrived.store(true, ordering: .relaxed)
          } else {
            continueArrived.store(true, ordering: .relaxed)
          }
          Wakeup.send()
        })
    }
  }

  /// Puts back the handlers found by `init`.
  func restore() {
    for (number, old) in zip(Self.numbers, before) {
      var old = old
      sigaction(number, &old, nil)
    }
  }

  /// Whether the window changed its size since the last question.
  static func takeResize() -> Bool {
    resizeArrived.exchange(false, ordering: .relaxed)
  }

  /// Whether the process was stopped and continued since the last question.
  static func takeContinue() -> Bool {
    continueArrived.exchange(false, ordering: .relaxed)
  }
}

/// Installs a handler that does not restart system calls.
///
/// - Parameters:
///   - number: The signal.
///   - unlessIgnored: Whether a signal stays ignored that the process was started to ignore.
///   - handler: What is called when it arrives.
/// - Returns: What the signal led to before.
@discardableResult
func handle(
  _ number: Int32, unlessIgnored: Bool = false, _ handler: @convention(c) (Int32) -> Void
) -> sigaction {
  var old = sigaction()
  sigaction(number, nil, &old)
  var action = sigaction()
  #if canImport(Darwin)
    let isIgnored = unsafeBitCast(old.__sigaction_u.__sa_handler, to: Int.self) == 1
    action.__sigaction_u.__sa_handler = handler
  #else
    let isIgnored = unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1
    action.__sigaction_handler.sa_handler = handler
  #endif
  sigemptyset(&action.sa_mask)
  if !(unlessIgnored && isIgnored) { sigaction(number, &action, nil) }
  return old
}
