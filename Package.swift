// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// What every target of ours is compiled with: no warning is let through.
///
/// Debug builds, which the tests run, watch for overlapping accesses at run time; a release build
/// leaves that out of its inner loops.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

/// Swift asks the linker for `-lstdc++`, which leads to the archive where this folder is looked at
/// first; some systems do not have the archive.
let archives: [String] = {
  let found = try? FileManager.default.subpathsOfDirectory(atPath: "/usr/lib/gcc")
  guard found?.contains(where: { $0.hasSuffix("/libstdc++.a") }) == true else { return [] }
  return ["-Xclang-linker", "-L\(Context.packageDirectory)/scripts/linux"]
}()

/// Linux links the libraries of Swift and C++ in: loading them takes longer than a first answer.
let start: [LinkerSetting] = [
  .unsafeFlags(
    ["-static-stdlib", "-Xclang-linker", "-no-pie", "-Xclang-linker", "-static-libgcc"] + archives
      + ["-Xlinker", "--no-export-dynamic"],
    .when(platforms: [.linux], configuration: .release))
]

/// What holds a session by value: all of its modules, or a change of a type deep down would leave
/// the holder compiled for the old layout.
let session: [Target.Dependency] = [
  "Interpreter", "Algebra", "Autodiff", "DataFiles", "Optimization", "Syntax", "Tensors",
]

let package = Package(
  name: "nabla",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "nabla", targets: ["nabla"])],
  targets: [
    .target(name: "CArrayLoops"),
    .target(name: "CMatrixTile"),
    .target(
      name: "Tensors", dependencies: ["CArrayLoops", "CMatrixTile"], swiftSettings: strict),
    .target(name: "Syntax", swiftSettings: strict),
    .target(name: "Autodiff", dependencies: ["CArrayLoops", "Tensors"], swiftSettings: strict),
    .target(name: "Algebra", dependencies: ["Autodiff", "Tensors"], swiftSettings: strict),
    .target(name: "Optimization", dependencies: ["CArrayLoops"], swiftSettings: strict),
    .target(name: "DataFiles", dependencies: ["Tensors"], swiftSettings: strict),
    .target(
      name: "Interpreter",
      dependencies: ["Algebra", "Autodiff", "DataFiles", "Optimization", "Syntax", "Tensors"],
      swiftSettings: strict),
    .target(name: "Display", dependencies: session, swiftSettings: strict),
    .target(
      name: "CLibEdit", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "CGetOpt"),
    .target(name: "LineEditor", dependencies: ["CLibEdit"], swiftSettings: strict),
    .executableTarget(
      name: "nabla", dependencies: ["CGetOpt", "Display", "LineEditor"] + session,
      swiftSettings: strict, linkerSettings: start),
    .executableTarget(
      name: "Benchmarks", dependencies: ["Display"] + session,
      swiftSettings: strict, linkerSettings: start),
    .target(
      name: "TestSupport", dependencies: ["Display"] + session, path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "TensorsTests", dependencies: ["CArrayLoops", "Tensors"], swiftSettings: strict),
    .testTarget(name: "SyntaxTests", dependencies: ["Syntax"], swiftSettings: strict),
    .testTarget(
      name: "AutodiffTests", dependencies: ["Autodiff", "Tensors"], swiftSettings: strict),
    .testTarget(name: "OptimizationTests", dependencies: ["Optimization"], swiftSettings: strict),
    .testTarget(
      name: "DataFilesTests", dependencies: ["DataFiles", "Tensors"], swiftSettings: strict),
    .testTarget(
      name: "AlgebraTests", dependencies: ["TestSupport"] + session, swiftSettings: strict),
    .testTarget(
      name: "InterpreterTests", dependencies: ["Display", "TestSupport"] + session,
      swiftSettings: strict),
    .testTarget(
      name: "DisplayTests", dependencies: ["Display", "TestSupport"] + session,
      swiftSettings: strict),
    .testTarget(name: "LineEditorTests", dependencies: ["LineEditor"], swiftSettings: strict),
    .testTarget(
      name: "NablaTests", dependencies: ["nabla", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DocsTests", dependencies: ["nabla", "Display", "TestSupport"] + session,
      swiftSettings: strict),
  ]
)
