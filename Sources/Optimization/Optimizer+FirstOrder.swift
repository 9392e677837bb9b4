import CArrayLoops

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The update rules as PyTorch's `torch.optim` documents them, its defaults included, and a search.
extension Optimizer {
  private static let weightDecay = Hyperparameter(
    "weight_decay", 0, .notNegative, "adds so much of each param to its derivative")
  private static let clip = Hyperparameter(
    "clip", .infinity, .positive, "the length to which a longer gradient is shortened")

  private static func rate(_ standard: Double) -> Hyperparameter {
    Hyperparameter("lr", standard, .notNegative, "the rate; may use step, the steps made so far")
  }

  static let sgd = Optimizer(
    name: "sgd", sentence: "goes against the gradient, with momentum on request",
    example: "minimize loss over w using sgd(lr=0.1, momentum=0.9) for 100",
    hyperparameters: [
      rate(0.001),
      Hyperparameter("momentum", 0, .notNegative, "how much of the former direction stays"),
      Hyperparameter("dampening", 0, .notNegative, "takes from what the gradient adds to it"),
      weightDecay,
      Hyperparameter("nesterov", 0, .choice, "1 looks ahead along the direction"), clip,
    ],
    method: .firstOrder { position, gradient, chosen, state in
      let (rate, decay) = (chosen["lr"], chosen["weight_decay"])
      let (momentum, dampening) = (chosen["momentum"], chosen["dampening"])
      let looksAhead = chosen["nesterov"] == 1
      var next = position
      state.prepare(momentum == 0 ? 0 : 1, size: position.count)
      for i in position.indices {
        var slope = gradient[i]
        if decay != 0 { slope += decay * position[i] }
        if momentum != 0 {
          let before = state.buffers[0][i]
          // The first direction is the gradient itself, without dampening.
          let direction = state.count == 1 ? slope : momentum * before + (1 - dampening) * slope
          state.buffers[0][i] = direction
          slope = looksAhead ? slope + momentum * direction : direction
        }
        next[i] -= rate * slope
      }
      return next
    },
    conflict: { chosen in
      guard chosen["nesterov"] == 1, chosen["momentum"] == 0 || chosen["dampening"] != 0 else {
        return nil
      }
      return "nesterov looks ahead along the momentum: it needs a momentum, and no dampening"
    })

  private static let averages = [
    Hyperparameter("beta1", 0.9, .fraction, "how long the average of the derivatives remembers"),
    Hyperparameter("beta2", 0.999, .fraction, "how long the average of their squares remembers"),
    Hyperparameter("eps", 1e-8, .notNegative, "added to the root, so that nothing is divided by 0"),
  ]
  private static let amsgrad = Hyperparameter(
    "amsgrad", 0, .choice, "1 divides by the greatest average so far")

  static let adam = Optimizer(
    name: "adam", sentence: "scales each step by averages of the derivatives and their squares",
    example: "minimize loss over w using adam(lr=0.1) for 200",
    hyperparameters: [rate(0.001)] + averages + [weightDecay, amsgrad, clip],
    method: .firstOrder { position, gradient, chosen, state in
      adaptiveMoments(position, gradient, chosen, &state, decay: chosen["weight_decay"])
    })

  static let adamw = Optimizer(
    name: "adamw", sentence: "adam whose weight decay leaves the averages alone",
    example: "minimize loss over w using adamw(lr=0.1, weight_decay=0.001) for 200",
    hyperparameters: [rate(0.001)] + averages + [
      Hyperparameter("weight_decay", 0.01, .notNegative, "shortens each param by lr times this"),
      amsgrad, clip,
    ],
    method: .firstOrder { position, gradient, chosen, state in
      let kept = 1 - chosen["lr"] * chosen["weight_decay"]
      return adaptiveMoments(position.map { $0 * kept }, gradient, chosen, &state, decay: 0)
    })

