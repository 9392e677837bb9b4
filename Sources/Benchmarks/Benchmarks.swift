import Tensors

/// Measures where the time goes: parse, build, forward, reverse, print.
///
/// Prints one JSON object a figure: the median, least and most of the repetitions. Every workload
/// checks its answer against one found another way before it is timed.
@main
struct Benchmarks {
  static func main() {
    ArrayMemory.keepWhatIsFreed()
    let words = Array(CommandLine.arguments.dropFirst())
    let wanted = words.filter { !$0.contains(".") }
    for workload in Workload.all where wanted.isEmpty || wanted.contains(workload.name) {
      workload.run()
    }
    for path in words where path.hasSuffix(".bin") { TapeFile.run(path) }
    if let unknown = wanted.first(where: { name in !Workload.all.contains { $0.name == name } }) {
      let names = Workload.all.map(\.name).joined(separator: ", ")
      print("no workload is called \(unknown); there are \(names), and tape files ending in .bin")
    }
  }
}
