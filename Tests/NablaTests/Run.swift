import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The built program, run once: what it was given and what came of it.
///
/// A run that takes longer than its deadline is killed, and `isKilled` says so.
struct Run {
  /// Where a standard stream of the program leads.
  enum Stream {
    case pipe, closed
    case path(String)
  }

  var status: Int32 = -1
  var outputBytes: [UInt8] = []
  var errorBytes: [UInt8] = []
  var isKilled = false

  var output: String { String(decoding: outputBytes, as: UTF8.self) }
  var errors: String { String(decoding: errorBytes, as: UTF8.self) }
  var lines: [String] { output.split(separator: "\n").map(String.init) }

  init(
    _ arguments: [String] = [], input: String, environment: [String] = [], deadline: Double = 60
  ) {
    self.init(
      arguments, bytes: Array(input.utf8), environment: environment, deadline: deadline)
  }

  init(
    _ arguments: [String] = [], program: String = Child.program, bytes: [UInt8] = [],
    stdin: Stream = .pipe, stdout: Stream = .pipe, environment: [String] = [],
    mostOutput: Int = .max, deadline: Double = 60
  ) {
    guard
      let child = Child(
        arguments, program: program, stdin: stdin, stdout: stdout, environment: environment)
    else { return }
    var sent = 0
    let end = Stopwatch.now + deadline
    while child.output != nil || child.error != nil {
      if sent == bytes.count { child.closeInput() }
      var entries = child.entries
      guard Stopwatch.now < end else {
        isKilled = true
        kill(child.process, SIGKILL)
        break
      }
      guard poll(&entries, nfds_t(entries.count), 100) > 0 else { continue }
      for entry in entries where entry.revents != 0 {
        if entry.fd == child.input {
          let count = bytes.withUnsafeBytes {
            write(entry.fd, $0.baseAddress?.advanced(by: sent), min(bytes.count - sent, 1 << 16))
          }
          if count > 0 { sent += count } else { child.closeInput() }
        } else if entry.fd == child.output {
          if !Run.receive(entry.fd, into: &outputBytes) || outputBytes.count >= mostOutput {
            child.closeOutput()
          }
        } else if !Run.receive(entry.fd, into: &errorBytes) {
          child.closeError()
        }
      }
    }
    status = child.wait()
  }

  /// Reads what there is; false at the end.
  private static func receive(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 { bytes.append(contentsOf: buffer[..<count]) }
    return count > 0
  }
}

/// Seconds that only go forward.
enum Stopwatch {
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// The program as a running process.
final class Child {
  let process: pid_t
  private(set) var input: Int32?
  private(set) var output: Int32?
  private(set) var error: Int32?

  /// Next to the bundle of the tests.
  static let program: String = {
    let words = CommandLine.arguments
    let place = words.firstIndex(of: "--test-bundle-path").map { $0 + 1 } ?? 0
    for bundle in [words.indices.contains(place) ? words[place] : "", words[0]] {
      guard let slash = bundle.lastIndex(of: "/") else { continue }
      let path = "\(bundle[..<slash])/nabla"
      if access(path, X_OK) == 0 { return path }
    }
    return "\(#filePath.dropLast("/Tests/NablaTests/Run.swift".count))/.build/debug/nabla"
  }()

  /// What every run starts with: no terminal, nothing of the user's.
  static let plainEnvironment = ["PATH=/usr/bin:/bin", "HOME=/nonexistent", "TERM=xterm"]

  /// Starts the program with pipes; a terminal, if one is given, serves as all three streams.
  init?(
    _ arguments: [String], program: String = Child.program, stdin: Run.Stream = .pipe,
    stdout: Run.Stream = .pipe, terminal: String? = nil, environment: [String] = []
  ) {
    signal(SIGPIPE, SIG_IGN)
    // Between making a pipe and starting the program no other program may start and inherit it.
    let started = Child.starting.withLock { _ in
      Started(
        program, arguments, stdin, stdout, terminal: terminal, environment: environment)
    }
    guard let process = started.process else { return nil }
    self.process = process
    (input, output, error) = (started.ours[0], started.ours[1], started.ours[2])
    if let input { _ = fcntl(input, F_SETFL, O_NONBLOCK) }
  }

  private static let starting = Mutex<Void>(())

  deinit {
    closeInput()
    closeOutput()
    closeError()
  }

