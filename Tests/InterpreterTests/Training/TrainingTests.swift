import Testing

/// Statements that train, compared with numbers from elsewhere.
@Suite struct TrainingTests {
  /// PyTorch's documented update rules, written out in NumPy: five steps of
  /// Σ a(w - c)²/2 with a = (1, 3) and c = (2, -1) from (0.5, 0.25).
  static let steps: [(String, [Double])] = [
    ("sgd(lr=0.1)", [1.114265, -0.7899125]),
    ("sgd(lr=0.1, momentum=0.9)", [2.04374, -1.9728500000000002]),
    ("sgd(lr=0.1, momentum=0.9, nesterov=1)", [2.15687252585, -1.434815299625]),
    (
      "sgd(lr=0.1, momentum=0.5, dampening=0.25, weight_decay=0.1)",
      [1.2672639657439453, -1.081947720356543]
    ),
    ("sgd(lr=0.1, clip=1)", [0.7046233959319158, -0.20594727490395687]),
    ("adam(lr=0.1)", [0.9956418287998463, -0.2443371614022235]),
    (
      "adam(lr=0.1, beta1=0.8, beta2=0.9, eps=0.01, weight_decay=0.1)",
      [0.9906801649770901, -0.24220057993677302]
    ),
    ("adam(lr=0.1, beta2=0.5, amsgrad=1)", [1.004080046118046, -0.2528555203261986]),
    ("adamw(lr=0.1)", [0.9921883863520359, -0.2445782222363636]),
    ("rmsprop(lr=0.1)", [1.9912808562543522, -0.9995475470587056]),
    (
      "rmsprop(lr=0.1, alpha=0.9, momentum=0.5, centered=1, weight_decay=0.1, eps=0.001)",
      [1.8959167068185798, -1.0828943157174789]
    ),
    ("adagrad(lr=0.5)", [1.6947081236710464, -0.8443616422703852]),
    (
      "adagrad(lr=0.5, lr_decay=0.1, weight_decay=0.1, initial_accumulator_value=0.2, eps=0.01)",
      [1.5258540166488028, -0.7605583331963399]
    ),
  ]

  @Test(arguments: steps) func fiveStepsAreThoseOfTheRule(_ optimizer: String, _ end: [Double]) {
    let failures = TrainingScript.failures(
      of: """
        param w = [0.5, 0.25]
        minimize sum([1, 3]*(w - [2, -1])^2)/2 over w using \(optimizer) for 5
        assert_close(w, \(end), 1e-14)
        """)
    #expect(failures == [])
  }

  /// The same in imperative words, where the memory lies in the optimizer.
  @Test(arguments: steps) func imperativeStepsAreTheSame(_ optimizer: String, _ end: [Double]) {
    let failures = TrainingScript.failures(
      of: """
        param w = [0.5, 0.25]
        opt = \(optimizer)
        for i in 1...5 {
          zero_grad()
          backward(sum([1, 3]*(w - [2, -1])^2)/2)
          step(opt)
        }
        assert_close(w, \(end), 1e-14)
        """)
    #expect(failures == [])
  }

  /// Schedules as PyTorch's ExponentialLR, StepLR and CosineAnnealingLR give them, written as rates.
  @Test(arguments: [
    ("0.1*0.5^step", [0.1, 0.05, 0.025, 0.0125]),
    ("0.1*0.1^floor(step/2)", [0.1, 0.1, 0.01, 0.01]),
    (
      "0.1*(1 + cos(pi*step/4))/2",
      [0.1, 0.08535533905932738, 0.05, 0.014644660940672627]
    ),
  ]) func theRateFollowsASchedule(_ rate: String, _ rates: [Double]) {
    let sums = rates.indices.map { rates[...$0].reduce(0, +) }
    for (place, sum) in sums.enumerated() {
      let failures = TrainingScript.failures(
        of: """
          param w = 0
          minimize -w over w using sgd(lr=\(rate)) for \(place + 1)
          assert_close(w, \(sum), 1e-15)
          w = 0
          for step in 0...\(place) {
            l = -w
            w -= \(rate)*grad(l, w)
          }
          assert_close(w, \(sum), 1e-15)
          """)
      #expect(failures == [])
    }
  }

  /// ^C leaves the params as the last whole step made them.
  @Test func interruptionKeepsWholeSteps() {
    let seen = TrainingScript.lines(
      of: """
        param w = [8, 16]
        minimize sum(w^2)/2 over w using sgd(lr=0.5) for 1000000
        print w
        """, stoppedAtQuestion: 3)
    #expect(seen == ["stopped after 2 steps of sgd: loss 160 → 10", "stopped", "[2, 4]"])
  }
}
