import Display
import Interpreter

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process: reads the arguments, runs what they ask for, ends with a truthful status.
@main
struct Nabla {
  static let version = "0.1.0"

  static func main() {
    // A reader that has seen enough (`| head`) is noticed by the failed write, not by a signal.
    signal(SIGPIPE, SIG_IGN)
    switch Arguments.read(CommandLine.arguments) {
    case .failure(let problem):
      StandardStream.error.write("nabla: \(problem.message)\n")
      exit(ExitStatus.usage.rawValue)
    case .success(let arguments):
      if arguments.wantsHelp { finish(StandardStream.output.write(HelpText.text)) }
      if arguments.wantsVersion { finish(StandardStream.output.write("nabla \(version)\n")) }
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
    var runner = Runner(arguments)
    return runner.run()
  }
}

/// How the process ends.
enum ExitStatus: Int32 {
  case success = 0
  case failedStatement = 1
  case usage = 2
  case fileTrouble = 3
  /// The reader of the output went away; what a shell reports for SIGPIPE.
  case brokenPipe = 141
}
