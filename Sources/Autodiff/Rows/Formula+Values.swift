extension Formula {
  /// The value at a point: one argument for each parameter, and the function's result there.
  package func value(at arguments: [Double], result: Double, variables: UInt8 = 0xff) -> Double {
    var steps: [KernelTable.Step] = []
    let range = KernelTable.append(self, to: &steps)
    let point = KernelTable.Point(
      x: arguments.first ?? 0, y: arguments.count > 1 ? arguments[1] : 0,
      z: arguments.count > 2 ? arguments[2] : 0, result: result, variables: variables)
    return steps.withUnsafeBufferPointer { steps in
      guard let base = steps.baseAddress else { return 0 }
      return KernelTable.evaluate(base, range.0, range.1, at: point)
    }
  }

  /// The places at which the formula is 0, each with its own arguments and its own result.
  func places(whereZeroAt arguments: [[Double]], results: [Double]) -> [Int] {
    var steps: [KernelTable.Step] = []
    let range = KernelTable.append(self, to: &steps)
    return steps.withUnsafeBufferPointer { steps in
      guard let base = steps.baseAddress else { return [] }
      return results.indices.filter { place in
        let point = KernelTable.Point(
          x: arguments.isEmpty ? 0 : arguments[0][place],
          y: arguments.count > 1 ? arguments[1][place] : 0,
          z: arguments.count > 2 ? arguments[2][place] : 0, result: results[place],
          variables: 0xff)
        return KernelTable.evaluate(base, range.0, range.1, at: point) == 0
      }
    }
  }
}
