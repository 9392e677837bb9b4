import Autodiff
import Optimization
import Syntax
import Tensors

/// The rows of the data in a random order, a batch at a time, and in another order once all have
/// had their turn.
struct Batches: Sendable {
  /// Data as they stand in a batch or as a whole.
  struct Part: Sendable {
    let name: NameID
    let tensor: Tensor
  }

  let data: [Part]
  let size: Int
  let rows: Int
  private var source: RandomSource
  private var order: [Int] = []
  private var place = 0

  init(_ data: [Part], size: Int, rows: Int, key: UInt64) {
    (self.data, self.size, self.rows) = (data, size, rows)
    source = RandomSource(seed: key)
  }

  /// The batches of an epoch; the last one may be smaller.
  var perEpoch: Int { (rows - 1) / size + 1 }

  mutating func next() -> [Part] {
    if place >= order.count { (order, place) = (source.permutation(rows), 0) }
    let places = order[place..<min(place + size, rows)]
    place += size
    return data.map { Part(name: $0.name, tensor: $0.tensor.taking(places)) }
  }
}

extension Session {
  /// The batches that the statement asks for, checked; nil where it asks for none.
  mutating func batches(_ optimizer: OptimizerValue, _ request: TrainingRequest)
    throws(Diagnostic) -> Batches?
  {
    guard let size = try count(.batch, of: request), let part = request.site.clauses[.batch] else {
      return nil
    }
    guard case .firstOrder = optimizer.chosen.row.method else {
      let span = request.site.clauses[.using]?.span ?? part.span
      throw .batchesForSearch(optimizer.chosen.row.name, at: span)
    }
    var data: [Batches.Part] = []
    var rows = 0
    for target in request.site.data {
      let tensor = try tensor(ofData: target, of: request)
      let found = tensor.shape.dimensions[0]
      if let first = data.first, found != rows {
        throw .rowsDiffer(name(target.name), found, from: name(first.name), rows, at: target.span)
      }
      rows = found
      data.append(Batches.Part(name: target.name, tensor: tensor))
    }
    guard size <= rows else {
      throw .batchTooLarge(size, name(data[0].name), rows: rows, at: part.span)
    }
    return Batches(data, size: size, rows: rows, key: nextRandomKey())
  }

  /// Makes sure that the loss depends on all of the data.
  mutating func requireInfluence(
    of batches: Batches, _ trainees: inout Trainees, _ request: TrainingRequest
  ) throws(Diagnostic) {
    trainees.batch = batches.data
    let loss = try evaluate(request.site.subjects[0], over: trainees, of: request)
    trainees.batch = []
    reach.collect(from: loss, in: graph)
    for target in request.site.data
    where !reach.leaves.contains(where: { graph.tag(of: $0) == tag(target.name) }) {
      throw .noInfluence("the loss", name(target.name), at: target.span)
    }
  }

  private func tensor(ofData target: Target, of request: TrainingRequest) throws(Diagnostic)
    -> Tensor
  {
    guard !request.site.over.contains(where: { $0.name == target.name }) else {
      throw .trainedData(name(target.name), at: target.span)
    }
    if case .none = bindings[target.name.index] {
      throw unknown(target.name, at: target.span)
    }
    guard let id = bindings[target.name.index].node, !graph.isScalar(id) else {
      throw .noRows(name(target.name), at: target.span)
    }
    return graph.tensor(of: id)
  }
}
