import Testing

@testable import LineEditor

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct HistoryFileTests {
  let folder = TemporaryFolder()

  @Test func missingFileIsAnEmptyHistory() {
    var history = HistoryFile(path: "\(folder.path)/none")
    #expect(history.load() == [])
    #expect(history.takeNotice() == nil)
    #expect(contents("\(folder.path)/none") == nil)
  }

  @Test func entriesComeBackInOrder() {
    let path = "\(folder.path)/a/b/history"
    var history = HistoryFile(path: path)
    for entry in ["x = 1", "α = 2", "三 = 3"] { history.append(entry) }
    #expect(history.takeNotice() == nil)
    #expect(contents(path) == "x = 1\nα = 2\n三 = 3\n")
    var later = HistoryFile(path: path)
    #expect(later.load() == ["x = 1", "α = 2", "三 = 3"])
  }

  @Test func onlyTheOwnerSeesIt() {
    let path = "\(folder.path)/state/history"
    let mask = umask(0)
    var history = HistoryFile(path: path)
    history.append("secret = 1")
    umask(mask)
    #expect(permissions(path) == 0o600)
    #expect(permissions("\(folder.path)/state") == 0o700)
  }

  @Test func leadingBlanksAndRepetitionsStayOut() {
    let path = folder.file("history", holding: "1 + 1\n".utf8)
    var history = HistoryFile(path: path)
    _ = history.load()
    for entry in ["1 + 1", " secret", "\tsecret", "", "2", "2", "1 + 1"] { history.append(entry) }
    #expect(contents(path) == "1 + 1\n2\n1 + 1\n")
  }

  @Test func anEntryOfSeveralLinesIsOne() {
    let path = "\(folder.path)/history"
    var history = HistoryFile(path: path)
    let entries = ["f(x) = {\n  x\n}", "1", "print \"a\\n\"\n2", "a\n\nb"]
    for entry in entries { history.append(entry) }
    #expect(
      contents(path) == "f(x) = {\\\n  x\\\n}\n1\nprint \"a\\n\"\\\n2\na\\\n\\\nb\n")
    var later = HistoryFile(path: path)
    #expect(later.load() == entries)
  }

  @Test func aBackslashAtTheEndOfALineIsNoSign() {
    let path = "\(folder.path)/history"
    var history = HistoryFile(path: path)
    for entry in ["1 \\", "2\\\n3", "4"] { history.append(entry) }
    var later = HistoryFile(path: path)
    #expect(later.load() == ["1 \\ ", "2\\ \n3", "4"])
  }

  @Test func anEntryCutShortDoesNotGoOn() {
    let path = folder.file("history", holding: "1 +\\".utf8)
    var history = HistoryFile(path: path)
    #expect(history.load() == ["1 +"])
    history.append("2")
    var later = HistoryFile(path: path)
    #expect(later.load() == ["1 +", "2"])
  }

  @Test func junkIsSkipped() {
    let junk: [UInt8] = [0xFF, 0xFE, 0x0A, 0x61, 0x00, 0x62, 0x0A, 0x0A, 0xCE, 0x0A]
    let path = folder.file("history", holding: Array("1\n".utf8) + junk + Array("2\r\n3".utf8))
    var history = HistoryFile(path: path)
    #expect(history.load() == ["1", "2", "3"])
    #expect(history.takeNotice() == nil)
  }

  @Test func unfinishedLastLineIsClosedFirst() {
    let path = folder.file("history", holding: "1 + ".utf8)
    var history = HistoryFile(path: path)
    _ = history.load()
    history.append("2")
    history.append("3")
    #expect(contents(path) == "1 + \n2\n3\n")
  }

  @Test func newestOfMany() {
    let path = folder.file("history", holding: (1...200_000).lazy.flatMap { "entry \($0)\n".utf8 })
    var history = HistoryFile(path: path)
    let entries = history.load()
    #expect(entries.count == 10_000)
    #expect(entries.first == "entry 190001")
    #expect(entries.last == "entry 200000")
  }

  @Test func aFileThatIsTooLargeKeepsItsNewestEntries() {
    let path = folder.file("history", holding: (1...1_000).lazy.flatMap { "entry \($0)\n".utf8 })
    chmod(path, 0o600)
    var history = HistoryFile(path: path)
    #expect(history.load(limit: 100, largestSize: 4_000).count == 100)
    #expect(contents(path) == (901...1_000).map { "entry \($0)\n" }.joined())
    #expect(permissions(path) == 0o600)
    history.append("2")
    #expect(history.load(limit: 100, largestSize: 1_000).last == "2")
    #expect((contents(path) ?? "").utf8.count <= 500)
    #expect(contents(path)?.hasSuffix("entry 1000\n2\n") == true)
  }

  @Test func aLargeFileThatOthersCanReadIsNotOurs() {
    let text = (1...1_000).map { "entry \($0)\n" }.joined()
    let path = folder.file("history", holding: text.utf8)
    chmod(path, 0o644)
    var history = HistoryFile(path: path)
    #expect(history.load(limit: 100, largestSize: 4_000).count == 100)
    #expect(contents(path) == text)
  }

  @Test func whatIsAppendedWhileTheFileIsCutIsKept() async {
    let path = folder.file("history", holding: (1...1_000).lazy.flatMap { "entry \($0)\n".utf8 })
    chmod(path, 0o600)
    await withTaskGroup { group in
      group.addTask {
        var history = HistoryFile(path: path)
        for entry in 0..<300 { history.append("new \(entry)") }
      }
      group.addTask {
        for _ in 0..<300 {
          var history = HistoryFile(path: path)
          _ = history.load(largestSize: 500)
        }
      }
    }
    var history = HistoryFile(path: path)
    let entries = history.load()
    // Gone are old ones only.
    #expect(entries == (300 - entries.count..<300).map { "new \($0)" })
  }

  @Test func sessionsSideBySideLoseNothing() async {
    let path = "\(folder.path)/history"
    await withTaskGroup { group in
      for writer in 0..<2 {
        group.addTask {
          var history = HistoryFile(path: path)
          for entry in 0..<1_000 { history.append("\(writer) \(entry)") }
        }
      }
    }
    var history = HistoryFile(path: path)
    let entries = history.load()
    for writer in 0..<2 {
      #expect(
        entries.filter { $0.hasPrefix("\(writer) ") } == (0..<1_000).map { "\(writer) \($0)" })
    }
    #expect(entries.count == 2_000)
  }
}