  /// Kingma and Ba, Adam, 2015, with the correction of the averages' start taken before the root.
  private static func adaptiveMoments(
    _ position: [Double], _ gradient: [Double], _ chosen: Hyperparameters,
    _ state: inout OptimizerState, decay: Double
  ) -> [Double] {
    let (first, second, eps) = (chosen["beta1"], chosen["beta2"], chosen["eps"])
    let keepsGreatest = chosen["amsgrad"] == 1
    state.prepare(keepsGreatest ? 3 : 2, size: position.count)
    let rate = chosen["lr"] / (1 - pow(first, Double(state.count)))
    let root = (1 - pow(second, Double(state.count))).squareRoot()
    let step = adam_step(
      first: first, second: second, eps: eps, decay: decay, rate: rate, root: root)
    // Taken out of their list, so that they are changed in place.
    var (means, squares) = (state.buffers[0], state.buffers[1])
    var greatest = keepsGreatest ? state.buffers[2] : []
    state.buffers = []
    let next = [Double](unsafeUninitializedCapacity: position.count) { next, count in
      count = position.count
      means.withUnsafeMutableBufferPointer { means in
        squares.withUnsafeMutableBufferPointer { squares in
          greatest.withUnsafeMutableBufferPointer { greatest in
            array_adam(
              step, position, gradient, means.baseAddress, squares.baseAddress,
              keepsGreatest ? greatest.baseAddress : nil, next.baseAddress, count)
          }
        }
      }
    }
    state.buffers = keepsGreatest ? [means, squares, greatest] : [means, squares]
    return next
  }

  static let rmsprop = Optimizer(
    name: "rmsprop", sentence: "divides each derivative by the root of an average of its squares",
    example: "minimize loss over w using rmsprop(lr=0.01) for 200",
    hyperparameters: [
      rate(0.01),
      Hyperparameter("alpha", 0.99, .fraction, "how long the average of the squares remembers"),
      Hyperparameter("eps", 1e-8, .notNegative, "added to the root"), weightDecay,
      Hyperparameter("momentum", 0, .notNegative, "how much of the former direction stays"),
      Hyperparameter("centered", 0, .choice, "1 takes the variance in place of the squares"), clip,
    ],
    method: .firstOrder { position, gradient, chosen, state in
      let (alpha, eps, decay) = (chosen["alpha"], chosen["eps"], chosen["weight_decay"])
      let (rate, momentum) = (chosen["lr"], chosen["momentum"])
      let isCentered = chosen["centered"] == 1
      var next = position
      state.prepare(3, size: position.count)
      for i in position.indices {
        var slope = gradient[i]
        if decay != 0 { slope += decay * position[i] }
        let square = state.buffers[0][i] * alpha + (1 - alpha) * slope * slope
        state.buffers[0][i] = square
        var spread = square
        if isCentered {
          let mean = state.buffers[1][i] + (slope - state.buffers[1][i]) * (1 - alpha)
          state.buffers[1][i] = mean
          spread -= mean * mean
        }
        var direction = slope / (spread.squareRoot() + eps)
        if momentum > 0 {
          direction += momentum * state.buffers[2][i]
          state.buffers[2][i] = direction
        }
        next[i] -= rate * direction
      }
      return next
    })

  static let adagrad = Optimizer(
    name: "adagrad", sentence: "divides each derivative by the root of the sum of its squares",
    example: "minimize loss over w using adagrad(lr=0.5) for 200",
    hyperparameters: [
      rate(0.01),
      Hyperparameter("lr_decay", 0, .notNegative, "divides the rate by 1 + lr_decay·step"),
      weightDecay,
      Hyperparameter("initial_accumulator_value", 0, .notNegative, "what the sums begin with"),
      Hyperparameter("eps", 1e-10, .notNegative, "added to the root"), clip,
    ],
    method: .firstOrder { position, gradient, chosen, state in
      let (eps, decay) = (chosen["eps"], chosen["weight_decay"])
      var next = position
      if state.buffers.isEmpty {
        let start = chosen["initial_accumulator_value"]
        state.buffers = [[Double](repeating: start, count: position.count)]
      }
      let rate = chosen["lr"] / (1 + Double(state.count - 1) * chosen["lr_decay"])
      for i in position.indices {
        var slope = gradient[i]
        if decay != 0 { slope += decay * position[i] }
        let sum = state.buffers[0][i] + slope * slope
        state.buffers[0][i] = sum
        next[i] -= rate * slope / (sum.squareRoot() + eps)
      }
      return next
    })

  package static let lbfgs = Optimizer(
    name: "lbfgs",
    sentence: "learns the curvature from former steps and searches along a line in each",
    example: "minimize loss over w using lbfgs()",
    hyperparameters: [
      Hyperparameter("lr", 1, .positive, "the first length that each search tries"),
      Hyperparameter("history", 20, .count, "from how many steps the curvature is learnt"),
      Hyperparameter(
        "tolerance", 0, .notNegative, "the greatest derivative that is small enough to end"),
    ],
    method: .limitedMemory)
}