  var entries: [pollfd] {
    var entries: [pollfd] = []
    if let input { entries.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    for case .some(let descriptor) in [output, error] {
      entries.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
    }
    return entries
  }

  func closeInput() { Child.close(&input) }
  func closeOutput() { Child.close(&output) }
  func closeError() { Child.close(&error) }

  /// Sends a line and returns what comes back up to a line that ends so, or within the deadline.
  func ask(_ line: String, until end: String, deadline: Double = 20) -> String {
    guard let input, let output else { return "" }
    let bytes = Array("\(line)\n".utf8)
    _ = bytes.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
    return Child.read(output, until: end, deadline: deadline)
  }

  /// Reads until the text ends as wanted or the deadline has passed.
  static func read(_ descriptor: Int32, until end: String, deadline: Double = 20) -> String {
    var bytes: [UInt8] = []
    let limit = Stopwatch.now + deadline
    while Stopwatch.now < limit {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, 50) > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = systemRead(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
      if String(decoding: bytes, as: UTF8.self).hasSuffix(end) { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The exit status, or 128 and the number of the signal; kills a program that does not end.
  func wait(deadline: Double = 20) -> Int32 {
    closeInput()
    var status: Int32 = 0
    let limit = Stopwatch.now + deadline
    while waitpid(process, &status, WNOHANG) == 0 {
      if Stopwatch.now > limit { kill(process, SIGKILL) }
      usleep(1000)
    }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  private static func close(_ descriptor: inout Int32?) {
    if let open = descriptor { systemClose(open) }
    descriptor = nil
  }
}

/// A process with our ends of its streams.
private struct Started {
  var process: pid_t?
  var ours: [Int32?] = [nil, nil, nil]

  init(
    _ program: String, _ arguments: [String], _ stdin: Run.Stream, _ stdout: Run.Stream,
    terminal: String?, environment: [String]
  ) {
    var actions = SpawnActions()
    var theirs: [Int32] = []
    if let terminal {
      for descriptor in Int32(0)...2 { actions.open(terminal, descriptor, O_RDWR) }
      actions.startSession()
    } else {
      for (place, stream) in [stdin, stdout, .pipe].enumerated() {
        let descriptor = Int32(place)
        switch stream {
        case .closed: actions.close(descriptor)
        case .path(let path): actions.open(path, descriptor, place == 0 ? O_RDONLY : O_WRONLY)
        case .pipe:
          var ends: [Int32] = [-1, -1]
          _ = pipe(&ends)
          for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
          // The program reads its input and writes the others.
          if place > 0 { ends.reverse() }
          actions.connect(ends[0], to: descriptor)
          theirs.append(ends[0])
          ours[place] = ends[1]
        }
      }
    }
    let names = environment.map { $0.prefix { $0 != "=" } + "=" }
    let inherited = Child.plainEnvironment.filter { line in !names.contains { line.hasPrefix($0) } }
    process = actions.spawn(program, [program] + arguments, inherited + environment)
    for descriptor in theirs { systemClose(descriptor) }
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: inout [UInt8], _ count: Int) -> Int {
  read(descriptor, &buffer, count)
}

private func systemClose(_ descriptor: Int32) { close(descriptor) }

/// What happens in the new process before the program runs in it.
private struct SpawnActions {
  #if canImport(Glibc)
    private var actions = posix_spawn_file_actions_t()
    private var attributes = posix_spawnattr_t()
  #else
    private var actions: posix_spawn_file_actions_t?
    private var attributes: posix_spawnattr_t?
  #endif
  private var flags = Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)

  /// `POSIX_SPAWN_SETSID`, which the C library shows to few.
  #if canImport(Glibc)
    private static let setsid: Int16 = 0x80
  #else
    private static let setsid: Int16 = 0x400
  #endif

  init() {
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
  }

  mutating func close(_ descriptor: Int32) {
    posix_spawn_file_actions_addclose(&actions, descriptor)
  }

  mutating func open(_ path: String, _ descriptor: Int32, _ mode: Int32) {
    posix_spawn_file_actions_addopen(&actions, descriptor, path, mode, 0)
  }

  mutating func connect(_ descriptor: Int32, to other: Int32) {
    posix_spawn_file_actions_adddup2(&actions, descriptor, other)
  }

  /// Lets the first terminal that is opened be the one whose ^C reaches the program.
  mutating func startSession() { flags |= Self.setsid }

  mutating func spawn(_ path: String, _ arguments: [String], _ environment: [String]) -> pid_t? {
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // The threads that run tests block signals and ignore some; the program starts with neither.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, flags)
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, path, &actions, &attributes, words, variables)
    return failure == 0 ? process : nil
  }
}
