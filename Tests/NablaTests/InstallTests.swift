import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The scripts that install and uninstall, below prefixes that are thrown away.
@Suite struct InstallTests {
  private static let files = [
    "bin/nabla", "share/bash-completion/completions/nabla",
    "share/fish/vendor_completions.d/nabla.fish", "share/man/man1/nabla.1", "share/nabla/installed",
    "share/zsh/site-functions/_nabla",
  ]

  /// A folder that is removed with all that is below it.
  private final class Place {
    let path: String
    init() throws {
      var template = Array("/tmp/nabla install XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { throw Folder.Failure(reason: "no folder") }
      path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    deinit { _ = Run(["-rf", path], program: "/bin/rm") }

    /// What lies below it, as paths from there.
    func contents(_ kind: String = "f") -> [String] {
      Run(["-c", "cd '\(path)' && find . -type \(kind) | LC_ALL=C sort"], program: "/bin/sh").lines
        .map { String($0.dropFirst(2)) }.filter { !$0.isEmpty }
    }

    func write(_ name: String, _ text: String) { Golden.write(text, to: "\(path)/\(name)") }
  }

  private func script(_ name: String, _ arguments: [String], environment: [String] = []) -> Run {
    Run(
      ["\(Golden.root)/scripts/\(name)"] + arguments, program: "/bin/sh",
      environment: ["NABLA=\(Child.program)"] + environment)
  }

  @Test func whatIsInstalledCanBeUninstalled() throws {
    let place = try Place()
    let install = script("install", [place.path])
    #expect(install.status == 0, "\(install.errors)")
    #expect(install.output == "")
    #expect(place.contents() == Self.files)
    for file in Self.files { #expect(install.errors.contains("  \(file)\n")) }
    #expect(install.errors.contains("export PATH=\"\(place.path)/bin:$PATH\""))
    let run = Run(["-f", "value", "-e", "2*x", "x=3"], program: "\(place.path)/bin/nabla")
    #expect(run.output == "6\n")
    for (kind, file) in [
      ("man", "share/man/man1/nabla.1"), ("bash", "share/bash-completion/completions/nabla"),
      ("zsh", "share/zsh/site-functions/_nabla"),
      ("fish", "share/fish/vendor_completions.d/nabla.fish"),
    ] {
      #expect(Golden.read("\(place.path)/\(file)") == Run(["--generate", kind]).output)
    }
    let uninstall = script("uninstall", [place.path])
    #expect(uninstall.status == 0, "\(uninstall.errors)")
    #expect(place.contents() == [])
    #expect(place.contents("d") == [])
  }

  @Test func nothingElseIsTouched() throws {
    let place = try Place()
    let folders = ["bin", "share/man/man1", "share/zsh/site-functions"]
    _ = Run(["-p"] + folders.map { "\(place.path)/\($0)" }, program: "/bin/mkdir")
    place.write("share/man/man1/other.1", "another page")
    #expect(script("install", [place.path]).status == 0)
    // Once more, as after an update.
    #expect(script("install", [place.path]).status == 0)
    place.write("share/nabla/mine", "put there later")
    #expect(script("uninstall", [place.path]).status == 0)
    #expect(place.contents() == ["share/man/man1/other.1", "share/nabla/mine"])
    #expect(
      place.contents("d") == [
        "bin", "share", "share/man", "share/man/man1", "share/nabla", "share/zsh",
        "share/zsh/site-functions",
      ])
  }

  @Test func aForeignFileIsNotReplaced() throws {
    let place = try Place()
    _ = Run(["-p", "\(place.path)/bin"], program: "/bin/mkdir")
    place.write("bin/nabla", "somebody else's")
    let install = script("install", [place.path])
    #expect(install.status == 1)
    #expect(install.errors.contains("bin/nabla is there already, and not from this script"))
    #expect(place.contents() == ["bin/nabla"])
    #expect(Golden.read("\(place.path)/bin/nabla") == "somebody else's")
  }

  @Test func destdirGoesBeforeEveryPath() throws {
    let place = try Place()
    let install = script("install", ["/usr"], environment: ["DESTDIR=\(place.path)"])
    #expect(install.status == 0, "\(install.errors)")
    #expect(place.contents() == Self.files.map { "usr/\($0)" })
    #expect(!install.errors.contains("PATH"))
    #expect(
      script("uninstall", ["/usr"], environment: ["DESTDIR=\(place.path)"]).status == 0)
    #expect(place.contents("d") == [])
  }

  /// Without a prefix it is the person's own folder where /usr/local is closed.
  @Test func withoutAPrefixThereIsOne() throws {
    let place = try Place()
    let environment = ["HOME=/home/somebody", "DESTDIR=\(place.path)"]
    #expect(script("install", [], environment: environment).status == 0)
    #expect(place.contents() == Self.files.map { "usr/local/\($0)" })
    #expect(script("uninstall", [], environment: environment).status == 0)
    #expect(place.contents() == [])
    #expect(script("uninstall", [], environment: environment).errors.contains("/.local"))
    // A file where the folder would have to be.
    _ = Run(["-p", "\(place.path)/usr"], program: "/bin/mkdir")
    place.write("usr/local", "")
    #expect(script("install", [], environment: environment).status == 0)
    #expect(place.contents() == Self.files.map { "home/somebody/.local/\($0)" } + ["usr/local"])
  }

  @Test(arguments: [
    (["/dev/null/here"], "cannot write to /dev/null/here/bin"), (["-h"], "'-h' is no prefix"),
    (["/tmp", "/usr"], "one prefix is enough"),
  ]) func saysWhatIsWrong(_ arguments: [String], _ message: String) {
    let run = script("install", arguments)
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("error: \(message)\n"))
  }

  @Test func thereHasToBeSomethingToRemove() throws {
    let place = try Place()
    let run = script("uninstall", [place.path])
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("error: nothing is installed below \(place.path)\n"))
  }
}
