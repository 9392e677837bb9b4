import Interpreter

/// `:load` and `:save`.
extension Runner {
  /// Reads the file that a command asks for and lets the session run it.
  mutating func load(_ request: FileRequest) {
    let path = FileSystem.expanded(request.path, besides: session.filesBeingRead.last?.name)
    let bytes: [UInt8]
    do throws(FileSystem.Failure) {
      bytes = try FileSystem.read(path)
    } catch {
      return report(request.fault("cannot load '\(path)': \(error.reason)"))
    }
    let onePath = FileSystem.onePath(of: path) ?? path
    let chain = session.filesBeingRead
    if let first = chain.firstIndex(where: { $0.path == onePath }) {
      let names = chain[first...].map(\.name) + [path]
      return report(
        request.fault("'\(path)' loads itself: \(names.joined(separator: " → "))"))
    }
    guard chain.count < Runner.mostFilesWithinFiles else {
      return report(request.fault("files that load files are nested deeper than \(chain.count)"))
    }
    session.load(bytes, name: path, path: onePath)
  }

  /// Writes the session into the file that a command names.
  mutating func save(_ request: FileRequest, mayReplace: Bool) {
    let path = FileSystem.expanded(request.path, besides: session.filesBeingRead.last?.name)
    let script = session.script()
    if !mayReplace, FileSystem.exists(path), !FileSystem.isDirectory(path),
      !Runner.isOurs(path)
    {
      return report(
        request.fault(
          "'\(path)' is there and was not written by ':save'",
          hint: "':save! \(request.path)' replaces it"))
    }
    do throws(FileSystem.Failure) {
      try FileSystem.replace(path, by: script.text)
    } catch {
      return report(request.fault("cannot write '\(path)': \(error.reason)"))
    }
    renderer.render(.note("saved \(script.summary) to '\(path)'"), of: &session)
    for note in script.notes { renderer.render(.note(note), of: &session) }
  }

  /// Tells what is wrong with a person's configuration and runs the script to begin with.
  mutating func begin(with configuration: Configuration) {
    for notice in configuration.notices { renderer.render(.note(notice), of: &session) }
    for fault in configuration.faults { renderer.render(.failure(fault), of: &session) }
    flush()
    if let script = configuration.script {
      session.load(
        script.bytes, name: script.path,
        path: FileSystem.onePath(of: script.path) ?? script.path)
      isBeginning = true
      drain()
      isBeginning = false
      session.begin()
    }
    flush()
  }

  static let mostFilesWithinFiles = 100

  /// Whether a file is empty or begins as every saved session does.
  private static func isOurs(_ path: String) -> Bool {
    let mark = Array(Session.scriptMark.utf8)
    let head = FileSystem.head(of: path, mark.count)
    return head == mark || head == []
  }

  private mutating func report(_ fault: Fault) {
    renderer.render(.failure(fault), of: &session)
    abandonLoadingAfterFailure()
  }

  /// At a prompt, and in a script that stops at its first error, a failure ends the files that are
  /// being loaded.
  mutating func abandonLoadingAfterFailure() {
    guard session.isLoading, !arguments.keepsGoing else { return }
    let name = session.filesBeingRead.last?.name ?? ""
    session.abandonLoading()
    let remedy = isBeginning ? "" : "; ':undo' takes back what was"
    renderer.render(.note("the rest of '\(name)' was not run\(remedy)"), of: &session)
  }
}
