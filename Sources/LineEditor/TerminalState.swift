import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How the terminal was found, and what has to be undone before it is given back; read by signal
/// handlers.
nonisolated(unsafe) private var settingsFound: termios?
private let isPasteMarked = Atomic<Bool>(false)

/// The settings of the terminal over the life of an editor.
///
/// Between two lines the terminal neither echoes nor collects lines: what is typed while something
/// runs waits for the next prompt and is shown there, once. Therefore the settings have to be put
/// back whichever way the process ends or stops.
enum TerminalState {
  private static let markPaste: StaticString = "\u{1B}[?2004h"
  private static let unmarkPaste: StaticString = "\u{1B}[?2004l"

  /// Notes the settings as they are, and has them put back by signals that end or stop the process.
  static func remember() {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
    settingsFound = settings
    for number in [SIGHUP, SIGTERM, SIGQUIT, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV] {
      handle(number, unlessIgnored: true) { number in
        TerminalState.giveBack()
        carryOut(number)
      }
    }
    handle(SIGTSTP, unlessIgnored: true, stop)
  }

  /// Asks the terminal to mark what is pasted, so that it can be told from what is typed.
  static func beginLine() {
    isPasteMarked.store(true, ordering: .relaxed)
    send(markPaste)
  }

  static func endLine() {
    guard isPasteMarked.exchange(false, ordering: .relaxed) else { return }
    send(unmarkPaste)
  }

  /// Puts everything back for good.
  static func restore() {
    giveBack()
    settingsFound = nil
  }

  fileprivate static func giveBack() {
    endLine()
    guard var settings = settingsFound else { return }
    tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
  }

  /// Writes in a way that a signal handler may.
  private static func send(_ text: StaticString) {
    _ = write(STDOUT_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }
}

/// Stops the process with the terminal as it was found; takes the terminal again afterwards.
private func stop(_ number: Int32) {
  var settings = termios()
  tcgetattr(STDIN_FILENO, &settings)
  let wasInLine = isPasteMarked.load(ordering: .relaxed)
  TerminalState.giveBack()
  // The system decides whether anyone is there who could continue the process.
  carryOut(number)
  handle(number, stop)
  tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
  if wasInLine { TerminalState.beginLine() }
}

/// Does what the signal does to a process without a handler, now.
private func carryOut(_ number: Int32) {
  signal(number, SIG_DFL)
  var numbers = sigset_t()
  sigemptyset(&numbers)
  sigaddset(&numbers, number)
  pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
  raise(number)
}
