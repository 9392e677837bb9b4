import Display
import Interpreter
import LineEditor
import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process: reads the arguments, runs what they ask for, ends with a truthful status.
@main
struct Nabla {
  static let version = "0.1.0"
  /// What `--version` says: also which library multiplies large matrices.
  static var versionText: String {
    let library = SystemBLAS.name ?? "built-in code"
    return "nabla \(version), large matrix products by \(library)\n"
  }
  /// The day of the version, for the manual page.
  static let released = "November 21, 2026"

  static func main() {
    // A reader that has seen enough (`| head`) is noticed by the failed write, not by a signal.
    signal(SIGPIPE, SIG_IGN)
    ArrayMemory.keepWhatIsFreed()
    switch Arguments.read(CommandLine.arguments) {
    case .failure(let problem):
      StandardStream.complain(problem.message)
      exit(ExitStatus.usage.rawValue)
    case .success(let arguments):
      if arguments.wantsHelp {
        finish(HelpText.write(isASCII: arguments.choices.contains { $0.name == "ascii" }))
      }
      if arguments.wantsVersion { finish(StandardStream.output.write(versionText)) }
      if let companion = arguments.companion { finish(StandardStream.output.write(companion.text)) }
      exit(run(arguments).rawValue)
    }
  }

  private static func finish(_ isWritten: Bool) -> Never {
    exit((isWritten ? ExitStatus.success : .fileTrouble).rawValue)
  }

  private static func run(_ arguments: Arguments) -> ExitStatus {
    let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    if isTerminal, arguments.expressions.isEmpty, arguments.files.isEmpty {
      return Prompt(arguments).run()
    }
    Interruption.beginInScript()
    var runner = Runner(arguments)
    return runner.run()
  }
}

/// How the process ends.
enum ExitStatus: Int32, CaseIterable {
  case success = 0
  case failedStatement = 1
  case usage = 2
  case fileTrouble = 3
  /// The reader of the output went away; what a shell reports for SIGPIPE.
  case brokenPipe = 141

  var sentence: String {
    switch self {
    case .success: "all well"
    case .failedStatement: "a statement failed"
    case .usage: "wrong usage"
    case .fileTrouble: "file trouble"
    case .brokenPipe: "the reader of the output went away"
    }
  }
}