@Suite struct HistoryFileTroubleTests {
  let folder = TemporaryFolder()

  @Test func folderInPlaceOfTheFile() {
    var history = HistoryFile(path: folder.path)
    #expect(history.load() == [])
    #expect(history.takeNotice() == "cannot read history '\(folder.path)': Is a directory")
    history.append("1")
    #expect(history.takeNotice() == nil)
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser reads everything"))
  func unreadableFileIsLeftAlone() {
    let path = folder.file("history", holding: "1\n".utf8)
    chmod(path, 0o200)
    var history = HistoryFile(path: path)
    #expect(history.load() == [])
    #expect(history.takeNotice() == "cannot read history '\(path)': Permission denied")
    history.append("2")
    chmod(path, 0o600)
    #expect(contents(path) == "1\n")
  }

  @Test func unreachableFile() {
    let path = "\(folder.path)/loop"
    symlink(path, path)
    var history = HistoryFile(path: path)
    #expect(history.load() == [])
    #expect(history.takeNotice()?.hasPrefix("cannot read history '\(path)': ") == true)
    history.append("1")
    #expect(history.takeNotice() == nil)
  }

  @Test func pipeIsNotWaitedFor() {
    let path = "\(folder.path)/pipe"
    mkfifo(path, 0o600)
    var history = HistoryFile(path: path)
    #expect(history.load() == [])
    #expect(history.takeNotice() == "cannot read history '\(path)': Not a regular file")
  }

  @Test func folderThatCannotBeMade() {
    let path = folder.file("file", holding: []) + "/history"
    var history = HistoryFile(path: path)
    history.append("1")
    #expect(history.takeNotice() == "cannot write history '\(path)': Not a directory")
    history.append("2")
    #expect(history.takeNotice() == nil)
  }

  @Test func deviceIsNoHistory() {
    var history = HistoryFile(path: "/dev/null")
    #expect(history.load() == [])
    history.append("1")
    #expect(history.takeNotice() == nil)
  }
}

@Suite struct HistoryFilePathTests {
  @Test(
    arguments: [
      (["HOME": "/home/me"], "/home/me/.local/state/nabla/history"),
      (["HOME": "/home/me", "XDG_STATE_HOME": "/state"], "/state/nabla/history"),
      (["HOME": "/home/me", "XDG_STATE_HOME": "state"], "/home/me/.local/state/nabla/history"),
      (["HOME": "/home/me", "XDG_STATE_HOME": ""], "/home/me/.local/state/nabla/history"),
      (["HOME": "/home/me", "NABLA_HISTORY": "h.txt"], "h.txt"),
      (["HOME": "/home/me", "NABLA_HISTORY": ""], nil),
    ] as [([String: String], String?)])
  func path(variables: [String: String], expected: String?) {
    var history = HistoryFile(program: "nabla") { variables[$0] }
    #expect(history.path == expected)
    #expect(history.takeNotice() == nil)
  }

  @Test func nowhereToKeepIt() {
    var history = HistoryFile(program: "nabla") { _ in nil }
    #expect(history.path == nil)
    #expect(history.takeNotice() == "no history is kept: HOME is not set")
    #expect(history.takeNotice() == nil)
    #expect(history.load() == [])
  }
}
