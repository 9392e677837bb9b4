import Tensors

/// Running again and again, each output becoming the input of the same number.
extension Program {
  /// Runs turns until one does not come through.
  ///
  /// - Parameter turns: the numbers of the turns, which counters go with.
  /// - Returns: the turn that did not come through, or the end. The inputs are then as they were
  ///   before it, and the former inputs as they were before the turn before it.
  package mutating func run(turns: Range<Int>) -> Int {
    let machine = Machine(self)
    let moves = self.moves()
    var tensors: [Tensor] = []
    swap(&tensors, &self.tensors)
    defer { swap(&tensors, &self.tensors) }
    let (counters, precision) = (self.counters, self.precision)
    return memory.withUnsafeMutableBufferPointer { buffer in
      guard let m = buffer.baseAddress else { return turns.lowerBound }
      for turn in turns {
        for counter in counters {
          m[counter.place] = precision.rounded(counter.first + Double(turn))
        }
        guard machine.run(m, &tensors) else { return turn }
        for move in moves { move.carryOut(m, &tensors) }
      }
      return turns.upperBound
    }
  }

  /// The inputs before the last turn that came through.
  package func value(ofFormerInput index: Int) -> Tensor { load(formers[index]) }

  /// From where to where a value goes after a turn.
  private struct Move {
    let source: Int
    let target: Int
    let count: Int
    let isOfTensors: Bool

    init(_ source: Register, to target: Register) {
      (self.source, self.target) = (source.place, target.place)
      (count, isOfTensors) = (source.shape.count, source.isTensor)
    }

    @inline(__always)
    func carryOut(_ m: UnsafeMutablePointer<Double>, _ tensors: inout [Tensor]) {
      if isOfTensors {
        tensors[target] = tensors[source]
      } else {
        for n in 0..<count { m[target + n] = m[source + n] }
      }
    }
  }

  /// First every input is put aside, then the outputs take their places: an output may be another
  /// input as it was, or an entry of it.
  private func moves() -> [Move] {
    zip(inputs, formers).map { Move($0, to: $1) }
      + zip(outputs, inputs).map { Move(putAside($0), to: $1) }
  }

  /// Where the value of an output lies once the inputs have been put aside.
  private func putAside(_ output: Register) -> Register {
    for (input, former) in zip(inputs, formers) where input.isTensor == output.isTensor {
      let offset = output.place - input.place
      guard (0..<(input.isTensor ? 1 : input.shape.count)).contains(offset) else { continue }
      return Register(
        place: former.place + offset, shape: output.shape, isTensor: output.isTensor)
    }
    return output
  }
}
