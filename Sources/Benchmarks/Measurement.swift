/// The median of repeated runs, which a busy machine disturbs least.
enum Measurement {
  /// Runs something several times and prints what one of `count` parts of it took.
  static func report(
    _ name: String, _ unit: String, count: Int, repetitions: Int = 7, _ body: () -> Void
  ) {
    body()
    var times: [Double] = []
    for _ in 0..<repetitions {
      let start = ContinuousClock.now
      body()
      let time = (ContinuousClock.now - start).components
      let nanoseconds = Double(time.seconds) * 1e9 + Double(time.attoseconds) * 1e-9
      times.append(nanoseconds / Double(count))
    }
    times.sort()
    let figures = [times[repetitions / 2], times[0], times[repetitions - 1]].map(rounded)
    print(
      "{\"workload\": \"\(name)\", \"unit\": \"ns/\(unit)\", \"median\": \(figures[0]), "
        + "\"least\": \(figures[1]), \"most\": \(figures[2])}")
  }

  /// Prints a figure that is no time.
  static func report(_ name: String, _ unit: String, figure: Double) {
    print("{\"workload\": \"\(name)\", \"unit\": \"\(unit)\", \"figure\": \(rounded(figure))}")
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

/// Ends the run when a workload's answer is wrong: its time would mean nothing.
func check(_ isRight: Bool, _ what: String) {
  guard !isRight else { return }
  fatalError("wrong answer: \(what)")
}
